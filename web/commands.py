"""`slugline serve`: the pages, on one machine."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer

from core.console import out
from core.errors import BadInput, Busy
from core.settings import load_settings

Home = Annotated[Path | None, typer.Option("--home", help="the studio folder; else the one around the current folder")]
Host = Annotated[str, typer.Option("--host", help="address to listen on; 0.0.0.0 for every network of this machine")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="port to listen on; 0 takes a free one")]


def serve(home: Home = None, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Show the studio's pages in a browser, until Ctrl-C."""
    settings = load_settings(home)
    listener = listen(host, port)
    import uvicorn

    from web.app import create_app

    name, number = listener.getsockname()[:2]
    shown = "127.0.0.1" if name in ("0.0.0.0", "::") else name  # noqa: S104 - compared with, not listened on
    out().print(f"{settings.name} is on http://{f'[{shown}]' if ':' in shown else shown}:{number}  (Ctrl-C stops it)")
    config = uvicorn.Config(create_app(settings), log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`. Raises Busy for a taken port, BadInput for an address that is not ours."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise BadInput(f"no address {host!r}", hint="use --host 127.0.0.1, or 0.0.0.0 for every network") from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(128)
    except PermissionError as error:
        listener.close()
        raise BadInput(f"port {port} needs an administrator", hint="choose one from 1024 up, such as 8000") from error
    except OSError as error:
        listener.close()
        free = next_free(host, port)
        hint = f"is `slugline serve` running already? Else: slugline serve --port {free}"
        raise Busy(f"port {port} of {host} is taken", hint=hint) from error
    return listener


def next_free(host: str, port: int) -> int:
    """The next port above `port` that can be bound, within twenty; else 0, which lets the system choose."""
    for candidate in range(port + 1, min(port + 21, 65536)):
        with socket.socket() as probe:
            if probe.connect_ex((host, candidate)) != 0:
                return candidate
    return 0
