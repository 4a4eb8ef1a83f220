"""Something due that cannot be decided is put off and told to those who ask for health; all else goes on."""

from __future__ import annotations

import asyncio
import logging
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.chat.plain import text_of
from bot.jobs.tick import Ticked, next_thing
from bot.jobs.travel import Travel
from bot.store import obligations, schedules, setbacks
from bot.store.fences import mine
from bot.store.tables import agreement_versions, workspaces
from bot.store.tx import Tx
from slacore.obligations import Obligation
from tests.spec.conftest import BEGINS
from tests.world import COMPANY_X, NEW_YORK, WORKSPACE, World, moment, private

HOUR = timedelta(hours=1)
MONTH_IS_OVER = "Mon 02 Nov 2026 12:00"


async def owe_an_answer_to_nothing(world: World) -> Obligation:
    """Leave a row that cannot be decided: an answer is owed now, to a handoff that there is not."""

    async def owe(tx: Tx) -> Obligation:
        broken = replace(
            (await obligations.open_of_agreement(tx, "company-x"))[0],
            number=await tx.next_number("O"),
            commitment="leads",
            kind="acceptance",
            subject="H-999",
            owner="nobody",
            due_at=world.clock.now(),
            look_again_at=world.clock.now(),
        )
        await obligations.add(tx, broken)
        return broken

    return await world.house.database.write(WORKSPACE, owe)


async def plan(world: World, kind: str, subject: str) -> None:
    """Let something come round now, of whatever kind, about whatever subject."""
    await world.house.database.write(WORKSPACE, lambda tx: schedules.put(tx, kind, subject, world.clock.now()))


async def spoil(world: World, workspace: str, document: str) -> None:
    """Write nonsense where the terms of a company's agreement stood, or the terms again."""

    async def write(tx: Tx) -> None:
        await tx.rows(update(agreement_versions).where(mine(agreement_versions)).values(document=document))
        tx.update(workspaces, (), {"agreements_stamp": document})

    await world.house.database.write(workspace, write)


async def health(world: World) -> str:
    return private(await world.channel().says("amy", "health"))


def told(world: World) -> list[str]:
    """All that was said so far, as it stands now, in whatever order; the test has looked at it.

    Without the digests: they list what is owed, and so cannot be made either where that is broken.
    """
    world.everyone_heard_all()
    texts = (text_of(each.card, NEW_YORK) for each in world.wire.messages)
    return sorted(text for text in texts if "Your digest of the day." not in text)


