"""The outbox speaks in the browser's rooms as it does on Slack: once, in place, and it can look back."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.chat.card import Card
from bot.chat.messenger import DeliveryFailed, MessageRef, Messenger
from bot.chat.said import Said
from bot.chat.talk import Place
from bot.store.database import DatabaseGone
from bot.web.outbound import WebMessenger
from tests.bot.web.memory import SMARKETING, House, MemoryMessages, direct

CARD = Card("25 leads", "25 leads")


async def test_a_message_is_kept_and_open_pages_are_woken(house: House) -> None:
    messenger: Messenger = house.messenger
    rung = house.bell.listen()
    told = await messenger.post(SMARKETING, CARD, delivery_id="d1", ref="H-1")
    assert rung.is_set()
    assert told.place == SMARKETING
    assert [said.card for said in await house.messages.list(SMARKETING)] == [CARD]


async def test_the_same_delivery_is_said_once(house: House) -> None:
    first = await house.messenger.post(SMARKETING, CARD, delivery_id="d1", ref="")
    assert await house.messenger.post(SMARKETING, CARD, delivery_id="d1", ref="") == first


async def test_a_message_is_changed_in_place(house: House) -> None:
    told = await house.messenger.post(SMARKETING, CARD, delivery_id="d1", ref="")
    rung = house.bell.listen()
    assert await house.messenger.edit(told, Card("accepted", ""), delivery_id="d2") == told
    assert rung.is_set()
    assert [said.card.title for said in await house.messages.list(SMARKETING)] == ["accepted"]


async def test_what_was_never_said_cannot_be_changed(house: House) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await house.messenger.edit(MessageRef(SMARKETING, "99"), CARD, delivery_id="d2")
    assert failed.value.outcome == "impossible"


async def test_a_message_of_unknown_fate_can_be_found_in_its_place(house: House) -> None:
    told = await house.messenger.post(SMARKETING, CARD, delivery_id="d1", ref="")
    assert await house.messenger.find(SMARKETING, "d1") == told
    assert await house.messenger.find(SMARKETING, "d2") is None
    assert await house.messenger.find(direct("amy"), "d1") is None


class Locked(MemoryMessages):
    async def insert(self, place: Place, card: Card, *, delivery_id: str, ref: str, at: datetime) -> Said:
        raise DatabaseGone


async def test_a_store_that_is_locked_is_tried_again_a_little_later(house: House) -> None:
    messenger = WebMessenger(Locked(), house.bell, house.clock.now)
    with pytest.raises(DeliveryFailed) as failed:
        await messenger.post(SMARKETING, CARD, delivery_id="d1", ref="")
    assert (failed.value.outcome, failed.value.retry_after) == ("not sent", 1.0)
