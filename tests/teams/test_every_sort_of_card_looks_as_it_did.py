"""One file a card: what changed in how something looks is seen in review, and can be pasted into the designer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.teams.gallery import FOLDER, drawn, written
from tests.teams.reading import size
from tests.teams.schemas import assert_card

CARDS = dict(drawn())


@pytest.mark.parametrize("name", CARDS)
def test_a_card_looks_as_its_file_says(name: str) -> None:
    card: dict[str, Any] = CARDS[name]
    assert_card(card)
    assert size(card) < 28 * 1024
    kept = (FOLDER / f"{name}.json").read_text()
    assert written(card) == kept, "the look changed: run `python -m tests.teams.gallery`, and look at it"


def test_no_file_is_left_over() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == set(CARDS)
