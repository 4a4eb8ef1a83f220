"""Editors get a JSON Schema that is in step with what the bot takes."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.documents import read
from bot.documents.schema import SCHEMA, schema, schema_text
from bot.files import read_yaml, shipped
from tests.bot.documents.files import COMPANY_X, EVERYTHING, TWO_TEAMS, company_x

VALIDATOR = Draft202012Validator(schema())


def complaints(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(read_yaml(text).value)]


def test_the_schema_s_file_is_what_the_models_say_or_make_docs_was_forgotten() -> None:
    assert (shipped("agreements") / SCHEMA).read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("file", [COMPANY_X, TWO_TEAMS, EVERYTHING], ids=lambda path: path.stem)
def test_agreements_as_people_write_them_and_as_the_record_keeps_them_pass_it(file: Any) -> None:
    assert list(VALIDATOR.iter_errors(read_yaml(file).value)) == []
    assert list(VALIDATOR.iter_errors(read(file)[0])) == []


@pytest.mark.parametrize("file", sorted(shipped("agreements").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_agreement_that_comes_with_the_product_tells_editors_of_it(file: Any) -> None:
    assert file.read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema={SCHEMA}\n")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("target: 100", "target: many", "is not valid under any of the given schemas"),
        ("kind: SLA ", "kind: sla ", "'sla' is not one of"),
        ("zone: America/New_York ", "", "'zone' is a required property"),
        ("sponsor: morgan ", "sponser: morgan ", "'sponser' was unexpected"),
        ("  josh:\n", "  Josh:\n", "'Josh' does not match"),
        ("members: [nina, omar]", "members: nina", "'nina' is not of type 'array'"),
        ("effective_on: 2026-10-01", "effective_on: tomorrow", "'tomorrow' does not match"),
    ],
)
def test_an_editor_sees_a_slip_while_it_is_typed(old: str, new: str, complaint: str) -> None:
    assert any(complaint in each for each in complaints(company_x((old, new))))


def test_every_key_is_explained_to_whoever_points_at_it() -> None:
    made = schema()
    sections = {"": made, **made["$defs"]}
    silent = [
        (name, key)
        for name, section in sections.items()
        for key, value in section["properties"].items()
        if not value.get("description", "").endswith(".")
    ]
    assert silent == []
    assert all(section["description"] for section in sections.values())


def test_nothing_of_our_own_names_or_of_pydantic_s_is_in_it() -> None:
    text = schema_text()
    assert "Section" not in text
    assert '"null"' not in text
    assert "discriminator" not in text


def test_what_it_says_holds_without_a_key_is_written_as_the_key_is() -> None:
    wrong = []
    for name, section in schema()["$defs"].items():
        for key, value in section["properties"].items():
            if "default" in value and not Draft202012Validator({**value, "$defs": {}}).is_valid(value["default"]):
                wrong.append((name, key))
    assert wrong == []
