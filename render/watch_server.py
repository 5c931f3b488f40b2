"""A watched storyboard served to this machine's browsers: one page, its pictures, its sounds, and word of every change."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from core.errors import BadInput
from core.resources import resource
from core.timecode import SAMPLE_RATE
from render.pcm import WIDTH
from render.watch_board import Board

HEARTBEAT = 5.0
"""Seconds after which a silent connection says that it is there, and finds out whether its browser is."""
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
_HERE = {"127.0.0.1", "localhost", "[::1]"}


@contextmanager
def serving(board: Board, port: int) -> Iterator[str]:
    """Serve the board on this machine for the length of a block; gives the address. Port 0 takes any that is free.

    Raises BadInput for a port that somebody else has.
    """
    handler = type("Handler", (_Handler,), {"board": board, "page": _page()})
    try:
        server = _Server(("127.0.0.1", port), handler)
    except OSError as error:
        raise BadInput(
            f"port {port} cannot be used: {(error.strerror or '').lower()}", hint="choose another with --port"
        ) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        board.close()
        server.shutdown()
        server.server_close()
        thread.join()


def _page() -> bytes:
    folder = resource("templates", "board")
    parts = {name: (folder / name).read_text(encoding="utf-8") for name in ("board.html", "board.css", "board.js")}
    page = parts["board.html"].replace("{{ css }}", parts["board.css"]).replace("{{ js }}", parts["board.js"])
    return page.encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of an answer is no error."""


class _Handler(BaseHTTPRequestHandler):
    board: ClassVar[Board]
    page: ClassVar[bytes]
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words: object) -> None:
        """Nothing: the command's own words are enough."""

    def do_HEAD(self) -> None:
        """Like GET, without the body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer one request."""
        # Another site's script may send a browser here under its own name; nobody but this machine is meant.
        if self.headers.get("Host", "").rsplit(":", 1)[0] not in _HERE:
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        path = self.path.split("?", 1)[0]
        kind, _, name = path.strip("/").partition("/")
        with suppress(BrokenPipeError, ConnectionResetError):
            if path == "/":
                self._give(self.page, "text/html; charset=utf-8", "no-store")
            elif path == "/events":
                self._tell()
            elif kind == "picture" and (picture := self.board.pictures.get(name)):
                self._give(picture, "image/jpeg", "max-age=31536000, immutable")
            elif kind == "sound" and (place := self.board.sounds.get(name)):
                self._play(*place)
            else:
                self._refuse(HTTPStatus.NOT_FOUND)

    def _refuse(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _give(self, data: bytes, mime: str, keep: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", mime)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", keep)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _tell(self) -> None:
        """Server-sent events: the whole board, now and whenever it changes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        seen = -1
        while not self.board.closed and self.command != "HEAD":
            version, document = self.board.wait(seen, HEARTBEAT)
            if version != seen and document:
                seen = version
                self.wfile.write(f"data: {json.dumps(document, ensure_ascii=False)}\n\n".encode())
            else:
                self.wfile.write(b": here\n\n")
            self.wfile.flush()

    def _play(self, file: Path, start: int, end: int) -> None:
        """A stretch of a take as a WAV file of its own, or the range of it that a player asks for."""
        try:
            whole = _wav(file, start, end)
        except (OSError, EOFError, wave.Error):
            self._refuse(HTTPStatus.NOT_FOUND)  # the cache has been emptied since
            return
        found = _RANGE.match(self.headers.get("Range", ""))
        first, last = 0, len(whole) - 1
        if found and any(found.groups()):
            low, high = found.groups()
            first = int(low) if low else max(0, len(whole) - int(high))
            last = min(last, int(high)) if low and high else last
            if first > last:
                self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                self.send_header("Content-Range", f"bytes */{len(whole)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
        self.send_response(HTTPStatus.PARTIAL_CONTENT if found else HTTPStatus.OK)
        self.send_header("Content-Type", "audio/wav")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(last + 1 - first))
        self.send_header("Cache-Control", "max-age=31536000, immutable")
        if found:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(whole)}")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(whole[first : last + 1])


def _wav(file: Path, start: int, end: int) -> bytes:
    """Samples [start, end) of a mono take, as a file."""
    from render.pcm import PcmReader

    with PcmReader(file) as reader:
        data = reader.raw(start, end - start)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, SAMPLE_RATE, SAMPLE_RATE * WIDTH, WIDTH, WIDTH * 8)
    body = b"WAVE" + form + struct.pack("<4sI", b"data", len(data)) + data
    return struct.pack("<4sI", b"RIFF", len(body)) + body
