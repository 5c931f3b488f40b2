"""The words that an editor is shown as doubtful, wherever they come from."""

from jobs.doubtful import doubtful_words
from transcripts.words import Origin, Word


def doubtful(origin: Origin, probability: float) -> bool:
    return bool(doubtful_words([Word("canoe", 1.0, 1.4, probability, origin)]))


def test_what_was_not_simply_heard_is_doubtful() -> None:
    assert doubtful("recognised", 0.4)
    assert not doubtful("recognised", 0.6)
    assert doubtful("interpolated", 0.9), "in the script, and not heard"
    assert doubtful("ad-libbed", 0.9), "heard, and not in the script"
    assert not doubtful("matched", 0.4), "a script's word: the number says how alike the heard one was"
    assert not doubtful_words([Word("canoe", None, None, 0.0, "unspoken")])
