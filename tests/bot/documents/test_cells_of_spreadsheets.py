"""What people said stays words in a spreadsheet, whatever it begins with."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.desk.exports.exports import _in_csv

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize("words", ["=1+1", " =1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1＋1", "＠SUM"])
def test_what_a_spreadsheet_would_compute_is_marked_as_words(words: str) -> None:
    assert _in_csv(words, UTC) == f"'{words}"


@pytest.mark.parametrize("words", ["25 leads", "a=1", "", "é"])
def test_other_words_stand_as_they_are(words: str) -> None:
    assert _in_csv(words, UTC) == words
