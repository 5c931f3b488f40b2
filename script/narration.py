"""From Markdown to what a narrator says: links, emphasis, pictures and footnote marks gone."""

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

UNKNOWN_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
# Stands for a footnote's mark until the space before it is known to be of no use.
_MARK = "\0"


def markdown_parser() -> MarkdownIt:
    """CommonMark with footnotes, as scripts and articles are written in."""
    return MarkdownIt("commonmark").use(footnote_plugin, inline=False)


def spoken_paragraphs(tokens: Iterable[Token]) -> Iterator[str]:
    """The plain text of every paragraph among block tokens, on one line each. A paragraph without words is left out."""
    for token in tokens:
        if token.type == "inline":
            text = spoken_text(token)
            if text:
                yield text


def spoken_text(inline: Token) -> str:
    """The words of one inline token. Facts stay as `{{id}}`: their values are no Markdown and go in afterwards."""
    parts = []
    for child in inline.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(UNKNOWN_FOOTNOTE.sub(_MARK, child.content) if child.type == "text" else child.content)
        elif child.type == "footnote_ref":
            parts.append(_MARK)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    text = re.sub(rf" *{_MARK}(?=[.,;:!?…])", "", "".join(parts)).replace(_MARK, "")
    return re.sub(r"[ \t\n]+", " ", text).strip()


def escape_markdown(text: str) -> str:
    """Plain text as Markdown that reads the same."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def printed_text(inline: Token) -> str:
    """One inline token as it is printed in a list of sources: words as spoken, with every link's address after it."""
    parts: list[str] = []
    address = ""
    for child in inline.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "link_open":
            address = str(child.attrs.get("href", ""))
            parts.append("\0")
        elif child.type == "link_close":
            shown = "".join(parts).rpartition("\0")[2]
            if address and shown not in (address, address.removeprefix("mailto:")):
                parts.append(f" ({address})")
    return re.sub(r"\s+", " ", "".join(parts).replace("\0", "")).strip()
