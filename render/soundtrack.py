"""The soundtrack: one mix of the whole programme, brought to its loudness by gain alone, encoded once as AAC.

`loudnorm` would go dynamic and resample to 192 kHz without a word. So: measure, one linear gain, a true-peak limiter,
encode, measure what comes out of the decoder, and correct, at most three times.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from subprocess import PIPE

from core.cache import touch
from core.digest import digest
from core.files import whole_file, write_text
from core.findings import Finding
from core.processes import failure, running
from core.progress import Reporter
from core.timecode import SAMPLE_RATE
from render.clip_sound import ClipSound, HeardClip, hear_clip
from render.ffmpeg import ffmpeg_path
from render.limiter import limit
from render.loudness import PEAK_LIMIT, TARGET, TOLERANCE, Loudness, feed, measure_file, measure_samples
from render.music_bed import Bed, open_bed
from render.narration import Take
from render.programme import Piece, Programme
from render.timeline import Placement

BIT_RATE = 384_000
ATTEMPTS = 3
# AAC moves peaks by some tenths of a decibel: aim below the limit, and lower when the decoder says so.
_CEILING = PEAK_LIMIT - 0.4
# What is left of the tolerance for other measurers, and for what an encoder does to a second run.
_NEAR = TOLERANCE * 0.4
_MOST_GAIN = 40.0
_VERSION = "soundtrack-2"


@dataclass(frozen=True)
class Soundtrack:
    """The encoded programme: `path` an M4A (AAC-LC, 48 kHz stereo), `loudness` measured on its decoded samples.

    `digest` is the address of everything it was made from; `reused` tells that it stood in the cache.
    """

    path: Path
    loudness: Loudness
    digest: str
    reused: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class MusicBed:
    """The music to lay under the narration: `level` in LU relative to speech, negative."""

    path: Path
    level: float


def mix(
    placements: Sequence[Placement],
    takes: Sequence[Take],
    music: MusicBed | None,
    samples: int,
    *,
    cache: Path,
    reporter: Reporter,
    sounds: Sequence[ClipSound] = (),
) -> Soundtrack:
    """Mix, set the loudness and encode; or find the same programme in `cache`/sound.

    `samples` is the film's length at 48 kHz, and the soundtrack's to the sample. Raises BadInput for music that cannot be
    read, WorkFailed, NoSpace.
    """
    bed = open_bed(music.path, cache / "music") if music else None
    level = music.level if music else 0.0
    heard = [clip for sound in sounds if (clip := hear_clip(sound, cache / "sound"))]
    address = _address(placements, takes, bed, level, samples, heard)
    target, note = cache / "sound" / f"{address}.m4a", cache / "sound" / f"{address}.json"
    known = _recall(target, note)
    if known:
        return Soundtrack(target, known, address, reused=True, findings=_judge(known))
    pieces = [
        Piece(takes[place.take].path, place.start, place.end, place.at, takes[place.take].gain) for place in placements
    ]
    with reporter.step("soundtrack", 2 + ATTEMPTS) as step:
        programme = Programme(pieces, bed, level, samples, heard)
        step.advance()
        plain = measure_samples(block.tobytes() for block in programme.blocks())
        step.advance()
        with whole_file(target) as temporary:
            loudness = _encode_to_target(programme, plain, temporary)
        step.advance(ATTEMPTS)
    write_text(note, json.dumps(asdict(loudness)))
    return Soundtrack(target, loudness, address, reused=False, findings=_judge(loudness))


def _recall(target: Path, note: Path) -> Loudness | None:
    """What was measured of a kept soundtrack, which is marked as used; None when it is not there, or its note cannot be read."""
    try:
        loudness = Loudness(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    for file in (target, note):
        touch(file)
    return loudness if target.is_file() else None


def _address(
    placements: Sequence[Placement],
    takes: Sequence[Take],
    bed: Bed | None,
    level: float,
    samples: int,
    clips: Sequence[HeardClip],
) -> str:
    voice = [
        (takes[place.take].digest, takes[place.take].gain, place.start, place.end, place.at) for place in placements
    ]
    music = (bed.digest, bed.loop, level) if bed else None
    heard = [(clip.digest, clip.at, clip.frames, clip.how) for clip in clips]
    return digest(_VERSION, voice, music, heard, samples, BIT_RATE, TARGET, PEAK_LIMIT)


def _encode_to_target(programme: Programme, plain: Loudness, target: Path) -> Loudness:
    """Encode until the decoded loudness and peak are right, or three times. Silence is encoded as it is."""
    if plain.integrated is None:
        _encode((block.tobytes() for block in programme.blocks()), target)
        return measure_file(target)
    gain, ceiling = min(TARGET - plain.integrated, _MOST_GAIN), _CEILING
    heard = plain
    for _ in range(ATTEMPTS):
        limited = limit(programme.blocks(), 10 ** (gain / 20), 10 ** (ceiling / 20))
        _encode((block.tobytes() for block in limited), target)
        heard = measure_file(target)
        if heard.integrated is None or heard.true_peak is None:
            break
        off, over = TARGET - heard.integrated, heard.true_peak - PEAK_LIMIT
        if abs(off) <= _NEAR and over <= 0:
            break
        gain = min(gain + off, _MOST_GAIN)
        if over > 0:
            ceiling -= over + 0.1
    return heard


def _encode(blocks: Iterable[bytes], target: Path) -> None:
    source = ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "pipe:0"]
    # The fast coder: at this rate it is 14 dB nearer to the samples than the default one, in a fifth of the time, and
    # spends the bits it was given (measured on speech with music).
    out: list[str | Path] = [
        "-c:a",
        "aac",
        "-aac_coder",
        "fast",
        "-profile:a",
        "aac_low",
        "-b:a",
        str(BIT_RATE),
        "-map_metadata",
        "-1",
    ]
    out += ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", "-f", "ipod", "-y", target]
    with tempfile.TemporaryFile() as said:
        with running([ffmpeg_path(), "-v", "error", *source, *out], stdin=PIPE, stderr=said) as child:
            feed(child.stdin, blocks)
            code = child.wait()
        if code:
            said.seek(0)
            raise failure("encode the soundtrack", code, said.read())


def _judge(loudness: Loudness) -> tuple[Finding, ...]:
    if loudness.integrated is None:
        return (
            Finding(
                "silence",
                "warning",
                "the film makes no sound",
                hint="give it narration or music",
                limit=TARGET,
            ),
        )
    return ()
