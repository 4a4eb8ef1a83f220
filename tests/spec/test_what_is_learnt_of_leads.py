"""What became of the leads: back to marketing by campaign, content and stage, and the close rate of each month."""

from __future__ import annotations

from pathlib import Path

import pytest

from slacore.items import Listed
from tests.beginnings import Worlds
from tests.leads import company_x_with_leads, hands_over
from tests.world import World, private

WEBINAR, FAIR = "autumn-webinar", "trade-fair"


async def _four_leads_are_followed_up(opened: World) -> None:
    await opened.channel().says("josh", "handoff 5 leads from campaign pricing-guide")
    for name, campaign, content, stage in (
        ("Ann Lee", WEBINAR, "Price page", "hot"),
        ("Bo Cruz", WEBINAR, "Case study", ""),
        ("Cy Dorn", WEBINAR, "Price page", "hot"),
        ("Di Eco", FAIR, "Case study", ""),
    ):
        await hands_over(opened, Listed(name, content=content, stage=stage, owner="tom"), campaign=campaign)
    for words in ("outcome L-1 won", "outcome L-3 won", "outcome L-2 not interested", "outcome L-4 call back"):
        reply = await opened.direct("tom").says("tom", words)
        assert not reply.refused, private(reply)
    opened.everyone_heard_all()


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> World:
    """Company X on 1 October 2026: four leads of two campaigns, two of them won and one lost, and five unnamed."""
    return await worlds.begin(company_x_with_leads(tmp_path), then=_four_leads_are_followed_up)


async def test_leads_are_told_by_campaign_content_and_stage_with_what_became_of_them(world: World) -> None:
    said = private(await world.channel().says("josh", "results"))
    assert "Qualified leads, October: 2 won, 1 lost, 1 open of 4" in said
    assert "5 qualified leads were handed over without a name" in said
    rows = [line.split() for line in said.splitlines()]
    assert ["Autumn", "webinar", "3", "of", "45", "–", "2", "1", "0", "66.7", "%"] in rows
    assert ["Boston", "trade", "fair", "1", "of", "20", "–", "0", "0", "1", "0", "%"] in rows
    assert ["Price", "page", "2", "2", "0", "0", "100", "%"] in rows
    assert ["Case", "study", "2", "0", "1", "1", "0", "%"] in rows
    assert ["hot", "2", "2", "0", "0", "100", "%"] in rows
    assert "What came of them: Won 2, Call back 1, Not interested 1" in said


async def test_acceptance_is_told_by_campaign_once_the_receiver_has_answered(world: World) -> None:
    await world.channel().says("amy", "accept H-2")
    await world.channel().says("amy", "accept H-1 4 because one is a duplicate")
    rows = [line.split() for line in private(await world.channel().says("josh", "results")).splitlines()]
    assert ["Pricing", "guide", "4", "of", "35", "80", "%", "0", "0", "0", "–"] in rows
    assert ["Autumn", "webinar", "3", "of", "45", "100", "%", "2", "1", "0", "66.7", "%"] in rows


async def test_a_close_rate_is_of_the_month_a_lead_came_in_and_immature_before_the_usual_cycle(world: World) -> None:
    said = private(await world.channel().says("josh", "results"))
    assert "50 %, immature until Tue 1 Dec" in said
    assert "the usual 30 days from the month's end. 50 % was agreed." in said
    await world.sleep_until("Mon 30 Nov 2026 12:00")
    await world.direct("tom").says("tom", "outcome L-4 won")  # in November, of a lead of October
    october = private(await world.channel().says("josh", "results October"))
    assert ["October", "4", "3", "75", "%,", "immature"] in [line.split()[:6] for line in october.splitlines()]
    november = private(await world.channel().says("josh", "results November"))
    assert "0 won, 0 lost, 0 open of 0" in november
    await world.sleep_until("Tue 01 Dec 2026 12:00")
    rows = [line.split() for line in private(await world.channel().says("josh", "results")).splitlines()]
    assert ["October", "4", "3", "75", "%"] in rows


async def test_a_correction_moves_a_lead_back(world: World) -> None:
    await world.direct("tom").says("tom", "retract L-1 because it was Cy")
    assert "1 won, 1 lost, 2 open of 4" in private(await world.channel().says("josh", "results"))


async def test_the_weekly_report_tells_marketing_the_state_of_its_leads(world: World) -> None:
    await world.travel_to("Fri 02 Oct 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 02 Oct 2026 16:00")
    world.channel().hears(
        "Qualified leads: what became of them: 2 won, 1 lost, 1 open of 4. Won 2, Call back 1, Not interested 1.",
        "What sells best: campaign Autumn webinar (2 of 3) and content Price page (2 of 2)",
    )


async def test_what_a_promise_that_hands_nothing_over_came_to_is_refused(world: World) -> None:
    refused = await world.channel().says("josh", "results C-5")
    assert refused.refused
