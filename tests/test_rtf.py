"""Rich texts: what they show, and what is said of those that are odd, broken or hostile."""

import pytest

from formats import loaded, problems, rich
from hostile import told
from utils.intake import budget

PROSE = "The ferry was late on Monday, as it has been on most days since the lock was closed for repairs."


def document(inside, *, head=""):
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Times{\*\falt CE};}{\f2\fcharset78 Osaka;}{\f3 None;}}"
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{head}{fonts}\pard\f0 {inside}\par {PROSE}\par}}".encode("latin-1")


@pytest.mark.parametrize(("inside", "shown"), [
    (r"caf\'e9 \u8220\'93so\u8221\'94 \emdash\~x", "café “so” —\u00a0x"),
    (r"{\f1 \'b3\'f3d\'9f} \'b3", "łódź ³"), (r"{\f2 \'93\'fa\'96\'7b}", "日本"),
    (r"\u-10179?\u-8704? {\uc0\u233}t\u233 e", "😀 été"),
    ("caf\u00e9", "café"), (r"1\{2\}3\\4\_5", "1{2}3\\4\u20115"), (r"a\line b\tab c", "a\nb\tc"),
    (r"\trowd\intbl HD\cell Late\cell\row x", "HD\tLate\t\nx"),
    (r'{\field{\*\fldinst{HYPERLINK "http://a.example/"}}{\fldrslt{the link}}} HYPERLINK', "the link HYPERLINK"),
    (r"{\pict\pngblip\picw10 " + "89504e47" * 100 + "}after", "after"), (r"{\pict\bin5 }}{{}}after", "after"),
    (r"{\info{\title No}}{\header no\par}{\*\unknown no}{\stylesheet{\s1 No;}}yes", "yes"),
    (r"\bin x\uc y\ansicpg z", "xyz"),
])  # fmt: skip
def test_a_rich_text_shows_what_a_word_processor_shows(inside, shown, tmp_path):
    news = loaded(document(inside), "a.rtf", tmp_path)
    assert news.articles["raw"].iloc[0].strip() == f"{shown}\n{PROSE}".strip()
    assert news.report(missing=False).empty, news.report(missing=False).to_dict("records")


@pytest.mark.parametrize(("content", "kind", "said"), [
    (b"", "unreadable", "the file is empty"), (b"\0 \n", "unreadable", "the file is empty"),
    (b"It rained.", "unreadable", "does not begin as RTF does"), (b"PK\x03\x04", "unreadable", "does not begin as RTF"),
    (rb"{\rtf1 }", "unreadable", "the text is empty"), (document("x")[:-1], "doubtful", "its end is missing"),
    (document("x") + rb"{\rtf1 More.}", "doubtful", " characters after the end of the document were not read"),
    (document(r"x{\footnote A note.}y{\footnote B}"), "doubtful", "its 2 footnotes were not read"),
    (document(r"{\shp{\*\shpinst{\shptxt In a box.}}}"), "doubtful", "its text boxes were not read"),
    (document(r"{\v hidden} x"), "doubtful", "it marks text as hidden or deleted, which was read too"),
    (document(r"x\'00y"), "doubtful", "NUL"), (document(r"a\'e9\u99999999?b"), "doubtful", "“aé\ufffdb The ferry"),
], ids=lambda value: None)  # fmt: skip
def test_what_is_odd_about_a_rich_text_is_said(content, kind, said):
    assert [told for told in problems(content, "a.rtf") if told[0] == kind and said in told[1]]


def test_a_rich_text_that_is_too_large_is_named(monkeypatch):
    monkeypatch.setattr("utils.intake.readers.rtf.LARGEST", 100)
    assert "the limit is" in problems(document("x"), "a.rtf")[0][1]
    monkeypatch.undo()
    monkeypatch.setattr(budget, "WORK", 1_000)
    assert problems(document("x" * 1_000), "a.rtf")[0][1].startswith("reading it takes more than")


def test_no_rich_text_keeps_its_reader_long():
    assert rich(["x"]).startswith(b"{\\rtf1")
    program = r"""
    import sys; sys.path.insert(0, "tests")
    from formats import problems
    n = 30_000
    pieces = ["{", "}", "\\f1", "\\f1\\fcharset2 ", "{\\fonttbl", "{\\field{\\*\\fldinst{HYPERLINK \"", "abcdef01",
              "\\'e9", "\\u8220?", "\\bin1 x", "{\\pict", "\\", "{\\fonttbl{\\f1 a;"]
    for inside in [piece * n for piece in pieces]:
        problems("{\\rtf1 {\\fonttbl{\\f0 A;" + inside, "a.rtf")
        problems("{\\rtf1 {\\fonttbl{\\f0 A;}}" + inside, "a.rtf")
        print(inside[:10])
    """
    assert len(told(program, cpu=20)) == 13
