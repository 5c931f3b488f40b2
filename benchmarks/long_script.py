"""A studio with a film of any length: scenes of eight kinds in turn, each with two sentences of narration; a music bed; facts.

Read by the scratch voice, every scene says something else. For films of an hour the eight readings can be made once and given as
takes, so that they are recognised once; what is seen differs from scene to scene all the same.
"""

from __future__ import annotations

import shutil
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.footage import draw_photograph
from core.progress import Silent
from core.timecode import SAMPLE_RATE
from render.scratch_voice import speak

SLUG = "long-film"
A_MINUTE = 10
"""Scenes a minute, about."""
PORTS = (
    "Trieste",
    "Rotterdam",
    "Singapore",
    "Alexandria",
    "Marseille",
    "Hamburg",
    "Lisbon",
    "Genoa",
    "Piraeus",
    "Valencia",
)
GOODS = ("grain", "copper", "cotton", "timber", "coffee", "steel", "sugar", "coal", "salt", "rubber")
SIDES = ("north", "east", "south", "west")


@dataclass(frozen=True)
class Part:
    """One scene: the kind, its fields as YAML, and what is said over it."""

    kind: str
    fields: str
    said: str


def _number(n: int, port: str, good: str) -> Part:
    fields = f'value: "{{{{berths-{n}}}}}"\nunit: berths\nlabel: In the port of {port}, year {1800 + n}\nat: "so many berths"'
    return Part(
        "number",
        fields,
        f"In those years the port of {port} had so many berths. Every one of them was taken by ships with {good}.",
    )


def _list(n: int, port: str, good: str) -> Part:
    items = f'[{{text: Pilots of {port}, at: "pilots"}}, {{text: Stores of {good}, at: "stores"}}, {{text: Quay {n}, at: "new quay"}}]'
    return Part(
        "list",
        f"heading: What {port} had\nitems: {items}",
        f"The harbour had its own pilots. It had stores that were full of {good}, and in the end a new quay as well.",
    )


def _photo(n: int, port: str, good: str) -> Part:
    x = 0.4 + 0.02 * (n % 10)
    fields = f"file: photograph.jpg\nfrom: {{x: {x:.2f}, y: 0.5, width: 0.7}}\nto: {{x: {x + 0.06:.2f}, y: 0.48, width: 0.62}}"
    return Part(
        "photo",
        fields,
        f"This is what the road to {port} looks like today. Nothing on it speaks of ships or of {good}.",
    )


def _quote(n: int, port: str, good: str) -> Part:
    text = f"Whoever holds {port} holds the {good} of the {SIDES[n % 4]}."
    return Part(
        "quote",
        f'text: "{text}"\nby: Harbour master {n}\nrole: {port}, {1800 + n}',
        f"A harbour master wrote it down in a letter. He did not think that anyone would ever read it in {port}.",
    )


def _map(n: int, port: str, good: str) -> Part:
    west = 10 + n % 12
    fields = f"extent: [{west}, 28, {west + 22}, 40]\nhighlight: {{EGY: accent}}\nlabels: [EGY]\nsource: Natural Earth"
    return Part(
        "map", fields, f"Look at the map, and at Egypt. From here the {good} went north, and from there to {port}."
    )


def _chart(n: int, port: str, good: str) -> Part:
    data = ", ".join(f'{{label: "{1900 + 10 * k}", value: {20 + (37 * n + 53 * k) % 80}}}' for k in range(4))
    fields = (
        f"type: bar\ntitle: Ships with {good}, {port}\nunit: ships a month, quay {n}\ndata: [{data}]\nsource: Made up"
    )
    return Part(
        "chart",
        fields,
        f"Counted by the month it looks like this. No year was like the one before it, in {port} or elsewhere.",
    )


def _compare(n: int, port: str, good: str) -> Part:
    distance = f"{{label: Distance, left: {800 + n} miles, right: {1100 + n} miles}}"
    rows = f"[{distance}, {{label: Time, left: {9 + n % 5} days, right: {15 + n % 7} days}}]"
    return Part(
        "compare",
        f"left: By sea\nright: By land\nrows: {rows}",
        f"By sea the way was shorter than by land. That is why the {good} of {port} went by sea for so long.",
    )


