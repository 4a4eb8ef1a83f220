"""What waits in the outbox is said in order, in its time, and once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.chat.talk import Place, Platform
from bot.clock import MovableClock
from bot.jobs.deliver import Deliverer
from bot.store import obligations, outbox, outcomes
from bot.store.database import Database
from bot.store.deliveries import Pace
from bot.store.outbox import Letter
from bot.store.tx import Tx
from tests.bot.store.delivering import MINUTE, OTHER, SECOND, letter, say, speaking, until
from tests.bot.store.promises import NOON, begin_company, owed
from tests.bot.store.wire import (
    AMY_DIRECT,
    CHANNEL,
    Wire,
    saying,
)


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


async def test_a_company_whose_platform_hangs_keeps_no_other_waiting(
    company: Database, clock: MovableClock, wire: Wire
) -> None:
    deliverer = speaking(company, clock, wire, at_once=4)
    theirs = Place("y", "web", "channel", "#y")
    hanging = [Place("x", "web", "channel", f"#x{number}") for number in range(20)]
    wire.gates |= {place.id: asyncio.Event() for place in hanging}
    await say(company, *(saying(f"hangs in {place.id}", place) for place in hanging))
    running = asyncio.create_task(deliverer.run_once())
    await until(lambda: wire.at_once == 4)
    await company.write("y", begin_company)
    await company.write("y", lambda tx: outbox.say(tx, saying("theirs", theirs)))
    await until(lambda: wire.said(theirs) == ["theirs"])
    assert wire.calls <= 9, "as soon as there was room, not after all that hangs"
    for gate in wire.gates.values():
        gate.set()
    await running


async def test_what_is_said_while_a_conversation_hangs_goes_out_at_once_and_its_call_is_not_given_up(
    company: Database, clock: MovableClock, wire: Wire
) -> None:
    deliverer = speaking(company, clock, wire, answer_within=30)
    wire.gates[CHANNEL.id] = asyncio.Event()
    await say(company, saying("hangs"))
    running = asyncio.create_task(deliverer.run())
    await until(lambda: wire.at_once == 1)
    clock.advance(timedelta(hours=3))
    await say(company, saying("said meanwhile", OTHER))
    await until(lambda: wire.said(OTHER) == ["said meanwhile"])
    assert (await letter(company, 1)).state == "SENDING", "its sender is alive and knows it"
    wire.gates[CHANNEL.id].set()
    deliverer.stop()
    await running
    assert wire.said() == ["hangs"]


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


@pytest.mark.parametrize(
    ("platform", "messages", "limits"),
    [("slack", 4, {SECOND: 1}), ("teams", 62, {SECOND: 7, 2 * SECOND: 8, 30 * SECOND: 60})],
)
async def test_each_platform_is_spoken_to_as_fast_as_it_allows_and_no_faster(
    company: Database, clock: MovableClock, platform: Platform, messages: int, limits: dict[timedelta, int]
) -> None:
    wire = Wire(platform=platform)
    deliverer = speaking(company, clock, wire, answer_within=5)
    await say(company, *(saying(f"m{number}", Place("x", platform, "channel", "#a")) for number in range(messages)))
    began: list[datetime] = []
    while (upcoming := await deliverer.next_at()) is not None or len(began) < messages:
        calls = wire.calls
        await deliverer.run_once()
        began += [clock.now()] * (wire.calls - calls)
        clock.set(max(clock.now() + SECOND / 4, upcoming or clock.now()))
    for within, most in limits.items():
        fullest = max(sum(timedelta() <= each - first < within for each in began) for first in began)
        assert fullest == most, f"{platform}: {fullest} within {within}"


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
