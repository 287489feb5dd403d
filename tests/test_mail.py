"""E-mails and mailboxes: what a newsletter shows, who sent it, and what is odd, broken or hostile."""

from email import policy
from email.message import EmailMessage

import pytest

from formats import loaded, message, problems, twenty
from formats import told as body
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
    n = 30_000
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(90))
    nested += "\n--b\n" * 3_000
    attached = "Content-Disposition: attachment" + "; filename*1=b" * (n // 3)
    rule = "From a Mon Nov  3 08:15:00 2025\n"
    for head in ("From: " + "(" * n, "Subject: " + "=?utf-8?q?a?=" * n, "Subject: " + "a " * n, "To: " + "a," * n,
                 "Content-Type: text/plain" + "; a=b" * (n // 3), "Date: " + "1 " * n, nested, "a\n" * n,
                 "Content-Type: text/html\n\n" + "<p>" * n, attached):
        problems(head + "\n\nIt rained.\n", "a.eml")
        problems((rule + head + "\n\nIt rained.\n\n") * 2 + rule * 1_000, "a.mbox")
        print(head[:10].replace("\n", " "))
    """
    assert len(told(program, cpu=20)) == 10


@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
def test_a_header_of_bytes_that_no_header_holds_is_read(name, tmp_path):
    rule = b"From a Mon Nov  3 08:15:00 2025\n" * (name == "a.mbox")
    for content, title in (("Fähre spät".encode(), "Fähre spät"), (b"F\xe4hre", "Fähre"), (b"\xff\xfe\x81 late", None)):
        head = b"From: B\xf6te <bote@b.example>\nSubject: " + content + b"\nDate: Mon, 03 Nov 2025 08:15:00 +0100\n\n"
        [article] = loaded(rule + head + PROSE.encode(), name, tmp_path).articles.to_dict("records")
        assert title is None or article["title"] == title


FRAME = [  # above and below the text of a newsletter
    ["View in browser", "Email not displaying correctly? View it in your browser.",
     "View this email in your browser", "Trouble viewing this email? Click here to read it online.",
     "Forward to a friend", "Im Browser ansehen", "Voir la version en ligne", "Ver en el navegador",
     "By Ines Corvo"],
    ["You are receiving this email because you signed up for the Harbour Briefing.",
     "You’re receiving this newsletter because you subscribed at harbour.example.",
     "This email was sent to reader@b.example", "Sent to: reader@b.example",
     "Unsubscribe | Manage your preferences | Privacy Policy", "Unsubscribe", "unsubscribe from this list",
     "Don't want these emails? Unsubscribe here.", "Was this email forwarded to you? Sign up here.",
     "Update your email preferences or unsubscribe here.", "Add us to your address book",
     "The Harbour Post, 12 Quay Street, Port Ann, NY 10018", "© 2025 The Harbour Post. All rights reserved.",
     "Sie erhalten diesen Newsletter, weil Sie sich angemeldet haben.", "Newsletter abbestellen", "Se désabonner",
     "Vous recevez cet e-mail car vous êtes inscrit.", "Darse de baja",
     "Recibe este correo porque se suscribió al boletín."],
]  # fmt: skip


def test_the_frame_of_a_newsletter_is_no_body(tmp_path):
    above, below = FRAME
    plain = "\n\n".join([*above, PROSE, f"“Nobody knew,” said Ilse Marrow. {PROSE}", *below])
    [article] = (news := loaded(letter(plain=plain), "a.eml", tmp_path)).articles.to_dict("records")
    assert [text for _, text in body(news, "body")] == [PROSE, f"“Nobody knew,” said Ilse Marrow. {PROSE}"]
    assert article["byline"] == "Ines Corvo"
