"""Kept is taken out of a channel or comes back into it: owners hear of it at once, and its words follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.store import agreements, audit
from bot.teams.activities import read
from bot.teams.connector import _reason
from bot.teams.plugs import Desk
from bot.teams.rounds import CALL_EVERY, Rounds
from tests.teams.stage import CHANNEL, Stage, stage

TEAM = "19:general@thread.tacv2"


async def event(it: Stage, name: str = "", conversation: str = CHANNEL, **parts: Any) -> None:
    """An event of the team, which has the agreement's channel in it."""
    sent = it.teams.activity("josh", conversation, type="conversationUpdate", **parts)
    sent["channelData"] |= {"team": {"id": TEAM}, "channel": {"id": CHANNEL}} | ({"eventType": name} if name else {})
    status, _ = await it.teams.send(sent)
    assert status == 200
    await it.delivered()


def members(it: Stage, what: str) -> dict[str, Any]:
    return {what: [{"id": it.teams.activity("josh")["recipient"]["id"]}]}


async def hands_over(it: Stage, leads: int) -> int:
    """Josh hands something over in his own chat; how many messages that makes in the channel."""
    before = len(it.teams.heard(CHANNEL))
    await it.teams.says("josh", f"handoff {leads} leads to sales")
    await it.delivered()
    return len(it.teams.heard(CHANNEL)) - before


@pytest.mark.parametrize(
    ("gone", "why", "back"),
    [
        ("membersRemoved", "I was taken out of it", "membersAdded"),
        ("teamHardDeleted", "its team was deleted", "teamRestored"),
        ("channelDeleted", "the channel was deleted", "channelRestored"),
    ],
)
async def test_owners_hear_at_once_that_a_channel_takes_no_words_and_it_takes_them_again(
    one_url: str, company_x: Path, gone: str, why: str, back: str
) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("amy", "help")
        await event(it)
        # Teams tells it of the team's first channel, whichever of them the agreement is spoken of in.
        for name in (gone, gone):
            about = members(it, name) if name.startswith("members") else {}
            await event(it, "" if about else name, TEAM if name.startswith(("members", "team")) else CHANNEL, **about)
        (told,) = [each for each in it.teams.heard("a:amy") if "I can no longer speak" in each.text]
        assert why in told.text
        assert await hands_over(it, 25) == 0
        about = members(it, back) if back.startswith("members") else {}
        await event(it, "" if about else back, TEAM if back.startswith(("members", "team")) else CHANNEL, **about)
        assert await hands_over(it, 30) == 1


async def test_a_channel_is_called_as_teams_calls_it_now(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        sent = it.teams.activity("josh", CHANNEL, type="conversationUpdate")
        sent["channelData"] |= {"eventType": "channelRenamed", "channel": {"id": CHANNEL, "name": "Growth"}}
        for _ in range(2):
            assert (await it.teams.send(sent))[0] == 200
        await it.teams.says("josh", "agreement show A-1")
        await it.delivered()
        assert "Growth (teams, " in it.teams.heard("a:josh")[-1].text


async def test_taken_out_of_a_private_channel_it_stays_in_the_team(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await event(it)
        private = {"channel": {"id": "19:private@thread.tacv2"}, "team": {"id": TEAM}}
        gone = it.teams.activity("josh", TEAM, type="conversationUpdate", **members(it, "membersRemoved"))
        gone["channelData"] |= private | {"eventType": "channelMemberRemoved"}
        await it.teams.send(gone)
        assert await hands_over(it, 25) == 1


@pytest.mark.parametrize(
    ("conversation", "kind"),
    [
        ("a:1qhNLqpUtmuI6U35gzjsJn7uRnCkW8NiZALHfN8AMxdbprS1uta2aT-eHh", "personal"),
        ("19:253b1f341670408fb6fe51050b6e5ceb@thread.skype", "channel"),
        ("19:253b1f341670408fb6fe51050b6e5ceb@thread.tacv2;messageid=1", "channel"),
        ("19:253b1f341670408fb6fe51050b6e5ceb@thread.v2", "groupChat"),
        ("19:meeting_MjdhNjM4YzUtYzExZi00@thread.v2", "groupChat"),
        ("", "groupChat"),
    ],
)
def test_a_conversation_of_no_kind_is_never_taken_for_somebodys_own(conversation: str, kind: str) -> None:
    heard = read({"type": "message", "conversation": {"id": conversation}, "from": {"id": "29:amy"}})
    assert heard.kind == kind
    assert heard.known is None or (heard.known.conversation != "") == (kind == "personal")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"error": {"code": "BotNotInConversationRoster", "message": "…"}}, "BotNotInConversationRoster"),
        (
            {"errorCode": 209, "message": '{\r\n "subCode": "MessageWritesBlocked",\r\n "details": "Blocked."}'},
            "MessageWritesBlocked",
        ),
        ({"errorCode": 209, "message": '{"subCode": null}'}, ""),
        ({"message": "An error has occurred."}, ""),
        ({"error": "BotNotInConversationRoster"}, ""),
        ({}, ""),
    ],
)
def test_both_shapes_of_a_refusal_are_read(body: dict[str, Any], code: str) -> None:
    assert _reason(body)[0] == code


async def test_a_channel_that_was_renamed_while_nobody_was_here_is_called_so_after_a_round(
    one_url: str, company_x: Path
) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await event(it)
        desk = Desk(it.house.database, it.clock)
        waited: list[float] = []

        async def pause(seconds: float) -> None:
            waited.append(seconds)

        rounds = Rounds(desk.concerned, it.door._connector, desk.renamed, pause)
        await rounds.go()  # which Teams does not answer
        it.teams.channels[TEAM] = {CHANNEL: "Growth", "19:other@thread.tacv2": "Other"}
        for _ in range(2):
            await rounds.go()
            (found,) = await it.house.database.read("company", agreements.everything)
            assert [each.name for each in found.latest.terms.channels if each.id == CHANNEL] == ["Growth"]
        renamed = await it.house.database.read("company", lambda tx: audit.about(tx, "A-1"))
        assert [line.what for line in renamed].count("ChannelRenamed") == 1
        assert waited == [CALL_EVERY] * 3
        await it.delivered()
