"""The teaching texts on the standoff: every sentence rests on facts, and its datasheet says what is there."""

import csv
import hashlib
import re
from collections import Counter

import pandas as pd
import pytest

from upkeep.notebooks.run import ROOT
from utils import answer_key, passages
from utils.corpus.assembly import assembled
from utils.corpus.datasets.standoff import read

FOLDER = ROOT / "corpus" / "standoff"
FRAMES = ["conflict", "economic consequences", "human interest", "morality", "responsibility"]
GENRES = ["briefing", "explainer", "timeline", "wire brief"]
PREFIX = "Teaching text: "
WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = dict(zip(WORDS, [*range(1, 21), *range(30, 100, 10)], strict=True)) | {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "both": None, "dozen": 12, "half": 0.5,
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "hundreds": 100,
    "dozens": 12, "thousands": 1_000, "millions": 1_000_000, "twice": 2,
}  # fmt: skip
FORMS = {"American": "States", "Venezuelan": "Venezuela", "Venezuelans": "Venezuela"}  # a name in another form
REPORTING = re.compile(
    r"\b(?:said|says?|told|called|calls|announced|accuses?|accused|accusation|charged?|compared|find|found|survey)\b"
)
CLAIMANTS = {  # what a sentence must name, by whose the claim or estimate is
    "Nicolás Maduro": "Maduro", "Donald Trump": "Trump", "Panterra": "Panterra|survey", "the United States":
    "United States", "the Justice Department": "Justice Department", "sources familiar with the call": "[Ss]ources",
    "sources of the Miami Herald": "[Ss]ources", "one anonymous source": "source",
}  # fmt: skip


@pytest.fixture(scope="module")
def standoff():
    return assembled("standoff", read())


@pytest.fixture(scope="module")
def sentences(standoff):
    """The rows of sources.csv, each with its own text and facts."""
    raws = standoff.articles["raw"]
    rows = pd.read_csv(FOLDER / "sources.csv", dtype={"facts": "str"})
    rows["text"] = [raws[row.article_id][row.start : row.end] for row in rows.itertuples()]
    return rows


def facts_of(path=FOLDER / "facts.csv"):
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


FACTS = facts_of()


def numbers(text):
    """Give the numbers in a text, written in digits or in words, as values."""
    found = re.findall(r"(\d+(?:,\d{3})*(?:\.\d+)?)(?:\s+(million|billion|thousand)\b)?", text)
    values = {float(digits.replace(",", "")) * (NUMBERS[unit] if unit else 1) for digits, unit in found}
    words = re.findall(r"[a-z]+", re.sub(r"[\d,.]+\s+(?:million|billion|thousand)\b", "", text.casefold()))
    return values | {float(NUMBERS[word]) for word in words if NUMBERS.get(word)}


def capitalised(text):
    """Give the capitalised words of a text, possessives cut, and of these the ones that open a sentence."""
    words = re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=’s\b|'s\b|\W|$|_|\d)", text)
    names, openers = [], set()
    for match in words:
        if match[0][0].isupper():
            names.append(match[0])
            if not re.search(r"\w[\s“,;:]*$", re.split(r"[.?!]\s", text[: match.start()])[-1]):
                openers.add(match[0])
    return names, openers


KNOWN = {name for fact in FACTS.values() for names in [capitalised(fact["fact"])] for name in {*names[0]} - names[1]}


def unsupported(text, ids, facts=FACTS):
    """Give the numbers and proper names in a sentence that none of its facts has; a fact that is not there is one."""
    if unknown := [name for name in ids.split() if name not in facts]:
        return unknown
    told = " ".join(facts[name][part] for name in ids.split() for part in ("fact", "reported_by", "whose"))
    text = text.removeprefix(PREFIX)
    names, openers = capitalised(text)
    claimed = {FORMS.get(name, name) for name in names if name not in openers or name in KNOWN or name in FORMS}
    held = {FORMS.get(name, name) for name in capitalised("x " + told)[0]}
    return sorted(claimed - held) + sorted(map(str, numbers(text) - numbers(told)))


