import random
import time
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.align import align
from transcripts.anchors import find_anchors
from transcripts.tokens import script_tokens
from transcripts.words import Alignment, Transcript, Word

SCRIPT = (
    "The canal runs for one hundred and ninety-three kilometres, from sea to sea, without a single lock. It opened in 1869, "
    "and for most of a century its shareholders were in Paris and London. In July 1956 Gamal Abdel Nasser stood up in "
    "Alexandria, and took it. The company, he said, was Egypt’s own."
)


def heard(text: str, pause: float = 0.0, probability: float = 0.9) -> Transcript:
    """A recogniser that hears exactly this, every word 60 ms a letter."""
    words, clock = [], 0.5
    for word in text.split():
        end = clock + 0.06 * max(2, len(word))
        words.append(Word(word, round(clock, 3), round(end, 3), probability))
        clock = end + pause
    return Transcript("en", clock + 0.5, tuple(words))


def origins(alignment: Alignment) -> set[str]:
    return {word.origin for word in alignment.words}


def check_shape(alignment: Alignment, count: int) -> None:
    """One entry for each script word; times that rise in the voice's order."""
    assert [word.token for word in alignment.script_words] == list(range(count))
    assert sorted(word.token for word in alignment.words if word.token is not None) == list(range(count))
    spans = [(word.start, word.end) for word in alignment.words if word.start is not None and word.end is not None]
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all((word.start is None) == (word.origin == "unspoken") for word in alignment.words)


def test_spelling_is_the_scripts() -> None:
    said = "The canal runs for 193 kilometers from sea to sea without a single lock. It opened in eighteen sixty-nine and for most "
    said += "of a century it's shareholders were in Paris and London. In July nineteen fifty-six Gamble Abdul Nassar stood up in "
    said += "Alexandria and took it. The company he said was Egypts own."
    tokens = script_tokens(SCRIPT)
    alignment = align(heard(said), tokens)
    check_shape(alignment, len(tokens))
    assert " ".join(word.text for word in alignment.words) == " ".join(SCRIPT.split())
    assert alignment.matched_share > 0.95
    assert alignment.unspoken == alignment.ad_libbed == ()


def test_a_cut_sentence_is_unspoken() -> None:
    said = SCRIPT.replace(
        " It opened in 1869, and for most of a century its shareholders were in Paris and London.", ""
    )
    alignment = align(heard(said), script_tokens(SCRIPT))
    assert " ".join(alignment.unspoken).startswith("It opened in 1869,")
    assert len(alignment.unspoken) == 17
    assert origins(alignment) == {"matched", "unspoken"}


def test_a_sentence_said_but_not_written_is_an_ad_lib() -> None:
    extra = "and I should add here quickly"
    said = SCRIPT.replace("In July 1956", f"{extra} In July 1956")
    alignment = align(heard(said), script_tokens(SCRIPT))
    assert " ".join(alignment.ad_libbed) == extra
    check_shape(alignment, len(script_tokens(SCRIPT)))
    assert align(heard(said, probability=0.3), script_tokens(SCRIPT)).ad_libbed == ()


def test_a_word_the_recogniser_swallowed_is_interpolated() -> None:
    words = [word for word in heard(SCRIPT).words if word.text not in ("Abdel", "single")]
    alignment = align(Transcript("en", 60.0, tuple(words)), script_tokens(SCRIPT))
    assert [word.text for word in alignment.words if word.origin == "interpolated"] == ["single", "Abdel"]
    check_shape(alignment, len(script_tokens(SCRIPT)))


def test_paragraphs_read_in_another_order_are_found_where_they_were_read() -> None:
    first, second, third = SCRIPT.split(". ", 2)
    said = f"{second}. {first}. {third}"
    alignment = align(heard(said), script_tokens(SCRIPT))
    check_shape(alignment, len(script_tokens(SCRIPT)))
    assert " ".join(word.text for word in alignment.words) == said
    assert alignment.matched_share == 1
    assert alignment.unspoken == alignment.ad_libbed == ()


def test_a_moved_paragraph_keeps_its_misheard_words_and_its_lost_ones_beside_it() -> None:
    first, second, third = SCRIPT.split(". ", 2)
    said = f"{third} {first}. {second}.".replace("shareholders", "chair holders").replace("It opened in", "opened in")
    alignment = align(heard(said), script_tokens(SCRIPT))
    check_shape(alignment, len(script_tokens(SCRIPT)))
    words = [word.text for word in alignment.words]
    at = words.index("opened")
    assert words[at - 1] == "It"
    assert words[at - 2] == "lock."
    assert "shareholders" in words[at : at + 12]
    assert alignment.ad_libbed == ()


def test_a_word_that_spans_a_moved_stretch_does_not_swallow_it() -> None:
    """Between the parts of a number, which a pause may cut, whole sentences can stand."""
    first, second, third = SCRIPT.split(". ", 2)
    said = f"The canal runs for one hundred {second} and ninety-three kilometres {first[45:]}. {third}"
    alignment = align(heard(said), script_tokens(SCRIPT))
    check_shape(alignment, len(script_tokens(SCRIPT)))
    assert "opened" not in alignment.unspoken


