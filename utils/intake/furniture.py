"""Furniture of scraped news pages: lines that a page shows around an article and that are no part of it.

A rule sets aside whole lines, and only what it is sure of: a line left in the body costs a few words, a sentence
taken out of it falsifies the article. No rule looks at a line of more than 700 characters: that is prose.
The patterns mind no case but inside (?-i:…).
"""

import re
from collections.abc import Iterator, Sequence

from utils.intake.reading import Span

LONGEST = 700
AGENCY = (
    r"(?-i:Getty(?: Images)?|REUTERS|Reuters|AP(?: Photos?| Images)?|Associated Press|AFP|EPA(?:-EFE)?|Bloomberg|UPI|"
    r"Zuma(?: Press)?|Shutterstock|Alamy|iStock|Redux|Anadolu(?: Agency)?|NurPhoto|SOPA Images|Xinhua|Sipa(?: USA)?)"
)
PICTURE = r"(?:photos?|photographs?|images?|pictures?|illustrations?|screenshots?|videos?)"
NAME = r"(?-i:[A-Z][\w.'’-]{1,20})"
CREDIT = (
    rf"(?:(?:AP |UN |file |handout |courtesy )?{PICTURE}(?: credits?)?(?: by\b|:|/| courtesy of\b|"
    rf" via\b)[^()\[\]]{{0,100}}"
    rf"|[^()\[\]]{{2,80}}(?:[/,] ?| via ){AGENCY}(?:[ /][^()\[\]]{{0,60}})?)"
)

