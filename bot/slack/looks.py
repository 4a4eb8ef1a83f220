"""How the door draws: who is who in a company, and what was laid aside while drawing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.chat.card import Chart, File
from bot.slack.ports import Ports
from bot.slack.render import Look


@dataclass(slots=True)
class Drawing:
    """One drawing: `look` for the renderer, and what it lays aside, kept before anything is sent."""

    ports: Ports
    workspace: str
    members: Mapping[str, str]
    reader: str = ""
    pictures: Mapping[Chart, str] = field(default_factory=dict)
    files: frozenset[File] = frozenset()
    aside: dict[str, str] = field(default_factory=dict)

    @property
    def look(self) -> Look:
        """For the renderer."""
        return Look(
            users=lambda member: self.members.get(member, ""),
            reader=self.reader,
            pictures=self.pictures,
            files=self.files,
            shelve=self._lay_aside,
        )

    async def keep(self) -> None:
        """Keep what was laid aside, so that the buttons which name it work from the first second."""
        if self.aside:
            await self.ports.shelf.put(self.workspace, self.aside)

    def _lay_aside(self, text: str) -> str:
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self.aside[key] = text
        return key


async def drawing(
    ports: Ports,
    workspace: str,
    *,
    user: str = "",
    pictures: Mapping[Chart, str] | None = None,
    files: frozenset[File] = frozenset(),
) -> Drawing:
    """Begin a drawing for a company; with `user` for that one reader (a Slack user id)."""
    members = await ports.members(workspace)
    reader = next((member for member, known in members.items() if known == user), "") if user else ""
    return Drawing(ports, workspace, members, reader, pictures or {}, files)
