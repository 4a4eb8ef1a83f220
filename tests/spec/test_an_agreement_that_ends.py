"""A last day is signed like any amendment, told beforehand, and lets what runs come to its own end."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.plain import text_of
from tests.beginnings import Worlds
from tests.world import COMPANY_X, World, private

END = "agreement end A-1 on 31 Dec because the teams merge"


async def _its_end_is_proposed(world: World) -> None:
    said = private(await world.direct("josh").says("josh", END))
    assert "Ends on is now 31 December 2026." in said
    assert "Because: the teams merge" in said
    await world.direct("josh").says("josh", "agreement propose A-1")


@pytest.fixture
async def november(worlds: Worlds) -> World:
    """Company X, whose end on 31 December is drafted and proposed."""
    return await worlds.begin(at="Tue 24 Nov 2026 10:00", then=_its_end_is_proposed)


async def _signed(world: World) -> None:
    for member in ("josh", "amy", "joan"):
        await world.direct(member).says(member, "agreement sign A-1")
    world.everyone_heard_all()


async def _told(world: World, member: str, words: str) -> list[str]:
    return [each.card.title for each in world.in_place(world.direct(member).place) if words in each.card.title]


async def test_unsigned_it_ends_nothing(november: World) -> None:
    await november.travel_to("Wed 02 Dec 2026 10:00")
    assert await _told(november, "amy", "ends in") == []
    assert "Qualified leads, December" in private(await november.direct("josh").says("josh", "mine"))


async def test_both_sides_and_the_sponsor_hear_of_it_a_month_and_a_week_before(november: World) -> None:
    await _signed(november)
    await november.travel_to("Tue 01 Dec 2026 09:30")
    for member in ("josh", "amy", "joan", "morgan"):
        assert await _told(november, member, "A-1 ends in 30 days, on Thu 31 Dec") != []
    await november.travel_to("Thu 24 Dec 2026 09:30")
    assert await _told(november, "josh", "A-1 ends in 7 days, on Thu 31 Dec") != []


async def test_after_its_last_day_nothing_new_begins_and_no_version_before_comes_back(november: World) -> None:
    await _signed(november)
    await november.travel_to("Mon 04 Jan 2027 12:00")
    ended = [each.card.title for each in november.in_place(november.channel().place)]
    assert "A-1 ended on Thu 31 Dec 2026" in ended
    mine = private(await november.direct("josh").says("josh", "mine"))
    assert "January" not in mine
    reply = await november.direct("josh").says("josh", "handoff 5 leads to sales")
    assert reply.refused, private(reply)


async def test_a_later_last_day_takes_the_place_of_the_one_before(november: World) -> None:
    await _signed(november)
    await november.direct("amy").says("amy", "agreement end A-1 on 2027-02-26 because the merger takes longer")
    await november.direct("amy").says("amy", "agreement propose A-1")
    await _signed(november)
    await november.travel_to("Thu 24 Dec 2026 09:30")
    assert await _told(november, "josh", "A-1 ends") == []


async def test_a_button_drafts_a_later_last_day_and_once_signed_nobody_hears_of_the_old_one(november: World) -> None:
    await _signed(november)
    await november.travel_to("Tue 01 Dec 2026 09:30")
    told = next(
        each.card for each in november.in_place(november.direct("amy").place) if "ends in 30 days" in each.card.title
    )
    labels = [each.label for each in told.buttons]
    assert labels == ["Renew until Fri 31 Dec 2027", "Another last day…", "Let it end", "Whole text"]
    draft = private(await november.direct("amy").says("amy", told.buttons[0].says))
    assert "Ends on 31 December 2027 instead of 31 December 2026." in draft
    await november.direct("amy").says("amy", "agreement propose X-2")
    await _signed(november)
    await november.travel_to("Thu 24 Dec 2026 09:30")
    assert await _told(november, "josh", "A-1 ends in 7 days") == []
    await november.travel_to("Mon 04 Jan 2027 12:00")
    assert "January" in private(await november.direct("josh").says("josh", "mine"))
    versions = private(await november.direct("josh").says("josh", "agreement show A-1"))
    newest = next(line for line in versions.splitlines() if line.startswith("Version 3, from Fri 1 Jan"))
    assert "Josh for Marketing, Tue 1 Dec; Amy for Sales, Tue 1 Dec; Joan for Service, Tue 1 Dec" in newest
    november.everyone_heard_all()


async def test_a_side_that_lets_it_end_is_heard_by_the_others_and_it_ends_by_itself(november: World) -> None:
    await _signed(november)
    await november.travel_to("Tue 01 Dec 2026 09:30")
    assert "Sales lets A-1 end" in private(await november.direct("amy").says("amy", "agreement expire A-1"))
    for member in ("josh", "joan", "morgan"):
        assert await _told(november, member, "Sales lets A-1 end on Thu 31 Dec") != []
    again = await november.direct("priya").says("priya", "agreement expire A-1")
    assert again.refused
    assert "Your side has said so" in private(again)
    assert "lets it end" in private(await november.direct("josh").says("josh", "history A-1"))
    await november.travel_to("Thu 24 Dec 2026 09:30")
    told = [each.card for each in november.in_place(november.direct("josh").place) if "in 7 days" in each.card.title]
    assert "Sales lets it end." in text_of(told[-1], "America/New_York")
    november.everyone_heard_all()


async def test_the_file_says_how_long_before_its_end_people_hear(worlds: Worlds, tmp_path: Path) -> None:
    file = tmp_path / "company-x.yaml"
    text = COMPANY_X.read_text(encoding="utf-8")
    dated = text.replace("effective_on: 2026-10-01", "effective_on: 2026-10-01\nends_on: 2026-12-31\nend_notice: [14]")
    file.write_text(dated, encoding="utf-8")
    world = await worlds.begin(file, at="Tue 24 Nov 2026 10:00")
    await world.travel_to("Thu 17 Dec 2026 09:30")
    ends = [each.card.title for each in world.in_place(world.direct("josh").place) if " ends " in each.card.title]
    assert ends == ["A-1 ends in 14 days, on Thu 31 Dec"]


async def test_what_cannot_be_renewed_is_refused(november: World) -> None:
    for words in ("agreement renew A-1", "agreement expire A-1"):
        endless = await november.direct("josh").says("josh", words)
        assert endless.refused
        assert "has no last day" in private(endless)
    await _signed(november)
    earlier = await november.direct("josh").says("josh", "agreement renew A-1 until 2026-12-20")
    assert earlier.refused
    assert "lasts until 31 December 2026 already" in private(earlier)
    november.everyone_heard_all()
