"""A number that is reached is said where both sides talk, and so is a streak."""

from __future__ import annotations

from tests.world import World

MONTHS = (
    ("October", "Mon 05 Oct 2026 10:00", "Mon 05 Oct 2026 10:01", ""),
    ("November", "Mon 02 Nov 2026 10:00", "Mon 02 Nov 2026 10:01", "That makes two months in a row."),
    ("December", "Mon 07 Dec 2026 10:00", "Mon 07 Dec 2026 10:01", "That makes three months in a row."),
)


async def test_a_month_that_is_reached_is_told_in_the_channel_and_months_in_a_row_are_counted(world: World) -> None:
    for number, (month, handed, later, streak) in enumerate(MONTHS, 1):
        await world.travel_to(handed)
        await world.channel().says("josh", "/handoff 100 qualified leads to sales")
        await world.channel().says("amy", f"accept H-{number}")
        world.everyone_heard_all()
        await world.travel_to(later)
        told = world.channel().hears(f"{month}'s 100 qualified leads are in", "accepted by Sales.", streak)
        assert ("in a row" in told.text) == bool(streak)
        world.everyone_else_heard_nothing()
