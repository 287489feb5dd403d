"""Furniture within a line: what a page's program writes at its head, a caption's credit at its end, links amid it."""

import re

from utils.intake.cleaning.lines import AGENCY, CREDIT, NAME, PICTURE, furniture
from utils.intake.cleaning.rules import Rule

CAPTION_ENDS = (
    furniture(
        "photo caption",
        rf"[(\[]{CREDIT}[)\]]$",
        takes=(
            "A boat at the quay. (Photo by Ode Farrow/Getty Images)",
            "A crew at work. (AP Photo/Ode Farrow)",
            "A boat leaves. [Ode Farrow/Reuters]",
            "In this May 3 photo a boat leaves. Its crew said no more. (AP Photo/Ode Farrow)",
        ),
        leaves=(
            "The crews went out. They came back late at night. (Photo of it all: none/Reuters)",
            "It is to be done before the year ends. ng/jm (dpa, Reuters)",
        ),
    ),
    furniture(
        "photo caption",
        r"\b(?:photo(?:graph(?:er)?)?s?|images?|illustrations?)(?: credits?)?: [^.!?]{2,80}$",
        takes=("A boat leaves the quay. Photo: Ode Farrow",),
        leaves=("The leader said no. Photo: Ode Farrow",),
    ),
    furniture(
        "photo caption",
        r"\b(?-i:REUTERS|AP Photo|AFP Photo)/[^.!?]{2,80}$",
        takes=("FILE PHOTO: A boat at the quay. It is late. REUTERS/Ode Farrow",),
        leaves=("A boat at the quay. It is late. REUTERS/Ode Farrow",),
    ),
    furniture(
        "photo caption",
        rf"\b{PICTURE} provided by {NAME}[^.!?]{{0,60}}$",
        takes=("A boat leaves the quay in an image provided by Ode Farrow",),
        leaves=("Video provided no answer either.", "The boats in an image provided by the crew were late"),
    ),
    furniture(
        "photo caption",
        rf"\b(?:{NAME} ){{1,3}}/ {AGENCY}$",
        takes=("A boat leaves the quay Ode Farrow / Getty Images",),
        leaves=("A boat leaves the quay / Getty Images",),
    ),
    furniture(
        "photo caption",
        rf"(?<=\.) (?-i:YouTube|LIBRARY OF CONGRESS|Source: {NAME}(?: {NAME}){{0,3}})$",
        takes=(
            "A boat leaves the quay, 1940. LIBRARY OF CONGRESS",
            "The pilot sings on the air. YouTube",
            "The pilot had a #NightBoats message for the crew. Source: Harbour TV",
        ),
        leaves=(
            "The crew posted it on YouTube",
            "Where do most crews get their news? YouTube",
            "They could skip the post by Ode Farrow. It came late. The source: Ana Gil",
            "The council fell on Tuesday after a vote of 60 to 58. AP",
        ),
    ),
)
CAPTION_LAST = (")", "]", "youtube", "congress")  # how a caption ends in small letters, or
CAPTION_SIGNS = ("/", "photo", "image", "illustration", "provided by", "source:")  # what stands in it
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
CREDIT_ALONE = re.compile(rf"(?:(?:photo|image|picture|credit)s?: )?(?=.*{AGENCY}).{{2,80}}", re.IGNORECASE)
CAPTION = re.compile(  # what a reporter's sentence is not told with: the bare day at its end, left and right
    r"(?<!\bon )(?<!\bby )(?<!\bof )(?<!\bsince )(?<!\buntil )(?<!\bbefore )(?<!\bafter )"
    rf"\b{MONTH} \d{{1,2}}, \d{{4}}\.?$"
    r"|\((?:left|right|l|r|c|cent(?:er|re))\)|, (?:left|right|cent(?:er|re)),"
    r"|^(?:file photo|pictured)\b|\b(?:pictured|seen) (?:here|in this)\b"
)
POST = furniture(  # a whole line, unless somebody is said to have written it
    "embedded post",
    rf"(?:[—–]|\B-) ?[^\n—–()]{{1,60}} ?\(@\w{{1,30}}\),? {MONTH} \d{{1,2}}, \d{{4}}(?: report)?\.?$",
    takes=(
        "The boats are late again. Shame on them! pic.example/1Ab — Ode Farrow (@odefarrow) May 3, 2031",
        "A crew leaves.— Quay News (@quaynews) December 13, 2031",
        "A crew leaves pic.example/1Ab— Quay News (@quaynews) December 13, 2031.",
    ),
    leaves=(
        "The captain wrote on the same day: We shall be late — Ode Farrow (@odefarrow) May 3, 2031",
        "The boats are late — Ode Farrow (@odefarrow) has said so since May 3, 2031",
    ),
)
GALLERY = furniture(
    "picture gallery",
    r"(?:hide|show|toggle) caption \d{1,3} (?:of|/) \d{1,3}\b[^\n]*"
    r"|[^\n]*\b(?:hide|show) caption \d{1,3} of \d{1,3}$",
    takes=(
        "Hide Caption 3 of 12 Photos: Ana Gil's years – Ana Gil stands on the quay. It is late.",
        "Photos: Ana Gil's years Ana Gil, at left, said no. She left. Hide Caption 3 of 12",
    ),
    leaves=("Hide the caption, he said. 3 of 12 did.",),
)
MACHINE_SIGNS = (  # of which one stands in each line of a page's program, in small letters
    "media playback", "upgrade your browser", "caption", "watch", "don't miss", "instagram", "(@", "posted by",
    "transcript", "signing up", "interested in", "cookies", "tell us", "please include", "want more",
)  # fmt: skip
MACHINE = (  # words that only a page's program writes: whatever follows or stands before them is its own
    furniture(
        "player",
        r"media playback is (?:un|not )supported on your device\b|please upgrade your browser to view this content",
        takes=(
            'Media playback is unsupported on your device Media caption "No," said the pilot. He left.',
            "Please upgrade your browser to view this content. He left.",
        ),
        leaves=("Please upgrade your browser, he said. They did.",),
    ),
    furniture(
        "photo caption",
        r"hide caption [^\n]*\bPrevious Next\b",
        takes=("Hide caption The boat came in. It was late. Previous Next Ana Gil/AP",),
        leaves=("Hide caption and all. The next one is better.",),
    ),
    GALLERY,
    furniture(
        "promotion",
        r"(?-i:NOW WATCH|WATCH NOW|WATCH NEXT|WATCH BELOW|WATCH LIVE|DON'T MISS) ?[:|»>] ?[^\n]{2,160}$",
        takes=("NOW WATCH: What the pilot said about the quay. It is not what you think", "WATCH NEXT | Boats out"),
        leaves=("Now watch: he said that they would not come.",),
    ),
    furniture(
        "embedded post",
        r"(?:view this post on instagram\b[^\n]{0,400}|a (?:post|photo|video) (?:shared|posted) by [^\n]{1,80}"
        r"\(@[\w.]{1,30}\)[^\n]{0,60})$|posted by (?-i:[A-Z])[^\n.!?]{1,60} on (?:\w{3,6}day, )?"
        rf"(?:{MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {MONTH} \d{{4}})$",
        takes=(
            "View this post on Instagram The quay is shut. We are sorry. A post shared by Ode Farrow (@ode.farrow)",
            "A post shared by Ode Farrow (@odefarrow) on May 3, 2031 at 5:03pm PDT",
            "Posted by Ode Farrow on Monday, May 3, 2031",
        ),
        leaves=(
            "A post shared by Ode Farrow on Monday made the crews laugh.",
            "Posted by a pilot on May 3, 2031",
        ),
    ),
    furniture(
        "video transcript",
        r"(?:[^\n]*[.!?] )?(?-i:This) transcript (?:has been|was|is) (?:automatically|computer)[ -]generated\b"
        r"[^\n“”\"]*$",
        takes=("This transcript has been automatically generated and may not be 100% accurate.",),
        leaves=(
            "This transcript has been generated by a clerk, the court said.",
            "The court said that this transcript was automatically generated.",
        ),
    ),
    furniture(
        "newsletter terms",
        r"(?>[^\n]*?\bby signing up,? you agree to receive\b)[^\n]*\bunsubscribe at any time\.?$",
        takes=(
            "All the news of the quay, every day, in your inbox. Email Sign Up By signing up you agree to receive "
            "email from the Lantern about boats, and news of our crews. You can unsubscribe at any time.",
        ),
        leaves=("By signing up you agree to receive boats. He did.",),
    ),
    furniture(
        "newsletter",
        r"interested in (?P<what>[^?\n]{2,60})\? add (?P=what) as an interest\b",
        takes=("Interested in Tides? Add Tides as an interest to stay up to date. It is free.",),
        leaves=("Interested in tides? Add salt as you like, she said.",),
    ),
    furniture(
        "notice",
        r"(?:we|(?:this|our) (?:web)?site) uses? cookies\b"
        r"(?=[^\n“”\"]*\b(?:best (?:possible )?experience|continue (?:to|using|browsing)|accept|settings|policy)\b)"
        r"[^\n“”\"]*$",
        takes=("We use cookies to give you the best experience on our website. You can change your settings.",),
        leaves=("We use cookies to lure the gulls. They like them.",),
    ),
    furniture(
        "call to readers",
        r"(?:[^\n.!?“”\"]{2,120}\? ){0,4}tell us (?:your story|what you think|about your \w+) by e-?mailing "
        r"(?=\S+@\S)\S++$",
        takes=("Are you on the quay? How is it there? Tell us your story by emailing quay@lantern.example",),
        leaves=(
            "Tell us your story by emailing, he said, and they did.",
            "The town lost a bridge. “I am sorry,” the mayor said. Tell us what you think by emailing q@bay.example",
        ),
    ),
    furniture(
        "call to readers",
        r"please include a (?:contact|phone|telephone) number if you are willing to speak to an? "
        r"[\w ]{2,30}journalist\b",
        takes=("Please include a phone number if you are willing to speak to a Lantern journalist. Thank you.",),
        leaves=("Please include a number if you are willing, she said. They did.",),
    ),
    furniture(
        "follow line",
        r"want more [^?\n]{2,40}\? [^\n]*\b(?:check|find|follow) (?:us|him|her|them|me) (?:out )?"
        r"on facebook, (?:twitter|instagram|youtube)\b",
        takes=("Want more Ode? Listen to “Ode’s Hour” daily. You can find him on Facebook, Twitter, and YouTube.",),
        leaves=(
            "Want more pay? Ask the crew on Facebook.",
            "Want more? He boasted of it on Facebook, Twitter and air.",
        ),
    ),
)
CREDIT_LAST = furniture(
    "photo credit",
    rf"[(\[]{CREDIT}[)\]]$",
    takes=(
        "The ferry left the quay at noon, the crew said. Nobody saw it go. ⟦(Ode Farrow/Reuters)⟧",
        "The crews went home, he said. They were late. ⟦(Photo by Ode Farrow)⟧",
    ),
    leaves=("The crew's leader does not believe him (dpa/AP).", "The minister left on Friday (Ode Farrow, Reuters)."),
)
WORD = r"(?<![\w.’'-])[A-Z][\w.’'-]{1,30}"
ROLL = r"(?=[A-Z'‘“\"])(?!'s\b)[^\n]{15,600}? MORE\b"
AMID = {  # by a sign that stands in every find
    "CLICK ": Rule(
        "app link",
        "furniture",
        re.compile(r"\bCLICK (?:HERE )?(?:TO|FOR) [A-Z][A-Z ]{5,80}(?![a-z])"),
        takes=("The crews said they would go home. They did. ⟦CLICK HERE TO GET THE LANTERN APP⟧",),
        leaves=("The crews said: CLICK HERE to go home.",),
    ),
    "ollow ": Rule(
        "follow line",
        "furniture",
        re.compile(
            r"(?<=[.!?”\"] )(?:(?:Like|Find) us on (?:Facebook|Twitter|Instagram)(?: and|,|\.) ?)?"
            r"[Ff]ollow (?:us|him|her|them|me|@\w{1,30}|(?:[A-Z][\w.'’-]* |reporter |staff |writer |columnist ){1,8})"
            r"(?: ?(?:on|at) (?:Twitter|Facebook|Instagram|X)\b)"
            r"(?:(?:,| and|:|\.)? ?(?:Facebook|Twitter|Instagram|YouTube|@\w{1,30})){0,6}\.?$"
        ),
        takes=(
            "The crews said they would go home. They did. ⟦Follow Lantern reporter Ode Farrow on Twitter @odefarrow⟧",
            "The crews said they would go home. They did. ⟦Like us on Facebook and follow us on Twitter⟧",
        ),
        leaves=("The crews went home. Follow the boats on Twitter", "The crews asked us all to follow them on Twitter"),
    ),
    "hare this story": Rule(
        "click line",
        "furniture",
        re.compile(r"(?<=[.!?”\"] )(?:Read or )?[Ss]hare this story: ?\S{3,200}$"),
        takes=("The crews went home. They did. ⟦Read or Share this story: https://lantern.example/1⟧",),
        leaves=("The crews said so. Share this story: it is all we have",),
    ),
    "iginally published": Rule(
        "origin line",
        "trailer",
        re.compile(
            r"(?<=[.!?”\"] )(?:This (?:story|article|column|piece) (?:was )?)?[Oo]riginally published (?:by|at|in|on) "
            r"[A-Z][^.!?,\n]{2,60}\.?$"
        ),
        takes=("The crews went home. They did. ⟦Originally published by The Harbour Post⟧",),
        leaves=("It is an old book. Originally published in 1951, it sold well.",),
    ),
    "first appeared": Rule(
        "origin line",
        "trailer",
        re.compile(
            r"(?<=[.!?”\"] )This (?:story|article|column|piece) first appeared (?:at|in|on) [A-Z][^!?,\n]{2,60}$"
        ),
        takes=("The crews went home. They did. ⟦This article first appeared at Quay.example⟧",),
        leaves=("The crews went home. This ferry first appeared at Port Ann",),
    ),
    "Copyright ": Rule(
        "rights line",
        "trailer",
        re.compile(r"(?<=[.!?”\"] )Copyright (?:© ?|\([cC]\) ?)?(?:19|20)\d\d,? (?:by )?[A-Z][^.!?\n]{2,80}\.?$"),
        takes=("The crews went home. They did. ⟦Copyright 2031 The Quay Journal, Port Ann⟧",),
        leaves=("The crews went home. Copyright 2031 is not theirs. It is the town's.",),
    ),
    " published, ": Rule(
        "notice",
        "furniture",
        re.compile(
            r"(?<=[.!?”\"] )(?:(?:Copyright|©|\([cC]\)) [^.!?\n]{4,80}\. )?(?:All rights reserved\. )?"
            r"This material may not be published, broadcast, [^.!?\n]{4,80}\.?$"
        ),
        takes=(
            "The crews went home. They did. ⟦Copyright 2031 Quay Press. All rights reserved. This material may not be "
            "published, broadcast, rewritten or redistributed.⟧",
        ),
        leaves=("The court said that this material may not be published, broadcast or sold.",),
    ),
    "WATCH": Rule(
        "promotion",
        "furniture",
        re.compile(r"(?<=[.!?”\"] )NOW WATCH ?[:|»>] ?[^\n]{2,160}$"),
        takes=("The crews said they would go home. They did. ⟦NOW WATCH: What the pilot's boat can do⟧",),
        leaves=("The crews said they would go home. They did not NOW WATCH: they slept.",),
    ),
    "ontinues below": Rule(
        "story continues",
        "furniture",
        re.compile(
            r"(?<=[.!?”\"] )(?i:article|story) continues below(?: (?:this |the )?(?i:ad(?:vertisement)?|video))?"
            r"(?= [“\"‘A-Z]|$)"
        ),
        takes=("They did. ⟦article continues below⟧ “We left,” the crew said.",),
        leaves=("They did. The story continues below the deck.",),
    ),
    "CLOSE ": Rule(
        "player",
        "furniture",
        re.compile(r"(?<=[a-z.?!”\"] )CLOSE(?= [A-Z][a-z])"),
        takes=("The crews went home ⟦CLOSE⟧ They did.",),
        leaves=("It was too CLOSE to call.", "THE DOORS CLOSE At noon."),
    ),
    "(@": Rule(
        "embedded post",
        "furniture",
        re.compile(
            r"(?:\bpic\.twitter\.com/\w{4,20} ?|(?<=[.!?”\"] ))(?:—|–) ?(?:[^\s—–()]{1,30} ){1,6}\(@\w{1,30}\) "
            rf"{MONTH} \d{{1,2}}, \d{{4}}"
        ),
        takes=("The boats are late. ⟦— Ode Farrow (@odefarrow) May 3, 2031⟧ The council met again.",),
        leaves=("The boats are late — Ode Farrow (@odefarrow) has said so since May 3, 2031",),
    ),
    " post": Rule(
        "player",
        "furniture",
        re.compile(r"\b(?:Skip|End of) (?:Twitter|Instagram|Facebook|X) post(?: \d{1,2})? by @\w{1,30}"),
        takes=("⟦Skip Twitter post by @odefarrow⟧ The crews said they would go home.",),
        leaves=("The end of Facebook post by Mayor Farrow, the one on the quay, came late.",),
    ),
    " MORE": Rule(  # a name, said again in full, glued to the headlines of other articles about it
        "links about a name",
        "furniture",
        re.compile(
            rf"\b(?=[A-Z])(?=[^\n]{{0,800}}? MORE\b)"
            rf"(?:(?P<last>{WORD}) (?P<roll>(?:\(?{WORD}\)? ){{1,4}}(?P=last){ROLL})"
            rf"|(?P<first>{WORD})(?: {WORD}){{1,2}} (?P<again>(?P=first) (?:{WORD} ){{0,2}}[A-Z][a-z’'-]*[a-z]{ROLL}))"
        ),
        takes=(
            'He heard Mayor Farrow ⟦Ode (Odi) Mae FarrowBoats late again Is it "the end"? MORE⟧ said so.',
            "The pilot Ana Gil ⟦Ana Maria GilardiQuay shut Crews out MORE⟧ said so.",
        ),
        leaves=(
            "Ana Gil Ana Gil's lawyer wanted MORE time, she said, and MORE pay.",
            "Ode Farrow FarrowBoats has MORE boats than Gil, it says, though it sails less.",
        ),
    ),
    "[": furniture(
        "promotion",
        r"\[(?:read more|also read|see also|related|watch)(?::| \|) ?[^\[\]]{2,200}\]",
        takes=("The crews said no. ⟦[Read more: Night boats may end]⟧ They went home.",),
        leaves=("The crews said no [watch the quay by night]. They went home.",),
    ),
}
