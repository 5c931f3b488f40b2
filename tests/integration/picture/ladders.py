"""A small film with its HLS ladder, made as films are: holds of odd lengths, moving stretches, a transition, and beeps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.processes import run
from core.progress import Silent
from render.ffmpeg import ffmpeg_path
from render.hls import LIGHT_BIT_RATE, write_picture, write_sound
from render.join import Piece
from render.playlists import Level, Offer, write_captions, write_playlists
from render.rendition import ladder, make_renditions, rendition_pieces
from render.segment_cache import SegmentCache
from render.segments import Segment
from tests.integration.picture.scenery import NTSC, SIZE, fades_in, mark, plan, render, rises, scene
from transcripts.words import Cue

FRAMES = 75 + 131 + 64 + 400


def film(tag: str = "") -> tuple[Segment, ...]:
    """The film's plan; `tag` changes one scene."""
    changed = mark(motion=fades_in(5, 20 if tag else 12))
    drift = mark(motion=rises(0, 400))
    scenes = [scene(75, mark(motion=rises())), scene(131, mark()), scene(64, changed), scene(400, drift)]
    return plan(scenes, ["cut", "wipe"])


def make_ladder(segments: Sequence[Segment], folder: Path, shorts: Sequence[int]) -> Offer:
    """Render `film.mp4` into a folder and its ladder into `hls`: a beep every two seconds, one cue."""
    render(segments, folder, workers=2)
    rungs = ladder(SIZE, shorts)
    make_renditions(segments, rungs, cache=folder / "cache", workers=2, reporter=Silent())
    hls, seconds = folder / "hls", FRAMES / NTSC
    hls.mkdir()
    sound = folder / "sound.m4a"
    beeps = rf"aevalsrc=sin(2*PI*880*t)*lt(mod(t\,2)\,0.1):s=48000:d={float(seconds)}"
    encoding = ("-ac", "2", "-c:a", "aac", "-b:a", "192k", "-f", "ipod")
    run([ffmpeg_path(), "-v", "error", "-f", "lavfi", "-i", beeps, *encoding, sound], what="beep")
    heard = write_sound(hls, "sound", sound), write_sound(hls, "sound-light", sound, LIGHT_BIT_RATE)
    store = SegmentCache(folder / "cache")
    own = [Piece(store.file(segment.key), list(segment.packets)) for segment in segments]
    levels = [Level(write_picture(hls, str(min(SIZE)), own, NTSC, FRAMES), SIZE, heard[0])]
    for rung in rungs:
        pieces = rendition_pieces(segments, rung, folder / "cache")
        levels.append(Level(write_picture(hls, str(rung.short), pieces, NTSC, FRAMES), rung.size, heard[1]))
    write_captions(hls / "captions.vtt", [Cue(1, 3, ("Two & two",))])
    offer = Offer(tuple(levels), NTSC, seconds, "en", "English", "captions")
    write_playlists(hls, offer)
    return offer
