"""One person who asks without end waits a little; everybody else is answered, and what counted counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.talk import Person, Reply
from bot.commands.answering import Answering
from bot.commands.limits import MINUTE, MOST_REMEMBERED, RESTS, Limit
from bot.commands.table import COMMANDS
from tests.world import World, moment, private

LOG = "handoff 1 qualified lead to sales ref {}"


@pytest.fixture
def hurried(world: World) -> World:
    """Five requests a minute are enough for anybody here."""
    world.house.answering = Answering(world.house.database, world.clock, COMMANDS, limit=Limit(5))
    return world


async def test_he_is_told_once_when_to_go_on_and_the_others_notice_nothing(hurried: World) -> None:
    for number in range(5):
        assert not (await hurried.channel().says("josh", LOG.format(number))).refused
    told = await hurried.channel().says("josh", LOG.format(6))
    assert private(told).startswith(
        "That was more than 5 requests within a minute, and the others want to be heard too."
    )
    assert "Go on in 10 seconds" in private(told)
    assert await hurried.channel().says("josh", LOG.format(7)) == Reply(refused=True)
    assert "5 of" in private(await hurried.direct("amy").says("amy", "status"))
    hurried.everyone_heard_all()


async def test_after_ten_seconds_he_goes_on_and_what_was_said_before_is_not_lost(hurried: World) -> None:
    for number in range(7):
        await hurried.channel().says("josh", LOG.format(number))
    hurried.clock.set(hurried.clock.now() + RESTS + timedelta(seconds=3))
    assert not (await hurried.channel().says("josh", LOG.format(8))).refused
    assert "6 of" in private(await hurried.direct("amy").says("amy", "status"))
    hurried.everyone_heard_all()


async def test_what_was_filled_into_a_form_stays_in_it(hurried: World) -> None:
    form = (await hurried.channel().says("josh", "handoff …")).form
    assert form is not None
    for _ in range(4):
        await hurried.channel().says("josh", "status")
    reply = await hurried.channel().fills("josh", form, quantity="3", unit="qualified leads", to="sales")
    assert reply.card is None
    assert [("Go on in 10 seconds" in sentence) for sentence in reply.errors.values()] == [True]


async def test_a_request_counts_when_it_came_in_so_that_a_restart_loses_nothing_acknowledged(hurried: World) -> None:
    came = hurried.clock.now()
    hurried.clock.set(came + timedelta(minutes=10))
    room = hurried.channel()
    for number in range(20):
        at = came + timedelta(seconds=15 * number)
        asked = replace(room._utterance("josh", "", text=LOG.format(number)), at=at)
        assert not (await hurried.ask(asked)).refused
    hurried.everyone_heard_all()


def test_as_many_a_minute_as_agreed_come_through_whenever_they_come() -> None:
    limit, at, josh = Limit(120), moment("Mon 05 Oct 2026 09:00"), Person("x", "slack", "U1")
    through = sum(limit.wait(josh, at + timedelta(milliseconds=100 * tenth)) is None for tenth in range(6_000))
    assert 1_100 <= through <= 1_320, "ten minutes of ten a second"
    steady = Person("x", "slack", "U2")
    assert all(limit.wait(steady, at + timedelta(seconds=second / 2)) is None for second in range(1_000))


def test_whoever_asked_long_ago_takes_no_room() -> None:
    limit, at = Limit(120), moment("Mon 05 Oct 2026 09:00")
    for number in range(MOST_REMEMBERED):
        limit.wait(Person("x", "slack", f"U{number}"), at)
    limit.wait(Person("x", "slack", "late"), at + 2 * MINUTE)
    assert len(limit._full_until) == 1
