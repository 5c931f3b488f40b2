"""Numbers, shares and money as they are read out in languages other than English; each writes and says them its own way."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from transcripts.folding import Form, fold


@dataclass(frozen=True)
class Convention:
    """How a language writes and says numbers: `point` and `groups` are the marks written before decimals and between thousands;
    `ordinal` matches what makes a number an ordinal, and `ordinals` are endings it may have, in place of so many letters.
    """

    point: str
    groups: str
    comma: str
    percent: str
    money: Mapping[str, str]
    ordinal: str
    endings: tuple[tuple[int, str], ...] = ()
    percent_first: bool = False


_EUROPE = {"¥": "yen", "₺": "lira", "₪": "shekel"}
CONVENTIONS = {
    "de": Convention(",", ".’'", "komma", "prozent", _EUROPE | {"€": "euro", "$": "dollar", "£": "pfund", "₽": "rubel"}, r"\.",
                     ((0, "n"), (0, "r"), (0, "s"))),
    "fr": Convention(",", ".", "virgule", "pour cent", _EUROPE | {"€": "euros", "$": "dollars", "£": "livres", "₽": "roubles"},
                     r"(?:er|ère|re|e|ème|eme|nd|nde|d)", ((0, "e"),)),
    "es": Convention(",", ".", "coma", "por ciento", _EUROPE | {"€": "euros", "$": "dólares", "£": "libras", "₽": "rublos"},
                     r"\.?[ºª°]|er|\.?[oa]", ((1, "a"), (1, ""))),
    "it": Convention(",", ".", "virgola", "per cento", _EUROPE | {"€": "euro", "$": "dollari", "£": "sterline", "₽": "rubli"},
                     r"[ºª°]", ((1, "a"),)),
    "pt": Convention(",", ".", "vírgula", "por cento", _EUROPE | {"€": "euros", "$": "dólares", "£": "libras", "₽": "rublos"},
                     r"\.?[ºª°]", ((1, "a"),)),
    "tr": Convention(",", ".", "virgül", "yüzde", {"₺": "lira", "€": "avro", "$": "dolar", "£": "sterlin", "₽": "ruble"},
                     r"\.|(?:inci|ıncı|uncu|üncü|nci|ncı|ncu|ncü)", percent_first=True),
    "ru": Convention(",", "", "целых", "процентов", {"₽": "рублей", "€": "евро", "$": "долларов", "£": "фунтов", "₺": "лир"},
                     r"-?(?:ый|ой|й|ая|я|ое|е|го|му|ом|м|ых|х)", ((2, "ого"), (2, "ая"), (2, "ом"), (2, "ых"))),
    "ar": Convention(".", ",", "فاصلة", "بالمئة", {"$": "دولار", "€": "يورو", "£": "جنيه", "₺": "ليرة", "₪": "شيكل"}, r"(?!)"),
}  # fmt: skip
"""Sources: each language's usual orthography (Duden, Imprimerie nationale, RAE, TDK); the number words are num2words'."""

_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬٪", "0123456789.,%")
_TURKISH = re.compile(
    "milyar|milyon|bin|yuz|doksan|seksen|yetmis|altmis|elli|kirk|yirmi|on|dokuz|sekiz|yedi|alti|bes|dort|uc|iki|bir|sifir"
)
"""Number words, of which a number is written as one word or as several."""
SIGNS = (*"£$€¥₺₽₹₪%",)
"""Signs of money and of shares, which are written before or behind their number and spoken behind it."""


def foreign_numbers(core: str, language: str) -> list[Form]:
    """Ways to read a written word that holds a number, full stop on; none where it is no plain number or the language is not known."""
    way = CONVENTIONS.get(language)
    if way is None:
        return []
    text = core.translate(_ARABIC)
    marks = re.escape(way.groups)
    grouped = rf"\d{{1,3}}(?:[{marks}]\d{{3}})+|\d+" if marks else r"\d+"
    written = rf"(?P<before>%?[{''.join(SIGNS[:-1])}]?)(?P<whole>{grouped})(?:{re.escape(way.point)}(?P<part>\d+))?(?P<tail>.*)"
    found = re.fullmatch(written, text)
    if not found:
        return []
    number = int(re.sub(r"\D", "", found["whole"]))
    tail = found["tail"]
    return list(dict.fromkeys(_readings(way, language, found["before"], number, found["part"], tail)))


def _readings(way: Convention, language: str, before: str, number: int, part: str | None, tail: str) -> Iterator[Form]:
    if not before and not part and tail and re.fullmatch(way.ordinal, tail, re.IGNORECASE):
        for form in _variants(say(number, language, "ordinal"), language):
            yield form
            for cut, other in way.endings:
                yield (*form[:-1], form[-1][: len(form[-1]) - cut] + fold(other))
        if tail != ".":
            return
    kinds = ("year", "cardinal") if 1100 <= number <= 2099 else ("cardinal",)
    plain = [form for kind in kinds for form in _variants(say(number, language, kind), language)]
    if part:
        zeros = len(part) - len(part.lstrip("0"))
        digits = [word for mark in part for word in say(int(mark), language, "cardinal")]
        whole = [*(say(0, language, "cardinal") * zeros), *say(int(part), language, "cardinal")]
        plain = [(*form, fold(way.comma), *after) for form in plain for after in (digits, whole)]
    ending = tail.rstrip(".")
    unit = before[-1:] if before[-1:] in way.money else ending if ending in way.money else ""
    share = before.startswith("%") or ending == "%"
    suffix = re.fullmatch(r"[’']?(er|(?<=[’'])\w{1,6})", ending)
    for form in plain:
        if share:
            said = tuple(fold(word) for word in way.percent.split())
            yield (*said, *form) if way.percent_first else (*form, *said)
        elif unit:
            yield (*form, fold(way.money[unit]))
            yield form
        elif suffix:
            yield (*form[:-1], form[-1] + fold(suffix[1]))
        elif not ending:
            yield form
        elif fold(ending):
            yield (*form, fold(ending))


def _variants(form: Form, language: str) -> Iterator[Form]:
    """A number in the ways in which its words are written: joined or apart, with or without a leading one."""
    if language == "tr":
        apart = tuple(word for joined in form for word in (_TURKISH.findall(joined) or [joined]))
        if "".join(apart) == "".join(form):
            yield apart
    if language == "ar":
        joined: list[str] = []
        for word in form:
            if joined and joined[-1] == "و":
                joined[-1] += word
            else:
                joined.append(word)
        # A hundred is written with or without its silent alif.
        yield tuple(word.replace("مايه", "ميه") for word in joined)
        yield tuple(joined)
    yield form
    if language == "de" and form[0].startswith(("einhundert", "eintausend")):
        yield (form[0].removeprefix("ein"), *form[1:])
    if language == "ru" and form[:2] == ("одна", "тысяча"):
        yield form[1:]


@cache
def say(number: int, language: str, kind: str) -> Form:
    """A number in words, `kind` cardinal, ordinal or year; its digits where the language is not known."""
    from num2words import num2words

    if number >= 10**15:
        return tuple(word for mark in str(number) for word in say(int(mark), language, kind))
    try:
        words = str(num2words(number, lang=language, to=kind))
    except (NotImplementedError, OverflowError, KeyError, TypeError, ValueError, IndexError):
        return (str(number),)
    return tuple(folded for piece in re.split(r"[\s,-]+", words) if (folded := fold(piece))) or (str(number),)
