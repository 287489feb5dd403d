"""E-mails and mailboxes: what a newsletter shows, who sent it, and what is odd, broken or hostile."""

from email import policy
from email.message import EmailMessage

import pytest

from formats import loaded, message, problems, twenty
from hostile import told

PROSE = "The ferry was late on Monday, as it has been on most days since the lock was closed for repairs."
TWENTY = twenty()


def letter(sender="A <a@b.example>", *, plain=f"{PROSE}\n", page="", attached=()):
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["Subject"], mail["Date"] = sender, "Ferry late", "Wed, 3 Dec 2025 23:10:00 +0100 (CET)"
    if plain:
        mail.set_content(plain)
    if page:
        mail.add_alternative(page, subtype="html")
    for name in attached:
        mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


@pytest.mark.parametrize(("sender", "outlet", "byline"), [
    ("The Harbour Post <news@harbourpost.example>", "The Harbour Post", None),
    ("Harbour Post <news@mail.harbour-post.example>", "Harbour Post", None),
    ("Teodor Quill <teodor.quill@harbour.example>", None, "Teodor Quill"),
    ("Teodor Quill from The Harbour Post <x@harbourpost.example>", "The Harbour Post", "Teodor Quill"),
    ("Téo Quill | Le Phare <news@lephare.example>", "Le Phare", "Téo Quill"),
    ("The Morning <nytdirect@b.example>", None, None), ("news@harbourpost.example", None, None),
    ("Newsletter <newsletter@example.org>", None, None), ("", None, None),
])  # fmt: skip
def test_a_sender_is_outlet_or_byline_only_where_the_address_says_the_same(sender, outlet, byline, tmp_path):
    [article] = loaded(letter(sender), "a.eml", tmp_path).articles.to_dict("records")
    found = [None if article[name] != article[name] else article[name] for name in ("outlet", "byline")]
    assert found == [outlet, byline]
    assert article["title"] == "Ferry late" and str(article["published"]) == "2025-12-03 23:10:00"
    assert article["raw"].strip() == PROSE


def test_the_plain_text_is_read_unless_it_is_a_stub(tmp_path):
    page = f"<html><body><p>{PROSE}</p><p style='display:none'>Unseen</p><p>{PROSE} Again.</p></body></html>"
    assert loaded(letter(page=page), "a.eml", tmp_path).articles["raw"].iloc[0].strip() == PROSE
    for plain in ("See this letter in your browser.\n", ""):
        news = loaded(letter(plain=plain, page=page), "a.eml", tmp_path)
        assert news.articles["raw"].iloc[0] == f"{PROSE}\n{PROSE} Again."
    assert "Unseen" not in news.articles["raw"].iloc[0]


def test_a_mailbox_is_a_letter_each_and_a_broken_one_is_named(tmp_path):
    rule = b"From a@b.example Wed Dec  3 08:15:00 2025\n"
    letters = [letter(plain=f"From here on {n}.\n\n>From the quay.\n").replace(b"\r\n", b"\n") for n in range(3)]
    letters[1] = b"Subject: nothing\n\n"
    news = loaded(b"\n".join(rule + each for each in letters), "a.mbox", tmp_path)
    assert news.articles.index.to_list() == ["a.mbox-1", "a.mbox-3"]
    assert news.report(missing=False)["source"].to_list() == ["a.mbox article 2"]


@pytest.mark.parametrize(("content", "said"), [
    (b"", "the file is empty"), (b"It rained.\nAll day.", "it has no head of an e-mail"),
    (letter(attached=["a.pdf", "b.pdf"]), "its 2 attachments were not opened: a.pdf, b.pdf"),
    (letter(plain="", attached=["a.pdf"]), "it holds no text"), (b"A: b\n" * 60_000, "its head has more than"),
    (b"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\n" + b"multipart/x " * 200, "and the limit is 100"),
    (b"Content-Type: text/plain" + b"; a=b" * 9_000 + b"\n\nIt rained.", "more than 10,000 characters"),
    (b"Subject: caf\nContent-Type: text/plain; charset=nowhere\n\ncaf\xe9 " + PROSE.encode(), "read as cp1252"),
])  # fmt: skip
def test_what_is_odd_about_an_e_mail_is_said(content, said):
    assert any(said in problem for _, problem, _ in problems(content, "a.eml"))


def test_a_mailbox_that_is_none_is_named():
    for content in (b"", b"Subject: x\n\nIt rained.", b"\nFrom a\n"):
        assert [kind for kind, *_ in problems(content, "a.mbox")] == ["unreadable"]


def test_a_page_in_a_letter_is_read_as_it_is_shown(tmp_path):
    news = loaded(message(TWENTY[0], form="page").as_bytes(), "a.eml", tmp_path)
    assert news.articles["title"].iloc[0] == TWENTY[0].headline
    assert all(paragraph in news.articles["raw"].iloc[0] for paragraph in TWENTY[0].paragraphs)


def test_no_letter_keeps_its_reader_long():
    program = r"""
    import sys; sys.path.insert(0, "tests")
    from formats import problems
    n = 100_000
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(90)) + "\n--b\n" * n
    attached = "Content-Disposition: attachment" + "; filename*1=b" * 9_000
    for head in ("From: " + "(" * n, "Subject: " + "=?utf-8?q?a?=" * n, "Subject: " + "a " * n, "To: " + "a," * n,
                 "Content-Type: text/plain" + "; a=b" * (n // 3), "Date: " + "1 " * n, nested, "a\n" * 40_000,
                 "Content-Type: text/html\n\n" + "<p>" * n, attached):
        problems(head + "\n\nIt rained.\n", "a.eml")
        problems("From a\n" + head + "\n\nIt rained.\n\nFrom " * 3 + "\n", "a.mbox")
        print(head[:10].replace("\n", " "))
    """
    assert len(told(program)) == 10
