"""Reasons to choose from, the time to dispute, who settles and who forgives on which ground are the agreement's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.bot.documents.files import company_x
from tests.world import World, moment, private

AGREED = """
misses:
  reasons: [the CRM was down, people were away]
  dispute_within: 2wd
  disputes_decided_by: joan
  excused_by: [omar]
  grounds: [force majeure, what the agreement excludes]

channels:
"""


async def _friday_passes(world: World) -> None:
    await world.travel_to("Fri 09 Oct 2026 18:00")


@pytest.fixture
async def missed(worlds: Worlds, tmp_path: Path) -> World:
    """A lead status report of Amy's, due Friday 16:00, is missed; it is Friday evening."""
    file = tmp_path / "company-x.yaml"
    file.write_text(company_x(("\nchannels:\n", AGREED)), encoding="utf-8")
    return await worlds.begin(file, "Fri 09 Oct 2026 08:30", then=_friday_passes)


async def refused(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert reply.refused, private(reply)
    return private(reply)


async def test_the_owner_chooses_a_reason_with_a_button_or_says_it_in_his_own_words(missed: World) -> None:
    amy = missed.direct("amy")
    reply = await amy.presses("amy", "Say why")
    assert reply.card is not None
    assert [(each.label, each.says) for each in reply.card.buttons] == [
        ("the CRM was down", "why B-1 because the CRM was down"),
        ("people were away", "why B-1 because people were away"),
        ("In my own words…", "why B-1 …"),
    ]
    missed.everyone_heard_all()
    await amy.says("amy", "why B-1 because the CRM was down")
    missed.direct("josh").hears("Why B-1", "Amy: “the CRM was down”").offers("History")
    missed.direct("morgan").hears("Why B-1").offers("Excuse", "History")
    missed.everyone_else_heard_nothing()
    form = (await amy.says("amy", "why B-1 …")).form
    assert form is not None
    assert "nobody had told me" in private(await amy.fills("amy", form, reason="nobody had told me"))


async def test_who_may_not_explain_is_told_so_before_he_chooses(missed: World) -> None:
    assert "You cannot explain B-1." in await refused(missed, "josh", "why B-1")


async def test_a_miss_is_forgiven_by_those_named_and_the_sponsor_alone(missed: World) -> None:
    told = await refused(missed, "josh", "excuse B-1 because force majeure")
    assert "You cannot excuse O-" in told
    assert "Ask Omar Haddad or Morgan Reyes." in told
    assert "Excused: Lead status report" in private(
        await missed.direct("omar").says("omar", "excuse B-1 because force majeure: a flood")
    )


async def test_a_miss_is_forgiven_on_the_agreed_grounds_alone_and_they_are_offered(missed: World) -> None:
    told = await refused(missed, "morgan", "excuse B-1 because I like Amy")
    assert "The agreement excuses a miss on these grounds alone: force majeure; what the agreement excludes." in told
    reply = await missed.direct("morgan").says("morgan", "excuse B-1")
    assert reply.card is not None
    assert [each.says for each in reply.card.buttons] == [
        "excuse B-1 because force majeure",
        "excuse B-1 because what the agreement excludes",
        "excuse B-1 …",
    ]
    missed.everyone_heard_all()
    await missed.direct("morgan").says("morgan", "excuse B-1 because Force Majeure, the flood")
    missed.direct("amy").hears("Excused: Lead status report", "Morgan: “Force Majeure, the flood”")
    missed.everyone_else_heard_nothing()


async def test_it_is_disputed_within_the_agreed_time_and_settled_by_whom_the_agreement_names(missed: World) -> None:
    await missed.direct("amy").says("amy", "dispute B-1 because I mailed it at 15:00")
    missed.everyone_heard_all()
    await missed.direct("josh").says("josh", "answer D-1 stands because nothing came")
    missed.direct("joan").hears("D-1 is to be decided", "I mailed it at 15:00", "nothing came")
    missed.everyone_heard_all()
    assert "You cannot answer D-1." in await refused(missed, "morgan", "answer D-1 falls because I like Amy")
    await missed.direct("joan").says("joan", "answer D-1 stands because a report is sent here")
    missed.direct("amy").hears("D-1: B-1 stands", "a report is sent here")


async def test_after_the_agreed_time_a_dispute_comes_too_late(missed: World) -> None:
    missed.clock.set(moment("Thu 15 Oct 2026 09:00"))  # Monday is a holiday
    told = await refused(missed, "amy", "dispute B-1 because I mailed it")
    assert "B-1 could be disputed for 2 working days after it was recorded" in told


async def test_the_agreement_says_all_of_it(missed: World) -> None:
    text = private(await missed.direct("amy").says("amy", "agreement show A-1"))
    assert "A miss can be disputed for 2 working days after it was recorded" in text
    assert "where the sides disagree, Joan Baker settles it" in text
    assert "It is excused by Omar Haddad or Morgan Reyes, on these grounds alone: force majeure;" in text
    assert "It may have come of: the CRM was down; people were away; or of what its owner says in other words" in text
