"""CPU of rendering all-motion pictures, against the CPU of encoding the same finished frames with the same settings.

Footage, pinned: 1920×1080 at 30 frames a second; a 12-megapixel photograph of seeded noise in octaves and drawn shapes, under a Ken
Burns move of 10 % that lasts the whole scene; a scrim over it; a title that rises and fades in. Preset and CRF: `render.encode.MASTER`.
Everything counts: starting the workers, reading and scaling the photograph, joining. Bar (DESIGN section 11): at most 1.5, moonshot 1.2.

    python benchmarks/render_motion.py [--seconds 30]       about 2 minutes on two quiet cores
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.footage import DRAWN, RATE, cpu_of_encoding, draw_photograph, ken_burns, plan, spent_on_rendering
from benchmarks.meter import Bar, measured_on, options, report
from render.encode import MASTER


def main() -> int:
    """Measure and print; 1 when the bar is missed."""
    parser = options(__doc__)
    parser.add_argument("--seconds", type=float, default=30.0, help="of film")
    frames = round(parser.parse_args().seconds * RATE)
    with tempfile.TemporaryDirectory(prefix="slugline-benchmark-") as name:
        folder = Path(name)
        draw_photograph(folder / "photograph.jpg")
        segments = plan([ken_burns(folder / "photograph.jpg", frames)])
        ours = spent_on_rendering(segments, folder / "cache", folder / "film.mp4", os.cpu_count() or 1).cpu
        theirs, thorough = (
            cpu_of_encoding(segments, folder / "cache", folder / "encoded.mp4", encoding)
            for encoding in (DRAWN, MASTER)
        )
    met = report("render_motion", ours / theirs, "× the CPU of encoding the same frames", Bar(1.5, 1.2))
    each = f"{1000 * ours / frames:.1f} ms of CPU a frame, {1000 * theirs / frames:.1f} of them to encode it"
    print(f"  {ours / thorough:.2f} × the CPU of encoding them as filmed pictures are, which need more searching")
    print(f"  {frames} frames: {each}\n{measured_on('one photograph that moves, a scrim, a title')}")
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
