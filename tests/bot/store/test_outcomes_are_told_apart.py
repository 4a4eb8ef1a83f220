"""Refused, unknown, impossible: what is known of a message decides what is done, and hope never does."""

from __future__ import annotations

import asyncio
import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.chat.messenger import MessageRef
from bot.chat.talk import Place
from bot.clock import MovableClock
from bot.jobs.deliver import Deliverer
from bot.store import deliveries, outbox, outcomes
from bot.store.database import Database
from bot.store.deliveries import Claiming
from bot.store.outbox import Letter
from bot.store.tables import conversations
from bot.store.tx import Tx
from tests.bot.store.delivering import MINUTE, OTHER, SECOND, letter, say, speaking, until, until_sent
from tests.bot.store.locks import locked
from tests.bot.store.promises import NOON
from tests.bot.store.wire import (
    AMY_DIRECT,
    CHANNEL,
    Wire,
    always_wanted,
    saying,
)


@pytest.mark.parametrize(("fault", "again_after"), [("refused", SECOND), ("slow down", 3 * SECOND)])
async def test_what_certainly_did_not_happen_goes_again_and_holds_up_its_own_conversation_only(
    company: Database, deliverer: Deliverer, wire: Wire, clock: MovableClock, fault: str, again_after: timedelta
) -> None:
    wire.plan = iter([fault])
    await say(company, saying("first"), saying("second"), saying("elsewhere", OTHER))
    await deliverer.run_once()
    assert wire.said(OTHER) == ["elsewhere"]
    assert wire.said() == []
    again_at = await deliverer.next_at()
    assert again_at is not None
    assert NOON + again_after * 0.75 < again_at <= NOON + again_after
    clock.advance(again_at - NOON - timedelta(milliseconds=1))
    assert await deliverer.run_once() == 0
    clock.advance(timedelta(milliseconds=1))
    await deliverer.run_once()
    assert wire.said() == ["first", "second"]
    assert (await letter(company, 1)).attempts == 2


async def test_what_one_outage_stopped_does_not_come_back_at_one_instant(
    company: Database, deliverer: Deliverer, wire: Wire
) -> None:
    many = [saying(f"{number}", Place("x", "web", "direct", f"member {number}")) for number in range(12)]
    wire.plan = iter(["refused"] * 12)
    await say(company, *many)
    await deliverer.run_once()
    again_at = {await company.read("x", lambda tx, each=each: _paused_until(tx, each.place)) for each in many}  # type: ignore[misc]
    assert len(again_at) == 12
    assert NOON + SECOND * 0.75 < min(again_at) < max(again_at) <= NOON + SECOND


async def _paused_until(tx: Tx, place: Place) -> datetime:
    row = await tx.get(conversations, f"{place.platform}:{place.kind}:{place.id}")
    assert row is not None
    until: datetime = row["not_before"]
    return until


@pytest.mark.parametrize(
    "fault", ["broken before", "broken after", "answer lost", "garbage", "killed before", "killed after"]
)
async def test_what_nobody_knows_is_left_alone_then_looked_up_and_said_once_in_all(
    company: Database, deliverer: Deliverer, wire: Wire, clock: MovableClock, fault: str
) -> None:
    wire.plan = iter([fault])
    await say(company, saying("first"), saying("second"))
    await deliverer.run_once()
    assert (await letter(company, 1)).state in ("UNKNOWN", "SENDING")
    assert wire.said() in ([], ["first"])
    before = len(wire.messages)
    for _ in range(4):
        await deliverer.run_once()
        assert len(wire.messages) == before
        clock.advance(timedelta(seconds=10))
    clock.advance(3 * MINUTE)
    await deliverer.run_once()
    clock.advance(3 * MINUTE)
    await deliverer.run_once()
    assert wire.said() == ["first", "second"]
    assert not any(each.marked for each in wire.messages)


@pytest.mark.parametrize("kind", ["receipt", "report", "escalation", "breach"])
async def test_where_nobody_can_look_what_must_be_heard_is_said_once_more_and_marked(
    company: Database, deliverer: Deliverer, wire: Wire, clock: MovableClock, kind: Any
) -> None:
    wire.reads_back, wire.plan = False, iter(["answer lost"])
    await say(company, saying("important", kind=kind), saying("next"))
    await deliverer.run_once()
    clock.advance(outcomes.QUARANTINE)
    await deliverer.run_once()
    assert wire.said() == ["important", "important", "next"]
    assert [each.marked for each in wire.messages] == [False, True, False]
    assert "ref H-1" in str(wire.messages[1].card.blocks[-1])
    assert (await letter(company, 1)).possible_repeat


