"""One recording from sound to subtitles: recognised, aligned to a text when there is one, cut into cues, written."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import BadInput, Place
from core.files import write_text
from core.findings import Finding
from core.progress import Reporter
from core.settings import Settings
from transcripts.align import align
from transcripts.amending import to_patch
from transcripts.audio import audio_tracks, default_track, sound_seconds, stream_pcm, write_blocks
from transcripts.cache import recognise_cached
from transcripts.corrections import Correction
from transcripts.cues import build_cues
from transcripts.doubts import doubt
from transcripts.formats.registry import find_format
from transcripts.recognisers import open_recogniser
from transcripts.settling import Settlement, settle
from transcripts.subtitle_files import write_subtitles
from transcripts.subtitles import Subtitles
from transcripts.tokens import script_tokens
from transcripts.video_names import KnownNames, VideoNames, names_of_file, names_of_video
from transcripts.words import Alignment, Cue, Word


@dataclass(frozen=True)
class Result:
    """What was said in one recording: `duration` in seconds; `alignment` when it was laid on a text, and `settlement`,
    where it and the voice part; `findings` of that and as `doubts` has them; `corrections` of names.
    """

    language: str
    duration: float
    words: tuple[Word, ...]
    cues: tuple[Cue, ...]
    alignment: Alignment | None = None
    findings: tuple[Finding, ...] = ()
    corrections: tuple[Correction, ...] = ()
    settlement: Settlement | None = None

    @property
    def text(self) -> str:
        """The words that were said, as running text."""
        return " ".join(word.text for word in self.words if word.start is not None)

    @property
    def spoken(self) -> int:
        """How many words were said."""
        return sum(word.start is not None for word in self.words)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know before using it."""
        return () if self.text else ("no speech was heard: nothing is written",)

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        origins = [word.origin for word in self.words]
        return {
            "language": self.language,
            "duration": round(self.duration, 3),
            "text": self.text,
            "words": [word.to_json() for word in self.words],
            "cues": [cue.to_json() for cue in self.cues],
            "report": {
                "matched": origins.count("matched"),
                "interpolated": origins.count("interpolated"),
                "unspoken": list(self.alignment.unspoken) if self.alignment else [],
                "ad_libbed": list(self.alignment.ad_libbed) if self.alignment else [],
                "differences": self.settlement.to_json() if self.settlement else [],
            },
            "findings": [finding.to_json() for finding in self.findings],
            "corrections": [correction.to_json() for correction in self.corrections],
        }


@dataclass(frozen=True)
class Order:
    """What is asked of every recording: `language` is ISO 639-1, `track` counts audio tracks from 1, 0 being a player's choice."""

    language: str | None = None
    script: Path | None = None
    names: Path | None = None
    translate: bool = False
    track: int = 0


class Transcriber:
    """Transcribes recordings one after another with one model in memory.

    The order's `script` is a Slugline script, Markdown or plain text to lay the words on, `names` a text about the same thing or a
    `names.toml`; the names of either are listened for. `known` are the studio's, which are put right. Raises BadInput for the files
    at once, MissingPart when there is no model.
    """

    def __init__(self, settings: Settings, order: Order, reporter: Reporter, known: KnownNames | None = None) -> None:
        if order.translate and order.script:
            hint = "leave out --script, or --translate"
            raise BadInput("a translation cannot be laid on the text that was read", hint=hint)
        self.settings = settings
        self.order = order
        self.language = _language(order.language)
        self.reporter = reporter
        self.written = read_text(order.script) if order.script else None
        self.source = order.script.read_text(encoding="utf-8-sig") if order.script else ""
        known = known or KnownNames()
        spoken = self.language or "en"
        self.names = names_of_file(order.names, known, spoken) if order.names else VideoNames(known)
        self.others = self.names
        if self.written is not None:
            self.names = names_of_video(self.written, self.names.known, spoken)
        self.recogniser = open_recogniser(settings)

    def __enter__(self) -> Transcriber:
        return self

    def __exit__(self, *exc: object) -> None:
        self.recogniser.close()

    def transcribe(self, media: Path) -> Result:
        """One recording. Raises BadInput for a file without sound that can be read, WorkFailed when the model's process dies."""
        seconds = sound_seconds(media)
        if not self.order.track:
            return self._transcribe(media, media.name, seconds, tuple(_choice(media)))
        with tempfile.TemporaryDirectory(prefix="slugline-") as folder:
            alone = Path(folder) / f"{media.stem}.wav"
            write_blocks(alone, stream_pcm(media, self.order.track))
            return self._transcribe(alone, media.name, seconds, ())

    def _transcribe(self, audio: Path, name: str, seconds: float, told: tuple[Finding, ...]) -> Result:
        with self.reporter.step(f"listen to {name}", seconds) as step:
            done = 0.0

            def progress(now: float) -> None:
                nonlocal done
                step.advance(max(0.0, now - done))
                done = max(done, now)

            heard = recognise_cached(
                self.recogniser,
                audio,
                self.settings.cache,
                language=self.language,
                hotwords=self.names.hotwords,
                translate=self.order.translate,
                progress=progress,
            )
        alignment = settlement = None
        words = heard.words
        language = "en" if self.order.translate else heard.language
        tokens = script_tokens(self.written or "", language or "en")
        if self.written is not None:
            alignment = align(heard, tokens, audio)
            words = alignment.words
        words, corrections = self.names.correct(words, language or "en")
        names = self.names
        if alignment and self.order.script:
            settlement = settle(replace(alignment, words=words), tokens, self.order.script, self.source)
            if settlement.refused:
                # Neither the words nor the names of a text that was not read have a place in what was said.
                alignment, names = None, self.others
                words, corrections = names.correct(heard.words, language or "en")
        cues = tuple(
            build_cues(
                words,
                profile=self.settings.captions_profile,
                language=language or "en",
                names=names.on_one_line(words),
                seconds=heard.duration,
            )
        )
        # The last frame may be a part of one: a recording does not end on a whole frame.
        cues = tuple(
            replace(cue, end=min(cue.end, heard.duration)) if cue.start < heard.duration else cue for cue in cues
        )
        findings = doubt(words, cues, heard.evidence, duration=heard.duration, stated=seconds)
        found = (*told, *(settlement.findings if settlement else ()), *findings)
        return Result(language, heard.duration, words, cues, alignment, found, corrections, settlement)


