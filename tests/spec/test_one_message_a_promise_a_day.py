"""One promise has one message a day and person, which changes where it stands; what was never said is not changed."""

from __future__ import annotations

from bot.chat.messenger import DeliveryFailed
from bot.chat.plain import text_of
from tests.world import NEW_YORK, Message, World


def to_amy(world: World) -> list[Message]:
    return [each for each in world.in_place(world.direct("amy").place) if each.heard < each.versions]


async def test_what_was_at_risk_in_the_morning_and_is_missed_by_the_evening_is_one_message(world: World) -> None:
    await world.travel_to("Wed 14 Oct 2026 15:59")
    await world.sleep_until("Fri 16 Oct 2026 10:00")
    (morning,) = [each for each in to_amy(world) if each.card.ref == "O-4"]
    assert "at risk" in morning.card.title
    world.everyone_heard_all()
    await world.travel_to("Fri 16 Oct 2026 16:00")
    assert [each for each in to_amy(world) if each.card.ref == "O-4"] == [morning]
    assert "missed" in morning.card.title
    world.everyone_heard_all()


async def test_the_last_rung_of_one_duty_stands_beside_the_first_of_another(world: World) -> None:
    await world.travel_to("Mon 26 Oct 2026 12:00")
    world.everyone_heard_all()
    await world.sleep_until("Wed 04 Nov 2026 12:00")
    told = {each.card.ref for each in to_amy(world)}
    assert {"O-5", "O-6"} <= told
    world.everyone_heard_all()


async def test_a_miss_that_is_met_late_before_the_channel_heard_of_it_is_never_told_there(world: World) -> None:
    await world.travel_to("Fri 30 Oct 2026 17:30")
    world.everyone_heard_all()
    await world.channel().says("josh", "handoff 100 qualified leads to sales")
    await world.channel().says("amy", "accept H-1")
    await world.travel_to("Thu 05 Nov 2026 12:00")
    assert all(each.card.ref != "B-6" for each in world.in_place(world.channel().place)), "neither missed nor made good"
    world.everyone_heard_all()


async def test_of_digests_that_waited_for_a_platform_only_the_newest_comes(world: World) -> None:
    await world.travel_to("Mon 12 Oct 2026 17:00")
    world.everyone_heard_all()
    world.wire.failing["amy"] = DeliveryFailed("connection refused", "not sent", retry_after=12 * 3600)
    await world.travel_to("Wed 14 Oct 2026 09:30")
    del world.wire.failing["amy"]
    await world.travel_to("Wed 14 Oct 2026 23:00")
    digests = [each for each in to_amy(world) if "digest off" in text_of(each.card, NEW_YORK)]
    assert len(digests) == 1
    world.everyone_heard_all()
