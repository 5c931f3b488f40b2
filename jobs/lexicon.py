"""The studio's lexicon: names from its scripts, the articles of its catalogue and its `names.toml`, kept until one of them changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalogue.articles import article_texts
from catalogue.searchable import html_to_text
from core.cache import touch
from core.database import reading
from core.digest import digest, file_digest
from core.files import write_text
from core.settings import Settings
from jobs.studio import open_catalogue
from render.geography.names import code_of_name, country_name
from render.geography.spellings import spellings_of
from script.assets import find_asset
from script.document import Script, every_field
from script.facts import FACTS_FILE
from script.narration import markdown_parser, spoken_paragraphs
from script.reader import read_script
from script.source import read_source
from transcripts.gathering import Writing, gather
from transcripts.lexicon import Lexicon
from transcripts.own_names import NAMES_FILE, read_own_names
from transcripts.vocabulary import words_of

_VERSION = "1"
"""Part of every address here: changes when other names are found in the same texts."""

_BLOCK_ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote|pre|td)>|<br ?/?>")
_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class StudioNames:
    """The lexicon, how many scripts and articles it is from, and which scripts could not be read and why."""

    lexicon: Lexicon
    scripts: int = 0
    articles: int = 0
    unread: tuple[tuple[str, str], ...] = ()


def read_lexicon(settings: Settings) -> StudioNames:
    """The lexicon of a studio. Raises CheckFailed with all that is wrong in its `names.toml`.

    A script with errors gives the names of what can be read of it. Every script is read once, and again when it, its article or
    its facts change; the lexicon is made again when any text did.
    """
    own = read_own_names(settings.home / NAMES_FILE)
    unread: list[tuple[str, str]] = []
    writings: list[Writing] = []
    slugs: set[str] = set()
    files = sorted((settings.home / "scripts").glob("*/script.md"))
    for file in files:
        slug, read, reason = _script_writings(file, settings)
        slugs.add(slug)
        writings += read
        if reason:
            unread.append((file.relative_to(settings.home).as_posix(), reason))
    articles = [writing for writing in _articles(settings) if writing.source.removeprefix("article ") not in slugs]
    key = digest(_VERSION, own, [*writings, *articles])
    kept = settings.cache / "names" / f"{key}.json"
    lexicon = _kept(kept)
    if lexicon is None:
        lexicon = gather([*writings, *articles], own, spellings_of, words_of)
        write_text(kept, json.dumps(lexicon.to_json(), ensure_ascii=False))
    return StudioNames(lexicon, len(files) - len(unread), len(articles), tuple(unread))


def _kept(file: Path) -> Lexicon | None:
    try:
        lexicon = Lexicon.from_json(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    touch(file)
    return lexicon


def _script_writings(file: Path, settings: Settings) -> tuple[str, list[Writing], str]:
    """A script's slug, its texts and those of its article, and why it has none."""
    around = [
        settings.home / FACTS_FILE,
        *sorted(path for path in file.parent.iterdir() if path.suffix in (".md", ".toml")),
    ]
    key = digest(_VERSION, [(path.name, file_digest(path)) for path in around if path.is_file()])
    kept = settings.cache / "names" / f"{key}.json"
    try:
        facts = json.loads(kept.read_text(encoding="utf-8"))
        touch(kept)
        texts = [
            (source, tuple(paragraphs), tuple(names), language)
            for source, paragraphs, names, language in facts["texts"]
        ]
        return facts["slug"], [Writing(*text) for text in texts], facts["reason"]
    except (OSError, ValueError, KeyError, TypeError):
        slug, writings, reason = _read(file, settings)
        rows = [[writing.source, writing.paragraphs, writing.names, writing.language] for writing in writings]
        write_text(kept, json.dumps({"slug": slug, "texts": rows, "reason": reason}, ensure_ascii=False))
        return slug, writings, reason


def _read(file: Path, settings: Settings) -> tuple[str, list[Writing], str]:
    script, findings = read_script(file, settings.home)
    if script is None:
        first = next((finding.message for finding in findings if finding.severity == "error"), "it has no scene")
        return file.parent.name, [], first
    source = file.relative_to(settings.home).as_posix()
    spoken = tuple(text for block in script.scenes for text in block.narration.paragraphs)
    marked = tuple(_marked_names(script))
    writings = [Writing(source, spoken, marked, script.front.language)]
    article = find_asset(script, settings.home, script.front.article) if script.front.article else None
    if article:
        written, _ = read_source(article)
        if written:
            paragraphs = tuple(spoken_paragraphs(markdown_parser().parse("\n".join(written.lines))))
            where = (
                article.relative_to(settings.home).as_posix() if article.is_relative_to(settings.home) else str(article)
            )
            writings.append(Writing(where, paragraphs, (), script.front.language))
    return script.front.slug, writings, ""


def _marked_names(script: Script) -> Iterator[str]:
    """Names that scenes mark as such: places of maps, people in lower thirds, countries by their codes."""
    for block in script.scenes:
        for path, value in every_field(block.fields):
            if not isinstance(value, str):
                continue
            named = path[0] in ("places", "lower_third") and path[-1] == "name"
            if named and value[:1].isupper():
                yield value
            elif _CODE.fullmatch(value) and (code := code_of_name(value)):
                yield country_name(code)


def _articles(settings: Settings) -> Iterator[Writing]:
    engine = open_catalogue(settings)
    try:
        with reading(engine) as session:
            texts = article_texts(session)
    finally:
        engine.dispose()
    for slug, _title, html, language in texts:
        paragraphs = tuple(text for piece in _BLOCK_ENDS.split(html) if (text := html_to_text(piece)))
        yield Writing(f"article {slug}", paragraphs, (), language)
