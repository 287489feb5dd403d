"""Lines that a page shows around an article, by what they say alone: a rule a row, each with its examples.

The patterns mind no case but inside (?-i:…); a whole line answers to them.
"""

import re

from utils.intake.cleaning.rules import Rule

AGENCY = (
    r"(?-i:Getty(?: Images)?|REUTERS|Reuters|AP(?: Photos?| Images)?|Associated Press|AFP|EPA(?:-EFE)?|Bloomberg|UPI|"
    r"Zuma(?: Press)?|Shutterstock|Alamy|iStock|Redux|Anadolu(?: Agency)?|NurPhoto|SOPA Images|Xinhua|Sipa(?: USA)?)"
)
PICTURE = r"(?:photos?|photographs?|images?|pictures?|illustrations?|screenshots?|videos?)"
NAME = r"(?-i:[A-Z][\w.'’-]{1,20})"
CREDIT = (
    rf"(?:(?:AP |UN |file |handout |courtesy )?{PICTURE}(?: credits?)?(?: by|:|/| courtesy of| via) ?(?-i:[A-Z])"
    rf"[^()\[\]]{{0,100}}"
    rf"|(?:{NAME} ){{1,3}}?{NAME}(?:[/,] ?| via )[^()\[\]]{{0,40}}?{AGENCY}(?:[ /][^()\[\]]{{0,60}})?)"
)
SECTIONS = (
    r"(?:home|news|world|u\.?s\.?|uk|politics|business|money|economy|markets|opinion|sports?|culture|arts|science|tech|"
    r"technology|health|climate|environment|weather|travel|style|lifestyle|life|entertainment|food|video|photos|local|"
    r"national|international|education|obituaries|more|menu|search|subscribe|log in|sign in)"
)


def furniture(name: str, pattern: str, *, takes: tuple[str, ...], leaves: tuple[str, ...]) -> Rule:
    """Give a rule for furniture whose pattern minds no case."""
    return Rule(name, "furniture", re.compile(pattern, re.IGNORECASE), takes, leaves)


