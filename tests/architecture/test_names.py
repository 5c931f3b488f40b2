"""The top-level names are ours alone (ADR 1)."""

from importlib.metadata import packages_distributions

OURS = [
    "cli",
    "core",
    "script",
    "transcripts",
    "render",
    "catalogue",
    "jobs",
    "web",
    "templates",
    "migrations",
    "audience",
    "publishing",
]


def test_no_installed_distribution_owns_one_of_our_names() -> None:
    owners = packages_distributions()
    clashes = {name: owners[name] for name in OURS if set(owners.get(name, [])) - {"slugline"}}
    assert clashes == {}
