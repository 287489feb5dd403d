"""What n-grams, collocates and frequencies by group cost, beside scikit-learn and NLTK, in one run.

Run by `make bench N=terms`. The addresses hold two million words. All are given the words already found, as lists or as
our layer, so that what is timed is the counting. scikit-learn counts n-grams over the ends of sentences, and has no
collocates; NLTK's finder counts the pairs of all words, as it cannot be asked for one, so a plain walk over the windows
of one word stands beside it.
"""

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from nltk.collocations import BigramCollocationFinder
from nltk.metrics.association import BigramAssocMeasures
from nltk.util import everygrams
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer

from utils import load, terms

NODE, WINDOW = "government", 5


def timed(name: str, work: Callable[[], object], rounds: int = 2) -> float:
    """Give the seconds of processor that some work takes, the least of some rounds."""
    seconds = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    print(f"  {name:58} {min(seconds):7.2f} s", flush=True)
    return min(seconds)


def same(words: list[str]) -> list[str]:
    return words


def vectorizer(n: tuple[int, int]) -> CountVectorizer:
    return CountVectorizer(tokenizer=same, preprocessor=same, token_pattern=None, lowercase=False, ngram_range=n)


def by_group(counts: csr_array, names: pd.Series) -> csr_array:
    """Give the counts of documents added up by group."""
    group = pd.factorize(names)[0]
    return csr_array((np.ones(len(group)), (group, np.arange(len(group))))) @ counts


def walked(articles: Iterable[list[str]]) -> Counter:
    """Give how often each word is near the node, once in however many windows it stands."""
    found: Counter = Counter()
    for words in articles:
        hits = [at for at, word in enumerate(words) if word == NODE]
        near = {at for hit in hits for at in range(max(0, hit - WINDOW), hit + WINDOW + 1)}
        found.update(words[at] for at in near.difference(hits) if at < len(words))
    return found


def main() -> None:
    """Print the seconds of each, and ours as a ratio to the fastest other."""
    news = load("addresses")
    own = news.words.assign(term=news.words["term"].astype("str"), sentence=news.tokens["sentence"])
    each = [group.tolist() for _, group in own.groupby("article_id", observed=True)["term"]]
    sentences = [one.tolist() for _, one in own.groupby(["article_id", "sentence"], observed=True)["term"]]
    president = news.articles["president"]
    print(f"{len(own):,} words in {len(each)} addresses")

    print("all runs of two to four words")
    ours = timed("terms.ngrams, those that come twice", lambda: terms.ngrams(news, (2, 4)))
    every = timed("terms.ngrams, all", lambda: terms.ngrams(news, (2, 4), min_count=1))
    others = [
        timed("scikit-learn, CountVectorizer", lambda: vectorizer((2, 4)).fit_transform(each), 1),
        timed("NLTK, everygrams of each sentence, counted",
              lambda: Counter(gram for words in sentences for gram in everygrams(words, 2, 4)), 1),
    ]  # fmt: skip
    print(f"  ours over the fastest: {ours / min(others):.2f}, all of them {every / min(others):.2f}")

    print(f"the collocates of {NODE!r}")
    ours = timed("terms.collocates, with its intervals", lambda: terms.collocates(news, NODE, window=WINDOW))
    words = [word for article in each for word in article]
    others = [
        timed("a plain walk over its windows, counts alone", lambda: walked(each)),
        timed("NLTK, BigramCollocationFinder and likelihood_ratio, all pairs",
              lambda: BigramCollocationFinder.from_words(words, window_size=WINDOW + 1).score_ngrams(
                  BigramAssocMeasures.likelihood_ratio), 1),
    ]  # fmt: skip
    print(f"  ours over the walk: {ours / others[0]:.2f}, over NLTK: {ours / others[1]:.3f}")

    print("frequencies by president")
    ours = timed("terms.frequencies(by='president')", lambda: terms.frequencies(news, by="president"))
    other = timed("scikit-learn, CountVectorizer, summed by president",
                  lambda: by_group(vectorizer((1, 1)).fit_transform(each), president))  # fmt: skip
    print(f"  ours over scikit-learn (its counts alone): {ours / other:.2f}")


if __name__ == "__main__":
    main()
