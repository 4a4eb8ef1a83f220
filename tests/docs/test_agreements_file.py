"""The page on an agreement's file explains every key there is, and its examples can be read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.documents import decode
from bot.files import read_yaml
from slacore.calendars import Duration, parse_day
from slacore.money import Money
from slacore.periods import PeriodRule, SlotRule
from tests.docs.agreements import COMPANY_X, FILE, render, sections, tables_in
from tests.docs.documents import blocks

TEXT = FILE.read_text(encoding="utf-8")
EXAMPLES = blocks(TEXT, "yaml")


def with_example(text: str) -> Any:
    """Company X's file with the entries of an example in it, which replace those of the same name."""
    whole, part = read_yaml(COMPANY_X).value, read_yaml(text).value
    assert isinstance(whole, dict)
    assert isinstance(part, dict)
    entries: Any
    for key, entries in part.items():
        whole[key] = {**(whole.get(key) or {}), **entries}  # type: ignore[dict-item]
    return whole


def test_the_page_is_in_step_with_the_product() -> None:
    assert render(TEXT) == TEXT, "run `make docs`"


def test_every_section_of_the_file_has_its_table() -> None:
    assert sorted(tables_in(TEXT)) == sorted(sections())


def test_every_key_is_explained() -> None:
    for section in sections().values():
        for key in section["properties"]:
            assert re.search(rf"^\| (\*\*)?`{key}`(\*\*)? \| \S", TEXT, re.MULTILINE), key


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line {example.line}")
def test_an_example_can_be_put_into_company_x_s_agreement(example: Any) -> None:
    assert decode(with_example(example.commands)).unsigned() == ()


def test_there_is_an_example_of_every_kind_of_promise() -> None:
    shown = {kind for example in EXAMPLES for kind in re.findall(r"kind: (\S+)", example.commands)}
    assert shown == {"volume", "response", "follow-up", "deliverable", "level"}


def test_every_value_that_is_shown_is_written_as_the_product_reads_it() -> None:
    page = TEXT.partition("## How values are written")[2].partition("\n## ")[0]
    readers: dict[str, Any] = {
        "duration": Duration.parse,
        "slot": SlotRule.parse,
        "period": PeriodRule.parse,
        "money": Money.parse,
        "hours": parse_day,
    }
    read, kind = 0, ""
    for row in re.findall(r"^\|([^|]*)\| (`[^|]*`) \|", page, re.MULTILINE):
        kind = row[0].strip() or kind
        for example in re.findall(r"`([^`]+)`", row[1]):
            if kind in readers:
                readers[kind](example)
                read += 1
    assert read >= 25


def test_the_ladder_that_is_shown_is_the_one_that_holds_where_none_is_written() -> None:
    (ladder,) = (example for example in EXAMPLES if example.commands.startswith("escalations:"))
    assert decode(with_example(ladder.commands)) == decode(read_yaml(COMPANY_X))