WHOLE = {
    "advertisement": (
        r"\W{0,3}advertise?ments?(?:\W{1,3}(?:continue reading below|scroll to continue|"
        r"story continues below))?\W{0,3}",
        r"(?:sponsored|promoted|paid)(?: content| post| stories)?",
    ),
    "story continues": (
        r"\W{0,3}(?:the )?(?:story|article) continue[sd]? (?:below|after)(?: (?:this |the )?(?:ad|advertisement|"
        r"video))?\W{0,3}",
        r"continue reading(?: below| the main story| this article)?\W{0,3}",
        r"scroll (?:down )?(?:to continue(?: reading| with content)?|for (?:more|video))\W{0,3}",
        r"skip (?:to (?:main |the )?content|(?:past )?(?:the )?(?:advertisement|ad|newsletter promotion))\W{0,3}",
    ),
    "promotion": (
        r"(?:read more|read also|also read|see also|don['’]t miss|related(?: video| story| article| coverage)?"
        r"|up next|read next)(?: ?[:|»>] ?).{2,250}(?<!\.)(?<!\.[”\"'’])",
        r"(?-i:More|Watch|Listen|Photos|Video|Gallery|Read): ?[^.]{2,200}(?<![.!?:;,”\"])",
        r"(?-i:WATCH|VIDEO|LISTEN|PHOTOS|SLIDESHOW|GALLERY|READ|MORE)(?: ?[:|»>] ?).{2,250}(?<!\.)(?<!\.[”\"'’])",
        r"(?-i:PHOTOS|SLIDESHOW|GALLERY|VIDEO): .{2,90}",
        r"[(\[] ?(?:photos|video|also on|more on|read more|also read|related|see also|"
        r"watch)\b[^()\[\]]{0,40}: [^()\[\]]{2,150}[)\]]",
    ),
    "other language": (
        r"\((?:en español|in english|em português|en français|leer en español|read (?:this )?in english)\)",
        r"(?:leer|lea (?:este artículo|esta nota)) en español\W?|read this (?:story|article) in (?:english|spanish)\W?",
    ),
    "newsletter": (
        r"(?:sign up (?:for|to|here)|subscribe (?:to|for|here)) .{0,200}\b(?:newsletters?|inbox|e-?mail alerts?|"
        r"briefings?)\b.{0,100}",
        r"get (?:the|our|your) .{0,120}\b(?:newsletters?|in your inbox|to your inbox)\b.{0,100}",
        r"newsletter sign[- ]?up|thank you for (?:signing up|subscribing)[.!]?|subscribe(?: now| today)?|"
        r"sign up|log ?in|sign in",
        r"(?:not a subscriber|already a (?:subscriber|member)|like what you['’]re reading)\?.{0,200}",
    ),
    "follow line": (
        r"follow (?:us|me|@\w{1,30}|(?-i:[A-Z]).{1,60}?) on (?:facebook|twitter|x|instagram|linkedin|whatsapp|"
        r"youtube|tiktok)\b.{0,120}",
        r"(?:like|join|find) us on (?:facebook|twitter|x|instagram|linkedin|whatsapp|youtube|tiktok)\b.{0,80}",
        r"follow (?:us|@\w{1,30})[.:]?",
        r"want more [^?]{1,60}\?.{10,300}\b(?:facebook|twitter|youtube|instagram)\b.{0,60}",
    ),
    "click line": (
        r"(?:click|tap) (?:here|below) (?:to|for)\b.{0,180}",
        r"click (?:to|for) (?-i:[A-Z][A-Z ]{5,80})",
        r"can['’]t see (?:the|this) (?:video|image|graphic|map|post)\?.{0,60}",
        r"(?:read or )?share this (?:story|article): ?https?://\S{3,200}",
    ),
    "reading time": (
        r"(?:estimated )?read(?:ing)?(?: time)?\W{1,3}\d{1,3}[ -]?min(?:ute)?s?\.?",
        r"\d{1,3}[ -]?min(?:ute)?s?(?: to)? (?:read|listen|watch)\.?",
        r"listen (?:to (?:this )?(?:article|story)|now)\W{0,4}(?:\d{1,3}(?::\d\d|"
        r" min(?:ute)?s?)\)?)?(?: share this article[\w ]{0,60})?",
    ),
    "player": (
        r"(?:media playback is (?:un|not )supported|just watched|your browser does not support|javascript (?:is|"
        r"must be))\b.{0,600}",
        r"please (?:upgrade|enable|update) (?:your browser|javascript)\b.{0,300}",
        r"watch the (?:full )?(?:video|clip)(?: clip)? (?:above|below)\b.{0,100}",
        r"(?:play|pause|mute|unmute|replay)(?: video)?|video player|now playing|loading\W{0,3}",
        r"\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d|current time \d[\d: /]{0,20}",
        r"(?:view|hide|show|open) (?:gallery|slideshow|caption|image in fullscreen)|slideshow ?\(\d{1,3} images?\)",
        r"(?:image |photo |slide )?\d{1,3} of \d{1,3}(?: photos| images)?",
    ),
    "photo caption": (
        r"(?:enlarge this image|toggle caption|hide caption|image copyright|image caption|media caption|"
        r"image source)\b.{0,600}",
        r"(?:(?:photo|image|picture) credits?|file photo)(?::| -| –| —) ?.{2,500}",
        r"(?-i:Photo|PHOTO|FILE|Image|Caption|Credit|Photograph|Illustration)(?::| -| –| —) ?.{2,500}",
        rf"(?-i:Photo|Photograph|Image|Illustration)s? by {NAME}(?: [^.]{{1,60}})?",
        rf"(?:{NAME} ){{0,3}}{NAME} ?/ ?(?:[\w.'’ -]{{2,30}}/)?{AGENCY}(?: via {AGENCY}|/[\w ]{{2,20}})?",
        rf"(?:{NAME} ){{1,3}}(?:via|for) {AGENCY}|(?-i:AP Photo|REUTERS)/.{{2,80}}|(?-i:Getty Images)",
    ),
    "source line": (r"sources?: [^.!?]{2,80}",),
    "tags": (r"(?:tags?|topics|filed under|categor(?:y|ies)|keywords|related topics|posted in): ?[^.!?]{2,250}",),
    "developing story": (
        r"this is a (?:developing|breaking)(?: news)? story\b.{0,120}",
        r"this (?:story|article) (?:is (?:developing|being updated)|(?:has been|was|will be) updated)\b.{0,160}",
    ),
    "shortcode": (r"\[/?[a-z][a-z_-]{2,20}\]",),
    "separator": (r"[\W_]+",),
    "comments": (
        r"(?:\d{1,6} )?comments?(?: ?\(\d{1,6}\))?:?|(?:view|show|see|leave|add|post|read)(?: a| all|"
        r" \d{1,6})* comments?(?: ?\(\d{1,6}\))?",
        r"join the (?:conversation|discussion)|be the first to comment\W{0,2}|comments (?:are|"
        r"have been) (?:closed|disabled)\.?",
    ),
}
HOLDS = {
    "newsletter": (
        "you can unsubscribe at any time", "by signing up, you agree", "by signing up you agree",
        "delivered to your inbox", "by subscribing, you agree", "enter your email",
        "stay up to date on the latest", "for daily newsletters",
    ),
    "disclaimer": (
        "do not represent the views of", "do not necessarily reflect the", "does not necessarily reflect the",
        "do not necessarily represent the", "are not necessarily those of", "do not reflect the views of",
    ),
    "subscription": ("not a subscriber? sign up", "not a subscriber? subscribe"),
    "click line": ("please include a contact number if you are willing", "your story by emailing "),
}  # fmt: skip
HELD = [(part, rule) for rule, parts in HOLDS.items() for part in parts]
RULES = re.compile(
    "|".join(rf"(?P<{name.replace(' ', '_')}>{'|'.join(patterns)})" for name, patterns in WHOLE.items()), re.IGNORECASE
)
CAPTION_ENDS = re.compile(
    rf"(?:[(\[]{CREDIT}[)\]]\.?|\b(?:photo(?:graph(?:er)?)?s?|images?|illustrations?)(?: credits?)?: [^.!?]{{2,80}}"
    rf"|\b(?-i:REUTERS|AP Photo|AFP Photo)/[^.!?]{{2,80}}|\b{PICTURE} provided by {NAME}[^.!?]{{0,60}}"
    rf"|\b(?:{NAME} ){{1,3}}/ {AGENCY}|\b(?:19|20)\d\d\. (?-i:[A-Z][A-Z .'/-]{{4,50}}))$",
    re.IGNORECASE,
)
CREDIT_IN_BRACKETS = re.compile(rf"[(\[]{CREDIT}[)\]]\.?$", re.IGNORECASE)
APP_LINK = re.compile(r"\bCLICK (?:HERE )?(?:TO|FOR) [A-Z][A-Z ]{5,80}(?![a-z])")
READ_MORE = re.compile(r"\[(?:read more|also read|see also|related|watch)(?::| \|) ?[^\[\]]{2,200}\]", re.IGNORECASE)
LINK_ROLL = re.compile(
    r"\b(?P<name>[A-Z]\w{1,20}) (?:[A-Z]\w{0,20} )??"
    r"(?P<cut>(?:(?=(?P=name) )(?:[A-Z(]\S{0,20} ){1,3}[A-Z][a-z]{1,20}|(?:[A-Z(]\S{0,20} ){1,4}(?P=name))(?=[A-Z])"
    r".{10,500}?\sMORE\b)"
)
NETWORKS = set("facebook twitter x linkedin whatsapp reddit pinterest telegram tumblr messenger bluesky".split())
SHARES = set("share tweet email e-mail print pin copy sms".split())
BESIDE_SHARES = set("link post save comment this article story page on via by with to a friend more".split())
SHARING = NETWORKS | SHARES | BESIDE_SHARES
IN_CREDITS = ("/", "hoto", "mage", "llustration", "provided by ")  # each caption's end holds one, or ends in brackets
BRACKETS_END = (")", "]", ").", "].")
LIST_HEADINGS = re.compile(
    r"(?P<related>(?:related|recommended|most read|most popular|trending|you may also like|see also|also read|"
    r"read next|read more|"
    r"more stories|what to read next)(?: (?:articles?|stories|topics?|coverage|content|links?|news|posts?|"
    r"reading|videos?|now))?"
    r"\s*(?::|\.\.\.|…)?|more from [^.!?]{2,50}|more(?: on this)?\s*(?::|\.\.\.|…))"
    r"|(?P<highlights>(?:story highlights|key (?:points|takeaways)|highlights):?|"
    r"(?-i:Story highlights) .{10,200}(?<![.!?]))",
    re.IGNORECASE,
)
PROSE_ENDS = (".", "!", "?", ":", ",", ".”", '."', "”", '"')
CAPITALS = re.compile(r"[A-Z][^a-z]{30,160}(?:[^a-z.!]|\b[A-Z]\.[A-Z]\.)")
LABELLED = re.compile(r"[A-Z][\w'’ -]{2,40}: [\"“'‘A-Z].{50,400}[^.!?:;,”\"'’]")


