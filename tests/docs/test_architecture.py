"""The page that a newcomer reads first is about the code as it is."""

import pytest

from tests.docs.architecture import FILE, defined, made, named, render

TEXT = FILE.read_text(encoding="utf-8")


def test_its_tables_are_in_step_with_the_code() -> None:
    assert all(f"<!-- {name}: made by `make docs` -->" in TEXT for name in made())
    assert render(TEXT) == TEXT, "run `make docs`"


def test_it_names_what_a_command_and_a_due_moment_pass() -> None:
    assert len(named(TEXT)) > 30


@pytest.mark.parametrize(("file", "name"), named(TEXT))
def test_what_it_names_is_there(file: str, name: str) -> None:
    assert name in defined(file)
