"""Furniture of scraped news pages: lines that a page shows around an article and that are no part of it.

A rule sets aside whole lines, and only what it is sure of: a line left in the body costs a few words, a sentence
taken out of it falsifies the article. A line that is long, quotes, tells what somebody said or goes on after a full
point is prose, however it begins. The patterns mind no case but inside (?-i:…).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from utils.intake.batch import Span

LONGEST = 160  # characters; a caption that ends in its credit may be longer
LONGEST_CAPTION = 500
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
PROSE = re.compile(
    r"[“”\"]|\b(?i:said|told|added|asked|wrote)\b|\bsays?[.,]|"
    r"[a-z\d’)]{2}(?<!\b[A-Z][a-z]{2})[.!]['’)\]]*\s+\S|(?<![#\w])\w*[a-z]{3}[A-Z][a-z]+ [a-z]"
)  # what no furniture holds: a quotation, a reporting verb, a second sentence, a word glued to the next sentence

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
        r"|up next|read next)(?: ?[:|»>] ?).{2,150}(?<!\.)(?<!\.['’])",
        r"(?-i:(?:More|Watch|Photos|Video|Gallery): ?[A-Z\d'‘])[^.]{14,150}(?<![.!?:;,])",
        r"(?-i:WATCH|VIDEO|LISTEN|PHOTOS|SLIDESHOW|GALLERY|READ|MORE)(?: ?[:|»>] ?).{2,150}(?<!\.)(?<!\.['’])",
        r"(?-i:PHOTOS|SLIDESHOW|GALLERY|VIDEO): .{2,90}",
        r"[(\[] ?(?:photos|video|also on|more on|read more|also read|related|see also|"
        r"watch)\b[^()\[\]]{0,40}: [^()\[\]]{2,150}[)\]]",
    ),
    "other language": (
        r"\((?:en español|in english|em português|en français|leer en español|read (?:this )?in english)\)",
        r"(?:leer|lea (?:este artículo|esta nota)) en español\W?|read this (?:story|article) in (?:english|spanish)\W?",
    ),
    "newsletter": (
        r"(?:sign up (?:for|to|here)|subscribe (?:to|for|here)|get (?:the|our|your)) .{0,120}\b(?:newsletters?|"
        r"(?:in|to) your inbox|e-?mail alerts?)\b(?-i:[^A-Z.!?]{0,60})[.!]?",
        r"newsletter sign[- ]?up|thank you for (?:signing up|subscribing)[.!]?|subscribe(?: now| today)?|"
        r"sign up|log ?in|sign in",
        r"(?:not a subscriber|already a (?:subscriber|member)|like what you['’]re reading)\?.{0,60}",
    ),
    "newsletter terms": (
        r".{0,120}\b(?:you can unsubscribe at any time|not a subscriber\? sign up (?:for [\w ]{2,30} )?here|"
        r"by signing up,? you agree to (?:our|the) [^.!?]{0,60})\.?",
    ),
    "follow line": (
        r"follow (?:us|me|@\w{1,30}|(?-i:[A-Z]).{1,60}?) on (?:facebook|twitter|x|instagram|linkedin|whatsapp|"
        r"youtube|tiktok)\b.{0,120}",
        r"(?:like|join|find) us on (?:facebook|twitter|x|instagram|linkedin|whatsapp|youtube|tiktok)\b.{0,80}",
        r"follow (?:us|@\w{1,30})[.:]?",
    ),
    "click line": (
        r"(?:click|tap) (?:here|below) (?:to|for)\b[^.!?]{0,80}\.?",
        r"(?:read|see|show|view) more\W{0,3}|click (?:to|for) (?-i:[A-Z][A-Z ]{5,80})",
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
        r"must be))\b.{0,140}",
        r"please (?:upgrade|enable|update) (?:your browser|javascript)\b[^.]{0,80}\.?",
        r"watch the (?:full )?(?:video|clip)(?: clip)? (?:above|below)(?: (?:to|for)\b[^.!?]{0,60})?\.?",
        r"(?:play|pause|mute|unmute|replay)(?: video)?|video player|now playing|loading\W{0,3}",
        r"\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d|current time \d[\d: /]{0,20}",
        r"(?:view|hide|show|open) (?:gallery|slideshow|caption|image in fullscreen)|slideshow ?\(\d{1,3} images?\)",
        r"(?:image |photo |slide )?\d{1,3} of \d{1,3}(?: photos| images)?",
    ),
    "photo caption": (
        r"image (?:copyright:?|source[:,]) (?-i:[A-Z])[^.!?]{1,60}(?: image (?:caption|example) .{2,120})?",
        r"(?:enlarge this image|toggle caption|hide caption)\b[^.!?]{0,120}|(?:image|media) caption .{2,140}",
        r"(?:(?:photo|image|picture) credits?|file photo)(?::| -| –| —) ?.{2,150}",
        r"(?-i:Photo|PHOTO|Image|Caption|Credit|Photograph|Illustration)(?::| -| –| —) ?(?-i:[A-Z]).{1,150}",
        rf"(?-i:Photo|Photograph|Image|Illustration)s? by {NAME}(?: {NAME}){{0,3}}",
        rf"(?:{NAME} ){{0,3}}{NAME} ?/ ?(?:[\w.'’ -]{{2,30}}/)?{AGENCY}(?: via {AGENCY}|/[\w ]{{2,20}})?",
        rf"(?:{NAME} ){{1,3}}(?:via|for) {AGENCY}|(?-i:AP Photo|REUTERS)/.{{2,80}}|(?-i:Getty Images)",
    ),
    "source line": (r"sources?: [^.!?]{2,80}",),
    "tags": (r"(?:tags?|topics|filed under|categor(?:y|ies)|keywords|related topics|posted in): ?[^.!?]{2,250}",),
    "developing story": (
        r"this is a (?:developing|breaking)(?: news)? story(?:[.;,] (?:please |and |it )?(?:check|will)\b.{0,80})?\.?",
        r"this (?:story|article) (?:is (?:developing|being updated)|has been updated|will be updated)"
        r"(?: (?:to|with|as)\b[^.!?]{0,100})?\.?",
    ),
    "disclaimer": (
        r"(?:(?:the )?(?:views|opinions)(?: and opinions)? expressed (?:here(?:in)?|above|in th(?:is|ese)|by (?:the )?"
        r"(?:author|columnist|writer|contributor)s?)|columnists['’]? (?:views|opinions))\b.{0,200}"
        r"\b(?:(?:do|does) not (?:necessarily )?(?:reflect|represent)|are not necessarily those of|"
        r"are (?:those|solely) of)\b.*",
    ),
    "related": (
        r"(?:related|recommended) (?:articles?|stories|coverage|content|links|news|posts|videos)\W{0,4}|more stories:?",
        r"related:|(?:most read|most popular|you may also like|more on this)\W{0,4}",
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
COMPLETE = ("newsletter_terms", "developing_story", "separator", "shortcode", "comments")  # these have no open end
RULES = re.compile(
    "|".join(rf"(?P<{name.replace(' ', '_')}>{'|'.join(patterns)})" for name, patterns in WHOLE.items()), re.IGNORECASE
)
MACHINE = re.compile(  # words that only a page's program writes: whatever follows or stands before them is its own
    r"(?P<player>media playback is (?:un|not )supported on your device\b|please upgrade your browser to view this "
    r"content)"
    r"|(?P<photo_caption>hide caption [^\n]*\bPrevious Next\b)"
    r"|(?P<newsletter_terms>(?>[^\n]*?\bby signing up,? you agree to receive\b)[^\n]*\bunsubscribe at any time\.?$)"
    r"|(?P<newsletter>interested in (?P<what>[^?\n]{2,60})\? add (?P=what) as an interest\b)"
    r"|(?P<call_to_readers>(?:[^\n.!?“”\"]{2,120}\? ){0,4}"
    r"tell us (?:your story|what you think|about your \w+) by e-?mailing (?=\S+@\S)\S++$"
    r"|please include a (?:contact|phone|telephone) number if you are willing to speak to an? [\w ]{2,30}journalist\b)"
    r"|(?P<follow_line>want more [^?\n]{2,40}\? [^\n]*\b(?:check|find|follow) (?:us|him|her|them|me) (?:out )?"
    r"on facebook, (?:twitter|instagram|youtube)\b)",
    re.IGNORECASE,
)
CAPTION_ENDS = re.compile(
    rf"(?:[(\[]{CREDIT}[)\]]|\b(?:photo(?:graph(?:er)?)?s?|images?|illustrations?)(?: credits?)?: [^.!?]{{2,80}}"
    rf"|\b(?-i:REUTERS|AP Photo|AFP Photo)/[^.!?]{{2,80}}|\b{PICTURE} provided by {NAME}[^.!?]{{0,60}}"
    rf"|\b(?:{NAME} ){{1,3}}/ {AGENCY}|(?<=\.) (?-i:YouTube|LIBRARY OF CONGRESS|"
    rf"Source: {NAME}(?: {NAME}){{0,3}}))$",
    re.IGNORECASE,
)
CAPTION_BEGINS = re.compile(r"FILE\b|In this (?:[\w.,-]+ ){0,6}(?:photo|image|picture|frame)\b")
CREDIT_IN_BRACKETS = re.compile(rf"[(\[]{CREDIT}[)\]]$", re.IGNORECASE)
APP_LINK = re.compile(r"\bCLICK (?:HERE )?(?:TO|FOR) [A-Z][A-Z ]{5,80}(?![a-z])")
WORD = r"(?<![\w.’'-])[A-Z][\w.’'-]{1,30}"
ROLL = r"(?=[A-Z'‘“\"])(?!'s\b)[^\n]{15,600}? MORE\b"
LINK_ROLL = re.compile(  # a name, said again in full, glued to the headlines of other articles about it
    rf"\b(?=[A-Z])(?=[^\n]{{0,800}}? MORE\b)(?:(?P<last>{WORD}) (?P<roll>(?:\(?{WORD}\)? ){{1,4}}(?P=last){ROLL})"
    rf"|(?P<first>{WORD})(?: {WORD}){{1,2}} (?P<again>(?P=first) (?:{WORD} ){{0,2}}[A-Z][a-z’'-]*[a-z]{ROLL}))"
)
SKIP_POST = re.compile(r"\b(?:Skip|End of) (?:Twitter|Instagram|Facebook|X) post(?: \d{1,2})? by @\w{1,30}")
READ_MORE = re.compile(r"\[(?:read more|also read|see also|related|watch)(?::| \|) ?[^\[\]]{2,200}\]", re.IGNORECASE)
NETWORKS = set("facebook twitter x linkedin whatsapp reddit pinterest telegram tumblr messenger bluesky".split())
SHARES = set("share tweet email e-mail print pin copy sms".split())
BESIDE_SHARES = set("link post save comment this article story page on via by with to a friend more".split())
SHARING = NETWORKS | SHARES | BESIDE_SHARES
BRACKETS_END = (")", "]")
HIGHLIGHTS = re.compile(r"(?:Story h|H)ighlights:?|Key (?:points|takeaways):?|Story highlights .{10,200}(?<![.!?])")
CAPITALS = re.compile(r"[A-Z][^a-z]{30,160}(?:[^a-z.!]|\b[A-Z]\.[A-Z]\.)")
PROSE_ENDS = (".", "!", "?", ":", ",", ".”", '."', "”", '"')


def rule_of(line: str) -> str | None:
    """Give the name of the rule by which a line is furniture, wherever it stands; or None."""
    if len(line) <= LONGEST_CAPTION and (own := MACHINE.match(line)):
        return next(name for name, text in own.groupdict().items() if text and name != "what").replace("_", " ")
    match = RULES.fullmatch(line) if len(line) <= LONGEST else None
    if match and (match.lastgroup in COMPLETE or not PROSE.search(line)):
        return match.lastgroup.replace("_", " ")
    if len(line) < 90 and _sharing(line) == "surely":
        return "share buttons"
    if len(line) <= LONGEST_CAPTION and (credit := CAPTION_ENDS.search(line, max(0, len(line) - 200))):
        sure = CAPTION_BEGINS.match(line) or not PROSE.search(line[: credit.start()].rstrip())
        return "photo caption" if sure else None
    return None


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
    if "fox" in (outlet or "").casefold():
        yield from _links_in_capitals(texts, rules)


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
    """Give the links, each as long as a headline, below the heading of a list; and highlights above the article."""
    for n, line in enumerate(texts):
        highlights = n < 4 and rules[n] is None and len(line) < 220 and HIGHLIGHTS.fullmatch(line)
        if rules[n] != "related" and not highlights:
            continue
        below = _links_below(texts, rules, n)
        name = "highlights" if highlights else "related"
        yield from ((number, name) for number in ([n, *below] if highlights and below else below))


def _more_links(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[tuple[int, str]]:
    """Give the links right under a promoted one: two or more, since one alone may be a heading."""
    for n in (n for n, rule in enumerate(rules) if rule == "promotion"):
        if len(below := _links_below(texts, rules, n)) > 1:
            yield from ((number, "promotion") for number in below)


def _links_below(texts: Sequence[str], rules: Sequence[str | None], n: int) -> list[int]:
    """Give the lines right below one that are as long as a headline and do not end as prose does: up to eight."""
    return list(takewhile(lambda m: rules[m] is None and _like_link(texts[m]), range(n + 1, min(n + 9, len(texts)))))


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
    prose = [n for n, rule in enumerate(rules) if rule is None and not texts[n].isupper()]
    for n in range(prose[1] + 1, prose[-1]) if len(prose) > 3 else ():
        if rules[n] is None and texts[n].isupper() and CAPITALS.fullmatch(texts[n]) and len(texts[n].split()) >= 7:
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
        if " post" in piece:
            found += [(match.span(), "player") for match in SKIP_POST.finditer(piece)]
        if " MORE" in piece:
            found += [(match.span(match.lastgroup), "links about a name") for match in LINK_ROLL.finditer(piece)]
        if "[" in piece:
            found += [(match.span(), "promotion") for match in READ_MORE.finditer(piece)]
    at, kept = 0, []
    for (left, right), rule in sorted(found):
        if left >= at:
            kept.append(((start + left, start + right), "furniture", rule))
            at = right
    return kept
