"""Which ffmpeg to run: the one that comes with imageio-ffmpeg, so that nothing has to be installed on the machine."""

from functools import cache


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
