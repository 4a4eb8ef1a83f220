"""Files on Slack: uploaded into the conversation, just before the card that speaks of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.card import Card, File, Text
from bot.chat.messenger import DeliveryFailed
from bot.chat.talk import Place
from tests.slack.fake_slack import words_in
from tests.slack.fake_workspaces import Fault
from tests.slack.house import office, user
from tests.slack.stage import Stage, stage

AMY = Place("company", "slack", "direct", "U0AMY")
FILES = tuple(File(f"kept-{name}.csv", "text/csv", ("export", name), f"{name}: 3 lines") for name in ("one", "two"))
EXPORT = Card("Export · October", "Your export", (Text(("Everything.",)), *FILES))


@pytest.fixture
async def on() -> AsyncIterator[Stage]:
    async with stage() as on:
        on.slack.teams["T1"].users = {"U0AMY"}
        yield on


async def post(on: Stage, delivery: str = "d1") -> None:
    await on.door.messenger.post(AMY, EXPORT, delivery_id=delivery, ref="")


async def test_files_are_shown_in_one_message_and_the_card_follows(on: Stage) -> None:
    await post(on)
    [(channel, shown)] = on.slack.shown
    assert channel == "DU0AMY"
    held = [on.slack.files[each] for each in shown]
    assert [each["name"] for each in held] == ["kept-one.csv", "kept-two.csv"]
    assert [each["bytes"] for each in held] == [b"company export one", b"company export two"]
    [message] = on.slack.channels["DU0AMY"].messages
    assert "kept-one.csv" in words_in(message["blocks"])
    assert "Slack took no file" not in words_in(message["blocks"])
    methods = [method for method, _ in on.slack.calls]
    assert methods.index("files.completeUploadExternal") < methods.index("chat.postMessage")


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize("fault", ["500", "drop before", "drop after", "429"])
async def test_a_file_that_fails_lets_the_card_wait_and_is_not_lost(on: Stage, method: str, fault: Fault) -> None:
    on.slack.faults[method].append(fault)
    with pytest.raises(DeliveryFailed) as failed:
        await post(on)
    assert failed.value.outcome == "not sent"
    assert not on.slack.channels["DU0AMY"].messages
    await post(on)
    assert len(on.slack.channels["DU0AMY"].messages) == 1
    assert on.slack.shown


async def test_a_card_that_fails_goes_again_without_its_files(on: Stage) -> None:
    on.slack.faults["chat.postMessage"].append("429")
    with pytest.raises(DeliveryFailed):
        await post(on)
    await post(on)
    assert len(on.slack.shown) == 1
    assert len(on.slack.channels["DU0AMY"].messages) == 1


async def test_without_the_scope_the_card_says_what_is_missing(on: Stage) -> None:
    on.slack.teams["T1"].scopes.discard("files:write")
    await post(on)
    assert on.slack.shown == []
    [message] = on.slack.channels["DU0AMY"].messages
    assert "kept-one.csv" in words_in(message["blocks"])
    assert "Slack took no file" in words_in(message["blocks"])


async def test_an_owner_takes_a_month_out_by_direct_message(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        await on.slack.types(user("josh"), "25 qualified leads to sales", command="/handoff")
        await on.slack.types(user("amy"), "export json")
        await on.settled()
        [(channel, [file])] = on.slack.shown
        assert channel == "DU0AMY"
        assert b'"handoffs": [\n{"handoff": "H-1"' in on.slack.files[file]["bytes"]
        assert "Export · Company X" in words_in(on.direct("amy").messages[-1]["blocks"])
