"""The page of commands says what the command table says."""

from tests.docs.commands import FILE, render


def test_the_page_is_what_the_table_says() -> None:
    assert FILE.read_text(encoding="utf-8") == render(), "Run `make docs`."
