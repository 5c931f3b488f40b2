"""PocketSphinx behind the forced aligner port: its English acoustic model comes inside the package."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from transcripts.audio import RATE, Samples
from transcripts.pronunciations import pronounce, read_dictionary
from transcripts.spoken import Form

_FRAMES = 100
"""The model's frames a second."""


class PocketSphinx:
    """Forced alignment of English; about 28 times faster than the speech on one core."""

    @staticmethod
    def installed() -> bool:
        """True when the package and its English model are there."""
        try:
            import pocketsphinx
        except ImportError:
            return False
        return Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict")).is_file()

    @cached_property
    def _decoder(self) -> Any:
        import pocketsphinx

        return pocketsphinx.Decoder(
            hmm=pocketsphinx.get_model_path("en-us/en-us"),
            dict=self._dictionary,
            lm=None,
            samprate=float(RATE),
            loglevel="FATAL",
        )

    @cached_property
    def _dictionary(self) -> str:
        import pocketsphinx

        return str(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))

    def lay(self, samples: Samples, words: Sequence[Form]) -> list[tuple[float, float]] | None:
        """See the port: start and end of each word in seconds, or None when the search finds no way through."""
        names = [self._known(atom) for word in words for atom in word]
        if not names or not all(names) or len(samples) < RATE // 10:
            return None
        decoder = self._decoder
        try:
            decoder.set_align_text(" ".join(name for name in names if name))
            decoder.start_utt()
            decoder.process_raw(samples.tobytes(), no_search=False, full_utt=True)
            decoder.end_utt()
            found = [
                (segment.start_frame / _FRAMES, (segment.end_frame + 1) / _FRAMES)
                for segment in decoder.seg() or ()
                if not segment.word.startswith(("<", "[", "+")) and segment.word != "(NULL)"
            ]
        except RuntimeError:
            return None
        if len(found) != len(names):
            return None
        spans: list[tuple[float, float]] = []
        at = 0
        for word in words:
            spans.append((found[at][0], found[at + len(word) - 1][1]))
            at += len(word)
        return spans

    def _known(self, atom: str) -> str | None:
        """The atom, taught to the decoder if need be; None when it cannot be pronounced."""
        if self._decoder.lookup_word(atom) is not None:
            return atom
        phones = pronounce(atom, read_dictionary(Path(self._dictionary)))
        if not phones:
            return None
        self._decoder.add_word(atom, " ".join(phones), True)
        return atom
