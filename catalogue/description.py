"""A video's description whole, as other sites take it: what it is about, its sources, whom it thanks. Plain text."""

from collections.abc import Iterator, Sequence

from catalogue.views import Credit, VideoView


def full_description(video: VideoView) -> str:
    """The description, then the sources, numbered, and the credits, an address on a line of its own; parts that are empty left out."""
    sources = [f"{number}. {source}" for number, source in enumerate(video.sources, 1)]
    parts = [video.card.description, *_listed("Sources", sources), *_listed("Credits", list(_thanks(video.credits)))]
    return "\n\n".join(part for part in parts if part)


def _listed(heading: str, lines: Sequence[str]) -> list[str]:
    return ["\n".join((heading, *lines))] if lines else []


def _thanks(thanked: Sequence[Credit]) -> Iterator[str]:
    for credit in thanked:
        terms = ", ".join(part for part in (credit.credit, credit.licence, credit.address) if part)
        yield f"{credit.what}: {terms}"
