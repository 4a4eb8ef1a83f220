"""Company X's October as its people live it on Slack, through the real house."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.slack.fake_slack import words_in
from tests.slack.house import office, user


def button(message: dict[str, Any], label: str) -> str:
    """The value of a message's button."""
    for block in message["blocks"]:
        for element in block.get("elements", []):
            if element.get("type") == "button" and element["text"]["text"].startswith(label):
                return str(element["value"])
    raise AssertionError(f"no button {label} in {words_in(message['blocks'])}")


async def test_a_handoff_is_logged_accepted_and_shown_in_one_message(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        answer = await on.slack.types(user("josh"), "25 qualified leads to sales", command="/handoff")
        assert (answer.status, answer.body) == (200, "")
        await on.settled()
        (receipt,) = on.channel.messages
        assert "H-1" in words_in(receipt["blocks"])
        assert "25 qualified leads" in words_in(receipt["blocks"])
        on.clock.set(on.clock.now().replace(minute=30))
        await on.slack.presses(user("amy"), button(receipt, "Accept all"), ts=receipt["ts"])
        await on.settled()
        assert len(on.channel.messages) == 1
        assert "accepted" in words_in(on.channel.messages[0]["blocks"])
        again = await on.slack.presses(user("priya"), '{"say":"accept H-1","version":1}', ts=receipt["ts"])
        await on.settled()
        assert again.status == 200
        assert "Amy" in words_in(on.slack.ephemerals[-1]["blocks"])


async def test_accepting_some_is_a_form_with_errors_beside_its_fields(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        await on.slack.types(user("josh"), "25 qualified leads to sales", command="/handoff")
        await on.settled()
        (receipt,) = on.channel.messages
        await on.slack.presses(user("amy"), button(receipt, "Accept some"), ts=receipt["ts"], label="Accept some…")
        await on.settled()
        ((view_id, view),) = on.slack.views.items()
        fields = {block["label"]["text"]: block for block in view["blocks"] if block["type"] == "input"}
        assert fields
        names = json.loads(view["private_metadata"])["names"]
        quantity = names.index("quantity")
        typed = {
            f"field-{number}": {"value": {"type": "plain_text_input", "value": ""}} for number in range(len(names))
        }
        typed[f"field-{quantity}"] = {"value": {"type": "number_input", "value": "99"}}
        wrong = await on.slack.submits(user("amy"), view_id, typed)
        assert wrong.body["response_action"] == "errors"
        assert f"field-{quantity}" in wrong.body["errors"] or wrong.body["errors"]


async def test_words_by_mention_shortcut_and_direct_message_reach_the_same_house(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        await on.slack.mentions(user("josh"), "<@U0KEPT> handoff 5 qualified leads to sales", thread_ts="1.1")
        await on.settled()
        assert "5 qualified leads" in words_in(on.channel.messages[0]["blocks"])
        await on.slack.writes(user("amy"), "mine")
        await on.settled()
        assert "Your part" in words_in(on.direct("amy").messages[-1]["blocks"])
        await on.slack.uses_shortcut(user("josh"), text="12 qualified leads from the webinar, enjoy!")
        await on.settled()
        (view,) = on.slack.views.values()
        assert any(block["type"] == "input" for block in view["blocks"])


async def test_a_stranger_a_wrong_channel_and_unknown_words_change_nothing(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        on.slack.add_channel("C9")
        stranger = await on.slack.types("U0EVE", "25 qualified leads to sales", command="/handoff")
        assert "I do not know you" in words_in(stranger.body["blocks"])
        lost = await on.slack.types(user("josh"), "25 qualified leads to sales", command="/handoff", channel="C9")
        assert lost.status == 200
        assert lost.body["blocks"]
        slip = await on.slack.types(user("josh"), "25 qualified leads to slaes", command="/handoff")
        assert "ales" in json.dumps(slip.body) or on.slack.views
        await on.settled()
        assert on.channel.messages == []


async def test_the_same_command_delivered_twice_counts_once(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        fields = on.slack.command(user("josh"), "25 qualified leads to sales", command="/handoff")
        await on.slack.sends(fields)
        on.clock.set(on.clock.now().replace(second=30))
        await on.slack.sends(fields)
        await on.settled()
        assert len(on.channel.messages) == 1


async def test_the_weekly_report_comes_with_its_picture(tmp_path: Path) -> None:
    async with office(tmp_path, at="Fri 16 Oct 2026 10:02") as on:
        await on.slack.types(user("josh"), "25 qualified leads to sales", command="/handoff")
        await on.settled()
        await on.travel_to("Fri 16 Oct 2026 16:30")
        reports = [each for each in on.channel.messages if any(block["type"] == "image" for block in each["blocks"])]
        assert len(reports) == 1
        (image,) = [block for block in reports[0]["blocks"] if block["type"] == "image"]
        file = on.slack.files[image["slack_file"]["id"]]
        assert file["bytes"].startswith(b"\x89PNG")
        assert image["alt_text"]


async def test_the_home_shows_what_needs_somebody_and_where_things_stand(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        await on.slack.types(user("josh"), "25 qualified leads to sales", command="/handoff")
        await on.slack.happens({"type": "app_home_opened", "user": user("amy"), "tab": "home"})
        await on.slack.happens({"type": "app_home_opened", "user": "U0EVE", "tab": "home"})
        await on.settled()
        seen = words_in(on.slack.homes[user("amy")]["blocks"])
        for heading in ("Needs you", "You are owed", "Where the promises stand", "The next seven days", "Settings"):
            assert heading in seen
        assert "I do not know you" in words_in(on.slack.homes["U0EVE"]["blocks"])


async def test_a_home_that_is_looked_at_follows_what_changes_and_another_is_left_alone(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        await on.slack.happens({"type": "app_home_opened", "user": user("amy"), "tab": "home"})
        await on.settled()
        assert "H-1" not in words_in(on.slack.homes[user("amy")]["blocks"])
        await on.slack.types(user("josh"), "25 qualified leads to sales", command="/handoff")
        await on.settled()
        await on.settled()
        assert "H-1" in words_in(on.slack.homes[user("amy")]["blocks"])
        await on.slack.types(user("amy"), "accept H-1")
        await on.settled()
        assert "Accept H-1" not in words_in(on.slack.homes[user("amy")]["blocks"])
        await on.slack.types(user("amy"), "quiet 18:00-08:00")
        await on.settled()
        assert "18:00–08:00, your time." in words_in(on.slack.homes[user("amy")]["blocks"])
        assert list(on.slack.homes) == [user("amy")]


async def test_first_words_are_said_once_to_members_strangers_and_channels(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        on.slack.add_channel("C9")
        on.slack.teams["T1"].users.add("U0EVE")
        for _ in range(2):
            for person in (user("amy"), "U0EVE"):
                await on.slack.happens({"type": "app_home_opened", "user": person, "tab": "messages"})
            for channel in ("C1", "C9"):
                await on.slack.happens({"type": "member_joined_channel", "channel": channel, "user": "U0KEPT"})
        await on.settled()
        said = [each["text"] for channel in on.slack.channels.values() for each in channel.messages]
        assert sum("You speak for Sales" in text for text in said) == 1
        assert sum("You are in no agreement yet" in text for text in said) == 1
        assert sum("I keep “Company X" in text for text in said) == 1
        assert sum("No agreement names it yet" in text for text in said) == 1


async def test_a_channel_that_was_archived_is_told_to_owners_and_sponsor(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        await on.slack.happens({"type": "channel_rename", "channel": {"id": "C1", "name": "growth"}})
        for _ in range(2):
            await on.slack.happens({"type": "channel_archive", "channel": "C1", "user": user("tom")})
        await on.settled()
        for member in ("josh", "amy", "morgan"):
            said = [message for message in on.direct(member).messages if "archived" in message["text"]]
            assert len(said) == 1
            assert "#growth" in said[0]["text"]


async def test_somebody_who_is_deactivated_is_asked_nothing_more(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        gone = {"id": user("josh"), "deleted": True, "profile": {}}
        for _ in range(2):
            await on.slack.happens({"type": "user_change", "user": gone})
        await on.settled()
        assert len([each for each in on.direct("nina").messages if "left the chat" in each["text"]]) == 1


async def test_a_channel_that_refuses_is_heard_of_by_direct_message(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        on.channel.archived = True
        await on.slack.types(user("josh"), "25 qualified leads to sales", command="/handoff")
        await on.settled()
        assert on.channel.messages == []
        [told] = [each for each in on.direct("amy").messages if "H-1" in words_in(each["blocks"])]
        assert "the channel was archived. It is below." in words_in(told["blocks"])
        assert all(label in words_in(told["blocks"]) for label in ("New channel…", "DM only", "Pause"))


async def test_the_same_through_a_socket(tmp_path: Path) -> None:
    async with office(tmp_path, socket=True) as on:
        fields = on.slack.command(user("josh"), "25 qualified leads to sales", command="/handoff")
        assert await on.slack.through_the_socket("slash_commands", fields) is None
        asked = on.slack.command(user("josh"), "mine")
        said = await on.slack.through_the_socket("slash_commands", asked)
        assert "Your part" in words_in(said["blocks"])
        await on.settled()
        assert len(on.channel.messages) == 1
