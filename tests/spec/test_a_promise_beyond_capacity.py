"""Who signs for more follow-ups than there are hours is warned with the sum, and says in writing why all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.retold import retold
from tests.world import World, private

FOLLOW_UPS = """  follow-ups:
    kind: follow-up
    name: Follow-ups
    giver: sales
    receiver: marketing
    unit: lead
    attempts: 6
    within: 10wd
    period: month
    outcomes:
      won: {name: Won, final: true}

  friction-report:
"""
STAFFED = (
    ("    members: [priya, tom]\n", "    members: [priya, tom]\n    staffing: {reps: 2, hours: 110, minutes: 20}\n"),
    ("  friction-report:\n", FOLLOW_UPS),
)


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> World:
    """Company X, whose two reps have 220 hours for the 200 that a hundred leads take."""
    opened = await worlds.begin(retold(tmp_path, *STAFFED), "Tue 24 Nov 2026 10:00")
    opened.everyone_heard_all()
    return opened


async def test_what_can_be_kept_draws_no_warning(world: World) -> None:
    said = private(await world.direct("josh").says("josh", "agreement amend A-1 leads target 105 from 1 Dec"))
    assert "Beyond capacity" not in said


async def test_what_cannot_is_signed_once_somebody_says_in_writing_why(world: World) -> None:
    said = private(await world.direct("josh").says("josh", "agreement amend A-1 leads target 120 from 1 Dec"))
    assert "Beyond capacity: Follow-ups, of Sales." in said
    assert "2 reps of 110 h have 220 h for them; 120 × 6 × 20 min = 240 h." in said
    await world.direct("josh").says("josh", "agreement propose A-1")
    for member in ("josh", "amy", "joan"):
        heard = world.direct(member).hears("X-1 · to sign", "Beyond capacity: Follow-ups, of Sales")
        assert heard.button("Sign all the same…").says == "agreement sign X-1 despite …"
    reply = await world.direct("josh").says("josh", "agreement sign X-1")
    assert reply.refused
    assert "X-1 promises more than there are hours for: Follow-ups of Sales." in private(reply)
    await world.direct("amy").says("amy", "agreement sign X-1 despite we hire a rep in December")
    world.direct("josh").hears("Amy signs all the same: “we hire a rep in December”", "Amy for Sales").button("Sign")
    await world.direct("josh").says("josh", "agreement sign X-1")
    await world.direct("joan").says("joan", "agreement sign X-1")
    world.channel().hears("A-1 · version 2 is signed by everybody")
    world.everyone_heard_all()
    assert "we hire a rep in December" in private(await world.direct("tom").says("tom", "agreement show X-1"))
