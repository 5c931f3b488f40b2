"""The film's HLS ladder as a bundle: the master's own packets on top, its renditions below, the sounds, the captions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from core.digest import digest
from core.progress import Reporter
from render.bundle import Bundle, Kind, keep_bundle
from render.film import FilmPlan
from render.hls import HLS_VERSION, LIGHT_BIT_RATE, write_picture, write_sound
from render.join import Piece
from render.playlists import Level, Offer, write_captions, write_playlists
from render.rendition import Rung, ladder, make_renditions, rendition_key, rendition_pieces
from render.segment_cache import SegmentCache
from render.soundtrack import Soundtrack
from transcripts.words import Cue

_LIGHT_BELOW = 720
"""Lines under which a picture goes with the lighter sound."""


def keep_ladder(
    plan: FilmPlan,
    soundtrack: Soundtrack,
    cues: Sequence[Cue],
    wanted: Sequence[int],
    *,
    cache: Path,
    workers: int,
    reporter: Reporter,
) -> Bundle:
    """Make the ladder of a film whose picture has been rendered, or find it made. `wanted`: shorter sides in pixels.

    Raises WorkFailed, NoSpace; renditions that are finished are kept.
    """
    rate, frames, size = plan.timeline.rate, plan.timeline.frames, plan.stage.size
    language = plan.script.front.language
    rungs = ladder(size, wanted)
    whole = min(size)
    shorts = [whole, *(rung.short for rung in rungs)]
    sounds = {short: "sound-light" if short < _LIGHT_BELOW else "sound" for short in shorts}

    def fill(bundle: Bundle) -> None:
        make_renditions(plan.segments, rungs, cache=cache, workers=workers, reporter=reporter)
        folder = bundle.file(".hls")
        folder.mkdir()
        with reporter.step("package them", len(shorts)) as step:
            heard = {
                name: write_sound(folder, name, soundtrack.path, LIGHT_BIT_RATE if name == "sound-light" else None)
                for name in dict.fromkeys(sounds.values())
            }
            levels = []
            for short, rung in zip(shorts, (None, *rungs), strict=True):
                pieces = _master_pieces(plan, cache) if rung is None else rendition_pieces(plan.segments, rung, cache)
                picture = write_picture(folder, str(short), pieces, rate, frames)
                levels.append(Level(picture, rung.size if rung else size, heard[sounds[short]]))
                step.advance()
            if cues:
                write_captions(folder / "captions.vtt", cues)
            spoken, captions = _language_name(language), "captions" if cues else ""
            write_playlists(folder, Offer(tuple(levels), rate, plan.timeline.seconds, language, spoken, captions))

    return keep_bundle(
        cache, _key(plan, rungs, soundtrack, cues), _kinds(shorts, sounds.values(), cues, language), fill
    )


def _master_pieces(plan: FilmPlan, cache: Path) -> list[Piece]:
    store = SegmentCache(cache)
    return [Piece(store.file(segment.key), list(segment.packets)) for segment in plan.segments]


def _key(plan: FilmPlan, rungs: Sequence[Rung], soundtrack: Soundtrack, cues: Sequence[Cue]) -> str:
    return digest(
        ("hls", HLS_VERSION, plan.script.front.language, plan.timeline.rate),
        [(segment.key, segment.frames) for segment in plan.segments],
        [rendition_key(plan.segments[0], rung) for rung in rungs],
        soundtrack.digest,
        cues,
    )


def _kinds(shorts: Sequence[int], sounds: Iterable[str], cues: Sequence[Cue], language: str) -> list[Kind]:
    kinds = [Kind("hls", "", ".hls/master.m3u8")]
    for name in (*map(str, shorts), *dict.fromkeys(sounds)):
        kinds += [Kind(f"hls-{name}-playlist", "", f".hls/{name}.m3u8"), Kind(f"hls-{name}", "", f".hls/{name}.mp4")]
    if cues:
        kinds.append(Kind("hls-captions-playlist", language, ".hls/captions.m3u8"))
        kinds.append(Kind("hls-captions", language, ".hls/captions.vtt"))
    return kinds


def _language_name(code: str) -> str:
    """The language's English name, by which a player lists it; the code itself where it has none."""
    import pycountry

    found = pycountry.languages.get(alpha_2=code.split("-", maxsplit=1)[0])
    return str(found.name) if found else code
