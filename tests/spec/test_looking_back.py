"""What happened to a promise: in this period or an earlier one, with names as people say them."""

from __future__ import annotations

from tests.world import World, private


async def test_a_promise_has_a_history_for_each_of_its_months(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales")
    await world.travel_to("Tue 03 Nov 2026 10:00")
    await world.channel().says("josh", "handoff 5 leads to sales")
    now = private(await world.direct("josh").says("josh", "history C-1"))
    assert "H-2" in now
    assert "H-1" not in now
    assert "period begun: November 2026" in now
    assert "October 2026" not in now
    before = private(await world.direct("josh").says("josh", "history C-1 October"))
    assert "H-1" in before
    assert "H-2" not in before
    assert "period begun: October 2026" in before
    assert (await world.direct("josh").says("josh", "history C-1 August")).refused
    assert (await world.direct("josh").says("josh", "history H-1 October")).refused
    world.everyone_heard_all()


async def test_a_promise_goes_by_its_name_in_its_history(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales")
    told = private(await world.direct("josh").says("josh", "history C-1"))
    assert "Qualified leads" in told
    assert "company-x/" not in told
    world.everyone_heard_all()
