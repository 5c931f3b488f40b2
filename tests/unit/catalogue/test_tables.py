"""What the catalogue shows of a video on a terminal."""

from catalogue.tables import file_rows
from catalogue.views import MediaFile


def test_the_files_of_a_ladder_are_one_row() -> None:
    files = [
        MediaFile(role, f"v/{name}", "", 10, "", language)
        for role, name, language in (
            ("film", "v.mp4", ""),
            ("captions-vtt", "v.en.vtt", "en"),
            ("captions-vtt", "v.de.vtt", "de"),
            ("hls", "v.hls/master.m3u8", ""),
            ("hls-1080-playlist", "v.hls/1080.m3u8", ""),
            ("hls-1080", "v.hls/1080.mp4", ""),
        )
    ]
    assert file_rows(files) == [
        ("film", 10, "v/v.mp4"),
        ("captions-vtt", 10, "v/v.en.vtt"),
        ("captions-vtt", 10, "v/v.de.vtt"),
        ("hls", 30, "v/v.hls/master.m3u8 and 2 more files"),
    ]
    assert file_rows([]) == []
