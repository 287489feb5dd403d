"""Persons: one row a person over the corpus, forms joined where the evidence allows and left apart where not."""

from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import answer_key, load, passages, paste, persons, quotes, sentiment, voices
from utils.arguments import Refusal
from utils.layers.voices import mentions as steps
from utils.layers.voices import persons as layer
from utils.layers.voices import whose as steps_of_whose


def corpus(*texts, outlets=None):
    """A corpus of these texts, a.txt, b.txt, …"""
    frame = pd.DataFrame({"article_id": [f"{chr(97 + n)}.txt" for n in range(len(texts))], "raw": [*texts]})
    return load(frame.assign(outlet=outlets) if outlets else frame)


def joined(*texts):
    """The sure forms of each person in a corpus of these texts, as sets, by person."""
    known = corpus(*texts).persons
    known = known[(known["kind"] == "person") & known["sure"]]
    return {row.person: {*row.forms.split("; ")} for row in known.itertuples()}


@pytest.mark.parametrize(
    ("texts", "person", "forms"),
    [
        (
            ("Donald J. Marrow spoke. President Marrow left.", "Donald Marrow spoke. Mr. Marrow left. Marrow slept."),
            "Donald J. Marrow",
            {"Donald J. Marrow", "Donald Marrow", "President Marrow", "Mr. Marrow", "Marrow"},
        ),
        (("“Go,” said Donald Marrow.", "“Stay,” said Marrow."), "Donald Marrow", {"Donald Marrow", "Marrow"}),
        (("Nicolás Vendro Moral came.", "Nicolas Vendro went. Mr Vendro slept."), "Nicolás Vendro Moral",
         {"Nicolás Vendro Moral", "Nicolas Vendro", "Mr Vendro"}),
        (("Steven Quillan came.", "Steve Quillan went."), "Steven Quillan", {"Steven Quillan", "Steve Quillan"}),
        (("Sergei Vasko came.", "Sergey Vasko went."), "Sergey Vasko", {"Sergei Vasko", "Sergey Vasko"}),
        (("Bill de Vask came. De Vask's men left.",), "Bill de Vask", {"Bill de Vask", "De Vask"}),
        (("Ilse Marrow went home. “I like it,” Ilse said.",), "Ilse Marrow", {"Ilse Marrow", "Ilse"}),
        (("Even Mike Venn knew. “No,” said Venn.",), "Mike Venn", {"Mike Venn", "Venn"}),
        (("In Congress Venn spoke. Mike Venn, 45, is a clerk.", "Congress Venn"), "Mike Venn", {"Mike Venn", "Venn"}),
        (("Secretary of State Rhona Vask’s plane left. Vask waved.",), "Rhona Vask", {"Rhona Vask", "Vask"}),
        (("For the Port Authority Lune Venn spoke.", "“No,” said Lune Venn.", "Lune Venn, 45, came. Venn left.",
          "Lune Venn slept."), "Lune Venn", {"Lune Venn", "Venn"}),
        (("Donald Marrow Jr. came. “No,” Marrow Jr. said.",), "Donald Marrow Jr.", {"Donald Marrow Jr.", "Marrow Jr."}),
        (("President Xo Jinpin came. “No,” said Xo Jinpin.", "President Xo left."), "Xo Jinpin",
         {"Xo Jinpin", "President Xo"}),
        (("“No,” said Ban Ki-mun. Mr. Ban left.",), "Ban Ki-mun", {"Ban Ki-mun", "Mr. Ban"}),
    ],
)  # fmt: skip
def test_forms_of_one_person_are_joined_under_the_fullest(texts, person, forms):
    assert joined(*texts)[person] == forms


