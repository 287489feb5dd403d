"""The names that an article gives: full names, the titles before them, and nouns for what one person can be."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from utils.layers.sentences import RANKS
from utils.layers.voices.first_names import MEN, WOMEN
from utils.layers.voices.phrases import AUXILIARIES, BOUNDS, DAYS, DETERMINERS, MONTHS, PREPOSITIONS, PRONOUNS
from utils.layers.voices.statements import POSSESSIVES

CAPITAL = r"[^\W\d_a-z][\w’'-]{0,60}+"  # with a limit, as a chain of hyphens would be read again from each of its links
SHORT = RANKS | {"Jr", "Sr", "St"}
INITIALS = r"(?!U\.[KNS]\.|E\.U\.|D\.C\.)(?:[^\W\d_a-z]\.){1,3}"
DOTTED = rf"(?:{INITIALS}|(?:{'|'.join(SHORT)})s?\.)"  # no other full stop stands inside a name
PARTICLES = frozenset("al bin da de del la van von".split())
NAMES = re.compile(
    rf"(?<![\w.])(?:(?:{DOTTED}|{CAPITAL})[ \u00a0](?:(?:{'|'.join(PARTICLES)})[ \u00a0])?){{1,5}}{CAPITAL}"
)
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
TITLES = frozenset(map(str.lower, RANKS)) | frozenset(
    """
    acting activist actor actress admiral adviser advisor alderman ambassador analyst archbishop assistant
    attorney author bishop brother candidate canon capt captain chair chairman chairwoman chancellor chaplain
    chief co-founder coach col colonel columnist commander commissioner commodore congressman congresswoman
    convener convenor coordinator councillor councilman councilor councilwoman counsel dame dean delegate
    democrat deputy detective director dr duke economist editor engineer envoy executive farmer father filmmaker
    foreman former founder gen general gov governor historian host imam inspector journalist judge justice king
    lady lawyer leader lieutenant lord lt major manager master mayor minister miss mr mrs ms mx nominee officer
    organiser organizer owner pastor pilot pollster premier president president-elect prime prince princess
    principal prof professor queen rabbi rep representative reps republican resident rev reverend rival
    secretary sen senator senators sergeant sgt sheriff sir sister skipper speaker spokesman spokesperson
    spokeswoman steward strategist student superintendent teacher treasurer veteran vice warden writer""".split()
)
OFFICES = frozenset(  # what a secretary or minister is of, before the name: Secretary of State Ilse Marrow
    "agriculture commerce defence defense education energy finance health justice labor labour state treasury".split()
)
DATES = DAYS | MONTHS
NOT_IN_NAMES = (
    AUXILIARIES - {"first", "further", "later", "long", "may", "will"}
    | {"along"}
    | BOUNDS
    | PREPOSITIONS
    | DETERMINERS
    | PRONOUNS
    | DATES
)
BODIES = frozenset(
    """
    administration agency army association authority bank board campaign commission committee company
    council court department government group ministry navy newspaper office paper party police post times
    union university""".split()
)
LED = frozenset("At From In On".split())
OPENING = ("", ".", "!", "?", "“", '"', "—")
PLACED = frozenset("the along in at near into onto on outside".split())


@cache
def title(word: str) -> bool:
    """Say whether a word is a title, of several too and with its first half: Presidents, Vice-President."""
    low = word.lower().split("-")[-1]
    return word.lower() in TITLES or low in TITLES or low.removesuffix("s") in TITLES


def of_an_office(words: Sequence[str], at: int) -> bool:
    """Say whether "of State" or the like stands here, with a name after it."""
    return words[at].lower() == "of" and len(words) > at + 2 and words[at + 1].lower() in OFFICES


class FullNames:
    """The full names of one article, by surname and first name."""

    def __init__(self, texts: Iterable[str], lower: set[str]):
        self.lower = lower
        self.known: dict[str, dict[str, str]] = {}
        self.n_seen: Counter[str] = Counter()
        self.n_placed: Counter[str] = Counter()
        self.titled: set[str] = set()
        texts = list(texts)
        for text in texts:
            for match in NAMES.finditer(text):
                self._learn(match.group(), text[max(0, match.start() - 12) : match.start()])
        for key, names in self.known.items():
            self.known[key] = self._without_doubles(names)
        self.texts = texts
        self._firsts: dict[str, list[str]] = {}
        self._fits: dict[str, list[str]] = {}
        for full in (full for names in self.known.values() for full in names.values()):
            self._firsts.setdefault(full.split()[0], []).append(full)

    def _learn(self, run: str, before: str) -> None:
        """Take in a run of capitalised words, and whether it stands as places and bodies do (in X, the X)."""
        words = [word.rstrip(".") if word.rstrip(".").rstrip("s") in SHORT else word for word in run.split()]
        cuts = [at for at, word in enumerate(words[:-1], 1) if word.endswith(POSSESSIVES) or word.lower() in DATES]
        words = [POSSESSIVE.sub("", word) for word in words[cuts[-1] if cuts else 0 :]]
        titles, name = self.divided(words)
        word = (titles or before.split() or [""])[-1]
        if (word in LED or word == "of") and len(name) > 2 and len(name[1]) > 1:
            name = name[1:]  # From Eastport Ilse Marrow let it be known
        opens = not cuts and not titles and before.rstrip()[-1:] in OPENING
        if len(name) < 2 or opens and len(name) == 2 and name[0].lower() in self.lower:
            return
        names, full = self.known.setdefault(name[-1].lower(), {}), " ".join(name)
        if len(full) > len(names.get(name[0], "")):
            names[name[0]] = full
        self.n_seen[name[-1].lower()] += 1
        self.n_placed[name[-1].lower()] += not cuts and word.lower() in PLACED
        if titles and title(titles[-1]):
            self.titled.add(name[-1].lower())

    def by_first(self, name: str) -> list[str]:
        """Give the full names of persons with a first name, where that is no surname and no place (in Jordan)."""
        if name not in self._firsts or name.lower() in self.known:
            return []
        if name not in self._fits:
            found = [full for full in self._firsts[name] if self.first(full.split()) and self.person(full.split()[-1])]
            place = re.compile(rf"\b(?:[Ii]n|[Nn]ear|into|outside|[Tt]he) {re.escape(name)}\b")
            self._fits[name] = [] if found and any(map(place.search, self.texts)) else found
        return self._fits[name]

    def called(self, name: str) -> bool:
        """Say whether a single name is a first name: of somebody fully named in the article, or one known as such."""
        low = name.lower()
        return (low in MEN or low in WOMEN) and low not in self.lower or bool(self.by_first(name))

    def first(self, name: Sequence[str]) -> bool:
        """Say whether a name can begin with a first name: it is known as one, or the name looks like no firm's."""
        first, last = name[0].lower(), name[-1].lower()
        return first in MEN or first in WOMEN or not (first in self.known or last.endswith("s") or last in THINGS)

    def _without_doubles(self, names: dict[str, str]) -> dict[str, str]:
        """Give the names without those that are another one with a word before it that is no first name."""
        kept = {
            first: full
            for first, full in names.items()
            if not any(full.endswith(f" {other}") for other in names.values())
        }
        return {first: full for first, full in kept.items() if first.lower() not in self.lower} or kept

    def divided(self, words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
        """Divide a run of capitalised words into the titles and the name after them."""
        while len(words) > 1 and words[-1].lower() in DAYS:
            words = words[:-1]  # told Ilse Marrow Monday
        body = words[-1].lower() in BODIES  # the Justice Department is no justice
        last = [place for place, word in enumerate(words[:-1]) if title(word) and not body]
        at = last[-1] + 1 if last else 0
        while at < len(words) - 1:
            low = words[at].lower()
            if low not in NOT_IN_NAMES and not (len(words) - at > 2 and (low in self.lower or low in OFFICES)):
                break
            at += 1
        return words[:at], words[at:]

    def person(self, surname: str) -> bool:
        """Say whether the full names with this surname look like persons: no common noun, nor "in X" or "the X"."""
        key = surname.lower()
        if key not in self.known or key in BODIES or 2 * self.n_placed[key] >= self.n_seen[key]:
            return False
        common = key in self.lower or key.endswith("s") and key[:-1] in self.lower
        if surname.isupper() or any(letter.isdigit() for letter in surname):
            return False
        return key in self.titled or not common

    def full(self, name: Sequence[str], latest: Callable[[Sequence[str]], str | None]) -> str:
        """Give the fullest form of a name; of several persons with one surname, the latest one mentioned.

        Two persons (Ivo Marrow and Runa Vask) are left as they stand.
        """
        own, names = " ".join(name), self.known.get(name[-1].lower(), {}) if "and" not in name else {}
        known = self.by_first(name[0]) if len(name) == 1 and not names else names.values()
        fits = [full for full in known if len(name) == 1 or name[0] in full or own.endswith(f" {full}")]
        if not fits:
            return own
        best = fits[0] if len(fits) == 1 else latest(fits) or fits[0]
        return best if len(best.split()) >= len(name) or own.endswith(f" {best}") else own


HE = frozenset(
    """
    boy brother businessman congressman councilman duke father grandfather husband king lord man mr prince sir
    son""".split()
)
SHE = frozenset(
    """
    actress dame daughter girl grandmother lady miss mother mrs ms nun princess queen sister waitress widow
    wife""".split()
)
ROLES = TITLES - frozenset("acting former general major prime reps rival senators vice".split()) | frozenset(
    """
    agent aide architect boss chieftain child clerk cook critic expert friend guard guest guide hand head
    mate mechanic monk neighbour nun nurse patient person picket priest scientist tenant victim wife witness""".split()
)
PERSONAL = re.compile(r"[a-z-]{2,}(?:man|woman|person|wife|er|or|ist|eer|ian|ee|ant)")
THINGS = BODIES | frozenset(
    """
    after another answer banner barrier border broadcaster calculator carrier centre chamber chapter
    charter coffee computer corner corridor counter degree door employer error ever factor fee fewer
    finger floor former further grant greater insurer lender letter lower maker manufacturer matter motor
    neither never newsletter number offer order other over paper plant poster power quarter rather
    register restaurant retailer river rotor sector semester shelter shoulder something summer tender
    tower tracker trailer under upper water weather whether winter""".split()
)


@cache
def personal(low: str) -> bool:
    """Say whether a common noun is an office or a trade: what one person can be."""
    head = low.rpartition("-")[2]
    return head in ROLES or head not in THINGS and bool(PERSONAL.fullmatch(head))


def sex_of(word: str) -> str | None:
    """Give "he" or "she" where a noun says so."""
    if word in SHE or word.endswith("woman"):
        return "she"
    return "he" if word in HE or word.endswith("man") and word != "woman" else None
