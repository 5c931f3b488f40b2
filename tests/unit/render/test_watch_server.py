"""A watched storyboard is served to this machine alone, and nothing but what is on it."""

from __future__ import annotations

import http.client
import struct
import wave
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest

from core.timecode import SAMPLE_RATE
from render.watch_board import Board
from render.watch_server import serving


def ask(address: str, path: str, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "127.0.0.1", 200),
        ("/", "localhost:8001", 200),
        ("/", "evil.example:8001", 403),
        ("/events", "127.0.0.1.evil.example", 403),
        ("/picture/../../../../etc/passwd", "127.0.0.1", 404),
        ("/sound/%2e%2e%2fetc", "127.0.0.1", 404),
        ("/sound/swept", "127.0.0.1", 404),
    ],
)
def test_nobody_else_is_answered_and_nothing_else_is_given(path: str, host: str, status: int, tmp_path: Path) -> None:
    board = Board(sounds={"swept": (tmp_path / "gone.wav", 0, 10)})
    with serving(board, 0) as address:
        assert address.startswith("http://127.0.0.1:")
        assert ask(address, path, Host=host)[0] == status


def test_a_stretch_of_a_take_is_played_whole_and_in_ranges(tmp_path: Path) -> None:
    take = tmp_path / "take.wav"
    with wave.open(str(take), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(np.arange(1000, dtype="<i2").tobytes())
    with serving(Board(sounds={"one": (take, 100, 200)}), 0) as address:
        status, whole = ask(address, "/sound/one")
        assert (status, len(whole)) == (200, 44 + 200)
        assert struct.unpack("<100h", whole[44:]) == tuple(range(100, 200))
        assert ask(address, "/sound/one", Range="bytes=44-47") == (206, whole[44:48])
        assert ask(address, "/sound/one", Range="bytes=-4") == (206, whole[-4:])
        assert ask(address, "/sound/one", Range="bytes=900-")[0] == 416
