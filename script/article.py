"""The written side of a film: an article's Markdown, or the narration, as HTML that is safe to show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nh3
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from core.errors import BadInput, Place
from core.findings import Finding
from script.assets import find_asset
from script.document import Script
from script.facts import put_in_facts, unknown_fact
from script.footnotes import read_footnotes, review_footnotes
from script.narration import escape_markdown, markdown_parser
from script.source import Source, read_source

TEASER_PARAGRAPHS = 2
_TAGS = {
    *("p", "br", "hr", "em", "strong", "a", "sup", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("h2", "h3", "h4", "h5", "h6"),
}
_ATTRIBUTES = {"a": {"href", "title", "id"}, "ol": {"start"}, "sup": {"class"}}


@dataclass(frozen=True)
class Article:
    """`html` is sanitised, without the title; `teaser_html` its first paragraphs, without calls of sources.

    `sources` are plain text in the order of their first call: source N is called by links to `#source-N`. `words` counts
    what a reader reads, sources left out.
    """

    title: str
    slug: str
    html: str
    teaser_html: str
    sources: tuple[str, ...]
    words: int


def read_article(script: Script, studio: Path | None = None) -> Article:
    """The article that front matter names, else the narration under its chapters. Raises BadInput when it cannot be read.

    Footnotes of the script may be called in the article file too.
    """
    source = _source(script, studio)
    tokens, _ = _parse(script, source)
    notes = read_footnotes(tokens)
    body = tokens[: next((i for i, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))]
    # The page's own heading is the title; the highest heading below it is of the second level.
    highest = min((int(token.tag[1]) for token in body if token.type == "heading_open"), default=2)
    for token in body:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) - highest + 2)}"
    html = _clean(_render(body))
    teaser = _clean(_render(_without_calls(body[: _teaser_end(body)])))
    text = re.sub(r"<sup\b.*?</sup>", "", html)
    words = len(re.sub(r"<[^>]+>", " ", text).split())
    sources = tuple(put_in_facts(note, script.facts)[0] for note in notes.values())
    return Article(script.front.title, script.front.slug, html, teaser, sources, words)


def review_article(script: Script, studio: Path | None) -> list[Finding]:
    """Unknown facts and footnotes of the article file. The narration is reviewed as part of the script."""
    path = find_asset(script, studio, script.front.article)
    if path is None:
        return []
    source, findings = read_source(path)
    if source is None:
        return findings
    if not any(line.strip() for line in source.lines):
        hint = "write it, or leave `article:` out and the narration is the article"
        return [Finding("empty-article", "error", "the article is empty", hint, source.place(1))]
    tokens, env = _parse(script, source)
    findings += review_footnotes(source, tokens, env, [])
    for number, line in enumerate(source.lines, start=1):
        for name in put_in_facts(line, script.facts)[1]:
            column = line.index(name) - 1
            findings.append(unknown_fact(name, script.facts, source.place(number, max(1, column))))
    return findings


def _source(script: Script, studio: Path | None) -> Source:
    if not script.front.article:
        return Source(script.path, tuple(_narration_markdown(script).split("\n")))
    path = find_asset(script, studio, script.front.article)
    if path is None:
        place = script.front.places.get("article", Place(str(script.path)))
        raise BadInput(
            f"there is no article {script.front.article}", place=place, hint="write it, or leave `article:` out"
        )
    source, findings = read_source(path)
    if source is None:
        raise BadInput(findings[0].message, hint=findings[0].hint, place=findings[0].place)
    lines = list(source.lines)
    # An article may begin with its title, which pages already show.
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("# "):
        lines[first] = ""
    return Source(path, tuple(lines))


def _narration_markdown(script: Script) -> str:
    parts: list[str] = []
    chapter = -1
    for block in script.scenes:
        if block.chapter != chapter and script.chapters[block.chapter].title:
            parts.append(f"# {script.chapters[block.chapter].title}")
        chapter = block.chapter
        if block.narration.markdown:
            parts.append(block.narration.markdown)
    return "\n\n".join(parts)


def _parse(script: Script, source: Source) -> tuple[list[Token], dict[str, Any]]:
    """Tokens of the text, the script's footnotes added after it, facts put into its words."""
    text = "\n".join(source.lines)
    extra = [f"[^{label}]: {_escaped(note)}" for label, note in script.footnotes.items() if f"[^{label}]:" not in text]
    env: dict[str, Any] = {}
    tokens = markdown_parser().parse("\n\n".join([text, *extra]), env)
    for token in tokens:
        for child in token.children or []:
            child.content = put_in_facts(child.content, script.facts)[0]
    return tokens, env


def _escaped(note: str) -> str:
    """Plain text as Markdown that reads the same; addresses become links again."""
    return re.sub(r"https?://[^\s)]+", lambda found: f"<{found.group().replace(chr(92), '')}>", escape_markdown(note))


def _render(tokens: Sequence[Token]) -> str:
    parser = markdown_parser()
    parser.add_render_rule("footnote_ref", _call)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _call(_renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    number = int(tokens[index].meta["id"]) + 1
    return f'<sup class="call"><a href="#source-{number}">{number}</a></sup>'


def _clean(html: str) -> str:
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}).strip()


def _teaser_end(tokens: Sequence[Token]) -> int:
    """The index after the first paragraphs; headings before them are kept, one after the last is not."""
    seen = 0
    for index, token in enumerate(tokens):
        if token.type == "paragraph_close" and token.level == 0:
            seen += 1
            if seen == TEASER_PARAGRAPHS:
                return index + 1
    return len(tokens)


def _without_calls(tokens: Sequence[Token]) -> list[Token]:
    return [token.copy(children=list(_plain(token))) if token.children else token for token in tokens]


def _plain(token: Token) -> Iterator[Token]:
    return (child for child in token.children or [] if child.type != "footnote_ref")
