"""An agreement that came as a file is proposed and signed in chat; its clocks start with the last signature."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.retold import retold
from tests.world import World, private

SIGNED = "signed:\n" + "".join(
    f"  - {{party: {party}, by: {by}, on: 2026-09-28}}\n"
    for party, by in (("marketing", "josh"), ("sales", "amy"), ("service", "joan"))
)


@pytest.fixture
async def unsigned(worlds: Worlds, tmp_path: Path) -> AsyncIterator[World]:
    """Company X's agreement, applied from its file with no signature under it."""
    world = await worlds.begin(retold(tmp_path, (SIGNED, "")), "Mon 05 Oct 2026 10:00")
    yield world
    world.everyone_else_heard_nothing()


async def test_it_is_in_force_when_the_last_party_has_signed(unsigned: World) -> None:
    await unsigned.direct("morgan").says("morgan", "agreement propose A-1")
    for member in ("josh", "amy", "joan"):
        unsigned.direct(member).hears("X-1 · to sign", "Marketing owes Sales 100 qualified leads a month")
    await unsigned.direct("josh").presses("josh", "Sign")
    await unsigned.direct("amy").presses("amy", "Sign")
    assert "Qualified leads" not in private(await unsigned.direct("josh").says("josh", "mine"))
    unsigned.everyone_heard_all()
    await unsigned.direct("joan").presses("joan", "Sign")
    unsigned.channel().hears("A-1 · version 1 is signed by everybody")
    await unsigned.travelling.settle()
    assert "Qualified leads, October" in private(await unsigned.direct("josh").says("josh", "mine"))
    unsigned.everyone_heard_all()


async def test_what_is_signed_in_the_file_needs_no_second_signature(unsigned: World, tmp_path: Path) -> None:
    await unsigned.direct("josh").says("josh", "agreement propose A-1")
    await unsigned.agrees(
        retold(
            tmp_path,
            ("{party: sales, by: amy, on: 2026-09-28}", "{party: sales, by: amy, on: 2026-10-05}"),
            ("  - {party: marketing, by: josh, on: 2026-09-28}\n", ""),
            ("  - {party: service, by: joan, on: 2026-09-28}\n", ""),
        )
    )
    reply = await unsigned.direct("amy").says("amy", "agreement sign A-1")
    assert reply.refused
    assert "You have signed X-1 already" in private(reply)
    await unsigned.direct("josh").says("josh", "agreement sign A-1")
    said = private(await unsigned.direct("joan").says("joan", "agreement sign A-1"))
    assert "A-1 · version 1 is signed by everybody" in said
    unsigned.everyone_heard_all()


async def test_before_it_is_proposed_there_is_nothing_to_sign(unsigned: World) -> None:
    reply = await unsigned.direct("amy").says("amy", "agreement sign A-1")
    assert reply.refused
    assert "A-1 was not proposed yet" in private(reply)
    reply = await unsigned.direct("amy").says("amy", "agreement amend A-1 leads target 105")
    assert reply.refused
    assert "Version 1 of A-1 still waits for Josh Lindqvist, Amy Chen, Joan Baker to sign" in private(reply)
