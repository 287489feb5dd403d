"""The harbour dispute: every planted figure is recounted from the texts, and its datasheets say what is there."""

import csv
import hashlib
import random
import re
from collections import Counter
from functools import cache

import pandas as pd
import pytest

from upkeep.corpora import harbour_truth as truth
from upkeep.corpora import harbour_voices as voices
from upkeep.notebooks.run import ROOT
from utils import compare, load, passages

FOLDER = ROOT / "corpus" / "harbour"
TRUTH = FOLDER / "truth"
OUTLETS = {"The Varnhithe Plumbline": "A", "The Ullet Hourglass": "B", "The Low Coast Signalman": "C"}
RECOUNTED = ["terms.csv", "choices.csv", "time.csv", "voice.csv", "speakers.csv"]
KEPT = ["articles.csv", "copies.csv", "deal.csv", "layout.csv", "planted.csv", "powers.csv", "quotes.csv",
        "same_event.csv", "scare.csv", *RECOUNTED]  # fmt: skip


@pytest.fixture(scope="module")
def harbour():
    return load("harbour")


@pytest.fixture(scope="module")
def known():
    return truth.facts()


@pytest.fixture(scope="module")
def recounted(harbour):
    simulated = pd.read_csv(TRUTH / "powers.csv", index_col="run")
    return truth.tables(harbour, simulated)


def table(name, **options):
    return pd.read_csv(TRUTH / name, **options)


@cache
def lines(name):
    """Give the paragraphs of an article's body: its lines but the headline and those that layout.csv names, read
    without any rule of ours."""
    content = (FOLDER / "texts" / name).read_bytes()
    encoding = known_encoding(name)
    own = [line for line in content.decode(encoding).split("\n")[1:] if line]
    with (TRUTH / "layout.csv").open(encoding="utf-8", newline="") as file:
        planted = [row for row in csv.DictReader(file) if row["article_id"] == name]
    for row in planted:
        if row["rule"] == "place and dash":
            (at,) = (n for n, line in enumerate(own) if line.startswith(row["line"]))
            own[at] = own[at].removeprefix(row["line"]).strip()
        else:
            own.remove(row["line"])
    return own


def known_encoding(name):
    with (TRUTH / "articles.csv").open(encoding="utf-8", newline="") as file:
        return {row["article_id"]: row["encoding"] for row in csv.DictReader(file)}[name] or "utf-8"


def words(name):
    return re.findall("[a-z0-9]+", "\n".join(lines(name)).casefold())


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def of_texts():
    """Give the one sum over all texts: `cd texts && sha256sum *.txt | sha256sum`."""
    listed = "".join(f"{sha256(path)}  {path.name}\n" for path in sorted((FOLDER / "texts").glob("*.txt")))
    return hashlib.sha256(listed.encode()).hexdigest()


def totals(path):
    return dict(re.findall(r"^\| (.+?) \| (.+?) \|$", path.read_text(encoding="utf-8"), re.MULTILINE))


def shown(counted):
    return {name: f"{value:,}" if isinstance(value, int) else value for name, value in counted.items()}


def counted(harbour):
    """Give the totals of the datasheet, by the names they have there."""
    body = passages.inside(harbour.words, harbour.body).groupby("article_id", observed=True).size()
    copies, articles = table("copies.csv"), harbour.articles
    sentences = passages.inside(harbour.sentences, harbour.body)
    return shown({
        "articles": len(harbour),
        "stories": int(copies["story"].nunique()),
        "wire stories": int((copies["kind"] == "original").sum()),
        "copies of them": int((copies["original"] != copies["article_id"]).sum()),
        **{f"articles of {outlet}": n for outlet, n in table("articles.csv")["paper"].map(
            {paper: outlet for outlet, paper in OUTLETS.items()}).value_counts().sort_index().items()},
        "characters": int(articles["raw"].str.len().sum()),
        "words in the body": int(body.sum()),
        "words in the shortest and the longest body": f"{body.min()}, {body.max()}",
        "paragraphs in the body": len(harbour.body),
        "sentences in the body": len(sentences),
        "quotations": len(table("quotes.csv")),
        "articles with straight quotation marks": int(passages.text(harbour, harbour.body).str.contains('"').groupby(
            harbour.body["article_id"], observed=True).any().sum()),
        "digest": f"`{harbour.digest}`",
        "sum of the sums of the texts": f"`{of_texts()}`",
    })  # fmt: skip


