"""How the outbox speaks in the browser: a message kept, and the open pages woken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.chat.card import Card
from bot.chat.messenger import DeliveryFailed, MessageRef
from bot.chat.said import Said
from bot.chat.talk import Place, Platform
from bot.store.database import DatabaseGone
from bot.web.bell import Bell
from bot.web.ports import Messages

AGAIN_IN = 1.0
"""Seconds before a message that the store could not take is tried again."""


class WebMessenger:
    """Says cards in the rehearsal's rooms.

    The store keeps a delivery once, so a message whose fate is unknown may simply be said again:
    every failure is "not sent". Made by the composition root; nothing to close.
    """

    def __init__(self, messages: Messages, bell: Bell, now: Callable[[], datetime], platform: Platform = "web") -> None:
        """Speak into `messages`, ring `bell`, date what is said by `now`; a rehearsal plays other platforms, too."""
        self.platform: Platform = platform
        self._messages = messages
        self._bell = bell
        self._now = now

    async def post(
        self,
        place: Place,
        card: Card,
        *,
        delivery_id: str,
        ref: str,
        alerts: bool = False,  # noqa: ARG002 -- the port
    ) -> MessageRef:
        """Say `card` in `place`, once for each delivery id. Raises DeliveryFailed."""
        try:
            said = await self._messages.insert(place, card, delivery_id=delivery_id, ref=ref, at=self._now())
        except DatabaseGone as lost:
            raise _later(lost) from lost
        self._bell.ring()
        return _ref(said)

    async def edit(self, message: MessageRef, card: Card, *, delivery_id: str) -> MessageRef:
        """Replace what a message says, in place. Raises DeliveryFailed, for good where there is none."""
        try:
            said = await self._messages.edit(int(message.id), card, delivery_id=delivery_id, at=self._now())
        except DatabaseGone as lost:
            raise _later(lost) from lost
        if said is None:
            msg = f"there is no message {message.id} in this room to change"
            raise DeliveryFailed(msg, "impossible")
        self._bell.ring()
        return _ref(said)

    async def find(self, place: Place, delivery_id: str) -> MessageRef | None:
        """The message a delivery made, if it did. Raises DeliveryFailed."""
        try:
            said = await self._messages.find(delivery_id)
        except DatabaseGone as lost:
            raise _later(lost) from lost
        return _ref(said) if said is not None and said.place.id == place.id else None


def _ref(said: Said) -> MessageRef:
    return MessageRef(said.place, str(said.id))


def _later(lost: DatabaseGone) -> DeliveryFailed:
    return DeliveryFailed(f"the room could not take the message: {lost}", "not sent", retry_after=AGAIN_IN)
