"""Leads find their owners by the party's rule; disputed ones are nobody's; nobody gets more than he can hold."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import World, moment, private

ANSWERING = Path(__file__).with_name("answering.yaml")
RULE = "  sales: {name: Sales, "


async def begun(url: str, tmp_path: Path, rule: str) -> World:
    """Marketing and sales on Monday morning, sales with a rule of its own."""
    text = ANSWERING.read_text(encoding="utf-8")
    assert RULE in text
    file = tmp_path / "answering.yaml"
    file.write_text(text.replace(RULE, f"{RULE}routing: {rule}, " if rule else RULE), encoding="utf-8")
    world = await World.open(url, moment("Mon 05 Oct 2026 09:00"))
    await world.agrees(file)
    for member in ("josh", "amy", "tom", "priya", "morgan"):
        await world.direct(member).says(member, "digest off")
    return world


@pytest.fixture
async def sales(url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Two reps in turn, three leads each at most."""
    opened = await begun(url, tmp_path, "{by: round robin, members: [tom, priya], capacity: 3}")
    yield opened
    await opened.close()
    opened.everyone_else_heard_nothing()


async def gives(world: World, *names: str) -> None:
    count = len(names)
    await world.channel().says("josh", f"handoff {count} leads to sales items {'; '.join(names)}")
    world.channel().hears(f"{count} lead")


async def owner(world: World, number: int) -> str:
    page = private(await world.channel().says("amy", f"item L-{number}"))
    return "" if "Nobody has it yet." in page else page.split(" has it since")[0].rpartition(". ")[2]


async def test_in_turn_from_one_handoff_to_the_next(sales: World) -> None:
    await gives(sales, "Ann", "Bob", "Cem")
    sales.direct("tom").hears("2 waiting", "Tom, 2 leads wait for you.", "L-1 Ann", "L-3 Cem")
    sales.direct("priya").hears("1 waiting", "L-2 Bob")
    await gives(sales, "Dia")
    sales.direct("priya").hears("2 waiting", "L-4 Dia")
    assert [await owner(sales, number) for number in (1, 2, 3, 4)] == ["Tom", "Priya", "Tom", "Priya"]


async def test_who_is_away_is_passed_over_and_nobody_gets_more_than_was_agreed(sales: World) -> None:
    await sales.direct("priya").says("priya", "away today")
    sales.everyone_heard_all()
    await gives(sales, "Ann", "Bob", "Cem", "Dia", "Eva")
    sales.direct("tom").hears("3 waiting")
    sales.direct("amy").hears(
        "H-1 · 2 leads without an owner", "Tom has the agreed 3 already and Priya is away.", "until you give them"
    )
    assert [await owner(sales, number) for number in (3, 4, 5)] == ["Tom", "", ""]

    await sales.direct("tom").says("tom", "respond L-1")
    sales.everyone_heard_all()
    await gives(sales, "Fay")
    assert await owner(sales, 6) == "Tom", "an answered lead makes room"
    sales.everyone_heard_all()


@pytest.fixture
async def on_rota(url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Priya on Mondays, both on Tuesdays."""
    opened = await begun(url, tmp_path, "{by: rota, rota: {Monday: [priya], Tuesday: [tom, priya]}}")
    yield opened
    await opened.close()


@pytest.fixture
async def by_load(url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Whoever has least."""
    opened = await begun(url, tmp_path, "{by: load, members: [tom, priya]}")
    yield opened
    await opened.close()


async def test_by_the_rota_of_the_weekday(on_rota: World) -> None:
    world = on_rota
    await gives(world, "Ann", "Bob")
    await world.travel_to("Tue 06 Oct 2026 09:00")
    await gives(world, "Cem", "Dia")
    await world.travel_to("Wed 07 Oct 2026 09:00")
    world.everyone_heard_all()
    await gives(world, "Eva")
    world.direct("amy").hears("1 lead without an owner", "Nobody is on the rota today.")
    assert [await owner(world, number) for number in range(1, 6)] == ["Priya", "Priya", "Tom", "Priya", ""]


async def test_whoever_has_least_is_next(by_load: World) -> None:
    world = by_load
    await gives(world, "Ann @tom", "Bob @tom", "Cem", "Dia", "Eva")
    assert [await owner(world, number) for number in (3, 4, 5)] == ["Priya", "Priya", "Tom"]


async def test_a_dispute_names_the_leads_and_nobody_need_act_on_them(sales: World) -> None:
    await gives(sales, "Ann", "Bob", "Cem")
    sales.everyone_heard_all()
    refused = private(await sales.channel().says("amy", "dispute H-1 2 because duplicate"))
    assert "H-1 lists what was handed over one by one" in refused
    await sales.channel().says("amy", "dispute H-1 L-1 L-3 because duplicate")
    sales.channel().hears("3 leads", "2 disputed")
    assert "It is disputed, so nobody need act on it." in private(await sales.channel().says("amy", "item L-1"))
    assert "L-1 is disputed" in private(await sales.direct("tom").says("tom", "respond L-1"))
    assert "L-1 is already disputed." in private(await sales.channel().says("amy", "dispute H-1 L-1 because again"))

    await sales.travel_to("Mon 05 Oct 2026 13:30")
    sales.direct("priya").hears("1 late", "L-2 Bob")
    sales.direct("tom").hears_nothing()

    await sales.channel().says("amy", "accept H-1")
    sales.channel().hears("3")
    await sales.travelling.settle()
    sales.direct("tom").hears("2 late", "L-1 Ann", "L-3 Cem")
    sales.everyone_heard_all()


async def test_an_undone_handoff_takes_its_leads_with_it(sales: World) -> None:
    await gives(sales, "Ann", "Bob")
    sales.everyone_heard_all()
    await sales.channel().says("josh", "undo H-1")
    sales.everyone_heard_all()
    assert "It was withdrawn." in private(await sales.channel().says("amy", "item L-1"))
    await sales.travel_to("Tue 06 Oct 2026 12:00")
    sales.direct("tom").hears_nothing()