async def test_what_may_stand_there_twice_says_so_however_often_it_changes(
    company: Database, deliverer: Deliverer, wire: Wire, clock: MovableClock
) -> None:
    wire.reads_back, wire.plan = False, iter(["answer lost"])
    await say(company, saying("25 leads", series="H-1"))
    await deliverer.run_once()
    clock.advance(outcomes.QUARANTINE)
    await deliverer.run_once()
    for words in ("25 accepted", "23 accepted"):
        await say(company, saying(words, series="H-1", action="edit"))
        await deliverer.run_once()
        assert wire.said() == ["25 leads", words]
        assert [each.marked for each in wire.messages] == [False, True], "the copy cannot be changed any more"


async def test_a_look_that_keeps_failing_for_an_hour_counts_as_one_that_cannot_be(
    company: Database, deliverer: Deliverer, clock: MovableClock, wire: Wire
) -> None:
    wire.plan = itertools.chain(["broken after"], itertools.repeat("broken before"))
    await say(company, saying("first"))
    while not (await letter(company, 1)).possible_repeat and clock.now() < NOON + timedelta(hours=3):
        await deliverer.run_once()
        clock.set(await deliverer.next_at() or clock.now())
    assert timedelta(hours=1) < clock.now() - NOON < timedelta(hours=2)


@pytest.mark.parametrize("kind", ["nudge", "digest"])
async def test_where_nobody_can_look_a_nudge_waits_for_its_next_occasion(
    company: Database, deliverer: Deliverer, wire: Wire, clock: MovableClock, kind: Any
) -> None:
    wire.reads_back, wire.plan = False, iter(["broken before"])
    await say(company, saying("Amy, …", kind=kind, series="promise", person="amy"))
    await deliverer.run_once()
    clock.advance(outcomes.QUARANTINE)
    await deliverer.run_once()
    assert wire.said() == []
    assert ((await letter(company, 1)).state, (await letter(company, 1)).why) == (
        "DROPPED",
        "it may have arrived; its next occasion says it again",
    )
    await say(company, saying("Amy, again …", kind=kind, series="promise", action="edit", person="amy"))
    await deliverer.run_once()
    assert wire.said() == ["Amy, again …"]


async def test_an_edit_nobody_knows_of_goes_again_for_it_does_no_harm_twice(
    company: Database, deliverer: Deliverer, wire: Wire, clock: MovableClock
) -> None:
    wire.reads_back = False
    await say(company, saying("25 leads", series="H-1"))
    await deliverer.run_once()
    wire.plan = iter(["answer lost", "broken before"])
    await say(company, saying("23 leads", series="H-1", action="edit"))
    for _ in range(3):
        await deliverer.run_once()
        clock.advance(MINUTE)
    assert wire.said() == ["23 leads"]
    assert (await letter(company, 2)).state == "SENT"


async def test_what_can_never_go_this_way_is_dead_and_goes_another(
    company: Database, clock: MovableClock, wire: Wire
) -> None:
    async def by_direct_message(tx: Tx, dead: Letter) -> None:
        await outbox.say(tx, saying(f"could not say {dead.card.summary} there", AMY_DIRECT))

    wire.plan = iter(["impossible"])
    await say(company, saying("first"), saying("second"))
    await speaking(company, clock, wire, reroute=by_direct_message).run_once()
    assert wire.said() == ["second"]
    assert wire.said(AMY_DIRECT) == ["could not say first there"]
    assert ((await letter(company, 1)).state, (await letter(company, 1)).why) == ("DEAD", "channel is archived")


