"""The store keeps what was said in the browser's rooms."""

from __future__ import annotations

import pytest

from bot.chat.card import Card
from bot.store.database import Database
from bot.web.archive import Archive
from tests.bot.web.keeping import Keeping
from tests.bot.web.memory import SMARKETING, STARTS


class TestKept(Keeping):
    @pytest.fixture
    def messages(self, database: Database) -> Archive:
        return Archive(database, lambda: "w")


async def test_one_companys_rooms_are_another_companys_silence(database: Database) -> None:
    ours, theirs = Archive(database, lambda: "w"), Archive(database, lambda: "another")
    said = await ours.insert(SMARKETING, Card("ours", "ours"), delivery_id="d", ref="", at=STARTS)
    await ours.mark_read("amy", SMARKETING)
    assert await theirs.list(SMARKETING) == ()
    assert await theirs.get(said.id) is None
    assert await theirs.find("d") is None
    assert await theirs.latest() == 0
    assert await theirs.changed([SMARKETING], since=0) == ()
    assert await theirs.unread("amy", [SMARKETING]) == {}


async def test_looking_again_at_what_was_read_writes_nothing(database: Database) -> None:
    archive = Archive(database, lambda: "w")
    await archive.insert(SMARKETING, Card("x", "x"), delivery_id="d", ref="", at=STARTS)
    await archive.mark_read("amy", SMARKETING)
    await database.close()  # from here on a write would raise
    with pytest.raises(Exception, match="closing"):
        await archive.mark_read("josh", SMARKETING)