def furniture(harbour):
    """Give how many lines of each rule the receipt sets aside."""
    receipt = harbour.receipt().query("kind != 'body'")
    return shown({f"{row.kind}: {row.rule}": int(row.n_segments) for row in receipt.itertuples()})


def findings(harbour, known):
    """Give the figures that truth/README.md names, by the names they have there."""
    quotes, scare = table("quotes.csv"), table("scare.csv")
    once = quotes[quotes["article_id"].isin(known.index[known["original"] == known.index])]
    scare_once = scare[scare["article_id"].isin(once["article_id"])]
    every, single = voices.forms(harbour, quotes, scare), voices.forms(harbour, once, scare_once)
    runs = voices.shared(harbour, known)
    chance = truth.nothing(harbour, known)
    tested = chance["p"].dropna()
    key = compare.keyness(harbour, known["paper"] == "C", unit=known["story"]).query("q < .05")["term"]
    return {
        **{name: f"{n:,} | {single[name]:,}" for name, n in every.items()},
        **shown({
            "groups of one event": int(table("same_event.csv")["group"].nunique()),
            "adjusted Rand index of `Corpus.copies`": f"{rand(harbour.copies['story'], known['story']):.3f}",
            "runs of six words": int(runs["n_runs"].sum()),
            "of these, in another story too": int(runs["n_shared"].sum()),
            "share": f"{100 * runs['n_shared'].sum() / runs['n_runs'].sum():.2f} %",
            "largest share in an article": f"{100 * (runs['n_shared'] / runs['n_runs']).max():.2f} %",
            "planted words that tell C apart, q < .05": ", ".join(key[key.isin(truth.FACTORS)]),
            "other words that do": ", ".join(key[~key.isin(truth.FACTORS)]),
            "terms tested between A's own and B's own": len(tested),
            "of these, p < .05": f"{(tested < .05).sum()} ({100 * (tested < .05).mean():.1f} %)",
            "least p, least q": f"{tested.min():.3f}, {chance['q'].min():.3f}",
        }),
    }  # fmt: skip


def rand(one, other):
    """Give the adjusted Rand index of two partitions (Hubert & Arabie 1985)."""
    pairs = [
        sum(n * (n - 1) / 2 for n in Counter(parts).values()) for parts in (zip(one, other, strict=True), one, other)
    ]
    every = len(one) * (len(one) - 1) / 2
    by_chance = pairs[1] * pairs[2] / every
    return (pairs[0] - by_chance) / ((pairs[1] + pairs[2]) / 2 - by_chance)


def test_the_datasheet_says_what_is_there(harbour):
    told = totals(FOLDER / "README.md")
    wanted = counted(harbour) | furniture(harbour)
    assert {name: told.get(name) for name in wanted} == wanted
    sums = {f"`truth/{name}`": f"`{sha256(TRUTH / name)}`" for name in KEPT}
    assert {name: told.get(name) for name in sums} == sums


def test_the_key_s_readme_says_what_is_found(harbour, known):
    told, wanted = totals(TRUTH / "README.md"), findings(harbour, known)
    assert {name: told.get(name) for name in wanted} == wanted


def test_texts_load_with_no_report_but_of_the_two_that_are_windows_1252(harbour):
    report = harbour.report(missing=False)
    assert report["source"].tolist() == ["037.txt", "084.txt"]
    assert report["problem"].str.contains("cp1252").all()
    encodings = harbour.articles["encoding"]
    assert set(encodings.index[encodings == "cp1252"]) == {"037.txt", "084.txt"}


