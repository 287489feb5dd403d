"""The lines around a news article that say whose it is: section, byline and dateline above it, trailers below."""

import re

from utils.intake.cleaning.rules import Rule

PARTICLES = r"(?:and|y|e|de|del|de la|la|las|los|van|von|der|den|di|da|dos|du|al|el|bin|of|for|the|in|with)"
CAPITAL = r"[^\W\d_a-zß-ÿ]"
NAME = rf"(?:{CAPITAL}[\w.'’\-]*+)"
DAYS = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|"
    r"November|December"
)
SECTION = Rule(
    "published in",
    "section",
    re.compile(r"Published\s+in\s+(?P<section>[^\W\d_][^.!?;:]{0,60})$"),
    takes=("Published in News & Features",),
    leaves=("Published in 2031",),
)
BYLINE = Rule(
    "by a name",
    "byline",
    re.compile(
        rf"(?:By|BY)\s+(?!(?:{DAYS})\b)(?P<byline>{NAME}(?:,?\s+(?:{NAME}|{PARTICLES}|&|\||/|"
        rf"\({NAME}\)))*(?:\s*\([A-Z]+\))?)$"
    ),
    takes=("By Marta Quillen", "BY MARTA QUILLEN AND ODE DE FARROW"),
    leaves=("By Friday", "By the quay"),
)
BEFORE_DATE = re.compile(
    r"(?:(?<!\s)\s++)?[|,•·—–]\s*"
    r"|(?:\s-|(?<!\s)\s)\s*+(?=(?:Published|Updated|Posted|[A-Z][a-z]{2,8}\.? \d|\d{1,4}[ /.-]))"
)
BETWEEN = re.compile(r" [-–—|•·] ")  # the parts of a byline
PAPER_AT_MOST = 50  # characters
PAPERS = (  # how names of papers end
    r"Post|Times|Herald|Tribune|News|Gazette|Journal|Chronicle|Courier|Guardian|Observer|Star|Sun|Telegraph|Mail|"
    r"Mirror|Express|Independent|Examiner|Inquirer|Dispatch|Record|Register|Sentinel|Standard|Echo|Daily|Weekly|Press|"
    r"Globe|Review|Monitor|Lantern|Bulletin|Argus|Kurier|Rundschau|Presse|Monde|Figaro|Diario|Mundo|País|Nación|Jornal|"
    r"Folha|Correio|Corriere|Gazzetta"
)
PAPER = re.compile(  # a line that is the name of a paper and nothing else
    rf"(?=.{{4,{PAPER_AT_MOST}}}$)(?:(?:{CAPITAL}[\w'’&.\-]*|of|and|de|del|di|da|the|&) )*"
    rf"(?:{PAPERS}|{CAPITAL}?\w*(?:[Zz]eitung|[Bb]latt|[Aa]nzeiger|[Nn]achrichten))"
    r"(?: (?:of|de|del|di) [\w ]+| Online)?"
)
CREDIT_BAR = re.compile(r" \| [^|]{2,40}(?:/| / |\b)(?:Getty|AP|AFP|Reuters|EPA|POLITICO)\b")
PERSON = re.compile(rf"{CAPITAL}[\w'’\-]+(?: {CAPITAL}\.)?(?: (?:{CAPITAL}[\w'’\-]+|de|del|van|von|da|al)){{1,3}}$")
ONE_PERSON = rf"{CAPITAL}[\w'’\-]++(?: {CAPITAL}\.)?(?: (?:{CAPITAL}[\w'’\-]++|de|del|van|von|da|al)){{1,3}}"
NO_PERSON = (
    r"\b(?:News|World|Politics|Business|Opinion|Culture|Science|Health|Sports?|East|West|North|South|Africa|America|"
    r"Asia|Europe|Bay|City|Street|House|Council|Court|Party|United|New|Los|San|War|State|Office)\b"
)
SEVERAL = Rule(
    "several names",
    "byline",
    re.compile(
        rf"(?!.*{NO_PERSON})(?P<byline>{ONE_PERSON}(?:, {ONE_PERSON}){{0,5}}"
        rf"(?:,? (?:and|&|y|und|et)|,) {ONE_PERSON})$"
    ),
    takes=("Marta Quillen and Ode Farrow", "Marta Quillen, Ode de Farrow, and Ana B. Gil", "Marta Quillen, Ode Farrow"),
    leaves=(
        "Ferry Crews and the Old Council",
        "Marta Quillen, Ode Farrow and their crews",
        "Middle East and North Africa",
    ),
)
WIRES = (
    r"AP|Associated Press|The Associated Press|Reuters|REUTERS|Thomson Reuters Foundation|AFP|"
    r"Agence France-Presse|CNN|"
    r"UPI|dpa|DPA|EFE|Xinhua|ANSA|TASS|RIA Novosti|Bloomberg|Bloomberg News|Kyodo(?: News)?|Yonhap|"
    r"Anadolu(?: Agency)?|"
    r"AA|IPS|TNS|Tribune News Service|MercoPress|Prensa Latina|CNSNews\.com|CBS|CBS News|NBC News|ABC News|PTI|"
    r"ANI|IANS|"
    r"PA|Canadian Press|The Canadian Press|AAP|KUNA|WAM|BNO News|McClatchy|USA TODAY|NPR|RNS|CNA|KHN|VOA"
)
WIRE = re.compile(WIRES)
STATES = (
    "Afghanistan|Albania|Algeria|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|"
    "Barbados|Belarus|Belgium|Belize|Bolivia|Bosnia|Botswana|Brazil|Bulgaria|Burkina Faso|Cambodia|Cameroon|Canada|"
    "Chad|Chile|China|Colombia|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czech Republic|Denmark|Dominican Republic|Ecuador|"
    "Egypt|El Salvador|England|Eritrea|Estonia|Ethiopia|Finland|France|Georgia|Germany|Ghana|Greece|Guatemala|Guyana|"
    "Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Jamaica|Japan|Jordan|Kazakhstan|"
    "Kenya|Kosovo|Kuwait|Latvia|Lebanon|Liberia|Libya|Lithuania|Malaysia|Mali|Malta|Mexico|Moldova|Morocco|Mozambique|"
    "Myanmar|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Korea|Norway|Oman|Pakistan|Panama|"
    "Paraguay|Peru|Philippines|Poland|Portugal|Puerto Rico|Qatar|Romania|Russia|Rwanda|Saudi Arabia|Scotland|Senegal|"
    "Serbia|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa|South Korea|Spain|Sri Lanka|Sudan|Suriname|"
    "Sweden|Switzerland|Syria|Taiwan|Tanzania|Thailand|Trinidad and Tobago|Tunisia|Turkey|Uganda|Ukraine|Uruguay|"
    "United Arab Emirates|Uzbekistan|Venezuela|Vietnam|Wales|Yemen|Zambia|Zimbabwe"
)
SPACES = r"(?:(?<!\s)|(?!\s))\s*"  # all of them or none: a place may end in some, and to try each would take long
DASH = rf"{SPACES}(?:—|–|--|(?<=\s)-)(?=\s+(?:{CAPITAL}|[\d\"“‘'(\[]))"
GLUED = rf"—(?={CAPITAL}[a-z][^—]{{0,150}}(?:[^—]{{50}}|$))"
NO_PLACE = r"(?!(?:NATO|CIA|FBI|NSA|USA|US|U\.S\.|UK|UN|U\.N\.|EU|OPEC|OAS|IMF|WHO|GOP|UNICEF|PDVSA)(?!\w|, ))"
PLACE = (
    rf"{NO_PLACE}{CAPITAL}{{2}}(?:{CAPITAL}|[.'’\- ])+"
    rf"(?:[,/;]\s*[^\W\d_][\w.'’\- ]{{1,30}}|,\s*(?:19|20)\d\d\b){{0,4}}?"
)
MIXED = rf"{CAPITAL}[\w.'’\-]{{1,20}}(?: (?:{CAPITAL}[\w.'’\-]{{1,20}}|of|de|del|do|la|el|and|al|upon|am)){{0,3}}"
DATELINE_WITHIN = 300  # characters of a paragraph's beginning
DATELINES = (
    Rule(
        "place and dash",
        "dateline",
        re.compile(
            rf"(?:(?:{PLACE})(?:(?:,\s*|{SPACES})\((?P<agency>[A-Z][^()]{{1,40}})\))?|\((?P<alone>[A-Z][^()]{{1,20}})\)){DASH}"
        ),
        takes=(
            "⟦CARACAS, Venezuela, Dec. 3, 2025 (AP) —⟧ The boats left.",
            "⟦UNITED NATIONS —⟧ The boats left.",
            "⟦(Reuters) -⟧ The boats left.",
        ),
        leaves=("NATO — Europe's shield — has no part in this.", "U.S. — The boats left.", "UN — The boats left."),
    ),
    Rule(
        "place and agency",
        "dateline",
        re.compile(
            rf"(?:{MIXED}(?:, {MIXED})?(?:, (?:19|20)\d\d)?,? )?\((?P<agency>{WIRES})\)(?:{DASH}|(?=\s+{CAPITAL}))"
        ),
        takes=(
            "⟦Orrin Bay, Florida (CNN)⟧ The boats left.",
            "⟦Caracas, Venezuela (Reuters) —⟧ The boats left.",
            "⟦(CNN)⟧ The boats left.",
        ),
        leaves=("The boats (Reuters) left.",),
    ),
    Rule(
        "place and country",
        "dateline",
        re.compile(rf"{MIXED}, (?:{STATES})(?:, {MIXED}(?:, (?:19|20)\d\d)?)?{DASH}"),
        takes=("⟦Caracas, Venezuela —⟧ The boats left.",),
        leaves=("The Bay, Vell — The boats left.", "Tomas Vell — The leader — left."),
    ),
    Rule(
        "place and joined dash",
        "dateline",
        re.compile(rf"{NO_PLACE}{CAPITAL}{{2}}(?:{CAPITAL}|[.'’\- ])+(?:, {MIXED})?{GLUED}"),
        takes=("⟦WASHINGTON—⟧President Vell left the harbour on Monday, and no boat followed him there.",),
        leaves=("NATO—President Vell said—left.",),
    ),
)

