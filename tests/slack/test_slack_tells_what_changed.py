"""People and channels change, the bot comes and goes: the house is told, and homes and welcomes are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.chat.card import Button, Card, Fact, Table
from bot.slack.homes import home_view
from bot.slack.ports import ChannelChanged, PersonChanged, Section, Uninstalled
from bot.slack.render import Look
from tests.slack.fake_slack import words_in
from tests.slack.house import office, user
from tests.slack.rules import view_problems
from tests.slack.stage import stage


def channel(what: Any, by: str = "", name: str = "", new_id: str = "") -> ChannelChanged:
    return ChannelChanged("company", "C1", what, by, name, new_id)


@pytest.mark.parametrize(
    ("event", "change"),
    [
        ({"type": "channel_archive", "channel": "C1", "user": "U0AMY"}, channel("archived", "U0AMY")),
        ({"type": "group_archive", "channel": "C1"}, channel("archived")),
        ({"type": "channel_unarchive", "channel": "C1", "user": "U0AMY"}, channel("unarchived", "U0AMY")),
        ({"type": "channel_deleted", "channel": "C1", "actor_id": "U0AMY"}, channel("deleted", "U0AMY")),
        ({"type": "channel_rename", "channel": {"id": "C1", "name": "new"}}, channel("renamed", name="#new")),
        (
            {"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": "C9"},
            channel("moved", new_id="C9"),
        ),
        ({"type": "channel_left", "channel": "C1", "actor_id": "U0AMY"}, channel("bot removed", "U0AMY")),
        ({"type": "member_left_channel", "channel": "C1", "user": "U0KEPT"}, channel("bot removed")),
        (
            {"type": "member_joined_channel", "channel": "C1", "user": "U0KEPT", "inviter": "U0AMY"},
            channel("bot added", "U0AMY"),
        ),
    ],
)
async def test_what_becomes_of_a_channel_is_told(event: dict[str, Any], change: ChannelChanged) -> None:
    async with stage() as on:
        await on.slack.happens(event)
        assert on.house.changes == [change]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "member_left_channel", "channel": "C1", "user": "U0AMY"},
        {"type": "member_joined_channel", "channel": "C1", "user": "U0AMY"},
        {"type": "channel_archive"},
        {"type": "channel_id_changed", "old_channel_id": "C1"},
        {"type": "user_change", "user": {"id": "B0", "is_bot": True}},
        {"type": "user_change", "user": "U0AMY"},
        {"type": "tokens_revoked", "tokens": {"oauth": ["U0AMY"]}},
        {"type": "app_home_opened"},
    ],
)
async def test_what_concerns_nobody_here_is_let_go(event: dict[str, Any]) -> None:
    async with stage() as on:
        assert [answer.status for answer in await on.slack.happens(event)] == [200]
        assert on.house.changes == []


async def test_a_renamed_or_deactivated_person_and_a_guest_are_told() -> None:
    profile = {"display_name": "Amy S."}
    async with stage() as on:
        user = {
            "id": "U0AMY",
            "name": "amy",
            "profile": profile,
            "tz": "Asia/Tokyo",
            "deleted": True,
            "is_restricted": True,
        }
        await on.slack.happens({"type": "user_change", "user": user})
        assert on.house.changes == [PersonChanged("company", "U0AMY", "Amy S.", "Asia/Tokyo", active=False, guest=True)]


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0KEPT"]}}]
)
async def test_an_uninstall_is_told_once_and_nothing_more_is_tried(event: dict[str, Any]) -> None:
    async with stage() as on:
        await on.slack.types("U0AMY", "help")
        await on.slack.happens(event)
        await on.slack.happens(event)
        assert [type(change) for change in on.house.changes] == [Uninstalled]
        installation = await on.ports.installations.of_team("T1", "")
        assert installation is not None
        assert installation.broken


async def test_a_channel_is_welcomed_when_the_bot_is_added_and_a_person_who_opens_it() -> None:
    async with stage() as on:
        await on.slack.happens({"type": "member_joined_channel", "channel": "C1", "user": "U0KEPT"})
        await on.slack.happens({"type": "app_home_opened", "user": "U0AMY", "tab": "messages"})
        assert [(place.kind, place.id) for place in on.house.welcomed] == [("channel", "C1"), ("direct", "U0AMY")]


async def test_the_home_shows_each_section_to_its_reader() -> None:
    async with stage() as on:
        mine = Card("H-41 waits for you", "s", buttons=(Button("Accept", "accept H-41", may=("amy",)),))
        owed = Card("Nothing late", "s", buttons=(Button("Nudge", "nudge", may=("josh",)),))
        on.house.sections = (Section("Needs you", (mine, mine)), Section("You are owed", (owed,)), Section("Held", ()))
        await on.slack.happens({"type": "app_home_opened", "user": "U0AMY", "tab": "home"})
        seen = words_in(on.slack.homes["U0AMY"]["blocks"])
        assert "Needs you" in seen
        assert seen.count("H-41 waits for you") == 2
        assert "Accept" in seen
        assert "Nudge" not in seen
        assert "Held" not in seen


async def test_a_button_in_the_home_answers_in_a_modal() -> None:
    from bot.chat.talk import Reply

    async with stage() as on:
        on.house.answers = lambda asked: Reply(card=Card("Your digest comes at 09:00.", "s"))
        payload = on.slack.press("U0AMY", '{"say":"digest 09:00"}')
        for name in ("channel", "message", "response_url"):
            del payload[name]
        payload |= {"view": {"id": "VHOME", "type": "home"}, "container": {"type": "view", "view_id": "VHOME"}}
        await on.slack.interacts(payload)
        await on.settled()
        (asked,) = on.house.asked
        assert (asked.place.kind, asked.place.id) == ("direct", "U0AMY")
        (view,) = on.slack.views.values()
        assert "09:00" in words_in(view["blocks"])


def test_a_home_of_everything_stays_within_the_limits_and_says_that_there_is_more() -> None:
    rows = tuple(((f"L-{number}", " with a long note" * 3), ("x" * 40,)) for number in range(300))
    card = Card("Leads", "s", (Table(("a", "b"), rows), Fact("a", ("b",))), (Button("Go", "go"),))
    view = home_view([Section(f"Section {number}", (card,) * 3) for number in range(9)], Look())
    assert view_problems(view) == []
    assert "more than fits" in words_in(view["blocks"])


def test_an_empty_home_says_why() -> None:
    view = home_view([], Look())
    assert view_problems(view) == []


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ({"type": "channel_archive", "channel": "C1", "user": "U0TOM"}, "the channel was archived."),
        ({"type": "channel_deleted", "channel": "C1", "actor_id": "U0TOM"}, "the channel was deleted."),
        ({"type": "member_left_channel", "channel": "C1", "user": "U0KEPT"}, "I was removed from the channel."),
    ],
)
async def test_health_tells_of_a_channel_that_takes_no_words(tmp_path: Path, event: dict[str, Any], why: str) -> None:
    async with office(tmp_path, at="Fri 02 Oct 2026 10:02") as on:
        for _ in range(2):
            assert [answer.status for answer in await on.slack.happens(event)] == [200]
        await on.settled()
        told = [message for message in on.direct("amy").messages if "no longer speak" in words_in(message["blocks"])]
        assert len(told) == 1, "told once, however often Slack says it"
        health = words_in((await on.slack.types(user("amy"), "health")).body)
        assert f"#smarketing\n\n cannot be reached: {why}" in health
        await on.slack.happens({"type": "member_joined_channel", "channel": "C1", "user": "U0KEPT"})
        await on.settled()
        assert "Everything works" in words_in((await on.slack.types(user("amy"), "health")).body)
