"""Copies: which articles are one story, how many stories there are, and two versions side by side."""

import hashlib
import re
import tempfile
from difflib import SequenceMatcher
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from utils import answer_key, copies, load, passages, terms
from utils.layers import copies as stories
from utils.layers import signatures, tokens

TRAILERS = ("© 2024 The Alder Post. Visit at alder.example.", "© 2024 Birch Weekly. All rights reserved.")
PER_STORY = ["n_articles", "n_stories", "n_once", "difference"]


def words(first, n, name="word"):
    """Give n made-up words: no run of them comes twice."""
    return [f"{name}{number}" for number in range(first, first + n)]


def layer(bodies, **options):
    """Give the copies layer of bodies, a mapping of article_id to words or paragraphs."""
    raws = pd.Series({name: body if isinstance(body, str) else " ".join(body) for name, body in bodies.items()})
    names = pd.Categorical(raws.index, categories=raws.index)
    segments = pd.DataFrame({"article_id": names, "start": 0, "end": raws.str.len().to_numpy(), "kind": "body"})
    return stories.copies(raws, segments, **options).set_index("article_id")


def told(bodies):
    """Give the articles of each story, as a set of sets."""
    table = layer(bodies).reset_index().astype({"article_id": "str"})
    return {frozenset(own) for _, own in table.groupby("story")["article_id"]}


def test_a_cut_and_a_changed_copy_join_the_fullest_version_and_headline_and_trailer_do_not_count(tmp_path):
    body = words(0, 60)
    texts = {
        "cut.txt": ["Short of it", *body[:36]],
        "full.txt": ["The whole story", *body],
        "other.txt": ["The whole story", *words(100, 60)],
        "retold.txt": ["Another headline", *body[:18], "instead", *body[19:36]],
    }
    for n, (name, (headline, *own)) in enumerate(texts.items()):
        (tmp_path / name).write_text(f"{headline}\n{' '.join(own)}\n{TRAILERS[n % 2]}", encoding="utf-8")
    news = load(tmp_path)
    table = stories.copies(news.articles["raw"], news.segments, published=news.articles["published"])
    assert list(table) == ["article_id", "story", "overlap", "outside", "role", "form"]
    assert table["article_id"].tolist() == ["cut.txt", "full.txt", "other.txt", "retold.txt"]
    assert table["story"].tolist() == ["full.txt", "full.txt", "other.txt", "full.txt"]
    assert table["role"].tolist() == ["copy", "original", "only", "copy"]
    assert table["overlap"].tolist() == [1, 1, 1, 27 / 32]  # 36 words are 32 shingles; one word changed spoils 5


@pytest.mark.parametrize(
    "n_shared, n_own, joined",
    [
        (24, 0, True),
        (23, 0, False),  # 20 shingles shared, and 19
        (24, 20, True),
        (24, 21, False),  # 20 of 40, and 20 of 41
        (64, 60, True),
        (64, 61, False),
    ],
)
def test_half_of_the_shingles_and_no_fewer_than_twenty_make_a_copy(n_shared, n_own, joined):
    table = layer({"full": words(0, 500), "part": words(100, n_shared) + words(0, n_own, "own")})
    assert (table.at["part", "story"] == "full") == joined
    assert table["role"].tolist() == (["original", "copy"] if joined else ["only", "only"])


def test_a_brief_joins_the_one_story_that_holds_most_of_it_and_does_not_make_two_stories_one():
    brief = words(0, 100)
    most = {"less": brief[:60] + words(0, 300, "less"), "most": brief[20:] + words(0, 340, "most")}
    for order in (["less", "most"], ["most", "less"]):
        found = told({name: most[name] for name in order} | {"brief": brief})
        assert found == {frozenset({"less"}), frozenset({"most", "brief"})}


def test_of_two_versions_equally_full_the_content_decides_and_not_the_order():
    shared, own = words(0, 100), words(0, 40, "own")
    bodies = {
        "one": shared + own,
        "two": shared + words(0, 40, "two"),
        "full": shared[:50] + own + words(0, 300, "full"),
    }
    assert told(bodies) == told({name: bodies[name] for name in ("two", "one", "full")})


def test_versions_of_one_text_are_one_story_though_each_adds_its_own():
    wire = words(0, 100)
    table = layer({"wire": wire, "one": wire[:90] + words(0, 80, "one"), "two": words(0, 81, "two") + wire[10:]})
    assert set(table["story"]) == {"two"}
    assert table["overlap"].tolist() == [86 / 96, 76 / 166, 1]  # one and two share less than half: the wire joins


