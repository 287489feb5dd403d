"""Rules of cleaning as data: a name, what the rule looks for, texts that it takes and texts like them that it leaves.

The examples are the tests. The rows stand where their patterns do: in `lines` and `within` for what a page shows
around an article, in `patterns` for the lines that say whose it is; and here where a function decides.
"""

import re
from typing import NamedTuple

Label = tuple[str, str]  # the kind and the rule of a segment


class Rule(NamedTuple):
    """One rule; rows of one name are one rule to a reader.

        name     what the segments carry and the receipt prints; kept, since notebooks show it
        kind     of the segments
        pattern  what it looks for; DECIDED where a function decides, by what stands beside a line or is known
        takes    texts of which it takes what stands between ⟦ and ⟧, or all of it where nothing does
        leaves   texts like them of which it takes nothing

    An example of furniture stands amid prose, one of a trailer below it, any other above it; one with an empty line in
    it is a whole article.
    """

    name: str
    kind: str
    pattern: re.Pattern[str]
    takes: tuple[str, ...]
    leaves: tuple[str, ...]

    @property
    def label(self) -> Label:
        """The kind and the name, as a segment carries them."""
        return self.kind, self.name


def placed(name: str) -> Label:
    """Give the label of a rule that a function decides. Raises KeyError where PLACED has none of that name."""
    return LABELS[name]


DECIDED = re.compile(r"(?!)")  # a pattern that finds nothing: a function decides
PROSE = "The ferry left the quay at noon, and the crews went home without a word."
MORE = "Nobody in the harbour office would say when the next boat was to sail."
TITLE, OUTLET = "Ferry crews walk out as council weighs ban", "The Lantern"  # known to the rules that ask for one
LINKS = "Night boats may end by the winter after all\nCrews on the quay wait for word"
CAPTIONS = [f"Crews wait at quay number {n} in the rain\n" * 2 for n in ("one", "two", "three")]

