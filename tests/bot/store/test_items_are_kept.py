"""Items come back as their ledgers tell them; what they count for follows their duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.store import counts, delays
from bot.store import items as kept
from bot.store.database import Database
from bot.store.fences import mine
from bot.store.tables import item_entries
from bot.store.tx import Tx
from slacore import items
from slacore.errors import Refusal
from slacore.items import Delay, Handed, Item, Listed
from tests.bot.store.promises import NOON, OCTOBER, log, owed

HOUR = timedelta(hours=1)
_ENTRIES = select(item_entries).where(mine(item_entries))


async def lead(tx: Tx, listed: Listed | None = None) -> Item:
    handoff, listed = await log(tx, 1), listed or Listed("Ann Lee", "CRM-7", "https://crm.example/7")
    number = await tx.next_number("L")
    handed = Handed(number, handoff.number, "a", 1, "marketing", "sales", "leads", NOON,
                    listed.name, listed.ref, listed.link, "webinar", "guide", "high")  # fmt: skip
    change = items.handed_over(handed, "josh", NOON, stage="marketing-qualified", score=40)
    await kept.add(tx, change, being_acted_on=True)
    return change[0]


async def test_an_item_comes_back_with_its_ledger(company: Database) -> None:
    item = await company.write("x", lead)

    async def act(tx: Tx) -> Item:
        found = await kept.find(tx, item.handed.number)
        assert found == item
        change = items.pause(found, "waiting for customer", "tom", NOON + HOUR, at=NOON, until=NOON + HOUR / 2)
        await kept.change(tx, change, being_acted_on=True)
        assert await kept.find(tx, item.handed.number) == change[0]
        return change[0]

    paused = await company.write("x", act)
    assert await company.read("x", lambda tx: kept.find(tx, item.handed.number)) == paused
    assert await company.read("x", lambda tx: kept.of_handoff(tx, 1)) == (paused,)
    assert await company.read("x", lambda tx: kept.find_many(tx, [1, 1])) == (paused,)
    with pytest.raises(Refusal, match="There is no L-99"):
        await company.read("x", lambda tx: kept.find(tx, 99))
    with pytest.raises(Refusal, match="There is no L-99"):
        await company.read("x", lambda tx: kept.find_many(tx, [1, 99]))


async def test_a_load_is_what_somebody_has_to_act_on(company: Database) -> None:
    async def give(tx: Tx) -> None:
        for owner in ("tom", "tom", "priya"):
            item = await lead(tx)
            await kept.change(tx, items.assign(item, owner, "amy", NOON + HOUR), being_acted_on=True)
        answered = await kept.find(tx, 1)
        await kept.change(tx, items.respond(answered, "tom", NOON + HOUR), being_acted_on=False)

    await company.write("x", give)
    assert await company.read("x", lambda tx: kept.loads(tx, ["tom", "priya", "amy"])) == {
        "tom": 1,
        "priya": 1,
        "amy": 0,
    }
    assert await company.read("x", lambda tx: kept.last_owner(tx, "a", "sales")) == "priya"
    assert await company.read("x", lambda tx: kept.last_owner(tx, "a", "service")) == ""


async def test_counts_follow_what_became_of_a_duty(company: Database) -> None:
    due = replace(owed(1), kind="response", subject="L-1", state="open")
    kept_, late = replace(due, state="kept", done_at=NOON), replace(due, state="missed", done_at=NOON)
    period = ("a", "reports", OCTOBER)

    async def follow(tx: Tx) -> None:
        assert not counts.follow(tx, None, due)
        assert counts.follow(tx, due, kept_)
        assert counts.follow(tx, kept_, late)

    await company.write("x", follow)
    assert await company.read("x", lambda tx: counts.of_period(tx, period)) == {
        "response in time": 0,
        "response late": 1,
    }

    async def move(tx: Tx) -> None:
        counts.follow(tx, late, replace(late, period_starts_on=OCTOBER + timedelta(31)))

    await company.write("x", move)
    november = ("a", "reports", OCTOBER + timedelta(31))
    found = await company.read("x", lambda tx: counts.of_periods(tx, [period, november, ("a", "leads", OCTOBER)]))
    assert found == {
        period: {"response in time": 0, "response late": 0},
        november: {"response late": 1},
        ("a", "leads", OCTOBER): {},
    }


async def test_how_long_answers_took_is_kept_once_an_item_and_promise(company: Database) -> None:
    quick, slow = Delay(HOUR, HOUR, timedelta()), Delay(3 * HOUR, HOUR, 2 * HOUR)

    async def keep(tx: Tx) -> None:
        for delay in (slow, quick):
            item = await lead(tx)
            await delays.keep(tx, "a", "reports", item.handed.number, OCTOBER, delay)
        await delays.keep(tx, "a", "reports", 99, OCTOBER, None)

    await company.write("x", keep)
    assert await company.read("x", lambda tx: delays.of_period(tx, "a", "reports", OCTOBER)) == (quick, slow)

    await company.write("x", lambda tx: delays.keep(tx, "a", "reports", 1, OCTOBER, None))
    assert await company.read("x", lambda tx: delays.of_period(tx, "a", "reports", OCTOBER)) == (quick,)


async def test_a_ledger_only_grows(company: Database) -> None:
    await company.write("x", lead)

    async def rewrite(tx: Tx) -> None:
        tx.update(item_entries, (1, 1), {"note": "it never happened"})

    with pytest.raises(Exception, match="append-only"):
        await company.write("x", rewrite)
    assert [row["note"] for row in await company.read("x", lambda tx: tx.rows(_ENTRIES))] == ["", ""]