def rule_of(line: str) -> str | None:
    """Give the name of the rule by which a line is furniture, wherever it stands; or None."""
    if len(line) > LONGEST:
        return None
    if match := RULES.fullmatch(line):
        return match.lastgroup.replace("_", " ")
    if len(line) < 90 and _sharing(line) == "surely":
        return "share buttons"
    if _like_caption(line) and CAPTION_ENDS.search(line, max(0, len(line) - 200)):
        return "photo caption"
    small = line.lower()
    for part, rule in HELD:
        if part in small:
            return rule
    return None


def _like_caption(line: str) -> bool:
    """Tell fast whether a line may end in a credit."""
    return line.endswith(BRACKETS_END) or line[-1].isupper() or any(part in line for part in IN_CREDITS)


def _sharing(line: str) -> str | None:
    """Tell a line of nothing but share buttons; the bare names of networks alone may be a subheading."""
    words = set(re.split(r"[^a-z-]+", line.lower())) - {""}
    if not words or not words <= SHARING:
        return None
    return "surely" if words & SHARES else "perhaps" if words <= NETWORKS else None


def beside(texts: Sequence[str], rules: Sequence[str | None], outlet: str | None) -> Iterator[tuple[int, str]]:
    """Give the lines that are furniture for what stands beside them: number and rule.

    texts: all lines.  rules: what each is by itself, None for what seems to be the article.
    """
    yield from _networks(texts, rules)
    yield from _lists(texts, rules)
    yield from _more_links(texts, rules)
    yield from _gallery(texts)
    if "fox" in (outlet or "").casefold() or any("Fox News" in line for line in texts):
        yield from _links_in_capitals(texts, rules)
    if "daily mail" in (outlet or "").casefold():
        labelled = (n for n, rule in enumerate(rules) if rule is None and LABELLED.fullmatch(texts[n]))
        yield from ((n, "photo caption") for n in labelled)