@pytest.mark.parametrize(
    ("texts", "apart"),
    [
        (("Bill Marrow met Hillary Marrow. Marrow smiled.",), {"Bill Marrow", "Hillary Marrow"}),
        (("Donald Marrow Jr. came.", "Donald Marrow went."), {"Donald Marrow Jr.", "Donald Marrow"}),
        (("George W. Vasker came.", "George H.W. Vasker went."), {"George W. Vasker", "George H.W. Vasker"}),
        (("Nicolás Vendro came with his son, Nicolás Vendro Guerra.",), {"Nicolás Vendro", "Nicolás Vendro Guerra"}),
        (
            ("Nicolás Vendro came.", "Nicolás Vendro Guerra, son of the president, went."),
            {"Nicolás Vendro", "Nicolás Vendro Guerra"},
        ),
        (("Michelle Orbane sang. Barack Orbane danced.",), {"Michelle Orbane", "Barack Orbane"}),
    ],
)
def test_namesakes_stay_apart(texts, apart):
    assert apart <= joined(*texts).keys()


@pytest.mark.parametrize("other", ["Tidefact", "TideFact", "TIDEFACT"])
def test_a_body_written_in_several_ways_is_one_by_its_usual_spelling(other):
    news = corpus("“No,” said TideFact. TideFact left.", f"“Go,” {other} said.", "“No,” said TideFind.")
    assert {*news.persons["person"]} == {"TideFact", "TideFind"} and news.quotes["person"].iloc[1] == "TideFact"


def test_a_surname_near_two_that_bear_it_is_left_apart_and_doubtful():
    known = corpus("Bill Marrow met Hillary Marrow. “Good,” Marrow said.").persons.set_index("person")
    assert not known.loc["Marrow", "sure"] and known.loc["Marrow", "forms"] == "Marrow"


@pytest.mark.parametrize(("between", "sure"), [(" ", False), ("\n\nIt rained.\n\nThen it froze.\n\n", True)])
def test_whom_most_articles_name_is_meant_where_no_namesake_is_near(between, sure):
    news = corpus(f"Bill Marrow met Hillary Marrow.{between}“Good,” Marrow said.", *["Hillary Marrow came."] * 4)
    assert news.quotes["person"].tolist() == ["Hillary Marrow" if sure else "Marrow"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Bill Marrow came. Hillary Marrow went. “No,” said Mrs. Marrow.", "Hillary Marrow"),
        ("President Bill Marrow came. Hillary Marrow went. “No,” said President Marrow.", "Bill Marrow"),
        (
            "Bill Marrow came. “No,” said Marrow.\n\nIt rained.\n\nThen it froze.\n\nHillary Marrow slept.",
            "Bill Marrow",
        ),
    ],
)
def test_titles_and_what_came_before_tell_namesakes_apart(text, person):
    assert corpus(text).quotes["person"].tolist() == [person]


@pytest.mark.parametrize(
    "name", ["Below", "Monday", "Election Day", "New Jersey", "Nevertheless", "Perhaps", "Citizens"]
)
def test_days_places_and_opening_words_are_nobody(name):
    news = corpus(f"The citizens wait below the quay; perhaps nevertheless. {name} said the lock was shut.")
    assert news.quotes["person"].isna().all() and name not in {*news.persons["person"]}


def test_bodies_that_speak_are_apart_from_persons():
    news = corpus("“We wait,” the Harbour Board said. “No,” said Ilse Marrow. The Harbour Board met.")
    known = news.persons.set_index("person")
    assert known["kind"].to_dict() == {"Harbour Board": "organisation", "Ilse Marrow": "person"}
    assert known.loc["Harbour Board", "n_mentions"] == 2
    assert news.quotes["person"].tolist() == ["Harbour Board", "Ilse Marrow"]


def test_pronouns_and_offices_have_the_person_that_they_mean():
    news = corpus(
        "Ilse Marrow, the mayor, rose. “I wait,” she said. The mayor said it was late.", "“So be it,” said Mrs. Marrow."
    )
    assert news.quotes["person"].tolist() == ["Ilse Marrow"] * 3


def test_every_person_opens_onto_its_mentions():
    news = corpus("Ilse Marrow came. Marrow’s hat fell.", "Mrs. Marrow left.")
    found = persons.mentions(news)
    assert [*passages.text(news, found)] == ["Ilse Marrow", "Marrow", "Mrs. Marrow"]
    assert "3 passages in 2 articles" in passages.evidence(news, news.persons, found, on="person").data
    assert found["form"].tolist() == ["Ilse Marrow", "Marrow", "Mrs. Marrow"]


