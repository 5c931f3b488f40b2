"""Text that a format would take for something else, kept from it by an invisible word joiner.

SubRip and ASS have no way to escape a tag. A U+2060 WORD JOINER after the character that begins one leaves the text as it looks and
stops every reader; reading takes it out again.
"""

import re

JOINER = "\u2060"


def guard(text: str, pattern: re.Pattern[str]) -> str:
    """The text with a joiner after every match, which is one character."""
    return pattern.sub(lambda match: match[0] + JOINER, text)


def unguard(text: str, starts: str) -> str:
    """The text without the joiners that follow one of `starts`."""
    return re.sub(f"([{re.escape(starts)}]){JOINER}", r"\1", text) if JOINER in text else text
