"""A list attached to words: fetched from Slack's own host with the install's token, and read as the handoff's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.slack.fake_slack import words_in
from tests.slack.house import Office, office, user

LIST = b"name,company\nAda Lovelace,Engines\nGrace Hopper,Compilers\n"


async def sends(on: Office, **file: Any) -> str:
    """What Josh hears who attaches a list to his handoff."""
    on.slack.attached["leads.csv"] = LIST
    described = {"name": "leads.csv", "mimetype": "text/csv", "url_private": f"{on.slack.url}files/leads.csv", **file}
    event = {
        "type": "message", "channel_type": "im", "user": user("josh"), "channel": f"D{user('josh')}", "ts": "1.000001",
        "subtype": "file_share", "text": "2 qualified leads to sales", "files": [described],
    }  # fmt: skip
    await on.slack.happens(event)
    await on.settled()
    return "\n".join(words_in(message["blocks"]) for message in on.direct("josh").messages)


async def test_a_list_is_read_with_its_handoff(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        on.slack.teams["T1"].scopes.add("files:read")
        await sends(on)
        assert "H-1" in on.channel.messages[0]["text"]
        assert on.slack.fetched == ["xoxb-1"], "fetched once, with our token"
        first = await on.slack.types(user("amy"), "item L-1")
        assert "Ada Lovelace" in words_in(first.body)


async def test_another_companys_list_is_asked_about_first(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        on.slack.teams["T1"].scopes.add("files:read")
        hidden = {
            "name": "",
            "mimetype": "",
            "url_private": "",
            "mode": "file_access",
            "file_access": "check_file_info",
        }
        await sends(on, id="leads.csv", **hidden)
        assert "H-1" in on.channel.messages[0]["text"]
        assert "of another company" in await sends(on, id="gone.csv", **hidden)


async def test_a_file_that_is_too_large_is_not_read_half(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        on.slack.teams["T1"].scopes.add("files:read")
        on.slack.attached["huge.csv"] = b"name\n" + b"Ada\n" * 1_300_000
        said = await sends(on, name="huge.csv", url_private=f"{on.slack.url}files/huge.csv")
        assert "huge.csv has more than the 5,000,000 bytes" in said
        assert on.channel.messages == []


async def test_a_wrong_number_changes_nothing(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        on.slack.teams["T1"].scopes.add("files:read")
        on.slack.attached["short.csv"] = b"name\nAda\n"
        said = await sends(on, name="short.csv", url_private=f"{on.slack.url}files/short.csv")
        assert on.channel.messages == []
        assert said


@pytest.mark.parametrize(
    "where", ["https://evil.example/leads.csv", "http://127.0.0.1:1/leads.csv", "file:///etc/passwd", ""]
)
async def test_the_token_goes_to_slack_alone(tmp_path: Path, where: str) -> None:
    async with office(tmp_path) as on:
        on.slack.teams["T1"].scopes.add("files:read")
        said = await sends(on, url_private=where)
        assert "I cannot reach leads.csv: it does not lie at Slack." in said
        assert on.slack.fetched == []
        assert on.channel.messages == []


async def test_without_the_scope_the_sender_hears_why_and_nothing_is_logged(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        said = await sends(on)
        assert "I may not read leads.csv" in said
        assert on.channel.messages == []


async def test_log_as_handoff_takes_the_list_of_the_message_and_leaves_its_pictures(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        on.slack.teams["T1"].scopes.add("files:read")
        on.slack.attached["leads.csv"] = LIST
        files = [
            {"name": name, "mimetype": kind, "url_private": f"{on.slack.url}files/{name}"}
            for name, kind in (("leads.csv", "text/csv"), ("stand.png", "image/png"))
        ]
        await on.slack.uses_shortcut(user("josh"), text="2 qualified leads to sales", files=files)
        await on.settled()
        ((view_id, view),) = on.slack.views.items()
        filled = {}
        for block in view["blocks"]:
            element = block.get("element", {})
            if value := element.get("initial_value"):
                filled[block["block_id"]] = {"value": {"type": element["type"], "value": value}}
            if option := element.get("initial_option"):
                filled[block["block_id"]] = {"value": {"type": element["type"], "selected_option": option}}
        answer = await on.slack.submits(user("josh"), view_id, filled)
        await on.settled()
        assert "H-1" in on.channel.messages[0]["text"], answer.body
        assert len(on.slack.fetched) == 1
        first = await on.slack.types(user("amy"), "item L-1")
        assert "Ada Lovelace" in words_in(first.body)
