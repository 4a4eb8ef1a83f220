"""Several promises of one unit: the bot asks to whom, and the answer keeps all that was said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.talk import Reply
from tests.beginnings import Worlds
from tests.retold import retold
from tests.world import World, private

SECOND = """
  service-leads:
    kind: volume
    name: Leads for service
    giver: marketing
    receiver: service
    unit: {singular: qualified lead, plural: qualified leads, aliases: [lead, leads]}
    target: 20
    period: month
    silence_accepts_after: 2wd

  status-reports:"""


@pytest.fixture
async def two(worlds: Worlds, tmp_path: Path) -> AsyncIterator[World]:
    """Marketing promises qualified leads to sales and to service, and all three talk in one channel."""
    together = ("parties: [marketing, sales]", "parties: [marketing, sales, service]")
    world = await worlds.begin(retold(tmp_path, ("\n  status-reports:", SECOND), together))
    yield world
    world.everyone_else_heard_nothing()


def _answer(reply: Reply, label: str) -> str:
    assert reply.card is not None
    return next(button.says for button in reply.card.buttons if button.label == label)


async def test_the_buttons_log_it_with_the_note_and_the_reference_it_was_said_with(two: World) -> None:
    reply = await two.channel().says("josh", "handoff 25 leads ref Webinar 3 note met them at the fair")
    assert reply.refused
    await two.channel().says("josh", _answer(reply, "To Sales"))
    two.channel().hears("H-1 · Marketing → Sales · 25", "Webinar 3", "met them at the fair")


async def test_a_form_that_left_it_open_is_asked_the_same_and_loses_nothing(two: World) -> None:
    form = (await two.channel().says("josh", "handoff")).form
    assert form is not None
    reply = await two.channel().fills("josh", form, quantity="5", unit="qualified leads", note="by form")
    await two.channel().says("josh", _answer(reply, "To Service"))
    two.channel().hears("H-1 · Marketing → Service · 5", "by form")


async def test_said_with_the_receiver_nothing_is_asked(two: World) -> None:
    reply = await two.channel().says("josh", "handoff 25 leads to service")
    assert private(reply) == ""
    two.channel().hears("H-1 · Marketing → Service · 25")


async def test_what_is_wrong_in_a_form_is_said_at_its_field(two: World) -> None:
    form = (await two.channel().says("josh", "handoff")).form
    assert form is not None
    ahead = await two.channel().fills(
        "josh", form, quantity="5", unit="qualified leads", receiver="Sales", on="2026-12-24"
    )
    assert ahead.card is None
    assert "24 December 2026 has not come yet" in ahead.errors["on"]


TWIN = (
    SECOND.replace("service-leads", "more-leads")
    .replace("Leads for service", "Extra leads")
    .replace("receiver: service", "receiver: sales")
)


@pytest.fixture
async def twins(worlds: Worlds, tmp_path: Path) -> AsyncIterator[World]:
    """Marketing promises qualified leads to sales twice over."""
    world = await worlds.begin(retold(tmp_path, ("\n  status-reports:", TWIN)))
    yield world
    world.everyone_else_heard_nothing()


async def test_two_promises_to_one_receiver_are_told_apart_by_their_keys(twins: World) -> None:
    reply = await twins.channel().says("josh", "handoff 25 leads to sales note from the fair")
    assert reply.refused
    assert "promised more than once here" in private(reply)
    await twins.channel().says("josh", _answer(reply, "Extra leads (C-2)"))
    twins.channel().hears("H-1 · Marketing → Sales · 25", "from the fair", "25 of 20")
    await twins.channel().says("josh", "handoff 5 leads under C-1")
    twins.channel().hears("H-2 · Marketing → Sales · 5", "5 of 25")


async def test_a_promise_that_is_not_the_speakers_is_refused_by_name(twins: World) -> None:
    reply = await twins.channel().says("josh", "handoff 5 leads under C-3")
    assert reply.refused
    assert "Lead status reports (C-3) is not where your qualified leads count" in private(reply)
