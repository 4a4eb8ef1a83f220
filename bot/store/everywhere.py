"""Reading across workspaces: for the clock and the delivery, to learn where something is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import Executable

from bot.store.engine.questions import Questions


class Everywhere:
    """A read-only view of all workspaces. Only the house's own jobs get one, no person's request does."""

    __slots__ = ("_connection", "_questions", "now")

    def __init__(self, connection: AsyncConnection, questions: Questions, now: datetime) -> None:
        """Read through this connection; `now` is the instant the view was opened."""
        self._connection = connection
        self._questions = questions
        self.now = now

    async def rows(self, statement: Executable, **values: Any) -> Sequence[Mapping[str, Any]]:
        """Run a select; `values` fill its bind parameters."""
        return await self._questions.rows(self._connection, statement, values)
