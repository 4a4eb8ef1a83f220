"""Sales with their prices: of leads that were won, of sales' own finding, and of the months before the agreement."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.desk.items import old_sales
from bot.store import schedules, tables
from bot.store.fences import mine
from bot.store.tx import Tx
from slacore.items import Listed
from tests.beginnings import Worlds
from tests.leads import company_x_with_leads, hands_over
from tests.world import WORKSPACE, World, private


async def _tom_gets_four_leads(opened: World) -> None:
    for name in ("Ann Lee", "Bo Cruz", "Cy Dorn", "Di Eco"):
        await hands_over(opened, Listed(name, owner="tom"))
    opened.everyone_heard_all()


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> World:
    """Company X on 1 October 2026, with four leads of marketing's that Tom follows up."""
    return await worlds.begin(company_x_with_leads(tmp_path), then=_tom_gets_four_leads)


async def say(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert not reply.refused, private(reply)
    world.everyone_heard_all()
    return private(reply)


async def refused(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert reply.refused, private(reply)
    return private(reply)


async def rows(world: World, words: str = "deals") -> dict[str, list[str]]:
    """The table of the money, by its first column; cells are what stands apart by two blanks or more."""
    told = await say(world, "amy", words)
    lines = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in told.splitlines()]
    return {cells[0]: cells[1:] for cells in lines if len(cells) > 1}


async def test_a_lead_is_won_for_a_price_and_the_money_of_the_month_is_told(world: World) -> None:
    await say(world, "tom", "outcome L-1 won for $120")
    await say(world, "tom", "outcome L-2 won $90.50 two licences")
    await say(world, "tom", "outcome L-3 lost for lack of budget")
    await say(world, "amy", "sold $400, $80 note trade fair")
    told = await rows(world)
    assert told["Quota"] == ["$5,000"]
    assert told["Revenue"] == ["$690.50"]
    assert told["of Marketing’s qualified leads"] == ["$210.50"]
    assert told["of Sales’ own"] == ["$480"]
    assert told["Sales"] == ["4"]
    assert told["Average price"] == ["$172.62"]
    assert told["Median price"] == ["$105.25"]
    assert told["Close rate"] == ["50 % so far"]


async def test_a_price_can_be_said_later_and_another_outcome_takes_the_sale_back(world: World) -> None:
    await say(world, "tom", "outcome L-1 won")
    first = await say(world, "amy", "deals")
    assert "1 sale of October has no price" in first
    await say(world, "tom", "outcome L-1 won for $120")
    assert (await rows(world))["Revenue"] == ["$120"]
    await say(world, "tom", "outcome L-1 won for $130")
    assert (await rows(world))["Revenue"] == ["$130"]
    await say(world, "tom", "retract L-1 outcome because it was cancelled")
    assert "No sale of October is on record" in await say(world, "amy", "deals")
    assert "$130" not in await say(world, "amy", "deals")


async def test_a_price_that_is_said_in_another_month_is_one_of_the_month_it_was_won_in(world: World) -> None:
    await say(world, "tom", "outcome L-1 won")
    await world.sleep_until("Tue 03 Nov 2026 12:00")
    world.everyone_heard_all()
    told = await say(world, "amy", "deals October")
    assert "1 sale of October has no price (L-1), so the money lacks it: outcome L-1 won for $100 adds it." in told
    assert "[Price of L-1…] [Report a sale…]" in told
    await say(world, "tom", "outcome L-1 won for $120")
    assert (await rows(world, "deals October"))["Revenue"][-1] == "$120"
    assert "No sale of November" in await say(world, "amy", "deals")


async def test_leads_that_were_won_before_sales_were_kept_get_theirs_and_the_review_asks_for_prices(
    worlds: Worlds, tmp_path: Path
) -> None:
    meets = "review: {slots: first Thursday 10:00}\nsponsor: morgan "
    file = company_x_with_leads(tmp_path, ("sponsor: morgan ", meets))
    world = await worlds.begin(file, then=_tom_gets_four_leads)
    await say(world, "tom", "outcome L-1 won")
    await say(world, "tom", "outcome L-2 lost for lack of budget")
    await say(world, "tom", "outcome L-3 won for $90")

    async def as_it_was(tx: Tx) -> None:
        await tx.rows(delete(tables.deals).where(mine(tables.deals)))
        await schedules.put(tx, old_sales.KIND, "", world.clock.now())

    await world.house.database.write(WORKSPACE, as_it_was)
    assert "No sale of October is on record" in await say(world, "amy", "deals")
    await world.sleep_until("Thu 01 Oct 2026 12:00")
    told = await rows(world)
    assert (told["Sales"], told["Revenue"]) == (["2"], ["$90"])
    await world.sleep_until("Tue 03 Nov 2026 12:00")
    world.everyone_heard_all()
    review = await say(world, "amy", "review")
    assert "1 sale of October has no price (L-1), so the money lacks it" in review
    assert "[Price of L-1…]" in review


async def test_months_of_before_stand_beside_those_since(world: World) -> None:
    assert "Nothing from before Thu 1 Oct is on record" in await say(world, "amy", "deals")
    await say(world, "amy", "sold $3,000 deals 30 leads 80 in August from marketing")
    await say(world, "amy", "sold $3,650 deals 38 leads 70 in September from marketing")
    await say(world, "amy", "sold $50 on 30 Sep")
    await say(world, "tom", "outcome L-1 won for $120")
    told = await rows(world)
    assert told["Revenue"] == ["$3,350", "$120"]
    assert told["of Marketing’s qualified leads"] == ["$3,325", "$120"]
    assert told["of Sales’ own"] == ["$25", "–"]
    assert told["Sales"] == ["34.5", "1"]
    assert told["Median price"] == ["–", "$120"]
    assert told["Close rate"] == ["45.3 %", "25 % so far"]
    assert "Money · September · 39 sales, $3,700" in await say(world, "amy", "deals September")


async def test_what_nobody_recorded_is_asked_for_and_not_told_as_nothing(world: World) -> None:
    told = await say(world, "josh", "deals")
    assert "No sale of October is on record. Say outcome L-… won for $100 when a qualified lead is won" in told
    assert "sold $100 in October for what Sales found itself" in told
    assert "$0" not in told


async def test_a_report_is_taken_back_and_stays_on_the_record(world: World) -> None:
    await say(world, "amy", "sold $400 note Acme")
    await say(world, "amy", "sold withdraw W-1 because Acme cancelled")
    assert "No sale of October" in await say(world, "amy", "deals")
    history = await say(world, "amy", "history W-1")
    assert "sale reported" in history
    assert "sale taken back" in history
    assert "taken back already" in await refused(world, "amy", "sold withdraw W-1 because again")


async def test_what_makes_no_sense_is_refused_and_changes_nothing(world: World) -> None:
    for member, words, answer in (
        ("josh", "sold $400", "You sell nothing here"),
        ("amy", "sold €400", "counts in USD"),
        ("amy", "sold $0", "not above zero"),
        ("amy", "sold $400 on 2026-10-02", "has not come yet"),
        ("amy", "sold $400 deals 30 leads 20 from marketing", "cannot have become 30 sales"),
        ("amy", "sold $400 deals 3 leads 9", "Only sales of Marketing's leads"),
        ("amy", "sold $400, $500 deals 3", "2 prices are so many sales"),
        ("amy", "sold $400 on 1 Oct in September", "a day and a month"),
        ("amy", "sold $100,000,000,001", "more than a sale brings"),
        ("tom", "outcome L-1 lost for $90", "is no sale"),
        ("tom", "outcome L-1 won for €90", "counts in USD"),
        ("josh", "sold withdraw W-9 because no", "There is no W-9"),
    ):
        assert answer in await refused(world, member, words), words
    assert "No sale of October" in await say(world, "amy", "deals")


async def test_a_leads_own_sale_goes_only_with_its_outcome(world: World) -> None:
    await say(world, "tom", "outcome L-1 won for $120")
    assert "W-1 is the sale of L-1" in await refused(world, "amy", "sold withdraw W-1 because no")
    assert "Only Sales" in await refused(world, "josh", "sold withdraw W-1 because no")


async def test_the_same_report_twice_within_two_minutes_is_asked_about(world: World) -> None:
    await say(world, "amy", "sold $400")
    assert "Log again" in await say(world, "amy", "sold $400")
    assert (await rows(world))["Revenue"] == ["$400"]
