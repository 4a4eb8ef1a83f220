"""Once a day the house lets go of what is of use for a while only, and of nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.desk.housekeeping import HOUSEKEEPING
from bot.store import schedules
from bot.store.fences import mine
from bot.store.tables import audit, echoes, requests, setbacks
from bot.store.tx import Tx
from tests.spec.conftest import beginnings, world, worlds
from tests.world import WORKSPACE, World

__all__ = ["beginnings", "world", "worlds"]


async def count(world: World, table: object) -> int:
    async def ask(tx: Tx) -> int:
        found = await tx.rows(select(func.count().label("n")).select_from(table).where(mine(table)))  # type: ignore[arg-type]
        return int(found[0]["n"])

    return await world.house.database.read(WORKSPACE, ask)


async def pass_days(world: World, days: int) -> None:
    world.clock.set(world.clock.now() + timedelta(days=days))
    await world.travelling.settle()
    world.everyone_heard_all()


async def test_the_answer_to_a_delivery_is_kept_for_thirty_days(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales", delivery="once")
    await pass_days(world, 29)
    again = await world.channel().says("josh", "handoff 25 leads to sales", delivery="once")
    assert not again.refused
    assert await count(world, requests) == 1, "the same delivery has one effect"
    await pass_days(world, 2)
    assert await count(world, requests) == 0


async def test_words_are_kept_for_a_day(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales")
    assert await count(world, echoes) == 1
    await pass_days(world, 2)
    assert await count(world, echoes) == 0


@pytest.mark.parametrize("settled", [True, False])
async def test_what_was_put_off_and_is_tried_no_more_is_forgotten(world: World, settled: bool) -> None:
    kept = timedelta(days=31 if settled else 1)

    async def put_off(tx: Tx) -> None:
        at = world.clock.now() - kept
        tx.insert(setbacks, {"kind": "report", "subject": "gone", "failures": 1, "since": at, "again_at": at})

    await world.house.database.write(WORKSPACE, put_off)
    await pass_days(world, 1)
    assert await count(world, setbacks) == (0 if settled else 1)


async def test_after_weeks_of_downtime_house_is_kept_once_and_again_at_the_usual_time(world: World) -> None:
    usual = await comes_round_at(world)
    on_record = await count(world, audit)
    await pass_days(world, 20)
    assert await comes_round_at(world) == usual + timedelta(days=20)
    assert await count(world, audit) > on_record, "the record is kept"


async def comes_round_at(world: World) -> datetime:
    found = await world.house.database.read(WORKSPACE, lambda tx: schedules.find(tx, HOUSEKEEPING, ""))
    assert found is not None
    return found.look_again_at