def test_a_copy_of_a_copy_says_by_its_overlap_that_it_shares_less_with_the_original():
    table = layer({"first": words(0, 100), "second": words(40, 110), "third": words(80, 112)})
    assert set(table["story"]) == {"third"}
    assert table["overlap"].tolist() == [16 / 96, 66 / 106, 1]


def test_of_equals_the_earliest_is_the_original_the_undated_last():
    same = dict.fromkeys("abcd", words(0, 40))
    dates = pd.Series(pd.to_datetime([None, "2025-03-02", "2025-03-01", "2025-03-01"]), index=list("abcd"))
    assert layer(same, published=dates)["role"].tolist() == ["copy", "copy", "original", "copy"]
    assert layer(same)["story"].tolist() == ["a"] * 4


@pytest.mark.parametrize("n", [5, 15, 40])
def test_doubles_are_one_story_however_short(n):
    table = layer({"one": words(0, n), "two": words(0, n), "near": [*words(0, n - 1), "other"]})
    assert table["role"].tolist() == ["original", "copy", "copy" if n == 40 else "only"]
    assert (
        layer({"one": "Boats: “late” again, today", "two": "boats late again – today"})["role"].tolist() == ["only"] * 2
    )


def quoting(*pieces):
    """Give a text in which every second piece stands between marks."""
    return " ".join(f"“{' '.join(one)}”" if place % 2 else " ".join(one) for place, one in enumerate(pieces))


@pytest.mark.parametrize("n_own", [6, 12, 40, 90])
def test_articles_that_share_quotations_alone_are_stories_of_their_own(n_own):
    speech = words(0, 120, "speech"), words(200, 40, "speech")
    bodies = {
        name: quoting(words(0, n_own, name), speech[0], words(50, n_own, name), speech[1], words(99, 5, name))
        for name in ("one", "two", "three")
    }
    table = layer(bodies)
    assert set(table["role"]) == {"only"}
    table = layer(bodies | {"copy": bodies["two"].replace(" two50 ", " other ")})
    assert table.loc[["one", "two", "three"], "story"].nunique() == 3
    assert table.at["copy", "story"] == table.at["two", "story"]


def test_other_words_in_the_quotations_make_no_other_story():
    own, speech = words(0, 180), words(0, 60, "speech")
    table = layer({"one": quoting(own, speech), "two": quoting(own, words(0, 70, "spoken"))})
    assert table["role"].tolist() == ["copy", "original"] and table["outside"].tolist() == [1, 1]
    assert table["overlap"].tolist() == [176 / (180 + 56), 1]


def test_texts_of_nothing_but_quotations_are_told_by_these():
    speech = f"“{' '.join(words(0, 80))}”"
    table = layer({"one": speech, "two": speech.replace("word3 ", "word300 "), "other": speech.replace("word", "term")})
    assert table["role"].tolist() == ["original", "copy", "only"] and table["outside"].isna().all()


CAPTIONS = {
    "counted": "{n} of 4 A view of the {0} quay at {0} in the early {0} light",
    "agency": "A view of the {0} quay at {0} in the early {0} light, Ivo Lund/Tide Agency",
    "in brackets": "A view of the {0} quay at {0} in the early {0} light (Tide Photo/Ivo Lund)",
    "by": "A view of the {0} quay at {0} in the early {0} light. Photo: Ivo Lund",
}


@pytest.mark.parametrize("caption", CAPTIONS.values(), ids=CAPTIONS)
def test_two_articles_with_one_gallery_are_two_stories(caption):
    gallery = [caption.format(word, n=n) for n, word in enumerate(("north", "south", "east", "west"), 1)]
    own = {name: [" ".join(words(0, 30, name)), " ".join(words(50, 9, name))] for name in ("one", "two")}
    assert set(layer({name: "\n".join([*own[name], *gallery]) for name in own})["role"]) == {"only"}
    prose = [
        line.replace("Ivo Lund/Tide", "the Tide").split(" of 4 ")[-1].split(" (")[0].split(". ")[0] for line in gallery
    ]
    assert set(layer({name: "\n".join([own[name][1], *prose]) for name in own})["role"]) == {"original", "copy"}


