from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.outputs import Recording, is_media, plan_outputs

NAMES = st.sampled_from(["talk", "Talk", "talk-2", "a.b", "война"])
SUFFIXES = st.sampled_from([".mp4", ".wav", ".MP4", "", ".mp4.srt"])
RECORDINGS = st.builds(
    lambda folder, name, suffix: Recording(PurePath("/x") / name, PurePath(folder) / (name + suffix)),
    st.sampled_from(["", "one", "one/two"]),
    NAMES,
    SUFFIXES,
)


@given(st.lists(RECORDINGS, max_size=12))
def test_no_two_recordings_are_written_to_one_file(recordings: list[Recording]) -> None:
    names = plan_outputs(recordings, ".srt")
    assert len({name.as_posix().casefold() for name in names}) == len(recordings)
    for name, recording in zip(names, recordings, strict=True):
        assert name.suffix == ".srt"
        assert name.parent == recording.below.parent


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (["talk.mp4"], ["talk.vtt"]),
        (["a/talk.mp4", "b/talk.mp4"], ["a/talk.vtt", "b/talk.vtt"]),
        (["talk.mp4", "talk.wav", "other.wav"], ["talk.mp4.vtt", "talk.wav.vtt", "other.vtt"]),
        (["talk.mp4", "talk.mp4"], ["talk.mp4.vtt", "talk.mp4-2.vtt"]),
        (["episode 1.5.mkv"], ["episode 1.5.vtt"]),
    ],
)
def test_names(below: list[str], expected: list[str]) -> None:
    recordings = [Recording(PurePath("/m") / name, PurePath(name)) for name in below]
    assert [name.as_posix() for name in plan_outputs(recordings, ".vtt")] == expected


def test_what_a_folder_holds() -> None:
    assert is_media("talk.MP4")
    assert not is_media("._talk.mp4")
    assert not is_media("talk.srt")