def _networks(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[tuple[int, str]]:
    """Give the bare names of networks next to a share button."""
    found = {n for n, rule in enumerate(rules) if rule == "share buttons"}
    perhaps = [n for n, line in enumerate(texts) if rules[n] is None and len(line) < 90 and _sharing(line) == "perhaps"]
    for step in (perhaps, reversed(perhaps)):
        for n in step:
            if n not in found and {n - 1, n + 1} & found:
                found.add(n)
                yield n, "share buttons"


def _lists(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[tuple[int, str]]:
    """Give the headings of lists of links and of highlights, and up to eight lines below that do not end as prose."""
    for n, line in enumerate(texts):
        heading = LIST_HEADINGS.fullmatch(line) if len(line) < 220 and rules[n] is None else None
        if heading and (heading.lastgroup == "related" or n < 4):
            yield n, heading.lastgroup
            for below in range(n + 1, min(n + 9, len(texts))):
                if len(texts[below]) > 160 or texts[below].endswith(PROSE_ENDS):
                    break
                if rules[below] is None:
                    yield below, heading.lastgroup


def _more_links(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[tuple[int, str]]:
    """Give the links right under a promoted one: two or more lines that do not end as prose does; one alone may be a
    heading."""
    for n in (n for n, rule in enumerate(rules) if rule == "promotion"):
        below = n + 1
        while below < len(texts) and below < n + 9 and rules[below] is None and _like_link(texts[below]):
            below += 1
        if below - n > 2:
            yield from ((number, "promotion") for number in range(n + 1, below))


def _like_link(line: str) -> bool:
    return 30 <= len(line) <= 160 and not line.endswith(PROSE_ENDS)


def _gallery(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Give the captions of a picture gallery: three or more lines on end, each standing there twice."""
    run: list[int] = []
    n = 0
    while n <= len(texts):
        if n + 1 < len(texts) and texts[n] == texts[n + 1]:
            run += [n, n + 1]
            n += 2
            continue
        if 6 <= len(run) < 0.8 * len(texts):
            yield from ((number, "picture gallery") for number in run)
        run = []
        n += 1


def _links_in_capitals(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[tuple[int, str]]:
    """Give the lines of seven words and more in capitals between lines of prose: with Fox News these are links to
    other articles; elsewhere they may be headings."""
    prose = [n for n, line in enumerate(texts) if rules[n] is None and not line.isupper()]
    if len(prose) < 4:
        return
    for n in range(prose[1] + 1, prose[-1]):
        line = texts[n]
        if rules[n] is None and line.isupper() and CAPITALS.fullmatch(line) and len(line.split()) >= 7:
            yield n, "link in capitals"


def cuts(raw: str, span: Span) -> list[tuple[Span, str, str]]:
    """Give the furniture inside a paragraph of the body: credits, links to apps and other articles, in order."""
    start, end = span
    found = []
    if end - start < 20_000:
        piece = raw[start:end]
        if piece.endswith(BRACKETS_END) and (credit := CREDIT_IN_BRACKETS.search(piece, max(0, len(piece) - 200))):
            found.append((credit.span(), "photo credit"))
        if "CLICK " in piece:
            found += [(match.span(), "app link") for match in APP_LINK.finditer(piece)]
        if "[" in piece:
            found += [(match.span(), "promotion") for match in READ_MORE.finditer(piece)]
        if " MORE" in piece:
            found += [(match.span("cut"), "link roll") for match in LINK_ROLL.finditer(piece)]
    at, kept = 0, []
    for (left, right), rule in sorted(found):
        if left >= at:
            kept.append(((start + left, start + right), "furniture", rule))
            at = right
    return kept
