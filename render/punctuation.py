"""Typographic apostrophes and quotation marks for what stands on screen, by rules that hold in any language."""

from __future__ import annotations

import re

_OPENS_AFTER = re.compile(r"[\s(\[{«„“‘—–/-]")
_HEBREW = re.compile(r"[\u0590-\u05ff]")


def curl_quotes(text: str) -> str:
    """The text with ' and " made curly: ’ “ ”, and ‘ where it opens what a later ’ closes.

    A mark after a space or an opening bracket opens, any other closes. Marks after figures stay where they can be minutes,
    feet or inches (5' 10"), and so do those inside Hebrew words. Curly marks that are there already are left alone.
    """
    out: list[str] = []
    open_double = False
    for index, char in enumerate(text):
        before, after = text[index - 1 : index] if index else "", text[index + 1 : index + 2]
        opens = not before or bool(_OPENS_AFTER.fullmatch(out[-1]))
        if char == '"':
            if _within_hebrew(before, after) or (before.isdigit() and not open_double):
                out.append(char)
            else:
                out.append("“" if opens else "”")
                open_double = opens
        elif char == "'":
            if _within_hebrew(before, after) or (before.isdigit() and not after.isalpha()):
                out.append(char)
            else:
                out.append("‘" if opens and _is_closed(text, index, after) else "’")
        else:
            out.append(char)
    return "".join(out)


def _within_hebrew(before: str, after: str) -> bool:
    return bool(_HEBREW.match(before)) and bool(_HEBREW.match(after) or not after.isalnum())


def _is_closed(text: str, index: int, after: str) -> bool:
    """True when a mark that could open has its fellow: one that ends a word. Without one it is an apostrophe, as in ’56 and ’tis."""
    return not after.isdigit() and re.search(r"[^\s]'(?!\w)", text[index + 1 :]) is not None
