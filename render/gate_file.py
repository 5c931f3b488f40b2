"""The gate's checks of the file: its container, its streams, their packets and tags, chapters and captions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from core.findings import Finding
from core.timecode import clock_text, frame_to_seconds
from render.evidence import Check, Evidence, fail
from render.probe import FilmFacts

LENGTH_TOLERANCE = 0.02
"""Seconds by which picture and sound may end apart."""
SOUND_BITS = 384_000
# An encoder that is given 384 kb/s spends less on simple sound (a pure tone takes 260); far less means that it was given less.
_SOUND_SHARE = 0.5
_BT709 = (1, 1, 1, 1)


def check_container(facts: FilmFacts) -> Iterator[Finding]:
    """Is it an MP4 with one picture and one sound? What does not pass this cannot be checked further."""
    if "mp4" not in facts.container or "ftyp" not in facts.boxes[:1]:
        yield fail("container", f"the film is not an MP4 but {facts.container}", value=facts.container)
    elif len(facts.pictures) != 1 or len(facts.sounds) != 1:
        yield fail(
            "container",
            f"the film has {len(facts.pictures)} picture and {len(facts.sounds)} sound streams, not one of each",
        )


def _check_faststart(film: Evidence) -> Iterator[Finding]:
    boxes = film.facts.boxes
    if "moov" in boxes and "mdat" in boxes and boxes.index("moov") > boxes.index("mdat"):
        yield fail("faststart", "the film's index lies behind its media: players must load all of it first")


def _check_video_codec(film: Evidence) -> Iterator[Finding]:
    picture = film.picture
    found = f"{picture.codec} {picture.profile} {picture.pixels}"
    if (picture.codec, picture.profile, picture.pixels) != ("h264", "High", "yuv420p"):
        yield fail("video-codec", f"the picture is {found}, not H.264 High 4:2:0", value=found)
    elif not picture.progressive:
        yield fail("video-codec", "the picture is interlaced", value="interlaced")
    elif picture.aspect != 1:
        yield fail("video-codec", f"its pixels are {picture.aspect} wide, not square", value=str(picture.aspect))


def _check_size(film: Evidence) -> Iterator[Finding]:
    if film.picture.size != film.plan.size:
        found, planned = ("×".join(map(str, size)) for size in (film.picture.size, film.plan.size))
        yield fail("size", f"the picture is {found}, planned was {planned}", value=found)


def _check_colour(film: Evidence) -> Iterator[Finding]:
    if film.picture.colour != _BT709:
        names = ("matrix", "primaries", "transfer", "range")
        wrong = [name for name, value, one in zip(names, film.picture.colour, _BT709, strict=True) if value != one]
        yield fail(
            "colour", f"the picture is not tagged bt709, limited range: {', '.join(wrong)}", value=", ".join(wrong)
        )


def _check_keyframes(film: Evidence) -> Iterator[Finding]:
    packets, rate = film.picture.packets, film.plan.rate
    open_ones = sorted(set(packets.keys) - set(packets.idr))
    if not packets.keys or packets.keys[0] != 0:
        yield fail("keyframes", "the film does not begin with a key frame", at=0.0)
    elif open_ones and film.picture.codec == "h264":
        at = float(frame_to_seconds(open_ones[0], rate))
        yield fail("keyframes", f"the group of pictures at {clock_text(at)} is open", at=at)
    else:
        ends = [*packets.keys[1:], len(packets.times)]
        longest, first = max((end - key, key) for key, end in zip(packets.keys, ends, strict=True))
        if longest > film.plan.keyframe_frames:
            at = float(frame_to_seconds(first, rate))
            message = (
                f"{longest} frames without a key frame from {clock_text(at)}, planned were {film.plan.keyframe_frames}"
            )
            yield fail("keyframes", message, at=at, value=longest)


def _check_frame_rate(film: Evidence) -> Iterator[Finding]:
    times, step = film.picture.packets.times, 1 / film.plan.rate
    for number, (time, following) in enumerate(itertools.pairwise(times)):
        if following - time != step:
            found = float(1 / (following - time)) if following > time else 0.0
            message = (
                f"frame {number} lasts {float(following - time) * 1000:.2f} ms, planned were {float(step) * 1000:.2f}"
            )
            yield fail("frame-rate", message, at=float(time), value=round(found, 3))
            return


def _check_frames(film: Evidence) -> Iterator[Finding]:
    found = len(film.picture.packets.times)
    if found != film.plan.frames:
        yield fail("frames", f"the film has {found} frames, planned were {film.plan.frames}", value=found)


def _check_audio_codec(film: Evidence) -> Iterator[Finding]:
    sound = film.sound
    if sound and (sound.codec, sound.profile, sound.rate, sound.channels) != ("aac", "LC", 48_000, 2):
        found = f"{sound.codec} {sound.profile}, {sound.rate} Hz, {sound.channels} channels"
        yield fail("audio-codec", f"the sound is {found}", value=found)


def _check_audio_bits(film: Evidence) -> Iterator[Finding]:
    sound, heard = film.sound, film.loudness
    if sound and heard and heard.integrated is not None and sound.bit_rate < SOUND_BITS * _SOUND_SHARE:
        kilobits = round(sound.bit_rate / 1000)
        yield fail("audio-bits", f"the sound has {kilobits} kb/s, not 384", value=kilobits)


def _check_length(film: Evidence) -> Iterator[Finding]:
    times = film.picture.packets.times
    if not film.sound or not times:
        return
    ends = (times[-1] + 1 / film.plan.rate, film.sound.end)
    starts = (times[0], film.sound.start)
    for word, (seen, heard) in (("begins", starts), ("ends", ends)):
        apart = float(heard - seen)
        if abs(apart) > LENGTH_TOLERANCE:
            side = "after" if apart > 0 else "before"
            message = f"the sound {word} {abs(apart) * 1000:.0f} ms {side} the picture"
            yield fail("length", message, at=float(seen), value=round(apart, 3))
            return


def _check_chapters(film: Evidence) -> Iterator[Finding]:
    planned = [
        (frame_to_seconds(mark.frame, film.plan.rate), " ".join(mark.title.split())) for mark in film.plan.chapters
    ]
    found = film.facts.chapters
    if [title for _, title in found] != [title for _, title in planned]:
        titles = ", ".join(title for _, title in found) or "none"
        yield fail("chapters", f"the film's chapters are not those planned, but: {titles}", value=len(found))
        return
    # Chapters are kept in milliseconds.
    for (start, title), (wanted, _) in zip(found, planned, strict=True):
        if abs(start - wanted) > Fraction(2, 1000):
            yield fail(
                "chapters", f"chapter {title!r} starts at {float(start):.3f} s", at=float(start), value=float(start)
            )


def _check_captions(film: Evidence) -> Iterator[Finding]:
    tracks = {track.language: track for track in film.facts.captions if track.codec == "mov_text"}
    end = frame_to_seconds(film.plan.frames, film.plan.rate)
    for language in film.plan.captions:
        track = tracks.get(language)
        if track is None or not track.cues:
            yield fail("captions", f"the film carries no captions in {language}", value=language)
        elif track.cues[-1][1] > end + Fraction(1, 100):
            at = float(track.cues[-1][1])
            yield fail("captions", f"captions in {language} run past the film's end", at=at, value=at)


FILE_CHECKS: tuple[Check, ...] = (
    _check_faststart, _check_video_codec, _check_size, _check_colour, _check_keyframes, _check_frame_rate, _check_frames,
    _check_audio_codec, _check_audio_bits, _check_length, _check_chapters, _check_captions,
)  # fmt: skip
