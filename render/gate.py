"""The delivery gate: is the finished file the film that was planned, and what a channel takes?

By packets (`probe`), by sound (`loudness`) and by what is seen. Every check is a name in `evidence.CHECKS`; a finding carries
it as its rule. The picture is watched segment by segment, from what was seen of each when it was new; that the film is
made of these segments is checked packet by packet, so that nothing escapes. Where it is not, the film itself is decoded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import BadInput, WorkFailed
from core.findings import Finding
from render.evidence import CHECKS, Evidence, Expectation, SeenPiece, Watched
from render.gate_file import FILE_CHECKS, check_container
from render.gate_senses import SENSE_CHECKS, find_stills
from render.loudness import Trace, trace_file
from render.probe import probe
from render.stills import Run
from render.watching import watch_pieces, watch_whole

GATE_VERSION = 3
"""Raise when a check changes, so that films in the cache are looked at again."""


@dataclass(frozen=True)
class Examined:
    """What the gate found, and what it measured on the way: None where a film could not be read that far. `stills` are frames
    [first, last) in which nothing is seen to move.
    """

    findings: tuple[Finding, ...]
    watched: Watched | None = None
    trace: Trace | None = None
    stills: tuple[Run, ...] = ()


def examine(film: Path, plan: Expectation, pieces: Sequence[SeenPiece] = ()) -> Examined:
    """Every way in which a finished film differs from its plan or from the delivery format; no findings when it passes.

    `pieces` are its render segments in order, with what was seen of them before; without them the whole film is decoded.
    """
    try:
        facts = probe(film)
    except BadInput as error:
        return Examined((Finding("container", "error", error.message, hint=error.hint, limit=CHECKS["container"]),))
    shape = tuple(check_container(facts))
    if shape:
        return Examined(shape)
    watched = watch_pieces(pieces, facts.pictures[0], plan) if pieces else None
    if watched is None or watched.tampered is not None:
        watched = watch_whole(film, facts.pictures[0], plan, watched.tampered if watched else None)
    trace, complaint = None, ""
    try:
        trace = trace_file(film)
    except WorkFailed as error:
        complaint = error.message
    evidence = Evidence(film, plan, facts, watched, trace.loudness if trace else None, complaint)
    findings = tuple(finding for check in (*FILE_CHECKS, *SENSE_CHECKS) for finding in check(evidence))
    return Examined(findings, watched, trace, find_stills(evidence))
