"""What the door remembers for a while, kept in the house's store: the shelf and the inbox."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.chat.talk import Attachment, Person, Place, Utterance
from bot.slack.ports import Waiting
from bot.store.database import Database
from bot.store.shelves import SLACK
from bot.store.tx import Tx


class ShelfInStore:
    """The shelf as rows."""

    def __init__(self, database: Database) -> None:
        """Keep in `database`."""
        self._database = database

    async def put(self, workspace: str, texts: Mapping[str, str]) -> None:
        """Keep texts by key."""
        await self._database.write(workspace, lambda tx: SLACK.lay_aside(tx, texts))

    async def get(self, workspace: str, key: str) -> str | None:
        """The text under a key."""
        return await self._database.read(workspace, lambda tx: SLACK.laid_aside(tx, key))


class InboxInStore:
    """The inbox as rows."""

    def __init__(self, database: Database) -> None:
        """Keep in `database`."""
        self._database = database

    async def put(self, waiting: Waiting) -> None:
        """Keep a request, durably."""
        utterance = waiting.utterance

        async def job(tx: Tx) -> None:
            written = json.dumps(_utterance_out(utterance))
            SLACK.take_in(tx, utterance.delivery, written, waiting.asked_at, waiting.response_url)

        await self._database.write(utterance.person.workspace, job)

    async def take_out(self, workspace: str, delivery: str) -> None:
        """Let go of a request that was answered."""
        await self._database.write(workspace, lambda tx: SLACK.take_out(tx, delivery))

    async def left_behind(self) -> Sequence[Waiting]:
        """What is in hand, oldest first."""
        rows = await self._database.everywhere(SLACK.in_hand)
        return [Waiting(_utterance_in(json.loads(row.request)), row.answer_to, row.asked_at) for row in rows]


def _utterance_out(utterance: Utterance) -> dict[str, Any]:
    return {
        "is": "utterance/1",
        "delivery": utterance.delivery,
        "person": asdict(utterance.person),
        "place": asdict(utterance.place),
        "at": utterance.at.isoformat(),
        "text": utterance.text,
        "verb": utterance.verb,
        "arguments": dict(utterance.arguments),
        "via": utterance.via,
        "version": utterance.version,
        "message": utterance.message,
        "files": [[each.name, each.type, b64encode(each.content).decode()] for each in utterance.files],
    }


def _utterance_in(wire: Mapping[str, Any]) -> Utterance:
    return Utterance(
        delivery=wire["delivery"],
        person=Person(**wire["person"]),
        place=Place(**wire["place"]),
        at=datetime.fromisoformat(wire["at"]),
        text=wire["text"],
        verb=wire["verb"],
        arguments=wire["arguments"],
        via=wire["via"],
        version=wire["version"],
        message=wire["message"],
        # What was taken in before files were known had none.
        files=tuple(Attachment(name, kind, b64decode(content)) for name, kind, content in wire.get("files", ())),
    )
