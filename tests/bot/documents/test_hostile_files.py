"""Whatever a file holds, the answer is a fault with its line and mend; never another error, and nothing is taken."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import Faults, decode, read
from bot.files import Document, FileError, KeyPath, read_yaml, spell
from tests.bot.documents.files import EVERYTHING, company_x, faults_in, line_of

GONE = object()

WRONG: dict[str, Any] = {
    "nothing": None,
    "yes": True,
    "zero": 0,
    "a negative number": -1,
    "an enormous number": 10**17,
    "a number with a point": Decimal("0.5"),
    "an empty text": "",
    "spaces": "   ",
    "words": "no such thing, ever",
    "a long text": "x" * 100_000,
    "another script": "١٢٣ \u202eabc 🙂",
    "mentions": "<!channel> @everyone *bold* `code`",
    "a line break": "first\nsecond",
    "an empty list": [],
    "a list": [1, "two", None],
    "a list of lists": [[[]]],
    "an empty section": {},
    "a section": {"a": {"b": 1}, "kind": "volume"},
    "odd keys": {"": 1, "[key]": 2, "a.b[0]": 3},
}
FITS_NO_KEY = {"nothing", "a list of lists"}
"""What is refused wherever it stands."""


JUNK = ["&a ", "*a", "<<: ", "!!python/name:os ", "- ", "\t", "%", ": ", "\n\n", "{", "]"]


def places(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from places(inner, (*path, key))


def replaced(document: Document, path: KeyPath, value: Any) -> Document:
    """The document with another value at a place, its lines as they were."""
    return Document(document.file, changed(document.value, path, value), document.lines)


def changed(whole: Any, path: KeyPath, value: Any) -> Any:
    """A copy along the path only, so that thousands of them are quick; `GONE` takes the entry out."""
    if not path:
        return value
    copied = whole.copy()
    if value is GONE and len(path) == 1:
        del copied[path[0]]
    else:
        copied[path[0]] = changed(whole[path[0]], path[1:], value)
    return copied


def check(document: Document) -> tuple[FileError, ...]:
    """Either it can be taken, or each fault says where it is, what it is and how to mend it; the faults."""
    told: tuple[FileError, ...] = ()
    try:
        decode(document)
    except Faults as faults:
        told = faults.errors
    for fault in told:
        assert (fault.file, bool(fault.line), bool(fault.problem), bool(fault.mend)) == (
            document.file,
            True,
            True,
            True,
        )
        assert len(str(fault)) < 1_000
    return told


WHOLE = read_yaml(EVERYTHING)
PLACES = list(places(WHOLE.value))


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_value_at_any_key_is_told_where_it_stands(wrong: str) -> None:
    for path in PLACES:
        faults = check(replaced(WHOLE, path, WRONG[wrong]))
        if wrong in FITS_NO_KEY:
            assert any(fault.key.startswith(spell(path)) for fault in faults), path


def test_any_key_may_be_left_out_or_is_asked_for() -> None:
    for path in PLACES[1:]:
        check(replaced(WHOLE, path, GONE))


def test_a_misspelt_key_is_told_with_the_one_that_was_meant() -> None:
    for key in ("effective_on", "commitments", "exclusions"):
        text = company_x((f"\n{key}:", f"\n{key[:-1]}:"))
        assert (key[:-1], f"did you mean '{key}'?") in [(fault.key, fault.mend) for fault in faults_in(text)]


@given(st.data())
def test_a_file_that_was_damaged_anywhere_is_refused_or_still_makes_sense(data: st.DataObject) -> None:
    text = company_x()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    junk = data.draw(
        st.text(max_size=12) | st.sampled_from(["&a ", "*a", "<<: ", "!!python/name:os ", "- ", "\t", "%"])
    )
    try:
        document = read_yaml(text[:start] + junk + text[end:])
    except FileError:
        return
    check(document)


def test_aliases_that_would_fill_the_memory_are_refused_at_their_line() -> None:
    bomb = "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12))
    with pytest.raises(FileError, match="take the mark out"):
        read(f"agreement: company-x\na0: &a0 x\n{bomb}")


def test_a_file_of_300_kib_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "giant.yaml"
    file.write_text(company_x() + "# remark\n" * 35_000, encoding="utf-8")
    assert file.stat().st_size > 300 * 1024
    with pytest.raises(FileError, match="is bigger than"):
        read(file)


def test_a_key_that_is_written_twice_is_refused_at_the_second() -> None:
    text = company_x(("target: 100", "target: 100\n    target: 50"))
    with pytest.raises(FileError) as caught:
        read(text)
    assert (caught.value.line, caught.value.key) == (line_of(text, "target: 50"), "commitments.leads.target")


def test_ten_thousand_faults_are_cut_to_the_first_hundred() -> None:
    text = company_x() + "".join(f"unknown-{number}: 1\n" for number in range(10_000))
    assert len(faults_in(text)) == 100


def test_a_key_of_a_hundred_kilobytes_is_shown_by_its_beginning() -> None:
    (fault,) = faults_in(company_x(("sponsor: morgan ", f"sponsor: morgan\n? {'x' * 100_000}\n: 1 ")))
    assert fault.key == "x" * 60 + "…"


def test_what_people_write_is_kept_as_the_characters_it_is() -> None:
    name = "<!channel> @everyone *bold* =1+1 \u202eabc 🙂"
    _, terms = read(company_x(("name: Josh Lindqvist", f'name: "{name}"')))
    assert terms.person("josh").name == name
