"""A digest comes when there is something to do or to hear: what merely stands as it stood is said once a week."""

from __future__ import annotations

from tests.world import World


async def _is_behind(world: World) -> None:
    """Josh is behind from the first checkpoint on, and nothing changes."""
    await world.channel().says("josh", "20 leads")
    await world.channel().says("amy", "accept H-1")
    await world.travel_to("Sat 10 Oct 2026 12:00")


def _digests(world: World, member: str) -> list[str]:
    said = (each.card.title for each in world.in_place(world.direct(member).place))
    return [title for title in said if "You are owed:" in title]


async def test_what_stands_as_it_stood_is_not_said_again_within_the_week(world: World) -> None:
    await _is_behind(world)
    await world.travel_to("Thu 15 Oct 2026 12:00")
    already = len(_digests(world, "josh"))

    await world.travel_to("Fri 16 Oct 2026 12:00")

    assert len(_digests(world, "josh")) == already
    world.everyone_heard_all()


async def test_news_of_it_is_said_the_next_morning(world: World) -> None:
    await _is_behind(world)
    await world.travel_to("Thu 15 Oct 2026 12:00")
    already = len(_digests(world, "josh"))

    await world.channel().says("josh", "5 leads")
    await world.travel_to("Fri 16 Oct 2026 09:30")

    assert len(_digests(world, "josh")) == already + 1
    world.everyone_heard_all()


async def test_what_is_to_be_done_is_said_every_working_day(world: World) -> None:
    """Amy has missed a report: that is overdue on each of the days until the last one has heard of it."""
    await world.travel_to("Fri 09 Oct 2026 18:00")
    already = len(_digests(world, "amy"))

    await world.travel_to("Fri 16 Oct 2026 08:00")

    assert len(_digests(world, "amy")) == already + 3
    world.everyone_heard_all()