async def test_when_no_other_way_can_be_found_what_is_dead_stays_dead(
    company: Database, clock: MovableClock, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(tx: Tx, dead: Letter) -> None:
        raise LookupError("nobody is there")

    wire.plan = iter(["impossible"])
    await say(company, saying("first"), saying("second"))
    await speaking(company, clock, wire, reroute=broken).run_once()
    assert (await letter(company, 1)).state == "DEAD"
    assert wire.said() == ["second"]
    assert "nobody is there" in caplog.text


@pytest.mark.parametrize("hours", [3, -3])
async def test_a_clock_that_jumps_loses_nothing_and_repeats_nothing(
    company: Database, clock: MovableClock, wire: Wire, hours: int
) -> None:
    deliverer = speaking(company, clock, wire, answer_within=30)
    wire.gates[CHANNEL.id] = asyncio.Event()
    await say(company, saying("in flight"), saying("elsewhere", OTHER), saying("after it"))
    running = asyncio.create_task(deliverer.run_once())
    await until(lambda: wire.said(OTHER) == ["elsewhere"])
    clock.advance(timedelta(hours=hours))
    rival = speaking(company, clock, wire, answer_within=30)
    await rival.run_once()
    wire.gates[CHANNEL.id].set()
    await running
    for _ in range(4):
        await asyncio.gather(deliverer.run_once(), rival.run_once())
        clock.advance(2 * MINUTE)
    assert wire.said() == ["in flight", "after it"]
    assert wire.said(OTHER) == ["elsewhere"]


async def test_a_pause_that_was_set_before_the_clock_went_back_ends(
    company: Database, deliverer: Deliverer, clock: MovableClock, wire: Wire
) -> None:
    wire.plan = iter(["slow down"])
    await say(company, saying("first"))
    await deliverer.run_once()
    clock.advance(-timedelta(hours=3))
    await deliverer.run_once()
    assert wire.said() == ["first"]


@pytest.mark.parametrize("fault", ["killed before", "broken before"])
async def test_what_was_under_way_before_the_clock_went_back_does_not_wait_until_it_is_there_again(
    company: Database, deliverer: Deliverer, clock: MovableClock, wire: Wire, fault: str
) -> None:
    wire.plan = iter([fault])
    await say(company, saying("first"))
    await deliverer.run_once()
    clock.advance(-timedelta(hours=3))
    for _ in range(3):
        await speaking(company, clock, wire).run_once()
        clock.advance(2 * MINUTE)
    assert wire.said() == ["first"]


async def test_what_a_stopped_worker_had_in_flight_is_unknown_at_once_and_found_later(
    company: Database, clock: MovableClock, wire: Wire
) -> None:
    deliverer = speaking(company, clock, wire, answer_within=30)
    wire.gates[CHANNEL.id] = asyncio.Event()
    await say(company, saying("in flight"), saying("next"))
    running = asyncio.create_task(deliverer.run())
    await until(lambda: wire.at_once == 1)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    stopped = await letter(company, 1)
    assert (stopped.state, stopped.why) == ("UNKNOWN", "Kept was stopped before it heard the answer")
    wire.gates[CHANNEL.id].set()
    clock.advance(outcomes.QUARANTINE)
    await speaking(company, clock, wire).run_once()
    assert wire.said() == ["in flight", "next"]


async def test_an_answer_that_comes_after_the_lease_ran_out_still_counts(
    company: Database, clock: MovableClock, wire: Wire
) -> None:
    slow, rival = (speaking(company, clock, wire, answer_within=30) for _ in range(2))
    wire.reads_back = False
    wire.gates[CHANNEL.id] = asyncio.Event()
    await say(company, saying("slow"))
    running = asyncio.create_task(slow.run_once())
    await until(lambda: wire.at_once == 1)
    clock.advance(2 * MINUTE)
    await rival.run_once()
    assert (await letter(company, 1)).state == "UNKNOWN"
    wire.gates[CHANNEL.id].set()
    await running
    assert (await letter(company, 1)).state == "SENT"
    clock.advance(10 * MINUTE)
    await rival.run_once()
    assert wire.said() == ["slow"]


async def test_what_arrived_while_the_database_was_away_is_written_when_it_is_back_and_not_said_again(
    url: str, company: Database, clock: MovableClock, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    impatient = await Database.open(
        url, clock, patience=timedelta(milliseconds=20), busy_within=timedelta(milliseconds=10)
    )
    worker = speaking(impatient, clock, wire, answer_within=30)
    wire.reads_back = False
    wire.gates[CHANNEL.id] = asyncio.Event()
    await say(company, saying("escalates", kind="escalation"))
    running = asyncio.create_task(worker.run())
    await until(lambda: wire.at_once == 1)
    with locked(url):
        wire.gates[CHANNEL.id].set()
        await until(lambda: any("waits for the database" in each for each in caplog.messages))
        clock.advance(5 * MINUTE)
    await until_sent(company, 1)
    worker.stop()
    await running
    await impatient.close()
    assert wire.said() == ["escalates"]
    assert not wire.messages[0].marked


async def test_a_sender_that_was_given_up_changes_nothing_any_more(
    company: Database, clock: MovableClock, wire: Wire
) -> None:
    async def claim(owner: str) -> list[Letter]:
        claiming = Claiming(owner, MINUTE, {"web": ()}, always_wanted)
        return await company.write("x", lambda tx: deliveries.claim(tx, clock.now(), claiming))

    async def late_words() -> list[object]:
        """All that the first sender might have to say, by now."""
        now, found = clock.now(), MessageRef(CHANNEL, "m9")
        return [
            await company.write("x", word)
            for word in (
                lambda tx: outcomes.unknown(tx, first, "late", now),
                lambda tx: outcomes.not_sent(tx, first, "late", 900.0, now),
                lambda tx: outcomes.impossible(tx, first, "late", now),
                lambda tx: outcomes.sent(tx, first, found, now),
            )
        ]

    await say(company, saying("first"))
    (first,) = await claim("first sender")
    clock.advance(2 * MINUTE)
    assert await claim("second sender") == []
    unknown = await letter(company, 1)
    assert await company.write("x", lambda tx: outcomes.unknown(tx, first, "late", clock.now())) is None
    assert await letter(company, 1) == unknown
    clock.advance(2 * MINUTE)
    (looks,) = await claim("second sender")
    assert looks.state == "RECONCILING"
    assert await late_words() == [None] * 4
    assert await company.write("x", lambda tx: outcomes.not_found(tx, looks, clock.now())) == "PENDING"
    (second,) = await claim("first sender")
    assert second.attempts == 2
    assert await late_words() == [None] * 4, "this is another attempt, although its sender has the same name"
    assert await letter(company, 1) == second
    await say(company, saying("after it"))
    clock.advance(10 * MINUTE)
    await speaking(company, clock, wire).run_once()
    clock.advance(10 * MINUTE)
    await speaking(company, clock, wire).run_once()
    assert wire.said() == ["first", "after it"], "a pause that was asked for too late is none"


async def test_a_looker_that_was_given_up_changes_nothing_either(company: Database, clock: MovableClock) -> None:
    async def claim(owner: str) -> list[Letter]:
        claiming = Claiming(owner, MINUTE, {"web": ()}, always_wanted)
        return await company.write("x", lambda tx: deliveries.claim(tx, clock.now(), claiming))

    await say(company, saying("first"))
    await claim("sender")
    clock.advance(2 * MINUTE)
    assert await claim("looker") == []
    clock.advance(2 * MINUTE)
    (looks,) = await claim("looker")
    clock.advance(2 * MINUTE)
    (again,) = await claim("another looker")
    assert (looks.state, again.state, again.attempts) == ("RECONCILING", "RECONCILING", looks.attempts)
    assert await company.write("x", lambda tx: outcomes.not_found(tx, looks, clock.now())) is None
    assert await letter(company, 1) == again


async def test_a_message_that_is_never_answered_is_given_up_after_hours_and_goes_another_way(
    company: Database, clock: MovableClock, wire: Wire
) -> None:
    dead: list[Letter] = []

    async def note(tx: Tx, given_up: Letter) -> None:
        dead.append(given_up)

    deliverer = speaking(company, clock, wire, reroute=note)
    wire.plan = (fault for fault in ["broken before", ""] * 40)
    await say(company, saying("poison"), saying("next"))
    began = clock.now()
    for _ in range(100):
        await deliverer.run_once()
        upcoming = await deliverer.next_at()
        if upcoming is None or dead:
            break
        clock.set(upcoming)
    assert [each.card.summary for each in dead] == ["poison"]
    assert timedelta(hours=1) < clock.now() - began < timedelta(hours=24)
    assert (await letter(company, 1)).why.startswith("given up after 12 attempts")
