"""What waits in the outbox is said in order, once, and what became of it is written down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.talk import Place
from bot.clock import MovableClock
from bot.jobs.deliver import Deliverer
from bot.store import deliveries, obligations, outbox, outcomes
from bot.store.database import Database
from bot.store.deliveries import Pace
from bot.store.outbox import Letter, Saying
from bot.store.tx import Tx
from tests.bot.store.conftest import NOON
from tests.bot.store.promises import begin_company, owed
from tests.bot.store.wire import (
    AMY_DIRECT,
    CHANNEL,
    Killed,
    Wire,
    always_wanted,
    no_other_way,
    saying,
)

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
OTHER = Place("x", "web", "channel", "#sales", "sales")


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def company(database: Database) -> Database:
    await database.write("x", begin_company)
    return database


@pytest.fixture
def deliverer(company: Database, clock: MovableClock, wire: Wire) -> Deliverer:
    return speaking(company, clock, wire)


def speaking(database: Database, clock: MovableClock, wire: Wire, **choices: Any) -> Deliverer:
    given = {"relevance": always_wanted, "reroute": no_other_way, "answer_within": 0.05, **choices}
    return Deliverer(database, {wire.platform: wire}, clock, **given)


async def say(database: Database, *sayings: Saying) -> list[int]:
    async def job(tx: Tx) -> list[int]:
        return [await outbox.say(tx, each) for each in sayings]

    return await database.write("x", job)


async def letter(database: Database, number: int) -> Letter:
    found = await database.read("x", lambda tx: outbox.find(tx, number))
    assert found is not None
    return found


async def test_what_is_said_arrives_in_the_order_it_was_said_in_every_conversation(
    company: Database, deliverer: Deliverer, wire: Wire
) -> None:
    await say(company, *(saying(f"{place.id} {n}", place) for n in range(10) for place in (CHANNEL, OTHER, AMY_DIRECT)))
    assert await deliverer.run_once() == 30
    for place in (CHANNEL, OTHER, AMY_DIRECT):
        assert wire.said(place) == [f"{place.id} {n}" for n in range(10)]
    sent = await letter(company, 1)
    assert (sent.state, sent.sent_at, sent.attempts) == ("SENT", NOON, 1)
    assert sent.message is not None
    assert sent.message.id == "m1"
    assert await deliverer.run_once() == 0
    assert await deliverer.next_at() is None


async def test_one_conversation_that_hangs_keeps_no_other_waiting(
    company: Database, clock: MovableClock, wire: Wire
) -> None:
    deliverer = speaking(company, clock, wire, answer_within=30)
    wire.gates[CHANNEL.id] = asyncio.Event()
    await say(company, saying("hangs"), saying("waits for it"), *(saying(f"o{n}", OTHER) for n in range(5)))
    running = asyncio.create_task(deliverer.run_once())
    await until(lambda: len(wire.said(OTHER)) == 5)
    assert wire.said() == []
    wire.gates[CHANNEL.id].set()
    await running
    assert wire.said() == ["hangs", "waits for it"]


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not happened():  # noqa: ASYNC110 -- what is waited for rings no bell
            await asyncio.sleep(0.001)


async def test_what_is_held_or_planned_waits_for_its_moment_and_lets_others_pass(
    company: Database, deliverer: Deliverer, clock: MovableClock, wire: Wire
) -> None:
    await say(
        company,
        saying("held", held_until=NOON + 2 * MINUTE, hold_reason="quiet hours"),
        saying("planned", not_before=NOON + MINUTE),
        saying("now"),
    )
    await deliverer.run_once()
    assert wire.said() == ["now"]
    assert await deliverer.next_at() == NOON + MINUTE
    clock.advance(MINUTE)
    await deliverer.run_once()
    assert await deliverer.next_at() == NOON + 2 * MINUTE
    clock.advance(MINUTE)
    await deliverer.run_once()
    assert wire.said() == ["now", "planned", "held"]


async def test_an_edit_changes_the_message_in_place_and_waits_for_its_post(
    company: Database, deliverer: Deliverer, wire: Wire, clock: MovableClock
) -> None:
    wire.plan = iter(["broken before"])
    await say(company, saying("25 leads", series="H-1"))
    await deliverer.run_once()
    await say(company, saying("23 leads", series="H-1", action="edit"), saying("later"))
    assert await deliverer.run_once() == 0, "nobody knows yet whether there is a message to change"
    clock.advance(outcomes.QUARANTINE)
    await deliverer.run_once()
    assert wire.said() == ["23 leads", "later"]
    assert [(await letter(company, n)).state for n in (1, 2, 3)] == ["SENT", "SENT", "SENT"]


async def test_an_edit_whose_message_is_gone_is_said_anew_and_later_edits_change_that_one(
    company: Database, deliverer: Deliverer, wire: Wire
) -> None:
    await say(company, saying("25 leads", series="H-1"))
    await deliverer.run_once()
    wire.messages.clear()
    await say(company, saying("23 leads", series="H-1", action="edit"))
    await deliverer.run_once()
    assert wire.said() == ["23 leads"]
    await say(company, saying("22 leads", series="H-1", action="edit"))
    await deliverer.run_once()
    assert wire.said() == ["22 leads"]


async def test_an_edit_only_of_a_message_that_is_gone_is_left(
    company: Database, deliverer: Deliverer, wire: Wire
) -> None:
    await say(company, saying("25 leads", series="H-1"))
    await deliverer.run_once()
    wire.messages.clear()
    (number,) = await say(company, saying("done", series="H-1", action="edit", edit_only=True))
    await deliverer.run_once()
    assert wire.said() == []
    assert (await letter(company, number)).state == "DROPPED"


@pytest.mark.parametrize(("fault", "again_after"), [("refused", SECOND), ("slow down", 3 * SECOND)])
async def test_what_certainly_did_not_happen_goes_again_and_holds_up_its_own_conversation_only(
    company: Database, deliverer: Deliverer, wire: Wire, clock: MovableClock, fault: str, again_after: timedelta
) -> None:
    wire.plan = iter([fault])
    await say(company, saying("first"), saying("second"), saying("elsewhere", OTHER))
    await deliverer.run_once()
    assert wire.said(OTHER) == ["elsewhere"]
    assert wire.said() == []
    assert await deliverer.next_at() == NOON + again_after
    clock.advance(again_after - timedelta(milliseconds=1))
    assert await deliverer.run_once() == 0
    clock.advance(timedelta(milliseconds=1))
    await deliverer.run_once()
    assert wire.said() == ["first", "second"]
    assert (await letter(company, 1)).attempts == 2


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


async def test_what_was_settled_meanwhile_is_dropped_with_the_reason(
    company: Database, deliverer: Deliverer, wire: Wire
) -> None:
    async def settle(tx: Tx) -> None:
        for number, state in ((1, "kept"), (2, "open"), (3, "missed")):
            await obligations.add(tx, owed(number, state=state, done_at=NOON if number == 3 else None))

    await company.write("x", settle)
    about = [saying(f"about {n}", about_obligation=n, drop_if_settled=True) for n in (1, 2, 3)]
    await say(company, *about, saying("in any case", about_obligation=1))
    await deliverer.run_once()
    assert wire.said() == ["about 2", "in any case"]
    assert ((await letter(company, 1)).state, (await letter(company, 1)).why) == (
        "DROPPED",
        "settled before it was said",
    )


async def test_whether_it_is_still_wanted_is_asked_at_the_last_moment(
    company: Database, clock: MovableClock, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    async def wanted(tx: Tx, asked: Letter) -> str | None:
        if asked.card.summary == "strange":
            raise KeyError("what is this?")
        return "nobody wants it" if asked.card.summary == "unwanted" else None

    await say(company, saying("unwanted"), saying("strange"), saying("wanted"))
    await speaking(company, clock, wire, relevance=wanted).run_once()
    assert wire.said() == ["strange", "wanted"]
    assert (await letter(company, 1)).why == "nobody wants it"
    assert "what is this?" in caplog.text


async def test_after_downtime_only_the_newest_of_a_series_goes(
    company: Database, deliverer: Deliverer, clock: MovableClock, wire: Wire
) -> None:
    days = [saying(f"digest of day {n}", AMY_DIRECT, newest_of="digest:amy", late=n > 0) for n in range(3)]
    await say(company, *days, saying("digest of josh", newest_of="digest:josh"))
    clock.advance(timedelta(days=3))
    await deliverer.run_once()
    assert wire.said(AMY_DIRECT) == ["digest of day 2"]
    assert wire.said() == ["digest of josh"]
    assert (await letter(company, 1)).why == "a newer one was said instead"


async def test_nothing_is_said_faster_than_the_platform_allows_and_nobody_else_waits_for_it(
    company: Database, clock: MovableClock, wire: Wire
) -> None:
    paces = {"web": (Pace(2, SECOND), Pace(3, 10 * SECOND))}
    deliverer = speaking(company, clock, wire, paces=paces)
    await say(company, *(saying(f"m{n}") for n in range(5)), saying("elsewhere", OTHER))
    heard: list[tuple[int, int]] = []
    for second in range(12):
        await deliverer.run_once()
        heard.append((second, len(wire.said())))
        clock.advance(SECOND)
    assert wire.said(OTHER) == ["elsewhere"]
    assert [count for _, count in heard] == [2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5]


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
    await say(company, saying("elsewhere", OTHER))
    await deliverer.run_once()
    assert wire.said(OTHER) == ["elsewhere"]


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


async def test_a_worker_that_is_asked_to_stop_finishes_what_it_began_and_begins_nothing(
    company: Database, clock: MovableClock, wire: Wire
) -> None:
    deliverer = speaking(company, clock, wire, answer_within=30)
    wire.gates[CHANNEL.id] = asyncio.Event()
    await say(company, saying("in flight"), saying("next"))
    running = asyncio.create_task(deliverer.run())
    await until(lambda: wire.at_once == 1)
    deliverer.stop()
    wire.gates[CHANNEL.id].set()
    await asyncio.wait_for(running, 10)
    assert wire.said() == ["in flight"]
    assert [(await letter(company, n)).state for n in (1, 2)] == ["SENT", "PENDING"]


async def test_a_running_worker_wakes_at_what_is_said(company: Database, clock: MovableClock, wire: Wire) -> None:
    deliverer = speaking(company, clock, wire)
    running = asyncio.create_task(deliverer.run())
    for number in range(3):
        await say(company, saying(f"m{number}"))
        await until(lambda n=number: len(wire.messages) == n + 1)  # type: ignore[misc]
    deliverer.stop()
    await running


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


async def test_a_sender_that_was_given_up_changes_nothing_any_more(
    company: Database, clock: MovableClock, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    async def claimed(tx: Tx) -> list[Letter]:
        pace = {"web": ()}
        mine = deliveries.Claiming("somebody", timedelta(seconds=60), pace, always_wanted)
        return await deliveries.claim(tx, clock.now(), mine)

    await say(company, saying("first"))
    (given_up,) = await company.write("x", claimed)
    clock.advance(5 * MINUTE)
    deliverer = speaking(company, clock, wire)
    await deliverer.run_once()
    clock.advance(5 * MINUTE)
    await deliverer.run_once()
    assert (await letter(company, 1)).state == "SENT"
    assert wire.said() == ["first"]
    for outcome in (
        lambda tx: outcomes.unknown(tx, given_up, "late", clock.now()),
        lambda tx: outcomes.not_sent(tx, given_up, "late", 9.0, clock.now()),
        lambda tx: outcomes.impossible(tx, given_up, "late", clock.now()),
    ):
        assert await company.write("x", outcome) is None
    assert (await letter(company, 1)).state == "SENT"
    await say(company, saying("second"))
    await deliverer.run_once()
    assert wire.said() == ["first", "second"], "a pause it asked for too late is none"


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


async def test_words_for_a_platform_nobody_speaks_wait(company: Database, clock: MovableClock, wire: Wire) -> None:
    slack = Place("x", "slack", "channel", "C1", "sales")
    await say(company, saying("elsewhere", slack), saying("here"))
    deliverer = speaking(company, clock, wire)
    await deliverer.run_once()
    assert wire.said() == ["here"]
    assert (await letter(company, 1)).state == "PENDING"
    assert await deliverer.next_at() is None


async def test_each_company_hears_its_own(company: Database, clock: MovableClock, wire: Wire) -> None:
    await company.write("y", begin_company)
    await company.write("y", lambda tx: outbox.say(tx, saying("theirs", Place("y", "web", "channel", "#y"))))
    await say(company, saying("ours"))
    await speaking(company, clock, wire).run_once()
    assert {(each.place.workspace, each.words) for each in wire.messages} == {("x", "ours"), ("y", "theirs")}
    assert len({each.delivery_id for each in wire.messages}) == 2


def test_a_killed_process_is_no_ordinary_error() -> None:
    assert not issubclass(Killed, Exception)
