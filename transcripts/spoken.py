"""How written words sound: numbers, dates, money, abbreviations and contractions as the words a narrator says."""

import re
from functools import lru_cache

from transcripts.folding import Form, fold
from transcripts.numerals import foreign_numbers, say

__all__ = ["Form", "fold", "spoken_forms"]

_ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "mr": ("mister",), "mrs": ("missus",), "ms": ("miz",), "dr": ("doctor",), "prof": ("professor",), "st": ("saint", "street"),
    "gen": ("general",), "lt": ("lieutenant",), "col": ("colonel",), "capt": ("captain",), "sgt": ("sergeant",),
    "gov": ("governor",), "sen": ("senator",), "rep": ("representative",), "jr": ("junior",), "sr": ("senior",), "rev": ("reverend",),
    "no": ("number",), "vs": ("versus",), "etc": ("et cetera",), "eg": ("for example",), "ie": ("that is",), "approx": ("approximately",),
    "ft": ("feet",), "mt": ("mount",), "govt": ("government",), "dept": ("department",), "inc": ("incorporated",),
    "ltd": ("limited",), "co": ("company",), "corp": ("corporation",), "jan": ("january",), "feb": ("february",), "mar": ("march",),
    "apr": ("april",), "jun": ("june",), "jul": ("july",), "aug": ("august",), "sep": ("september",), "sept": ("september",),
    "oct": ("october",), "nov": ("november",), "dec": ("december",), "pm": ("p m",),
    "km": ("kilometres",), "kg": ("kilograms",), "mph": ("miles an hour",), "bn": ("billion",), "tn": ("trillion",),
}  # fmt: skip
"""Read out in full when a full stop follows them."""

_ALWAYS = {"mr", "mrs", "ms", "dr", "vs", "prof", "km", "kg", "mph", "bn", "tn"}
"""Read out in full also where no full stop follows."""

_WORDS = {"no", "mar", "col", "co", "rep"}
"""Words as often as abbreviations."""

_UNITS = {
    "km": "kilometres", "m": "metres", "cm": "centimetres", "mm": "millimetres", "kg": "kilograms", "g": "grams", "t": "tonnes",
    "mph": "miles an hour", "kmh": "kilometres an hour", "km2": "square kilometres", "m2": "square metres", "bn": "billion",
    "tn": "trillion", "k": "thousand", "gw": "gigawatts", "mw": "megawatts", "kw": "kilowatts", "c": "degrees celsius",
    "f": "degrees fahrenheit", "°": "degrees", "°c": "degrees celsius", "°f": "degrees fahrenheit", "%": "percent",
}  # fmt: skip

_SCALES = {"m": "million", "bn": "billion", "b": "billion", "tn": "trillion", "k": "thousand"}
_MONEY = {"£": "pounds", "$": "dollars", "€": "euros", "¥": "yen", "₺": "lira", "₹": "rupees", "₪": "shekels"}
_SYMBOLS = {"&": "and", "+": "plus", "=": "equals", "@": "at"}
_CONTRACTED = {
    "s": ("is", "has"),
    "re": ("are",),
    "ll": ("will",),
    "ve": ("have",),
    "d": ("would", "had"),
    "m": ("am",),
}
_IRREGULAR = {"wont": ("will", "not"), "cant": ("can", "not"), "shant": ("shall", "not"), "aint": ("is", "not")}

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_QUANTITY = re.compile(
    rf"([£$€¥₺₹₪#])?({_NUMBER.pattern})(st|nd|rd|th|s|[^\W\d_]{{1,3}}[²2]?|°[cf]?|%)?", re.IGNORECASE
)
_APOSTROPHES = re.compile(r"[’‘ʼ'`´]")


@lru_cache(maxsize=65_536)
def spoken_forms(text: str, language: str = "en") -> tuple[Form, ...]:
    """The ways in which one written word, its punctuation on, may be spoken; the likeliest first; empty for pure punctuation.

    Numbers are read as words, four digits also as a year; abbreviations, symbols and contractions both short and in full. For
    languages other than English, numbers, shares and money are known.
    """
    if text.strip() in _SYMBOLS and language == "en":
        return ((_SYMBOLS[text.strip()],),)
    core = text.strip().strip("\"“”„«»()[]{}…—–-,;:!?¡¿*_‘’'`")
    bare = core.rstrip(".")
    forms: list[Form] = []
    if any(mark.isdecimal() for mark in bare):
        forms += foreign_numbers(_numeral(text), language) or _numeric(bare, language)
    if language == "en":
        forms += _english(core, bare)
    pieces = [fold(piece) for piece in re.split(r"[-‐‑–—/]", bare)]
    pieces = [piece for piece in pieces if piece]
    if pieces and not (forms and any(mark.isdecimal() for mark in bare[-1] + (bare if language != "en" else ""))):
        forms.append(tuple(pieces))
        if len(pieces) > 1:
            forms.append(("".join(pieces),))
    if language == "en":
        forms += [_american(form) for form in forms if "hundred" in form or "thousand" in form]
    return tuple(dict.fromkeys(form for form in forms if form))


def _numeral(text: str) -> str:
    """A written number without what stands around it; what belongs to numbers, such as a full stop behind an ordinal, stays."""
    return text.strip().strip('"“”„«»()[]{}…—–,;:!?¡¿*_‘`').rstrip("’'").lstrip("’'-")


