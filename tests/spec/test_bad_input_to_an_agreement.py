"""Whatever makes no sense about an agreement is answered with why and with one next step, and changes no row."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.talk import Person, Utterance
from slacore.errors import Refusal
from tests.life.machine import AGREEMENT
from tests.life.rows import Rows, changed
from tests.world import WORKSPACE, World, moment, private

DRAFT = "agreement amend A-1 leads target 25 from 19 Oct because half of them close"
pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@pytest.fixture
async def world(url: str) -> AsyncIterator[World]:
    """Marketing's plan of Wednesday and sales' report of Thursday were missed; it is Friday morning."""
    opened = await World.open(url, moment("Mon 05 Oct 2026 09:00"))
    await opened.agrees(AGREEMENT)
    await opened.travel_to("Fri 09 Oct 2026 10:00")
    yield opened
    await opened.close()


@pytest.fixture
def rows(url: str, world: World) -> Rows:
    return Rows(url)


async def told(world: World, rows: Rows, member: str, words: str, problem: str, step: str) -> None:
    """Somebody says what cannot be: he hears why and what to do instead, and no row is another."""
    before, heard = rows.fingerprint(), len(world.wire.messages)
    reply = await world.direct(member).says(member, words)
    said = private(reply)
    assert reply.refused, said
    assert problem in said
    assert step in said
    assert said.index(problem) < said.index(step)
    assert not changed(before, rows.fingerprint())
    assert len(world.wire.messages) == heard


async def proposed(world: World, *, signed_by: str = "") -> None:
    await world.direct("josh").says("josh", DRAFT)
    await world.direct("josh").says("josh", "agreement propose X-1")
    if signed_by:
        await world.direct(signed_by).says(signed_by, "agreement sign X-1")


async def test_signing_for_another_party(world: World, rows: Rows) -> None:
    await proposed(world)
    for member in ("nina", "priya", "morgan"):
        await told(
            world, rows, member, "agreement sign X-1", "You sign for no party of Marketing to sales",
            "These can: Josh Lindqvist for Marketing, Amy Chen for Sales. You can comment on it.",
        )  # fmt: skip


async def test_signing_twice(world: World, rows: Rows) -> None:
    await proposed(world, signed_by="amy")
    await told(world, rows, "amy", "agreement sign X-1", "You have signed X-1 already.", "It waits for Josh Lindqvist.")
    await world.direct("josh").says("josh", "agreement sign X-1")
    await told(world, rows, "amy", "agreement sign X-1", "X-1 is signed by everybody.", "Nothing is left to do.")


async def test_signing_what_an_old_card_showed(world: World, rows: Rows) -> None:
    await proposed(world)
    sign = next(each for each in world.direct("amy").hears().world.wire.messages[-1].card.buttons)
    await world.direct("josh").says("josh", "agreement sign X-1")
    before, place = rows.fingerprint(), world.direct("amy").place
    person = Person(WORKSPACE, "web", "amy", "amy")
    pressed = Utterance("old", person, place, world.clock.now(), text=sign.says, via="button", version=sign.version)
    reply = await world.ask(pressed)
    assert sign.label == "Sign"
    assert reply.refused
    assert "X-1 has changed since that card was made.\nLook at it again before you answer." in private(reply)
    assert not changed(before, rows.fingerprint())


async def test_amending_the_past_or_today(world: World, rows: Rows) -> None:
    for on in ("2026-10-01", "2026-10-09"):
        await told(
            world, rows, "josh", f"agreement amend A-1 leads target 25 from {on}",
            "that day has begun.", "Name a day from 10 October 2026 on; what runs keeps its terms until then.",
        )  # fmt: skip


async def test_signing_and_amending_after_the_end(world: World, rows: Rows) -> None:
    await world.direct("josh").says("josh", "agreement end A-1 on 16 Oct 2026 because the teams merge")
    for member in ("josh", "amy"):
        if member == "josh":
            await world.direct("josh").says("josh", "agreement propose X-1")
        await world.direct(member).says(member, "agreement sign X-1")
    await world.travel_to("Mon 19 Oct 2026 10:00")
    ended = "Marketing to sales ended on 16 October 2026"
    onward = "To go on, agree on a later last day: agreement end A-1 on …."
    await told(world, rows, "josh", "handoff 5 leads to sales", ended, onward)
    await told(world, rows, "josh", "agreement sign X-1", "X-1 is signed by everybody.", "Nothing is left to do.")
    await told(world, rows, "josh", "agreement amend A-1 leads target 25 from 26 Oct", ended, onward)


async def test_changing_what_the_same_draft_ends_before(world: World, rows: Rows) -> None:
    await world.direct("josh").says("josh", "agreement end A-1 on 16 Oct 2026 because the teams merge")
    await told(
        world, rows, "josh", "agreement amend A-1 leads target 25 from 19 Oct",
        "Marketing to sales ends on 16 October 2026, so nothing would count from 19 October 2026.",
        "To go on, agree on a later last day: agreement end A-1 on ….",
    )  # fmt: skip


async def test_claiming_a_credit_late_or_before_its_turn(world: World, rows: Rows) -> None:
    await told(world, rows, "josh", "credit claim K-1", "You cannot claim K-1.", "Ask Amy Chen.")
    await told(
        world, rows, "morgan", "credit approve K-1", "K-1 is accrued, so it is not approved now.",
        "It is to be claimed first: credit claim K-1.",
    )  # fmt: skip
    world.clock.set(moment("Thu 15 Oct 2026 09:00"))  # nobody has looked at it meanwhile
    await told(
        world, rows, "amy", "credit claim K-1", "K-1 could be claimed until 14 October 2026; that has passed.",
        "Ask the other side for it at the next review.",
    )  # fmt: skip


async def test_a_step_in_the_past(world: World, rows: Rows) -> None:
    await world.direct("josh").says("josh", "recovery B-1")
    for by, problem in (("2026-10-08", "That day has passed."), ("2026-10-10", "Nobody of Marketing works then")):
        step = "Name a working day." if "works" in problem else "Name a later one."
        await told(world, rows, "josh", f"recovery step P-1 a better plan owner Nina by {by}", problem, step)
    await world.travel_to("Fri 09 Oct 2026 17:00")
    await told(
        world, rows, "josh", "recovery step P-1 a better plan owner Nina by 2026-10-09",
        "The working day of Marketing is over.", "Name a later one.",
    )  # fmt: skip


async def test_support_that_leads_in_a_circle(world: World, rows: Rows, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    text = AGREEMENT.read_text(encoding="utf-8").replace("agreement: life", "agreement: other")
    leads = "    consequence: credit\n  plans:"
    other.write_text(text.replace(leads, f"    depends_on: [life/leads]\n{leads}"), encoding="utf-8")
    await world.agrees(other)
    circle = tmp_path / "circle.yaml"
    text = AGREEMENT.read_text(encoding="utf-8").replace("effective_on: 2026-10-05", "effective_on: 2026-10-19")
    circle.write_text(text.replace(leads, f"    depends_on: [other/leads]\n{leads}"), encoding="utf-8")
    before = rows.fingerprint()
    with pytest.raises(Refusal, match=r"leads in a circle") as refused:
        await world.agrees(circle)
    assert refused.value.next_step
    assert not changed(before, rows.fingerprint())


async def test_of_two_amendments_that_are_signed_at_once_the_second_is_told(world: World) -> None:
    await proposed(world, signed_by="amy")
    await world.direct("amy").says("amy", "agreement amend A-1 leads silence 2wd from 19 Oct")
    await world.direct("amy").says("amy", "agreement propose X-2")
    await world.direct("josh").says("josh", "agreement sign X-2")
    replies = await asyncio.gather(
        world.direct("josh").says("josh", "agreement sign X-1"), world.direct("amy").says("amy", "agreement sign X-2")
    )
    late = next(each for each in replies if each.refused)
    assert [each.refused for each in replies].count(False) == 1
    assert "is out of date: version 2 of A-1 came after it was drafted.\nLook at what took its place." in private(late)
    assert "of 20 leads" in private(await world.direct("josh").says("josh", "status C-1"))
