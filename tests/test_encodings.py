"""Encodings: the right one for each text, nothing that is no text, and mojibake pointed out but left alone."""

import random
import time

import pytest

from utils.intake.encodings import AROUND, decoded, doubt, without_nul

TEXTS = {
    "fr": "Le café de la Nièvre a été fermé à l’été. « Où êtes-vous ? », dit-il : cœur, 5 €. ",
    "de": "Die Brücke über den Fluß wurde größer. „Ja“, sagte Müller – für 5 €. ",
    "es": "El señor Peña dijo: «¿Dónde está el niño?» y se marchó de la población. ",
    "en": "The café’s owner said: “We’re fine” – naïve, isn’t it? It was a long winter for them. ",
    "pl": "Zażółć gęślą jaźń. Wczoraj w Łodzi odbyło się spotkanie, na którym śpiewano. ",
    "ru": "Вчера в городе прошла встреча министров. «Мы согласны», сказал он. ",
    "el": "Χθες στην πόλη έγινε συνάντηση των υπουργών. Συμφωνούμε, είπε. ",
    "he": "אתמול בעיר התקיימה פגישה של השרים. אנחנו מסכימים, אמר. ",
    "ar": "أمس في المدينة عقد اجتماع للوزراء. نحن موافقون، قال. ",
    "ja": "昨日、町で大臣の会議が行われた。「賛成だ」と彼は言った。\n",
    "zh": "昨天在城里举行了部长会议。他说：“我们同意。”\n",
    "ko": "어제 도시에서 장관 회의가 열렸다. 우리는 동의한다고 그가 말했다. ",
    "hi": "कल शहर में मंत्रियों की बैठक हुई। हम सहमत हैं, उन्होंने कहा। ",
    "th": "เมื่อวานนี้มีการประชุมในเมือง เขากล่าวว่าเห็นด้วย\n",
}
OLD = [
    ("fr", "cp1252"), ("de", "cp1252"), ("es", "cp1252"), ("es", "latin-1"), ("en", "cp1252"), ("fr", "iso8859-15"),
    ("en", "mac_roman"), ("fr", "mac_roman"), ("pl", "cp1250"), ("pl", "iso8859-2"), ("ru", "cp1251"), ("ru", "koi8-r"),
    ("el", "cp1253"), ("he", "cp1255"), ("ar", "cp1256"), ("ja", "shift_jis"), ("ja", "euc_jp"), ("ja", "iso2022_jp"),
    ("zh", "gbk"), ("zh", "big5"), ("ko", "euc_kr"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "encoding"), OLD)
@pytest.mark.parametrize("times", [1, 20])
def test_old_encodings_are_recognised(language, encoding, times):
    content = (TEXTS[language] * times).encode(encoding, "ignore")
    assert decoded(content)[0] == content.decode(encoding)


@pytest.mark.parametrize("encoding", [
    "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be",
])  # fmt: skip
@pytest.mark.parametrize("language", TEXTS)
def test_unicode_is_told_with_and_without_a_mark(language, encoding):
    assert decoded(TEXTS[language].encode(encoding)) == (TEXTS[language], encoding[:6].rstrip("-"))


LATE = "Ferry late again\nThe ferry was late on Monday and nobody knew why it was so.\n"


@pytest.mark.parametrize(("content", "encoding"), [
    (LATE.replace("\n", "\0\n", 1).encode(), "utf-8"), (f"\0{LATE}".encode(), "utf-8"), (f"{LATE}\0".encode(), "utf-8"),
    (LATE.replace(" ", " \0").encode(), "utf-8"), (LATE.encode() + bytes(4096), "utf-8"),
    (bytes(511) + LATE.encode(), "utf-8"), (LATE.replace("\n", "\0\n", 1).encode("utf-16"), "utf-16"),
    (LATE.replace("\n", "\0\n", 1).encode("utf-16-be"), "utf-16"), (LATE.encode("utf-16-le") + bytes(99), "utf-16"),
    (LATE.encode("utf-32-be") + bytes(99), "utf-32"),
])  # fmt: skip
def test_a_stray_nul_is_left_out_and_said_and_changes_no_encoding(content, encoding):
    text, taken = decoded(content)
    whole, (problem, _) = without_nul(text)
    assert (whole, taken) == (LATE, encoding)
    assert problem.startswith("it holds NUL characters") and "\0" not in problem and without_nul(whole) == (LATE, None)


@pytest.mark.parametrize(("language", "codec"), [
    *((language, "utf-8") for language in TEXTS), ("fr", "cp1252"), ("ru", "cp1251"), ("zh", "gbk"),
])  # fmt: skip
def test_a_nul_in_other_languages_and_in_old_encodings(language, codec):
    text = TEXTS[language] * 5
    for place in (0, 7, len(text)):
        found = decoded(text[:place].encode(codec) + b"\0" + text[place:].encode(codec))[0]
        assert without_nul(found)[0] == text


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["en", "fr", "pl", "ru", "he", "ar", "el"])
@pytest.mark.parametrize("head", ["Late\n", LATE, f"Um {LATE}ö"])
def test_what_is_utf_16_only_in_part_is_read_as_what_each_part_is(head, language, codec):
    assert decoded(head.encode() + TEXTS[language].encode(codec)) == (head + TEXTS[language], "utf-8 and utf-16")
    turned = decoded(TEXTS[language].encode("utf-16") + LATE.encode())
    assert turned == (TEXTS[language] + LATE, "utf-8 and utf-16")


