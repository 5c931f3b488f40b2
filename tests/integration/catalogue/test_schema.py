"""The schema on both databases: one history, the same as the models, made once however many ask."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from catalogue.schema import HEAD, alembic_config, current_revision, ensure_schema
from core.database import open_engine
from core.errors import BadInput


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        command.check(alembic_config(connection))


def test_the_head_is_the_newest_revision(engine: Engine) -> None:
    with engine.connect() as connection:
        assert ScriptDirectory.from_config(alembic_config(connection)).get_heads() == [HEAD]
        assert current_revision(connection) == HEAD


def test_down_and_up_again(engine: Engine) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    left = [name for name in inspect(engine).get_table_names() if name != "alembic_version"]
    assert left == []
    ensure_schema(engine)
    ensure_schema(engine)


def test_a_newer_database_is_refused(engine: Engine) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BadInput, match="newer Slugline"):
        ensure_schema(engine)


@pytest.mark.slow
def test_processes_that_start_at_once_make_it_once(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'slugline.db'}"
    program = "import sys; from core.database import open_engine; from catalogue.schema import ensure_schema; "
    program += "engine = open_engine(sys.argv[1]); sys.stdin.readline(); ensure_schema(engine)"
    children = [
        subprocess.Popen(
            [sys.executable, "-c", program, address], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    answers = [child.communicate("go\n", timeout=60) for child in children]
    assert [(child.returncode, errors) for child, (_out, errors) in zip(children, answers, strict=True)] == [
        (0, "")
    ] * 4
    engine = open_engine(address)
    with engine.connect() as connection:
        assert current_revision(connection) == HEAD
    engine.dispose()
