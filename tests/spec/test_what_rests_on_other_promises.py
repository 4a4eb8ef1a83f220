"""A contract with a supplier carries what a customer was promised: checked when applied, shown when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from slacore.errors import Refusal
from tests.beginnings import Worlds
from tests.world import WORKSPACE, World, private

AGREEMENTS = Path(__file__).parents[2] / "agreements"
HARBOR, HOSTING = AGREEMENTS / "external-customer.yaml", AGREEMENTS / "hosting-contract.yaml"


@pytest.fixture
async def world(worlds: Worlds) -> World:
    """Northwind's servers carry the shop that Service keeps open for Harbor Books."""
    return await worlds.begin(HARBOR, "Wed 28 Oct 2026 10:00")


def weaker(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = HOSTING.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "hosting.yaml"
    file.write_text(text, encoding="utf-8")
    return file


async def says(world: World, member: str, words: str) -> str:
    return private(await world.direct(member).says(member, words))


async def hosted(world: World, *, forecast: bool) -> None:
    await world.agrees(HOSTING)
    for member in ("joan", "lena", "ravi", "sam", "ines", "paul"):
        await world.direct(member).says(member, "digest off")
    if forecast:
        owed = world.direct("sam").hears("Traffic forecast of the month")
        await says(world, "sam", f"done {owed.message.card.ref} 40,000 visits a day")
    world.everyone_heard_all()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("at_least: 99.95 %", "at_least: 99.8 %"), "99.8 %, less than the 99.9 % that rest on it"),
        (("at_most: 3 hours", "at_most: 5 hours"), "5 working hours, more than the 4 working hours (time to restore)"),
        (("harbor-books/repairs", "harbor-book/repairs"), "Apply the agreement harbor-book first."),
    ],
)
async def test_a_chain_that_cannot_carry_what_it_supports_is_refused_with_its_sum(
    world: World, tmp_path: Path, change: tuple[str, str], problem: str
) -> None:
    with pytest.raises(Refusal) as caught:
        await world.house.apply(WORKSPACE, "Company X", [weaker(tmp_path, change)])
    assert problem in str(caught.value)
    assert "servers" not in await says(world, "joan", "status")


async def test_a_miss_tells_which_supporting_promise_failed_first_and_since_when(world: World) -> None:
    await hosted(world, forecast=True)
    await says(world, "sam", "incident start servers at 09:00 because a switch failed")
    await says(world, "sam", "incident start web-shop at 09:00 because the servers are down")
    await world.travel_to("Wed 28 Oct 2026 10:01")
    await says(world, "sam", "incident restored N-1 at 09:55")
    await says(world, "sam", "incident restored N-2 at 10:00")
    await world.travel_to("Mon 02 Nov 2026 17:00")
    channel = world.channel("#harbor-books")
    told = [each for each in world.in_place(channel.place) if "Shop open, October" in each.card.title]
    assert len(told) == 1
    told[0].heard = 0
    world.everyone_heard_all()
    told[0].heard = told[0].versions - 1
    missed = channel.hears("Missed: Shop open, October")
    missed.says("Failed first: Servers up (Northwind), B-", "since Wed 28 Oct 10:0")
    assert "what supports it had failed first" in await says(world, "lena", f"history {missed.message.card.ref}")


async def test_the_proven_failure_of_what_it_depends_on_excuses_a_miss_and_the_record_says_so(world: World) -> None:
    await hosted(world, forecast=False)
    await says(world, "sam", "incident start servers at 09:00 because a switch failed")
    await says(world, "sam", "incident restored N-1 at 09:55")
    await world.travel_to("Sat 31 Oct 2026 23:59")
    world.everyone_heard_all()
    await world.travel_to("Sun 01 Nov 2026 00:00")
    excused = world.direct("ines").hears("Excused: Servers up, October")
    excused.says("Excused by: Traffic", "B-", "nothing follows, since this depends on it")
    assert "service credit" not in excused.text
    assert "excused, for it depends on" in await says(world, "ines", f"history {excused.message.card.ref}")
    world.everyone_heard_all()