@pytest.fixture(scope="module")
def untroubled(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> list[str]:
    """What is said in a month in which nothing is broken."""
    path = tmp_path_factory.mktemp("untroubled") / "kept.db"
    shutil.copy(sqlite_template, path)

    async def live() -> list[str]:
        world = await World.open(f"sqlite:///{path}", moment(BEGINS))
        await world.agrees()
        await world.travel_to(MONTH_IS_OVER)
        await world.close()
        return told(world)

    return asyncio.run(live())


async def test_its_neighbours_are_decided_in_the_same_tick(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales")
    await owe_an_answer_to_nothing(world)
    world.everyone_heard_all()
    await world.sleep_until("Tue 06 Oct 2026 09:00")
    assert any("✓ accepted" in text for text in told(world))
    assert "O-8 (Qualified leads) could not be decided" in await health(world)


async def test_health_says_what_since_when_and_when_it_is_tried_again(world: World) -> None:
    await owe_an_answer_to_nothing(world)
    await world.travelling.settle()
    said = await health(world)
    assert "1 thing does not work." in said
    assert (
        "O-7 (Qualified leads) could not be decided since Thu 1 Oct 08:30; it is tried again Thu 1 Oct 09:30." in said
    )


async def test_it_is_tried_after_an_hour_then_after_twice_as_long_and_at_last_once_a_day(world: World) -> None:
    broken = await owe_an_answer_to_nothing(world)
    began, tried = world.clock.now(), 0
    tries = []
    for half_hours in range(4 * 24 * 2):
        world.clock.set(began + half_hours * HOUR / 2)
        await world.house.tick()
        found = await world.house.database.read(
            WORKSPACE, lambda tx: setbacks.find(tx, setbacks.OBLIGATION, str(broken.number))
        )
        assert found is not None
        if found.failures > tried:
            tried = found.failures
            tries.append(half_hours / 2)
    assert tries == [0, 1, 3, 7, 15, 31, 55, 79]
    await world.travelling.settle()
    world.everyone_heard_all()


async def test_mended_it_is_decided_at_its_next_try_and_forgotten(world: World) -> None:
    broken = await owe_an_answer_to_nothing(world)
    await world.travelling.settle()
    await world.channel().says("josh", "handoff 25 leads to sales")
    await world.house.database.write(
        WORKSPACE, lambda tx: obligations.save(tx, broken, replace(broken, commitment="status-reports", subject="H-1"))
    )
    assert await world.house.tick() == Ticked()
    world.clock.set(world.clock.now() + HOUR)
    assert await world.house.tick() == Ticked(workspaces=1, schedules=8, obligations=1)
    assert "could not be decided" not in await health(world)
    world.everyone_heard_all()


@pytest.mark.parametrize("kind", ["period", "report", "nothing anybody knows"])
async def test_what_comes_round_and_cannot_be_done_is_put_off_too(world: World, kind: str) -> None:
    await plan(world, kind, "nowhere")
    await world.travel_to("Thu 01 Oct 2026 17:00")
    world.direct("amy").hears("Draft · Report")
    assert "nowhere could not be decided in 2 tries since Thu 1 Oct 08:30" in await health(world)
    world.everyone_heard_all()


async def test_travelling_a_month_over_it_stops_no_oftener_and_all_the_rest_is_said(
    world: World, untroubled: list[str]
) -> None:
    await owe_an_answer_to_nothing(world)
    await plan(world, "report", "nowhere")
    stops: list[datetime] = []

    async def count() -> None:
        stops.append(world.clock.now())

    travel = Travel(world.house.database, lambda: WORKSPACE, world.clock, world.house.deliverer, count)
    await travel.advance_to(moment(MONTH_IS_OVER))
    assert told(world) == untroubled
    assert len(stops) < 400
    assert (await health(world)).count("tries since Thu 1 Oct 08:30") == 2, "they are tried on the way"


async def test_what_is_put_off_is_not_what_happens_next(world: World) -> None:
    before = await next_thing(world.house.database, WORKSPACE)
    await owe_an_answer_to_nothing(world)
    await world.travelling.settle()
    assert await next_thing(world.house.database, WORKSPACE) == before


async def test_a_company_in_which_nothing_can_be_decided_keeps_no_other_waiting(world: World) -> None:
    await world.house.apply("company-a", "Company A", [COMPANY_X])
    await world.travelling.settle()
    terms = await world.house.database.read("company-a", document)
    await spoil(world, "company-a", "nonsense")
    await world.channel().says("josh", "handoff 25 leads to sales")
    await world.sleep_until("Tue 06 Oct 2026 09:00")
    world.channel().hears("H-1", "✓ accepted")
    world.everyone_heard_all()
    assert await world.house.tick() == Ticked()

    await spoil(world, "company-a", terms)
    world.clock.set(world.clock.now() + timedelta(minutes=1))
    done = await world.house.tick()
    assert (done.workspaces, done.put_off) == (1, 0)
    await world.travelling.settle()
    world.everyone_heard_all()


async def document(tx: Tx) -> str:
    row = await tx.get(agreement_versions, "company-x", 1)
    assert row is not None
    return str(row["document"])


async def test_the_log_names_it_and_its_company_and_the_error_that_stopped_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    broken = await owe_an_answer_to_nothing(world)
    with caplog.at_level(logging.WARNING, "bot.jobs.tick"):
        await world.travelling.settle()
    (stopped, put_off) = caplog.records
    assert stopped.getMessage() == f"{broken.key} in {WORKSPACE} cannot be looked at"
    assert stopped.exc_info is not None
    assert "There is no H-999" in str(stopped.exc_info[1])
    assert put_off.getMessage().startswith(
        f"obligation {broken.number} in {WORKSPACE} is put off until 2026-10-01T13:30"
    )
