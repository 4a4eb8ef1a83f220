"""A row that was overwritten or deleted leaves the database's file too, once it is shredded."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.clock import MovableClock
from bot.store import people
from bot.store.database import Database
from bot.store.shredding import NotShredded, shred
from bot.store.tx import Tx
from slacore.parties import Member
from tests.bot.store.promises import NOON

NAME = "Josh Lindqvist of Marketing"


def lies_in(url: str) -> bool:
    folder = Path(str(make_url(url).database)).parent
    return any(NAME.encode() in file.read_bytes() for file in folder.iterdir())


async def test_a_name_that_was_replaced_is_gone_for_whoever_opens_the_file(databases: object, url: str) -> None:
    database = await Database.open(url, MovableClock(NOON))

    async def known(tx: Tx, name: str) -> None:
        from bot.store import workspaces

        await workspaces.begin(tx, "X")
        await people.keep(tx, Member("josh", name, "UTC"))

    await database.write("x", lambda tx: known(tx, NAME * 200))
    await database.write("x", lambda tx: known(tx, "Former member 1"))
    sqlite = make_url(url).get_backend_name() == "sqlite"
    if sqlite:
        assert lies_in(url)
    shred(url)
    assert not sqlite or not lies_in(url)
    found = await database.read("x", lambda tx: people.find(tx, "josh"))
    assert found is not None
    assert found.name == "Former member 1"
    await database.close()


def test_a_file_that_cannot_be_written_anew_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotShredded, match="Stop the bot, make room, and type `kept shred`"):
        shred(f"sqlite+aiosqlite:///{tmp_path}/nowhere/kept.db")
