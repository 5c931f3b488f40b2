"""Two edits become one: nothing of either is lost where they do not contradict each other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from transcripts.merging import merge
from transcripts.words import Cue, Mark

BASE = tuple(Cue(2.0 * n, 2.0 * n + 1.5, (f"line {n}",)) for n in range(8))


def worded(cue: Cue, text: str) -> Cue:
    return replace(cue, lines=(text,))


def test_edits_of_different_cues_are_both_kept() -> None:
    mine = (worded(BASE[0], "mine"), *BASE[1:])
    theirs = (*BASE[:3], *BASE[4:7], worded(BASE[7], "theirs"))
    merged = merge(BASE, mine, theirs)
    assert merged.cues == (worded(BASE[0], "mine"), *BASE[1:3], *BASE[4:7], worded(BASE[7], "theirs"))
    assert merged.conflicts == ()


def test_a_split_and_a_correction_elsewhere_stand_together() -> None:
    halves = (Cue(4, 4.7, ("li",)), Cue(4.7, 5.5, ("ne 2",)))
    mine = (*BASE[:2], *halves, *BASE[3:])
    theirs = (*BASE[:4], worded(BASE[4], "theirs"), *BASE[5:])
    assert merge(BASE, mine, theirs).cues == (*BASE[:2], *halves, BASE[3], worded(BASE[4], "theirs"), *BASE[5:])


def test_looks_that_only_they_gave_a_cue_are_kept() -> None:
    theirs = (*BASE[:2], replace(BASE[2], marks=(Mark(0, 4, "italic"),), fields=(("ass.style", "Top"),)), *BASE[3:])
    mine = (replace(BASE[0], id="7"), worded(BASE[1], "mine"), *BASE[2:])
    merged = merge(BASE, mine, theirs)
    assert merged.cues == (BASE[0], mine[1], theirs[2], *BASE[3:])
    assert merged.conflicts == ()


def test_where_both_changed_a_cue_mine_is_kept_and_theirs_is_told() -> None:
    mine = (*BASE[:2], worded(BASE[2], "mine"), *BASE[3:])
    theirs = (*BASE[:2], worded(BASE[2], "theirs"), *BASE[3:])
    merged = merge(BASE, mine, theirs)
    assert merged.cues == mine
    (conflict,) = merged.conflicts
    assert (conflict.position, conflict.before) == (2, (BASE[2],))
    assert (conflict.mine, conflict.theirs) == ((worded(BASE[2], "mine"),), (worded(BASE[2], "theirs"),))


def test_a_neighbour_that_only_they_changed_is_theirs() -> None:
    mine = (*BASE[:2], worded(BASE[2], "mine"), *BASE[3:])
    theirs = (BASE[0], worded(BASE[1], "theirs"), worded(BASE[2], "theirs too"), worded(BASE[3], "theirs"), *BASE[4:])
    merged = merge(BASE, mine, theirs)
    assert merged.cues == (BASE[0], theirs[1], mine[2], theirs[3], *BASE[4:])
    assert [conflict.theirs for conflict in merged.conflicts] == [(theirs[2],)]


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    same = (*BASE[:2], worded(BASE[2], "both"), *BASE[3:])
    assert merge(BASE, same, same) == merge(BASE, same, BASE)
    assert merge(BASE, same, same).conflicts == ()


def test_two_insertions_in_one_place_contradict_each_other() -> None:
    mine, theirs = Cue(1.5, 1.7, ("mine",)), Cue(1.5, 1.9, ("theirs",))
    merged = merge(BASE, (BASE[0], mine, *BASE[1:]), (BASE[0], theirs, *BASE[1:]))
    assert merged.cues == (BASE[0], mine, *BASE[1:])
    assert merged.conflicts[0].theirs == (theirs,)


def edits() -> st.SearchStrategy[tuple[Cue, ...]]:
    """The base with some cues gone, some changed, some doubled."""
    kinds = st.lists(st.sampled_from(["keep", "keep", "drop", "word", "twice"]), min_size=8, max_size=8)

    def make(chosen: list[str]) -> tuple[Cue, ...]:
        out: list[Cue] = []
        for cue, kind in zip(BASE, chosen, strict=True):
            if kind != "drop":
                out.append(worded(cue, cue.text + "!") if kind == "word" else cue)
            if kind == "twice":
                out.append(replace(cue, start=cue.start + 1.6, end=cue.start + 1.9))
        return tuple(out)

    return kinds.map(make)


@given(edits(), edits())
def test_one_edit_alone_is_taken_whole_and_every_conflict_is_where_it_says(
    mine: tuple[Cue, ...], theirs: tuple[Cue, ...]
) -> None:
    assert merge(BASE, mine, BASE).cues == mine
    assert merge(BASE, BASE, theirs).cues == theirs
    merged = merge(BASE, mine, theirs)
    for conflict in merged.conflicts:
        assert merged.cues[conflict.position :][: len(conflict.mine)] == conflict.mine
    # What neither touched is there; what I made is there whatever they did.
    kept = set(mine) & set(theirs) | (set(mine) - set(BASE))
    assert kept <= set(merged.cues)