LINES = (
    furniture(
        "advertisement",
        r"\W{0,3}advertise?ments?(?:\W{1,3}(?:continue reading below|scroll to continue|"
        r"story continues below))?\W{0,3}",
        takes=("Advertisement", "ADVERTISEMENT - CONTINUE READING BELOW"),
        leaves=("Advertisement rates rose by a tenth, the council said.",),
    ),
    furniture(
        "advertisement",
        r"(?:sponsored|promoted|paid)(?: content| post| stories)?",
        takes=("Sponsored content",),
        leaves=("Sponsored by the council",),
    ),
    furniture(
        "story continues",
        r"\W{0,3}(?:the )?(?:story|article) continue[sd]? (?:below|after)(?: (?:this |the )?(?:ad|advertisement|"
        r"video))?\W{0,3}",
        takes=("Story continues below advertisement", "Story Continued Below", "Article continues after ad"),
        leaves=("The story continues after the strike",),
    ),
    furniture(
        "story continues",
        r"scroll (?:down )?(?:to continue(?: reading| with content)?|for (?:more|video))\W{0,3}",
        takes=("Scroll down for video",),
        leaves=("Scroll down for the video that the crew took",),
    ),
    furniture(
        "promotion",
        r"(?:read more|read also|also read|see also|don['’]t miss|related(?: video| story| article| coverage)?"
        r"|up next|read next)(?: ?[:|»>] ?).{2,150}(?<!\.)(?<!\.['’])",
        takes=("Read More: Night boats may end", "READ MORE | Night boats may end", "RELATED: Will the boats sail?"),
        leaves=("Read more books, the minister told them.", "Related: the case that is before the court."),
    ),
    furniture(
        "promotion",
        r"(?-i:(?:More|Watch|Photos|Video|Gallery): ?[A-Z\d'‘])[^.]{14,150}(?<![.!?:;,])",
        takes=("More: Night boats may end",),
        leaves=("More: that is all they asked for.", "Watch: we told them so"),
    ),
    furniture(
        "promotion",
        r"(?-i:WATCH|VIDEO|LISTEN|PHOTOS|SLIDESHOW|GALLERY|READ|MORE)(?: ?[:|»>] ?).{2,150}(?<!\.)(?<!\.['’])",
        takes=("WATCH: A crew leaves its boat",),
        leaves=("Listen: We have no boats", "Video: none was to be had"),
    ),
    furniture(
        "promotion",
        r"(?-i:PHOTOS|SLIDESHOW|GALLERY|VIDEO): .{2,90}",
        takes=("PHOTOS: Ten boats of the U.S.",),
        leaves=("VIDEO was to be had, she told the council.",),
    ),
    furniture(
        "promotion",
        r"[(\[] ?(?:photos|video|also on|more on|read more|also read|related|see also|"
        r"watch)\b[^()\[\]]{0,40}: [^()\[\]]{2,150}[)\]]",
        takes=("[Read more: Night boats may end]", "( Also on the Lantern: Will the boats sail?)"),
        leaves=("(Watch the quay by night.)",),
    ),
    furniture(
        "other language",
        r"\((?:en español|in english|em português|en français|leer en español|read (?:this )?in english)\)",
        takes=("(En español)",),
        leaves=("(In English harbours)",),
    ),
    furniture(
        "other language",
        r"(?:leer|lea (?:este artículo|esta nota)) en español\W?|read this (?:story|article) in (?:english|spanish)\W?",
        takes=("Read this story in Spanish",),
        leaves=("Read this story in the Lantern",),
    ),
    furniture(
        "newsletter",
        r"(?:sign up (?:for|to|here)|subscribe (?:to|for|here)|get (?:the|our|your)) .{0,120}\b(?:newsletters?|"
        r"(?:in|to) your inbox|e-?mail alerts?)\b(?-i:[^A-Z.!?]{0,60})[.!]?",
        takes=("Sign up for our free morning newsletter", "Get the Lantern in your inbox every day."),
        leaves=("Sign up for the crew and get its briefings.", "Get the crews out of the inbox."),
    ),
    furniture(
        "newsletter",
        r"(?:not a subscriber|already a (?:subscriber|member)|like what you['’]re reading)\?.{0,60}",
        takes=("Already a subscriber? Log in here.",),
        leaves=("Already a member of the crew? So is he.",),
    ),
    furniture(
        "newsletter terms",
        r".{0,120}\b(?:you can unsubscribe at any time|not a subscriber\? sign up (?:for [\w ]{2,30} )?here|"
        r"by signing up,? you agree to (?:our|the) [^.!?]{0,60})\.?",
        takes=(
            "Harbour news, weekly. You can unsubscribe at any time.",
            "By signing up, you agree to our terms.",
            "The whole tale is for subscribers. Not a subscriber? Sign up here.",
            "All of it is on demand. Not a subscriber? Sign up for a FREE trial here.",
        ),
        leaves=("By signing up you agree to receive nothing, he told them.",),
    ),
    furniture(
        "follow line",
        r"follow (?:us|me|@\w{1,30}|(?-i:[A-Z]).{1,60}?) on (?:facebook|twitter|x|instagram|linkedin|whatsapp|"
        r"youtube|tiktok)\b.{0,120}",
        takes=("Follow us on Facebook and X", "Follow Marta Quillen on Twitter: @mquillen"),
        leaves=("Follow the boats on Facebook",),
    ),
    furniture(
        "follow line",
        r"follow (?:us|@\w{1,30})[.:]?",
        takes=("Follow @lantern",),
        leaves=("Follow the money, she said.",),
    ),
    furniture(
        "click line",
        r"(?:click|tap) (?:here|below) (?:to|for)\b[^.!?]{0,80}\.?",
        takes=("Click here to see the timetable",),
        leaves=("Click here to see the timetable. The crews had theirs on Friday, and kept it.",),
    ),
    furniture(
        "click line",
        r"(?:read|see|show|view) more\W{0,3}|click (?:to|for) (?-i:[A-Z][A-Z ]{5,80})",
        takes=("CLICK TO GET THE LANTERN APP", "Read more"),
        leaves=("Click to get the boats",),
    ),
    furniture(
        "click line",
        r"can['’]t see (?:the|this) (?:video|image|graphic|map|post)\?.{0,60}",
        takes=("Can't see the map? Click here.",),
        leaves=("Can't see the boat? It has left.",),
    ),
    furniture(
        "click line",
        r"(?:read or )?share this (?:story|article): ?https?://\S{3,200}",
        takes=("Read or Share this story: https://lantern.example/1",),
        leaves=("Share this story: it is all we have",),
    ),
    furniture(
        "click line",
        r"read more (?:@|at) ?(?=\S*\.\w)\S{4,60}",
        takes=("Read More @ lantern.example",),
        leaves=("Read more at the quay",),
    ),
    furniture(
        "name of a field",
        r"(?-i:ABSTRACT|FULL TEXT|CORRECTION APPENDED)[.:]?|corrections? appended\.?",
        takes=("FULL TEXT", "ABSTRACT.", "Correction Appended"),
        leaves=("Full text of the speech", "Abstract: none"),
    ),
    furniture(
        "reading time",
        r"(?:estimated )?read(?:ing)?(?: time)?\W{1,3}\d{1,3}[ -]?min(?:ute)?s?\.?",
        takes=("Reading time: 3 minutes",),
        leaves=("Reading took him 3 minutes",),
    ),
    furniture(
        "reading time",
        r"\d{1,3}[ -]?min(?:ute)?s?(?: to)? (?:read|listen|watch)\.?",
        takes=("5 min read",),
        leaves=("5 minutes of the reading",),
    ),
    furniture(
        "reading time",
        r"listen (?:to (?:this )?(?:article|story)|now)\W{0,4}(?:\d{1,3}(?::\d\d|"
        r" min(?:ute)?s?)\)?)?(?: share this article[\w ]{0,60})?",
        takes=("Listen to this article", "LISTEN TO ARTICLE 6:09"),
        leaves=("Listen to them.",),
    ),
    furniture(
        "player",
        r"(?:media playback is (?:un|not )supported|just watched|your browser does not support|javascript (?:is|"
        r"must be))\b.{0,140}",
        takes=("JUST WATCHED The crews go out Replay More Videos", "Your browser does not support video"),
        leaves=("Just watching the boats was no crime",),
    ),
    furniture(
        "player",
        r"watch the (?:full )?(?:video|clip)(?: clip)? (?:above|below)(?: (?:to|for)\b[^.!?]{0,60})?\.?",
        takes=("Watch the video clip above to hear more from the pilot.",),
        leaves=("Watch the video of the boats",),
    ),
    furniture(
        "player",
        r"(?:play|pause|mute|unmute|replay)(?: video)?|video player|now playing|loading\W{0,3}",
        takes=("Play video",),
        leaves=("Play on the quay",),
    ),
    furniture(
        "player",
        r"\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d|current time \d[\d: /]{0,20}",
        takes=("0:00 / 2:31",),
        leaves=("12:30 and 14:30",),
    ),
    furniture(
        "player",
        r"(?:view|hide|show|open) (?:gallery|slideshow|caption|image in fullscreen)|slideshow ?\(\d{1,3} images?\)",
        takes=("Slideshow (20 Images)",),
        leaves=("Open galleries on the quay",),
    ),
    furniture(
        "player",
        r"(?:image |photo |slide )?\d{1,3} of \d{1,3}(?: photos| images)?",
        takes=("1 of 12",),
        leaves=("12 boats of the line", "1 of 12 boats"),
    ),
    furniture(
        "photo caption",
        r"image (?:copyright:?|source[:,]) (?-i:[A-Z])[^.!?]{1,60}(?: image (?:caption|example) .{2,120})?",
        takes=("Image source: Harbour Office", "Image copyright Reuters Image caption A boat leaves"),
        leaves=(
            "Image source of the tale was a bar",
            "Image copyright Reuters Image caption A boat leaves. The council then met, and its leader said no.",
        ),
    ),
    furniture(
        "photo caption",
        r"(?:enlarge this image|toggle caption|hide caption)\b(?:[^.!?]{0,120}|\.)|(?:image|media) caption .{2,140}",
        takes=("Enlarge this image toggle caption Ode Farrow/AP", "Enlarge this image.", "Image caption A boat leaves"),
        leaves=("Enlarge this image of the port. It is old.", "Hide caption and all, the picture was sold."),
    ),
    furniture(
        "photo caption",
        r"(?-i:P(?:hoto|HOTO)|Image|C(?:aption|redit|APTION|REDIT)|Photograph|Illustration)(?::| -| –| —) ?"
        r"(?-i:[A-Z]).{1,150}",
        takes=("Photo: Ode Farrow", "Credit: Ode Farrow", "CREDIT: BY ODE FARROW"),
        leaves=(
            "The photo by Ode Farrow shows the quay at night.",
            "Photo: Ode FarrowIn the light of the rain the council has put off its yearly feast on the quay",
            "Photo: Ode Farrow The council has put off its feast. It said that the rain was to blame.",
        ),
    ),
    furniture(
        "photo caption",
        rf"(?:{NAME} ){{0,3}}{NAME} ?/ ?(?:[\w.'’ -]{{2,30}}/)?{AGENCY}(?: via {AGENCY}|/[\w ]{{2,20}})?",
        takes=("Ode Farrow/AFP", "Ode Farrow / EPA"),
        leaves=("Photographers for Reuters/AP were kept away from the quay, the office said.",),
    ),
    furniture(
        "photo caption",
        rf"(?:{NAME} ){{1,3}}(?:via|for) {AGENCY}|(?-i:AP Photo|REUTERS)/.{{2,80}}|(?-i:Getty Images)",
        takes=("Ode Farrow via Getty Images", "REUTERS/Ode Farrow", "Getty Images"),
        leaves=("The Associated Press and the Lantern contributed to this.",),
    ),
    furniture(
        "source line",
        r"sources?: [^.!?]{2,80}",
        takes=("Source: Harbour Office",),
        leaves=("Source: a word the harbour office does not like.", "Sources said the boats would sail."),
    ),
    furniture(
        "tags",
        r"(?:tags?|topics|filed under|categor(?:y|ies)|keywords|related topics|posted in): ?[^.!?]{2,250}",
        takes=("Tags: ferries, strikes, harbour", "Filed under: Islands"),
        leaves=("Topics: the talks had none. They went on.",),
    ),
    furniture(
        "developing story",
        r"this is a (?:developing|breaking)(?: news)? story(?:[.;,] (?:please |and |it )?(?:check|will)\b.{0,80})?\.?",
        takes=("This is a developing story. Please check back for updates.",),
        leaves=("This is a developing story for an island that has no court.",),
    ),
    furniture(
        "developing story",
        r"this (?:story|article) (?:is (?:developing|being updated)|has been updated|will be updated)"
        r"(?: (?:to|with|as)\b[^.!?]{0,100})?\.?",
        takes=("This article has been updated with a word from the crews.",),
        leaves=("This story has been told before.",),
    ),
    furniture(
        "disclaimer",
        r"(?:(?:the )?(?:views|opinions)(?: and opinions)? expressed (?:here(?:in)?|above|in th(?:is|ese)|by (?:the )?"
        r"(?:author|columnist|writer|contributor)s?)|columnists['’]? (?:views|opinions))\b.{0,200}"
        r"\b(?:(?:do|does) not (?:necessarily )?(?:reflect|represent)|are not necessarily those of|"
        r"are (?:those|solely) of)\b.*",
        takes=("The views expressed here are the writer's own and do not necessarily reflect the Lantern's.",),
        leaves=("The views expressed at the rally do not reflect the mood of the island.",),
    ),
    furniture(
        "related",
        r"(?:related|recommended) (?:articles?|stories|coverage|content|links|news|posts|videos)\W{0,4}|more stories:?",
        takes=("Related Articles",),
        leaves=("Related cases are before the court in Orrin Bay.",),
    ),
    furniture(
        "related",
        r"related:|(?:most read|most popular|you may also like|more on this)\W{0,4}",
        takes=("Most read:", "More On This..."),
        leaves=("More:", "Most read it at once"),
    ),
    furniture(
        "site menu",
        rf"{SECTIONS}(?:[ |•·>/]{{1,4}}(?:& )?{SECTIONS}){{3,40}}",
        takes=("Home News Politics Business Opinion Sport", "Menu | World | U.S. | Arts & Culture | Sign in"),
        leaves=(
            "Home news: politics and business",
            "World, politics, business, sports, culture",
            "Home and world news",
        ),
    ),
    furniture(
        "site menu",
        r"skip to (?:main |the )?(?:content|navigation|article)|(?:toggle|main|site|open|close) (?:menu|navigation)",
        takes=("Skip to main content", "Toggle navigation"),
        leaves=("Skip to the main part, he said", "Main navigation was out on the ferry"),
    ),
    furniture(
        "site menu",
        rf"{SECTIONS}(?: ?[>»›] ?(?-i:[A-Z])[^.!?>»›|]{{1,30}}){{1,5}}",
        takes=("Home > News > Local", "News » Ferries"),
        leaves=("News » of the boats", "Home is what > means"),
    ),
    furniture(
        "address of the page",
        r"https?://\S{4,300}(?: \d{1,3} ?/ ?\d{1,3})?",
        takes=("https://lantern.example/boats 1/2", "https://lantern.example/boats"),
        leaves=("https://lantern.example is where they read of it",),
    ),
    furniture(
        "page number",
        r"page \d{1,3}(?: (?:of|/) \d{1,3})?|\d{1,3} ?/ ?\d{1,3}",
        takes=("Page 1 of 3", "1/2"),
        leaves=("Page 3 was lost", "1/2 of the crew"),
    ),
    furniture(
        "photo caption",
        rf"{AGENCY} ?[/,] ?(?-i:Instagram|Twitter|Facebook|YouTube|Netflix)\.?",
        takes=("Getty/Instagram", "AP/Twitter."),
        leaves=("Reuters, Twitter and the crews",),
    ),
    furniture("shortcode", r"\[/?[a-z][a-z_-]{2,20}\]", takes=("[pullquote]",), leaves=("[the pilot]",)),
    furniture("separator", r"[\W_]+", takes=("___", "* * *"), leaves=("_ a",)),
    furniture(
        "comments",
        r"(?:\d{1,6} )?comments?(?: ?\(\d{1,6}\))?:?|(?:view|show|see|leave|add|post|read)(?: a| all|"
        r" \d{1,6})* comments?(?: ?\(\d{1,6}\))?",
        takes=("12 comments", "Comments (3)", "View all 12 comments"),
        leaves=("Comments", "12 comments came"),
    ),
)