FORM = (
    "Forecast for the Low Coast on {}. Winds will be {} force {}, and the sea state is expected to be {} through the "
    "whole of the day. Visibility is going to be {} at first and later on it will be no better than {} in all parts."
)
FILLINGS = [
    ("Monday", "westerly", "4", "moderate", "good", "fair"), ("Tuesday", "northerly", "6", "rough", "poor", "poor"),
    ("Wednesday", "light", "2", "smooth", "good", "good"), ("Thursday", "variable", "3", "slight", "hazy", "fair"),
]  # fmt: skip


def test_fillings_of_one_form_are_told_of():
    bodies = {str(place): FORM.format(*one) for place, one in enumerate(FILLINGS)}
    outlets = pd.Series("A", list(bodies))
    table = layer(bodies, outlet=outlets)
    assert table["form"].equals(table["role"] == "copy") and table["form"].any()
    other = layer(bodies, outlet=pd.Series(list("ABCD"), list(bodies)))
    assert not other["form"].any()
    cut = layer({"full": words(0, 100), "cut": words(0, 60), "late": [*words(0, 50), "new", *words(51, 49)]})
    assert not cut["form"].any()  # neither a cut nor a word mended


@given(*[st.lists(st.sampled_from("abcd"), max_size=25)] * 2)
@settings(max_examples=100, deadline=None)
def test_slots_are_the_stretches_in_which_two_texts_differ(one, other):
    parts = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    sizes = [max(last - first, end - start) for kind, first, last, start, end in parts if kind != "equal"]
    assert sorted(stories._slots(one, other)) == sorted(sizes)


@pytest.mark.parametrize("end, filled", [("", True), (" Fog at dawn", True), (" Fog at dawn later", False)])
def test_a_stretch_of_more_than_a_few_words_is_no_slot(end, filled):
    one, other = (
        FORM.format(*values, "4", "moderate", "good", "fair") for values in (["Monday", "dry"], ["Sunday", "hot"])
    )
    table = layer({"one": one, "other": other.replace("fair", "poor") + end}, outlet=pd.Series("A", ["one", "other"]))
    assert set(table["role"]) == {"original", "copy"} and table["form"].any() == filled


def test_a_body_of_fewer_than_five_words_has_no_overlap_and_is_no_copy():
    table = layer({"empty": "", "four": "one two three four", "again": "one two three four", "five": words(0, 5)})
    assert table["overlap"].isna().tolist() == [True, True, True, False]
    assert set(table["role"]) == {"only"} and table["story"].tolist() == list(table.index)


def test_no_articles_are_no_rows():
    segments = pd.DataFrame({"article_id": pd.Categorical([]), "start": [], "end": [], "kind": []})
    assert stories.copies({}, segments).empty


def outlets_own(bodies, outlet="A"):
    """Give the copies layer of bodies, each a list of paragraphs of words, all printed by one outlet."""
    raws = pd.Series({name: "\n".join(map(" ".join, body)) for name, body in bodies.items()})
    rows = [(name, *found.span(), "body") for name, raw in raws.items() for found in re.finditer(".+", raw)]
    segments = pd.DataFrame(rows, columns=["article_id", "start", "end", "kind"])
    segments["article_id"] = pd.Categorical(segments["article_id"], categories=raws.index)
    return stories.copies(raws, segments, outlet=pd.Series(outlet, raws.index)).set_index("article_id")


def with_block(block, n, own=(30, 25)):
    """Give n articles of one's own paragraphs, with a block amid them."""
    first, last = own
    return {f"a{k}": [words(0, first, f"a{k}x"), *block, words(first, last, f"a{k}x")] for k in range(n)}


ONE_BLOCK = [words(0, 90, "block")]  # a paragraph; a run of them; a gallery that is most of an article; a menu
BLOCKS = [(ONE_BLOCK, 4), ([words(30 * k, 30, "run") for k in range(5)], 4)]
BLOCKS += [([words(40 * k, 40, "of") for k in range(12)], 8), ([words(2 * k, 2, "menu") for k in range(60)], 5)]


@pytest.mark.parametrize(("block", "n"), BLOCKS)
def test_a_block_that_an_outlet_repeats_joins_no_stories_and_counts_in_no_overlap(block, n):
    bodies = with_block(block, n)
    assert set(outlets_own(bodies)["role"]) == {"only"}
    assert outlets_own(bodies, np.nan)["role"].tolist() != ["only"] * n  # nobody knows whose they are
    copy = {"copy": [bodies["a0"][0], *block]}
    table = outlets_own(bodies | copy)
    assert table.loc[["a0", "copy"], "story"].tolist() == ["a0", "a0"] and table.at["copy", "overlap"] == 1


