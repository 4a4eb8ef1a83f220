"""What the outbox says on Slack arrives as one message, and what is not known is not claimed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.chat.card import BarPanel, Button, Card, Chart, Mention, Text
from bot.chat.messenger import CannotLook, DeliveryFailed, MessageRef
from bot.chat.talk import Place
from tests.bot.chat.cards import receipt
from tests.slack.fake_slack import words_in
from tests.slack.stage import Stage, stage

CHANNEL = Place("company", "slack", "channel", "C1", "#smarketing")
DIRECT = Place("company", "slack", "direct", "U0AMY", "Amy")
CHART = Chart("October", "Leads: 43 of 50 due.", bars=(BarPanel("Reports", 3, 0, 1, "on pace"),))
REPORT = Card("Week 42", "Week 42: on pace.", (CHART, Text(("43 of 50.",))))


@pytest_asyncio.fixture
async def on() -> AsyncIterator[Stage]:
    async with stage() as it:
        yield it


async def post(on: Stage, card: Card, place: Place = CHANNEL, delivery: str = "d-1", ref: str = "") -> MessageRef:
    return await on.door.messenger.post(place, card, delivery_id=delivery, ref=ref)


async def failing(on: Stage, method: str, fault: str, card: Card | None = None) -> DeliveryFailed:
    on.slack.faults[method].append(fault)
    with pytest.raises(DeliveryFailed) as failed:
        await post(on, card or receipt())
    return failed.value


async def test_a_card_is_posted_with_a_text_that_stands_for_it(on: Stage) -> None:
    ref = await post(on, receipt(), ref="H-41")
    (message,) = on.slack.channels["C1"].messages
    assert message["text"] == "H-41: marketing handed 25 qualified leads to sales."
    assert "H-41 · Marketing → Sales" in words_in(message["blocks"])
    assert ref == MessageRef(CHANNEL, f"C1/{message['ts']}")


async def test_a_receipt_is_edited_in_place(on: Stage) -> None:
    ref = await post(on, receipt())
    changed = await on.door.messenger.edit(ref, Card("H-41 · accepted", "accepted"), delivery_id="d-2")
    assert changed == ref
    (message,) = on.slack.channels["C1"].messages
    assert "accepted" in words_in(message["blocks"])
    assert message["metadata"]["event_payload"]["delivery"] == "d-2"


async def test_a_person_is_spoken_to_in_a_conversation_that_is_opened_once(on: Stage) -> None:
    ref = await post(on, receipt(), DIRECT)
    await post(on, receipt(), DIRECT, "d-2")
    assert ref.id.startswith("DU0AMY/")
    assert [method for method, _ in on.slack.calls].count("conversations.open") == 1
    await on.door.messenger.edit(ref, Card("changed", "changed"), delivery_id="d-3")
    assert on.slack.channels["DU0AMY"].messages[0]["text"] == "changed"


async def test_a_conversation_that_has_another_id_by_now_is_opened_anew_once(on: Stage) -> None:
    await post(on, receipt(), DIRECT)
    del on.slack.channels["DU0AMY"]
    with pytest.raises(DeliveryFailed) as failed:
        await post(on, receipt(), DIRECT, "d-2")
    assert failed.value.outcome == "not sent"
    assert (await post(on, receipt(), DIRECT, "d-2")).id.startswith("DU0AMY/")
    del on.slack.channels["DU0AMY"]
    for outcome in ("not sent", "impossible"):
        on.slack.faults["chat.postMessage"].append("channel_not_found")
        with pytest.raises(DeliveryFailed) as failed:
            await post(on, receipt(), DIRECT, "d-3")
        assert failed.value.outcome == outcome


async def test_history_goes_into_the_thread(on: Stage) -> None:
    root = await post(on, receipt())
    under = Place("company", "slack", "channel", "C1", "", root.id)
    reply = await post(on, Card("note", "note"), under, "d-2")
    assert on.slack.channels["C1"].messages[1]["thread_ts"] == root.id.partition("/")[2]
    assert await on.door.messenger.find(under, "d-2") == reply


async def test_only_the_reader_of_a_direct_message_sees_their_buttons(on: Stage) -> None:
    card = Card("t", "s", buttons=(Button("Accept", "accept H-1", may=("amy",)), Button("Undo", "undo", may=("josh",))))
    await post(on, card, DIRECT)
    (message,) = on.slack.channels["DU0AMY"].messages
    assert [button["text"]["text"] for button in message["blocks"][-1]["elements"]] == ["Accept"]


async def test_somebody_who_is_called_is_mentioned(on: Stage) -> None:
    await post(on, Card("t", "s", (Text((Mention("amy", "Amy", calls=True),)),)))
    (message,) = on.slack.channels["C1"].messages
    assert {"type": "user", "user_id": "U0AMY"} in message["blocks"][1]["elements"][0]["elements"]


async def test_a_report_carries_its_picture_with_the_words_that_stand_for_it(on: Stage) -> None:
    await post(on, REPORT)
    await post(on, REPORT, delivery="d-2")
    image = on.slack.channels["C1"].messages[0]["blocks"][1]
    (file,) = on.slack.files.values()
    assert image["alt_text"] == file["alt"] == "Leads: 43 of 50 due."
    assert file["bytes"] == b"PNG October"


async def test_without_the_scope_for_files_the_words_stand_for_the_picture(on: Stage) -> None:
    on.slack.teams["T1"].scopes.discard("files:write")
    await post(on, REPORT)
    assert "Leads: 43 of 50 due." in words_in(on.slack.channels["C1"].messages[0]["blocks"])


async def test_a_picture_that_is_not_ready_is_waited_for_and_then_done_without(on: Stage) -> None:
    for _ in range(2):
        failed = await failing(on, "chat.postMessage", "invalid_blocks", REPORT)
        assert (failed.outcome, failed.retry_after) == ("not sent", 3.0)
    await post(on, REPORT)
    assert "Leads: 43 of 50 due." in words_in(on.slack.channels["C1"].messages[0]["blocks"])


async def test_an_upload_that_fails_is_no_message_that_failed(on: Stage) -> None:
    assert (await failing(on, "files.getUploadURLExternal", "500", REPORT)).outcome == "not sent"
    assert (await failing(on, "files.completeUploadExternal", "drop after", REPORT)).outcome == "not sent"
    await post(on, REPORT)
    assert len(on.slack.channels["C1"].messages) == 1


async def test_what_slack_refuses_as_drawn_is_said_more_plainly(on: Stage, caplog: pytest.LogCaptureFixture) -> None:
    on.slack.faults["chat.postMessage"].append("invalid_blocks")
    await post(on, receipt())
    (message,) = on.slack.channels["C1"].messages
    assert len(message["blocks"]) == 2, "a sentence and its buttons"
    assert "said more plainly" in caplog.text
    on.slack.faults["chat.update"].append("invalid_blocks")
    ref = MessageRef(CHANNEL, f"C1/{message['ts']}")
    await on.door.messenger.edit(ref, receipt(), delivery_id="d-2")
    assert message["metadata"]["event_payload"]["delivery"] == "d-2"


@pytest.mark.parametrize("code", ["team_added_to_org", "org_login_required", "external_channel_migrating"])
async def test_a_workspace_that_is_moving_is_waited_for(on: Stage, code: str) -> None:
    failed = await failing(on, "chat.postMessage", code)
    assert (failed.outcome, failed.retry_after) == ("not sent", 300.0)
    await post(on, receipt())
    assert on.house.changes == []


async def test_a_change_that_slack_did_not_make_is_made_again(on: Stage) -> None:
    ref = await post(on, receipt())
    on.slack.faults["chat.update"].append("update_failed")
    with pytest.raises(DeliveryFailed) as failed:
        await on.door.messenger.edit(ref, receipt(), delivery_id="d-2")
    assert failed.value.outcome == "not sent"


async def test_a_lasting_token_that_runs_out_all_the_same_is_told_and_not_tried_again(on: Stage) -> None:
    assert (await failing(on, "chat.postMessage", "token_expired")).outcome == "not sent"
    assert [type(change).__name__ for change in on.house.changes] == ["Uninstalled"]
    with pytest.raises(DeliveryFailed, match="its token has run out") as failed:
        await post(on, receipt())
    assert failed.value.outcome == "impossible"


@pytest.mark.parametrize("fault", ["500", "502 after", "drop before", "drop after", "nonsense", "nonsense after"])
async def test_no_answer_is_not_an_answer(on: Stage, fault: str) -> None:
    assert (await failing(on, "chat.postMessage", fault)).outcome == "unknown"
    arrived = len(on.slack.channels["C1"].messages)
    assert (await on.door.messenger.find(CHANNEL, "d-1") is not None) == bool(arrived)
    assert [method for method, _ in on.slack.calls].count("chat.postMessage") == 1


@pytest.mark.parametrize("code", ["fatal_error", "internal_error", "service_unavailable", "request_timeout"])
async def test_an_error_inside_slack_leaves_it_open(on: Stage, code: str) -> None:
    assert (await failing(on, "chat.postMessage", code)).outcome == "unknown"


@pytest.mark.parametrize(
    "code",
    ["is_archived", "channel_not_found", "not_in_channel", "token_revoked", "restricted_action", "user_disabled"],
)
async def test_a_refusal_for_good_sends_it_another_way(on: Stage, code: str) -> None:
    assert (await failing(on, "chat.postMessage", code)).outcome == "impossible"


async def test_too_fast_is_told_with_how_long_to_wait(on: Stage) -> None:
    failed = await failing(on, "chat.postMessage", "429")
    assert (failed.outcome, failed.retry_after) == ("not sent", 7.0)


async def test_a_refused_connection_is_known_not_to_have_happened(on: Stage) -> None:
    await post(on, receipt())
    on.door.web.base_url = "http://127.0.0.1:1/"
    with pytest.raises(DeliveryFailed) as failed:
        await post(on, receipt(), delivery="d-2")
    assert failed.value.outcome == "not sent"


async def test_a_revoked_token_is_remembered_and_not_tried_again(on: Stage) -> None:
    assert (await failing(on, "chat.postMessage", "token_revoked")).outcome == "impossible"
    calls = len(on.slack.calls)
    with pytest.raises(DeliveryFailed, match="token_revoked") as failed:
        await post(on, receipt())
    assert failed.value.outcome == "impossible"
    assert len(on.slack.calls) == calls


async def test_a_company_that_never_installed_it_cannot_be_spoken_to(on: Stage) -> None:
    with pytest.raises(DeliveryFailed, match="not installed") as failed:
        await post(on, receipt(), Place("another", "slack", "channel", "C1"))
    assert failed.value.outcome == "impossible"


@pytest.mark.parametrize("fault", ["500", "drop after"])
async def test_a_conversation_that_could_not_be_opened_said_nothing(on: Stage, fault: str) -> None:
    on.slack.faults["conversations.open"].append(fault)
    with pytest.raises(DeliveryFailed) as failed:
        await post(on, receipt(), DIRECT)
    assert failed.value.outcome == "not sent"


async def test_somebody_deactivated_cannot_be_spoken_to(on: Stage) -> None:
    on.slack.teams["T1"].deactivated.add("U0GONE")
    with pytest.raises(DeliveryFailed, match="they were deactivated in Slack") as failed:
        await post(on, receipt(), Place("company", "slack", "direct", "U0GONE"))
    assert failed.value.outcome == "impossible"


async def test_without_history_scopes_slack_cannot_be_looked_back_at(on: Stage) -> None:
    on.slack.teams["T1"].scopes.discard("channels:history")
    with pytest.raises(CannotLook):
        await on.door.messenger.find(CHANNEL, "d-1")


async def test_a_look_back_reads_on_until_it_has_seen_everything(on: Stage) -> None:
    ref = await post(on, receipt())
    for number in range(450):
        on.slack.channels["C1"].messages.append({"ts": f"{on.clock.now().timestamp():.0f}.9{number:05d}", "text": "x"})
    assert await on.door.messenger.find(CHANNEL, "d-1") == ref
    assert await on.door.messenger.find(CHANNEL, "d-2") is None
    on.clock.advance(timedelta(days=2))
    assert await on.door.messenger.find(CHANNEL, "d-1") is None


async def test_a_message_of_somebody_elses_cannot_pass_for_ours(on: Stage) -> None:
    ref = await post(on, receipt())
    ours = on.slack.channels["C1"].messages.pop()
    on.slack.channels["C1"].messages.append(ours | {"bot_id": "B0EVE"})
    assert await on.door.messenger.find(CHANNEL, "d-1") is None
    forged = {"event_type": "kept_delivery", "event_payload": {"delivery": "d-1", "signature": "0" * 64}}
    on.slack.channels["C1"].messages.append(ours | {"metadata": forged})
    assert await on.door.messenger.find(CHANNEL, "d-1") is None
    on.slack.channels["C1"].messages.append(ours)
    assert await on.door.messenger.find(CHANNEL, "d-1") == ref
