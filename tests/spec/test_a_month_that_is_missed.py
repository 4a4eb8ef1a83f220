"""The owner hears first, then the other side and the sponsor, then the channel; what it costs was agreed before."""

from __future__ import annotations

from tests.world import World, private


async def _ninety_one(world: World) -> None:
    """October with 91 leads accepted, and every report approved in time."""
    for day, leads in (("Tue 06", 25), ("Tue 13", 25), ("Tue 20", 25), ("Tue 27", 16)):
        await world.travel_to(f"{day} Oct 2026 10:00")
        await world.channel().says("josh", f"handoff {leads} leads to sales")
        await world.channel().presses("amy", "Accept all")
        await world.travel_to(f"{_friday(day)} 2026 09:30")
        await world.direct("amy").says("amy", "report approve")
    await world.direct("amy").says("amy", "done O-1 https://intranet.example/friction")


def _friday(tuesday: str) -> str:
    return {"Tue 06": "Fri 09 Oct", "Tue 13": "Fri 16 Oct", "Tue 20": "Fri 23 Oct", "Tue 27": "Fri 30 Oct"}[tuesday]


async def test_a_miss_climbs_the_ladder_in_order(world: World) -> None:
    await _ninety_one(world)
    world.everyone_heard_all()

    await world.travel_to("Fri 30 Oct 2026 16:59")
    world.channel().hears("Report 4 of 4")
    await world.travel_to("Fri 30 Oct 2026 17:00")
    owner = world.direct("josh").hears("Qualified leads, October · ✕ missed")
    owner.says("9", "If nothing changes, Amy, Morgan and #smarketing are told Tue 3 Nov 09:00.")
    world.everyone_else_heard_nothing()

    await world.travel_to("Tue 03 Nov 2026 08:59")
    for member in ("amy", "josh"):
        for message in world.in_place(world.direct(member).place):
            message.heard = message.versions
    world.everyone_else_heard_nothing()

    await world.travel_to("Tue 03 Nov 2026 09:00")
    missed = world.channel().hears("Missed: Qualified leads, October")
    missed.says("91 of 100 accepted by Fri 30 Oct 17:00.", "$450", "recovery plan")
    world.direct("morgan").hears("Qualified leads, October")
    told = [each.ref.place.id for each in world.wire.messages if each.heard < each.versions]
    assert set(told) <= {"josh", "amy"}
    world.everyone_heard_all()


async def test_while_units_are_disputed_the_shortfall_is_provisional_and_called_no_miss(world: World) -> None:
    await _ninety_one(world)
    await world.channel().says("josh", "handoff 5 leads to sales")
    await world.channel().says("amy", "dispute H-5 because duplicate")
    world.everyone_heard_all()
    await world.travel_to("Tue 03 Nov 2026 09:00")
    channel = [each for each in world.in_place(world.channel().place) if each.heard < each.versions]
    text = "\n".join(world.channel().hears().text for _ in channel)
    assert "Provisional: Qualified leads, October" in text
    assert "Missed: Qualified leads" not in text
    world.everyone_heard_all()

    await world.travel_to("Wed 04 Nov 2026 10:00")
    world.everyone_heard_all()
    await world.channel().says("josh", "correct H-5 to 0 because they were duplicates")
    await world.channel().says("amy", "correct H-5 to 0 because agreed")
    await world.travel_to("Wed 04 Nov 2026 10:01")
    edited = [each for each in world.in_place(world.channel().place) if each.heard < each.versions]
    assert any("Missed: Qualified leads, October" in each.card.title for each in edited)
    world.everyone_heard_all()


async def test_leads_after_the_due_moment_make_it_good_and_the_breach_stands(world: World) -> None:
    await _ninety_one(world)
    await world.travel_to("Sat 31 Oct 2026 10:00")
    world.everyone_heard_all()
    await world.channel().says("josh", "handoff 9 leads to sales")
    world.channel().hears("H-5", "late")
    await world.channel().presses("amy", "Accept all")
    world.channel().hears("✓ accepted")
    await world.travel_to("Sat 31 Oct 2026 10:05")
    status = await world.direct("josh").says("josh", "status C-1 October")
    assert "met late" in private(status)
    world.everyone_heard_all()
    await world.travel_to("Tue 10 Nov 2026 12:00")
    later = [each for each in world.wire.messages if each.heard < each.versions]
    assert not any("Qualified leads, October" in each.card.title and each.ref.place.id == "morgan" for each in later)
    world.everyone_heard_all()


async def test_a_full_month_is_shared_as_good_news(world: World) -> None:
    await _ninety_one(world)
    await world.travel_to("Wed 28 Oct 2026 10:00") if world.clock.now().day < 28 else None
    await world.channel().says("josh", "handoff 9 leads to sales")
    await world.channel().presses("amy", "Accept all")
    world.everyone_heard_all()
    await world.travelling.settle()
    world.channel().hears("October", "100")
    world.everyone_else_heard_nothing()


async def test_a_month_that_was_excused_reads_waived_and_keeps_its_figures(world: World) -> None:
    await _ninety_one(world)
    await world.travel_to("Fri 30 Oct 2026 17:30")
    assert "missed" in private(await world.direct("amy").says("amy", "status"))
    await world.direct("amy").says("amy", "excuse B-1 because the trade fair was called off")
    assert any("Excused: Qualified leads" in each.card.title for each in world.in_place(world.direct("josh").place))
    world.everyone_heard_all()
    said = private(await world.direct("amy").says("amy", "status"))
    assert "– waived" in said
    assert "91" in said
    assert "✕" not in said
    world.everyone_heard_all()
