"""What people type and press in Teams reaches the house, and the answer reaches whoever asked, and nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.chat.card import Card
from bot.chat.talk import Place
from tests.teams.reading import actions, elements, text
from tests.teams.stage import CHANNEL, WORKSPACE, Stage, stage


async def test_a_mention_in_the_channel_logs_a_handoff_and_the_receipt_stands_there(
    one_url: str, company_x: Path
) -> None:
    async with stage(one_url, agreement=company_x) as it:
        before = len(it.teams.heard(CHANNEL))
        status, body = await it.teams.says("josh", "handoff 25 leads to sales", CHANNEL)
        assert (status, body) == (200, None)
        await it.delivered()
        (receipt,) = it.teams.heard(CHANNEL)[before:]
        assert "H-1 · Marketing → Sales · 25 qualified leads" in receipt.text
        assert it.teams.heard("a:josh") == []


async def test_the_same_words_without_a_mention_are_not_for_us(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        activity = it.teams.activity("josh", CHANNEL, text="handoff 25 leads to sales")
        assert await it.teams.send(activity) == (200, None)
        assert it.asked == []


async def test_a_private_answer_goes_into_the_askers_own_chat_and_never_into_the_channel(
    one_url: str, company_x: Path
) -> None:
    async with stage(one_url, agreement=company_x) as it:
        before = len(it.teams.heard(CHANNEL))
        await it.teams.says("josh", "status", CHANNEL)
        await it.delivered()
        assert len(it.teams.heard(CHANNEL)) == before
        (answer,) = it.teams.heard("a:josh")
        assert "Leads" in answer.text or "leads" in answer.text


async def test_bare_words_in_ones_own_chat_are_a_command(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("amy", "help")
        await it.delivered()
        (answer,) = it.teams.heard("a:amy")
        assert "What you can ask" in answer.text


async def test_the_same_activity_delivered_twice_has_one_effect_and_one_answer(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        activity = it.teams.activity("josh", text="handoff 25 leads to sales")
        await it.teams.send(activity)
        await it.teams.send(activity)
        await it.delivered()
        assert sum("H-" in each.text for each in it.teams.heard(CHANNEL)) == 1
        assert len(it.teams.heard("a:josh")) <= 1


async def test_a_press_changes_the_card_for_all_and_tells_whoever_pressed(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("josh", "handoff 25 leads to sales", CHANNEL)
        await it.delivered()
        receipt = it.teams.heard(CHANNEL)[-1]
        answer = await it.teams.presses("amy", receipt, "Accept all")
        assert answer["statusCode"] == 200
        await it.delivered()
        assert receipt.edits >= 1
        assert "accepted" in receipt.text.lower()


async def test_a_second_press_is_told_what_the_first_did(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("josh", "handoff 25 leads to sales", CHANNEL)
        await it.delivered()
        receipt = it.teams.heard(CHANNEL)[-1]
        first = receipt.activity
        await it.teams.presses("amy", receipt, "Accept all")
        await it.delivered()
        receipt.activity = first  # the old card, still on somebody's screen
        answer = await it.teams.presses("priya", receipt, "Accept all")
        assert answer["type"] == "application/vnd.microsoft.activity.message"
        assert "already" in answer["value"].lower()


async def test_somebody_who_is_nobody_here_is_told_so_in_private(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("mallory", "handoff 25 leads to sales", CHANNEL)
        await it.delivered()
        (answer,) = it.teams.heard("a:mallory")
        assert "I do not know you yet" in answer.text


async def test_a_button_that_asks_for_more_opens_a_dialog_which_is_sent_off(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("josh", "handoff 25 leads to sales", CHANNEL)
        await it.delivered()
        receipt = it.teams.heard(CHANNEL)[-1]
        data = receipt.button("Dispute")["data"]
        opened = await it.teams.invokes("amy", "task/fetch", {"data": data}, receipt)
        assert opened["task"]["type"] == "continue"
        form = opened["task"]["value"]["card"]["content"]
        (submit,) = actions(form)
        empty = await it.teams.invokes("amy", "task/submit", {"data": submit["data"]}, receipt)
        assert empty["task"]["type"] == "continue"
        assert "needed" in text(empty["task"]["value"]["card"]["content"])
        inputs = {
            each["id"]: "3" if each["type"] == "Input.Number" else "out of area"
            for each in form["body"]
            if each.get("id") in {"field.quantity", "field.reason"}
        }
        done = await it.teams.invokes("amy", "task/submit", {"data": submit["data"] | inputs}, receipt)
        assert done == {} or "task" in done
        await it.delivered()
        assert "disputed" in it.teams.heard(CHANNEL)[-1].text.lower()


async def test_words_that_lack_something_are_asked_for_right_in_the_chat(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("josh", "handoff")
        (asked,) = it.teams.heard("a:josh")
        inputs: dict[str, str] = {}
        for each in (part for part in asked.card["body"] if part.get("isRequired")):
            inputs[each["id"]] = each["choices"][0]["value"] if "choices" in each else "12"
        answer = await it.teams.presses("josh", asked, asked.card["actions"][0]["title"], **inputs)
        assert answer["statusCode"] == 200
        await it.delivered()
        assert any("12 qualified leads" in each.text for each in it.teams.heard(CHANNEL)), text(answer["value"])


async def test_the_message_extension_fills_the_form_from_the_message(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        value = {
            "commandId": "logHandoff", "commandContext": "message",
            "messagePayload": {"body": {"contentType": "html", "content": "<p>25 leads&nbsp;for <b>sales</b></p>"}},
        }  # fmt: skip
        opened = await it.teams.invokes("josh", "composeExtension/fetchTask", value, conversation=CHANNEL)
        assert opened["task"]["type"] == "continue"
        assert it.asked[-1].text == "handoff 25 leads for sales …"


async def test_a_mention_of_somebody_else_becomes_their_id_and_typed_markup_stays_text(
    one_url: str, company_x: Path
) -> None:
    async with stage(one_url, agreement=company_x) as it:
        it.teams.roster["29:priya"] = {"id": "29:priya", "aadObjectId": "priya", "name": "Priya"}
        entity = {"type": "mention", "text": "<at>Priya</at>", "mentioned": {"id": "29:priya", "name": "Priya"}}
        words = "assign L-1 <at>Priya</at> note &lt;at&gt;Amy&lt;/at&gt; a &amp; b"
        await it.teams.says("amy", words, CHANNEL, entities=[entity])
        assert it.asked[-1].text == "assign L-1 <@priya|Priya> note <at>Amy</at> a & b"


async def test_a_shared_card_is_drawn_for_whoever_looks_at_it(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        for user in ("amy", "josh"):
            await it.teams.says(user, "help")
        await it.teams.says("josh", "handoff 25 leads to sales", CHANNEL)
        await it.delivered()
        receipt = it.teams.heard(CHANNEL)[-1]
        assert "29:amy" in receipt.card["refresh"]["userIds"]
        value = {"action": {"verb": "refresh", "data": {"kind": "refresh"}}, "trigger": "automatic"}
        hers = await it.teams.invokes("amy", "adaptiveCard/action", value, receipt)
        his = await it.teams.invokes("josh", "adaptiveCard/action", value, receipt)
        assert any(each["title"].startswith("Accept all") for each in actions(hers["value"]))
        assert not any(each["title"].startswith("Accept all") for each in actions(his["value"]))


async def test_an_install_greets_once_and_an_uninstall_is_remembered(one_url: str) -> None:
    async with stage(one_url) as it:
        added = it.teams.activity("josh", type="installationUpdate", action="add")
        await it.teams.send(added)
        await it.teams.send(it.teams.activity("josh", type="installationUpdate", action="add"))
        await it.delivered()
        (hello,) = it.teams.heard("a:josh")
        assert "I hold teams to the promises they make" in hello.text
        assert "your id here is josh." in hello.text.replace("\n", "")
        await it.teams.send(it.teams.activity("josh", type="installationUpdate", action="remove"))
        await assert_unspoken(it)


async def test_members_and_channels_are_greeted_once_with_what_is_agreed(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        for where in ("", "company-x-service", "19:other", "19:other"):
            await it.teams.send(it.teams.activity("amy", where, type="installationUpdate", action="add"))
        await it.delivered()
        (hello,) = it.teams.heard("a:amy")
        told = hello.text.replace("\n", "")
        assert "You speak for Sales." in told
        assert "At most three messages a day, escalations apart. quiet 18:00-08:00 sets quiet hours." in told
        assert "`" not in told
        (ours,), (idle,) = it.teams.heard("company-x-service"), it.teams.heard("19:other")
        assert ours.text.startswith("I keep “Company X, marketing to sales to service” here: 3 promises.")
        assert "@Kept 25 qualified leads to sales" in idle.text


async def assert_unspoken(it: Stage) -> None:
    place = Place(WORKSPACE, "teams", "direct", "josh")
    before = len(it.teams.said)
    from bot.teams.plugs import Desk

    await Desk(it.house.database, it.clock).say(place, Card("Hello", "Hello"), "k")
    await it.delivered()
    assert len(it.teams.said) == before


@pytest.mark.parametrize(
    "parts",
    [
        {"type": "typing"}, {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]}, {"type": "event"},
        {"type": "endOfConversation"}, {"type": "somethingNew"}, {"type": "conversationUpdate"},
        {"type": "message"}, {"type": "message", "text": ""}, {"type": "message", "value": []},
        {"type": "message", "value": {"kind": "eval"}}, {"type": "messageUpdate", "text": "x"},
        {"type": "conversationUpdate", "membersAdded": "nobody", "channelData": {"tenant": {"id": 7}}},
    ],
)  # fmt: skip
async def test_whatever_else_teams_sends_is_acknowledged(one_url: str, parts: dict[str, Any]) -> None:
    async with stage(one_url) as it:
        status, _ = await it.teams.send(it.teams.activity("josh", **parts))
        assert status == 200


@pytest.mark.parametrize("value", [None, {}, [], "x", {"action": None}, {"action": {"verb": "say", "data": "x"}}])
@pytest.mark.parametrize(
    "name",
    [
        "adaptiveCard/action", "task/fetch", "task/submit",
        "composeExtension/fetchTask", "composeExtension/submitAction",
    ],
)  # fmt: skip
async def test_an_empty_invoke_is_answered_politely(one_url: str, name: str, value: object) -> None:
    async with stage(one_url) as it:
        status, _ = await it.teams.send(it.teams.activity("josh", type="invoke", name=name, value=value))
        assert status == 200


async def test_an_unknown_invoke_is_answered_as_not_implemented(one_url: str) -> None:
    async with stage(one_url) as it:
        status, _ = await it.teams.send(it.teams.activity("josh", type="invoke", name="config/fetch"))
        assert status == 501


async def test_home_is_one_card_that_is_drawn_anew_where_it_stands(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("josh", "home")
        await it.delivered()
        (page,) = it.teams.heard("a:josh")
        assert page.text.startswith("Home: ")
        assert "Where the promises stand" in page.text
        answer = await it.teams.presses("josh", page, "Refresh")
        assert answer["type"] == "application/vnd.microsoft.card.adaptive"
        assert text(answer["value"]).startswith("Home: ")
        await it.delivered()
        assert len(it.teams.heard("a:josh")) == 1


async def test_a_picture_is_fetched_from_an_address_that_nobody_can_guess(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x, public_url="https://kept.example") as it:
        await it.teams.says("josh", "handoff 25 leads to sales", CHANNEL)
        await it.teams.says("josh", "status")
        await it.delivered()
        urls = [
            element["url"]
            for said in it.teams.heard("a:josh")
            for element in elements(said.card)
            if element["type"] == "Image"
        ]
        assert urls
        path = urls[0].removeprefix("https://kept.example")
        base = it.teams.bot_url.removesuffix("/api/messages")
        assert await it.teams.fetch(base + path) == (200, b"\x89PNG")
        assert (await it.teams.fetch(base + path[:-10] + "000000.png"))[0] == 404
        assert (await it.teams.fetch(base + path.replace("/company/", "/other/")))[0] == 404