def test_versions_of_one_story_are_one_though_each_has_a_lede_of_its_own():
    rest = [words(30 * k, 30, "rest") for k in range(10)]
    for kept in (rest, [rest[:k] + rest[k + 2 :] for k in range(7)]):
        versions = {f"v{k}": [words(0, 40, f"v{k}x"), *(kept[k] if kept is not rest else rest)] for k in range(7)}
        assert len(set(outlets_own(versions)["story"])) == 1


def test_a_paragraph_in_fewer_articles_or_in_doubles_of_one_is_no_block():
    assert set(outlets_own(with_block(ONE_BLOCK, 3))["story"]) != {"a0", "a1", "a2"}
    doubles = {f"d{k}": with_block(ONE_BLOCK, 1)["a0"] for k in range(6)}
    assert len(set(outlets_own(doubles)["story"])) == 1


def test_a_cut_to_a_tenth_is_found_among_many():
    many = {f"full{n}": words(0, 800, f"n{n}x") for n in range(60)}
    cut = {f"cut{n}": many[f"full{n}"][n * 10 : n * 10 + 80] for n in range(60)}
    table = layer(many | cut)
    assert table.loc[list(cut), "story"].tolist() == list(many)


@pytest.mark.parametrize("at_a_time, n_times", [(1, 60), (1_000, 5), (10**6, 1)])
def test_signatures_that_agree_are_found_however_many_are_looked_at_at_a_time(at_a_time, n_times, monkeypatch):
    monkeypatch.setattr(stories, "PAIRS", at_a_time)
    signed = np.random.default_rng(1).integers(0, 200, (60, signatures.NUMBERS), np.uint32)
    told = [dict(zip(zip(*pair, strict=True), agree, strict=True)) for *pair, agree in stories._agreeing(signed)]
    found = {pair: n for some in told for pair, n in some.items()}
    known = {(i, j): (signed[i] == signed[j]).sum() for i in range(60) for j in range(i)}
    assert found == {pair: n for pair, n in known.items() if n} and sum(map(len, told)) == len(found)
    assert len(told) == n_times
    assert not [*stories._agreeing(signed[:1])] and not [*stories._agreeing(signed[:0])]


def test_shingles_are_the_same_numbers_on_every_machine():
    terms_of = ["peace", "came", "and", "war", "ended", "peace"]
    digests = [hashlib.blake2b(term.encode(), digest_size=8).digest() for term in terms_of]
    numbers = [int.from_bytes(digest, "little") for digest in digests]
    runs = {
        sum(number * 0x9E3779B97F4A7C15 ** (4 - n) for n, number in enumerate(numbers[i : i + 5])) % 2**64
        for i in range(2)
    }
    assert numbers[0].to_bytes(8, "little").hex() == "9e990351e1dc4e14"  # printf peace | b2sum -l 64
    raws = pd.Series({"a": "No\nPeace came, and war\n(map)\nended. PEACE", "b": "Peace came, and war ended. PEACE"})
    bodies = pd.DataFrame({"article_id": ["a", "a"], "start": [3, 29], "end": [22, 41], "kind": "body"})
    found, outside = signatures.numbers(signatures.signed(raws, bodies))
    assert [one.tolist() for one in found] == [sorted(runs), []] and [one.all() for one in outside] == [True, True]


def test_the_words_of_the_corpus_make_the_copies_that_words_found_anew_do(monkeypatch):
    harbour = load("harbour")
    raws, facts = harbour.articles["raw"], harbour.articles[["published", "outlet"]]
    pd.testing.assert_frame_equal(stories.copies(raws, harbour.segments, **facts), harbour.copies, check_exact=True)
    words = harbour.words
    monkeypatch.setattr(tokens, "words", None)
    pd.testing.assert_frame_equal(
        stories.copies(raws, harbour.segments, words=words, **facts), harbour.copies, check_exact=True
    )


def test_articles_with_a_repeated_block_are_signed_anew_and_no_others(monkeypatch):
    bodies = with_block(ONE_BLOCK, 4) | {"brief": [words(0, 40, "brief")], "copy": [words(0, 40, "brief")[:36]]}
    wanted, seen = outlets_own(bodies), []
    signed = stories.signed
    monkeypatch.setattr(
        stories, "signed", lambda raws, *rest, **o: seen.append([*raws.index]) or signed(raws, *rest, **o)
    )
    pd.testing.assert_frame_equal(outlets_own(bodies), wanted)
    assert seen == [[*bodies], [f"a{n}" for n in range(4)]]
    assert wanted.at["copy", "story"] == "brief"