def _timeline(n: int, port: str, good: str) -> Part:
    events = ", ".join(
        f'{{date: "{1800 + n % 90 + 30 * k}", text: {what}}}'
        for k, what in enumerate(("A pier", "A customs house", "A railway"))
    )
    return Part(
        "timeline",
        f"heading: {port} grows\nevents: [{events}]",
        f"First there was a pier. Then {port} had a customs house, and a railway that carried the {good} away.",
    )


KINDS: tuple[Callable[[int, str, str], Part], ...] = (_number, _list, _photo, _quote, _map, _chart, _compare, _timeline)


def parts(count: int, *, varied: bool = True) -> list[Part]:
    """So many scenes. Without `varied`, what is said repeats after the eighth."""
    out = []
    for n in range(count):
        kind = KINDS[n % len(KINDS)]
        turn = n if varied else n % len(KINDS)
        said = kind(turn, PORTS[turn % len(PORTS)], GOODS[turn // len(PORTS) % len(GOODS)]).said
        seen = kind(n, PORTS[n % len(PORTS)], GOODS[n // len(PORTS) % len(GOODS)])
        out.append(Part(seen.kind, seen.fields, said))
    return out


def write_script(studio: Path, scenes: Sequence[Part], *, narration: str = "scratch", still: bool = False) -> Path:
    """Lay down the studio's files; gives the script. A `still` film's grounds do not drift: most of it is holds, cheap to make."""
    folder = studio / "scripts" / SLUG
    folder.mkdir(parents=True, exist_ok=True)
    (studio / "slugline.toml").write_text('name = "Benchmark"\n', encoding="utf-8")
    facts = [f'[berths-{n}]\nvalue = "{20 + n % 70}"\nsource = "Made up"\n' for n in range(0, len(scenes), len(KINDS))]
    (studio / "facts.toml").write_text("\n".join(facts), encoding="utf-8")
    names = ("photograph.jpg", "bed.wav", "other-bed.wav")
    assets = "\n".join(f'["{name}"]\ncredit = "Slugline"\nlicence = "MIT"\n' for name in names)
    (folder / "assets.toml").write_text(assets, encoding="utf-8")
    if not (folder / "photograph.jpg").is_file():
        draw_photograph(folder / "photograph.jpg")
    (folder / "still.toml").write_text("[motion]\ndrift = 0\n", encoding="utf-8")
    for number, name in enumerate(names[1:]):
        _write_bed(folder / name, 1 + 0.12 * number)
    lines = [
        "---",
        "title: A long film",
        f"slug: {SLUG}",
        "description: Made for a benchmark.",
        f"narration: {narration}",
        "worldview: german",
    ]
    lines += ["music: {file: bed.wav, level: -22}", *(["theme: still.toml"] if still else []), "---", ""]
    for number, part in enumerate(scenes):
        if number % (2 * A_MINUTE) == 0:
            lines += [f"# Part {number // (2 * A_MINUTE) + 1}", ""]
        lines += [f"```scene {part.kind}", f"id: {scene_id(number)}", part.fields, "```", "", part.said, ""]
    script = folder / "script.md"
    script.write_text("\n".join(lines), encoding="utf-8")
    return script


def scene_id(number: int) -> str:
    """The name of a scene by its number, from 0."""
    return f"s{number + 1:04}"


def write_takes(script: Path, scenes: Sequence[Part]) -> Path:
    """A folder `takes` beside the script with a file a scene, each text read aloud once."""
    folder = script.parent / "takes"
    folder.mkdir(exist_ok=True)
    texts = list(dict.fromkeys(part.said for part in scenes))
    read = dict(zip(texts, speak([[text] for text in texts], script.parent / "voice", Silent()), strict=True))
    for number, part in enumerate(scenes):
        target = folder / f"{scene_id(number)}.wav"
        if not target.exists():
            shutil.copyfile(read[part.said].path, target)
    return folder


def _write_bed(target: Path, pitch: float) -> None:
    """Eight bars of soft chords, 16 s in all."""
    time = np.arange(16 * SAMPLE_RATE) / SAMPLE_RATE
    sound = np.zeros(time.shape)
    for start, chord in enumerate(
        ((220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6), (196.0, 246.9, 311.1))
    ):
        swell = np.clip(1 - np.abs(time - (4 * start + 2)) / 2.4, 0, 1)
        sound += swell * sum(np.sin(2 * np.pi * pitch * tone * time) for tone in chord)
    samples = (sound / np.abs(sound).max() * 9000).astype("<i2")
    with wave.open(str(target), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(SAMPLE_RATE)
        stream.writeframes(samples.tobytes())
