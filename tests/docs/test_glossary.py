"""The glossary is slacore's docstring, and the document says the same."""

import slacore
from tests.docs.glossary import FILE, render, words


def test_the_document_is_in_step_with_the_docstring() -> None:
    assert FILE.read_text(encoding="utf-8") == render(), "run `make docs`"


def test_every_word_has_a_meaning_and_stands_in_its_place_in_the_alphabet() -> None:
    glossary = words(slacore.__doc__ or "")
    assert len(glossary) >= 30
    assert all(meaning.endswith(".") for meaning in glossary.values())
    assert list(glossary) == sorted(glossary)


def test_the_meaning_of_a_word_is_read_whole() -> None:
    assert words("Intro.\n\nGlossary\n--------\none\n    First\n    line.\ntwo words\n    Second.\n") == {
        "one": "First line.",
        "two words": "Second.",
    }
