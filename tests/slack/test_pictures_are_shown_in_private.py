"""A chart in a private answer, and in the home: drawn where Slack takes it, in words where it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.slack.fake_slack import words_in
from tests.slack.house import Office, office, user


def images(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [block for block in blocks if block["type"] == "image"]


async def status(on: Office) -> list[dict[str, Any]]:
    """What Amy sees who asks where things stand."""
    await on.slack.types(user("amy"), "status C-1")
    await on.settled()
    assert len(on.slack.ephemerals) == 1
    blocks: list[dict[str, Any]] = on.slack.ephemerals[0]["blocks"]
    return blocks


async def test_a_private_answer_has_its_picture(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        blocks = await status(on)
        [image] = images(blocks)
        assert on.slack.files[image["slack_file"]["id"]]["bytes"].startswith(b"\x89PNG")
        assert "0 of 100 qualified leads" in image["alt_text"]


@pytest.mark.parametrize("why", ["refused", "scope", "upload"])
async def test_where_slack_takes_no_picture_the_words_stand_for_it(tmp_path: Path, why: str) -> None:
    async with office(tmp_path) as on:
        on.slack.no_pictures = why == "refused"
        if why == "scope":
            on.slack.teams["T1"].scopes.discard("files:write")
        if why == "upload":
            on.slack.faults["files.completeUploadExternal"].append("500")
        blocks = await status(on)
        assert not images(blocks)
        assert "0 of 100 qualified leads" in words_in(blocks)


@pytest.mark.parametrize("taken", [True, False])
async def test_the_home_is_shown_at_once_and_then_with_its_pictures(tmp_path: Path, taken: bool) -> None:
    async with office(tmp_path) as on:
        on.slack.no_pictures = not taken
        await on.slack.happens({"type": "app_home_opened", "user": user("amy"), "tab": "home"})
        await on.settled()
        shown = [body["view"]["blocks"] for method, body in on.slack.calls if method == "views.publish"]
        assert [bool(images(blocks)) for blocks in shown][:2] == [False, True]
        assert bool(images(on.slack.homes[user("amy")]["blocks"])) is taken
        assert "Where the promises stand" in words_in(on.slack.homes[user("amy")]["blocks"])


async def test_a_channel_is_picked_from_a_list_and_known_by_its_name(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        on.slack.add_channel("C7")
        await on.slack.types(user("amy"), "channel #smarketing elsewhere …")
        await on.settled()
        ((view_id, view),) = on.slack.views.items()
        elements = {block["block_id"]: block["element"]["type"] for block in view["blocks"] if block["type"] == "input"}
        picker = next(block for block, kind in elements.items() if kind == "conversations_select")
        filled = {
            block: {"value": {"type": kind, "value": "#smarketing"}}
            for block, kind in elements.items()
            if "text" in kind
        }
        filled[picker] = {"value": {"type": "conversations_select", "selected_conversation": "C7"}}
        what = next(block for block, kind in elements.items() if kind == "static_select")
        filled[what] = {"value": {"type": "static_select", "selected_option": {"value": "elsewhere"}}}
        await on.slack.submits(user("amy"), view_id, filled)
        await on.settled()
        assert "is told here from now on." in words_in(on.slack.channels["C7"].messages[0]["blocks"])
        told = words_in([each.get("blocks") for each in on.slack.ephemerals]) + words_in(
            [message["blocks"] for message in on.direct("amy").messages]
        )
        assert "#smarketing is told in #c7 from now on." in told