def _american(form: Form) -> Form:
    """A number without the "and" of British usage."""
    kept = [
        word for at, word in enumerate(form) if word != "and" or form[at - 1] not in ("hundred", "thousand", "million")
    ]
    return tuple(kept)


def _english(core: str, bare: str) -> list[Form]:
    folded = fold(bare)
    forms: list[Form] = []
    if folded in _ABBREVIATIONS and ((core.endswith(".") and core[0].isalpha()) or folded in _ALWAYS):
        forms += [(folded,)] if folded in _WORDS else []
        forms += [tuple(reading.split()) for reading in _ABBREVIATIONS[folded]]
    dotted = re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]?(?:[’']s)?", core) is not None
    letters = re.fullmatch(r"[A-Z]{2,5}", bare) is not None
    if (dotted or (letters and (len(bare) <= 3 or not re.search(r"[AEIOUY]", bare)))) and len(folded) > 1:
        forms.append(tuple(folded))
    elif letters:
        forms += [(folded,), tuple(folded)]
    parts = _APOSTROPHES.split(bare.casefold())
    if len(parts) == 2 and parts[0]:
        forms.append((folded,))
        if folded in _IRREGULAR:
            forms.append(_IRREGULAR[folded])
        elif parts[1] == "t" and parts[0].endswith("n"):
            forms.append((fold(parts[0][:-1]), "not"))
        forms += [(fold(parts[0]), ending) for ending in _CONTRACTED.get(parts[1], ())]
    return forms


def _numeric(bare: str, language: str) -> list[Form]:
    """Readings of a token with digits in it; none when it has no reading we know."""
    clock = re.fullmatch(r"(\d{1,2}):(\d{2})", bare)
    if clock:
        hour, minute = int(clock[1]), int(clock[2])
        rest = ("oclock",) if minute == 0 else (("oh",) if minute < 10 else ()) + _cardinal(minute, language)
        return [_cardinal(hour, language) + rest]
    decade = re.fullmatch(r"[’']?(\d?\d?\d0)[’']?s", bare)
    if decade and language == "en":
        words = _year(int(decade[1]), language)[0]
        return [(*words[:-1], re.sub(r"y$", "ie", words[-1]) + "s")]
    whole = _QUANTITY.fullmatch(bare)
    if whole:
        return _quantity(whole[1] or "", whole[2], (whole[3] or "").lower(), language)
    pieces = [piece for piece in re.split(r"[-‐‑–—/]", bare) if piece]
    if len(pieces) > 1:
        readings = [(spoken_forms(piece, language) or ((),))[0] for piece in pieces]
        plain = tuple(word for reading in readings for word in reading)
        if len(pieces) == 2 and language == "en" and all(piece[0].isdigit() for piece in pieces):
            return [(*readings[0], "to", *readings[1]), plain]
        return [plain]
    mixed = re.findall(r"\d+|[^\W\d_]+", bare)
    return [
        tuple(
            word
            for piece in mixed
            for word in (_cardinal(int(piece), language) if piece.isdecimal() else (fold(piece),))
        )
    ]


def _quantity(sign: str, digits: str, tail: str, language: str) -> list[Form]:
    plain = digits.replace(",", "")
    if tail in ("st", "nd", "rd", "th"):
        return [say(int(plain), language, "ordinal")] if plain.isdigit() else []
    if "." in plain:
        before, after = plain.split(".")
        forms = [(*_cardinal(int(before), language), "point", *(_cardinal(int(mark), language)[0] for mark in after))]
    elif len(digits) == 4 and 1100 <= int(plain) <= 2099 and not sign and not tail:
        forms = [*_year(int(plain), language), _cardinal(int(plain), language)]
    else:
        forms = [_cardinal(int(plain), language)]
        if language == "en" and int(plain) % 1000 == 500 and int(plain) > 1000:
            forms.append((*_cardinal(int(plain) // 1000, language), "and", "a", "half", "thousand"))
        if len(plain) > 1 and plain.startswith("0"):
            forms.insert(0, tuple(_cardinal(int(mark), language)[0] for mark in plain))
    if sign == "#":
        return [("number", *form) for form in forms]
    if sign:
        scale = (_SCALES[tail],) if tail in _SCALES else ()
        unit = _MONEY[sign][:-1] if plain == "1" and not scale and _MONEY[sign].endswith("s") else _MONEY[sign]
        return [(*form, *scale, unit) for form in forms] + [(*form, *scale) for form in forms]
    if tail in _UNITS or tail.replace("²", "2") in _UNITS:
        reading = _UNITS.get(tail) or _UNITS[tail.replace("²", "2")]
        more = [(*form, "per", "cent") for form in forms] if tail == "%" else []
        return [(*form, *reading.split()) for form in forms] + more
    return [(*form, tail) for form in forms] if tail else forms


def _year(year: int, language: str) -> list[Form]:
    forms = [say(year, language, "year")]
    if language == "en" and year < 2000 and year % 100:
        forms.append((*_cardinal(year // 100, language), "hundred", "and", *_cardinal(year % 100, language)))
    if language == "en" and 2000 < year < 2100:
        forms.append(("two", "thousand", "and", *_cardinal(year % 100, language)))
        if year < 2010:
            forms.append(("twenty", "oh", *_cardinal(year % 10, language)))
    return forms


def _cardinal(number: int, language: str) -> Form:
    return say(number, language, "cardinal")
