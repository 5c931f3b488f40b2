"""Bytes as text: encodings that nobody declared, and files that are no text."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from transcripts.decoding import decode
from transcripts.subtitle_files import read_subtitles

LINES = {
    "cp1252 fr": [
        "Où étaient-ils passés ? Je ne sais pas.",
        "Ça, c'est une bonne idée, n’est-ce pas ?",
        "L'été dernier, à Genève.",
    ],
    "cp1252 de": [
        "Über die Straße führt kein Weg.",
        "Die Schiffe müssen früher ankommen.",
        "Größe zählt nicht – außer hier.",
    ],
    "cp1252 es": ["¿Dónde está el canal?", "Mañana será otro día, señor.", "Los niños comían pan en el jardín."],
    "cp1252 sv": ["Är det långt kvar?", "Nej, vi är snart där.", "Fartygen väntade i tre dagar."],
    "cp1252 en": ["It’s a long way – don’t you think?", "“Yes,” she said.", "The café was closed."],
    "cp1254 tr": [
        "Şimdi ne yapacağız?",
        "Gemiler İstanbul Boğazı’ndan geçiyor.",
        "Hiç kimse bunu beklemiyordu, değil mi?",
    ],
    "cp1251 ru": ["Корабли ждали три дня.", "Что мы теперь будем делать?", "Никто этого не ожидал."],
    "cp1251 uk": ["Кораблі чекали три дні.", "Що ми тепер будемо робити?", "Ніхто цього не очікував."],
    "koi8-r ru": ["Корабли ждали три дня.", "Что мы теперь будем делать?", "Никто этого не ожидал."],
    "cp1256 ar": ["السفن تنتظر منذ ثلاثة أيام.", "ماذا سنفعل الآن؟", "لم يتوقع أحد ذلك."],
    "cp1253 el": ["Τα πλοία περίμεναν τρεις μέρες.", "Τι θα κάνουμε τώρα;", "Κανείς δεν το περίμενε αυτό."],
    "cp1255 he": ["האוניות חיכו שלושה ימים.", "מה נעשה עכשיו?", "אף אחד לא ציפה לזה."],
    "cp1250 pl": ["Statki czekały trzy dni.", "Nikt się tego nie spodziewał, prawda?", "Źródło światła było żółte."],
    "iso8859-2 pl": ["Statki czekały trzy dni.", "Nikt się tego nie spodziewał, prawda?", "Źródło światła było żółte."],
    "iso8859-9 tr": ["Şimdi ne yapacağız?", "Gemiler geçiyor.", "Hiç kimse bunu beklemiyordu, değil mi?"],
    "iso8859-15 fr": ["Cela coûte 5 €.", "Ça, c'est l'œuvre d'un fou !", "L'été dernier, à Genève."],
    "shift_jis ja": ["船は三日間待っていました。", "どうしましょうか。", "誰も予想していなかった。"],
    "gb18030 zh": ["船等了三天。", "我们现在怎么办？", "没有人预料到这一点。"],
    "big5 zh": ["船等了三天。", "我們現在怎麼辦？", "沒有人預料到這一點。"],
    "euc_kr ko": ["배들은 사흘을 기다렸다.", "이제 어떻게 하죠?", "아무도 예상하지 못했다."],
}


def subrip(lines: list[str], end: str = "\r\n") -> str:
    return "".join(
        f"{n}{end}00:00:{n:02},000 --> 00:00:{n:02},900{end}{line}{end}{end}" for n, line in enumerate(lines, 1)
    )


@pytest.mark.parametrize("case", LINES)
def test_old_encodings_are_guessed_and_told(case: str) -> None:
    text = subrip(LINES[case])
    decoded = decode(text.encode(case.split(maxsplit=1)[0]))
    assert decoded.text == text
    assert "a guess" in decoded.remarks[0]
    assert decode(text.encode(case.split(maxsplit=1)[0]), case.split(maxsplit=1)[0]).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    "lines", [["Çok güzel", "\u200fשלום\u200e"], ["plain", "text"], ["船は三日間待っていました。"]]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_unicode_in_all_its_forms(tmp_path: Path, encoding: str, lines: list[str], end: str) -> None:
    path = tmp_path / "film.srt"
    path.write_bytes(subrip(lines, end).encode(encoding))
    assert [cue.lines for cue in read_subtitles(path).cues] == [(line,) for line in lines]


def test_a_byte_order_mark_of_the_other_end() -> None:
    assert decode(b"\xfe\xff" + "Ş".encode("utf-16-be")).text == "Ş"
    assert decode(b"\xff\xfe" + "Ş".encode("utf-16-le")).text == "Ş"


def test_utf8_that_is_cut_or_broken_stays_utf8() -> None:
    whole = subrip(["Şimdi ne yapacağız?", "Gemiler geçiyor.", "Değil mi"]).encode()
    decoded = decode(whole.rstrip() + "ş".encode()[:1])
    assert decoded.text.endswith("Değil mi\ufffd")
    assert decoded.remarks == ("a letter is broken and shown as \ufffd",)


def test_xml_says_its_encoding() -> None:
    text = '<?xml version="1.0" encoding="windows-1254"?><tt>Şğ</tt>'
    assert decode(text.encode("cp1254")).text == text


@pytest.mark.parametrize(
    ("encoding", "message"),
    [("no-such", "no encoding"), ("utf-8", "line 2 is not in utf-8"), ("base64", "no encoding")],
)
def test_an_encoding_that_does_not_fit(encoding: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        decode(b"a\n\xe9t\xe9", encoding)


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("film.srt", subrip(["a"]))
    return stream.getvalue()


def picture(kind: str) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (Path("/proc/self/exe").read_bytes()[:100_000], "a Linux program"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04" + bytes(100), "a Windows program"),
        (archive(), "a zip archive"),
        (gzip.compress(b"a"), "a gzip archive"),
        (picture("PNG"), "a PNG picture"),
        (picture("JPEG"), "a JPEG picture"),
        (picture("BMP"), "a bitmap picture"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(50), "an MP4 or MOV video"),
        (b"\x1aE\xdf\xa3" + bytes(50), "a Matroska"),
        (b"PG\x00\x00\x12" + bytes(50), "Blu-ray"),
        (bytes(range(256)) * 8, "this is no text"),
        (bytes(1000), "this is no text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # some of the bytes hold the time at which they were made
)  # fmt: skip
def test_what_is_no_subtitle_file_is_named(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "film with spaces.srt"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=told) as caught:
        read_subtitles(path)
    assert caught.value.place
    assert caught.value.place.file == str(path)
    with pytest.raises(BadInput, match=told):
        read_subtitles(path, encoding="latin-1")


@pytest.mark.parametrize("text", ["MZ is a licence plate", "BMW", "PG rated"])
def test_text_that_begins_like_something_else(text: str) -> None:
    assert decode(text.encode()).text == text


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except BadInput:
        return
    assert isinstance(decoded.text, str)


@given(st.text(max_size=200), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_what_says_its_encoding_comes_back_whole(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding, "replace")).text.removeprefix("\ufeff") == text.encode(
        encoding, "replace"
    ).decode(encoding)