def dirt(harbour):
    """Give where each kind of dirt is, by the names that the datasheet has for it."""
    articles, planted = harbour.articles, table("layout.csv")
    raws, lines_of = articles["raw"], planted.groupby("rule")
    starts = {path.name: path.read_bytes()[:3] for path in sorted((FOLDER / "texts").iterdir())}
    places = lines_of.get_group("place and dash")
    wire = lines_of.get_group("rights line")["line"].str.contains("Halyard")
    agency = set(lines_of.get_group("rights line")["article_id"][wire])
    named = set(places["article_id"][places["line"].str.contains("(HPS)", regex=False)])
    found = {
        "Windows-1252 instead of UTF-8": articles.index[articles["encoding"] == "cp1252"],
        "a byte-order mark at the start": [name for name, start in starts.items() if start == b"\xef\xbb\xbf"],
        "no date line (the key has the day)": articles.index[articles["published"].isna()],
        "the file cut off in mid-sentence, without a trailer, so without an outlet":
            raws.index[~raws.str.contains("\N{COPYRIGHT SIGN}2025") & articles["outlet"].isna()],
        'a date as "3 March 2025"': raws.index[raws.str.contains(r"^\d+ [A-Z][a-z]+ 2025$", flags=re.MULTILINE)],
        "double blanks and a no-break space":
            raws.index[raws.str.contains("\N{NO-BREAK SPACE}") & (raws.str.count("  ") == 2)],
        "`--` for a dash after the place": raws.index[raws.str.contains(r"^[A-Z]+, .* -- ", flags=re.MULTILINE)],
        '"Advertisement" between two paragraphs': raws.index[raws.str.contains("\nAdvertisement\n")],
        "a photographer below the rights line": raws.index[raws.str.contains("LLC.\nPhoto: ")],
        'readers\' lines below "Comments"': raws.index[raws.str.contains(r"\nComments\n+\w")],
        "no (HPS) after the place; the rights line names the agency": sorted(agency - named),
    }  # fmt: skip
    return {kind: ", ".join(name.removesuffix(".txt") for name in names) for kind, names in found.items()}


def test_the_dirt_that_was_planted_is_there(harbour):
    told, wanted = totals(FOLDER / "README.md"), dirt(harbour)
    assert {kind: told.get(kind) for kind in wanted} == wanted
    raws, published = harbour.articles["raw"], harbour.articles["published"]
    assert raws["054.txt"].endswith("lorry that") and not raws.str.contains("2031").any()
    dates = table("articles.csv", index_col="article_id", parse_dates=["date"])["date"]
    assert (published.drop("063.txt") == dates.drop("063.txt")).all()


def test_the_receipt_sets_aside_exactly_what_was_planted(harbour):
    aside = harbour.segments.query("kind not in ['headline', 'body']").astype({"article_id": "str", "kind": "str"})
    found = aside.assign(line=passages.text(harbour, aside))[["article_id", "kind", "rule", "line"]]
    planted = table("layout.csv")
    assert sorted(found.itertuples(index=False, name=None)) == sorted(planted.itertuples(index=False, name=None))
    headlines = harbour.segments.query("kind == 'headline'")
    assert (headlines["start"] == 0).all() and len(headlines) == len(harbour)
    raws = harbour.articles["raw"]
    body = {
        name: [raws[name][start:end] for start, end in zip(own["start"], own["end"], strict=True)]
        for name, own in harbour.body.groupby("article_id", observed=True)
    }
    assert body == {name: [line.strip() for line in lines(name)] for name in raws.index}


def test_every_planted_word_stands_as_often_as_planned_and_nowhere_else(harbour):
    planned = table("planted.csv").set_index(["article_id", "term"])["count"]
    terms = planned.index.unique("term")
    assert len(terms) == 23 and set(terms) == {*truth.FACTORS, *truth.HEAPED, *truth.OVER_TIME, truth.VANISHES}
    found = {
        (name, word): n for name in harbour.articles.index for word, n in Counter(words(name)).items() if word in terms
    }
    assert found == planned.to_dict()
    heads = harbour.segments.query("kind != 'body'")
    told = passages.inside(harbour.words, heads)["term"]
    assert not told.isin(terms).any()


def test_the_tables_that_rest_on_counting_are_what_is_counted(recounted):
    assert {name: truth.as_csv(found) for name, found in recounted.items()} == {
        name: (TRUTH / name).read_bytes() for name in RECOUNTED
    }


