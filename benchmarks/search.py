"""How long a search takes, by kind of query, on a made studio: p50 and p95 of the whole answer, moments and facets included.

    python -m benchmarks.search FOLDER [--rounds 20] [--bar 30]

`cpu ms` is the mean of the process's own time: what remains of a figure when other work shares the machine.
Exits 1 when a kind's p95 is over the bar (DESIGN section 11: 30 ms for every kind at 5,000 videos on SQLite).
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

from catalogue.schema import ensure_schema
from catalogue.search import search
from catalogue.views import PUBLIC, SUBSCRIBER
from core.database import open_engine, reading
from core.settings import load_settings

KINDS: dict[str, list[str]] = {
    "commonest word": ["the", "of", "and"],
    "common words together": ["the country and the border", "that it is the"],
    "common word": ["border", "capital", "water"],
    "rare word": ["theodolites", "dysprosium", "quinine"],
    "name with accents": ["Tønsberg", "Sinŭiju", "Braşov"],
    "two words": ["submarine deterrence", "reservoir rain"],
    "phrase": ['"law of the sea"', '"the road between them"'],
    "phrase of common words": ['"of the"', '"in the"'],
    "unfinished word": ["su", "con", "hydrolo"],
    "one letter more": ["p", "s"],
    "misspelt": ["theodolitse", "resevoir", "drednote"],
    "nothing": ["qqzzxxy", '"zebra violin"'],
}


def main() -> None:
    """Time every kind of query and print a table."""
    parser = argparse.ArgumentParser(description="Time searches on a studio, by kind of query.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--bar", type=float, default=30.0, help="milliseconds that a kind's p95 must keep to")
    arguments = parser.parse_args()
    engine = open_engine(load_settings(arguments.folder).database)
    ensure_schema(engine)
    slowest = 0.0
    print(f"{'kind':<24}{'found':>7}{'p50 ms':>9}{'p95 ms':>9}{'cpu ms':>9}")
    for kind, queries in KINDS.items():
        times: list[float] = []
        found = 0
        busy = time.process_time()
        for turn in range(arguments.rounds):
            for query in queries:
                started = time.perf_counter()
                with reading(engine) as session:
                    page = search(session, query, SUBSCRIBER if turn % 2 else PUBLIC)
                times.append((time.perf_counter() - started) * 1000)
                found = max(found, page.total)
        p95 = statistics.quantiles(times, n=20)[18]
        slowest = max(slowest, p95)
        cpu = (time.process_time() - busy) * 1000 / len(times)
        print(f"{kind:<24}{found:>7}{statistics.median(times):>9.1f}{p95:>9.1f}{cpu:>9.1f}")
    engine.dispose()
    ratio = slowest / arguments.bar
    print(f"slowest kind {slowest:.1f} ms, {ratio:.2f} of the bar of {arguments.bar:.0f} ms")
    sys.exit(ratio > 1)


if __name__ == "__main__":
    main()
