"""The agreements that these tests read, and what is said of one that cannot stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.documents import Faults, read
from bot.files import FileError, shipped
from slacore.agreements import Terms

COMPANY_X = Path(__file__).parents[2] / "company-x.yaml"
"""Its first three promises; what faults are made in."""
WHOLE = shipped("agreements") / "company-x.yaml"
TWO_TEAMS = shipped("agreements") / "two-teams.yaml"
EVERYTHING = Path(__file__).with_name("everything.yaml")


def terms_of(source: Path | str) -> Terms:
    return read(source)[1]


def company_x(*replacements: tuple[str, str]) -> str:
    """Company X's file with some of its words replaced; each must be there."""
    text = COMPANY_X.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return text


def line_of(text: str, words: str) -> int:
    """The line (from 1) on which these words first stand."""
    return text[: text.index(words)].count("\n") + 1


def faults_in(text: str) -> list[FileError]:
    with pytest.raises(Faults) as caught:
        read(text)
    return list(caught.value.errors)


def only_fault_in(text: str) -> str:
    faults = faults_in(text)
    assert len(faults) == 1, faults
    return str(faults[0]).removeprefix("text:")
