"""What is not signed by every party starts no clock, says nothing in the channel, and says so when it is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.retold import retold
from tests.world import World, private


@pytest.fixture
async def unsigned(worlds: Worlds, tmp_path: Path) -> AsyncIterator[World]:
    """Company X as it stands before Joan signed for service."""
    world = await worlds.begin(retold(tmp_path, ("  - {party: service, by: joan, on: 2026-09-28}\n", "")))
    yield world
    world.everyone_else_heard_nothing()


async def test_no_report_no_nudge_and_no_miss_come_of_it(unsigned: World) -> None:
    await unsigned.travel_to("Mon 09 Nov 2026 12:00")
    unsigned.everyone_else_heard_nothing()


async def test_who_asks_hears_whose_signature_is_missing(unsigned: World) -> None:
    for words in ("handoff 5 leads to sales", "status", "report approve"):
        reply = await unsigned.channel().says("josh" if words != "report approve" else "amy", words)
        assert reply.refused, words
        assert "not signed by Service" in private(reply), private(reply)


async def test_the_last_signature_starts_what_the_running_month_owes(unsigned: World, tmp_path: Path) -> None:
    await unsigned.travel_to("Mon 05 Oct 2026 10:00")
    signed = ("{party: service, by: joan, on: 2026-09-28}", "{party: service, by: joan, on: 2026-10-05}")
    await unsigned.agrees(retold(tmp_path, signed))
    assert "Qualified leads, October" in private(await unsigned.direct("josh").says("josh", "mine"))
    assert "Lead status report" in private(await unsigned.direct("amy").says("amy", "mine"))
    await unsigned.agrees(retold(tmp_path, signed))
    await unsigned.travel_to("Mon 02 Nov 2026 10:00")
    mine = private(await unsigned.direct("josh").says("josh", "mine"))
    assert mine.count("Qualified leads, October") == 1
    assert mine.count("Qualified leads, November") == 1
    unsigned.everyone_heard_all()


async def test_what_was_due_before_the_last_signature_is_not_owed(unsigned: World, tmp_path: Path) -> None:
    await unsigned.travel_to("Mon 12 Oct 2026 10:00")
    signed = ("{party: service, by: joan, on: 2026-09-28}", "{party: service, by: joan, on: 2026-10-12}")
    await unsigned.agrees(retold(tmp_path, signed))
    mine = private(await unsigned.direct("amy").says("amy", "mine"))
    assert "Fri 16 Oct" in mine
    assert "Fri 9 Oct" not in mine
    assert "missed" not in mine
    unsigned.everyone_else_heard_nothing()
