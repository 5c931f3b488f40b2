"""TTML: reads what the family writes (TTML 1 and 2, IMSC, EBU-TT-D, SMPTE-TT, DFXP), writes IMSC 1.1 text."""

from transcripts.formats.ttml_reading import read
from transcripts.formats.ttml_writing import write

__all__ = ["read", "write"]
