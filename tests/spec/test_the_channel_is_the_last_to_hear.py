"""The owner first, then the other side, then the channel: whoever cannot be reached, and whoever keeps quiet hours."""

from __future__ import annotations

from bot.chat.plain import text_of
from tests.world import NEW_YORK, World


def _new_in_channel(world: World) -> list[str]:
    there = world.in_place(world.channel().place)
    return [each.card.title for each in there if each.heard < each.versions and each.card.title.startswith("Missed")]


async def test_where_nobody_is_reachable_the_channel_still_waits_its_whole_working_day(world: World) -> None:
    for member in ("amy", "priya", "josh", "nina"):
        await world.direct(member).says(member, "away 8-16 Oct")
    await world.travel_to("Fri 09 Oct 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 09 Oct 2026 16:30")
    assert _new_in_channel(world) == []
    await world.travel_to("Wed 14 Oct 2026 08:59")
    assert _new_in_channel(world) == []
    await world.travel_to("Wed 14 Oct 2026 09:00")
    assert _new_in_channel(world) == ["Missed: Lead status report, Fri 9 Oct"]
    world.everyone_heard_all()


async def test_where_only_the_owners_side_is_away_the_other_side_hears_at_once_and_the_channel_later(
    world: World,
) -> None:
    for member in ("amy", "priya"):
        await world.direct(member).says(member, "away 8-16 Oct")
    await world.travel_to("Fri 09 Oct 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 09 Oct 2026 16:30")
    world.direct("josh").hears("Lead status report, Fri 9 Oct", "nobody could be told as the owner")
    assert _new_in_channel(world) == []
    await world.travel_to("Wed 14 Oct 2026 09:00")
    assert _new_in_channel(world) == ["Missed: Lead status report, Fri 9 Oct"]
    world.everyone_heard_all()


async def test_while_the_other_side_keeps_quiet_hours_the_channel_waits_for_them_to_end(world: World) -> None:
    await world.direct("josh").says("josh", "quiet 17:00-11:00")
    await world.travel_to("Wed 14 Oct 2026 08:59")
    world.everyone_heard_all()
    await world.travel_to("Wed 14 Oct 2026 10:59")
    world.direct("josh").hears_nothing()
    amy = world.in_place(world.direct("amy").place)[-1]
    assert "If nothing changes, #smarketing is told Wed 14 Oct 11:15." in text_of(amy.card, NEW_YORK)
    assert _new_in_channel(world) == []
    await world.travel_to("Wed 14 Oct 2026 11:14")
    assert _new_in_channel(world) == []
    await world.travel_to("Wed 14 Oct 2026 11:15")
    assert _new_in_channel(world) == ["Missed: Lead status report, Fri 9 Oct"]
    in_order = [(each.ref.place.id, each.card.title) for each in world.wire.messages]
    josh = next(at for at, (who, title) in enumerate(in_order) if who == "josh" and "O-3" in title)
    channel = in_order.index(("smarketing", "Missed: Lead status report, Fri 9 Oct"))
    assert josh < channel
    world.everyone_heard_all()


async def test_made_good_before_its_turn_the_channel_is_never_told(world: World) -> None:
    await world.direct("josh").says("josh", "quiet 17:00-11:00")
    await world.travel_to("Wed 14 Oct 2026 09:30")
    await world.direct("amy").says("amy", "done O-3 sent by mail")
    world.everyone_heard_all()
    await world.travel_to("Thu 15 Oct 2026 12:00")
    assert _new_in_channel(world) == []
    world.everyone_heard_all()
