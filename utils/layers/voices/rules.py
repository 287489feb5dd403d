"""The rules of attribution: what each is called, sentences that it takes, and sentences like them that it leaves.

The grammar is code (`content`, `attribution`, `quotes`); here stand the names that the quotes layer prints and the
examples, which are its tests.

A rule may be loose: of the contents without marks that it finds in real news, people mark fewer than two in three as
somebody's words or thoughts. The mayor planned to leave, supported the gate: deeds, as often as speech.
"""

from typing import NamedTuple


class Taken(NamedTuple):
    """A text with what a rule finds in it; a quotation has no cue, or nobody who speaks, where that is None."""

    text: str
    content: str
    cue: str | None
    speaker: str | None


class Rule(NamedTuple):
    """One rule. C stands for the content, X for the speaker, Q for a content between marks, Y for the one spoken to or
    about; said, claim and sure for any such word, and … for a word of the text."""

    name: str
    takes: tuple[Taken, ...]
    leaves: tuple[str, ...]
    loose: tuple[str, ...] = ()  # words for … with which it tells of deeds as often as of speech; "" for them all


def named(name: str, word: str = "") -> str:
    """Give the name of a rule with its word put in. Raises KeyError where the table has no such rule."""
    return BY_NAME[name].name.replace("…", word)


def _rule(
    name: str, *takes: tuple[str, str, str | None, str | None], leaves: tuple[str, ...], loose: tuple[str, ...] = ()
) -> Rule:
    return Rule(name, tuple(Taken(*example) for example in takes), leaves, loose)


