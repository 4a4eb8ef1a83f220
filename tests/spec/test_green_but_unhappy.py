"""All promises are met and a side is unhappy all the same: the review begins with that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.world import COMPANY_X, World, private

REVIEW = """
review:
  slots: first Thursday 10:00
  participants: [josh, amy]
  quorum: 2
"""


async def _a_good_month(world: World) -> None:
    await world.travel_to("Mon 05 Oct 2026 10:00")
    await world.channel().says("josh", "/handoff 100 qualified leads to sales")
    await world.channel().says("amy", "accept H-1")
    for day in (9, 16, 23, 30):
        await world.travel_to(f"Fri {day:02} Oct 2026 10:00")
        await world.direct("amy").says("amy", "report approve")
    key = next(word for word in private(await world.direct("amy").says("amy", "mine")).split() if word[:2] == "O-")
    await world.direct("amy").says("amy", f"done {key} nobody tripped over anything")
    world.everyone_heard_all()


@pytest.fixture
async def green(worlds: Worlds, tmp_path: Path) -> World:
    """Company X after an October in which everything was kept."""
    file = tmp_path / "company-x.yaml"
    text = COMPANY_X.read_text(encoding="utf-8")
    file.write_text(text + ("" if "\nreview:" in text else REVIEW), encoding="utf-8")
    return await worlds.begin(file, then=_a_good_month)


async def review(world: World) -> tuple[str, str]:
    """The pack's summary and its lines after the title."""
    card = (await world.direct("josh").says("josh", "review")).card
    assert card is not None
    told = private(await world.direct("josh").says("josh", "review"))
    world.everyone_heard_all()
    return card.summary, told.split("\n", 1)[1]


async def test_the_pack_leads_with_it_once_the_meeting_begins_and_not_before(green: World) -> None:
    await green.direct("amy").says("amy", "review unhappy because half of them never pick up")
    await green.direct("josh").says("josh", "review content")
    summary, told = await review(green)
    assert "never pick up" not in told
    assert "unhappy." not in summary
    await green.travel_to("Thu 05 Nov 2026 10:00")
    await green.channel().says("josh", "review here")
    summary, told = await review(green)
    assert "But Sales is unhappy." in summary
    first, second = told.splitlines()[:2]
    assert first.startswith("There: Josh.")
    assert second == "Green, but Sales is unhappy. Amy: “half of them never pick up”"
    assert told.count("never pick up") == 1
    assert "Marketing says: content" in told


async def test_where_both_are_content_nothing_leads(green: World) -> None:
    await green.direct("amy").says("amy", "review content")
    await green.travel_to("Thu 05 Nov 2026 10:00")
    await green.channel().says("josh", "review here")
    _, told = await review(green)
    assert "Green, but" not in told
