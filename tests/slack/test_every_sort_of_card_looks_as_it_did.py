"""One file a card, as Slack is sent it. After a change that is meant: `python -m tests.slack.gallery`, and look."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.slack.gallery import FOLDER, cards, drawn, written
from tests.slack.rules import message_problems, view_problems

CARDS = dict(cards())
DRAWN = dict(drawn())


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_a_card_is_drawn_as_its_file_says(name: str) -> None:
    assert written(DRAWN[name]) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_every_file_is_taken_by_slack(name: str) -> None:
    kept: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert (view_problems(kept) if "type" in kept else message_problems(kept["blocks"])) == []


@pytest.mark.parametrize("name", sorted(CARDS))
def test_one_next_step_stands_out_at_most(name: str) -> None:
    assert sum(button.style == "primary" for button in CARDS[name].buttons) <= 1


def test_there_is_no_file_without_a_card() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == set(DRAWN)
