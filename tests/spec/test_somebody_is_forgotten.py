"""Somebody is forgotten: his name leaves everything, what was counted and agreed with him stays, the record holds."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select, update

from bot.cards.forgettings import Leaving
from bot.desk.exports import exports
from bot.desk.people import forgetting
from bot.desk.sitting import sit
from bot.store import audit
from bot.store.fences import mine
from bot.store.tables import audit as kept_audit
from bot.store.tables import forgettings as kept_forgettings
from bot.store.tables import metadata, redactions
from bot.store.traces import kind_of
from bot.store.tx import Tx
from slacore.errors import Refusal
from tests.beginnings import Worlds
from tests.retold import retold
from tests.world import COMPANY_X, WORKSPACE, World, private

JOSH = """  josh:
    name: Josh Lindqvist
    title: Marketing manager
    identities: {web: josh}
"""


NINA = """  nina:
    name: Nina Castellanos
    title: Campaigns
    identities: {web: nina}
"""


def _without_josh(folder: Path) -> Path:
    file = retold(folder, (JOSH, ""), ("owner: josh\n    deputies: [nina]", "owner: nina\n    deputies: [omar]"))
    text = file.read_text().replace("effective_on: 2026-10-01 ", "effective_on: 2026-11-01 ")
    file.write_text(text.replace("josh", "nina"))
    return file


async def _josh_leaves(world: World) -> None:
    """Josh logged, asked and explained for three weeks; from November on Nina answers for marketing."""
    await world.travel_to("Mon 05 Oct 2026 09:00")
    await world.channel().says("josh", "handoff 25 qualified leads to sales note as Josh Lindqvist told Amy, not @josh")
    await world.channel().says("amy", "dispute H-1 5 because Josh sent them twice")
    await world.direct("josh").says("josh", "quiet 18:00-08:00")
    await world.direct("josh").says("josh", "away 12-16 Oct to nina")
    await world.travel_to("Mon 19 Oct 2026 10:00")
    with TemporaryDirectory() as folder:
        await world.agrees(_without_josh(Path(folder)))


@pytest.fixture
async def left(worlds: Worlds) -> World:
    return await worlds.begin(then=_josh_leaves)


async def would(world: World, who: str = "josh", *also: str) -> Leaving:
    async def job(tx: Tx) -> Leaving:
        return await forgetting.would(await sit(tx, world.clock.now(), "", "command line"), who, also)

    return await world.house.database.read(WORKSPACE, job)


async def forget(world: World, who: str = "josh", *also: str) -> Leaving:
    async def job(tx: Tx) -> Leaving:
        return await forgetting.forget(await sit(tx, world.clock.now(), "", "command line"), who, also)

    return await world.house.database.write(WORKSPACE, job)


async def everything(world: World) -> list[tuple[str, str, str]]:
    """Every word that is kept of the company: table, column, words."""

    async def job(tx: Tx) -> list[tuple[str, str, str]]:
        return [
            (table.name, name, value)
            for table in metadata.sorted_tables
            for row in await tx.rows(select(table).where(mine(table)))
            for name, value in row.items()
            if isinstance(value, str)
        ]

    return await world.house.database.read(WORKSPACE, job)


async def test_no_word_of_him_is_left_and_the_record_holds(left: World) -> None:
    before = await everything(left)
    assert any("Lindqvist" in words for _, _, words in before)
    found = await forget(left, "Josh Lindqvist", "Josh")
    assert found.instead == "Former member 1"
    assert [
        each for each in await everything(left) if "josh" in each[2].casefold() or "lindqvist" in each[2].casefold()
    ] == []
    verdict = await left.house.database.read(WORKSPACE, audit.verify)
    assert verdict.ok
    assert verdict.rewritten == found.entries > 0


async def test_what_was_counted_and_owed_with_him_is_as_it_was(left: World) -> None:
    asked = ("status", "status C-1 October")
    before = [private(await left.direct("amy").says("amy", words)).splitlines()[:3] for words in asked]
    await forget(left)
    assert [private(await left.direct("amy").says("amy", words)).splitlines()[:3] for words in asked] == before
    assert "Former member 1 (web)" in private(await left.direct("amy").says("amy", "history C-1"))
    assert "from Nina of Marketing" in private(await left.direct("amy").says("amy", "owed"))


async def test_looking_changes_nothing_and_tells_where_a_first_name_stands(left: World) -> None:
    before = await everything(left)
    found = await would(left)
    assert await everything(left) == before
    assert (found.instead, found.name, found.ids) == ("", "Josh Lindqvist", (("web", "josh"),))
    assert found.signed == ("A-1 version 1, for Marketing, 28 September 2026",)
    assert any("disputes" in each for each in found.still_named)
    assert found.private
    assert found.wrote


async def test_an_export_no_longer_has_the_name(left: World) -> None:
    await forget(left)

    async def job(tx: Tx) -> str:
        sitting = await sit(tx, left.clock.now(), "amy", "web")
        into = BytesIO()
        await exports.write(sitting, ("json", "", "A-1", "2026-10-01", "2026-10-31", "amy"), into)
        return into.getvalue().decode()

    exported = await left.house.database.read(WORKSPACE, job)
    assert "Former member 1" in exported
    assert "Lindqvist" not in exported


async def test_whom_an_agreement_still_names_is_not_forgotten(world: World) -> None:
    before = await everything(world)
    for does in (would, forget):
        with pytest.raises(Refusal, match="still has a part in A-1"):
            await does(world)
    with pytest.raises(Refusal, match="nobody called zoe"):
        await forget(world, "zoe")
    assert await everything(world) == before


async def test_two_who_are_forgotten_are_still_two_and_none_twice(left: World, tmp_path: Path) -> None:
    await forget(left)
    with pytest.raises(Refusal, match="forgotten already"):
        await forget(left, "former-1")
    file = _without_josh(tmp_path)
    text = (
        file.read_text()
        .replace("2026-11-01", "2026-12-01")
        .replace("    members: [priya, tom]", "    members: [priya]")
    )
    tom = "  tom:\n    name: Tom Becker\n    title: Sales representative\n    identities: {web: tom}\n"
    assert tom in text
    file.write_text(text.replace(tom, ""))
    await left.agrees(file)
    assert (await forget(left, "tom")).instead == "Former member 2"
    assert (await left.house.database.read(WORKSPACE, audit.verify)).ok


async def test_what_was_rewritten_is_guarded_as_the_rest(left: World) -> None:
    """What a rewritten entry says now is vouched for; only within a forgetting may the record be written over."""
    await forget(left)

    async def tampers(tx: Tx) -> None:
        (first, *_) = await tx.rows(select(redactions.c.seq).where(mine(redactions)).order_by(redactions.c.seq))
        await tx.rows(update(kept_audit).where(mine(kept_audit), kept_audit.c.seq == first["seq"]).values(actor="amy"))

    with pytest.raises(Exception, match="append-only"):
        await left.house.database.write(WORKSPACE, tampers)

    async def pretends(tx: Tx) -> None:
        tx.insert(kept_forgettings, {"number": 9, "member": "former-1", "begun_at": tx.now})
        await tampers(tx)

    await left.house.database.write(WORKSPACE, pretends)
    verdict = await left.house.database.read(WORKSPACE, audit.verify)
    assert not verdict.ok
    assert verdict.why == "an entry was changed"


async def test_whose_short_name_means_something_else_as_well_takes_nothing_of_that_along(
    worlds: Worlds, tmp_path: Path
) -> None:
    """Somebody may be called as a promise is, or as the agreement: their rounds go on."""
    file = tmp_path / "company-x.yaml"
    file.write_text(COMPANY_X.read_text().replace("nina", "leads").replace("omar", "company-x"))
    world = await worlds.begin(file)
    file.write_text(
        file.read_text()
        .replace("effective_on: 2026-10-01 ", "effective_on: 2026-11-01 ")
        .replace(NINA.replace("nina", "leads"), "")
        .replace("deputies: [leads]", "deputies: [company-x]")
        .replace("members: [leads, company-x]", "members: [company-x]")
    )
    await world.agrees(file)
    before = [each for each in await everything(world) if each[0] == "schedules"]
    assert ("schedules", "subject", "leads") in before
    await forget(world, "leads")
    after = [each for each in await everything(world) if each[0] == "schedules"]
    before.remove(("schedules", "subject", "leads"))
    assert sorted(each for each in before if each[1] == "subject") == sorted(
        each for each in after if each[1] == "subject"
    )
    await world.travel_to("Tue 03 Nov 2026 10:00")
    assert "November" in private(await world.direct("amy").says("amy", "status"))


def test_of_every_column_it_is_known_whether_it_may_say_something_of_a_person() -> None:
    assert {kind_of(column) for table in metadata.sorted_tables for column in table.columns} == {
        "", "member", "keyed", "words", "wire", "document", "neither",
    }  # fmt: skip
