"""What the outbox says in Teams arrives; what is known and what is not after a failure decides what happens next."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.chat.card import Button, Card, Table, Text
from bot.chat.messenger import CannotLook, DeliveryFailed, MessageRef
from bot.chat.talk import Place
from bot.teams.plugs import Desk
from tests.teams.fake_connector import OUR_TOKEN, Fault, error
from tests.teams.stage import CHANNEL, WORKSPACE, Stage, stage

CHANNEL_PLACE = Place(WORKSPACE, "teams", "channel", CHANNEL, "#smarketing")
JOSH = Place(WORKSPACE, "teams", "direct", "josh", "Josh")
CARD = Card("Hello", "Hello there", (Text(("words",)),), ref="H-1")


async def installed(it: Stage) -> None:
    await it.teams.send(it.teams.activity("amy", CHANNEL, type="installationUpdate", action="add"))


def hang_up(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


FAULTS: list[tuple[Fault, str, str]] = [
    (lambda _: error(429, "TooManyRequests", "slow down", **{"Retry-After": "7"}), "not sent", "not sent"),
    (lambda _: error(412, "PreconditionFailed", "later"), "not sent", "not sent"),
    (lambda _: error(401, "Unauthorized", "token expired"), "not sent", "not sent"),
    (lambda _: error(500, "ServiceError", "x"), "unknown", "not sent"),
    (lambda _: error(502, "BadGateway", "x"), "unknown", "not sent"),
    (lambda _: web.Response(status=504, text="<html>"), "unknown", "not sent"),
    (lambda _: web.Response(status=201, text="nonsense"), "unknown", ""),
    (lambda _: web.json_response({"ok": True}, status=201), "unknown", ""),
    (hang_up, "unknown", ""),  # a change may go twice, and the client sends it again by itself
    (lambda _: error(403, "MessageWritesBlocked", "x"), "impossible", "impossible"),
    (lambda _: error(403, "BotNotInConversationRoster", "x"), "impossible", "impossible"),
    (lambda _: error(404, "ConversationNotFound", "x"), "impossible", "impossible"),
    (lambda _: web.Response(status=302, headers={"Location": "https://evil.example/"}), "unknown", "not sent"),
]


@pytest.mark.parametrize(("fault", "on_post", "on_edit"), FAULTS)
async def test_a_failure_says_what_is_known(one_url: str, fault: Fault, on_post: str, on_edit: str) -> None:
    async with stage(one_url) as it:
        await installed(it)
        it.teams.faults.append(fault)
        with pytest.raises(DeliveryFailed) as failed:
            await it.door.messenger.post(CHANNEL_PLACE, CARD, delivery_id="d1", ref="H-1")
        assert failed.value.outcome == on_post
        said = await it.door.messenger.post(CHANNEL_PLACE, CARD, delivery_id="d2", ref="H-1")
        it.teams.faults.append(fault)
        if on_edit:
            with pytest.raises(DeliveryFailed) as failed:
                await it.door.messenger.edit(said, CARD, delivery_id="d3")
            assert failed.value.outcome == on_edit
        else:
            assert await it.door.messenger.edit(said, CARD, delivery_id="d3") == said


async def test_a_wait_that_teams_asks_for_is_kept_with_a_little_chance(one_url: str) -> None:
    async with stage(one_url) as it:
        await installed(it)
        it.teams.faults.append(lambda _: error(429, "x", "x", **{"Retry-After": "10"}))
        with pytest.raises(DeliveryFailed) as failed:
            await it.door.messenger.post(CHANNEL_PLACE, CARD, delivery_id="d1", ref="")
        assert failed.value.retry_after is not None
        assert 10 <= failed.value.retry_after <= 15


async def test_a_connection_refused_is_known_not_to_have_happened(one_url: str) -> None:
    async with stage(one_url) as it:
        await installed(it)
        assert it.teams._server is not None
        await it.teams._server.close()
        with pytest.raises(DeliveryFailed) as failed:
            await it.door.messenger.post(CHANNEL_PLACE, CARD, delivery_id="d1", ref="")
        assert failed.value.outcome == "not sent"


async def test_a_message_that_teams_lost_is_said_anew_when_it_is_changed(one_url: str) -> None:
    async with stage(one_url) as it:
        await installed(it)
        said = await it.door.messenger.post(CHANNEL_PLACE, CARD, delivery_id="d1", ref="")
        it.teams.said.clear()
        anew = await it.door.messenger.edit(said, CARD, delivery_id="d2")
        assert anew != said
        assert len(it.teams.heard(CHANNEL)) == 1


async def test_what_teams_refuses_as_drawn_is_said_more_plainly(one_url: str) -> None:
    async with stage(one_url) as it:
        await installed(it)
        rich = Card("Title", "All of it in a sentence.", (Table(("a",), ((("b",),),)),), (Button("x", "help"),))
        it.teams.faults.append(lambda _: error(400, "BadSyntax", "Bad format of card"))
        await it.door.messenger.post(CHANNEL_PLACE, rich, delivery_id="d1", ref="")
        (said,) = it.teams.heard(CHANNEL)
        assert said.activity["summary"] == "All of it in a sentence."
        assert "actions" not in str(said.card["body"])


async def test_a_message_goes_into_its_thread(one_url: str) -> None:
    async with stage(one_url) as it:
        await installed(it)
        root = await it.door.messenger.post(CHANNEL_PLACE, CARD, delivery_id="d1", ref="")
        thread = Place(WORKSPACE, "teams", "channel", CHANNEL, "", root.id)
        await it.door.messenger.post(thread, CARD, delivery_id="d2", ref="")
        assert it.teams.said[-1].conversation == f"{CHANNEL};messageid={root.id.split()[1]}"


async def test_a_person_never_heard_of_is_written_to_through_their_stable_id(one_url: str) -> None:
    async with stage(one_url) as it:
        await installed(it)
        ref = await it.door.messenger.post(JOSH, CARD, delivery_id="d1", ref="")
        again = await it.door.messenger.post(JOSH, CARD, delivery_id="d2", ref="")
        assert ref.id.split()[0] == again.id.split()[0] == "a:josh"
        assert it.teams.tokens_seen == [OUR_TOKEN] * 3  # the chat was opened once


async def test_a_chat_that_its_owner_deleted_is_opened_anew(one_url: str) -> None:
    async with stage(one_url) as it:
        await installed(it)
        await it.teams.says("amy", "help")
        it.teams.conversations.discard("a:amy")
        place = Place(WORKSPACE, "teams", "direct", "amy")
        said = await it.door.messenger.post(place, CARD, delivery_id="d1", ref="H-1")
        assert it.teams.heard("a:amy")[-1].id == said.id.rpartition(" ")[2]
        it.teams.faults += [lambda _: error(404, "ConversationNotFound", "x"), lambda _: error(403, "BotBlocked", "x")]
        with pytest.raises(DeliveryFailed) as failed:
            await it.door.messenger.post(place, CARD, delivery_id="d2", ref="H-1")
        assert failed.value.outcome == "impossible"


async def test_a_company_without_an_install_cannot_be_spoken_to(one_url: str) -> None:
    async with stage(one_url) as it:
        for place in (CHANNEL_PLACE, JOSH):
            with pytest.raises(DeliveryFailed) as failed:
                await it.door.messenger.post(place, CARD, delivery_id="d", ref="")
            assert failed.value.outcome == "impossible"


async def test_another_companys_conversation_is_out_of_reach(one_url: str) -> None:
    async with stage(one_url) as it:
        await installed(it)
        elsewhere = Place("other", "teams", "channel", CHANNEL)
        with pytest.raises(DeliveryFailed):
            await it.door.messenger.post(elsewhere, CARD, delivery_id="d", ref="")
        with pytest.raises(DeliveryFailed):
            await it.door.messenger.edit(MessageRef(elsewhere, f"{CHANNEL} 1:1"), CARD, delivery_id="d")
        assert it.teams.said == []


async def test_an_uninstalled_conversation_takes_nothing(one_url: str) -> None:
    async with stage(one_url) as it:
        await installed(it)
        gone = it.teams.activity("amy", CHANNEL, type="conversationUpdate")
        gone["membersRemoved"] = [{"id": gone["recipient"]["id"]}]
        await it.teams.send(gone)
        with pytest.raises(DeliveryFailed) as failed:
            await it.door.messenger.post(CHANNEL_PLACE, CARD, delivery_id="d", ref="")
        assert failed.value.outcome == "impossible"


async def test_nobody_can_look_in_teams(one_url: str) -> None:
    async with stage(one_url) as it:
        with pytest.raises(CannotLook):
            await it.door.messenger.find(CHANNEL_PLACE, "d")


async def test_an_escalation_alerts_in_the_activity_feed_and_nothing_else_does(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.travel_to("Wed 4 Nov 2026 18:00")
        alerting = [each for each in it.teams.said if "notification" in each.activity.get("channelData", {})]
        assert alerting
        assert all("Tried so far" in each.text for each in alerting), "what only a step of the ladder tells"
        assert all(each.conversation.startswith("a:") for each in alerting)
        assert any("missed" in each.text for each in it.teams.heard("a:josh") if each not in alerting)


def urgently(file: Path) -> Path:
    """The same agreement, its weekly report urgent."""
    told = file.read_text(encoding="utf-8")
    file.write_text(told.replace("    report: true ", "    urgent: true\n    report: true "), encoding="utf-8")
    return file


async def test_what_was_agreed_to_be_urgent_alerts_from_the_first_word(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=urgently(company_x)) as it:
        await it.travel_to("Fri 9 Oct 2026 16:00")
        (nudge,) = [each for each in it.teams.heard("a:amy") if "and is not there" in each.text]
        assert nudge.activity["channelData"]["notification"] == {"alert": True}


async def test_nothing_is_lost_and_only_what_is_marked_is_repeated_with_a_third_of_faulty_answers(one_url: str) -> None:
    chance = random.Random(7)
    async with stage(one_url) as it:
        await installed(it)
        await it.delivered()  # the first words in its channel
        it.teams.said.clear()
        it.teams.loses_answer = lambda: chance.random() < 0.12  # and some were lost after it was said
        desk = Desk(it.house.database, it.clock)
        for number in range(40):
            place = Place(WORKSPACE, "teams", "channel", f"19:room{number % 5}@thread.tacv2")
            it.teams.conversations.add(place.id)
            await desk.say(place, Card(f"Message {number:02}", "s", ref=f"H-{number}"), f"k{number}")
        for _ in range(400):
            it.teams.faults[:] = [faulty(chance) for _ in range(50)]
            await it.delivered()
            upcoming = await it.house.deliverer.next_at()
            if upcoming is None:
                break
            it.clock.set(max(upcoming, it.clock.now() + timedelta(seconds=1)))
        titles = [next(word for word in said.text.split("\n") if word.startswith("Message")) for said in it.teams.said]
        assert sorted(set(titles)) == [f"Message {number:02}" for number in range(40)]
        for title in set(titles):
            copies = [said for said, named in zip(it.teams.said, titles, strict=True) if named == title]
            assert all("Possible repeat" in said.text for said in copies[1:])


def faulty(chance: random.Random) -> Fault:
    """A fifth of the answers are wrong before anything was said."""
    kind = chance.random()
    if kind < 0.1:
        return lambda _: error(429, "x", "x", **{"Retry-After": "1"})
    if kind < 0.2:
        return lambda _: error(502, "x", "x")
    return lambda _: None