async def test_a_more_specific_promise_holds_instead_of_a_general_one(world: World, tmp_path: Path) -> None:
    general = HARBOR.read_text(encoding="utf-8")
    for old, new in (
        ("agreement: harbor-books", "agreement: all-customers"),
        ("level: customer", "level: corporate"),
        ("name: Company X to Harbor Books", "name: Company X to its customers"),
        ("name: Shop open", "name: Shops open"),
        ("service: web-shop       #", "service: all-shops      #"),
    ):
        assert old in general
        general = general.replace(old, new)
    file = tmp_path / "general.yaml"
    file.write_text(general, encoding="utf-8")
    await world.agrees(file)
    mine = await says(world, "joan", "mine")
    assert mine.count("Satisfaction, October") == 1
    assert "Shops open, October" in mine


async def disputed_forecast(world: World) -> str:
    """Service gave Northwind no forecast, which is disputed (D-1); the servers were down for 55 minutes. Its key."""
    await hosted(world, forecast=False)
    await says(world, "sam", "incident start servers at 09:00 because a switch failed")
    await says(world, "sam", "incident restored N-1 at 09:55")
    await world.sleep_until("Fri 30 Oct 2026 09:30")
    forecast = next(
        button.says.split()[1]
        for each in world.in_place(world.direct("sam").place)
        if "raffic forecast" in each.card.title
        for button in each.card.buttons
        if button.says.startswith("dispute B-")
    )
    await says(world, "sam", f"dispute {forecast} because it was in the ticket")
    dispute = await says(world, "sam", f"history {forecast}")
    assert "breach disputed" in dispute
    return forecast


async def servers(world: World) -> str:
    """What the record says of the servers' October."""
    miss = next(
        each.card.ref
        for each in reversed(world.in_place(world.direct("ines").place))
        if "Servers up, October" in each.card.title and not each.card.ref.startswith("K-")
    )
    return await says(world, "ines", f"history {miss}")


async def test_a_failure_that_is_disputed_excuses_nothing_and_whoever_decides_may_with_one_button(world: World) -> None:
    forecast = await disputed_forecast(world)
    await world.sleep_until("Sun 01 Nov 2026 00:00")
    assert "excused, for it depends on" not in await servers(world)
    for at in ("Mon 02 Nov 2026 17:30", "Tue 03 Nov 2026 09:30"):
        await world.sleep_until(at)
    told = next(
        each.card
        for each in world.in_place(world.channel("#northwind").place)
        if "Missed: Servers up, October" in each.card.title
    )
    assert "which is disputed (D-1): once it is certain, it excuses this" in str(told.blocks)
    asked = [
        button
        for each in world.in_place(world.direct("joan").place)
        for button in each.card.buttons
        if button.label == f"Excuse, for {forecast}"
    ]
    assert len(asked) == 1
    assert "Excused: Servers up, October" in await says(world, "joan", asked[0].says)


async def test_once_a_disputed_failure_stands_it_excuses_what_depends_on_it(world: World) -> None:
    await disputed_forecast(world)
    await world.sleep_until("Sun 01 Nov 2026 00:00")
    await says(world, "ines", "answer D-1 stands because nothing came")
    await says(world, "morgan", "answer D-1 stands because a ticket is no forecast")
    await world.sleep_until("Sun 01 Nov 2026 00:05")
    assert "excused, for it depends on" in await servers(world)


async def test_a_failure_that_falls_excuses_no_longer(world: World) -> None:
    await hosted(world, forecast=False)
    await says(world, "sam", "incident start servers at 09:00 because a switch failed")
    await says(world, "sam", "incident restored N-1 at 09:55")
    await world.sleep_until("Sun 01 Nov 2026 00:00")
    assert "excused, for it depends on" in await servers(world)
    forecast = next(
        button.says.split()[1]
        for each in world.in_place(world.direct("sam").place)
        for button in each.card.buttons
        if button.says.startswith("dispute B-") and "raffic forecast" in each.card.title
    )
    await says(world, "sam", f"dispute {forecast} because it was in the ticket")
    await says(world, "ines", "answer D-1 falls because we found the ticket")
    await world.sleep_until("Mon 02 Nov 2026 17:30")
    told = await servers(world)
    assert "excused no more" in told
    assert "missed" in await says(world, "ines", "status")
