"""Where a command takes a file, its form has a field for one, if the app may read files; what is chosen is fetched."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.slack.fake_people import Answer
from tests.slack.fake_slack import words_in
from tests.slack.house import Office, office, user

ALLOWED = frozenset({"files:read"})
LIST = b"name,company\nAda Lovelace,Engines\nGrace Hopper,Compilers\n"


async def opens(on: Office) -> tuple[str, list[dict[str, Any]]]:
    """Josh opens the form of a handoff: the modal's id, and its blocks."""
    await on.slack.types(user("josh"), "2 qualified leads to sales …", command="/handoff")
    await on.settled()
    ((view_id, view),) = on.slack.views.items()
    return view_id, view["blocks"]


def file_block(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """The field for a file."""
    (found,) = (each for each in blocks if each.get("element", {}).get("type") == "file_input")
    return found


async def chooses(on: Office, view_id: str, blocks: list[dict[str, Any]], *files: dict[str, str]) -> Answer:
    """Josh leaves the form as it was filled in, chooses files and submits it."""
    values: dict[str, Any] = {}
    for block in blocks:
        element = block.get("element", {})
        given: dict[str, Any] = {"type": element.get("type")}
        if element.get("type") == "file_input":
            given["files"] = list(files)
        elif "initial_option" in element:
            given["selected_option"] = element["initial_option"]
        else:
            given["value"] = element.get("initial_value")
        if element:
            values[block["block_id"]] = {element["action_id"]: given}
    answer = await on.slack.submits(user("josh"), view_id, values)
    await on.settled()
    return answer


def chosen(on: Office, name: str = "leads.csv", **more: str) -> dict[str, str]:
    return {
        "id": f"F{name}",
        "name": name,
        "mimetype": "text/csv",
        "url_private": f"{on.slack.url}files/{name}",
        **more,
    }


async def test_a_list_that_is_chosen_is_fetched_and_read_with_its_handoff(tmp_path: Path) -> None:
    async with office(tmp_path, scopes=ALLOWED) as on:
        on.slack.attached["leads.csv"] = LIST
        view_id, blocks = await opens(on)
        asked = file_block(blocks)
        assert asked["label"]["text"] == "Or as a file"
        assert asked["element"]["filetypes"] == ["csv", "tsv", "txt"]
        answer = await chooses(on, view_id, blocks, chosen(on))
        assert answer.status == 200
        assert "H-1" in on.channel.messages[0]["text"]
        assert on.slack.fetched == ["xoxb-1"], "with our token"
        assert "Ada Lovelace" in words_in((await on.slack.types(user("amy"), "item L-1")).body)

        again = await chooses(on, view_id, blocks, chosen(on))
        assert again.status == 200
        assert [message["text"] for message in on.channel.messages if "H-2" in message["text"]] == [], (
            "sent twice, logged once"
        )


async def test_without_the_scope_the_form_says_why_there_is_no_field_for_a_file(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        _, blocks = await opens(on)
        assert not any(each.get("element", {}).get("type") == "file_input" for each in blocks)
        assert "whoever added me has not allowed me to read files (files:read)" in words_in(blocks)


async def test_what_cannot_be_had_is_said_beside_the_field_and_nothing_is_logged(tmp_path: Path) -> None:
    async with office(tmp_path, scopes=ALLOWED) as on:
        on.slack.attached |= {"leads.csv": LIST, "huge.csv": b"name\n" + b"Ada\n" * 1_300_000}
        view_id, blocks = await opens(on)
        field = file_block(blocks)["block_id"]
        for files, why in (
            ([chosen(on, url_private="https://evil.example/leads.csv")], "it does not lie at Slack."),
            ([chosen(on, url_private="")], "I cannot reach leads.csv"),
            ([chosen(on, "huge.csv")], "huge.csv has more than the 5,000,000 bytes"),
            ([chosen(on, "gone.csv")], "Slack did not hand me gone.csv (500)"),
        ):
            answer = await chooses(on, view_id, blocks, *files)
            assert answer.status == 200
            assert answer.body["response_action"] == "errors"
            assert why in answer.body["errors"][field]
        on.slack.fetched.clear()
        many = await chooses(on, view_id, blocks, *[chosen(on)] * 9)
        assert "9 files came at once; I take up to 5." in many.body["errors"][field]
        assert on.slack.fetched == []
        on.slack.attached["short.csv"] = b"name\nAda\n"
        miscounted = await chooses(on, view_id, blocks, chosen(on, "short.csv"))
        assert miscounted.status == 200
        assert on.channel.messages == []


async def test_junk_in_place_of_a_file_is_no_file(tmp_path: Path) -> None:
    async with office(tmp_path, scopes=ALLOWED) as on:
        view_id, blocks = await opens(on)
        block = file_block(blocks)["block_id"]
        for junk in ("x", 7, {"a": 1}, ["x"], [None], [{"name": 7}], None):
            values = {block: {"value": {"type": "file_input", "files": junk}}}
            assert (await on.slack.submits(user("josh"), view_id, values)).status == 200
        await on.settled()
        assert on.channel.messages == []


def by_a_file(text: str) -> str:
    """The agreement in which the friction report is no form of ours, and is shown by a file."""
    return text.replace("friction: true", "friction: false").replace("evidence: any", "evidence: file")


async def test_what_shows_a_delivery_is_chosen_in_its_form_and_handed_to_the_other_side(tmp_path: Path) -> None:
    async with office(tmp_path, scopes=ALLOWED, changed=by_a_file) as on:
        content = on.slack.attached["report.pdf"] = b"%PDF-1.7 what customers trip over"
        on.slack.attached["report.exe"] = b"MZ"
        mine = words_in((await on.slack.types(user("amy"), "mine")).body)
        (key,) = re.findall(r"(O-\d+) Customer friction report", mine)
        refused = await on.slack.types(user("amy"), f"done {key} it is on her desk")
        assert f"{key} is shown by a file, so the agreement says." in words_in(refused.body)
        await on.slack.types(user("amy"), f"done {key} …")
        await on.settled()
        ((view_id, view),) = on.slack.views.items()
        field = file_block(view["blocks"])["block_id"]
        for files, why in (([], "is shown by a file"), ([chosen(on, "report.exe")], "I keep no files like report.exe")):
            values = {field: {"value": {"type": "file_input", "files": files}}}
            answer = await on.slack.submits(user("amy"), view_id, values)
            assert why in answer.body["errors"][field]
        values = {field: {"value": {"type": "file_input", "files": [chosen(on, "report.pdf")]}}}
        assert (await on.slack.submits(user("amy"), view_id, values)).status == 200
        await on.settled()
        await on.slack.types(user("joan"), f"evidence {key}", channel=f"D{user('joan')}")
        await on.settled()
        assert any("report.pdf" in words_in(message["blocks"]) for message in on.direct("joan").messages)
        assert [file["bytes"] for file in on.slack.files.values()] == [content], "as it came"


def with_cases(text: str) -> str:
    """The agreement in which sales answers cases of marketing, too."""
    cases = (
        "  cases:\n    kind: response\n    giver: sales\n    receiver: marketing\n"
        "    unit: case\n    period: month\n    first_within: 4wh\n"
    )
    return text.replace("commitments:\n", f"commitments:\n{cases}", 1)


async def test_a_screenshot_is_chosen_in_the_form_of_raise_or_sent_with_the_words(tmp_path: Path) -> None:
    async with office(tmp_path, scopes=ALLOWED, changed=with_cases) as on:
        on.slack.attached["shot.png"] = b"\x89PNG\r\n\x1a\n what Josh sees"
        await on.slack.types(user("josh"), "raise The form is blank …")
        await on.settled()
        ((view_id, view),) = on.slack.views.items()
        answer = await chooses(on, view_id, view["blocks"], chosen(on, "shot.png"))
        assert answer.body == {"response_action": "clear"}
        event = {
            "type": "message", "channel_type": "im", "user": user("josh"), "channel": f"D{user('josh')}",
            "ts": "1.000001", "subtype": "file_share", "text": "raise The page hangs",
            "files": [chosen(on, "shot.png")],
        }  # fmt: skip
        await on.slack.happens(event)
        await on.settled()
        for key in ("L-1", "L-2"):
            assert "shot.png" in words_in((await on.slack.types(user("amy"), f"item {key}")).body)
