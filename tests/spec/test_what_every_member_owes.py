"""A duty of every member: confirmed by each himself, told of as a number, checked by sample where that is agreed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.card import Card
from bot.chat.plain import text_of
from tests.beginnings import Worlds
from tests.world import NEW_YORK, World, private

CORPORATE = Path(__file__).parents[2] / "agreements" / "corporate.yaml"
EVERYBODY = ("ida", "amy", "josh", "priya")


@pytest.fixture
async def world(worlds: Worlds) -> World:
    """Staff of four owes security a changed password and an access card by Fri 30 Oct 17:00 (that is 30 days)."""
    return await worlds.begin(CORPORATE)


async def _confirms(world: World, member: str, what: str, words: str = "") -> str:
    mine = private(await world.direct(member).says(member, "mine"))
    line = next(line for line in mine.splitlines() if what.casefold() in line.casefold() and line.startswith("O-"))
    return private(await world.direct(member).says(member, f"done {line.split()[0]} {words}".strip()))


def _cards(world: World, to: str, words: str = "") -> list[Card]:
    """What was said to somebody and nobody has looked at, by words of it."""
    there = [each for each in world.wire.messages if each.ref.place.id == to and each.heard < each.versions]
    return [each.card for each in there if words in text_of(each.card, NEW_YORK)]


async def test_each_has_a_duty_of_his_own_with_one_button_and_nobody_sees_anothers(world: World) -> None:
    mine = await world.direct("amy").says("amy", "mine")
    assert private(mine).count("Change of a password") == 1
    assert any(button.label.startswith("Confirm O-") for button in mine.card.buttons)  # type: ignore[union-attr]
    owed = private(await world.direct("sam").says("sam", "owed"))
    assert "Password change" in owed
    assert not any(name in owed for name in ("Amy", "Josh", "Priya"))


async def test_everybody_who_has_not_is_reminded_before_it_is_due_and_in_private(world: World) -> None:
    await _confirms(world, "amy", "password")
    await world.travel_to("Tue 27 Oct 2026 17:00")
    world.everyone_heard_all()
    await world.travel_to("Wed 28 Oct 2026 17:30")
    assert _cards(world, "josh", "Confirm")
    assert not _cards(world, "amy", "password")
    assert not _cards(world, "house", "password")


async def test_only_the_member_himself_confirms(world: World) -> None:
    mine = private(await world.direct("amy").says("amy", "mine"))
    key = next(line.split()[0] for line in mine.splitlines() if "password" in line)
    for other in ("ida", "sam", "josh"):
        refused = await world.direct(other).says(other, f"done {key}")
        assert "Amy Chen's own to confirm" in private(refused)
    assert (await world.direct("amy").says("amy", f"done {key}")).refused is False


async def test_a_password_given_as_evidence_is_not_kept_anywhere(world: World) -> None:
    said = await _confirms(world, "amy", "password", "Tr0ub4dor&3")
    assert "the words beside it were not kept" in said
    assert "Tr0ub4dor" not in said
    card = await _confirms(world, "amy", "access card", "my password is horse")
    assert "were not kept" in card
    assert "horse" not in card
    fine = await _confirms(world, "josh", "access card", "badge 17, photo by Tom")
    assert "badge 17, photo by Tom" in fine

    async def everything(tx: object) -> str:
        from sqlalchemy import select

        from bot.store.fences import mine
        from bot.store.tables import audit, obligations, outbox, requests

        found = ""
        for table in (audit, obligations, outbox, requests):
            found += str(list(await tx.rows(select(table).where(mine(table)))))  # type: ignore[attr-defined]
        return found

    kept = await world.house.database.read("company-x", everything)
    assert "badge 17" in kept
    assert "Tr0ub4dor" not in kept
    assert "horse" not in kept


async def test_who_has_not_is_told_to_the_owner_and_the_manager_alone(world: World) -> None:
    await _confirms(world, "amy", "password")
    for reader in ("ida", "morgan"):
        status = private(await world.channel("#house").says(reader, "status password"))
        assert "3 have not: Ida Moreau, Josh Lindqvist, Priya Raman." in status
    for reader in ("amy", "sam"):
        status = private(await world.channel("#house").says(reader, "status password"))
        assert "1 of 4 members confirmed" in status
        assert "Josh" not in status
    await world.channel("#house").says("ida", "share status password")
    shared = _cards(world, "house", "members confirmed")
    assert len(shared) == 1
    assert "Josh" not in text_of(shared[0], NEW_YORK)


async def test_the_owner_gets_one_message_that_counts_and_the_channel_a_number(world: World) -> None:
    await _confirms(world, "amy", "password")
    await _confirms(world, "ida", "password")
    await world.travel_to("Fri 30 Oct 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 30 Oct 2026 17:00")
    owner = _cards(world, "ida", "everybody of Staff owes Security")
    assert len(owner) == 2  # the password and the access card, a message each
    password = next(card for card in owner if "Password change" in card.title)
    assert "2 of 4 have confirmed; 2 have not, though it was due Fri 30 Oct 17:00." in text_of(password, NEW_YORK)
    assert password.buttons[0].says == "status password"
    assert not any(name in text_of(password, NEW_YORK) for name in ("Josh", "Priya"))
    assert _cards(world, "josh", "✕ missed")
    assert not _cards(world, "house")
    await world.travel_to("Tue 03 Nov 2026 09:00")
    told = _cards(world, "house", "Password change")
    assert len(told) == 1
    assert "Missed: Password change" in told[0].title
    assert "2 of 4 have confirmed; 2 have not" in text_of(told[0], NEW_YORK)
    assert not any("Josh" in text_of(card, NEW_YORK) for card in _cards(world, "sam"))
    status = private(await world.direct("sam").says("sam", "status password October"))
    assert "2 of 4 members confirmed, 2 missed" in status


async def test_once_the_last_has_confirmed_late_it_is_made_good_and_the_miss_stands(world: World) -> None:
    for member in ("ida", "amy", "josh"):
        await _confirms(world, member, "password")
    await world.travel_to("Tue 03 Nov 2026 10:00")
    world.everyone_heard_all()
    assert "Done late" in await _confirms(world, "priya", "password")
    await world.travel_to("Tue 03 Nov 2026 10:01")
    assert any("Met late: Password change" in card.title for card in _cards(world, "house"))
    status = private(await world.direct("ida").says("ida", "status password October"))
    assert "met late" in status
    assert "Everybody has." in status


async def test_when_everybody_has_the_channel_hears_the_good_news(world: World) -> None:
    for member in EVERYBODY:
        await _confirms(world, member, "password")
    world.everyone_heard_all()
    await world.travelling.settle()
    assert any("everybody of Staff has." in card.title for card in _cards(world, "house"))


async def test_a_sample_is_drawn_when_the_day_is_over_and_only_the_checker_sees_whom(world: World) -> None:
    for member in EVERYBODY:
        await _confirms(world, member, "access card")
    await world.travel_to("Fri 30 Oct 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 30 Oct 2026 17:00")
    (asked,) = _cards(world, "sam", "to check")
    assert "1 of 1 to check: Access card with photo" in asked.title
    assert "Ask to be shown that it is done, never for a password." in text_of(asked, NEW_YORK)
    assert not _cards(world, "house", "check")
    status = private(await world.direct("sam").says("sam", "status access-card October"))
    assert "4 of 4" in status
    refused = await world.direct("ida").says("ida", f"check {asked.ref}")
    assert refused.refused


async def test_a_check_that_passes_settles_it_and_one_that_fails_is_owed_again(world: World) -> None:
    for member in EVERYBODY:
        await _confirms(world, member, "access card")
    await world.travel_to("Fri 30 Oct 2026 17:00")
    (asked,) = _cards(world, "sam", "to check")
    drawn = asked.buttons[0].label.removesuffix(": passed")
    member = drawn.split()[0].lower()
    world.everyone_heard_all()
    key = asked.ref
    assert (await world.direct("sam").says("sam", f'check {key} "{drawn}" failed')).refused
    found = await world.direct("sam").says("sam", f'check {key} "{drawn}" failed because the photo is of a cat')
    assert "All 1 are checked; 1 confirmation did not hold." in private(found)
    assert (await world.direct("sam").says("sam", f"check {key} passed")).refused
    await world.travel_to("Fri 30 Oct 2026 17:05")
    assert _cards(world, member, "✕ missed")
    assert any("Access card" in card.title and "missed" in card.title for card in _cards(world, "ida"))
    assert "Done late" in await _confirms(world, member, "access card")


async def test_the_lot_is_on_the_record_and_draws_the_same_again(world: World) -> None:
    from bot.store import audit
    from slacore.checks import draw

    for member in EVERYBODY:
        await _confirms(world, member, "access card")
    await world.travel_to("Fri 30 Oct 2026 17:00")
    (asked,) = _cards(world, "sam", "to check")
    lines = await world.house.database.read("company-x", lambda tx: audit.about(tx, asked.ref))
    drawn = next(line.after for line in lines if line.what == "SampleDrawn")
    assert drawn is not None
    from fractions import Fraction

    assert list(draw(EVERYBODY, Fraction(1, 10), drawn["lot"])) == drawn["drawn"]
