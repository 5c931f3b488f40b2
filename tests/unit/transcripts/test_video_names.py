"""What a video's own texts say of its names: which to listen for, and how many a transcript has."""

import json
from pathlib import Path

import pytest

from core.errors import BadInput
from transcripts.cues import build_cues
from transcripts.hotwords import ROOM, choose_hotwords
from transcripts.lexicon import Lexicon, Name
from transcripts.recall import measure_recall, share
from transcripts.transcript_files import read_transcript
from transcripts.video_names import KnownNames, VideoNames, names_of_file, names_of_video, whole_names
from transcripts.vocabulary import english_words
from transcripts.words import Word

TEXT = "In Idlib, the men of Hayat Tahrir al-Sham met in Damascus. Idlib, they said, is not Damascus; nor is Hayat."


def test_rare_names_come_first_and_names_in_longer_ones_go_without_saying() -> None:
    names = names_of_video(TEXT, KnownNames())
    assert names.hotwords == ("Idlib", "Hayat Tahrir al-Sham", "Damascus")
    assert names.expected >= {"Idlib", "Damascus"}


def test_there_is_room_for_so_many() -> None:
    lexicon = Lexicon(tuple(Name(f"Kazar{chr(97 + a)}{chr(97 + b)}istan") for a in range(20) for b in range(20)))
    chosen = choose_hotwords(" ".join(name.text for name in lexicon.names), lexicon, english_words())
    assert ROOM - 20 < sum(len(name) + 2 for name in chosen) <= ROOM + 2


def test_only_names_of_the_video_are_listened_for() -> None:
    known = KnownNames(Lexicon((Name("Sabancı"), Name("Idlib", ("Idleb",)))))
    names = names_of_video("They left Idleb at night.", known)
    assert names.hotwords == ("Idlib",)
    assert names.known.lexicon.get("Sabanci") is not None


def test_a_file_of_names_or_any_text_will_do(tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text('[Idlib]\nvariants = ["Idleb"]\n')
    assert names_of_file(file, KnownNames()).expected == {"Idlib"}
    article = tmp_path / "my article.md"
    article.write_text("# Snow\n\nIt snowed in Idlib.\n")
    assert names_of_file(article, KnownNames()).hotwords == ("Idlib",)
    with pytest.raises(BadInput, match="does not exist"):
        names_of_file(tmp_path / "none.toml", KnownNames())


def test_names_of_several_words_hold_together() -> None:
    words = [Word(word, 0.0, 1.0) for word in ("the", "Bab", "el-Mandeb,", "seen", "from", "Aden")]
    names = VideoNames(KnownNames(Lexicon((Name("Bab el-Mandeb"), Name("Aden")))))
    assert names.on_one_line(words) == {"Bab el-Mandeb"}


def test_lines_do_not_part_a_name_that_small_words_hold_together() -> None:
    text = "Nobody had ever really wanted the Strait of Hormuz, nor Bab el-Mandeb, closed for a whole year."
    words = [Word(word, at / 3, (at + 1) / 3) for at, word in enumerate(text.split())]
    names = whole_names(words)
    assert names == {"Strait of Hormuz", "Bab el-Mandeb"}
    for profile in ("netflix", "bbc", "youtube"):
        lines = [line for cue in build_cues(words, profile=profile, names=names) for line in cue.lines]
        assert all(any(name in line for line in lines) for name in names), lines


def test_recall_counts_exact_forms_and_lists_what_stands_instead() -> None:
    lexicon = Lexicon((Name("Idlib", ("Idleb",)), Name("Sabancı"), Name("Homs")))
    found = measure_recall("Idlib and Idlib, Sabancı’s Homs", "Idlib Idleb and Sabanci's Homs Homs Homs", lexicon)
    assert [(one.name, one.said, one.exact, one.otherwise) for one in found] == [
        ("Idlib", 2, 1, (("Idleb", 1),)),
        ("Sabancı", 1, 0, (("Sabanci", 1),)),
        ("Homs", 1, 1, ()),
    ]
    assert share(found) == 0.5
    assert share(()) == 1


def test_a_transcript_is_read_whichever_way_it_was_written(tmp_path: Path) -> None:
    files = {
        "a.srt": "1\n00:00:00,000 --> 00:00:01,000\n<i>In Idlib</i>\n",
        "b.txt": "In Idlib",
        "c.json": json.dumps({"text": "In Idlib", "cues": []}),
        "d.json": json.dumps({"cues": [{"start": 0, "end": 1, "lines": ["In", "Idlib"]}]}),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        assert read_transcript(tmp_path / name).strip() == "In Idlib"
    for name, text in {"e.json": "[1]", "f.json": "{", "g.json": '{"cues": [3]}'}.items():
        (tmp_path / name).write_text(text)
        with pytest.raises(BadInput, match="holds no transcript"):
            read_transcript(tmp_path / name)
