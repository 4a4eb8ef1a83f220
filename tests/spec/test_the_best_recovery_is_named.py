"""Who came back from furthest behind is named in the first report of the next month, and in the review."""

from __future__ import annotations

from tests.world import World


async def catch_up(world: World) -> None:
    """Ten of the twenty-five that are due by half-time; the rest comes in the last week."""
    await world.travel_to("Mon 05 Oct 2026 10:00")
    await world.channel().says("josh", "/handoff 10 qualified leads to sales")
    await world.travel_to("Mon 26 Oct 2026 10:00")
    await world.channel().says("josh", "/handoff 90 qualified leads to sales")
    await world.channel().says("amy", "accept H-2")
    world.everyone_heard_all()


async def test_a_number_that_was_caught_up_is_named_in_the_next_months_first_report(world: World) -> None:
    await catch_up(world)
    await world.travel_to("Fri 06 Nov 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 06 Nov 2026 16:00")
    report = world.channel().hears("Best recovery of October: Marketing. Qualified leads stood at 10 of the 25 due")
    report.says("at half-time (Thu 15 Oct), and all 100 came in time.")
    world.everyone_heard_all()
    await world.travel_to("Fri 13 Nov 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 13 Nov 2026 16:00")
    assert "Best recovery" not in world.channel().hears("Report 2 of 4").text
    world.everyone_heard_all()
