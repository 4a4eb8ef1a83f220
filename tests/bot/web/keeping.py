"""How messages are kept, told once for every keeper: the rooms in memory and the store on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.chat.card import Card
from bot.chat.talk import Place
from bot.web.ports import Messages
from tests.bot.chat.cards import receipt
from tests.bot.web.memory import SMARKETING, STARTS, direct

ROOMS = [SMARKETING, direct("amy")]


def card(title: str) -> Card:
    return Card(title, title)


async def say(messages: Messages, title: str, place: Place = SMARKETING, delivery: str = "") -> int:
    said = await messages.insert(place, card(title), delivery_id=delivery or title, ref="", at=STARTS)
    return said.id


async def titles(messages: Messages, place: Place = SMARKETING, **more: int) -> list[str]:
    return [said.card.title for said in await messages.list(place, **more)]


class Keeping:
    """Once for each delivery, changed in place, and nothing missed by who comes back."""

    async def test_a_message_comes_back_as_it_was_said(self, messages: Messages) -> None:
        said = await messages.insert(SMARKETING, receipt(), delivery_id="d1", ref="H-41", at=STARTS)
        assert await messages.get(said.id) == said
        assert (said.card, said.ref, said.said_at, said.place, said.edited_at) == (
            receipt(), "H-41", STARTS, SMARKETING, None,
        )  # fmt: skip

    async def test_the_same_delivery_is_the_same_message(self, messages: Messages) -> None:
        first = await say(messages, "once", delivery="d1")
        before = await messages.latest()
        assert await say(messages, "twice", delivery="d1") == first
        assert await titles(messages) == ["once"]
        assert await messages.latest() == before

    async def test_twins_that_arrive_at_once_are_one_message(self, messages: Messages) -> None:
        ids = await asyncio.gather(*(say(messages, "twin", delivery="d1") for _ in range(5)))
        assert len(set(ids)) == 1
        assert await titles(messages) == ["twin"]

    async def test_an_edit_changes_a_message_in_place_and_is_dated(self, messages: Messages) -> None:
        first, _ = await say(messages, "25 awaiting"), await say(messages, "another")
        later = STARTS + timedelta(hours=1)
        edited = await messages.edit(first, card("25 accepted"), delivery_id="e1", at=later)
        assert edited is not None
        assert (edited.id, edited.edited_at, edited.said_at) == (first, later, STARTS)
        assert await titles(messages) == ["25 accepted", "another"]

    async def test_an_edit_that_is_sent_again_changes_nothing(self, messages: Messages) -> None:
        first = await say(messages, "a")
        await messages.edit(first, card("b"), delivery_id="e1", at=STARTS)
        before = await messages.latest()
        await messages.edit(first, card("b"), delivery_id="e1", at=STARTS)
        assert await messages.latest() == before

    async def test_there_is_nothing_to_edit_where_nothing_was_said(self, messages: Messages) -> None:
        assert await messages.edit(99, card("x"), delivery_id="e", at=STARTS) is None
        assert await messages.get(99) is None

    async def test_a_delivery_whose_fate_is_unknown_can_be_looked_up(self, messages: Messages) -> None:
        told = await say(messages, "x", delivery="d7")
        found = await messages.find("d7")
        assert found is not None
        assert found.id == told
        assert await messages.find("d8") is None

    async def test_who_comes_back_is_given_what_changed_since_in_order(self, messages: Messages) -> None:
        first = await say(messages, "a")
        seen = await messages.latest()
        await say(messages, "b", direct("amy"))
        await say(messages, "not hers", direct("josh"))
        await messages.edit(first, card("a2"), delivery_id="e", at=STARTS)
        changed = await messages.changed(ROOMS, since=seen)
        assert [said.card.title for said in changed] == ["b", "a2"]
        assert await messages.changed(ROOMS, since=changed[-1].revision) == type(changed)()

    async def test_a_long_talk_is_read_page_by_page(self, messages: Messages) -> None:
        ids = [await say(messages, f"m{number}") for number in range(5)]
        assert await titles(messages, limit=2) == ["m3", "m4"]
        assert await titles(messages, limit=2, before=ids[3]) == ["m1", "m2"]

    async def test_a_thread_hangs_under_its_message_and_stays_out_of_the_room(self, messages: Messages) -> None:
        root = await say(messages, "root")
        seen = await messages.latest()
        thread = Place("w", "web", "channel", "smarketing", "smarketing", str(root))
        await say(messages, "note", thread)
        assert await titles(messages) == ["root"]
        assert await titles(messages, thread) == ["note"]
        changed = {said.card.title: said for said in await messages.changed(ROOMS, since=seen)}
        assert changed["root"].replies == 1
        assert changed["root"].edited_at is None

    async def test_unread_is_what_was_said_since_one_last_looked_and_no_edit(self, messages: Messages) -> None:
        first = await say(messages, "a")
        await say(messages, "b", direct("amy"))
        assert {key: n for key, n in (await messages.unread("amy", ROOMS)).items() if n} == {
            ("channel", "smarketing"): 1,
            ("direct", "amy"): 1,
        }
        await messages.mark_read("amy", SMARKETING)
        await messages.edit(first, card("a2"), delivery_id="e", at=STARTS)
        assert {key: n for key, n in (await messages.unread("amy", ROOMS)).items() if n} == {("direct", "amy"): 1}
        directs = {member: direct(member) for member in ("amy", "josh")}
        assert await messages.unread_by(directs) == {"amy": 1, "josh": 0}
        await messages.mark_read("amy", directs["amy"])
        assert await messages.unread_by(directs) == {"amy": 0, "josh": 0}
        await say(messages, "c")
        await messages.mark_read("josh", SMARKETING)
        assert (await messages.unread("amy", ROOMS))["channel", "smarketing"] == 1
