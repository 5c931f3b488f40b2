"""How the catalogue looks on a terminal: tables of videos and articles, one video's sheet, what a search found."""

from collections.abc import Callable, Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from catalogue.views import ArticleView, MediaFile, Moment, SearchPage, SearchResult, State, VideoCard, VideoView
from core.console import counted

STATE_COLOURS = {
    State.DRAFT: "yellow",
    State.READY: "cyan",
    State.SCHEDULED: "blue",
    State.PUBLISHED: "green",
    State.WITHDRAWN: "red",
}
FACETS_SHOWN = 4


def hours(seconds: float) -> str:
    """`h:mm:ss`, rounded down, so that times line up."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        right = column == "length"
        table.add_column(column, justify="right" if right else "left", no_wrap=column != "title")
    return table


def _date(card: VideoCard) -> str:
    return card.published.astimezone().strftime("%Y-%m-%d") if card.published else ""


def _state(state: State) -> Text:
    return Text(state.value, style=STATE_COLOURS[state])


def videos_table(items: Sequence[VideoCard]) -> Table:
    """One row a video."""
    table = _table("date", "length", "state", "slug", "title")
    for card in items:
        table.add_row(
            _date(card), hours(card.duration), _state(card.state), Text(card.slug, style="bold"), Text(card.title)
        )
    return table


def articles_table(items: Sequence[tuple[ArticleView, VideoCard | None]]) -> Table:
    """One row an article, with the video it stands beside."""
    table = _table("date", "words", "slug", "video", "title")
    for article, video in items:
        beside = Text(video.slug) if video else Text("none", style="yellow")
        date = _date(video) if video else ""
        table.add_row(date, str(article.words), Text(article.slug, style="bold"), beside, Text(article.title))
    return table


def video_sheet(video: VideoView, address: str, editing: str) -> RenderableType:
    """Everything about one video, the parts that are empty left out. `editing` is the link that lets its captions be edited.

    Rows are lines of text, no table: a table cuts what is wider than the terminal, and half an address leads nowhere.
    """
    card = video.card
    facts: list[tuple[str, Text]] = []
    when = f"  {card.published.astimezone():%Y-%m-%d %H:%M %Z}" if card.published else ""
    facts.append(("state", Text.assemble(_state(card.state), when)))
    if video.blocks:
        facts.append(("blocked by", Text(", ".join(video.blocks), style="yellow")))
    facts.append(("page", Text(address)))
    facts.append(("captions", Text(editing)))
    facts.append(("length", Text(hours(card.duration))))
    rows = {
        "series": card.series,
        "tags": ", ".join(card.tags),
        "article": f"{video.article.slug} ({video.article.words} words)" if video.article else "",
        "voice": "synthetic, and said so on the page" if video.synthetic_voice else "",
        "elsewhere": ", ".join(f"{kind} {value}" for kind, value in video.external_ids),
    }
    for name, value in rows.items():
        if value:
            facts.append((name, Text(value)))
    longest = max((len(role) for role, _, _ in file_rows(video.files)), default=0)
    lists = {
        "chapters": [f"{hours(chapter.start)}  {chapter.title}" for chapter in video.chapters],
        "transcripts": [
            f"{one['language']} version {one['version']}"
            + (f", edited by {one['edited_by']}" if one["edited_by"] else "")
            for one in video.transcripts
        ],
        "files": [f"{role:<{longest}} {_size(size):>9}  {name}" for role, size, name in file_rows(video.files)],
        "sources": list(video.sources),
        "credits": [", ".join(filter(None, (one.what, one.credit, one.licence))) for one in video.credits],
    }
    for name, values in lists.items():
        if values:
            facts.append((name, Text("\n".join(values))))
    parts = [Text(card.title, style="bold"), *([Text(card.description)] if card.description else []), Text()]
    wide = max(len(name) for name, _ in facts) + 2
    for name, fact in facts:
        first, *more = fact.split("\n")
        parts += [Text.assemble((f"{name:<{wide}}", "dim"), first), *(Text(" " * wide) + line for line in more)]
    return Group(*parts)


def file_rows(files: Iterable[MediaFile]) -> list[tuple[str, int, str]]:
    """Role, bytes and name of each file; what a ladder's first playlist leads to is one row with it, under that one's name."""
    rows: dict[str, list[MediaFile]] = {}
    for file in files:
        rows.setdefault("hls" if file.role.startswith("hls-") else file.role, []).append(file)
    out = []
    for role, some in rows.items():
        first = next((file for file in some if file.role == role), some[0])
        if role == "hls" and len(some) > 1:
            out.append(
                (role, sum(file.bytes for file in some), f"{first.key} and {counted(len(some) - 1, 'more file')}")
            )
        else:
            out += [(role, file.bytes, file.key) for file in some]
    return out


def found_videos(page: SearchPage, address: Callable[[str], str]) -> RenderableType:
    """Each video with its moments, whose addresses begin playing there; then how many, and how to narrow them."""
    parts: list[RenderableType] = []
    for result in page.results:
        parts += [_found_video(result, address(result.card.slug)), Text()]
    shown = len(page.results)
    total = f"{page.total:,} video" + ("" if page.total == 1 else "s")
    parts.append(Text(total + (f", the best {shown} shown" if shown < page.total else "")))
    for name in ("series", "tag", "year"):
        counts = [facet for facet in page.facets if facet.name == name]
        if len(counts) > 1:
            listed = ", ".join(f"{facet.value} {facet.count}" for facet in counts[:FACETS_SHOWN])
            more = " …" if len(counts) > FACETS_SHOWN else ""
            parts.append(Text(f"  --{name:<7} {listed}{more}", style="dim"))
    return Group(*parts)


def _found_video(result: SearchResult, address: str) -> RenderableType:
    card = result.card
    head = Text.assemble((card.title, "bold"), ("  " + hours(card.duration), "dim"))
    if card.state is not State.PUBLISHED:
        head.append("  ").append(_state(card.state))
    lines: list[RenderableType] = [head]
    for moment in result.moments:
        line = Text.assemble("  ", (hours(moment.start), "cyan"), "  ", _marked(moment.text, moment.marks))
        lines.append(line)
        lines.append(Text(" " * 11 + _moment_address(address, moment), style="dim"))
    if not result.moments:
        if result.excerpt:
            lines.append(Text("  ") + _marked(result.excerpt, result.excerpt_marks))
        lines.append(Text(" " * 2 + address, style="dim"))
    return Group(*lines)


def _moment_address(address: str, moment: Moment) -> str:
    return f"{address}?t={int(moment.start)}"


def _marked(text: str, marks: Sequence[tuple[int, int]]) -> Text:
    line = Text(text)
    for start, end in marks:
        line.stylize("bold magenta", start, end)
    return line


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} B"
    for unit, scale in (("kB", 1e3), ("MB", 1e6)):
        if size < scale * 1000:
            return f"{size / scale:.1f} {unit}"
    return f"{size / 1e9:.1f} GB"
