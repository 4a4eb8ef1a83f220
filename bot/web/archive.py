"""The rooms' messages as the database keeps them: one transaction a call, in one workspace at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.chat.card import Card
from bot.chat.said import Said
from bot.chat.talk import Place
from bot.store import web_messages
from bot.store.database import Database


class Archive:
    """`Messages` over the store. Every method may raise DatabaseGone. Lives as long as the database."""

    def __init__(self, database: Database, workspace: Callable[[], str]) -> None:
        """Keep the messages of `workspace`, which is asked anew each time, for a story can start over."""
        self._database = database
        self._workspace = workspace

    async def insert(self, place: Place, card: Card, *, delivery_id: str, ref: str, at: datetime) -> Said:
        """Keep a message, once for each delivery."""
        return await self._database.write(
            self._workspace(),
            lambda tx: web_messages.insert(tx, place, card, delivery_id=delivery_id, ref=ref, at=at),
        )

    async def edit(self, message: int, card: Card, *, delivery_id: str, at: datetime) -> Said | None:
        """Replace what a message says, once for each delivery."""
        return await self._database.write(
            self._workspace(), lambda tx: web_messages.edit(tx, message, card, delivery_id=delivery_id, at=at)
        )

    async def find(self, delivery_id: str) -> Said | None:
        """The message that a delivery made."""
        return await self._database.read(self._workspace(), lambda tx: web_messages.find(tx, delivery_id))

    async def get(self, message: int) -> Said | None:
        """One message."""
        return await self._database.read(self._workspace(), lambda tx: web_messages.get(tx, message))

    async def list(self, place: Place, *, before: int | None = None, limit: int = 50) -> Sequence[Said]:
        """The newest messages of a place or thread, oldest first."""
        return await self._database.read(self._workspace(), lambda tx: web_messages.newest(tx, place, before, limit))

    async def changed(self, places: Sequence[Place], *, since: int, limit: int = 200) -> Sequence[Said]:
        """What was said or edited after a revision."""
        return await self._database.read(self._workspace(), lambda tx: web_messages.changed(tx, places, since, limit))

    async def latest(self) -> int:
        """The highest revision."""
        return await self._database.read(self._workspace(), web_messages.latest)

    async def mark_read(self, member: str, place: Place) -> None:
        """Remember how far somebody has read; what is known already costs no write."""
        if not await self._database.read(self._workspace(), lambda tx: web_messages.has_read(tx, member, place)):
            await self._database.write(self._workspace(), lambda tx: web_messages.mark_read(tx, member, place))

    async def unread(self, member: str, places: Sequence[Place]) -> Mapping[tuple[str, str], int]:
        """How much somebody has not seen, by place."""
        return await self._database.read(self._workspace(), lambda tx: web_messages.unread(tx, member, places))

    async def unread_by(self, places: Mapping[str, Place]) -> Mapping[str, int]:
        """How much each of several people has not seen, each in a place of his own."""
        return await self._database.read(self._workspace(), lambda tx: web_messages.unread_by(tx, places))