def unattributed(text, ids, facts=FACTS):
    """Give whose claims and estimates a sentence passes on without naming them and that they said so."""
    whose = {facts[name]["whose"] for name in ids.split() if facts[name]["status"] != "reported"}
    return sorted(who for who in whose if not (re.search(CLAIMANTS[who], text) and REPORTING.search(text)))


def overlong(text, ids, facts=FACTS):
    """Give the quotations in a sentence that are longer than five words, or that none of its facts has."""
    told = " ".join(facts[name]["fact"] for name in ids.split())
    found = re.findall(r"“[^”]*”?|\"[^\"]*\"?", text)
    return [quoted for quoted in found if len(quoted.split()) > 5 or quoted.strip("“”,.") not in told]


def test_there_are_twenty_texts_five_frames_in_four_genres(standoff):
    cells = Counter(zip(standoff.articles["frame"], standoff.articles["genre"], strict=True))
    assert cells == dict.fromkeys(((frame, genre) for frame in FRAMES for genre in GENRES), 1)


def test_texts_load_with_an_empty_report_and_only_their_furniture_set_aside(standoff):
    assert standoff.report(missing=False).empty
    counts = standoff.receipt().set_index("kind")["n_segments"].to_dict()
    assert counts == {"headline": 20, "section": 20, "trailer": 20, "furniture": 20, "body": 164}
    articles = standoff.articles
    assert articles["title"].str.startswith(PREFIX).all() and articles["published"].isna().all()
    assert set(articles["outlet"]) == {"Passages"} and articles[["byline", "agency"]].isna().all(axis=None)
    assert articles["rights"].str.contains("not a news report: written from facts reported by the Miami Herald").all()


def test_each_text_has_150_to_250_words(standoff):
    words = passages.inside(standoff.words, standoff.body).groupby("article_id", observed=True).size()
    assert len(words) == 20 and words.between(150, 250).all(), words.to_dict()


def test_every_sentence_of_headline_and_body_is_a_row_of_the_sources(standoff, sentences):
    told = standoff.segments.query("kind in ['headline', 'body']")
    found = passages.inside(standoff.sentences, told)
    keys = ["article_id", "start", "end"]
    assert sentences[keys].to_dict("records") == found.astype({"article_id": "str"})[keys].to_dict("records")
    assert sentences["n"].tolist() == sentences.groupby("article_id").cumcount().tolist()
    headlines = standoff.segments.query("kind == 'headline'")[keys].astype({"article_id": "str"})
    assert sentences.query("n == 0")[keys].to_dict("records") == headlines.to_dict("records")


def test_every_sentence_rests_on_one_to_three_facts_that_have_its_numbers_and_names(sentences):
    assert sentences["facts"].str.split().str.len().between(1, 3).all()
    found = {row.text: unsupported(row.text, row.facts) for row in sentences.itertuples()}
    assert {text: missing for text, missing in found.items() if missing} == {}


def test_every_claim_and_estimate_is_attributed_in_its_own_sentence(sentences):
    found = {row.text: unattributed(row.text, row.facts) for row in sentences.itertuples()}
    assert {text: missing for text, missing in found.items() if missing} == {}


def test_quotations_are_at_most_five_words_and_stand_in_the_facts(sentences):
    assert [found for row in sentences.itertuples() for found in overlong(row.text, row.facts)] == []
    assert sentences["text"].str.contains("“").any()