def _choice(media: Path) -> Iterator[Finding]:
    """Which of several audio tracks was heard."""
    tracks = audio_tracks(media)
    if len(tracks) > 1:
        there = ", ".join(map(str, tracks))
        message = f"of {len(tracks)} audio tracks, {there}, number {default_track(tracks).number} is heard"
        yield Finding("audio-tracks", "warning", message, "--track N chooses another")


def _language(code: str | None) -> str | None:
    if code is None:
        return None
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    if code.lower() not in _LANGUAGE_CODES:
        raise BadInput(f"no language {code!r}", hint="give an ISO 639-1 code, such as en, fr or tr")
    return code.lower()


def read_text(path: Path) -> str:
    """The words of a Slugline script's narration, or of a Markdown or text file. Raises BadInput."""
    if not path.is_file():
        raise BadInput(f"{path.name} does not exist", hint="check the path", place=Place(str(path)))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{path.name} is not a text file in UTF-8", place=Place(str(path)), hint="save it as UTF-8"
        ) from error
    if re.search(r"^[`~]{3,}\s*scene\s", text, re.MULTILINE):
        from script.reader import open_script

        spoken = "\n".join(scene.narration.text for scene in open_script(path).scenes)
    elif path.suffix.lower() in (".md", ".markdown"):
        spoken = _spoken_markdown(re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL))
    else:
        spoken = text
    if not script_tokens(spoken):
        raise BadInput(f"{path.name} has no words in it", place=Place(str(path)), hint="give the text that is read out")
    return spoken


def _spoken_markdown(text: str) -> str:
    """The paragraphs of a Markdown text; headings and footnotes, as in a script, are not read out."""
    from script.narration import markdown_parser, spoken_paragraphs

    kept = []
    silent = 0
    for token in markdown_parser().parse(text):
        if token.type in ("heading_open", "footnote_block_open", "heading_close", "footnote_block_close"):
            silent += token.nesting
        elif not silent:
            kept.append(token)
    return "\n".join(spoken_paragraphs(kept))


def write_changes(settlement: Settlement, path: Path) -> None:
    """Write the script as the narrator reads it: a patch for `.diff` and `.patch`, else the whole text. Raises BadInput."""
    script = settlement.path.resolve()
    if path.resolve() == script:
        raise BadInput(f"{path.name} is the script itself", hint="name another file, and compare the two")
    amended = settlement.amended
    if path.suffix.lower() in (".diff", ".patch"):
        name = script.relative_to(Path.cwd()) if script.is_relative_to(Path.cwd()) else script.name
        amended = to_patch(str(name), settlement.source, amended)
    write_text(path, amended)


def write_result(result: Result, path: Path, form: str = "") -> tuple[str, ...]:
    """Write a result, whole or not at all, in the named format, else in that of the suffix; gives what the format could not say.

    JSON is the contract's whole document, text the running words. Raises BadInput for an unknown format.
    """
    match find_format(form or path.suffix).name:
        case "json":
            write_text(path, json.dumps(result.to_json(), ensure_ascii=False, indent=2) + "\n")
            return ()
        case "txt":
            write_text(path, result.text + "\n")
            return ()
        case name:
            kept_as = find_format(name)
            # That SubRip has no place for the language is news of a file that named it, not of a recording.
            named = "" if name == "srt" else result.language
            return write_subtitles(Subtitles(result.cues, named), path, kept_as)