def test_paper_c_has_more_of_ten_words_by_their_factors(harbour, known):
    c, rest = (
        sum(((Counter(words(name)) for name in known.index[side])), Counter())
        for side in (known["paper"] == "C", known["paper"] != "C")
    )
    for word, factor in truth.FACTORS.items():
        assert (c[word] / 39) / (rest[word] / 81) == pytest.approx(factor, rel=0.02), word
    told = table("terms.csv", index_col="term")
    assert [told.at[word, "count_c"] for word in truth.FACTORS] == [c[word] for word in truth.FACTORS]
    assert [told.at[word, "count_rest"] for word in truth.FACTORS] == [rest[word] for word in truth.FACTORS]


def test_ten_words_are_heaped_in_one_article_and_no_test_by_stories_finds_them(known):
    for word, name in truth.HEAPED.items():
        n = {own: Counter(words(own))[word] for own in known.index}
        assert n.pop(name) >= 6 and max(n.values()) <= 1 and sum(n.values()) in (0, 12), word
    told = table("terms.csv").query("planted == 'one article'")
    assert not (told["q"] < 0.05).any() and (told["article_id"] == told["influence_article"]).all()
    assert (told["g2"] > 3.84).sum() == 6


def test_at_least_three_words_have_power_enough_and_the_simulation_comes_out_as_kept(harbour, known):
    told, simulated = table("terms.csv", index_col="term")["power"], table("powers.csv", index_col="run")
    assert (told >= 0.9).sum() >= 3 and len(simulated) == truth.RUNS
    again = truth.powers(harbour, known, runs=[0, 299])
    pd.testing.assert_frame_equal(again.round(5), simulated.loc[[0, 299]], check_names=False)


def test_copies_are_joined_and_nothing_else(harbour, known):
    copies = harbour.copies.set_index("article_id")
    assert rand(copies["story"], known["story"].reindex(copies.index)) == 1
    named = known["story"].reindex(copies["story"]).to_numpy()  # by its fullest version, which an edited copy may be
    assert (named == known["story"].reindex(copies.index).to_numpy()).all()
    groups = table("same_event.csv")
    assert groups["group"].nunique() >= 8 and (groups.groupby("group").size() >= 2).all()
    assert not groups["article_id"].map(copies["story"]).duplicated().any()


def test_the_adjusted_rand_index_is_that_of_its_source():
    one, other = [1, 1, 1, 2, 2, 2], [1, 1, 2, 1, 2, 2]  # 2 of 15 pairs in both, 6 in each: (2 - 2.4) / (6 - 2.4)
    assert rand(one, other) == pytest.approx(-1 / 9)
    assert rand(one, [7, 7, 7, 5, 5, 5]) == 1


def test_each_copy_is_of_its_kind(known):
    kinds = known["kind"].value_counts()
    assert kinds[["verbatim", "cut", "reheadlined", "edited"]].tolist() == [5, 6, 5, 5]
    for name, row in known[known["original"] != known.index].iterrows():
        own, whole = (["\n".join(lines(one)), *lines(one)] for one in (name, row["original"]))
        heads = {(FOLDER / "texts" / one).read_text(encoding="utf-8").split("\n")[0] for one in (name, row["original"])}
        alike = {"verbatim": own == whole and len(heads) == 1, "reheadlined": own == whole and len(heads) == 2,
                 "cut": own[1:] == whole[1:6] and len(own) < len(whole) and len(heads) == 1,
                 "edited": own[0] != whole[0]}  # fmt: skip
        assert alike[row["kind"]], name
        assert known.at[name, "story"] == known.at[row["original"], "story"]


def test_articles_on_their_own_share_less_than_one_per_cent_of_their_runs_of_six_words(known):
    runs = {
        name: {tuple(own[at : at + 6]) for own in [words(name)] for at in range(len(own) - 5)} for name in known.index
    }
    told = [(run, known.at[name, "story"]) for name, own in runs.items() for run in own]
    stories = Counter(run for run, _ in set(told))
    share = sum(stories[run] > 1 for run, _ in told) / len(told)
    print(f"{100 * share:.2f} % of the runs of six words are shared")
    assert share < 0.01


