"""Drafted for Amy a working day before, posted at its hour in any case; only her approval keeps her promise."""

from __future__ import annotations

from bot.chat.card import Chart
from tests.world import World, private


async def test_the_reporter_sees_it_a_day_before_and_approves_with_a_note(world: World) -> None:
    await world.travel_to("Thu 08 Oct 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Thu 08 Oct 2026 16:00")
    draft = world.direct("amy").hears("Draft · Report 1 of 4", "It goes to #smarketing Fri 9 Oct 16:00")
    draft.offers("Approve", "Add a note…")
    world.everyone_else_heard_nothing()
    await world.direct("amy").says("amy", "report note Two big leads are close")
    await world.direct("amy").presses("amy", "Approve")
    await world.travel_to("Fri 09 Oct 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 09 Oct 2026 16:00")
    posted = world.channel().hears("Report 1 of 4", "Two big leads are close", "Approved by Amy")
    assert any(isinstance(block, Chart) for block in posted.message.card.blocks)
    world.everyone_else_heard_nothing()
    mine = private(await world.direct("amy").says("amy", "mine"))
    assert "Fri 9 Oct" not in mine


async def test_unapproved_it_goes_out_all_the_same_and_the_promise_is_missed(world: World) -> None:
    await world.travel_to("Fri 09 Oct 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 09 Oct 2026 16:00")
    world.channel().hears("Report 1 of 4", "Not approved by Amy")
    world.direct("amy").hears("Lead status report, Fri 9 Oct · ✕ missed")
    world.everyone_else_heard_nothing()
    await world.direct("amy").says("amy", "report approve")
    world.channel().hears("Report 1 of 4", "pproved by Amy")


async def test_in_a_month_with_five_fridays_the_first_has_a_report_that_nobody_owes(world: World) -> None:
    await world.travel_to("Fri 02 Oct 2026 16:00")
    world.direct("amy").hears("Draft", "Nobody owes this week's report")
    world.channel().hears("Report · ", "nobody owes this week's report")


async def test_only_the_reporter_can_stand_behind_it_and_everybody_can_look(world: World) -> None:
    refused = await world.channel().says("josh", "report approve")
    assert "Only Amy Chen can do this" in private(refused)
    assert "Draft" in private(await world.channel().says("josh", "report"))


async def test_said_now_it_goes_out_now_and_not_again_at_its_hour(world: World) -> None:
    await world.travel_to("Fri 09 Oct 2026 10:00")
    world.everyone_heard_all()
    await world.direct("amy").says("amy", "report now")
    world.channel().hears("Report 1 of 4", "Approved by Amy")
    await world.travel_to("Fri 09 Oct 2026 17:30")
    world.channel().hears_nothing()
    world.everyone_heard_all()


async def test_while_the_reporter_is_away_the_draft_goes_to_the_deputy_who_may_approve_it(world: World) -> None:
    await world.direct("amy").says("amy", "away 8-9 Oct to @Priya Raman")
    await world.travel_to("Thu 08 Oct 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Thu 08 Oct 2026 16:00")
    draft = world.direct("priya").hears("Draft · Report 1 of 4", "You stand in for Amy, who reports on this agreement.")
    draft.offers("Approve", "Add a note…")
    world.everyone_else_heard_nothing()
    await world.direct("priya").presses("priya", "Approve")
    await world.travel_to("Fri 09 Oct 2026 16:00")
    world.channel().hears("Report 1 of 4", "Approved by Priya")
    world.everyone_heard_all()
