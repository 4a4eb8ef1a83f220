"""The rehearsal's box suggests something that is that person's to say, and never another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.documents import read
from bot.web.stage import might_say

AGREEMENTS = Path(__file__).parents[3] / "agreements"
TERMS = tuple(
    read(AGREEMENTS / f"{name}.yaml")[1]
    for name in ("company-x", "two-platforms", "external-customer", "hosting-contract", "corporate")
)


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("josh", "handoff 25 qualified leads to sales"),
        ("ines", "handoff 7 booth visitors to field sales"),
        ("sam", "incident start web-shop"),
        ("lena", "raise 1 case Payments fail"),
        ("amy", "mine"),
        ("morgan", "status"),
    ],
)
def test_it_is_what_somebody_hands_over_reports_or_raises(member: str, words: str) -> None:
    assert might_say(TERMS, member) == words