@pytest.mark.parametrize(
    ("check", "text", "facts", "found"),
    [
        (unsupported, "Maduro held power for over 12 years in Venezuela.", "f20", []),
        (unsupported, "Maduro held power for over twelve years in Venezuela.", "f20", []),
        (unsupported, "Maduro held power for over 13 years in Venezuela.", "f20", ["13.0"]),
        (unsupported, "Maduro held power for over thirteen years.", "f20", ["13.0"]),
        (unsupported, "A reward of $50 million.", "f32", []),
        (unsupported, "A reward of $50 billion.", "f32", ["50000000000.0"]),
        (unsupported, "A reward of $50.", "f32", ["50.0"]),
        (unsupported, "It was the fourth of the issues.", "f47", ["4.0"]),
        (unsupported, "Trump held power.", "f20", ["Trump"]),
        (unsupported, "He held power. Trump’s men did not.", "f20", ["Trump"]),
        (unsupported, "They met in Bogotá.", "f08", ["Bogotá"]),
        (unsupported, "They met: Bogotá’s mayor and “Juan Sosa”.", "f08", ["Bogotá", "Juan", "Sosa"]),
        (unsupported, "American officials and Venezuelans.", "f19", ["Venezuela"]),
        (unsupported, "It was said.", "f20 f99", ["f99"]),
        (unattributed, "Maduro danced.", "f11", []),
        (unattributed, "The army will land “very soon”.", "f37", ["Donald Trump"]),
        (unattributed, "Trump will land.", "f37", ["Donald Trump"]),
        (unattributed, "He said that it will land.", "f37", ["Donald Trump"]),
        (unattributed, "Trump said that it will land.", "f37 f03", ["Nicolás Maduro"]),
        (unattributed, "Most were against it.", "f17", ["Panterra"]),
        (overlong, "It was, they said, “very soon”.", "f37", []),
        (overlong, "It was, they said, “very late”.", "f37", ["“very late”"]),
        (overlong, "He was in “Venezuela for over 12 years and no longer”.", "f20",
         ["“Venezuela for over 12 years and no longer”"]),
    ],
)  # fmt: skip
def test_each_check_bites(check, text, facts, found):
    assert check(text, facts) == found


def test_the_facts_are_told_apart_by_status_and_all_are_used(sentences):
    assert list(FACTS) == [f"f{n:02}" for n in range(1, len(FACTS) + 1)]
    assert len({fact["name"] for fact in FACTS.values()}) == len(FACTS)
    assert all(fact["status"] in ("reported", "claim", "estimate") for fact in FACTS.values())
    assert all(bool(fact["whose"]) == (fact["status"] != "reported") for fact in FACTS.values())
    assert {fact["whose"] for fact in FACTS.values()} - {""} == set(CLAIMANTS)
    assert all(1 <= int(fact["paragraph"]) <= 18 and fact["fact"].endswith(".") for fact in FACTS.values())
    assert all(overlong(fact["fact"], name) == [] for name, fact in FACTS.items())
    used = {name for named in sentences["facts"] for name in named.split()}
    assert used == set(FACTS) - set(re.findall(r"f\d\d", totals()["facts that no sentence uses"]))


def test_the_key_has_each_sentence_once_for_each_of_its_facts(standoff, sentences):
    key = answer_key(standoff, "facts")
    again = key.groupby(["article_id", "start", "end"], sort=False)["fact"].agg(" ".join)
    assert again.tolist() == sentences["facts"].tolist()
    kept = {row.fact: (row.name, row.status, row.whose) for row in key.fillna("").itertuples(index=False)}
    assert kept == {id: (fact["name"], fact["status"], fact["whose"]) for id, fact in FACTS.items()}
    assert all(unsupported(fact["name"], id) == [] and overlong(fact["name"], id) == [] for id, fact in FACTS.items())


def totals():
    sheet = (FOLDER / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| (.+?) \| (.+?) \|$", sheet, re.MULTILINE))


def test_the_datasheet_says_what_is_there(standoff, sentences):
    told, statuses = totals(), Counter(fact["status"] for fact in FACTS.values())
    words = passages.inside(standoff.words, standoff.body).groupby("article_id", observed=True).size()
    counted = {
        "texts": len(standoff),
        "characters": int(standoff.articles["raw"].str.len().sum()),
        "words in the body": int(words.sum()),
        "sentences in the body": int((sentences["n"] > 0).sum()),
        "facts": len(FACTS),
        "reported facts": statuses["reported"],
        "claims": statuses["claim"],
        "estimates": statuses["estimate"],
        "quotations": int(sentences["text"].str.count("“").sum()),
    }
    assert {name: told[name] for name in counted} == {name: f"{n:,}" for name, n in counted.items()}
    assert told["words in the shortest and the longest body"] == f"{words.min()}, {words.max()}"
    assert told["digest"] == f"`{standoff.digest}`"
    kept = [
        "facts.csv",
        "articles.csv",
        "sources.csv",
        "truth/facts.csv",
        *(f"texts/{name}" for name in standoff.articles.index),
    ]
    sums = {f"`{name}`": f"`{hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()}`" for name in kept}
    assert {name: told.get(name) for name in sums} == sums
