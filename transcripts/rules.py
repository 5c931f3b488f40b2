"""The rules that finished cues are held to: one list of pure checks, each with its formula and source in its docstring."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from inspect import getdoc

from core.findings import Finding
from transcripts.profiles import PROFILES
from transcripts.rules_of_cuts import CUT_RULES
from transcripts.rules_of_text import TEXT_RULES
from transcripts.rules_of_time import TIME_RULES
from transcripts.track import Track, make_track
from transcripts.words import Cue

Check = Callable[[Track], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (*TIME_RULES, *TEXT_RULES, *CUT_RULES)

VOICES = frozenset({"cue-too-fast", "track-too-fast"})
"""Rules that a voice breaks, not the way its words are cut."""


@dataclass(frozen=True)
class Rule:
    """What a rule asks, how it is measured, where it is from, and the profiles that send a file back for it."""

    name: str
    asks: str
    formula: str
    source: str
    strict: tuple[str, ...]

    def describe(self) -> str:
        """The rule in Markdown, as `docs/subtitle-rules.md` has it."""
        houses = (
            "every profile" if len(self.strict) == len(PROFILES) else ", ".join(f"`{name}`" for name in self.strict)
        )
        severity = f"An error in {houses}." if self.strict else "A warning."
        return f"### `{self.name}`\n\n{self.asks} {severity}\n\n- Formula: {self.formula}\n- Source: {self.source}\n"


def find_rules() -> tuple[Rule, ...]:
    """Every rule, as its check's docstring has it."""
    return tuple(_rule(check) for check in CHECKS)


def _rule(check: Check) -> Rule:
    name = check.__name__.replace("_", "-")
    text = getdoc(check) or ""
    found = re.fullmatch(r"(.+?)\n\nFormula: (.+?)\nSource: (.+)", text, re.DOTALL)
    if found is None:
        raise ValueError(f"{name} says neither formula nor source")
    asks, formula, source = (" ".join(part.split()) for part in found.groups())
    strict = tuple(key for key, profile in PROFILES.items() if name in profile.strict)
    return Rule(name, asks, formula, source, strict)


def check_track(track: Track) -> list[Finding]:
    """Everything in which a track breaks its profile's rules: what concerns no single cue first, then by cue, rules in their order."""
    found = [finding for check in CHECKS for finding in check(track)]
    return sorted(found, key=lambda finding: finding.cue or 0)


def check_cues(
    cues: Sequence[Cue],
    *,
    profile: str = "netflix",
    rate: Fraction = Fraction(30),
    language: str = "en",
    cuts: Sequence[float] = (),
    seconds: float | None = None,
    names: Collection[str] = (),
    children: bool = False,
    translation: bool = False,
) -> list[Finding]:
    """Everything in which cues break a profile's rules; cues count from 1.

    `cuts` and `seconds` of the picture, where they are known; `names` that hold together; `children` watch it; `translation`: the sound
    is in another language. Raises BadInput for an unknown profile.
    """
    return check_track(
        make_track(cues, profile, rate, language, cuts, seconds, names, children=children, translation=translation)
    )
