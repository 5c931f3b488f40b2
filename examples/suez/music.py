"""The film's music bed, made from nothing but sines and noise: slow chords, a sparse pulse, no melody to argue with a voice.

Sixteen bars of four at 72 beats a minute: a bar is exactly 160,000 samples, and everything that rings past the end rings
into the beginning, so that the loop has no seam. The loop is written into the file (`smpl`), where the mixer finds it.
The same bytes on every run.

    python music.py bed.wav
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
BAR = 160_000
BARS = 16
FRAMES = BAR * BARS
SIXTEENTH = BAR // 16

Stereo = NDArray[np.float64]
"""Samples (frames, 2)."""

# Two bars a chord, D minor without its leading note: it leans, and never arrives. Notes are MIDI numbers, bass first.
CHORDS = (
    (38, (57, 62, 64, 69)),  # D minor, added ninth
    (34, (58, 62, 65, 69)),  # B flat, major seventh
    (41, (57, 60, 65, 67)),  # F, added ninth
    (36, (55, 60, 62, 67)),  # C, suspended
    (38, (57, 62, 64, 65)),  # D minor, second and third together
    (31, (58, 62, 65, 69)),  # G minor, ninth
    (34, (57, 62, 65, 72)),  # B flat, major ninth
    (33, (57, 62, 64, 67)),  # A, suspended
)
# Sixteenths of two bars on which the pulse is struck, the chord's note it plays, and how hard.
PULSE = ((0, 0, 1.0), (6, 1, 0.55), (12, 2, 0.7), (16, 0, 0.8), (22, 3, 0.45), (26, 1, 0.6), (30, 2, 0.35))


def main(path: Path) -> None:
    """Write the bed as a 16-bit stereo WAV at 48 kHz, with its loop."""
    dry_pads, dry_plucks = pads(), plucks()
    wet = reverb(0.3 * dry_pads + 0.8 * dry_plucks)
    bed = dry_pads + 0.8 * echo(dry_plucks) + 0.5 * wet + bass() + heartbeat() + wind()
    bed = tame(bed)
    write(path, bed / np.abs(bed).max() * 10 ** (-3 / 20))


def frequency(note: float) -> float:
    """Hertz of a MIDI note number, equal temperament."""
    return float(440 * 2 ** ((note - 69) / 12))


def add(track: Stereo, sound: Stereo, at: int) -> None:
    """Mix a sound in from a sample on; what runs past the end goes on at the beginning."""
    places = np.arange(at, at + len(sound)) % FRAMES
    track[places] += sound


def swell(frames: int, attack: float, release: float) -> NDArray[np.float64]:
    """A slow envelope: rises and falls along half cosines, seconds each."""
    place = np.arange(frames) / RATE
    rise = 0.5 - 0.5 * np.cos(np.pi * np.clip(place / attack, 0, 1))
    fall = 0.5 - 0.5 * np.cos(np.pi * np.clip((frames / RATE - place) / release, 0, 1))
    envelope: NDArray[np.float64] = rise * fall
    return envelope


def pads() -> Stereo:
    """Each chord as soft voices, three slightly detuned strings of harmonics a note, overlapping the chord that follows."""
    random = np.random.default_rng(1869)
    track = np.zeros((FRAMES, 2))
    frames = 2 * BAR + 2 * RATE
    time = np.arange(frames) / RATE
    envelope = swell(frames, 1.8, 2.6)
    # The voices open and close slowly, as if somebody turned a filter by hand.
    opening = 0.5 - 0.5 * np.cos(2 * np.pi * time / (frames / RATE))
    for index, (_, notes) in enumerate(CHORDS):
        chord = np.zeros((frames, 2))
        for voice, note in enumerate(notes):
            for detune, side in ((-0.05, 0.25), (0.0, 0.5), (0.045, 0.75)):
                pitch = frequency(note + detune + 0.01 * random.standard_normal())
                drift = 0.0006 * np.sin(2 * np.pi * (0.11 + 0.05 * random.random()) * time + 7 * random.random())
                # One turning vector a string; its powers are the harmonics.
                string = np.exp(2j * np.pi * pitch * (time + drift))
                turned = np.ones(frames, np.complex128)
                closed, open_ = np.zeros(frames), np.zeros(frames)
                for harmonic in range(1, min(12, int(3600 / pitch)) + 1):
                    turned *= string
                    strength = harmonic**-1.35 * np.exp(-pitch * harmonic / 1700)
                    sound = (turned * np.exp(2j * np.pi * random.random())).imag * strength
                    closed += sound * (1.0 if harmonic == 1 else 0.35)
                    open_ += sound * (0.0 if harmonic == 1 else 0.65)
                tone = closed + open_ * opening
                place = np.clip(side + 0.14 * (voice - 1.5) / 1.5, 0, 1) * np.pi / 2
                chord += tone[:, None] * np.array([np.cos(place), np.sin(place)])
        add(track, 0.042 * chord * envelope[:, None], index * 2 * BAR - RATE)
    return track


def bass() -> Stereo:
    """The root, an octave of it faintly above, swelling under each chord."""
    track = np.zeros((FRAMES, 2))
    frames = 2 * BAR + RATE // 2
    time = np.arange(frames) / RATE
    envelope = swell(frames, 0.9, 1.6)
    for index, (root, _) in enumerate(CHORDS):
        pitch = frequency(root)
        tone = np.sin(2 * np.pi * pitch * time) + 0.55 * np.sin(4 * np.pi * pitch * time + 0.7)
        add(track, np.repeat((0.07 * tone * envelope)[:, None], 2, axis=1), index * 2 * BAR)
    return track


def plucks() -> Stereo:
    """The pulse: a muted string, struck now and then; its high harmonics die first."""
    random = np.random.default_rng(1956)
    track = np.zeros((FRAMES, 2))
    frames = int(1.6 * RATE)
    time = np.arange(frames) / RATE
    softness = np.clip(time / 0.006, 0, 1)
    for index, (_, notes) in enumerate(CHORDS):
        for step, which, force in PULSE:
            # The second chord of every pair leaves every other stroke out, for air.
            if index % 2 and step % 4:
                continue
            pitch = frequency(notes[which] + (12 if step in (22, 30) else 0))
            tone = np.zeros(frames)
            for harmonic in range(1, 8):
                decay = 0.42 / (1 + 0.55 * (harmonic - 1))
                strength = harmonic**-1.5 * np.exp(-pitch * harmonic / 2200)
                tone += strength * np.exp(-time / decay) * np.sin(2 * np.pi * pitch * harmonic * time)
            hand = force * (1 + 0.12 * random.standard_normal())
            side = (0.35 + 0.3 * (which / 3)) * np.pi / 2
            late = int(0.004 * RATE * abs(random.standard_normal()))
            stroke = 0.34 * hand * (tone * softness)[:, None] * np.array([np.cos(side), np.sin(side)])
            add(track, stroke, index * 2 * BAR + step * SIXTEENTH + late)
    return track


def heartbeat() -> Stereo:
    """A low drum far away, once every two bars and twice before the chord that leans most."""
    track = np.zeros((FRAMES, 2))
    frames = int(0.7 * RATE)
    time = np.arange(frames) / RATE
    pitch = 46 + 26 * np.exp(-time / 0.045)
    thump = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.exp(-time / 0.16) * np.clip(time / 0.004, 0, 1)
    for index in range(len(CHORDS)):
        add(track, np.repeat(0.16 * thump[:, None], 2, axis=1), index * 2 * BAR)
        if index % 4 == 3:
            add(track, np.repeat(0.1 * thump[:, None], 2, axis=1), index * 2 * BAR + BAR + 12 * SIXTEENTH)
    return track


def wind() -> Stereo:
    """Air: noise between 300 and 1,800 Hz that comes and goes over the loop."""
    spectrum = np.fft.rfftfreq(FRAMES, 1 / RATE)
    band = np.exp(-((np.log(np.maximum(spectrum, 1.0) / 700) / 0.75) ** 2))
    random = np.random.default_rng(2021)
    noise = np.stack(
        [np.fft.irfft(band * np.exp(2j * np.pi * random.random(len(band))), FRAMES) for _ in range(2)], axis=1
    )
    place = np.arange(FRAMES) / FRAMES
    breath = 0.55 + 0.3 * np.sin(2 * np.pi * (3 * place + 0.1)) + 0.15 * np.sin(2 * np.pi * (7 * place + 0.6))
    air: Stereo = 0.009 * noise / np.sqrt((noise**2).mean()) * breath[:, None]
    return air


def echo(track: Stereo) -> Stereo:
    """Dotted eighths that cross from side to side, each darker in level than the last."""
    out = track.copy()
    for turn, strength in enumerate((0.42, 0.22, 0.11, 0.05), start=1):
        late = np.roll(track, turn * 3 * SIXTEENTH, axis=0)
        out += strength * (late[:, ::-1] if turn % 2 else late)
    return out


def reverb(track: Stereo) -> Stereo:
    """A large dark room: convolution with decaying noise whose high end dies first, around the loop."""
    random = np.random.default_rng(1975)
    frames = int(3.2 * RATE)
    time = np.arange(frames) / RATE
    room = np.zeros((frames, 2))
    spectrum = np.fft.rfftfreq(frames, 1 / RATE)
    for low, high, decay in ((120, 500, 1.1), (500, 1500, 0.8), (1500, 4500, 0.4)):
        band = (1 / (1 + (low / np.maximum(spectrum, 1)) ** 4)) / (1 + (spectrum / high) ** 4)
        for side in range(2):
            noise = np.fft.irfft(np.fft.rfft(random.standard_normal(frames)) * band, frames)
            room[:, side] += noise * np.exp(-time / decay) * np.clip(time / 0.02, 0, 1)
    room /= np.sqrt((room**2).sum(axis=0))
    wet: Stereo = np.fft.irfft(np.fft.rfft(track, axis=0) * np.fft.rfft(room, FRAMES, axis=0), FRAMES, axis=0)
    return wet


def tame(track: Stereo) -> Stereo:
    """Nothing below 32 Hz, a dip of 3 dB where consonants live, a gentle end above 7 kHz."""
    spectrum = np.maximum(np.fft.rfftfreq(FRAMES, 1 / RATE), 1.0)
    shape = 1 / (1 + (32 / spectrum) ** 6) / (1 + (spectrum / 7000) ** 4)
    shape *= 10 ** (-3 / 20 * np.exp(-((np.log(spectrum / 2200) / 0.6) ** 2)))
    tamed: Stereo = np.fft.irfft(np.fft.rfft(track, axis=0) * shape[:, None], FRAMES, axis=0)
    return tamed


def write(path: Path, track: Stereo) -> None:
    """A RIFF file: `fmt `, `smpl` with one endless loop over everything, `data`."""
    random = np.random.default_rng(2024)
    dither = random.random(track.shape) - random.random(track.shape)
    data = np.rint(np.clip(track * 32767 + dither, -32768, 32767)).astype("<i2").tobytes()
    shape = struct.pack("<HHIIHH", 1, 2, RATE, RATE * 4, 4, 16)
    sampler = struct.pack("<9I", 0, 0, 1_000_000_000 // RATE, 60, 0, 0, 0, 1, 0)
    sampler += struct.pack("<6I", 0, 0, 0, FRAMES - 1, 0, 0)
    chunks = b"".join(
        name + struct.pack("<I", len(body)) + body
        for name, body in ((b"fmt ", shape), (b"smpl", sampler), (b"data", data))
    )
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("bed.wav"))