def test_the_first_two_papers_articles_were_dealt_by_the_seed(known):
    dealt = table("deal.csv", index_col="article_id")["paper"]
    pool = sorted(known.index[known["slot"] == "pool"])
    random.Random(2031).shuffle(pool)
    assert dealt.to_dict() == {name: "AB"[n >= 28] for n, name in enumerate(pool)}
    assert dealt.to_dict() == known.loc[dealt.index, "paper"].to_dict()


def test_chance_alone_divides_the_first_two_papers(harbour, known):
    chance = truth.nothing(harbour, known)
    assert (chance["p"].dropna() < 0.05).mean() < 0.1 and chance["q"].min() > 0.05


def test_papers_are_those_that_the_texts_name(harbour, known):
    outlets = harbour.articles["outlet"].drop("054.txt").map(OUTLETS)
    assert (outlets == known["paper"].drop("054.txt")).all() and known.at["054.txt", "paper"] == "A"


def test_a_contrast_vanishes_when_copies_count_once():
    every, both, once = table("choices.csv").to_dict("records")
    assert (every["count_a"], every["count_b"], once["count_a"], once["count_b"]) == (6, 24, 6, 6)
    assert every["p"] < 0.05 and every["log_ratio"] > 1.5
    assert abs(once["log_ratio"]) < 0.25
    assert "in 3 articles of the reference" in every["note"] and pd.isna(every["low"]) and pd.isna(once["high"])
    assert every["log_ratio"] > both["log_ratio"] > once["log_ratio"]


def test_paper_c_is_harsher_only_by_whom_it_quotes(harbour):
    told = table("voice.csv", index_col="part")
    harsher = told["high"] < 0
    assert harsher.index[harsher].tolist() == ["body", "in quotations"]
    covers = (told["low"] < 0) & (told["high"] > 0)
    assert covers[["outside quotations", "in quotations but Vask's", "body but Vask's quotations"]].all()
    speakers = table("speakers.csv", index_col="paper")
    assert speakers["harsh_words"].tolist() == speakers["harsh_words_vask"].tolist() == [0, 0, 78]
    assert speakers["n_vask"].tolist() == [1, 1, 60] and speakers["harsh_words_outside"].tolist() == [0, 0, 0]
    said = voices.spoken(table("quotes.csv"))
    texts = "\n".join(passages.text(harbour, voices.outside(harbour.body, said))).casefold()
    assert not voices.HARSH & set(re.findall("[a-z]+", texts))


def test_fuel_rises_in_week_six_and_bridge_is_steady(known):
    weeks = (pd.to_datetime(known["date"]) - truth.MONDAY).dt.days // 7 + 1
    found = {
        word: [sum(words(name).count(word) for name in weeks.index[weeks == week]) for week in range(1, 11)]
        for word in truth.OVER_TIME
    }
    assert found == {"fuel": [2, 1, 2, 1, 2, 12, 12, 12, 12, 12], "bridge": [6] * 10}
    told = table("time.csv", index_col="week")
    assert told[["fuel", "bridge"]].to_dict("list") == found
    assert (told.at[6, "fuel_printed"], told.at[6, "bridge_printed"]) == (10, 5)  # 063.txt prints no date
    assert (weeks.value_counts() == 12).all()


def test_there_are_quotations_of_every_kind_and_form_and_each_mention_is_there(harbour):
    quotes, raws = table("quotes.csv"), harbour.articles["raw"]
    assert len(quotes) >= 600
    assert all(
        n > 0
        for name, n in voices.forms(harbour, quotes, table("scare.csv")).items()
        if name != "without a mention of the speaker"
    )
    for row in quotes.itertuples():
        raw = raws[row.article_id]
        assert row.cue != row.cue or raw[int(row.cue_start) : int(row.cue_end)] == row.cue
        assert row.speaker.casefold() in raw.casefold()
        assert row.kind == "indirect" or set(raw[row.start : row.end]) & set("“”\"‘'"), raw[row.start : row.end]
