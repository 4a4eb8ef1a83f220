"""Obligations: found by their moment, their owner and their subject, and closed by what settles them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store import breaches, disputes, dues, obligations, schedules
from bot.store.database import Database
from bot.store.transaction import Conflict
from bot.store.tx import Tx
from slacore.breaches import Breach
from slacore.errors import Refusal
from slacore.obligations import Obligation
from tests.bot.store.promises import NOON, OCTOBER, begin_company, log, owed

HOUR = timedelta(hours=1)


async def keep(database: Database, *found: Obligation) -> None:
    async def job(tx: Tx) -> None:
        for each in found:
            await obligations.add(tx, each)

    await database.write("x", job)


async def test_what_is_kept_comes_back_as_it_was(company: Database) -> None:
    everything = owed(
        7,
        state="missed",
        rung=2,
        missed_at=NOON,
        told_at=NOON + HOUR,
        acked_until=NOON + 2 * HOUR,
        acked_by="amy",
        acked_at=NOON,
        snoozed_until=NOON + 3 * HOUR,
        snoozes=1,
        evidence="https://example.org/ü",
        done_at=NOON,
        done_by="josh",
        revision=9,
    )
    await keep(company, everything, owed(8))
    assert await company.read("x", lambda tx: obligations.find(tx, 7)) == everything
    assert await company.read("x", lambda tx: obligations.find(tx, 8)) == owed(8)


async def test_a_number_that_was_never_given_is_refused(company: Database) -> None:
    for find in (obligations.find, breaches.find, disputes.handoff_of):
        with pytest.raises(Refusal, match="There is no"):
            await company.read("x", lambda tx, find=find: find(tx, 99))  # type: ignore[misc]


async def test_what_is_due_comes_in_the_order_of_its_moments_and_no_sooner(company: Database) -> None:
    await keep(
        company,
        owed(1, look_again_at=NOON + HOUR),
        owed(2, look_again_at=NOON - HOUR),
        owed(3, look_again_at=NOON),
        owed(4, look_again_at=None),
    )
    due = await company.read("x", lambda tx: obligations.due(tx, NOON, 10))
    assert [each.number for each in due] == [2, 3]
    assert [each.number for each in await company.read("x", lambda tx: obligations.due(tx, NOON, 1))] == [2]


async def test_one_promise_owes_a_subject_once(company: Database) -> None:
    await keep(company, owed(1, subject="2026-10-09"))
    with pytest.raises(Conflict):
        await keep(company, owed(2, subject="2026-10-09"))


async def test_open_duties_of_a_person_and_of_an_agreement_leave_out_what_is_settled(company: Database) -> None:
    await keep(
        company,
        owed(1, due_at=NOON + HOUR),
        owed(2),
        owed(3, state="kept"),
        owed(4, state="missed", done_at=NOON),
        owed(5, state="missed"),
        owed(6, owner="josh", state="at risk"),
    )
    mine = await company.read("x", lambda tx: obligations.open_of_owner(tx, "amy"))
    everybodys = await company.read("x", lambda tx: obligations.open_of_agreement(tx, "a"))
    assert {each.number for each in mine} == {1, 2, 5}
    assert {each.number for each in everybodys} == {1, 2, 5, 6}
    assert mine[-1].number == 1
    assert all(not each.settled for each in everybodys)


async def test_touching_brings_the_next_look_forward_and_never_back(company: Database) -> None:
    await keep(company, owed(1, look_again_at=NOON))

    async def touch(tx: Tx, at: timedelta) -> Obligation:
        await obligations.touch(tx, "a", "reports", "slot", "slot 1", NOON + at)
        return await obligations.find(tx, 1)

    assert (await company.write("x", lambda tx: touch(tx, HOUR))).look_again_at == NOON
    assert (await company.write("x", lambda tx: touch(tx, -HOUR))).look_again_at == NOON - HOUR


async def test_closing_a_subject_settles_it_once(company: Database) -> None:
    await keep(company, owed(1), owed(2))

    async def close(tx: Tx, number: int, *, withdrawn: bool) -> Obligation:
        await obligations.close_subject(tx, "a", "reports", "slot", f"slot {number}", NOON, "amy", withdrawn=withdrawn)
        return await obligations.find(tx, number)

    kept = await company.write("x", lambda tx: close(tx, 1, withdrawn=False))
    gone = await company.write("x", lambda tx: close(tx, 2, withdrawn=True))
    assert (kept.state, kept.done_at, kept.done_by, kept.look_again_at, kept.revision) == ("kept", NOON, "amy", None, 2)
    assert (gone.state, gone.settled) == ("withdrawn", True)
    assert await company.write("x", lambda tx: close(tx, 1, withdrawn=True)) == kept


async def test_the_one_before_tells_whether_the_last_was_missed(company: Database) -> None:
    await keep(
        company,
        owed(1, due_at=NOON - 3 * HOUR, state="missed"),
        owed(2, due_at=NOON - 2 * HOUR, state="kept"),
        owed(3, due_at=NOON - HOUR, kind="period", state="missed"),
        owed(4, due_at=NOON),
    )
    asked = [owed(2, due_at=NOON - 2 * HOUR), owed(4), owed(1, due_at=NOON - 3 * HOUR)]
    answers = [await company.read("x", lambda tx, it=it: obligations.last_was_missed(tx, it)) for it in asked]  # type: ignore[misc]
    assert answers == [True, False, False]


async def test_an_obligation_has_one_miss_which_is_settled_and_made_good(company: Database) -> None:
    breach = Breach(1, 1, "a", 1, "reports", "sales", 9, provisional=True, recorded_at=NOON)
    await keep(company, owed(1))
    await company.write("x", lambda tx: breaches.add(tx, breach))
    with pytest.raises(Conflict):
        await company.write("x", lambda tx: breaches.add(tx, replace(breach, number=2)))
    await company.write("x", lambda tx: breaches.make_good(tx, breach, NOON + HOUR))
    found = await company.read("x", lambda tx: breaches.of_obligation(tx, 1))
    assert found == replace(breach, provisional=False, made_good_at=NOON + HOUR, revision=2)
    assert await company.read("x", lambda tx: breaches.of_agreement(tx, "a")) == (found,)
    assert await company.read("x", lambda tx: breaches.of_obligation(tx, 2)) is None


async def test_disputes_are_opened_and_ended_and_stay_on_the_record(company: Database) -> None:
    async def open_two(tx: Tx) -> int:
        handoff = await log(tx, 25)
        for reason in ("fake", "duplicate"):
            await disputes.open_(tx, await tx.next_number("D"), handoff, 3, reason, "amy", NOON)
        return handoff.number

    number = await company.write("x", open_two)
    assert await company.read("x", lambda tx: disputes.handoff_of(tx, 2)) == number
    await company.write("x", lambda tx: disputes.end(tx, number, "withdrawn", "amy", NOON))
    assert await company.read("x", lambda tx: disputes.handoff_of(tx, 1)) == number


async def test_the_clock_visits_workspaces_in_which_something_is_due(company: Database) -> None:
    for workspace in ("y", "z"):
        await company.write(workspace, begin_company)
    await keep(company, owed(1, look_again_at=NOON))
    await company.write("y", lambda tx: schedules.put(tx, "digest", "amy", NOON - HOUR))
    await company.write("z", lambda tx: schedules.put(tx, "digest", "amy", NOON + HOUR))
    due = [
        await company.everywhere(lambda view, at=at: dues.workspaces_due(view, at))  # type: ignore[misc]
        for at in (NOON - 2 * HOUR, NOON - HOUR, NOON, NOON + HOUR)
    ]
    assert due == [(), ("y",), ("x", "y"), ("x", "y", "z")]
    assert [await company.read(each, dues.next_at) for each in "xyz"] == [NOON, NOON - HOUR, NOON + HOUR]
    assert await company.read("nowhere", dues.next_at) is None


async def test_what_comes_round_is_put_off_and_ended(company: Database) -> None:
    await company.write("x", lambda tx: schedules.put(tx, "report", "a/0", NOON))
    await company.write("x", lambda tx: schedules.put(tx, "digest", "amy", NOON - HOUR))
    due = await company.read("x", lambda tx: schedules.due(tx, NOON))
    besides = await company.read("x", lambda tx: schedules.due(tx, NOON, besides=("digest", "review")))
    assert [each.kind for each in besides] == ["report"]
    assert [(each.kind, each.subject) for each in due] == [("digest", "amy"), ("report", "a/0")]

    async def put_off_and_end(tx: Tx) -> list[bool]:
        await schedules.put(tx, "report", "a/0", NOON + HOUR)
        await schedules.end(tx, "digest", "amy")
        found = [await schedules.find(tx, "report", "a/0"), await schedules.find(tx, "digest", "amy")]
        return [each is not None for each in found]

    assert await company.write("x", put_off_and_end) == [True, False]
    assert await company.read("x", lambda tx: schedules.due(tx, NOON)) == ()


async def test_all_that_a_promise_owed_in_a_period_is_told_settled_or_not(company: Database) -> None:
    await keep(company, owed(1, due_at=NOON + HOUR), owed(2, state="kept"), owed(3, commitment="leads", kind="period"))
    found = await company.read("x", lambda tx: obligations.of_period(tx, "a", "reports", OCTOBER))
    assert [each.number for each in found] == [2, 1]
