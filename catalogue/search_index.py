"""The databases' own full-text indexes behind one face: FTS5 on SQLite, a tsvector under GIN on PostgreSQL.

Both hold the tokens of `catalogue.searchable`, which need no folding, no parting and no dictionary, so both find the same. A tsvector
forgets positions past 16,383 and more than 256 of a word, so on PostgreSQL it finds the videos that hold all the words of a phrase and the
token line itself says which hold them in a row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from sqlalchemy import text
from sqlmodel import Session

from catalogue.query import Term
from catalogue.text import encode


@dataclass(frozen=True)
class Probe:
    """One look into the index: a term in the fields of these letters, any of them."""

    term: Term
    letters: str


class SearchIndex(Protocol):
    """Keeps token lines by video and finds videos by terms."""

    def put(self, session: Session, video_id: int, line: str) -> None:
        """Index a line that `searchtext` holds already."""
        ...

    def remove(self, session: Session, video_id: int, line: str) -> None:
        """Forget a line, before `searchtext` changes."""
        ...

    def find_all(self, session: Session, probes: Sequence[Probe]) -> list[int]:
        """Videos that answer every probe."""
        ...

    def find_each(self, session: Session, probes: Sequence[Probe]) -> list[set[int]]:
        """For each probe, the videos that answer it."""
        ...

    def count_each(self, session: Session, probes: Sequence[Probe]) -> list[int]:
        """For each probe, how many videos answer it."""
        ...


def search_index(session: Session) -> SearchIndex:
    """The index of the session's database."""
    return Fts5() if session.get_bind().dialect.name == "sqlite" else Tsvector()


def lettered(letter: str, term: Term) -> list[str]:
    """A term's words as they stand in the token line."""
    return [letter + encode(key) for key in term.keys]


class Fts5:
    """SQLite: an FTS5 table over `searchtext`, whose rows it does not copy."""

    def put(self, session: Session, video_id: int, line: str) -> None:
        """Add the line's words."""
        statement = text("INSERT INTO searchindex (rowid, tokens) VALUES (:id, :line)")
        session.execute(statement, {"id": video_id, "line": line})

    def remove(self, session: Session, video_id: int, line: str) -> None:
        """An index without content has to be told what it held."""
        statement = text("INSERT INTO searchindex (searchindex, rowid, tokens) VALUES ('delete', :id, :line)")
        session.execute(statement, {"id": video_id, "line": line})

    def find_all(self, session: Session, probes: Sequence[Probe]) -> list[int]:
        """One MATCH."""
        expression = " AND ".join(f"({_fts5_expression(probe)})" for probe in probes)
        rows = session.execute(
            text("SELECT rowid FROM searchindex WHERE searchindex MATCH :match"), {"match": expression}
        )
        return list(rows.scalars())

    def find_each(self, session: Session, probes: Sequence[Probe]) -> list[set[int]]:
        """One statement for all the probes."""
        return gather(self._each(session, probes, "rowid"), len(probes))

    def count_each(self, session: Session, probes: Sequence[Probe]) -> list[int]:
        """One statement for all the probes."""
        return [count for _n, count in sorted(self._each(session, probes, "count(*)"))]

    def _each(self, session: Session, probes: Sequence[Probe], what: str) -> list[tuple[int, int]]:
        statement = " UNION ALL ".join(
            f"SELECT {n}, {what} FROM searchindex WHERE searchindex MATCH :m{n}"  # noqa: S608 - only our own names
            for n in range(len(probes))
        )
        values = {f"m{n}": _fts5_expression(probe) for n, probe in enumerate(probes)}
        return cast("list[tuple[int, int]]", session.execute(text(statement), values).all())


def gather(pairs: Iterable[tuple[int, int]], count: int) -> list[set[int]]:
    """The pairs' second halves in sets by their first, which count from 0."""
    found: list[set[int]] = [set() for _ in range(count)]
    for n, video_id in pairs:
        found[n].add(video_id)
    return found


def _fts5_expression(probe: Probe) -> str:
    star = "*" if probe.term.prefix else ""
    return " OR ".join(f'"{" ".join(lettered(letter, probe.term))}"{star}' for letter in probe.letters)


class Tsvector:
    """PostgreSQL: lexemes without positions under GIN."""

    def put(self, session: Session, video_id: int, line: str) -> None:
        """Keep the line's distinct words."""
        statement = text(
            "INSERT INTO searchindex (video_id, lexemes) VALUES (:id, array_to_tsvector(:words)) "
            "ON CONFLICT (video_id) DO UPDATE SET lexemes = excluded.lexemes"
        )
        session.execute(statement, {"id": video_id, "words": sorted(set(line.split()))})

    def remove(self, session: Session, video_id: int, line: str) -> None:
        """Delete the row."""
        session.execute(text("DELETE FROM searchindex WHERE video_id = :id"), {"id": video_id})

    def find_all(self, session: Session, probes: Sequence[Probe]) -> list[int]:
        """All conditions in one WHERE."""
        where, values = _tsvector_where(probes, "p")
        statement = f"SELECT i.video_id FROM searchindex i JOIN searchtext t USING (video_id) WHERE {where}"  # noqa: S608 - only our own names
        return list(session.execute(text(statement), values).scalars())

    def find_each(self, session: Session, probes: Sequence[Probe]) -> list[set[int]]:
        """One statement for all the probes."""
        return gather(self._each(session, probes, "i.video_id"), len(probes))

    def count_each(self, session: Session, probes: Sequence[Probe]) -> list[int]:
        """One statement for all the probes."""
        return [count for _n, count in sorted(self._each(session, probes, "count(*)"))]

    def _each(self, session: Session, probes: Sequence[Probe], what: str) -> list[tuple[int, int]]:
        parts: list[str] = []
        values: dict[str, str] = {}
        for n, probe in enumerate(probes):
            where, bound = _tsvector_where([probe], f"p{n}_")
            values |= bound
            parts.append(
                f"SELECT {n}, {what} FROM searchindex i JOIN searchtext t USING (video_id) WHERE {where}"  # noqa: S608 - only our own names
            )
        return cast("list[tuple[int, int]]", session.execute(text(" UNION ALL ".join(parts)), values).all())


def _tsvector_where(probes: Sequence[Probe], name: str) -> tuple[str, dict[str, str]]:
    """Conditions and their values: words by the index, phrases on the line itself. Only tokens are bound, never what was typed."""
    conditions: list[str] = []
    values: dict[str, str] = {}
    for n, probe in enumerate(probes):
        star = ":*" if probe.term.prefix else ""
        alternatives: list[str] = []
        rows: list[str] = []
        for letter in probe.letters:
            words = lettered(letter, probe.term)
            alternatives.append("(" + " & ".join([*words[:-1], words[-1] + star]) + ")")
            rows.append(f"% {' '.join(words)}{'' if probe.term.prefix else ' '}%")
        values[f"{name}{n}"] = " | ".join(alternatives)
        conditions.append(f"i.lexemes @@ CAST(:{name}{n} AS tsquery)")
        if len(probe.term.keys) > 1:
            values |= {f"{name}{n}_{row}": pattern for row, pattern in enumerate(rows)}
            conditions.append("(" + " OR ".join(f"t.tokens LIKE :{name}{n}_{row}" for row in range(len(rows))) + ")")
    return " AND ".join(conditions), values
