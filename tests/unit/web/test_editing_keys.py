"""Every key of the captions' editor is in the script, on its help panel and in the documentation, and does the same in all three."""

import re

from core.resources import ROOT

SCRIPT = (ROOT / "web/static/js/edit/keys.js").read_text()
PANEL = (ROOT / "templates/partials/edit_keys.html").read_text()
PAGE = (ROOT / "templates/pages/edit.html").read_text()
ACTIONS = (ROOT / "web/static/js/edit/main.js").read_text()
NAMED = {"↑": "ArrowUp", "↓": "ArrowDown"}


def shown() -> list[tuple[str, str, str]]:
    """What, key and words of every row of the panel."""
    return re.findall(r'\("([a-z-]+)", "(.|↑|↓)", "([^"]+)"\)', PANEL)


def test_the_panel_shows_what_the_script_does() -> None:
    for what, key, _words in shown():
        name = NAMED.get(key) or key.lower()
        assert re.search(rf'(?:"{re.escape(name)}"|\b{re.escape(name)}): "{what}"', SCRIPT), (what, key)
    letters = SCRIPT[SCRIPT.index("const LETTERS") : SCRIPT.index("const NAMED")]
    assert set(re.findall(r': "([a-z-]+)"', letters)) <= {what for what, _key, _words in shown()}


def test_the_documentation_has_the_same_table() -> None:
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", (ROOT / "docs/editing.md").read_text(), re.MULTILINE)
    assert rows == [(key, words) for _what, key, words in shown()]


def test_every_key_and_button_has_something_to_do() -> None:
    asked = set(re.findall(r'"([a-z-]+)"[,}]', SCRIPT[SCRIPT.index("const LETTERS") : SCRIPT.index("const CODES")]))
    asked |= set(re.findall(r'data-do="([a-z-]+)"', PAGE))
    done = ACTIONS[ACTIONS.index("return {") : ACTIONS.index("function listenToKeys")]
    missing = [what for what in asked if not re.search(rf'(?:"{what}"|(?<![\w-]){what}):', done)]
    assert missing == []
