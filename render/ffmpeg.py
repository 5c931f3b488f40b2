"""Which ffmpeg to run: the one that comes with imageio-ffmpeg, so that nothing has to be installed on the machine."""

from functools import cache
from pathlib import Path

from core.digest import digest
from core.processes import run


@cache
def ffmpeg_path() -> str:
    """Absolute path of the bundled ffmpeg. Raises MissingPart when the package brought none for this platform."""
    from imageio_ffmpeg import get_ffmpeg_exe

    from core.errors import MissingPart

    try:
        return str(get_ffmpeg_exe())
    except RuntimeError as error:
        raise MissingPart(
            "no ffmpeg for this machine", hint="set IMAGEIO_FFMPEG_EXE to one with libx264 and libass"
        ) from error


@cache
def ffmpeg_identity() -> str:
    """What another program than imageio-ffmpeg's own is, wherever it lies: a digest of its version with all its libraries', and of a
    picture encoded by it, which says which x264 it has. "" for the package's own, which its version tells.

    Raises WorkFailed when it cannot encode one.
    """
    import imageio_ffmpeg

    program = Path(ffmpeg_path())
    if program.resolve().is_relative_to(Path(imageio_ffmpeg.__file__).resolve().parent):
        return ""
    said = run([program, "-hide_banner", "-version"], what="ask ffmpeg for its version")
    # A program that loads its libraries from elsewhere says nothing of x264: that writes its own version into what it encodes.
    picture = ["-f", "lavfi", "-i", "testsrc2=s=64x64:r=25", "-frames:v", "1", "-threads", "1"]
    encoded = run([program, "-v", "error", *picture, "-c:v", "libx264", "-f", "h264", "-"], what="encode a picture")
    return digest(said, encoded)
