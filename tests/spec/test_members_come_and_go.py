"""Who joins owes from the next period on; who leaves owes nothing more, and both are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.plain import text_of
from bot.desk.people import whereabouts
from bot.desk.sitting import CLOCK, sit
from tests.beginnings import Worlds
from tests.world import NEW_YORK, World, private

CORPORATE = Path(__file__).parents[2] / "agreements" / "corporate.yaml"


@pytest.fixture
async def world(worlds: Worlds) -> World:
    """The corporate agreement as it is shipped."""
    return await worlds.begin(CORPORATE)


def _retold(folder: Path) -> Path:
    """Josh goes and Omar comes, from 15 October on."""
    text = CORPORATE.read_text(encoding="utf-8")
    changes = (
        ("effective_on: 2026-10-01", "effective_on: 2026-10-15"),
        ("members: [amy, josh, priya]", "members: [amy, priya, omar]"),
        (
            "  josh: {name: Josh Lindqvist",
            "  omar: {name: Omar Haddad, identities: {web: omar}}\n  josh: {name: Josh Lindqvist",
        ),
        ("by: ida, on: 2026-09-28", "by: ida, on: 2026-10-10"),
        ("by: sam, on: 2026-09-28", "by: sam, on: 2026-10-10"),
    )
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = folder / "corporate.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def _told(world: World, to: str, words: str) -> bool:
    there = [each for each in world.wire.messages if each.ref.place.id == to]
    return any(words in text_of(each.card, NEW_YORK) for each in there)


async def test_a_new_version_lets_off_who_goes_on_its_first_day_and_asks_who_comes_from_the_next_period(
    world: World, tmp_path: Path
) -> None:
    await world.travel_to("Mon 12 Oct 2026 10:00")
    await world.agrees(_retold(tmp_path))
    assert "password" in private(await world.direct("josh").says("josh", "mine"))
    await world.travel_to("Thu 15 Oct 2026 10:00")
    assert "password" not in private(await world.direct("josh").says("josh", "mine"))
    assert _told(world, "josh", "You are not of Staff any more")
    assert _told(world, "ida", "Josh left Staff")
    assert "password" not in private(await world.direct("omar").says("omar", "mine"))
    assert "0 of 3 members confirmed" in private(await world.direct("ida").says("ida", "status password"))
    await world.travel_to("Mon 02 Nov 2026 10:00")
    assert "password" in private(await world.direct("omar").says("omar", "mine"))
    assert "0 of 4 members confirmed" in private(await world.direct("ida").says("ida", "status password"))


async def test_who_leaves_the_chat_passes_on_nothing_that_only_he_could_do(world: World) -> None:
    async def deactivated(tx: object) -> None:
        sitting = await sit(tx, world.clock.now(), CLOCK, "web")  # type: ignore[arg-type]
        await whereabouts.person_gone(sitting, "web", "josh")

    await world.house.database.write("company-x", deactivated)
    await world.travelling.settle()
    assert _told(world, "ida", "Josh left Staff")
    mine = private(await world.direct("ida").says("ida", "mine"))
    assert mine.count("Change of a password") == 1
    assert "0 of 3 members confirmed" in private(await world.direct("ida").says("ida", "status password"))
