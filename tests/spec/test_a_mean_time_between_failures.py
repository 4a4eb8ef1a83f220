"""Time between failures runs from when the service was last back, or the promise began: however long ago that was."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store import incidents
from bot.store.tx import Tx
from slacore.incidents import Incident
from tests.beginnings import Worlds
from tests.world import WORKSPACE, World, moment, private

HARBOR = (Path(__file__).parents[2] / "agreements" / "external-customer.yaml").read_text(encoding="utf-8")


def _harbor(folder: Path, *changes: tuple[str, str]) -> Path:
    text = HARBOR.replace("template: MTTR to restore", "template: MTBF").replace(
        "at_most: 4 hours", "at_least: 600 hours"
    )
    for old, new in (("    period: quarter\n", "    period: month\n"), *changes):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = folder / "harbor.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> World:
    """The shop's mean time between failures is promised to be 600 hours at least, each month from October on."""
    return await worlds.begin(_harbor(tmp_path), "Thu 01 Oct 2026 10:00")


async def _down_for_a_minute(world: World, number: int, on: str) -> str:
    await world.travel_to(f"{on} 12:00")
    await world.direct("sam").says("sam", "incident start web-shop at 11:58")
    return private(await world.direct("sam").says("sam", f"incident restored N-{number} at 11:59"))


async def test_an_amendment_does_not_begin_the_count_anew(world: World, tmp_path: Path) -> None:
    """The promise began in October: 34 days and a clock change before, not five."""
    changed = _harbor(
        tmp_path,
        ("effective_on: 2026-10-01", "effective_on: 2026-10-30"),
        ("plan_within: 5wd", "plan_within: 6wd"),
        ("service, by: joan, on: 2026-09-28", "service, by: joan, on: 2026-10-02"),
        ("harbor, by: lena, on: 2026-09-28", "harbor, by: lena, on: 2026-10-02"),
    )
    await world.travel_to("Fri 02 Oct 2026 12:00")
    await world.agrees(changed)
    said = await _down_for_a_minute(world, 1, "Wed 04 Nov 2026")
    assert "Time to restore, November: ● on pace · 828.9666 hours, at least 600 hours promised." in said


async def test_the_last_restoration_counts_although_it_was_months_ago(world: World) -> None:
    await _down_for_a_minute(world, 1, "Sat 03 Oct 2026")
    said = await _down_for_a_minute(world, 2, "Thu 17 Dec 2026")
    assert "December: ● on pace · 1,800.9833 hours, at least 600 hours promised." in said
    assert "Nothing that can still come" not in said


async def test_of_a_long_history_only_what_counts_is_read(world: World) -> None:
    """What ended before is not read, what overlaps with what did not is."""
    days = ("Sat 03 Oct 2026", "Sun 04 Oct 2026", "Mon 05 Oct 2026")
    for number, on in enumerate(days, start=1):
        await _down_for_a_minute(world, number, on)
    await world.direct("sam").says("sam", "incident start web-shop at 11:30")
    await world.direct("sam").says("sam", "incident start web-shop at 11:50")
    await world.travel_to("Tue 06 Oct 2026 12:00")
    await world.direct("sam").says("sam", "incident restored N-5 at 11:00")

    async def read(tx: Tx) -> list[list[Incident]]:
        return [
            [*await incidents.lasting(tx, "web-shop", moment(since), moment(until))]
            for since, until in (
                ("Tue 06 Oct 2026 11:30", "Wed 07 Oct 2026 12:00"),
                ("Sun 04 Oct 2026 09:00", "Mon 05 Oct 2026 11:40"),
                ("Sat 03 Oct 2026 09:00", "Sun 04 Oct 2026 09:00"),
            )
        ]

    found = await world.house.database.read(WORKSPACE, read)
    assert [[each.number for each in some] for some in found] == [[4, 5, 3], [2, 4, 5, 3], [1]]