def test_a_selection_has_its_own_mentions_of_the_persons_of_the_whole():
    news = corpus("“No,” said Ilse Marrow.", "“Yes,” Marrow said.")
    part = news.select(["b.txt"])
    assert part.persons[["person", "forms", "n_mentions"]].to_numpy().tolist() == [["Ilse Marrow", "Marrow", 1]]
    assert part.quotes["person"].tolist() == ["Ilse Marrow"]


PIECES = "Ivo Marrow Mr. Jr. J. de ’s ' ’ - , said “ . The May U.S. É O’".split()


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.lists(st.sampled_from(["", " "]), min_size=12))
@settings(max_examples=60, deadline=None)
def test_any_run_of_capitals_titles_and_signs_is_read(words, gaps):
    text = "".join(map("".join, zip(words, gaps, strict=False)))
    raws = pd.Series({"a": text}, dtype=object)
    body = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [len(text)], "kind": ["body"]})
    nothing = paste("x").layer("quotes")
    found = layer.persons(raws, body, nothing)
    assert found["start"].lt(found["end"]).all() and found["end"].le(len(text)).all()
    for row in found.itertuples():
        assert text[row.start : row.end].rstrip(".")[-1:] == row.form.rstrip(".")[-1:]


def test_with_one_article_more_no_other_text_is_read_for_names_and_small_letters(monkeypatch):
    texts = [f"Bill Marrow met Hillary Venn. “Good,” Marrow said. They wait below {n}." for n in range(4)]
    assert len(corpus(*texts[:3]).mentions) == 9
    read, small = [], []
    monkeypatch.setattr(steps, "mentions", lambda raw, *how, own=steps.mentions: read.append(raw) or own(raw, *how))
    monkeypatch.setattr(steps, "LOWER", SimpleNamespace(findall=lambda raw: small.append(raw) or []))
    assert len(corpus(*texts).mentions) == 12
    assert read == small == texts[3:]


@pytest.mark.parametrize("space", [" ", "\u00a0"])
def test_what_the_mention_of_a_speaker_holds_is_told_letter_by_letter(space):
    news = corpus(f"“We wait,” the Harbour{space}Board said. The Harbour Board met.")
    begins = "the Harbour Board" if space == " " else "Harbour\u00a0Board"
    assert [*passages.text(news, persons.mentions(news))] == [begins, "Harbour Board"]


def test_no_text_is_read_where_names_tell_what_the_mention_of_a_speaker_holds(monkeypatch):
    news = corpus("“We wait,” the Harbour Board said. “No,” said Ilse Marrow of the Harbour Board.")
    read = []
    monkeypatch.setattr(layer.Speakers, "_mentions", lambda own, rows: read.extend(rows) or [""] * len(rows))
    assert {*news.mentions["person"]} == {"Harbour Board", "Ilse Marrow"} and not read


def test_whom_mentions_that_are_alike_mean_is_asked_once(monkeypatch):
    texts = [f"Ilse Marrow and Ivo Marrow came. Mr. Marrow slept. Marrow left on day {n}." for n in range(9)]
    asked = []
    whose = steps_of_whose.Names._whose
    monkeypatch.setattr(steps_of_whose.Names, "_whose", lambda own, *how: asked.append(how) or whose(own, *how))
    known = corpus(*texts).persons
    assert known["n_mentions"].sum() == 36 and len(asked) == 2


@pytest.mark.parametrize("others", [(), ("They fell a stone.",), ("They fell a stone.", "Ida Lund waits.")])
def test_only_words_of_the_corpus_itself_are_its_words_in_small_letters(others):
    text = "Mr. Stone came. “No,” Stone said."
    corpus(text, "They fell a stone.", "Ida Lund waits.").persons  # noqa: B018
    news = corpus(text, *others)
    raws, segments = news.articles["raw"], news.segments
    wanted = layer.persons(raws, segments, news.layer("quotes"))
    pd.testing.assert_frame_equal(news.mentions, wanted, check_categorical=False)
    assert ("Stone" in {*wanted["form"]}) != bool(others)