ANY = partial(st.text, st.characters(exclude_categories=["Cs"]))
FEW = st.lists(st.integers(0, 30), max_size=60).map(lambda numbers: [f"w{n}" for n in numbers])
CUTS = st.tuples(st.integers(0, 3), st.integers(0, 150), st.integers(0, 150))


def cut_from_four(cuts):
    """Give stretches of four long texts, with the text each is cut from."""
    return {f"{place}": words(min(a, b), abs(a - b), f"text{of}x") for place, (of, a, b) in enumerate(cuts)}


@given(st.dictionaries(ANY(min_size=1, max_size=3), st.one_of(ANY(max_size=300), FEW), min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_every_article_comes_once_with_a_story_that_is_there(bodies):
    table = layer(bodies)
    assert table.index.tolist() == list(bodies)
    assert table["overlap"].dropna().between(0, 1).all()
    originals = table[table["role"] != "copy"]
    assert originals.index.tolist() == originals["story"].tolist()
    assert set(table["story"]) == set(originals["story"])
    assert originals["overlap"].dropna().eq(1).all()
    sizes = table.groupby("story").size()
    assert (table["role"] == "only").tolist() == (table["story"].map(sizes) == 1).tolist()


@given(st.lists(CUTS, min_size=2, max_size=9), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_articles_does_not_change_the_stories(cuts, random):
    bodies = cut_from_four(cuts)
    shuffled = random.sample(list(bodies), len(bodies))
    assert told(bodies) == told({name: bodies[name] for name in shuffled})


@given(st.lists(st.integers(1, 60), min_size=5, max_size=12), st.integers(0, 5))
@settings(max_examples=50, deadline=None)
def test_an_article_cut_to_its_first_paragraphs_joins(lengths, n_others):
    ends = np.cumsum(lengths)
    paragraphs = [" ".join(words(int(end) - n, n)) for end, n in zip(ends, lengths, strict=True)]
    kept = paragraphs[: int(np.ceil(0.6 * len(paragraphs)))]
    assume(len(" ".join(kept).split()) >= 24)
    others = {f"other{n}": words(0, 100, f"other{n}x") for n in range(n_others)}
    table = layer(others | {"cut": "\n".join(kept), "full": "\n".join(paragraphs)})
    assert table.loc[["cut", "full"], "story"].tolist() == ["full", "full"]
    assert table.loc["cut", "overlap"] == 1 and set(table.loc[list(others), "role"]) <= {"only"}


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """Two papers that print one story, one of them with another of its own, and each twice a story of its own."""
    folder = tmp_path_factory.mktemp("papers")
    bodies = {
        "a1": ["war", *words(0, 60)],
        "a2": ["war", *words(200, 40)],
        "b1": words(0, 40),
        "b2": [*words(0, 50), "War"],
        "b3": ["peace", *words(300, 40)],
    }
    for name, body in bodies.items():
        (folder / f"{name}.txt").write_text(f"War of {name}\n{' '.join(body)}.\n{TRAILERS[name[0] == 'b']}")
    return load(folder)


def test_counting_by_story_beside_counting_by_article(papers):
    hits = terms.hits(papers, ["war", "word1", "peace"])
    assert papers.copies["story"].tolist() == ["a1.txt", "a2.txt", "a1.txt", "a1.txt", "b3.txt"]
    assert copies.per_story(papers, hits)[PER_STORY].to_dict("records") == [
        {"n_articles": 5, "n_stories": 3, "n_once": 2, "difference": 2}
    ]
    by_query = copies.per_story(papers, hits, by="query")
    assert by_query[["query", *PER_STORY]].to_dict("list") == {
        "query": ["war", "word1", "peace"],
        "n_articles": [3, 3, 1],
        "n_stories": [2, 1, 1],
        "n_once": [1, 0, 1],
        "difference": [1, 2, 0],
    }
    by_outlet = copies.per_story(papers, hits, by=["outlet"])
    assert by_outlet["n_articles"].tolist() == [3, 2] and by_outlet["n_stories"].tolist() == [2, 2]
    assert by_outlet["n_once"].tolist() == [1, 1]  # b3 and a2; a1, b1 and b2 are one story
    assert passages.evidence(papers, by_outlet, hits, on="outlet").data.count("<details>") == 2
    part = papers.select(["b1.txt", "b2.txt"])  # the original is not among them
    assert part.copies["story"].tolist() == ["a1.txt"] * 2
    assert copies.per_story(part, terms.hits(part, "word1"))["n_stories"].tolist() == [1]


@pytest.mark.parametrize(
    ("prints", "note"),
    [
        ([2, 2, 2, 2, 3, *[1] * 7], ""),
        ([2, 2, 2, 3, *[1] * 8], "no interval: in 4 stories, 5 are wanted"),
        ([2, 2, 2, 2, 2, *[1] * 4], "no interval: 9 stories, 10 are wanted"),
        ([1] * 12, "none in 12 stories: up to 22 % of such stories could still have it"),
    ],
)
def test_the_difference_has_the_t_interval_of_the_stories(tmp_path, prints, note):
    for story, times in enumerate(prints):
        for copy in range(times):
            body = " ".join(["war", *words(100 * story, 40)])
            (tmp_path / f"{story:02}-{copy}.txt").write_text(f"War {story}\n{body}.\n{TRAILERS[copy % 2]}")
    news = load(tmp_path)
    row = copies.per_story(news, terms.hits(news, "war")).iloc[0]
    assert list(row.index) == [*PER_STORY, "low", "high", "note"]
    assert (row["n_stories"], row["difference"], row["note"]) == (len(prints), sum(prints) - len(prints), note)
    more = [times - 1 for times in prints]
    known = stats.ttest_1samp(more, 0).confidence_interval() if note == "" else [np.nan] * 2
    expected = [len(prints) * known[0], len(prints) * known[1]]
    assert row[["low", "high"]].tolist() == pytest.approx(expected, nan_ok=True)


def test_a_form_is_told_of_where_stories_are_counted(tmp_path):
    for place, one in enumerate(FILLINGS):
        (tmp_path / f"{place}.txt").write_text(f"Forecast\n\n{FORM.format(*one)}", encoding="utf-8")
    news = load(tmp_path)
    with pytest.warns(UserWarning, match="a story of .* may be a form that is filled again and again"):
        copies.per_story(news, terms.hits(news, "winds"))


def test_no_passages_are_no_stories_and_a_group_without_a_value_is_kept(papers, six):
    none = terms.hits(papers, "zebra")
    (row,) = copies.per_story(papers, none).to_dict("records")
    assert [row[name] for name in PER_STORY] == [0, 0, 0, 0] and row["note"] == "no stories to go by"
    assert copies.per_story(papers, none, by="outlet").empty
    marked = terms.hits(six, "war").assign(tone=[np.nan] + [1.0] * (len(terms.hits(six, "war")) - 1))
    assert copies.per_story(six, marked, by="tone")["tone"].isna().sum() == 1


@pytest.mark.parametrize(
    "table, by, said",
    [
        ("war", None, "what came is str"),
        (pd.DataFrame({"start": [1]}), None, r"what came is \['start'\]"),
        (pd.DataFrame({"article_id": ["zebra"]}), None, "'zebra', which is no article of"),
        (pd.DataFrame({"article_id": ["a1.txt"]}), "outlets", "by='outlets' names no column"),
    ],
)
def test_a_table_that_cannot_be_counted_is_refused(papers, table, by, said):
    with pytest.raises(ValueError, match=said):
        copies.per_story(papers, table, by=by)


def two(one, other, tmp_path):
    """Give a corpus of two articles, one.txt and other.txt."""
    for name, text in (("one", one), ("other", other)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return load(tmp_path)


ONE = (
    "Port shut\nThe port was shut on Monday. Nobody said why.\n“We will be back,” the mayor said, smiling.\n"
    "It rained all day."
)
OTHER = (
    'Port closed\nThe port was closed late on Monday. Nobody said why.\n"We will be back", the mayor said.\n'
    "Boats lay idle."
)


def test_two_versions_are_taken_apart_piece_by_piece(tmp_path):
    news = two(ONE, OTHER, tmp_path)
    table = copies.differences(news, "one.txt", "other.txt")
    raws = news.articles["raw"]
    told = [
        (
            row.line,
            row.kind,
            raws[row.article_id][row.start : row.end],
            raws[row.other_id][row.other_start : row.other_end],
        )
        for row in table.itertuples()
    ]
    assert told == [
        (0, "same", "The port was", "The port was"),
        (0, "changed", "shut", "closed late"),
        (0, "same", "on Monday.", "on Monday."),
        (1, "same", "Nobody said why.", "Nobody said why."),
        (2, "same", "“We will be back,” the mayor said,", '"We will be back", the mayor said.'),
        (2, "cut", "smiling.", ""),
        (3, "cut", "It rained all day.", ""),
        (4, "added", "", "Boats lay idle."),
    ]
    assert table["n_words"].tolist() == [3, 1, 2, 3, 7, 1, 4, 0]
    assert table["other_n_words"].tolist() == [3, 2, 2, 3, 7, 0, 0, 3]
    cut = table[table["kind"] == "cut"]
    assert passages.text(news, cut).tolist() == ["smiling.", "It rained all day."]
    added = table.iloc[-1]
    assert added["start"] == added["end"] == len(raws["one.txt"])  # an empty stretch at its place


def test_an_article_beside_itself_is_the_same_a_line_a_paragraph(tmp_path):
    news = two(ONE, ONE, tmp_path)
    table = copies.differences(news, "one.txt", "one.txt")
    assert table["kind"].tolist() == ["same"] * 3
    assert table["start"].equals(table["other_start"].rename("start"))


def test_the_most_alike_sentences_are_paired_and_none_crosses_another(tmp_path):
    one = "T\nThe old mayor spoke of bread again. A fleet of nine boats sailed north."
    other = "T\nA fleet of ten boats sailed far north. The old mayor spoke of bread and fish again."
    table = copies.differences(two(one, other, tmp_path), "one.txt", "other.txt")
    assert table.groupby("line")["kind"].first().tolist() == ["added", "same", "cut"]
    assert table[table["line"] == 1]["kind"].tolist() == ["same", "added", "same"]


VERSION = st.lists(
    st.sampled_from(
        [
            "Peace came.",
            "Peace came late.",
            "War ended; so they said.",
            "“No,” she said.",
            "1,000.5 crowns—or more.",
            "So they said, “War ended.”",
            "***",
            "\n",
            "\n\n",
        ]
    ),
    max_size=12,
)


@given(VERSION, VERSION)
@settings(max_examples=40, deadline=None)
def test_each_word_of_either_body_lies_in_exactly_one_piece(one, other):
    with tempfile.TemporaryDirectory() as folder:
        news = two("Title\n" + " ".join(one), "Title\n" + " ".join(other), Path(folder))
    ids = news.articles.index.tolist()
    table = copies.differences(news, *ids)
    mirrored = table.drop(columns=passages.KEYS + ["n_words"]).rename(
        columns={"other_id": "article_id", "other_start": "start", "other_end": "end", "other_n_words": "n_words"}
    )
    for name, side in zip(ids, (table, mirrored), strict=True):
        body = passages.inside(news.words, news.body[news.body["article_id"] == name])
        held = passages.inside(body.drop(columns="outer"), side[side["end"] > side["start"]])
        assert held.index.tolist() == body.index.tolist() and side["n_words"].sum() == len(body)
        assert (side["start"].to_numpy()[1:] >= side["end"].to_numpy()[:-1]).all()
        terms_of = held.groupby("outer")["term"].agg(tuple)
        side["terms"] = [terms_of.get(row, ()) for row in side.index]
    same = table["kind"] == "same"
    assert (table.loc[same, "terms"] == mirrored.loc[same, "terms"]).all()
    assert (table.loc[table["kind"] == "added", "terms"] == ()).all()
    assert (mirrored.loc[table["kind"] == "cut", "terms"] == ()).all()


class Tags(HTMLParser):
    """What tags and attributes a piece of HTML has."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.names = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}


def test_side_by_side_is_escaped_and_styled_inline_alone(tmp_path):
    wild = "<script>x</script>\nThe <b onclick=y>port</b> & all was shut. <style>p{}</style> Nobody said why."
    news = two(wild, wild.replace("shut", "closed <img onerror=z>"), tmp_path)
    html = copies.side_by_side(news, "one.txt", "other.txt").data
    found = Tags(html)
    assert found.tags == {"div", "table", "thead", "tbody", "tr", "th", "td", "mark", "p"}
    assert found.names == {"class", "style", "title", "scope"}
    assert "&lt;script&gt;" in html and "closed &lt;img" in html


def test_side_by_side_marks_each_kind_and_shortens_what_is_the_same(tmp_path):
    long = " ".join(words(0, 200)) + "."
    news = two(ONE + "\n" + long, OTHER + "\n" + long, tmp_path)
    html = copies.side_by_side(news, "one.txt", "other.txt").data
    assert html.count('title="cut"') == 2 and html.count('title="added"') == 1 and html.count('title="changed"') == 2
    assert html.count("[…]") == 2 and "word100 " not in html
    assert "221 words and 220: the same 215" in html


def test_an_article_that_is_not_there_is_named(six):
    with pytest.raises(ValueError, match="zebra"):
        copies.differences(six, "a1.txt", "zebra")


def test_shared_gives_the_longest_runs_of_five_words_or_more_and_where_they_stand(tmp_path):
    one = "Rain fell all day on the port. Nobody came. The old crane stood still that night."
    other = "They say rain fell all day on the quay. The old crane stood; the old crane stood still that day."
    news = two("Title\n" + one, "Title\n" + other, tmp_path)
    found = copies.shared(news, "one.txt", "other.txt")
    assert list(found) == passages.KEYS
    assert passages.text(news, found).tolist() == ["Rain fell all day on the", "The old crane stood still that"]
    assert copies.shared(news, "other.txt", "one.txt")["article_id"].tolist() == ["other.txt"] * 2


def test_the_closest_pairs_of_different_stories_are_counted_exactly(tmp_path):
    bodies = {
        "long": words(0, 60),
        "copy": words(0, 50),
        "near": words(50, 10) + words(200, 20),
        "far": words(200, 5) + words(300, 30),
    }
    for name, own in bodies.items():
        (tmp_path / f"{name}.txt").write_text(f"Title\n{' '.join(own)}\n{TRAILERS[0]}", encoding="utf-8")
    news = load(tmp_path)
    table = copies.closest(news)  # near: 26 shingles, 6 of them in long; far: 31, 1 of them in near
    assert table[["article_id", "other_id", "shared"]].to_numpy().tolist() == [
        ["near.txt", "long.txt", 6],
        ["near.txt", "far.txt", 1],
    ]
    assert table["overlap"].tolist() == [6 / 26, 1 / 26] and table["quoted"].tolist() == [0, 0]
    assert len(copies.closest(news, n=1)) == 1 and copies.closest(news.select(["far.txt"])).empty
    held = copies.in_common(news, table)
    assert held[["article_id", "other_id"]].to_numpy().tolist() == table[["article_id", "other_id"]].to_numpy().tolist()
    assert passages.text(news, held).tolist() == [" ".join(words(50, 10)), " ".join(words(200, 5))]
    assert list(copies.in_common(news, table[:0])) == [*passages.KEYS, "other_id"]


def test_the_closest_pairs_tell_what_they_share_in_quotations(tmp_path):
    speech = words(0, 30, "speech")
    one, other = (quoting(words(0, 20), speech, words(0, 30, name)) for name in ("one", "other"))
    news = two(f"Title\n{one}", f"Title\n{other}", tmp_path)
    row = copies.closest(news).iloc[0]
    assert (row["shared"], row["quoted"], row["overlap"]) == (16 + 30, 30, 46 / 76)  # 30: 26, and 4 into it


@pytest.mark.parametrize(
    "one, other, index",
    [  # scikit-learn 1.9.1, adjusted_rand_score
        ("aabb", "aabc", 0.5714285714285715),
        ("aabb", "abab", -0.5),
        ("aabb", "yyxx", 1),
        ("abc", "xyz", 1),
        ("aaa", "xyz", 0),
        ("aaabbbccc", "aabbbcccc", 0.35714285714285715),
    ],
)
def test_the_adjusted_rand_index_is_that_of_scikit_learn(one, other, index):
    assert copies.adjusted_rand(one, other) == pytest.approx(index)
    assert copies.adjusted_rand(other, one) == pytest.approx(index)


def test_groupings_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="2 and 3 came"):
        copies.adjusted_rand("ab", "abc")


def test_the_stories_of_harbour_are_those_written_and_other_corpora_have_no_key(six):
    news = load("harbour")
    meant = answer_key(news, "copies")
    assert meant["article_id"].tolist() == news.articles.index.tolist()
    assert copies.adjusted_rand(meant["story"], news.copies["story"]) == 1
    assert len(answer_key(news.select(news.articles.index[:5]), "copies")) == 5
    assert answer_key(six, "copies").empty


def test_a_selection_has_the_stories_of_the_whole_whoever_is_asked_first(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path))  # nothing is kept of the whole yet
    part = load("harbour").select("outlet == 'The Low Coast Signalman'")
    asked_first = part.copies
    whole = load("harbour").copies
    own = whole[whole["article_id"].isin(part.articles.index)].reset_index(drop=True)
    assert asked_first.astype({"article_id": "str"}).equals(own.astype({"article_id": "str"}))