@pytest.mark.parametrize(
    "said",
    [
        "Dans un pays lointain vivait une reine que personne n'avait jamais vue et dont chacun racontait une histoire "
        * 4,
        "My recipe needs three eggs, a spoon of butter, some flour and as much patience as you can find on a cold morning "
        * 4,
    ],
)
def test_another_text_can_be_told(said: str) -> None:
    alignment = align(heard(said), script_tokens(SCRIPT))
    assert alignment.matched_share < 0.2
    assert "interpolated" not in origins(alignment)


def test_nothing_heard_is_nothing_said() -> None:
    alignment = align(Transcript("en", 20.0, ()), script_tokens(SCRIPT))
    assert origins(alignment) == {"unspoken"}
    assert alignment.matched_share == 0


def test_an_empty_script_has_no_words() -> None:
    assert align(heard("hello there"), ()).ad_libbed == ("hello", "there")


def test_a_loop_says_neither_what_was_said_nor_when() -> None:
    """Over names that it does not know Whisper falls into repeating itself: the script's words are put in the room there is."""
    lost = "In July 1956 Gamal Abdel Nasser stood up in Alexandria, and took it."
    said = heard(SCRIPT.replace(lost, "when " + "wag-a-doo-doo " * 17))
    alignment = align(said, script_tokens(SCRIPT))
    check_shape(alignment, len(script_tokens(SCRIPT)))
    assert alignment.ad_libbed == alignment.unspoken == ()
    inside = [word for word in alignment.words if word.text in lost.split() and word.origin == "interpolated"]
    assert len(inside) >= 10
    starts = [word.start for word in inside if word.start is not None]
    assert max(after - before for before, after in pairwise(starts)) < 3


@given(
    st.lists(st.sampled_from("abcde"), max_size=60),
    st.lists(st.sampled_from("abcde"), max_size=60),
)
def test_anchors_rise_and_agree(a: list[str], b: list[str]) -> None:
    anchors = find_anchors(a, b)
    assert all(a[i] == b[j] for i, j in anchors)
    assert all(p[0] < q[0] and p[1] < q[1] for p, q in pairwise(anchors))


@given(
    st.lists(
        st.sampled_from(["the", "1956", "sea", "ninety-three", "don’t", "Nasser", "of", "£10", "—", "canal"]),
        max_size=40,
    ),
    st.data(),
)
def test_any_mishearing_keeps_every_word_once(words: list[str], data: st.DataObject) -> None:
    tokens = script_tokens(" ".join(words))
    said = data.draw(st.lists(st.sampled_from([*words, "well", "10", "see"]), max_size=40))
    check_shape(align(heard(" ".join(said)), tokens), len(tokens))


@settings(deadline=None, max_examples=50)
@given(st.permutations(range(6)), st.lists(st.integers(20, 60), min_size=6, max_size=6), st.integers(0, 9))
def test_any_order_of_paragraphs_is_found(order: list[int], lengths: list[int], misheard: int) -> None:
    """Paragraphs in any order, a word in ten misheard: all are found where they were said, but for a misheard word at an edge."""
    paragraphs = [
        [f"{name}{'abcdefghij'[at // 10]}{'klmnopqrst'[at % 10]}" for at in range(length)]
        for name, length in zip(("cab", "dev", "fim", "gow", "huz", "nyx"), lengths, strict=True)
    ]
    tokens = script_tokens("\n".join(" ".join(words) for words in paragraphs))
    said = [word + "x" * (at % 10 == misheard) for index in order for at, word in enumerate(paragraphs[index])]
    alignment = align(heard(" ".join(said)), tokens)
    check_shape(alignment, len(tokens))
    matched = [word.text[:3] for word in alignment.words if word.origin == "matched"]
    assert [name for name, _ in groupby(matched)] == [paragraphs[index][0][:3] for index in order]
    assert len(matched) >= len(tokens) - len(order)
    assert len(alignment.ad_libbed) <= len(order)


@pytest.mark.slow
def test_three_hours_align_in_seconds() -> None:
    chance = random.Random(7)
    vocabulary = [f"{a}{b}{c}" for a in ("ka", "lo", "mi", "ru") for b in ("n", "st", "v", "rd") for c in range(60)]
    script = [chance.choice(vocabulary[: chance.choice([20, 200, 960])]) for _ in range(27_000)]
    said = [word for word in script if chance.random() > 0.03]
    said = [word if chance.random() > 0.08 else word + "x" for word in said]
    tokens = script_tokens(" ".join(script))
    begun = time.process_time()
    alignment = align(heard(" ".join(said)), tokens)
    assert time.process_time() - begun < 15
    assert alignment.matched_share > 0.9
    check_shape(alignment, len(tokens))
