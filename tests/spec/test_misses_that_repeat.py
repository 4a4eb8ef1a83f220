"""Misses of one promise that repeat lead to what was agreed for that: proposed once, decided by people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.documents.files import company_x
from tests.world import Heard, World, moment, private

PATIENCE = """
  patience:
    options: [recovery plan]
    decider: joan
    repeated:
      - {misses: 3, within: 30d, then: notice}

# Who hears of a miss"""


@pytest.fixture
async def world(url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Amy's weekly reports are missed on the 9th and the 16th of October; it is the morning of Friday the 23rd."""
    file = tmp_path / "company-x.yaml"
    reports = ("slots: last four Fridays 16:00", "slots: last four Fridays 16:00\n    consequence: patience")
    file.write_text(company_x(reports, ("\n# Who hears of a miss", PATIENCE)), encoding="utf-8")
    opened = await World.open(url, moment("Thu 01 Oct 2026 08:30"))
    await opened.agrees(file)
    for member in ("josh", "amy", "joan", "morgan"):
        await opened.direct(member).says(member, "digest off")
    for at in ("Fri 09 Oct", "Wed 14 Oct", "Fri 16 Oct", "Tue 20 Oct"):
        await opened.sleep_until(f"{at} 2026 16:30")
    await opened.sleep_until("Fri 23 Oct 2026 09:00")
    opened.everyone_heard_all()
    yield opened
    await opened.close()


async def says(world: World, member: str, words: str) -> str:
    return private(await world.direct(member).says(member, words))


async def refused(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert reply.refused, private(reply)
    return private(reply)


def keys(world: World) -> list[str]:
    """The misses of the reports as the channel was told of them, oldest first."""
    told = (each.card for each in world.in_place(world.channel().place))
    return [each.ref for each in told if "Lead status report, Fri" in each.title and each.ref.startswith("B-")]


async def third(world: World) -> Heard:
    """The third report is missed too, and on Tuesday everybody of the other side has heard."""
    await world.sleep_until("Fri 23 Oct 2026 16:30")
    world.everyone_heard_all()
    await world.sleep_until("Tue 27 Oct 2026 09:30")
    return world.direct("joan").hears("to decide · Lead status report, Fri 23 Oct")


async def test_the_third_one_is_put_before_whoever_decides_once_and_the_channel_reads_it(world: World) -> None:
    asked = await third(world)
    asked.says("Repeated: B-1, B-2, B-3. Agreed for 3 misses within 30 days: notice to the sponsor")
    asked.offers("Recovery plan", "Notice", "History")
    told = [each.card for each in world.in_place(world.channel().place) if each.card.ref == "B-3"]
    assert "Agreed for 3 misses within 30 days: notice to the sponsor" in str(told[-1].blocks)
    world.everyone_heard_all()
    for at in ("Fri 30 Oct 2026 16:30", "Tue 03 Nov 2026 09:30"):
        await world.sleep_until(at)
    assert asked.message.versions == 1
    again = [each for each in world.in_place(world.direct("joan").place) if "· to decide" in each.card.title]
    assert [each.ref for each in again] == [asked.message.ref], "the fourth alone repeats nothing"
    assert "misses of the promise repeated" in await says(world, "amy", "history B-3")


async def test_one_that_was_excused_does_not_count(world: World) -> None:
    await says(world, "josh", "excuse B-2 because I was away")
    await world.sleep_until("Fri 23 Oct 2026 16:30")
    await world.sleep_until("Tue 27 Oct 2026 09:30")
    assert not [each for each in world.in_place(world.direct("joan").place) if "to decide" in each.card.title]


async def test_one_that_is_disputed_counts_once_it_is_said_to_stand(world: World) -> None:
    await says(world, "amy", "dispute B-2 because I mailed it")
    await world.sleep_until("Fri 23 Oct 2026 16:30")
    await world.sleep_until("Tue 27 Oct 2026 09:30")
    assert not [each for each in world.in_place(world.direct("joan").place) if "to decide" in each.card.title]
    await says(world, "josh", "answer D-1 stands because nothing came")
    world.everyone_heard_all()
    await says(world, "joan", "answer D-1 stands because a report is sent here")
    asked = world.direct("joan").hears("B-3 · to decide · Lead status report, Fri 23 Oct")
    asked.says("Repeated: B-1, B-2, B-3.")


async def test_a_notice_reads_as_it_will_be_given_goes_to_all_three_and_is_acknowledged(world: World) -> None:
    await third(world)
    world.everyone_heard_all()
    draft = await world.direct("joan").presses("joan", "Notice")
    assert draft.card is not None
    assert [each.label for each in draft.card.buttons] == ["Give it", "Add words…", "History"]
    assert "Nobody has it yet." in private(draft)
    world.everyone_else_heard_nothing()
    given = await says(world, "joan", "notice give B-3 because three Fridays in a row are no accident")
    for words in (
        "B-3 · Notice · Lead status report, Fri 23 Oct",
        "To: Morgan Reyes, to whom both sides answer; with a copy to Amy and Josh",
        "Sales owed Marketing: Lead status report, Fri 23 Oct. Lead status report was due Fri 23 Oct 16:00",
        "Repeated: B-1, B-2 and B-3 are misses of the same promise.",
        "three Fridays in a row are no accident",
        "Given by: Joan, Tue 27 Oct 09:30",
    ):
        assert words in given, given
    for member in ("amy", "josh"):
        world.direct(member).hears("B-3 · Notice").offers("History")
    world.direct("morgan").hears("B-3 · Notice", "To be acknowledged by Morgan.").offers("Acknowledge", "History")
    world.channel().hears("Missed: Lead status report, Fri 23 Oct", "Notice: given by Joan", "to be acknowledged by")
    world.everyone_else_heard_nothing()
    assert "Acknowledged by: Morgan" in private(await world.direct("morgan").presses("morgan", "Acknowledge"))
    for member in ("amy", "josh", "joan", "morgan"):
        world.direct(member).hears("B-3 · Notice", "Acknowledged by: Morgan")
    world.channel().hears("Missed: Lead status report, Fri 23 Oct", "Notice: given by Joan", "acknowledged by Morgan")
    world.everyone_else_heard_nothing()
    told = await says(world, "amy", "history B-3")
    assert "notice given" in told
    assert "notice acknowledged" in told


async def test_what_cannot_be_is_refused(world: World) -> None:
    assert "No notice was agreed for B-2." in await refused(world, "joan", "notice give B-2")
    await third(world)
    assert "You cannot decide over B-3." in await refused(world, "josh", "notice give B-3")
    assert "No notice of B-3 was given." in await refused(world, "morgan", "notice acknowledge B-3")
    await says(world, "joan", "notice give B-3")
    assert "The notice of B-3 is given already." in await refused(world, "joan", "notice give B-3")
    assert "You cannot acknowledge the notice of B-3." in await refused(world, "joan", "notice acknowledge B-3")
    await says(world, "morgan", "notice acknowledge B-3")
    assert "is acknowledged already" in await refused(world, "morgan", "notice acknowledge B-3")
