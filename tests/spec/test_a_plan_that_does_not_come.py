"""A recovery plan was asked for, and its time passes without one: it is on the record, and what was agreed follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.desk.misses import plan_times
from bot.store import schedules, tables
from bot.store.fences import mine
from bot.store.tx import Tx
from tests.beginnings import Worlds
from tests.bot.documents.files import company_x
from tests.world import WORKSPACE, World, moment, private

PLAN = "    options: [recovery plan, carry-over]\n    applies: one of them\n    plan_within: 3wd"


async def _ninety_one_come(world: World) -> None:
    await world.channel().says("josh", "handoff 91 leads to sales")
    await world.direct("amy").says("amy", "accept H-1")
    for moment_to_look in ("Fri 30 Oct 2026 17:05", "Tue 03 Nov 2026 09:05", "Wed 04 Nov 2026 12:00"):
        await world.sleep_until(moment_to_look)
    world.everyone_heard_all()


async def _a_plan_is_chosen(world: World, until: str = "Mon 09 Nov 2026 16:59") -> None:
    for member in ("josh", "amy", "morgan"):
        await world.direct(member).says(member, "digest off")
    await _ninety_one_come(world)
    await says(world, "morgan", f"choose {key(world)} recovery plan")
    await world.sleep_until(until)
    world.everyone_heard_all()


@pytest.fixture
async def waiting(worlds: Worlds) -> World:
    """A minute before Monday 9 November 17:00, by when both sides were to agree on a plan; it has no step."""
    return await worlds.begin(at="Thu 29 Oct 2026 10:00", then=_a_plan_is_chosen)


async def _a_plan_is_disputed(world: World) -> None:
    await _a_plan_is_chosen(world, until="Fri 06 Nov 2026 12:00")
    await says(world, "josh", f"dispute {key(world)} because the list was never read")


def key(world: World) -> str:
    found = [each.card for each in world.in_place(world.channel().place) if "Qualified leads, Oct" in each.card.title]
    return found[-1].ref


async def says(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert not reply.refused, private(reply)
    return private(reply)


async def otherwise(worlds: Worlds, tmp_path: Path, then: str, *changes: tuple[str, str]) -> World:
    """The same, where the agreement says what follows without a plan."""
    file = tmp_path / "company-x.yaml"
    file.write_text(company_x((PLAN, f"{PLAN}\n    otherwise: {then}"), *changes), encoding="utf-8")
    return await worlds.begin(file, "Thu 29 Oct 2026 10:00", then=_a_plan_is_chosen)


async def test_both_sides_and_the_sponsor_hear_once_and_the_record_says_so(waiting: World) -> None:
    b = key(waiting)
    await waiting.sleep_until("Mon 09 Nov 2026 17:00")
    for member in ("josh", "amy", "morgan"):
        told = waiting.direct(member).hears(f"{b} · No plan was given in time · Qualified leads, October")
        told.says("Marketing and Sales had until Mon 9 Nov 17:00 to agree on a recovery plan; P-1 has no step.")
        told.offers("Recovery plan", "History")
    waiting.channel().hears("Missed: Qualified leads, October", "no plan was given in time, by Mon 9 Nov 17:00")
    waiting.everyone_else_heard_nothing()
    assert "no recovery plan was given in time" in await says(waiting, "amy", f"history {b}")
    await waiting.sleep_until("Fri 13 Nov 2026 17:00")
    told_again = [each for each in waiting.wire.messages if "No plan was given" in each.card.title]
    assert [each.versions for each in told_again] == [1, 1, 1]


async def test_a_plan_that_comes_late_counts_and_is_said_to_be_late(waiting: World) -> None:
    b = key(waiting)
    await waiting.sleep_until("Tue 10 Nov 2026 09:00")
    waiting.everyone_heard_all()
    await says(waiting, "josh", "recovery step P-1 nine leads owner Nina by 2026-11-20")
    await says(waiting, "josh", "recovery agree P-1")
    told = await says(waiting, "amy", "recovery agree P-1")
    assert "it was agreed Tue 10 Nov 09:00, late" in told
    assert "Agreed by both sides: each step is owed like any promise." in told
    assert "nine leads" in await says(waiting, "nina", "mine")
    waiting.channel().hears("P-1, agreed by both Tue 10 Nov 09:00; late, it was wanted by Mon 9 Nov 17:00")
    assert "late" in await says(waiting, "amy", "history P-1")
    assert "nobody" not in await says(waiting, "amy", f"choose {b}")


async def test_a_plan_in_time_leaves_nothing_to_say(waiting: World) -> None:
    await says(waiting, "josh", "recovery step P-1 nine leads owner Nina by 2026-11-20")
    await says(waiting, "josh", "recovery agree P-1")
    await says(waiting, "amy", "recovery agree P-1")
    waiting.everyone_heard_all()
    await waiting.sleep_until("Tue 10 Nov 2026 09:00")
    assert not [each for each in waiting.wire.messages if "No plan was given" in each.card.title]


async def test_a_dispute_stops_it_and_its_end_gives_the_time_anew(worlds: Worlds) -> None:
    waiting = await worlds.begin(at="Thu 29 Oct 2026 10:00", then=_a_plan_is_disputed)
    b = key(waiting)
    await waiting.sleep_until("Tue 10 Nov 2026 09:00")
    assert not [each for each in waiting.wire.messages if "No plan was given" in each.card.title]
    waiting.everyone_heard_all()
    await says(waiting, "morgan", "answer D-1 stands because it was read")
    told = [waiting.direct("amy").hears().text for _ in range(2)]
    assert any(f"{b} · Time for a recovery plan" in each for each in told), told
    assert any("A plan is wanted by Mon 16 Nov" in each for each in told), told
    assert "the time for a recovery plan runs anew" in await says(waiting, "amy", f"history {b}")
    await waiting.sleep_until("Mon 16 Nov 2026 17:00")
    assert [each.versions for each in waiting.wire.messages if "No plan was given" in each.card.title] == [1, 1, 1]


async def test_the_review_reads_it(worlds: Worlds, tmp_path: Path) -> None:
    meets = ("sponsor: morgan ", "review: {slots: first Thursday 10:00}\nsponsor: morgan ")
    world = await otherwise(worlds, tmp_path, "notice", meets)
    await world.sleep_until("Mon 09 Nov 2026 17:00")
    told = await says(world, "amy", "review")
    assert "Chosen: recovery plan, by Morgan, Wed 4 Nov 12:00." in told
    assert "Plan: no plan was given in time, by Mon 9 Nov 17:00; notice follows, as agreed for that." in told
    for words in ("step P-1 nine leads owner Nina by 2026-11-20", "agree P-1"):
        await says(world, "josh", f"recovery {words}")
    await says(world, "amy", "recovery agree P-1")
    assert "late, it was wanted by Mon 9 Nov 17:00" in await says(world, "amy", "review")


async def test_what_was_agreed_for_that_case_follows_by_itself(worlds: Worlds, tmp_path: Path) -> None:
    world = await otherwise(worlds, tmp_path, "carry-over")
    await world.sleep_until("Mon 09 Nov 2026 17:00")
    for member in ("josh", "amy"):
        heard = [world.direct(member).hears().text for _ in range(2)]
        assert any("9 qualified leads carried into November" in each for each in heard)
        assert any("So this follows: 9 qualified leads carried over, as agreed for that case" in each for each in heard)
    world.direct("morgan").hears("No plan was given in time")
    world.channel().hears("Carried over: 9 into November, as agreed where no plan is made in time")
    assert "109" in await says(world, "josh", "status C-1")


async def test_a_notice_may_follow_and_the_sponsor_is_asked_to_acknowledge_it(worlds: Worlds, tmp_path: Path) -> None:
    world = await otherwise(worlds, tmp_path, "notice")
    await world.sleep_until("Mon 09 Nov 2026 17:00")
    b = key(world)
    assert "Given by: as agreed where no plan is made in time" in await says(world, "amy", f"notice {b}")
    assert "Acknowledged by: Morgan" in await says(world, "morgan", f"notice acknowledge {b}")


async def test_a_credit_may_follow(worlds: Worlds, tmp_path: Path) -> None:
    tiers = "    charge: $1,000\n    tiers: [{attained_below: 95 %, share: 10 %}]\n    decider: morgan "
    world = await otherwise(worlds, tmp_path, "service credit", ("    decider: morgan ", tiers))
    await world.sleep_until("Mon 09 Nov 2026 17:00")
    assert "K-1 · Service credit of $100.00" in await says(world, "amy", f"credit {key(world)}")


async def test_what_cannot_follow_is_said_with_the_reason(worlds: Worlds, tmp_path: Path) -> None:
    ends = ("effective_on: 2026-10-01", "effective_on: 2026-10-01\nends_on: 2026-10-31")
    world = await otherwise(worlds, tmp_path, "carry-over", ends)
    await world.sleep_until("Mon 09 Nov 2026 17:00")
    world.direct("josh").hears(
        "No plan was given in time", "Could not follow: Carry-over: The promise ends before another period"
    )


async def test_a_time_that_an_older_release_began_ends_like_any_other(worlds: Worlds, tmp_path: Path) -> None:
    file = tmp_path / "company-x.yaml"
    file.write_text(company_x((PLAN, "    options: [recovery plan]\n    plan_within: 3wd")), encoding="utf-8")
    world = await worlds.begin(file, "Thu 29 Oct 2026 10:00", then=_ninety_one_come)
    until = moment("Wed 04 Nov 2026 17:00")

    async def as_it_was(tx: Tx) -> None:
        number = key(world).removeprefix("B-")
        await tx.rows(delete(tables.plan_times).where(mine(tables.plan_times)))
        await schedules.end(tx, plan_times.KIND, number)
        await schedules.put(tx, plan_times.KIND, f"{number}/{until.isoformat()}", until)

    await world.house.database.write(WORKSPACE, as_it_was)
    await world.sleep_until("Wed 04 Nov 2026 17:00")
    told = [each.card.title for each in world.wire.messages if "No plan was given in time" in each.card.title]
    assert [each.partition(" · Q")[0] for each in told] == [f"{key(world)} · No plan was given in time"] * 3
