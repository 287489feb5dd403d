"""Totals of other programs beside ours in their mode, and the time that it takes.

    python benchmarks/modes.py FOLDER      the inaugural addresses, a text file each, as NLTK has them

The addresses are not ours to give away. scikit-learn is asked itself; of quanteda there are the ten most frequent words
that it gives for the two addresses of Barack Obama, punctuation and stop words removed.
"""

import sys
import time
from collections import Counter
from pathlib import Path

from utils.passages import modes

TOP = 200
OBAMA = {
    "us": 44, "must": 25, "can": 20, "nation": 18, "people": 18, "new": 17, "time": 16, "every": 15, "america": 14,
    "now": 11,
}  # fmt: skip


def counted(texts: dict[str, str], mode: str) -> Counter[str]:
    """Give how often each term occurs in some texts in a mode."""
    return Counter(word for text in texts.values() for _, _, word in modes.spans(text, mode))


def against_scikit_learn(texts: dict[str, str]) -> None:
    """Print whether total, terms and the most frequent terms are those of CountVectorizer."""
    from sklearn.feature_extraction.text import CountVectorizer

    started = time.perf_counter()
    vectorizer = CountVectorizer()
    sums = vectorizer.fit_transform(texts.values()).sum(axis=0).A1
    middle = time.perf_counter()
    ours = counted(texts, "scikit-learn")
    ended = time.perf_counter()
    theirs = Counter(dict(zip(vectorizer.get_feature_names_out(), sums.tolist(), strict=True)))
    same = [term for term, n in theirs.most_common(TOP) if ours[term] == n]
    print(f"scikit-learn: {theirs.total():,} words, ours {ours.total():,}; {len(same)} of the top {TOP} alike, "
          f"all terms {'alike' if ours == theirs else 'not alike'}; time ours / theirs "
          f"{(ended - middle) / (middle - started):.2f}")  # fmt: skip


def against_quanteda(texts: dict[str, str]) -> None:
    """Print how many of the counts that quanteda's makers give are ours."""
    own = counted({name: text for name, text in texts.items() if "Obama" in name}, "quanteda")
    wrong = {term: (own[term], n) for term, n in OBAMA.items() if own[term] != n}
    print(f"quanteda: {len(OBAMA) - len(wrong)} of {len(OBAMA)} counts alike{f'; not {wrong}' if wrong else ''}")


if __name__ == "__main__":
    if sys.argv[1:]:
        found = {
            each.name: each.read_text(encoding="utf-8", errors="replace")
            for each in sorted(Path(sys.argv[1]).glob("*.txt"))
        }
        against_scikit_learn(found)
        against_quanteda(found)
