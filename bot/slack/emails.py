"""Knowing somebody by e-mail: only where an administrator granted that, and only people of the company itself.

An agreement may name a person by an address instead of a Slack id. The first time that somebody
unknown speaks, Slack is asked for theirs. Guests, people of other workspaces in a shared channel,
bots and those who left are never taken for anybody: whoever sets up such an account chooses its
address. From then on the id counts, whatever becomes of the address.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.messenger import DeliveryFailed
from bot.chat.talk import Person, Reply, Utterance
from bot.slack.calls import Refused, call_with_form
from bot.slack.hearing import text_at
from bot.slack.installations import Installation, Installations

log = logging.getLogger(__name__)

SCOPE = "users:read.email"
_REMEMBERED = 10_000
Introduce = Callable[[Person, str], Awaitable[None]]
Knows = Callable[[Person], Awaitable[bool]]


class ByEmail:
    """Stands before the house and introduces whom it does not know. One a process."""

    def __init__(
        self,
        ask: Callable[[Utterance], Awaitable[Reply]],
        installations: Installations,
        web: AsyncWebClient,
        knows: Knows,
        introduce: Introduce,
    ) -> None:
        """Ask the house with `ask`; tell it with `introduce` the address of whom it does not `knows`."""
        self._ask = ask
        self._installations = installations
        self._web = web
        self._knows = knows
        self._introduce = introduce
        self._seen: set[tuple[str, str]] = set()

    async def ask(self, utterance: Utterance) -> Reply:
        """Answer an utterance; before the first one of somebody unknown, find out who it is."""
        person = utterance.person
        key = (person.workspace, person.user)
        if key not in self._seen:
            if not await self._knows(person):
                await self._look_up(person)
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            if await self._knows(person):
                self._seen.add(key)
        return await self._ask(utterance)

    async def _look_up(self, person: Person) -> None:
        try:
            installation = await self._installations.of_workspace(person.workspace)
            if installation is None or (installation.scopes and SCOPE not in installation.scopes):
                return
            found = await call_with_form(self._web, "users.info", {"user": person.user}, token=installation.token)
        except Refused as refused:
            log.info("nobody was looked up by e-mail: %s", refused)
            return
        except DeliveryFailed as failed:
            log.warning("somebody could not be looked up: %s", failed)
            return
        user = found.get("user")
        if isinstance(user, Mapping) and is_of_the_company(user, installation):
            address = text_at(user, "profile", "email").strip()
            if address:
                await self._introduce(person, address)


def is_of_the_company(user: Mapping[str, Any], installation: Installation) -> bool:
    """Whether a Slack user is a full member of the workspace that Kept is installed in."""
    outside = any(
        user.get(mark) for mark in ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
    )
    if outside or user.get("is_email_confirmed") is False:
        return False
    enterprise = text_at(user, "enterprise_user", "enterprise_id")
    same_company = bool(enterprise) and enterprise == installation.enterprise
    return text_at(user, "team_id") == installation.team or same_company
