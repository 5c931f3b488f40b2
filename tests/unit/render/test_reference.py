"""The reference says what the code does."""

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from core.errors import BadInput
from core.resources import resource
from render.reference import describe, markdown, schemas
from render.scenes.registry import kinds
from tests.unit.render.conftest import Make


def test_the_page_is_current() -> None:
    page = resource("docs", "scenes.md").read_text(encoding="utf-8")
    assert page == markdown(), "run `python -m render.reference > docs/scenes.md`"


def test_every_field_of_every_kind_says_what_it_is() -> None:
    missing = [
        f"{kind}.{name}"
        for kind, model in kinds().items()
        for name, field in model.model_fields.items()
        if not field.description
    ]
    assert missing == []


@pytest.mark.parametrize("kind", kinds())
def test_an_example_stands_in_the_reference_and_is_accepted(kind: str, make: Make) -> None:
    scene = make(kind)
    assert scene.kind == kind
    assert type(scene).example.splitlines()[0] in describe(kind)


def test_schemas_name_fields_as_they_are_written() -> None:
    schema = schemas("photo")
    assert {"from", "use"} <= set(schema["properties"])
    assert schema["required"] == ["file"]
    assert set(schemas()) == set(kinds())


@pytest.mark.parametrize("kind", kinds())
def test_a_schema_is_valid_and_takes_the_example_but_no_field_that_there_is_not(kind: str) -> None:
    schema = schemas(kind)
    Draft202012Validator.check_schema(schema)
    example = YAML(typ="safe").load(kinds()[kind].example)
    editor = Draft202012Validator(schema)
    assert [error.message for error in editor.iter_errors(example)] == []
    assert [error.validator for error in editor.iter_errors({**example, "colur": "red"})] == ["additionalProperties"]
    for needed in schema["required"]:
        assert not editor.is_valid({name: value for name, value in example.items() if name != needed})


def test_an_unknown_kind_gets_the_nearest() -> None:
    with pytest.raises(BadInput, match="did you mean quote"):
        describe("quotes")
