"""How the outbox speaks in Teams: a card posted, or changed in place, through the connector.

Teams lets nobody read back what a bot said, so a message of unknown fate cannot be looked up. A
card goes with a `summary` and never with text, which Teams would make a second message of.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.chat.card import Card
from bot.chat.messenger import CannotLook, DeliveryFailed, MessageRef
from bot.chat.named import named_in
from bot.chat.talk import Place, Platform
from bot.store.database import DatabaseGone
from bot.store.teams_rooms import Known, Room, Way
from bot.teams.connector import Connector, Rejected
from bot.teams.looks import Looks
from bot.teams.ports import Ports
from bot.teams.render import attachment, draw

log = logging.getLogger(__name__)

AGAIN_IN = 1.0
"""Seconds before a message whose way could not be looked up is tried again."""
_NOT_FOUND = 404
_TOO_MUCH = frozenset({400, 413})
"""Teams refused what was drawn, not that something was said: the same may be said more plainly."""
_NO_MESSAGE = ("activitynotfound", "activity not found")
_WORDS = {
    "BotNotInConversationRoster": "Kept was taken out of this conversation",
    "ConversationNotFound": "the conversation is gone, or Kept was never in it",
    "ConversationBlockedByUser": "this person has blocked Kept",
    "MessageWritesBlocked": "this person has blocked Kept",
    "ForbiddenOperationException": "Kept is not installed for this person, who or whose administrator adds it",
    "BotDisabledByAdmin": "this tenant's administrator has disabled Kept; the app's policies allow it again",
    "InvalidBotApiHost": "this tenant is in a government's cloud, and is spoken to through that",
    "NotEnoughPermissions": "Kept may not do that here",
    "ChannelNotFound": "the channel is gone",
}


class TeamsMessenger:
    """Says cards in Teams. Made by the composition root; nothing to close."""

    platform: Platform = "teams"

    def __init__(self, ports: Ports, connector: Connector, looks: Looks, app_id: str) -> None:
        """Speak through `connector` as the bot of `app_id`, with cards drawn by `looks`."""
        self._ports = ports
        self._connector = connector
        self._looks = looks
        self._bot = f"28:{app_id}"

    async def post(
        self,
        place: Place,
        card: Card,
        *,
        delivery_id: str,  # noqa: ARG002 -- the port
        ref: str,
        alerts: bool = False,
    ) -> MessageRef:
        """Say `card` in `place`. Raises DeliveryFailed."""
        way = await self._way(place, "", card)
        room = await self._room(place, "", way)
        try:
            said = await self._say(place, room, way, card, ref, alerts=alerts)
        except Rejected as rejected:
            if rejected.status != _NOT_FOUND or place.kind != "direct":
                raise _in_words(rejected) from rejected
            # Whoever deletes the chat has not taken Kept out; opening it brings it back.
            room = await self._opened(place, way)
            try:
                said = await self._say(place, room, way, card, ref, alerts=alerts)
            except Rejected as again:
                raise _in_words(again) from again
        return MessageRef(place, f"{room.conversation} {said}")

    async def offer(self, place: Place, attached: Mapping[str, Any]) -> None:
        """Say something in somebody's own chat that is no card of ours: a file that Teams has to ask about.

        Raises DeliveryFailed.
        """
        room = await self._room(place, "", await self._way(place, ""))
        said = {"type": "message", "from": {"id": room.bot or self._bot}, "attachments": [dict(attached)]}
        message = {**said, "conversation": {"id": room.conversation}, "summary": str(attached.get("name", "A file"))}
        await self._connector.post(room.service_url, room.conversation, message)

    async def edit(self, message: MessageRef, card: Card, *, delivery_id: str) -> MessageRef:
        """Replace what a message says, in place; where Teams has lost it, say it anew. Raises DeliveryFailed."""
        conversation, _, activity = message.id.rpartition(" ")
        way = await self._way(message.place, conversation, card)
        room = await self._room(message.place, conversation, way)
        try:
            drawn = await self._activity(message.place, room, way, card, card.ref)
            await self._connector.update(room.service_url, conversation, activity, drawn)
        except Rejected as rejected:
            if _is_lost(rejected):
                return await self.post(message.place, card, delivery_id=delivery_id, ref=card.ref)
            if rejected.status not in _TOO_MUCH:
                raise _in_words(rejected) from rejected
            log.warning("%s was refused as drawn (%s); it is said more plainly", delivery_id, rejected)
            plainer = await self._activity(message.place, room, way, _plain(card), card.ref)
            await self._connector.update(room.service_url, conversation, activity, plainer)
        return message

    async def find(self, place: Place, delivery_id: str) -> MessageRef | None:  # noqa: ARG002 -- the port
        """Teams lets nobody look. Raises CannotLook."""
        raise CannotLook("Teams does not let a bot read back what it said")

    async def _say(self, place: Place, room: Room, way: Way, card: Card, ref: str, *, alerts: bool = False) -> str:
        conversation = room.conversation
        if place.thread:
            conversation = f"{conversation};messageid={place.thread.rpartition(' ')[2]}"
        drawn = await self._activity(place, room, way, card, ref, alerts=alerts)
        try:
            return await self._connector.post(room.service_url, conversation, drawn)
        except Rejected as rejected:
            if rejected.status not in _TOO_MUCH:
                raise
            log.warning("%s was refused as drawn (%s); it is said more plainly", ref, rejected)
        plainer = await self._activity(place, room, way, _plain(card), ref, alerts=alerts)
        return await self._connector.post(room.service_url, conversation, plainer)

    async def _activity(
        self, place: Place, room: Room, way: Way, card: Card, ref: str, *, alerts: bool = False
    ) -> Mapping[str, Any]:
        look = self._looks.of(place.workspace, card, way, shared=place.kind == "channel")
        drawn = draw(card, look.look, ref=ref)
        try:
            await look.keep()
        except DatabaseGone as lost:
            raise _later(lost) from lost
        activity: dict[str, Any] = {
            "type": "message",
            "from": {"id": room.bot or self._bot},
            "conversation": {"id": room.conversation},
            "summary": drawn.summary,
            "attachments": [attachment(drawn.card)],
        }
        if alerts and place.kind == "direct":
            # Shown in the activity feed as well: an escalation, and nothing else.
            activity["channelData"] = {"notification": {"alert": True}}
        return activity

    async def _way(self, place: Place, conversation: str, card: Card | None = None) -> Way:
        """All that saying `card` takes, in one look."""
        user = place.id if place.kind == "direct" else ""
        where = conversation or ("" if user else place.id)
        named = named_in(card) if card is not None else ()
        try:
            return await self._ports.memory.way(place.workspace, user, where, named)
        except DatabaseGone as lost:
            raise _later(lost) from lost

    async def _room(self, place: Place, conversation: str, way: Way) -> Room:
        """The conversation to speak in, "" for the place's own; a person's is opened first, once.

        A channel never seen is reached as its company is.
        """
        own = place.id if place.kind == "channel" else way.known.conversation if way.known is not None else ""
        where, room = conversation or own, way.room
        if not where:
            return await self._opened(place, way)
        if room is None:
            try:
                room = replace(await self._through(place), conversation=where, kind="channel", name="", team="")
            except DatabaseGone as lost:
                raise _later(lost) from lost
        if room.gone:
            raise DeliveryFailed("Kept was taken out of this conversation; add the app to it again", "impossible")
        return room

    async def _opened(self, place: Place, way: Way) -> Room:
        """Somebody's own chat, opened."""
        memory, known = self._ports.memory, way.known
        try:
            through = await self._through(place)
            account = known.account if known is not None and known.account else place.id
            body = {
                "bot": {"id": through.bot or self._bot},
                "members": [{"id": account}],
                "isGroup": False,
                "tenantId": through.tenant,
                "channelData": {"tenant": {"id": through.tenant}},
            }
            try:
                conversation = await self._connector.open(through.service_url, body)
            except Rejected as rejected:
                raise _in_words(rejected) from rejected
            room = replace(through, conversation=conversation, kind="personal", name="", team="")
            name = known.name if known is not None else place.name
            await memory.seen(place.workspace, room, Known(place.id, account, name, conversation))
        except DatabaseGone as lost:
            raise _later(lost) from lost
        return room

    async def _through(self, place: Place) -> Room:
        room = await self._ports.memory.any_room(place.workspace)
        if room is None:
            raise DeliveryFailed("Kept is not installed in this company's Teams", "impossible")
        return room


def _is_lost(rejected: Rejected) -> bool:
    said = f"{rejected.code} {rejected}".lower()
    return rejected.status in {400, 403, 404} and any(each in said for each in _NO_MESSAGE)


def _in_words(rejected: Rejected) -> DeliveryFailed:
    words = _WORDS.get(rejected.code)
    return DeliveryFailed(f"{words} ({rejected.code})" if words else str(rejected), "impossible")


def _plain(card: Card) -> Card:
    """The same words without what may have been too much: no pictures, tables or buttons."""
    return Card(card.title, card.summary, ref=card.ref, tone=card.tone)


def _later(lost: DatabaseGone) -> DeliveryFailed:
    return DeliveryFailed(f"the way to Teams could not be looked up: {lost}", "not sent", AGAIN_IN)
