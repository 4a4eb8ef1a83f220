"""What Slack told nobody, because nobody was here, is found by a round: names, archived channels, people who left."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.slack.calls import client, open_session
from bot.slack.installations import TokenFromEnvironment
from bot.slack.plugs import Desk
from bot.slack.ports import Change, ChannelChanged, PersonChanged
from bot.slack.rounds import CALL_EVERY, Rounds
from bot.store import agreements, audit, people
from tests.slack.house import PEOPLE, Office, office, user


@dataclass
class Round:
    """One round in an office: what it passed on, and how long it waited between its calls."""

    changes: list[Change] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)


async def a_round(on: Office) -> Round:
    found, desk = Round(), Desk(on.house.database, on.clock)

    async def changed(change: Change) -> None:
        found.changes.append(change)
        await desk.changed(change)

    async def pause(seconds: float) -> None:
        found.pauses.append(seconds)

    async with open_session() as session:
        web = client(on.slack.api_url, session)
        installations = TokenFromEnvironment("company", "xoxb-1", web)
        await Rounds(desk.concerned, installations, web, changed, pause).go()
    return found


def everybody_is_there(on: Office) -> None:
    on.slack.channels["C1"].name, on.slack.channels["C2"].name = "smarketing", "company-x-service"
    on.slack.people |= {user(each): {"id": user(each), "deleted": False} for each in PEOPLE}


async def test_a_channel_is_called_by_the_name_it_was_given_meanwhile_and_a_second_round_says_nothing(
    tmp_path: Path,
) -> None:
    async with office(tmp_path) as on:
        everybody_is_there(on)
        assert (await a_round(on)).changes == [], "nothing changed"
        on.slack.channels["C1"].name = "growth"
        assert (await a_round(on)).changes == [ChannelChanged("company", "C1", "renamed", name="#growth")]
        (found,) = await on.house.database.read("company", agreements.everything)
        assert [each.name for each in found.latest.terms.channels] == ["#growth", "#company-x-service"]
        entries = (await on.house.database.read("company", audit.verify)).entries
        again = await a_round(on)
        assert again.changes == []
        assert (await on.house.database.read("company", audit.verify)).entries == entries
        assert set(again.pauses) == {CALL_EVERY}, "a call at a time"
        assert len(again.pauses) == 2 + len(PEOPLE)


async def test_a_channel_that_was_archived_and_somebody_who_left_are_told_to_the_owners(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        everybody_is_there(on)
        on.slack.channels["C1"].archived = True
        on.slack.people[user("omar")]["deleted"] = True
        found = await a_round(on)
        assert ChannelChanged("company", "C1", "archived") in found.changes
        left = [each for each in found.changes if isinstance(each, PersonChanged)]
        assert [(each.user, each.active) for each in left] == [(user("omar"), False)]
        assert "omar" not in {each.id for each in await on.house.database.read("company", people.everybody)}
        on.slack.channels["C1"].archived = False
        on.slack.people[user("omar")]["deleted"] = False
        assert len((await a_round(on)).changes) == 2, "and both are back"
        assert (await a_round(on)).changes == []
        on.slack.channels["C1"].archived = False
        await on.settled()


async def test_slack_that_asks_to_slow_down_is_waited_for_and_one_that_knows_nothing_changes_nothing(
    tmp_path: Path,
) -> None:
    async with office(tmp_path) as on:
        everybody_is_there(on)
        on.slack.faults["conversations.info"].append("429")
        assert (await a_round(on)).changes == []
        on.slack.people.clear()
        del on.slack.channels["C2"]
        assert (await a_round(on)).changes == []