def test_a_byte_too_many_or_too_few_in_utf_16_costs_one_sign():
    half = LATE.encode("utf-16-le")
    assert decoded(half + b"x") == (f"{LATE}\ufffd", "utf-16")
    assert decoded(half[:-1]) == (f"{LATE[:-1]}\ufffd", "utf-16")
    assert decoded(half + b"x" + half) == (f"{LATE}x{LATE}", "utf-16")


def test_windows_1252_is_named_where_it_was_taken():
    assert decoded("Café “news”, naïve".encode("cp1252")) == ("Café “news”, naïve", "cp1252")
    assert decoded(b"") == ("", "utf-8") and decoded(b"caf\xc3\xa9") == ("café", "utf-8")


def test_a_little_damage_in_utf_8_is_shown_and_the_rest_is_read():
    whole = (TEXTS["fr"] * 3).encode()
    text, encoding = decoded(whole[:-4] + b"\x82\xac caf\xe9, and more.")
    assert encoding == "utf-8" and "cœur" in text and text.count("\ufffd") >= 1
    assert "stand as U+FFFD" in doubt(text)[0]


@pytest.mark.parametrize(("content", "said"), [
    (b"\x89PNG\r\n\x1a\n" + b"text " * 99, "a PNG picture"), (b"PK\x03\x04" + b"a" * 99, "a zip archive"),
    (b"%PDF-1.7\n% all of it plain", "a PDF"), (b"MZ\x90\0" + b"\0" * 60 + b"This program cannot", "a program"),
    (b"{\\rtf1 plain}", "an RTF"), (bytes(60), "NUL"), (b"\1\0\x83x\0\0q\7" * 30, "NUL"),
    (bytes(range(1, 32)) * 9, "control characters"),
    (b"He\x01 spoke at noon, and\x02 left.", "control characters"),
    (b"}\xcb>6<\xb2%\xea5=\xbf\xaf\xdb#\xaa\x8d&(\xb9)|\x9a\xd2\xb4\xe2\xde\xe28\xf8\xd8", "no text in any encoding"),
    (b"\xff\xfe" + bytes(random.Random(5).randbytes(400)), "what follows is no text"),
    (b"\xe1\xf0\x92\xb7\xd2\xb1\xcc\xee" * 40, "no text in any encoding"),
])  # fmt: skip
def test_what_is_no_text_is_refused(content, said):
    text, reason = decoded(content)
    assert text is None and said in reason


def test_random_bytes_are_hardly_ever_taken_for_text():
    rng = random.Random(2031)
    taken = {n: sum(decoded(rng.randbytes(n))[0] is not None for _ in range(300)) for n in (40, 100, 1000)}
    assert taken[40] <= 9 and taken[100] == taken[1000] == 0


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "iso8859_15"])
@pytest.mark.parametrize("sign", ["’", "“", "”", "—", "é", "ß", "…", "€"])
def test_a_single_sign_in_the_wrong_encoding_is_pointed_out(sign, wrong):
    spoiled = "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in sign.encode())
    for text in (f"The captain{spoiled}s boat left.", f"She said {spoiled}no, and left.", f"It was {spoiled} late."):
        assert "another encoding" in (doubt(text) or [""])[0]


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", [*TEXTS.values(), "Málaga", "© 2031", "«oui»", "😀 ok", "Über", "Łódź"])
def test_mojibake_is_pointed_out(text, wrong):
    spoiled = "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in text.encode())
    assert doubt(text) is None
    problem, cure = doubt(f"Long before it. {spoiled}")
    assert "UTF-8 had been read in another encoding" in problem and "as it is" in cure
    assert any(sign in problem for sign in spoiled if sign > "\x7f") and len(problem) < 100 + 3 * AROUND


@pytest.mark.parametrize("text", [
    "“CAFÉ”", "«É»", "“IRMÃ”", "São Paulo, IRMÃO", "à la’s", "é”s “à”", "5 × 3, √4 and x√2", "ГОРОД “Ð” —", "“ÞÆÐ”",
    "Îles et Ïambes", "naïve Øystein", "ÂGE",
])  # fmt: skip
def test_honest_accents_are_no_mojibake(text):
    assert doubt(text) is None


def test_a_large_file_in_an_old_encoding_takes_seconds():
    content = ((TEXTS["en"] * 10 + "\n") * 6_000).encode("cp1252")
    start = time.perf_counter()
    text, encoding = decoded(content)
    assert time.perf_counter() - start < 3 and encoding == "cp1252" and len(text) == len(content) > 5_000_000