@given(st.lists(st.sampled_from("poor Poor marrow s ß é".split())), st.lists(st.text("poré s", max_size=5)))
def test_words_in_small_letters_are_found_whether_they_were_asked_before_or_not(words, asked):
    known = steps.small_letters(pd.Series([" ".join(words)], dtype=object))
    several = pd.DataFrame({"term": pd.concat([known["term"].astype("str")] * 2)})
    for table in (known, several):
        lower = steps.SmallLetters(table, asked)
        assert {word for word in {*words, *asked} if word in lower} == {*known["term"]} & {*words, *asked}


def test_what_persons_are_found_by_is_let_go_unless_it_was_asked_for():
    news = corpus("Ilse Marrow came.", "Marrow left.")
    news.layer("names"), news.persons  # noqa: B018
    assert "names" in news._layers and "small_letters" not in news._layers


def test_what_of_a_text_cannot_be_read_costs_that_text_its_persons_alone(monkeypatch):
    def fails(raw, paragraphs, own=steps.mentions):
        if "Venn" in raw:
            raise ValueError("too hard")
        return own(raw, paragraphs)

    monkeypatch.setattr(steps, "mentions", fails)
    news = corpus("Ida Lund came in May.", "Ilse Venn came in June.")
    with pytest.warns(UserWarning, match="the persons of 1 of 2 articles could not be found"):
        assert news.mentions["form"].tolist() == ["Ida Lund"]
    assert news.report(missing=False)["problem"].str.startswith("its persons could not be found (ValueError").sum() == 1


def test_a_text_without_names_has_no_persons():
    news = paste("nobody came.")
    assert news.persons.empty and persons.mentions(news).empty and news.quotes.empty


def test_speakers_of_harbour_are_the_persons_planted():
    news = load("harbour")
    planted = answer_key(news, "quotes").query("named").astype({"article_id": "str"})
    found = news.quotes.query("named").astype({"article_id": "str"})
    both = found.merge(planted, on=["article_id", "start", "end"], suffixes=("", "_planted"))
    right = both[both["speaker"] == both["speaker_planted"]]
    assert len(right) > 500 and (right["person"] == right["speaker_planted"]).mean() > 0.99
    full = {name for name in planted["speaker"] if name.count(" ") == 1 and name.istitle() and "’" not in name}
    assert full - {*news.persons["person"]} <= {"Labour Inspectorate"}


TWO = ("“No,” said Donald Marrow. “We wait here,” a docker said.", "“Never here,” Marrow said.", "It rained. “Who?”")


def test_the_balance_counts_persons_of_the_whole_corpus():
    news = corpus(*TWO, outlets=["Post", "Bell", "Bell"])
    table = quotes.balance(news, by=["outlet", "person"])
    rows = table[["outlet", "person", "voice", "n_quotes", "n_words"]].astype(object).where(table.notna(), None)
    assert rows.to_numpy().tolist() == [
        ["Bell", "Donald Marrow", "speaker", 1, 2],
        ["Bell", None, "outside", 0, 5],
        ["Post", "Donald Marrow", "speaker", 1, 1],
        ["Post", None, "unnamed", 1, 3],
        ["Post", None, "outside", 0, 6],
    ]
    whole = quotes.balance(news, by="person")
    assert whole.columns[:4].tolist() == ["person", "voice", "kind", "sure"] and whole.columns[-1] == "note"
    assert whole.loc[0, ["person", "kind", "sure", "n_words"]].tolist() == ["Donald Marrow", "person", True, 3]
    assert {*quotes.balance(news, by="person", speakers=["Marrow"])["person"].dropna()} == {"Donald Marrow"}
    assert whole["share_of_words"].sum() == pytest.approx(1) and whole["sure"].isna().tolist() == [False, True, True]


def test_the_balance_marks_who_may_be_another():
    news = corpus("Bill Marrow met Hillary Marrow. “Good,” Marrow said.")
    table = quotes.balance(news, by="person").set_index("person")
    assert not table.loc["Marrow", "sure"]


