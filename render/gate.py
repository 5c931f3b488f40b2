"""The delivery gate: is the finished file the film that was planned, and what a channel takes?

By packets (`probe`), by sound (`loudness`) and by samples (`view`, decoded once in small). Every check is a name in
`CHECKS`; a finding carries it as its rule.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from core.errors import BadInput, WorkFailed
from core.findings import Finding
from core.timecode import clock_text, frame_to_seconds
from render.encode import MASTER
from render.flashes import FlashWatch
from render.loudness import PEAK_LIMIT, TARGET, TOLERANCE, Loudness, measure_file
from render.probe import FilmFacts, PictureFacts, SoundFacts, probe
from render.stills import BlackWatch, Run, StillWatch, outside
from render.timeline import ChapterMark
from render.viewing import SIZE, Viewing, view

GATE_VERSION = 2
"""Raise when a check changes, so that films in the cache are looked at again."""

LENGTH_TOLERANCE = 0.02
"""Seconds by which picture and sound may end apart."""
STILL_SECONDS = 2.0
"""The shortest stretch without movement that counts as frozen when no hold was planned there."""
SOUND_BITS = 384_000
# An encoder that is given 384 kb/s spends less on simple sound (a pure tone takes 260); far less means that it was given less.
_SOUND_SHARE = 0.5
_BT709 = (1, 1, 1, 1)

CHECKS: dict[str, str] = {
    "container": "MP4 with one picture and one sound stream",
    "faststart": "the index stands before the media, so that playing starts at once",
    "video-codec": "H.264 High, 4:2:0, progressive, square pixels",
    "size": "the planned width and height",
    "colour": "tagged bt709 in all three, limited range",
    "keyframes": "every key frame closes its group (IDR), none further apart than planned",
    "frame-rate": "constant, the planned rate exactly",
    "frames": "as many frames as planned",
    "audio-codec": "AAC-LC, 48 kHz, stereo",
    "audio-bits": "encoded at 384 kb/s",
    "length": "picture and sound begin and end within 20 ms of each other",
    "loudness": "-14 LUFS, within 0.5",
    "true-peak": "at most -1 dBTP",
    "black": "no black frames but planned ones",
    "frozen": "nothing stands still for 2 s but planned holds",
    "flashes": "at most three flashes in any second (WCAG 2.3.1)",
    "chapters": "the planned chapters, at their times",
    "captions": "a caption track in every planned language, its cues inside the film",
    "decode": "every frame and sample decodes without a complaint",
}


@dataclass(frozen=True)
class Expectation:
    """What was planned. `holds` and `blacks` are frames [first, last) in which nothing moves, or nothing is seen, by
    intent; `captions` languages of caption tracks, ISO 639-2; `silent` a film meant to make no sound.
    """

    size: tuple[int, int]
    rate: Fraction
    frames: int
    chapters: tuple[ChapterMark, ...] = ()
    captions: tuple[str, ...] = ()
    holds: tuple[Run, ...] = ()
    blacks: tuple[Run, ...] = ()
    silent: bool = False
    keyframe_frames: int = MASTER.keyint


@dataclass
class _Sight:
    """Everything that was measured, for the checks to judge."""

    film: Path
    plan: Expectation
    facts: FilmFacts
    viewing: Viewing
    loudness: Loudness | None
    sound_complaint: str = ""
    black: BlackWatch = field(default_factory=BlackWatch)
    still: StillWatch = field(default_factory=StillWatch)
    flash: FlashWatch | None = None

    @property
    def picture(self) -> PictureFacts | None:
        return self.facts.pictures[0] if self.facts.pictures else None

    @property
    def sound(self) -> SoundFacts | None:
        return self.facts.sounds[0] if self.facts.sounds else None


def inspect(film: Path, plan: Expectation) -> list[Finding]:
    """Every way in which a finished film differs from its plan or from the delivery format; empty when it passes."""
    try:
        facts = probe(film)
    except BadInput as error:
        return [Finding("container", "error", error.message, hint=error.hint, limit=CHECKS["container"])]
    shape = list(_check_container(_Sight(film, plan, facts, Viewing(0, ()), None)))
    if shape:
        return shape
    black, still = BlackWatch(), StillWatch(facts.pictures[0].packets.keys)
    flash = FlashWatch(SIZE, plan.rate)
    viewing = view(film, (black, still, flash))
    loudness, complaint = None, ""
    if facts.sounds:
        try:
            loudness = measure_file(film)
        except WorkFailed as error:
            complaint = error.message
    sight = _Sight(film, plan, facts, viewing, loudness, complaint, black, still, flash)
    return [finding for check in _ALL for finding in check(sight)]


def _fail(
    rule: str, message: str, *, value: float | str | None = None, at: float | None = None, hint: str = ""
) -> Finding:
    return Finding(rule, "error", message, hint=hint, at=at, value=value, limit=CHECKS[rule])


def _check_container(sight: _Sight) -> Iterator[Finding]:
    facts = sight.facts
    if "mp4" not in facts.container or "ftyp" not in facts.boxes[:1]:
        yield _fail("container", f"the film is not an MP4 but {facts.container}", value=facts.container)
    elif len(facts.pictures) != 1 or len(facts.sounds) != 1:
        yield _fail(
            "container",
            f"the film has {len(facts.pictures)} picture and {len(facts.sounds)} sound streams, not one of each",
        )


def _check_faststart(sight: _Sight) -> Iterator[Finding]:
    boxes = sight.facts.boxes
    if "moov" in boxes and "mdat" in boxes and boxes.index("moov") > boxes.index("mdat"):
        yield _fail("faststart", "the film's index lies behind its media: players must load all of it first")


def _check_video_codec(sight: _Sight) -> Iterator[Finding]:
    picture = sight.picture
    assert picture
    found = f"{picture.codec} {picture.profile} {picture.pixels}"
    if (picture.codec, picture.profile, picture.pixels) != ("h264", "High", "yuv420p"):
        yield _fail("video-codec", f"the picture is {found}, not H.264 High 4:2:0", value=found)
    elif not picture.progressive:
        yield _fail("video-codec", "the picture is interlaced", value="interlaced")
    elif picture.aspect != 1:
        yield _fail("video-codec", f"its pixels are {picture.aspect} wide, not square", value=str(picture.aspect))


def _check_size(sight: _Sight) -> Iterator[Finding]:
    assert sight.picture
    if sight.picture.size != sight.plan.size:
        found, planned = ("×".join(map(str, size)) for size in (sight.picture.size, sight.plan.size))
        yield _fail("size", f"the picture is {found}, planned was {planned}", value=found)


def _check_colour(sight: _Sight) -> Iterator[Finding]:
    assert sight.picture
    if sight.picture.colour != _BT709:
        names = ("matrix", "primaries", "transfer", "range")
        wrong = [name for name, value, one in zip(names, sight.picture.colour, _BT709, strict=True) if value != one]
        yield _fail(
            "colour", f"the picture is not tagged bt709, limited range: {', '.join(wrong)}", value=", ".join(wrong)
        )


def _check_keyframes(sight: _Sight) -> Iterator[Finding]:
    assert sight.picture
    packets, rate = sight.picture.packets, sight.plan.rate
    open_ones = sorted(set(packets.keys) - set(packets.idr))
    if not packets.keys or packets.keys[0] != 0:
        yield _fail("keyframes", "the film does not begin with a key frame", at=0.0)
    elif open_ones and sight.picture.codec == "h264":
        at = float(frame_to_seconds(open_ones[0], rate))
        yield _fail("keyframes", f"the group of pictures at {clock_text(at)} is open", at=at)
    else:
        ends = [*packets.keys[1:], len(packets.times)]
        longest, first = max((end - key, key) for key, end in zip(packets.keys, ends, strict=True))
        if longest > sight.plan.keyframe_frames:
            at = float(frame_to_seconds(first, rate))
            message = (
                f"{longest} frames without a key frame from {clock_text(at)}, planned were {sight.plan.keyframe_frames}"
            )
            yield _fail("keyframes", message, at=at, value=longest)


def _check_frame_rate(sight: _Sight) -> Iterator[Finding]:
    assert sight.picture
    times, step = sight.picture.packets.times, 1 / sight.plan.rate
    for number, (time, following) in enumerate(itertools.pairwise(times)):
        if following - time != step:
            found = float(1 / (following - time)) if following > time else 0.0
            message = (
                f"frame {number} lasts {float(following - time) * 1000:.2f} ms, planned were {float(step) * 1000:.2f}"
            )
            yield _fail("frame-rate", message, at=float(time), value=round(found, 3))
            return


def _check_frames(sight: _Sight) -> Iterator[Finding]:
    assert sight.picture
    found = len(sight.picture.packets.times)
    if found != sight.plan.frames:
        yield _fail("frames", f"the film has {found} frames, planned were {sight.plan.frames}", value=found)


def _check_audio_codec(sight: _Sight) -> Iterator[Finding]:
    sound = sight.sound
    if sound and (sound.codec, sound.profile, sound.rate, sound.channels) != ("aac", "LC", 48_000, 2):
        found = f"{sound.codec} {sound.profile}, {sound.rate} Hz, {sound.channels} channels"
        yield _fail("audio-codec", f"the sound is {found}", value=found)


def _check_audio_bits(sight: _Sight) -> Iterator[Finding]:
    sound, heard = sight.sound, sight.loudness
    if sound and heard and heard.integrated is not None and sound.bit_rate < SOUND_BITS * _SOUND_SHARE:
        kilobits = round(sound.bit_rate / 1000)
        yield _fail("audio-bits", f"the sound has {kilobits} kb/s, not 384", value=kilobits)


def _check_length(sight: _Sight) -> Iterator[Finding]:
    assert sight.picture
    times = sight.picture.packets.times
    if not sight.sound or not times:
        return
    ends = (times[-1] + 1 / sight.plan.rate, sight.sound.end)
    starts = (times[0], sight.sound.start)
    for word, (seen, heard) in (("begins", starts), ("ends", ends)):
        apart = float(heard - seen)
        if abs(apart) > LENGTH_TOLERANCE:
            side = "after" if apart > 0 else "before"
            message = f"the sound {word} {abs(apart) * 1000:.0f} ms {side} the picture"
            yield _fail("length", message, at=float(seen), value=round(apart, 3))
            return


def _check_loudness(sight: _Sight) -> Iterator[Finding]:
    heard = sight.loudness
    if not heard or (heard.integrated is None and sight.plan.silent):
        return
    if heard.integrated is None:
        yield _fail("loudness", "the film makes no sound", value="silence")
    elif abs(heard.integrated - TARGET) > TOLERANCE:
        yield _fail("loudness", f"the sound measures {heard.integrated:.1f} LUFS", value=heard.integrated)


def _check_true_peak(sight: _Sight) -> Iterator[Finding]:
    heard = sight.loudness
    if heard and heard.true_peak is not None and heard.true_peak > PEAK_LIMIT:
        yield _fail("true-peak", f"the sound peaks at {heard.true_peak:.1f} dBTP", value=heard.true_peak)


def _check_black(sight: _Sight) -> Iterator[Finding]:
    for first, last in outside(sight.black.runs, sight.plan.blacks):
        at = float(frame_to_seconds(first, sight.plan.rate))
        count = f"{last - first} frames are" if last - first > 1 else "a frame is"
        yield _fail("black", f"{count} black at {clock_text(at)}", at=at, value=last - first)


def _check_frozen(sight: _Sight) -> Iterator[Finding]:
    shortest = int(STILL_SECONDS * sight.plan.rate)
    # A black stretch is still as well: it has its own check.
    planned = (*sight.plan.holds, *sight.plan.blacks, *sight.black.runs)
    for first, last in outside(sight.still.runs, planned):
        if last - first >= shortest:
            at, seconds = (float(frame_to_seconds(frame, sight.plan.rate)) for frame in (first, last - first))
            yield _fail(
                "frozen", f"nothing moves for {seconds:.1f} s from {clock_text(at)}", at=at, value=round(seconds, 2)
            )


def _check_flashes(sight: _Sight) -> Iterator[Finding]:
    if sight.flash and sight.flash.found is not None:
        at = float(frame_to_seconds(sight.flash.found, sight.plan.rate))
        yield _fail("flashes", f"the picture flashes more than three times in the second from {clock_text(at)}", at=at)


def _check_chapters(sight: _Sight) -> Iterator[Finding]:
    planned = [
        (frame_to_seconds(mark.frame, sight.plan.rate), " ".join(mark.title.split())) for mark in sight.plan.chapters
    ]
    found = sight.facts.chapters
    if [title for _, title in found] != [title for _, title in planned]:
        titles = ", ".join(title for _, title in found) or "none"
        yield _fail("chapters", f"the film's chapters are not those planned, but: {titles}", value=len(found))
        return
    # Chapters are kept in milliseconds.
    for (start, title), (wanted, _) in zip(found, planned, strict=True):
        if abs(start - wanted) > Fraction(2, 1000):
            yield _fail(
                "chapters", f"chapter {title!r} starts at {float(start):.3f} s", at=float(start), value=float(start)
            )


def _check_captions(sight: _Sight) -> Iterator[Finding]:
    tracks = {track.language: track for track in sight.facts.captions if track.codec == "mov_text"}
    end = frame_to_seconds(sight.plan.frames, sight.plan.rate)
    for language in sight.plan.captions:
        track = tracks.get(language)
        if track is None or not track.cues:
            yield _fail("captions", f"the film carries no captions in {language}", value=language)
        elif track.cues[-1][1] > end + Fraction(1, 100):
            at = float(track.cues[-1][1])
            yield _fail("captions", f"captions in {language} run past the film's end", at=at, value=at)


def _check_decode(sight: _Sight) -> Iterator[Finding]:
    assert sight.picture
    complaints = [*sight.viewing.complaints, *([sight.sound_complaint] if sight.sound_complaint else [])]
    packets = len(sight.picture.packets.times)
    if complaints:
        yield _fail("decode", f"the film does not decode cleanly: {complaints[0]}", value=len(complaints))
    elif sight.viewing.frames != packets:
        yield _fail("decode", f"{sight.viewing.frames} of {packets} frames can be decoded", value=sight.viewing.frames)


_ALL: tuple[Callable[[_Sight], Iterator[Finding]], ...] = (
    _check_faststart, _check_video_codec, _check_size, _check_colour, _check_keyframes,
    _check_frame_rate, _check_frames, _check_audio_codec, _check_audio_bits, _check_length, _check_loudness,
    _check_true_peak, _check_black, _check_frozen, _check_flashes, _check_chapters, _check_captions, _check_decode,
)  # fmt: skip
