"""What a Slack keeps, and which rules a message or a form has to keep before it is taken."""

from __future__ import annotations

import asyncio
import itertools
import json
import math
from abc import ABC, abstractmethod
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import aiohttp
from aiohttp import web

from tests.slack.rules import message_problems, view_problems

Fault = Literal["429", "500", "502 after", "drop before", "drop after", "nonsense", "nonsense after"] | str


GRANTED = frozenset(
    {
        "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:write",
        "groups:history", "groups:read", "im:history", "im:write", "users:read",
    }
)  # fmt: skip
"""What an app that may look back is granted."""


@dataclass
class Team:
    id: str = "T1"
    name: str = "Company X"
    token: str = "xoxb-1"
    bot_user: str = "U0KEPT"
    bot_id: str = "B0KEPT"
    scopes: set[str] = field(default_factory=lambda: set(GRANTED))
    users: set[str] = field(default_factory=lambda: {"U0JOSH", "U0AMY", "U0JOAN"})
    deactivated: set[str] = field(default_factory=set)


@dataclass
class Channel:
    id: str
    team: str
    members: set[str]
    archived: bool = False
    name: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)


class Workspaces(ABC):
    """Teams with their channels, and everything that somebody there would see."""

    def __init__(self, now: Callable[[], datetime], *, signing_secret: str = "shh", rate: float = math.inf) -> None:
        self.now = now
        self.signing_secret = signing_secret
        self.rate = rate
        """Messages a second and channel; beyond it the call is answered with 429."""
        self.teams: dict[str, Team] = {"T1": Team()}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[dict[str, Any]] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.no_pictures = False
        """Take no pictures, as where they are not allowed."""
        self.attached: dict[str, bytes] = {}
        """Files that people attached, by name."""
        self.fetched: list[str] = []
        """The token that each was asked for with."""
        self.people: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.shown: list[tuple[str, list[str]]] = []
        """Files that were shown in a conversation: where, and which."""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.problems: list[str] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.chance: Callable[[str], Fault | None] = lambda method: None
        self.triggers: dict[str, float] = {}
        self.response_urls: dict[str, tuple[float, int, str, str]] = {}
        self.refreshes: list[str] = []
        self.codes: dict[str, dict[str, Any]] = {}
        self.posted: defaultdict[str, deque[float]] = defaultdict(deque)
        self.bot_url = ""
        self.sockets: list[web.WebSocketResponse] = []
        self.acknowledged: dict[str, asyncio.Future[Any]] = {}
        self.connected = asyncio.Event()
        self._ids = itertools.count(1)
        self._session: aiohttp.ClientSession | None = None
        self.add_channel("C1")

    @property
    @abstractmethod
    def url(self) -> str:
        """Where this Slack is."""

    def add_channel(self, identifier: str, team: str = "T1") -> Channel:
        members = set(self.teams[team].users) | {self.teams[team].bot_user}
        self.channels[identifier] = Channel(identifier, team, members)
        return self.channels[identifier]

    def trigger(self) -> str:
        trigger = f"trigger.{next(self._ids)}"
        self.triggers[trigger] = self.now().timestamp()
        return trigger

    def response_url(self, channel: str, user: str) -> str:
        identifier = f"r{next(self._ids)}"
        self.response_urls[identifier] = (self.now().timestamp(), 0, channel, user)
        return f"{self.url}respond/{identifier}"

    def _speaks_in(self, team: Team, identifier: str) -> Channel:
        channel = self.channels.get(identifier)
        if channel is None or channel.team != team.id:
            raise KeyError("channel_not_found")
        if team.bot_user not in channel.members:
            raise KeyError("not_in_channel")
        if channel.archived:
            raise KeyError("is_archived")
        return channel

    def _pace(self, channel: str) -> None:
        at = self.now().timestamp()
        recent = self.posted[channel]
        while recent and at - recent[0] >= 1:
            recent.popleft()
        if len(recent) >= self.rate:
            raise KeyError("ratelimited")
        recent.append(at)

    def _require_message(self, body: dict[str, Any]) -> None:
        found = message_problems(body.get("blocks"), body.get("text", ""))
        if not self._are_ready(body):
            raise KeyError("invalid_blocks")
        if found:
            self.problems += found
            raise KeyError("invalid_blocks")

    def _are_ready(self, drawn: dict[str, Any]) -> bool:
        """Whether every picture is one that was uploaded whole, in a place that takes pictures."""
        pictures = [block["slack_file"]["id"] for block in drawn.get("blocks") or () if block.get("type") == "image"]
        known = all(self.files.get(file, {}).get("ready") for file in pictures)
        return known and not (pictures and self.no_pictures)

    def _require_view(self, view: dict[str, Any], team: Team) -> None:
        found = view_problems(view)
        if '"file_input"' in json.dumps(view) and "files:read" not in team.scopes:
            found = [*found, "a file input without the scope files:read"]
        if found:
            self.problems += found
            raise KeyError("invalid_arguments")
        if not self._are_ready(view):
            raise KeyError("invalid_arguments")