PLACED = (
    Rule(
        "first line",
        "headline",
        DECIDED,
        takes=(f"⟦Ferry crews walk out⟧\n\n{PROSE}\n{MORE}",),
        leaves=(f"{PROSE}\n\n{MORE}",),
    ),
    Rule(
        "the title",
        "headline",
        DECIDED,
        takes=(f"⟦{TITLE.upper()}⟧\n\n{PROSE}\n{MORE}", f"⟦{TITLE} | Orrin Bay Lantern⟧\n\n{PROSE}\n{MORE}"),
        leaves=(f"Crews leave\n\n{PROSE}\n{MORE}", f"{TITLE}\n\nShare"),
    ),
    Rule(
        "nearly the title",
        "headline",
        DECIDED,
        takes=(f"⟦Ferry crews walk out as council weighed ban⟧\n\n{PROSE}\n{MORE}",),
        leaves=(f"Ferry crews walk out of a late council\n\n{PROSE}\n{MORE}",),
    ),
    Rule(
        "caption with the title",
        "furniture",
        DECIDED,
        takes=(
            f"⟦“No boats,” said the council. | Ode Farrow Islands {TITLE}⟧\n\n{PROSE}\n{MORE}",
            f"⟦A boat at the quay. (Ode Farrow/AP) {TITLE}⟧\n\n{PROSE}\n{MORE}",
        ),
        leaves=(
            f"“No boats,” said the council. | Ode Farrow Islands\n\n{PROSE}\n{MORE}",
            f"With the winter near, the {TITLE[0].lower()}{TITLE[1:]}.\n\n{PROSE}\n{MORE}",
            f"With the winter near and no word from the quay, {TITLE}.\n\n{PROSE}\n{MORE}",
            f"With the winter near and no word from the quay, {TITLE}\n\n{PROSE}\n{MORE}",
        ),
    ),
    Rule(
        "by a name, a paper and a date",
        "byline",
        DECIDED,
        takes=(f"Crews out\n⟦By Ines Corvo - The Harbour Times - Monday, March 5, 2018⟧\n\n{PROSE}\n{MORE}",),
        leaves=(f"Crews out\nBy noon - the harbour said - the boats were gone\n\n{PROSE}\n{MORE}",),
    ),
    Rule(
        "name of a paper beside the date",
        "furniture",
        DECIDED,
        takes=(f"Crews out\n⟦The Harbour Post⟧\nMarch 3, 2024\n\n{PROSE}\n{MORE}",),
        leaves=(f"Crews out\nThe Harbour Post\n\n{PROSE}\n{MORE}",),
    ),
    Rule(
        "name of a paper and a date",
        "dateline",
        DECIDED,
        takes=(f"Crews out\n⟦The Harbour Post, March 3, 2024⟧\n\n{PROSE}\n{MORE}",),
        leaves=(f"Crews out\nThe Harbour Post, nobody knew when\n\n{PROSE}\n{MORE}",),
    ),
    Rule(
        "name above the outlet",
        "byline",
        DECIDED,
        takes=(f"⟦Marta Quillen⟧\nThe Lantern\n\n{PROSE}\n{MORE}",),
        leaves=(f"Marta Quillen\n\n{PROSE}\n{MORE}",),
    ),
    Rule(
        "name of the outlet",
        "furniture",
        DECIDED,
        takes=(f"Marta Quillen\n⟦The Lantern⟧\n\n{PROSE}\n{MORE}", f"Crews out\n⟦Reuters⟧\n\n{PROSE}\n{MORE}"),
        leaves=(f"Crews out\nThe Lantern of old\n\n{PROSE}\n{MORE}",),
    ),
    Rule(
        "by a name of the outlet",
        "byline",
        DECIDED,
        takes=(f"Crews out\n\n{PROSE}\n{MORE}\n⟦By Marta Quillen, The Lantern⟧\n{MORE}\n{PROSE}",),
        leaves=(f"Crews out\n\n{PROSE}\n{MORE}\nBy Marta Quillen, Quay News\n{MORE}\n{PROSE}",),
    ),
    Rule(
        "by a name and a date",
        "byline",
        DECIDED,
        takes=(
            "By Marta Quillen | Dec. 3, 2025",
            "By Marta Quillen, December 3, 2025",
            "By Marta Quillen 3 December 2025 10:15",
            "By Marta Quillen - Published Dec. 3, 2025",
        ),
        leaves=("By Marta Quillen | The quay",),
    ),
    Rule("date line", "dateline", DECIDED, takes=("December 3, 2025",), leaves=("December 3, 2025, was a late day",)),
    Rule(
        "share buttons",
        "furniture",
        DECIDED,
        takes=(
            *("Share", "Share on Facebook", "Tweet", "Email", "Print", "Copy link", "Share Tweet Post Email"),
            *("Share this article via e-mail", "Facebook | Twitter | Print", "⟦Facebook\nWhatsApp\nEmail\nX⟧"),
        ),
        leaves=("Facebook", "Share prices fell on the news, and fell again.", "Print is not dead, he said."),
    ),
    Rule(
        "highlights",
        "furniture",
        DECIDED,
        takes=(f"Crews out\n⟦Story highlights\n{LINKS}⟧\n\n{PROSE}\n{MORE}",),
        leaves=(f"Crews out\nStory highlights\n\n{PROSE}\n{MORE}", f"Crews out\n\n{PROSE}\n{MORE}\n{PROSE}\n{LINKS}"),
    ),
    Rule(
        "related",
        "furniture",
        DECIDED,
        takes=(f"⟦Related stories:\n{LINKS}⟧", f"⟦Related stories:⟧\n{PROSE}", f"⟦Related stories:⟧\nBoats\n{LINKS}"),
        leaves=(f"Trending\n{LINKS}", "More:\nOne: he lied\nTwo: he knew"),
    ),
    Rule(
        "promotion",
        "furniture",
        DECIDED,
        takes=(f"⟦More: Night boats may end\n{LINKS}⟧", "⟦More: Night boats may end⟧\nWhat they think of it by now"),
        leaves=(f"More on the boats\n{LINKS}",),
    ),
    Rule(
        "picture gallery",
        "furniture",
        DECIDED,
        takes=(
            f"{PROSE}\n⟦{''.join(CAPTIONS).strip()}⟧",
            "⟦Photos: Ana Gil's years Hide Caption 1 of 2 Photos: Ana Gil's years – At sea Hide Caption 2 of 2 Photos: "
            "Ana Gil's years – She said no. She left.⟧",
            "They left. ⟦Gallery: The quay A boat. Hide Caption 1 of 2 Gallery: The quay A crew. Hide Caption 2 of 2⟧ "
            "So did he.",
            "⟦In pictures: The quay\nImage 1 of 3 A boat. It is late.\nImage 2 of 3 A crew\nImage 3 of 3 A gate⟧",
            "⟦Photos: The quay\nA boat. It is late.\nHide Caption 1 of 2\nA crew\nHide Caption 2 of 2⟧",
            "⟦1 / 3\nA boat leaves. It is late.\n2 / 3\nA crew\n3 / 3⟧",
        ),
        leaves=(
            f"{PROSE}\n{''.join(CAPTIONS[:2]).strip()}",
            "Image 1 of 3 was lost, he said. Image 3 of 3 was sold.",
            "1 of 3 boats sank.\n2 of 3 crews left.\nNobody knew.",
            "1/12 The boats left.\n2/12 The crews left.\n3/12 Nobody came.",
        ),
    ),
    Rule(
        "caption above its credit",
        "furniture",
        DECIDED,
        takes=(
            "⟦The captain stands on the quay in Orrin Bay, May 3, 2031.⟧\nREUTERS/Ode Farrow",
            "⟦Ana Gil, left, and her crew on the quay⟧\nOde Farrow/AP",
        ),
        leaves=(
            "The captain stood on the quay and nobody came.\nREUTERS/Ode Farrow",
            "The quay was shut, May 3, 2031.\nNobody came.",
            "The quay was shut for good on May 3, 2031.\nREUTERS/Ode Farrow",
            "The captain said no, May 3, 2031.\nREUTERS/Ode Farrow",
        ),
    ),
    Rule(
        "video transcript",
        "furniture",
        DECIDED,
        takes=(
            "⟦Video transcript\n- The boats are late again.\n[MUSIC PLAYING]\nANA GIL: Nobody knows why.⟧",
            "⟦Show transcript⟧",
            "⟦Video Transcript [MUSIC PLAYING] ANA GIL: Nobody knows. [APPLAUSE] They left.⟧",
            "⟦>> The boats are late again. >> Nobody knows why.⟧",
        ),
        leaves=("Transcript\nGIL: Nobody knows why.", "- The boats are late\n- Nobody knows why"),
    ),
    Rule(
        "menu",
        "furniture",
        DECIDED,
        takes=(
            "⟦Afghanistan Albania Algeria Andorra Angola Argentina Armenia Aruba Australia Austria Azerbaijan⟧",
            "⟦Select a state: Alabama | Alaska | Arizona | Arkansas | California | Colorado | Delaware | Florida⟧",
            "⟦United States\nAfghanistan\nAlbania\nAlgeria\nAndorra\nAngola\nArgentina\nArmenia\nAustralia\nAustria⟧",
        ),
        leaves=(
            "Albania, Belgium, Canada, Denmark, France, Germany, Italy, Poland and Spain",
            "It was signed by Afghanistan, Albania, Algeria, Angola, Argentina, Armenia, Australia and Austria.",
            "Afghanistan\nAlbania\nChad\nIran\nLibya\nSomalia\nSyria\nYemen",
        ),
    ),
    Rule(
        "link in capitals",
        "furniture",
        DECIDED,
        takes=("NIGHT BOATS MAY END BY THE WINTER, THE COUNCIL SAYS",),
        leaves=("A YOUNG DEMOCRACY AT SEA",),
    ),
    Rule(
        "below the comments line",
        "furniture",
        DECIDED,
        takes=(f"Crews out\n\n{PROSE}\n{MORE}\n{MORE}\n© 2031 The Lantern\nComments\n⟦{PROSE}\nNice⟧",),
        leaves=(f"Crews out\n\n{PROSE}\n{MORE}\n{MORE}\n© 2031 The Lantern\nComments" + f"\n{PROSE}" * 5,),
    ),
    Rule(
        "after the rights line",
        "furniture",
        DECIDED,
        takes=(f"Crews out\n\n{PROSE}\n{MORE}\n© 2031 The Lantern\n⟦Tell a friend⟧",),
        leaves=(f"Crews out\n\n{PROSE}\n{MORE}\n© 2031 The Lantern\nA heading\n{PROSE}",),
    ),
)
LABELS = {rule.name: rule.label for rule in PLACED}
