"""Several recordings one after another, with a recogniser that only pretends."""

from pathlib import Path
from typing import cast

from core.findings import Finding
from core.settings import Settings
from jobs.batch import counts, file_tasks, run_batch
from transcripts.outputs import Recording
from transcripts.transcribe import Result, Transcriber
from transcripts.words import Cue, Word

STRANGE = Finding("another-text", "error", "the recording is of another text", "is it the right script?")
DOUBT = Finding("words-unsure", "warning", "a guess", "listen")


class Pretending:
    """Hears one word in everything; in `other.wav` it is none of the script's."""

    def transcribe(self, media: Path) -> Result:
        finding = STRANGE if media.name == "other.wav" else DOUBT
        return Result("en", 1.0, (Word("Suez.", 0.0, 0.9),), (Cue(0.0, 0.9, ("Suez.",)),), findings=(finding,))


def test_a_recording_of_another_script_fails_as_it_does_alone_and_leaves_no_subtitles(tmp_path: Path) -> None:
    recordings = [Recording(tmp_path / name, Path(name)) for name in ("one.wav", "other.wav")]
    tasks = file_tasks(recordings, tmp_path / "out", "srt")
    transcriber = cast(Transcriber, Pretending())
    outcomes = list(run_batch(tasks, transcriber, Settings(home=tmp_path), again=False))
    assert counts(outcomes) == {"done": 1, "silent": 0, "skipped": 0, "failed": 1}
    assert outcomes[1].error is not None
    assert outcomes[1].error.message == STRANGE.message
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["one.srt"]
