"""Away, quiet hours, the daily digest and the budget of messages."""

from __future__ import annotations

from bot.chat.card import Card
from bot.store import outbox
from bot.store.outbox import Saying
from bot.store.tx import Tx
from tests.world import WORKSPACE, World, private


async def test_somebody_away_is_stood_in_for_and_the_deputy_is_told_why(world: World) -> None:
    await world.direct("amy").says("amy", "away 8-12 Oct to @Priya Raman")
    await world.travel_to("Fri 09 Oct 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 09 Oct 2026 16:00")
    world.channel().hears("Report 1 of 4")
    world.direct("priya").hears("Lead status report, Fri 9 Oct · ✕ missed", "You stand in for Amy")
    world.everyone_else_heard_nothing()


async def test_quiet_hours_hold_what_is_not_urgent_and_health_says_so(world: World) -> None:
    await world.direct("amy").says("amy", "quiet 15:00-09:30")
    await world.travel_to("Fri 09 Oct 2026 15:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 09 Oct 2026 16:00")
    world.channel().hears("Report 1 of 4")
    world.direct("amy").hears_nothing()
    health = private(await world.direct("amy").says("amy", "health"))
    assert "held" in health
    await world.travel_to("Sat 10 Oct 2026 09:30")
    world.direct("amy").hears("Lead status report, Fri 9 Oct")
    world.everyone_heard_all()


async def test_what_was_settled_while_it_was_held_is_never_said(world: World) -> None:
    await world.direct("amy").says("amy", "quiet 15:00-09:30")
    await world.travel_to("Fri 09 Oct 2026 16:00")
    world.everyone_heard_all()
    await world.direct("amy").says("amy", "report approve")
    world.everyone_heard_all()
    await world.travel_to("Sat 10 Oct 2026 09:30")
    world.direct("amy").hears_nothing()
    world.everyone_heard_all()


async def test_the_digest_comes_on_working_days_and_only_when_it_has_something_to_say(world: World) -> None:
    await world.travel_to("Mon 05 Oct 2026 12:00")
    digests = [
        each for each in world.wire.messages if "digest of the day" in each.card.summary or "thing" in each.card.title
    ]
    assert not [each for each in digests if each.ref.place.id in {"nina", "tom", "morgan"}]
    world.everyone_heard_all()
    await world.direct("josh").says("josh", "digest off")
    await world.travel_to("Wed 07 Oct 2026 12:00")
    world.direct("josh").hears_nothing()
    world.everyone_heard_all()


async def test_nobody_stands_in_for_himself_and_days_that_passed_are_refused(world: World) -> None:
    assert (await world.direct("amy").says("amy", "away 8-12 Oct to me")).refused
    assert (await world.direct("amy").says("amy", "away 2026-09-01")).refused
    assert (await world.direct("amy").says("amy", "away off")).refused


async def test_a_snooze_holds_until_its_moment_and_never_past_the_next_step(world: World) -> None:
    await world.travel_to("Fri 09 Oct 2026 16:00")
    world.everyone_heard_all()
    too_far = await world.direct("amy").says("amy", "snooze O-3 until 2026-10-20 09:00")
    assert too_far.refused
    assert "Wed 14 Oct 09:00" in private(too_far)
    await world.direct("amy").says("amy", "snooze O-3 until Tue 15:00")
    await world.travel_to("Tue 13 Oct 2026 14:59")
    world.everyone_heard_all()
    await world.travel_to("Tue 13 Oct 2026 15:00")
    world.direct("amy").hears("O-3")


async def test_a_reminder_that_was_asked_for_is_a_message_and_no_edit_that_nobody_is_told_of(world: World) -> None:
    await world.travel_to("Fri 09 Oct 2026 16:00")
    world.everyone_heard_all()
    await world.direct("amy").says("amy", "snooze O-3 until 17:30")
    before = len(world.in_place(world.direct("amy").place))
    await world.travel_to("Fri 09 Oct 2026 17:30")
    assert len(world.in_place(world.direct("amy").place)) == before + 1
    reminder = world.direct("amy").hears("O-3", "you asked to be reminded")
    world.everyone_heard_all()
    await world.direct("amy").says("amy", "done O-3 https://example.com/report")
    assert reminder.message.versions == 1
    world.everyone_heard_all()


async def test_an_acknowledgement_holds_the_ladder_a_working_day(world: World) -> None:
    await world.travel_to("Tue 13 Oct 2026 16:00")
    world.everyone_heard_all()
    await world.direct("amy").says("amy", "ack O-3")
    await world.travel_to("Wed 14 Oct 2026 10:00")
    channel = [each for each in world.in_place(world.channel().place) if each.heard < each.versions]
    assert not channel
    world.everyone_heard_all()
    await world.travel_to("Thu 15 Oct 2026 09:00")
    world.channel().hears("Missed: Lead status report, Fri 9 Oct")
    world.everyone_heard_all()


async def test_what_is_held_for_somebody_is_seen_however_much_went_unsaid_since(world: World) -> None:
    await world.direct("amy").says("amy", "quiet 15:00-09:30")
    await world.travel_to("Fri 09 Oct 2026 16:00")
    world.everyone_heard_all()
    mine = private(await world.direct("amy").says("amy", "mine"))
    assert "held" in mine.lower()

    async def much_goes_unsaid(tx: Tx) -> None:
        place = world.channel("#events").place
        for number in range(201):
            saying = Saying(f"n{number}", place, Card(f"n{number}", f"n{number}"), "note")
            await outbox.leave_unsaid(tx, saying, "nobody is there")

    await world.house.database.write(WORKSPACE, much_goes_unsaid)
    assert private(await world.direct("amy").says("amy", "mine")) == mine
