"""The port through which the outbox speaks; one adapter a platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.chat.card import Card
from bot.chat.talk import Place, Platform


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where a message ended up, in the platform's own terms: enough to edit it or to hang a thread under it."""

    place: Place
    id: str


class DeliveryFailed(Exception):
    """A message did not (provably) arrive.

    `outcome` is what is known: "not sent" (429, 412, connection refused: may go again after
    `retry_after` seconds), "unknown" (no answer, 5xx, nonsense: look before sending again) or
    "impossible" (archived channel, revoked token: go by another route).
    """

    def __init__(
        self,
        message: str,
        outcome: Literal["not sent", "unknown", "impossible"],
        retry_after: float | None = None,
    ) -> None:
        """Carry the one distinction that a retry needs."""
        super().__init__(message)
        self.outcome = outcome
        self.retry_after = retry_after


class CannotLook(Exception):
    """This platform, or this grant, does not let us read back what we sent."""


class Messenger(Protocol):
    """Says cards on one platform. One wire call a method; no hidden retries.

    Life cycle: made by the composition root, used by the delivery job only, closed with the app.
    """

    platform: Platform

    async def post(self, place: Place, card: Card, *, delivery_id: str, ref: str, alerts: bool = False) -> MessageRef:
        """Say `card` in `place`. `delivery_id` travels with it so that `find` can recognise it.

        `alerts` says that its reader may be called away from something else: an escalation.
        Raises DeliveryFailed.
        """
        ...

    async def edit(self, message: MessageRef, card: Card, *, delivery_id: str) -> MessageRef:
        """Replace what a message says, in place; the reference may change. Raises DeliveryFailed."""
        ...

    async def find(self, place: Place, delivery_id: str) -> MessageRef | None:
        """Tell whether a message of unknown outcome did arrive. Raises CannotLook, DeliveryFailed."""
        ...
