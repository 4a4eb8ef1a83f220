"""Whoever is asked to sign a new agreement may answer with what he would sign: both see how that differs."""

from __future__ import annotations

import pytest

from bot.store import agreements
from tests.beginnings import Worlds
from tests.world import WORKSPACE, World, private

BEGIN = (
    "agreement new sales-and-marketing named Partner leads as marketing in #partners",
    "agreement deputy X-1 of marketing is Nina",
    "agreement party X-1 sales owner @amy deputy Priya",
    "agreement outline X-1 sponsor Morgan",
    "agreement propose X-1",
)
BECAUSE = "because December is short"


async def _josh_proposes(world: World) -> None:
    for words in BEGIN:
        reply = await world.direct("josh").says("josh", words)
        assert not reply.refused, private(reply)
    world.everyone_heard_all()


@pytest.fixture
async def proposed(worlds: Worlds) -> World:
    """Josh has put a new agreement before Amy and himself."""
    return await worlds.begin(at="Wed 14 Oct 2026 10:00", then=_josh_proposes)


async def says(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert not reply.refused, private(reply)
    return private(reply)


async def refused(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert reply.refused, private(reply)
    return private(reply)


async def test_other_figures_make_a_redraft_that_both_see_as_a_difference_and_sign(proposed: World) -> None:
    said = await says(proposed, "amy", f"agreement counter X-1 leads target 80 {BECAUSE}")
    assert "X-2 · draft · Partner leads" in said
    assert "Instead of X-1\nQualified leads: 80 instead of 100 a month" in said
    assert "Because: December is short" in said
    proposed.everyone_else_heard_nothing()
    said = await says(proposed, "amy", "agreement counter X-1 First answers first response 8wh")
    assert "X-2 · draft" in said
    assert "8 working hours instead of 4 working hours" in said
    await says(proposed, "amy", "agreement propose X-2")
    proposed.direct("josh").hears("X-1 · out of date", "X-2 was proposed in its place")
    told = proposed.direct("josh").hears("X-2 · to sign · Partner leads", "Instead of X-1", "80 instead of 100 a month")
    told.says("Because: December is short").offers("Sign", "Decline…", "Comment…", "Counter")
    proposed.direct("amy").hears("X-1 · out of date")
    proposed.direct("amy").hears("X-2 · to sign · Partner leads", "Instead of X-1", "80 instead of 100 a month")
    assert "X-1 is out of date" in await refused(proposed, "josh", "agreement sign X-1")
    await says(proposed, "josh", "agreement sign X-2")
    assert "A-2 · version 1 is signed by everybody" in await says(proposed, "amy", "agreement sign X-2")
    kept = await proposed.house.database.read(WORKSPACE, agreements.everything)
    assert [len(each.versions) for each in kept] == [1, 1]
    proposed.everyone_heard_all()


async def test_the_button_opens_everything_that_can_be_changed(proposed: World) -> None:
    amy = proposed.direct("amy")
    reply = await amy.presses("amy", "Counter")
    assert reply.card is not None
    assert "X-2 · what to change" in private(reply)
    labels = {each.label: each for each in reply.card.buttons}
    assert {"Outline…", "Sales…", "Qualified leads…"} <= labels.keys()
    opened = await amy.says("amy", labels["Qualified leads…"].says)
    assert opened.form is not None
    said = private(await amy.fills("amy", opened.form, target="80"))
    assert "Instead of X-1\nQualified leads: 80 instead of 100 a month" in said
    said = await says(proposed, "amy", "agreement outline X-2 exclusions Leads of the fair")
    assert "Leads of the fair" in said
    assert "X-2 · what to change" in await says(proposed, "amy", "agreement counter X-1")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("change X-1 leads target 80", "80 instead of 100"),
        ("calendar X-1 office closed 24 Dec Winter party", "Winter party"),
        ("ladder X-1 default step 3wd after: owner", "3 working days after"),
        ("consequence X-1 make-good plan within 4wd", "4 working days"),
        ("outline X-1 exclusions Leads of the fair", "Leads of the fair"),
        ("party X-1 sales contact Priya", "Priya"),
        ("drop X-1 leads", "Dropped promise"),
    ],
)
async def test_every_change_of_what_the_other_side_proposed_answers_it(proposed: World, words: str, told: str) -> None:
    said = await says(proposed, "amy", f"agreement {words}")
    assert "X-2 · draft" in said
    assert "Instead of X-1" in said
    assert told in said
    assert "X-1 · to sign" in await says(proposed, "amy", "agreement show X-1")
    again = await says(proposed, "amy", "agreement outline X-1 objective Fewer, and better")
    assert "X-2 · draft" in again
    assert "put before people as it is" in await refused(proposed, "josh", f"agreement {words}")


async def test_an_answer_that_says_the_same_is_none(proposed: World) -> None:
    for words in ("counter X-1 leads target 100", "change X-1 leads target 100"):
        assert "That is what X-1 says already." in await refused(proposed, "amy", f"agreement {words}")
    await says(proposed, "amy", "agreement counter X-1")
    assert "That is what X-1 says already.\nName another figure, or sign it." in await refused(
        proposed, "amy", "agreement propose X-2"
    )


async def test_it_is_answered_by_the_other_side_while_it_is_before_them(proposed: World) -> None:
    for member, problem in (("josh", "X-1 is your own side's."), ("tom", "Only the owners of the parties")):
        assert problem in await refused(proposed, member, "agreement counter X-1 leads target 80")
    assert "It has:" in await refused(proposed, "amy", "agreement counter X-1 visits target 80")
    await says(proposed, "amy", "agreement decline X-1 because it is too much")
    assert "X-2 · draft" in await says(proposed, "amy", "agreement counter X-1 leads target 80")
    await says(proposed, "josh", "agreement redraft X-1")
    assert "X-1 · declined" in await says(proposed, "amy", "agreement show X-1")


async def test_josh_counters_the_counter(proposed: World) -> None:
    await says(proposed, "amy", "agreement counter X-1 leads target 80")
    await says(proposed, "amy", "agreement propose X-2")
    said = await says(proposed, "josh", "agreement counter X-2 leads target 90")
    assert "Instead of X-2\nQualified leads: 90 instead of 80 a month" in said
    proposed.everyone_heard_all()
    await says(proposed, "josh", "agreement propose X-3")
    proposed.direct("amy").hears("X-2 · out of date")
    proposed.direct("amy").hears("X-3 · to sign", "Instead of X-2", "90 instead of 80")
    await proposed.sleep_until("Sun 01 Nov 2026 00:05")
    assert "X-3 · lapsed" in await says(proposed, "amy", "agreement show X-3")
    proposed.everyone_heard_all()