def test_tone_groups_by_person_as_by_speaker():
    news = corpus("“A good, happy day,” said Donald Marrow.", "“An awful day,” Marrow said.")
    inside = voices.within(news)
    table = sentiment.tone(news, within=inside, by="person")
    assert table["person"].tolist() == ["Donald Marrow"]


@pytest.mark.parametrize("name", ["Marrow", "Donald Marrow", "Mr. Marrow"])
def test_any_form_of_a_person_gives_their_words_in_any_part(name):
    news = corpus("“No,” said Donald Marrow.", "“Never,” Marrow said.", "Mr. Marrow slept.")
    for part, words in ((news, ["“No,”", "“Never,”"]), (news.select(["a.txt"]), ["“No,”"])):
        assert [*passages.text(part, voices.within(part, speaker=name))] == words


@pytest.fixture
def folder(tmp_path):
    """A folder of two articles, and the function that puts a list of forms into it and loads it."""
    (tmp_path / "a.txt").write_text("Bill Marrow met Hillary Marrow. “Good,” Marrow said. “No,” said the Grey Fox.")
    (tmp_path / "b.txt").write_text("Donald J. Venn came. Donald Venn left. Below Street is shut. “Yes,” said Venn.")

    def loaded(told, encoding="utf-8"):
        (tmp_path / "persons.csv").write_bytes(told.encode(encoding))
        return load(tmp_path)

    return loaded


def test_a_list_of_ones_own_wins_and_is_reported(folder):
    news = folder("form,person\nMarrow,Bill Marrow\nGrey Fox,Hillary Marrow\nDonald Venn,Don Venn\nNobodys,Ida Roe\n")
    known = news.persons.set_index("person")["forms"].to_dict()
    assert known["Bill Marrow"] == "Bill Marrow; Marrow" and known["Hillary Marrow"] == "Grey Fox; Hillary Marrow"
    assert known["Don Venn"] == "Donald Venn" and "Marrow" not in known
    assert news.persons["sure"].all() and len(news) == 2
    assert news.quotes["person"].tolist()[:2] == ["Bill Marrow", "Hillary Marrow"]
    told = news.report(missing=False).set_index("kind")["problem"]
    assert "3 forms of a name mean: Marrow → Bill Marrow; Grey Fox → Hillary Marrow" in told["assumed"]
    assert told["doubtful"] == "in no article stands: Nobodys"


def test_forms_joined_to_one_that_is_listed_as_a_person_follow_it(folder):
    known = folder("form;person\r\nVenn;Donald Venn\r\nBill Marrow;\r\n").persons
    forms = known.set_index("person")["forms"].to_dict()
    assert {*forms["Donald Venn"].split("; ")} == {"Donald J. Venn", "Donald Venn", "Venn"}
    assert "Bill Marrow" not in forms


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("name,who\nA,B\n", "line 1, has the columns name, who; its first line is form,person"),
        ("form,person\n\n,Ilse Marrow\n", "line 3, has no form; write form,person there"),
        ("form,person\nMarrow, Ilse,Ilse Marrow\n", "line 2, has 3 cells and not 2; write"),
        ("form,person\nM,A\nM,B\n", "line 3, says that 'M' is 'B', and line 2 that it is 'A'; keep one"),
        ("form,person\nM,A\nA,B\n", "line 2, says that 'M' is 'A', who is 'B' by line 3; write M,B"),
        ('form,person\n"M,A\n', "line 2, cannot be read (unexpected end of data); its first line is"),
        ("form,person\nMarrow\n", "line 2, has 1 cell and not 2; write form,person there"),
    ],
)
def test_a_bad_list_is_refused_in_a_sentence_with_its_line_and_cure(folder, told, said):
    with pytest.raises(Refusal) as refused:
        folder(told)
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_a_list_in_another_encoding_is_refused_with_the_cure(folder):
    with pytest.raises(Refusal, match="save it as CSV in UTF-8"):
        folder("form,person\nGuaidó,Juan Guaidó\n", "latin-1")
