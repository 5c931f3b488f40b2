"""Bytes of subtitle files as text: what is no text is named, what is not UTF-8 is guessed and told."""

import codecs
import re
from typing import NamedTuple

from core.errors import BadInput

_KINDS = (
    (b"MZ", "a Windows program"), (b"\x7fELF", "a Linux program"), (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"PK\x03\x04", "a zip archive"), (b"PK\x05\x06", "an empty zip archive"), (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"), (b"Rar!\x1a\x07", "a RAR archive"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"), (b"\x28\xb5\x2f\xfd", "a Zstandard archive"), (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"), (b"BM", "a bitmap picture"), (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"), (b"{\\rtf", "a rich text document; save it as plain text"),
    (b"OggS", "an Ogg file"), (b"fLaC", "a FLAC recording"), (b"ID3", "an MP3 recording"), (b"RIFF", "a RIFF file, such as WAV or AVI"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video"), (b"\x00\x00\x01\xba", "an MPEG programme stream, such as VobSub pictures"),
    (b"PG", "a Blu-ray subtitle stream, which holds pictures"), (b"SQLite format 3\x00", "an SQLite database"),
)  # fmt: skip
"""How files begin that are no subtitles, as `file` knows them; those of two letters count only where the rest is no text either."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip

_WIDER = {"ISO-8859-1": "cp1252", "ISO-8859-9": "cp1254", "ISO-8859-11": "cp874", "GB2312": "gb18030", "GBK": "gb18030"}
"""Encodings that are read as the larger ones which contain them (WHATWG Encoding Standard, 4.2 Names and labels)."""

_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})
_LOOKED_AT = 64 * 1024


class Decoded(NamedTuple):
    """A file's text, its encoding, and what a person should know of how that was found."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Text from bytes: by `encoding` if given, else by a byte order mark, as UTF-8, as UTF-16 without a mark, as XML says, or as the
    detector guesses. Raises BadInput for what is no text, naming what it is, and for an encoding that does not fit.
    """
    refuse_binary(data)
    if encoding is not None:
        return _as_told(data, encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(name, "replace"), name)
    if wide := _wide(data):
        return Decoded(data.decode(wide, "replace"), wide, (f"read as {wide.upper()}, which it does not say",))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if found := _nearly_utf8(data):
            return found
        bad = data[error.start]
    declared = re.match(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""", data)
    if declared:
        try:
            return _as_told(data, declared[1].decode("ascii"))
        except BadInput:
            pass
    return _guessed(data, bad)


def _as_told(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
        if name == "utf-8":
            name = "utf-8-sig"
        return Decoded(data.decode(name), name)
    except LookupError as error:
        raise BadInput(
            f"no encoding {encoding!r}", hint="such as utf-8, cp1252, cp1254, cp1251, iso8859-9, utf-16"
        ) from error
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = data[:start].count(b"\n") + 1
        raise BadInput(f"line {line} is not in {encoding}", hint="leave the encoding out to have it guessed") from error


def _wide(data: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of its line ends and figures is NUL."""
    head = data[:2048]
    even, odd = head[0::2], head[1::2]
    if len(head) >= 16 and odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.02 * len(even):
        return "utf-16-le"
    if len(head) >= 16 and even.count(0) > 0.4 * len(even) and odd.count(0) < 0.02 * len(odd):
        return "utf-16-be"
    return ""


def refuse_binary(data: bytes) -> None:
    """Raise BadInput, naming what it is, for a file that does not begin as text does."""
    head = data[:4096]
    if any(head.startswith(mark) for mark, _ in _BOMS) or _wide(head):
        return
    controls = len(head) - len(head.translate(None, _CONTROLS))
    for begins, kind in _KINDS:
        if head.startswith(begins) and (len(begins) > 2 or controls):
            raise _no_text(kind)
    if head[4:8] == b"ftyp":
        raise _no_text("an MP4 or MOV video")
    if controls > max(8, len(head) // 20):
        raise BadInput("this is no text", hint="give a subtitle file: srt, vtt, ttml, ass, json or txt")


def _no_text(kind: str) -> BadInput:
    hint = "unpack it first" if "archive" in kind else "give a subtitle file: srt, vtt, ttml, ass, json or txt"
    return BadInput(f"this is {kind}, not subtitles", hint=hint)


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes, such as a file that was cut within a letter."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    whole = sum(letter > "\x7f" for letter in text) - broken
    if (whole and broken * 10 <= whole) or (broken == 1 and text.endswith("\ufffd") and whole):
        many = "a letter is" if broken == 1 else f"{broken} letters are"
        return Decoded(text, "utf-8", (f"{many} broken and shown as \ufffd",))
    return None


def _guessed(data: bytes, bad: int) -> Decoded:
    import cchardet

    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_LOOKED_AT]
    found = cchardet.detect(telling)["encoding"] or "WINDOWS-1252"
    name = _WIDER.get(found.upper(), found)
    try:
        codec = codecs.lookup(name).name
        text = data.decode(codec)
    except (LookupError, UnicodeDecodeError):
        codec = "cp1252"
        text = data.decode(codec, "replace")
    return Decoded(
        text,
        codec,
        (
            f"not UTF-8 (byte 0x{bad:02x}): read as {codec}, which is a guess: if letters are wrong, name it with --encoding",
        ),
    )
