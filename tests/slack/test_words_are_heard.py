"""Whatever way somebody asks on Slack, the house hears the same words, once, and only the asker sees the answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.card import Button, Card, Field, Form, Option, Table
from bot.chat.talk import Reply, Utterance
from bot.slack.hearing import words_of
from bot.slack.presses import value_of
from tests.slack.fake_slack import words_in
from tests.slack.stage import stage

CARD = Card("Marketing is on pace.", "Marketing is on pace.", buttons=(Button("Share", "status share", version=2),))
FORM = Form(
    "Accept some of H-41",
    "accept",
    (Field("quantity", "How many", "whole number"), Field("reason", "Why not the rest", "text")),
    settled=(("key", "H-41"),),
    version=3,
)
FILLED = {
    "field-0": {"value": {"type": "number_input", "value": "22"}},
    "field-1": {"value": {"type": "plain_text_input", "value": "two are fakes"}},
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25 leads &amp; more &lt;b&gt;", "25 leads & more <b>"),
        ("done O-77 <https://x.example/a?b=1|x.example>", "done O-77 https://x.example/a?b=1"),
        ("assign L-1 <@U0AMY|amy>", "assign L-1 <@U0AMY|amy>"),
        ("to <!subteam^S1|@sales>", "to <!subteam^S1|@sales>"),
        ("write to <mailto:a@x.example|a@x.example>", "write to a@x.example"),
    ],
)
def test_slacks_escapes_are_undone_and_mentions_stay_ids(typed: str, meant: str) -> None:
    assert words_of(typed) == meant


async def test_a_slash_command_is_answered_to_the_asker_alone_with_the_acknowledgement() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(card=CARD)
        answer = await on.slack.types("U0JOSH", "status sales")
        assert answer.status == 200
        assert answer.body["response_type"] == "ephemeral"
        assert "Marketing is on pace." in words_in(answer.body["blocks"])
        (asked,) = on.house.asked
        assert (asked.text, asked.person.user, asked.person.name) == ("status sales", "U0JOSH", "u0josh")
        assert (asked.place.kind, asked.place.id, asked.place.name) == ("channel", "C1", "#c1")
        assert [method for method, _ in on.slack.calls] == ["auth.test"]


@pytest.mark.parametrize(
    ("command", "text", "heard"),
    [
        ("/handoff", "25 leads to sales", "handoff 25 leads to sales"),
        ("/handoff", "", "handoff"),
        ("/sla", "", "help"),
        ("/promises", "status", "status"),
    ],
)
async def test_handoff_is_the_verb_itself(command: str, text: str, heard: str) -> None:
    async with stage() as on:
        await on.slack.types("U0JOSH", text, command=command)
        assert on.house.asked[0].text == heard


async def test_a_public_answer_leaves_nothing_to_show() -> None:
    async with stage() as on:
        answer = await on.slack.types("U0JOSH", "25 leads to sales", command="/handoff")
        assert (answer.status, answer.body) == (200, "")


async def test_a_command_in_a_direct_message_is_private() -> None:
    async with stage() as on:
        await on.slack.types("U0JOSH", "mine", channel="DU0JOSH")
        assert (on.house.asked[0].place.kind, on.house.asked[0].place.id) == ("direct", "U0JOSH")


async def test_a_mention_is_answered_beside_the_conversation() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(card=CARD)
        await on.slack.mentions("U0JOSH", "<@U0KEPT> status &amp; more", thread_ts="7.7")
        await on.settled()
        (asked,) = on.house.asked
        assert (asked.text, asked.place.thread) == ("status & more", "C1/7.7")
        (shown,) = on.slack.ephemerals
        assert (shown["user"], shown["channel"], shown["thread_ts"]) == ("U0JOSH", "C1", "7.7")


async def test_where_the_bot_may_not_speak_the_answer_comes_by_direct_message() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(card=CARD)
        on.slack.faults["chat.postEphemeral"].append("not_in_channel")
        await on.slack.mentions("U0JOSH", "<@U0KEPT> status")
        await on.settled()
        assert "on pace" in words_in(on.slack.channels["DU0JOSH"].messages[0]["blocks"])


async def test_a_direct_message_needs_no_command_and_is_answered_there() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(card=CARD)
        await on.slack.writes("U0AMY", "mine")
        await on.slack.writes("U0AMY", "/sla owed")
        await on.settled()
        assert [asked.text for asked in on.house.asked] == ["mine", "owed"]
        assert len(on.slack.channels["DU0AMY"].messages) == 2


async def test_the_bot_does_not_talk_to_itself_or_to_edits() -> None:
    async with stage() as on:
        await on.slack.writes("U0KEPT", "mine")
        await on.slack.writes("U0AMY", "mine", bot_id="B0OTHER")
        await on.slack.writes("U0AMY", "mine", subtype="message_changed")
        await on.slack.mentions("U0AMY", "<@U0KEPT> mine", channel="DU0AMY")
        assert on.house.asked == []


async def test_an_event_that_slack_sends_again_is_one_request() -> None:
    async with stage() as on:
        for _ in range(3):
            await on.slack.happens(
                {"type": "app_mention", "user": "U0JOSH", "text": "status", "channel": "C1", "ts": "9.1"}
            )
        assert len({asked.delivery for asked in on.house.asked}) == 1


async def test_a_button_says_its_command_with_its_version_and_its_message() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(card=CARD)
        answer = await on.slack.presses("U0AMY", '{"say":"accept H-41","version":3}', ts="8.8")
        assert (answer.status, answer.body) == (200, "")
        await on.settled()
        (asked,) = on.house.asked
        assert (asked.text, asked.via, asked.version, asked.message) == ("accept H-41", "button", 3, "C1/8.8")
        assert on.slack.ephemerals[0]["via"] == "response_url"
        assert on.slack.ephemerals[0]["replace_original"] is False


async def test_words_too_long_for_a_button_are_said_whole_when_it_is_pressed() -> None:
    async with stage() as on:
        says = "handoff 25 leads note " + "x" * 3_900
        on.house.answers = lambda asked: Reply(card=replace(CARD, buttons=(Button("Log again", says),)))
        answer = await on.slack.types("U0JOSH", "again")
        value = answer.body["blocks"][-1]["elements"][0]["value"]
        assert len(value) < 100
        await on.slack.presses("U0JOSH", value)
        assert on.house.asked[-1].text == says


async def test_a_command_that_lacks_something_opens_its_form() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(form=FORM)
        answer = await on.slack.types("U0AMY", "accept H-41")
        assert answer.body == ""
        (view,) = on.slack.views.values()
        assert view["title"]["text"] == "Accept some of H-41"


@pytest.mark.parametrize("label", ["Accept some…", "Accept some"])
async def test_a_button_opens_a_form_at_once_and_fills_it_after(label: str) -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(form=FORM)
        await on.slack.presses("U0AMY", '{"say":"accept H-41 …","version":3}', label=label)
        await on.settled()
        methods = [method for method, _ in on.slack.calls if method.startswith("views")]
        assert methods == ["views.open", "views.update"]
        (view,) = on.slack.views.values()
        assert view["title"]["text"] == "Accept some of H-41"


async def test_a_form_filled_in_becomes_the_commands_arguments() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(form=FORM) if asked.via != "form" else Reply(card=CARD)
        await on.slack.types("U0AMY", "accept H-41")
        (view_id,) = on.slack.views
        answer = await on.slack.submits("U0AMY", view_id, FILLED)
        await on.settled()
        assert answer.body == {"response_action": "clear"}
        asked = on.house.asked[-1]
        assert (asked.verb, asked.via, asked.version) == ("accept", "form", 3)
        assert asked.arguments == {"key": "H-41", "quantity": "22", "reason": "two are fakes"}
        assert (asked.place.kind, asked.place.id) == ("channel", "C1")
        assert "on pace" in words_in(on.slack.ephemerals[0]["blocks"])


async def test_what_is_wrong_with_a_form_stands_beside_the_field() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: (
            Reply(form=FORM) if asked.via != "form" else Reply(form=FORM, errors={"quantity": "H-41 has 25 units."})
        )
        await on.slack.types("U0AMY", "accept H-41")
        (view_id,) = on.slack.views
        answer = await on.slack.submits("U0AMY", view_id, FILLED)
        assert answer.body == {"response_action": "errors", "errors": {"field-0": "H-41 has 25 units."}}


async def test_a_refused_form_stays_open_with_what_was_typed() -> None:
    async with stage() as on:
        refused = Reply(card=Card("No.", "H-41 is accepted already."), refused=True)
        on.house.answers = lambda asked: Reply(form=FORM) if asked.via != "form" else refused
        await on.slack.types("U0AMY", "accept H-41")
        (view_id,) = on.slack.views
        answer = await on.slack.submits("U0AMY", view_id, FILLED)
        assert answer.body["errors"] == {"field-0": "H-41 is accepted already."}


async def test_a_modal_submitted_twice_is_one_request() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(form=FORM) if asked.via != "form" else Reply(card=CARD)
        await on.slack.types("U0AMY", "accept H-41")
        (view_id,) = on.slack.views
        payload = on.slack.submission("U0AMY", view_id, FILLED)
        await on.slack.interacts(payload)
        await on.slack.interacts({**payload, "trigger_id": on.slack.trigger()})
        assert len([asked for asked in on.house.asked if asked.via == "form"]) == 1


async def test_one_form_may_lead_to_the_next() -> None:
    second = Form("And now", "accept", (Field("unit", "Unit", "choice", options=(Option("Leads", "leads"),)),))
    async with stage() as on:
        on.house.answers = lambda asked: Reply(form=FORM if asked.via != "form" else second)
        await on.slack.types("U0AMY", "accept H-41")
        (view_id,) = on.slack.views
        await on.slack.submits("U0AMY", view_id, FILLED)
        assert on.slack.views[view_id]["title"]["text"] == "And now"


async def test_the_shortcuts_open_the_handoffs_form() -> None:
    def answers(asked: Utterance) -> Reply:
        unreadable = "nonsense" in asked.text
        return Reply(card=CARD, refused=True) if unreadable else Reply(form=replace(FORM, title=asked.text))

    async with stage() as on:
        on.house.answers = answers
        for text in (None, "25 leads &amp; more", "nonsense"):
            await on.slack.uses_shortcut("U0JOSH", text=text)
            await on.settled()  # which of several opens first is left to chance
        assert [asked.text for asked in on.house.asked] == [
            "handoff …",
            "handoff 25 leads & more …",
            "handoff nonsense …",
            "handoff …",
        ]
        assert [view["title"]["text"] for view in on.slack.views.values()] == [
            "handoff …",
            "handoff 25 leads & more…",
            "handoff …",
        ]
        assert [asked.place.kind for asked in on.house.asked] == ["direct", "channel", "channel", "channel"]


async def test_a_click_too_long_ago_is_offered_the_form_again() -> None:
    async with stage() as on:

        def answers(asked: Utterance) -> Reply:
            on.clock.set(on.clock.now().replace(minute=30))
            return Reply(form=FORM)

        on.house.answers = answers
        answer = await on.slack.types("U0AMY", "accept H-41")
        await on.settled()
        assert answer.body == ""
        assert on.slack.views == {}
        (offer,) = on.slack.ephemerals
        button = offer["blocks"][-1]["elements"][0]
        assert (button["text"]["text"], button["value"]) == (
            "Open the form",
            '{"say":"accept H-41 …"}',
        )


async def test_an_answer_that_takes_long_is_acknowledged_first_and_shown_when_it_is_there() -> None:
    async with stage(patience=0.05) as on:
        done = asyncio.Event()

        async def slowly(asked: Utterance) -> Reply:
            await done.wait()
            return Reply(card=CARD)

        on.house.answers = slowly
        answer = await on.slack.types("U0JOSH", "status")
        assert "Still at it" in answer.body["text"]
        assert len(on.inbox.rows) == 1
        done.set()
        await on.settled()
        assert "on pace" in words_in(on.slack.ephemerals[0]["blocks"])
        assert on.inbox.rows == {}


async def test_what_a_process_that_died_had_acknowledged_is_answered_by_the_next() -> None:
    async with stage(patience=0.05) as on:
        stuck = asyncio.Event()

        async def never(asked: Utterance) -> Reply:
            await stuck.wait()
            return Reply(card=CARD)

        on.house.answers = never
        await on.slack.types("U0JOSH", "status")
        on.house.answers = lambda asked: Reply(card=CARD)
        on.clock.set(on.clock.now().replace(minute=20))
        await on.door.answer_left_behind()
        assert "on pace" in words_in(on.slack.ephemerals[0]["blocks"])
        assert on.inbox.rows == {}
        stuck.set()
        await on.settled()


async def test_a_house_that_breaks_is_excused_and_an_event_is_sent_again() -> None:
    async with stage() as on:

        def breaks(asked: Utterance) -> Reply:
            msg = "the database is gone"
            raise RuntimeError(msg)

        on.house.answers = breaks
        answer = await on.slack.types("U0JOSH", "status")
        assert answer.status == 200
        assert "nothing was changed" in answer.body["text"]
        assert "database" not in answer.text
        answers = await on.slack.mentions("U0JOSH", "<@U0KEPT> status")
        assert [answer.status for answer in answers] == [503, 503, 503, 503]


async def test_a_spent_response_address_gives_way_to_the_conversation() -> None:
    async with stage() as on:
        on.house.answers = lambda asked: Reply(card=CARD)
        payload = on.slack.press("U0AMY", '{"say":"status"}')
        for _ in range(7):
            await on.slack.interacts({**payload, "trigger_id": on.slack.trigger()})
            await on.settled()
        vias = [shown["via"] for shown in on.slack.ephemerals]
        assert vias == ["response_url"] * 5 + ["postEphemeral"] * 2


async def test_the_rest_of_a_long_card_is_shown_in_a_modal_page_by_page() -> None:
    rows = tuple(((f"L-{number}",), ("waiting for a first call since Monday",)) for number in range(700))
    card = Card("All leads", "700 leads", (Table(("lead", "state"), rows),))
    async with stage() as on:
        on.house.answers = lambda asked: Reply(card=card)
        answer = await on.slack.types("U0AMY", "status")
        seen = words_in(answer.body["blocks"])
        blocks = answer.body["blocks"]
        container: dict[str, Any] = {}
        while turn := [e for b in blocks for e in b.get("elements", []) if e.get("action_id") == "turn"]:
            await on.slack.interacts(on.slack.press("U0AMY", turn[0]["value"]) | container)
            (view_id,) = on.slack.views
            blocks = on.slack.views[view_id]["blocks"]
            container = {"view": on.slack.views[view_id], "container": {"type": "view", "view_id": view_id}}
            seen += words_in(blocks)
        assert all(f"L-{number} " in seen for number in range(700))


async def test_a_value_made_by_a_button_of_ours_is_read_back() -> None:
    assert value_of(Button("Go", "mine"), str) == '{"say":"mine"}'