RULES = (
    _rule(
        "C, said X",
        ("The boats were late, said Ilse Marrow.", "The boats were late", "said", "Ilse Marrow"),
        ("The boats were late, said the crews.", "The boats were late", "said", "crews"),
        ("“We waited,” said Ilse Marrow, the pilot.", "“We waited,”", "said", "Ilse Marrow"),
        ("“We waited,” said she.", "“We waited,”", "said", None),
        ("“We waited,” said Ilse Marrow last week.", "“We waited,”", "said", "Ilse Marrow"),
        ("“We waited,” said Ilse Marrow bluntly.", "“We waited,”", "said", "Ilse Marrow"),
        ("“We waited,” said Ilse Marrow shaking her head.", "“We waited,”", "said", "Ilse Marrow"),
        ("“We wait,” advises the pilot Ilse Marrow.", "“We wait,”", "advises", "Ilse Marrow"),
        ("‘We waited’, said Ilse Marrow.", "‘We waited’", "said", "Ilse Marrow"),
        ("« We waited », said Ilse Marrow.", "« We waited »", "said", "Ilse Marrow"),
        leaves=(
            "Ilse Marrow, the harbour master, said the boats were late.",
            "Because, says Ilse Marrow, it is late.",
        ),
    ),
    _rule(
        "C, said X, C",
        ("“We waited,” said Ilse Marrow, “and nobody came.”", "“and nobody came.”", "said", "Ilse Marrow"),
        leaves=("“We waited,” said Ilse Marrow, and nobody came.",),
    ),
    _rule(
        "C, X said",
        ("“We waited,” Ilse Marrow said.", "“We waited,”", "said", "Ilse Marrow"),
        ("The port was shut for good, Marrow said.", "The port was shut for good", "said", "Marrow"),
        ("EASTPORT — The port was shut for good, Marrow said.", "The port was shut for good", "said", "Marrow"),
        ("And then the boats were late, Marrow said.", "the boats were late", "said", "Marrow"),
        ("“We waited,” she told me this week.", "“We waited,”", "told", None),
        ("“We waited,” Ilse Marrow told them.", "“We waited,”", "told", "Ilse Marrow"),
        ("“Go home,” Mr. Venn implored.", "“Go home,”", "implored", "Venn"),
        ("“We waited”, Ilse Marrow told them.", "“We waited”", "told", "Ilse Marrow"),
        ("“Why wait?”, Ilse Marrow asked.", "“Why wait?”", "asked", "Ilse Marrow"),
        ("” … we waited,” Ilse Marrow said.", "” … we waited,”", "said", "Ilse Marrow"),
        ("“We waited, Ilse Marrow said.", "“We waited,", "said", "Ilse Marrow"),
        ("“We waited,“ Ilse Marrow said.", "“We waited,“", "said", "Ilse Marrow"),
        ("“He calls it “hell” here,” Ilse Marrow said.", "“He calls it “hell” here,”", "said", "Ilse Marrow"),
        ("— We waited all night, Ilse Marrow said.", "We waited all night", "said", "Ilse Marrow"),
        ("‘Late Boats’ “We waited,” Ilse Marrow said.", "“We waited,”", "said", "Ilse Marrow"),
        ("“Did we wait?” Marrow repeats slowly.", "“Did we wait?”", "repeats", "Marrow"),
        (
            "The crews were “late” at the gate, the pilot, Ilse Marrow, said.",
            "The crews were “late” at the gate",
            "said",
            "Ilse Marrow",
        ),
        leaves=(
            "Yes, she said.",
            "In the end, the harbour master proved to be right.",
            "On Monday, Marrow said yes.",
            "Under the plate, “No. 17”, Marrow had found the key.",
        ),
    ),
    _rule(
        "C, X said, C",
        ("The talks, Ilse Marrow said, would fail by Monday.", "would fail by Monday", "said", "Ilse Marrow"),
        ("But, Ilse Marrow said, the crews should wait.", "the crews should wait", "said", "Ilse Marrow"),
        leaves=("The talks failed, Ilse Marrow said, leaving the room.",),
    ),
    _rule(
        "X said Q",
        ("Ilse Marrow said: “We waited.”", "“We waited.”", "said", "Ilse Marrow"),
        ("Ilse Marrow told the crews, “We waited.”", "“We waited.”", "told", "Ilse Marrow"),
        ("Ilse Marrow told the crews “We waited.”", "“We waited.”", "told", "Ilse Marrow"),
        ("Marrow described the offer as “a sham.”", "“a sham.”", "described", "Marrow"),
        ("Marrow called it “a sham” on Monday.", "“a sham”", "called", "Marrow"),
        ("Ilse Marrow, who admitted “the sham,” asked to leave.", "“the sham,”", "admitted", "Ilse Marrow"),
        ("The plan, which she called “a sham,” was over.", "“a sham,”", "called", None),
        ("Marrow said “no boats” and called it a day.", "“no boats”", "said", "Marrow"),
        ("And asking “Why?” was wrong.", "“Why?”", "asking", None),
        ("Marrow admitted saying “no boats”.", "“no boats”", "saying", "Marrow"),
        ("Why did Marrow say “no boats”?", "“no boats”", "say", "Marrow"),
        ("Marrow not only said “no boats”.", "“no boats”", "said", "Marrow"),
        leaves=(
            "Marrow never said “no boats”.",
            "Marrow has never said: “No boats.”",
            "Marrow denied that she had said “no boats”.",
            "If Marrow said “no boats”, it was late.",
            "Did Marrow say “no boats”?",
            "Marrow said that “it is a sham.”",
            "Marrow said on the Herald’s “Morning Tide” it was late.",
        ),
    ),
    _rule(
        "X said that C",
        ("Marrow said on Monday that the port was shut.", "that the port was shut", "said", "Marrow"),
        ("Marrow told reporters that the port was shut.", "that the port was shut", "told", "Marrow"),
        (
            "Marrow told the Herald’s “Morning Tide” that the port was shut.",
            "that the port was shut",
            "told",
            "Marrow",
        ),
        ("They all agreed that the port was shut.", "that the port was shut", "agreed", None),
        ("The court ruled that the port was shut.", "that the port was shut", "ruled", "court"),
        ("Data from the port show that it was shut.", "that it was shut", "show", "Data"),
        leaves=(
            "Marrow said that. The port was shut.",
            "Marrow read the book that the crews had left.",
            "It goes without saying that the port was shut, and it is worth noting that it was late.",
            "Marrow told the crews after the meeting that was held on Monday of the port.",
            "The crews must ensure that the port is shut.",
        ),
    ),
    _rule(
        "X said C",
        ("Marrow said on Monday the port was shut.", "the port was shut", "said", "Marrow"),
        ("Marrow said about 20 boats were late.", "about 20 boats were late", "said", "Marrow"),
        ("Marrow said how late it was.", "how late it was", "said", "Marrow"),
        ("Marrow found the port was shut.", "the port was shut", "found", "Marrow"),
        ("Marrow hoped she was late.", "she was late", "hoped", "Marrow"),
        ("Marrow knew the crews said it.", "the crews said it", "knew", "Marrow"),
        (
            "Officials in Eastport and Orrin Bay said it was late.",
            "it was late",
            "said",
            "Officials in Eastport and Orrin Bay",
        ),
        ("Marrow said the port was shut, adding that it was late.", "the port was shut", "said", "Marrow"),
        ("Marrow told the crews how late it was.", "how late it was", "told", "Marrow"),
        ("Marrow told the crews the port was shut.", "the port was shut", "told", "Marrow"),
        ("Marrow told them the port was shut.", "the port was shut", "told", "Marrow"),
        ("They say it was late, but I do not believe the port was shut.", "it was late", "say", None),
        ("Quietly the harbour master said the port was shut.", "the port was shut", "said", "harbour master"),
        (
            "The tall thin cold pale grey wise kind calm sad slow old harbour master said it was shut.",
            "it was shut",
            "said",
            "thin cold pale grey wise kind calm sad slow old harbour master",
        ),
        (
            "The old hand of the port near the market by the tower in Eastport said it was shut.",
            "it was shut",
            "said",
            "old hand",
        ),
        ("Ilse Marrow (the master) who said it was shut.", "it was shut", "said", "Ilse Marrow"),
        ("Marrow has to say the port was shut.", "the port was shut", "say", "Marrow"),
        ("Officials say the port was shut.", "the port was shut", "say", "Officials"),
        ("The Marrow campaign says the port was shut.", "the port was shut", "says", "Marrow campaign"),
        leaves=(
            "Marrow knew the port.",
            "That was what Marrow said when she left the port.",
            "Marrow added a note of caution, and the crews left.",
            "Marrow found other boats, such as the gull’s old crewed skiff.",
            "That hope outlives the port.",
            "Marrow knew the port, and it was late.",
            "Marrow hoped the best for all of them.",
            "Marrow wrote off the boats that she had lost.",
            "Marrow told them.",
        ),
    ),
    _rule(
        "X said Y",
        ("Marrow denounced the blockade of the port.", "the blockade of the port", "denounced", "Marrow"),
        ("Marrow blasted the crews after “late” boats.", "the crews after “late” boats", "blasted", "Marrow"),
        ("As Marrow denounced the blockade of the port, Venn left.", "the blockade of the port", "denounced", "Marrow"),
        ("As Marrow denounced the raid, a crew left.", "the raid, a crew left", "denounced", "Marrow"),
        leaves=("The denounced blockade of the port was over.", "Marrow was denounced by the crews."),
    ),
    _rule(
        "X did Y",
        ("Marrow supported the new gate.", "the new gate", "supported", "Marrow"),
        ("Marrow requested anonymity.", "anonymity", "requested", "Marrow"),
        leaves=("The supported gate of the port was new.", "Marrow was supported by the crews."),
        loose=("",),
    ),
    _rule(
        "X said to C",
        ("Marrow vowed to open the port.", "to open the port", "vowed", "Marrow"),
        ("Marrow vowed on Monday to open the port.", "to open the port", "vowed", "Marrow"),
        ("Marrow asked the crews to wait.", "to wait", "asked", "Marrow"),
        ("Marrow planned to open the port.", "to open the port", "planned", "Marrow"),
        leaves=("Marrow went to open the port.", "Marrow is said to open the port."),
        loose=("",),
    ),
    _rule(
        "X said as C",
        ("Marrow saw as a sham the offer of the crews.", "a sham the offer of the crews", "saw", "Marrow"),
        leaves=("Marrow worked as a pilot of the port.",),
    ),
    _rule(
        "X said Y C",
        ("Marrow called it a “sham”.", "a “sham”", "called", "Marrow"),
        ("Marrow called the offer a mockery.", "the offer a mockery", "called", "Marrow"),
        ("Marrow called the crews’ “late boats” a sham.", "the crews’ “late boats” a sham", "called", "Marrow"),
        ("Marrow saw the offer to the port as “a sham.”", "the offer to the port as “a sham.”", "saw", "Marrow"),
        ("Marrow called the harbour’s “big boats.”", "the harbour’s “big boats.”", "called", "Marrow"),
        leaves=("Marrow named the crew of the “Gull” by the port.",),
    ),
    _rule(
        "X said Y to C",
        ("Marrow ordered the crews to wait for news.", "the crews to wait for news", "ordered", "Marrow"),
        ("Marrow likened the port to a sieve.", "the port to a sieve", "likened", "Marrow"),
        leaves=("Marrow drove the crews to the port.",),
    ),
    _rule(
        "X did Y to C",
        ("Marrow allowed the crews to wait.", "the crews to wait", "allowed", "Marrow"),
        leaves=("Marrow led the crews to the port.",),
        loose=("",),
    ),
    _rule(
        "X said … C",
        ("Marrow called for a new vote.", "a new vote", "called", "Marrow"),
        ("Marrow complained on Monday of the noise.", "the noise", "complained", "Marrow"),
        ("Marrow lashed out at the crews.", "the crews", "lashed", "Marrow"),
        ("She always calls for boats.", "boats", "calls", None),
        ("Marrow commented on the noise.", "the noise", "commented", "Marrow"),
        leaves=("Marrow walked for a new hour.", "Marrow called for."),
        loose=("on",),
    ),
    _rule(
        "X said Y … C",
        ("Marrow accused the crews of sabotage.", "sabotage", "accused", "Marrow"),
        leaves=("Marrow robbed the crews of their boats.",),
    ),
    _rule(
        "according to X",
        ("The port was shut, according to Marrow.", "The port was shut", "according to", "Marrow"),
        ("According to Ilse Marrow, the port was shut.", "the port was shut", "According to", "Ilse Marrow"),
        ("“We waited,” according to a report.", "“We waited,”", "according to", "report"),
        ("Marrow left. “We waited”, according to Ivo Lund, a clerk.", "“We waited”", "according to", "Ivo Lund"),
        ("“We waited,” per a report.", "“We waited,”", "per", "report"),
        ("Per the Herald, the port was “shut” all night.", "the port was “shut” all night", "Per", "Herald"),
        ("The port was shut, according to Marrow, “for good.”", "“for good.”", "according to", "Marrow"),
        ("In Ilse Marrow’s words, “the port is shut”.", "“the port is shut”", "words", "Ilse Marrow"),
        leaves=(
            "The dues were a crown per boat.",
            "In other words, “the port” was shut.",
            "“A crown” per cent.",
            "The boats were told apart according to “size” alone.",
            "The crews sailed accordingly, to Eastport.",
        ),
    ),
    _rule(
        "X's claim … C",
        ("The crews heard Marrow’s claim that the port was shut.", "that the port was shut", "claim", "Marrow"),
        ("The crews heard her claim that the port was shut.", "that the port was shut", "claim", None),
        ("The crews watched Marrow’s decision to leave.", "to leave", "decision", "Marrow"),
        leaves=(
            "The claim of the port was late.",
            "A claim to the port, and bids for boats.",
            "The crews heard her statements to the court.",
        ),
        loose=("to", "of", "for"),
    ),
    _rule(
        "X is sure C",
        ("Marrow was sure the port would open.", "the port would open", "sure", "Marrow"),
        leaves=("Marrow bought a sure thing by the port.",),
    ),
    _rule(
        "X is sure … C",
        ("Marrow was confident that the port would open.", "that the port would open", "confident", "Marrow"),
        ("Marrow is so very proud of the crews.", "the crews", "proud", "Marrow"),
        ("Marrow was willing to wait.", "to wait", "willing", "Marrow"),
        leaves=("Marrow has a keen eye for boats.", "The boats, eager to leave, were late."),
        loose=("to", "of", "about"),
    ),
    _rule(
        "Q — X",
        ("“We waited all night.” — Ilse Marrow", "“We waited all night.”", None, "Ilse Marrow"),
        ("“We waited all night.”\n— Ilse Marrow, pilot", "“We waited all night.”", None, "Ilse Marrow"),
        leaves=("“We waited all night.” — and left", "“Boats.” — Ilse Marrow", "“Boats left.”\n— Ilse Marrow left."),
    ),
    _rule(
        "X: Q",
        ("Ilse Marrow had one reason: “We waited.”", "“We waited.”", None, "Ilse Marrow"),
        ("She had one reason: “We waited.”", "“We waited.”", None, None),
        ("In the words of Ilse Marrow: “We waited.”", "“We waited.”", None, "Ilse Marrow"),
        ("To quote Marrow: “We waited.”", "“We waited.”", None, "Marrow"),
        ("Marrow’s answer: “We waited.”", "“We waited.”", None, "Marrow"),
        ("But on Monday, Marrow had one reason: “We waited.”", "“We waited.”", None, "Marrow"),
        ("And still Ilse Marrow had one: “We waited.”", "“We waited.”", None, "Ilse Marrow"),
        ("Waiting for boats, Ilse Marrow had one reason: “We waited.”", "“We waited.”", None, "Ilse Marrow"),
        leaves=("The band played two songs: “Long Tide” and no more.",),
    ),
    _rule(
        "X: C",
        ("MARROW: We waited.\nVENN: Nobody came.", "We waited.", None, "Marrow"),
        ("Ilse Marrow left.\nMARROW: We waited.\nVENN: Nobody came.", "We waited.", None, "Ilse Marrow"),
        ("Q: Why wait?\nA: We had no choice.", "We had no choice.", None, None),
        ("Marrow: We waited.\nVenn: Nobody came.\nMarrow: No.", "Nobody came.", None, "Venn"),
        leaves=("EASTPORT: The boats were late.", "Boats: Three of them.\nCrews: Six of them."),
    ),
    _rule(
        "Q goes on",
        ("“We waited,” Ilse Marrow said. “It was cold.”", "“It was cold.”", None, "Ilse Marrow"),
        (
            "“We waited,” said Ilse Marrow, the soul of reason, “and it was cold.”",
            "“and it was cold.”",
            None,
            "Ilse Marrow",
        ),
        ("“Why wait?” Ilse Marrow asked.\n“We had no choice.”", "“We had no choice.”", None, None),
        ("“Why wait?” Ilse Marrow asked. “No choice, sir.”", "“No choice, sir.”", None, None),
        ("“Why wait?” Ilse Marrow asked. “It was cold.”", "“It was cold.”", None, "Ilse Marrow"),
        ("“Why wait?” Ilse Marrow asked.\n“Who came at night?”", "“Who came at night?”", None, "Ilse Marrow"),
        ("“We waited,” Ilse Marrow said.\n“Go,” Mr. Venn lisped. “It is shut.”", "“It is shut.”", None, None),
        leaves=(
            "The “efficiency” drive ended on Monday.",
            "“We waited,” Ilse Marrow said of the “late” boats.",
            "“We waited,” said a docker who goes by the name “Shorty.”",
            "“We waited,” Marrow told “Harbour Tonight,” a show.",
        ),
    ),
)
BY_NAME = {rule.name: rule for rule in RULES}
LOOSE = frozenset(named(rule.name, word) for rule in RULES for word in rule.loose)
