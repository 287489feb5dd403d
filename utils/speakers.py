"""Who a mention of a speaker means: the fullest name in that article, or the phrase itself where there is no
name."""

import re
from collections.abc import Iterable

from utils.phrases import BOUNDS, DETERMINERS, PREPOSITIONS, PRONOUNS

CAPITAL = r"[^\W\d_a-z][\w’'-]*"
NAMES = re.compile(rf"(?<!\w)(?:{CAPITAL}\.?[ \u00a0]){{1,5}}{CAPITAL}")
WORD = re.compile(r"[\w’'&-]+")
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
CONTRACTED = re.compile(r"['’](?:s|re|d|ll|ve|m)$")
TITLES = frozenset(
    """
    acting admiral alderman ambassador analyst assistant attorney bishop brother candidate capt captain
    chair chairman chairwoman chancellor chief coach col colonel commissioner congressman congresswoman
    councillor councilman councilwoman counsel dame dean delegate democrat deputy detective director dr duke
    editor engineer envoy executive father foreman former general gov governor imam inspector judge justice
    king lady leader lieutenant lord lt major manager master mayor minister miss mr mrs ms mx nominee
    officer organiser organizer pastor pilot premier president president-elect prime prince princess
    principal prof professor queen rabbi rep representative reps republican rev reverend rival secretary sen
    senator senators sergeant sgt sheriff sir sister skipper speaker spokesman spokesperson spokeswoman
    superintendent treasurer vice""".split()
)
GROUPS = frozenset(
    """
    analysts authorities crews critics dockers doctors experts fishermen investigators journalists lawmakers
    lawyers leaders members neighbors neighbours observers officers officials opponents organisers
    organizers others parents people police politicians prosecutors protesters reporters researchers
    residents scholars scientists sources students supporters teachers unions voters witnesses workers""".split()
)
NOT_IN_NAMES = BOUNDS | PREPOSITIONS | DETERMINERS | PRONOUNS
HE, SHE = (
    frozenset(
        "mr sir lord king prince father brother chairman spokesman councilman congressman duke".split()
    ),
    frozenset(
        "mrs ms miss dame lady queen princess sister chairwoman spokeswoman councilwoman congresswoman".split()
    ),
)
BODIES = frozenset(
    """
    administration agency army association authority bank board campaign commission committee company
    council court department government group ministry navy newspaper office paper party police post times
    union university""".split()
)
KIN = {"he": "he", "she": "she", "his": "he", "her": "she"}


def bare(mention: str) -> str:
    """Give a mention without a possessive or a contracted verb: Marrow's, he's."""
    return CONTRACTED.sub("", POSSESSIVE.sub("", mention)) or mention


class Names:
    """The names of one article, and whom each mention so far has meant."""

    def __init__(self, texts: Iterable[str], lower: set[str]):
        self.lower = lower
        self.fullest: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        self.sex: dict[str, str] = {}
        self.last: list[str] = []
        self.groups: list[str] = []
        for text in texts:
            for match in NAMES.finditer(text):
                self._learn(match.group())

    def _learn(self, run: str) -> None:
        """Take in a run of capitalised words: its name by its last word, its title as a role."""
        words = [POSSESSIVE.sub("", word.rstrip(".")) for word in run.split()]
        name, titles = self._without_titles(words)
        if len(name) < 2 and not (titles and name):
            return
        key = name[-1].lower()
        if len(name) > 1 and len(name) > len(self.fullest.get(key, "").split()):
            self.fullest[key] = " ".join(name)
        for title in titles:
            if title.lower() in TITLES:
                self.roles.setdefault(title.lower(), key)
                if title.lower() in HE | SHE:
                    self.sex[key] = "he" if title.lower() in HE else "she"

    def _without_titles(self, words: list[str]) -> tuple[list[str], list[str]]:
        """Divide a run of capitalised words into the name and the titles before it."""
        last = [place for place, word in enumerate(words[:-1]) if word.lower() in TITLES]
        at = last[-1] + 1 if last else 0
        while at < len(words) - 1:
            low = words[at].lower()
            if low not in NOT_IN_NAMES and not (len(words) - at > 2 and low in self.lower):
                break
            at += 1
        return words[at:], words[:at]

    def who(self, mention: str) -> tuple[str | None, bool]:
        """Give whom a mention means and whether that is a name; None where a pronoun has nobody to stand
        for."""
        low = mention.lower()
        if low in PRONOUNS or low in {"his", "her", "their", "its", "my", "our", "your"}:
            return self._pronoun(low)
        words = WORD.findall(mention)
        while len(words) > 1 and words[0].lower() in DETERMINERS | BOUNDS:
            words = words[1:]
        if not words:
            return None, False
        name = self._name(words, mention)
        if name:
            key = name.split()[-1].lower()
            self._remember(name, key in self.fullest and key not in BODIES)
            return name, True
        if (role := words[-1].lower()) in self.roles and low.startswith("the ") and len(words) <= 2:
            name = self.fullest.get(self.roles[role], self.roles[role].title())
            self._remember(name, True)
            return name, True
        phrase = " ".join(words)
        if low.startswith("the ") and len(words) == 1:  # the official: the union official of before
            phrase = next((one for one in reversed(self.groups) if one.split()[-1] == phrase), phrase)
        self._remember(phrase, False)
        return phrase, False

    def _name(self, words: list[str], mention: str) -> str | None:
        """Give the full name in a mention, None where its head is a common noun (a spokesman for X, union
        officials)."""
        unnamed = mention.split()[0].lower() in DETERMINERS - {"the"}
        head = next(
            (place for place, word in enumerate(words) if place and word.lower() in PREPOSITIONS), len(words)
        )
        core = words[:head]
        if not core[-1][0].isupper():
            if core[-1].lower() in BODIES and any(word[0].isupper() for word in core[:-1]) and not unnamed:
                return " ".join(core)
            return None
        start = len(core)
        while start and (
            core[start - 1][0].isupper() or core[start - 1].lower() in {"de", "van", "von", "al", "of", "and"}
        ):
            start -= 1
        while start < len(core) and not core[start][0].isupper():
            start += 1
        name, titles = self._without_titles([POSSESSIVE.sub("", word) for word in core[start:]])
        if len(name) == 1 and name[0].lower() in self.lower | GROUPS and name[0].lower() not in self.fullest:
            return None
        if unnamed and start == 0 and not titles and len(name) == 1:
            return None
        key = name[-1].lower()
        full = self.fullest.get(key, "")
        return (
            full if len(full.split()) > len(name) and (len(name) == 1 or name[0] in full) else " ".join(name)
        )

    def _remember(self, name: str, person: bool) -> None:
        (self.last if person else self.groups).append(name)

    def _pronoun(self, low: str) -> tuple[str | None, bool]:
        """Give whom a pronoun means: the last speaker it fits."""
        if low in {"they", "their", "it", "its"}:
            return (self.groups[-1], False) if self.groups else (None, False)
        if low not in KIN:
            return None, False
        for name in reversed(self.last):
            key = name.split()[-1].lower()
            if self.sex.get(key, KIN[low]) == KIN[low]:
                self.sex[key] = KIN[low]
                self.last.append(name)
                return name, True
        return None, False