YEAR = r"(?:19|20)\d\d(?:\s*[-–,]\s*(?:19|20)?\d\d)?"
RIGHTS = Rule(
    "rights line",
    "trailer",
    re.compile(
        rf"(?:©|\(c\)(?=\s*(?:copyright\s*)?{YEAR})|copyright\s*(?:©|\(c\)|(?={YEAR})))\s*+(?:(?:copyright\s*+)?{YEAR})?,?\s*+(?:by\s++)?(?P<outlet>.*)$",
        re.IGNORECASE,
    ),
    takes=("©2031 The Lantern. Visit lantern.example.", "Copyright 2031 The Lantern"),
    leaves=("(c) let all the crews go home", "The copyright of 2031 is the crew's"),
)
SURE_RIGHTS = re.compile(
    rf"(?:(?i:copyright)\s*)?(?:©|\((?i:c)\))\s*(?:(?i:copyright)\s*)?{YEAR}|(?i:copyright)\s+{YEAR}\s+{CAPITAL}"
)
OWNER_ENDS = re.compile(
    r"(?:(?<!\.\w)\.|(?<!\s))\s++(?:Visit\b|Distributed\b|All rights\b|Reprinted\b|Read more\b|Click\b)"
    r"|,? (?:LLC|Inc|Ltd)\b\.?|(?:\.|(?<!\s))\s*+\b(?:https?://|www\.).*|(?<!\.\w)\.$",
    re.IGNORECASE,
)
AGENCY = re.compile(
    r"Distributed by \s*+(?P<agency>\S.*?)(?:,? (?:LLC|Inc|Ltd|L\.P)\b\.?)?\.?(?:(?<!\s)\s++Visit\b.*)?$",
    re.IGNORECASE | re.DOTALL,
)
LONGEST = 700  # characters of a trailer
LOWER = (
    r"(?:and|y|e|de|del|la|las|los|van|von|der|den|di|da|dos|du|al|el|bin|of|for|the|in|with|by|from|at|additional|"
    r"reporting|writing|editing|research|written|edited|compiled|graphics|staff|writers?|reporters?|correspondents?|"
    r"journalists?|researchers?|producers?|editors?|photo|also)\b"
)
NAMES_ONLY = rf"(?!.*(?<![\w'’.@\-])(?!{LOWER})[a-zß-ÿ])"  # to the line's end no word in small letters but these
NAMES = rf"(?:{NAME}|{LOWER}|&)(?:[,;]?\s+(?:{NAME}|{LOWER}|&)){{0,60}}?"
CONTRIBUTED = (
    rf"(?={CAPITAL}){NAMES},?\s+(?:contributed (?:to this (?:report|story|article)|reporting)(?: from {NAMES})?|"
    r"also contributed)[.)]*$"
)
NAMED_LAST = Rule(
    "contributors",
    "trailer",
    re.compile(rf"(?<=[.!?”\"]\s){CONTRIBUTED}"),
    takes=("Nobody would say more. ⟦The Lantern’s Ode Farrow and Al Vell contributed to this report.⟧",),
    leaves=("Nobody would say more. The crews contributed to this report.",),
)
NOT_SAID = r"(?!.*\s(?-i:said|says|told|wrote)\b)"
TRAILERS = (
    Rule(
        "visit line",
        "trailer",
        re.compile(r"Visit (?:\w[^.]{0,60} )?(?:at |online )?(?=\S*\w\.\w\w)\S*+$", re.IGNORECASE),
        takes=("Visit lantern.example.", "Visit The Lantern online at lantern.example/quay"),
        leaves=("Visit the quay.",),
    ),
    Rule(
        "distribution line",
        "trailer",
        re.compile(rf"(?:Distributed by|DISTRIBUTED BY) {NAMES_ONLY}.{{1,80}}$"),
        takes=("Distributed by Tribune Content Agency, LLC.",),
        leaves=("Distributed by the crews, the leaflets told the story.",),
    ),
    Rule(
        "rights reserved",
        "trailer",
        re.compile(r"All rights reserved\b.{0,120}$", re.IGNORECASE),
        takes=("All rights reserved.",),
        leaves=("All rights of the crews were kept.",),
    ),
    Rule(
        "credits",
        "trailer",
        re.compile(
            r"\W{0,3}(?:(?:(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Rr]esearch)(?: and (?:writing|"
            r"editing))?|Edited|Compiled|(?i:with assistance)) (?:by|from)|Contribut(?:ing|ors?):) "
            rf"{NAMES_ONLY}.{{2,400}}$|{NAMES_ONLY}.{{3,120}}\b[Ee]dit(?:ed|ing)(?: by|:) .{{3,80}}(?<![.!?])$"
        ),
        takes=(
            "— With assistance by Ode Farrow",
            "Contributing: Ode Farrow in Orrin Bay",
            "Ode Farrow and Al Vell; Editing by Marta Quillen",
        ),
        leaves=("Compiled by the crews, the list holds 300 names.", "Edited by an old hand, the film runs for an hour"),
    ),
    Rule(
        "contributors",
        "trailer",
        re.compile(
            rf"\W{{0,3}}(?:{NAME}(?: {NAME})* reported from [^.]{{2,40}}\. )?{CONTRIBUTED}"
            rf"|{NAME}(?: {NAME}){{1,3}} reported from {NAMES_ONLY}.{{3,160}}$"
        ),
        takes=(
            "—Ode Farrow and Marta Quillen contributed to this article.",
            "– Ode Farrow contributed reporting.",
            "Ode Farrow reported from Port Ann, and Al Vell from Orrin Bay.",
            "Lantern staff writers Ode Farrow and Al de Vell also contributed to this report.",
        ),
        leaves=(
            "Many former stokers have contributed to this report, the office said in June.",
            "The crews contributed to this report, and the office knew it.",
            "Ode Farrow reported from the quay that nobody came.",
        ),
    ),
    Rule(
        "origin line",
        "trailer",
        re.compile(
            rf"{NOT_SAID}(?:(?:This (?:story|article|column|piece|report) (?:was )?)?(?:originally|first) (?:published|"
            r"appear(?:s|ed)|ran|aired)[:,]?(?= (?:(?:in|on|at|by|as)\b|(?-i:[A-Z\d])))|"
            r"This (?:story|article|column|piece|report) (?:was )?(?:published|appear(?:s|ed)) (?:in|on|as) (?:the )?"
            r"(?=(?-i:[\"“‘]?[A-Z]))).{1,160}$",
            re.IGNORECASE,
        ),
        takes=(
            "This article appears in the May 20 print edition of the Lantern.",
            "This story first appeared on Lantern Weekly.",
        ),
        leaves=(
            "This story ran through every newspaper in Orrin Bay that year.",
            "This story first ran through the bars of the quay.",
        ),
    ),
    Rule(
        "address",
        "trailer",
        re.compile(
            rf"{NOT_SAID}(?=.*(?:@\w|https?://|\bwww\.|\d{{3}}[ .\-]\d{{3,4}}))(?:(?:Write to|Email|E-mail|"
            r"Contact|Reach|Follow|Readers may|To contact the (?:reporter|editor|author)s?) .{2,300}$"
            r"|(?-i:[A-Z]).{3,80} can be (?:reached|followed) (?:at|on|by) .{3,120}$"
            rf"|(?-i:{NAME}(?: {NAME}){{1,3}},? (?:is|was|writes|covers|works|has|lives)\b)[^“”\"]{{5,400}}?[.!?] "
            r"(?-i:Follow|Reach|Contact|Email|E-mail|Write to|Find) "
            r"(?:him|her|them|me)\b[^“”\"]{3,200}$)",
            re.IGNORECASE,
        ),
        takes=(
            "Write to Marta Quillen at marta@lantern.example",
            "To contact the reporter on this story: Ode Farrow at ofarrow@lantern.example",
            "Ode Farrow can be reached at 555-1234",
            "Ode Farrow is the Lantern's man at sea. Follow him on Twitter: @odefarrow. Reach him at ode@quay.example.",
        ),
        leaves=(
            "A deal can be reached on Friday if both sides want it, the mediators said.",
            "Contact the office at 555 1234, the leader said.",
            "Follow the boats to the quay",
        ),
    ),
    Rule(
        "postal address",
        "trailer",
        re.compile(
            rf"(?:[^.!?\n]{{2,80}}[,|·•] ?)?\d{{1,5}} (?:{CAPITAL}[\w.'’-]{{0,20}} ){{1,4}}?"
            r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Square|Sq|Plaza|Place|Way|Floor|Row)\b\.?[^!?\n]{0,80}?\b"
            r"(?:[A-Z]{2} \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?:,? (?:USA|U\.S\.A\.|United States|UK|"
            r"United Kingdom))?\.?$"
        ),
        takes=("The Harbour Post, 12 Quay Street, Port Ann, NY 10018", "4 Lock Road, Orrin Bay OB1 2AB, UK"),
        leaves=("The Harbour Post, 12 Quay Street, was shut.", "In 2031 Quay Street had 12 shops."),
    ),
    Rule(
        "correction",
        "trailer",
        re.compile(
            r"(?:Correction|Clarification|Editor['’]s note|Updated?|Note)\b[^:]{0,20}: ?.{0,60}\b(?:(?:earlier|"
            r"previous|original) (?:version|story|article|headline|post|report|column)|this (?:story|article|headline|"
            r"post|report|column|piece)(?: and story)? (?:has|have|was|is|will|originally|misstated|incorrectly)|"
            r"story updated)\b.{0,400}$"
            r"|This (?:article|story) has been revised to reflect the following correction\b.{0,500}$",
            re.IGNORECASE,
        ),
        takes=(
            "Correction: An earlier version of this story misstated the day of the vote.",
            "This article has been revised to reflect the following correction: The vote was on Monday.",
        ),
        leaves=("Update: The council has penned a column on its reasons.",),
    ),
)
