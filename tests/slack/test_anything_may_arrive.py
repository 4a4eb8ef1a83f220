"""Whatever comes with Slack's signature is answered without an error of ours, and gives nothing away."""

from __future__ import annotations

import json
import logging
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.chat.card import Card, Field, Form
from bot.chat.talk import Reply, Utterance
from tests.mutations import mutated
from tests.slack.stage import Stage, stage

FORM = "application/x-www-form-urlencoded"


def answer(utterance: Utterance) -> Reply:
    if utterance.text.endswith("…"):
        return Reply(form=Form("handoff", "Log a handoff", (Field("quantity", "How many", "whole number"),)))
    return Reply(card=Card("H-1", "H-1 is logged."))


def payloads(on: Stage) -> list[tuple[str, Any]]:
    """One of each that Slack sends, as form fields, as a form's payload, or as JSON."""
    modal = next(iter(on.slack.views), "V1")
    filled = {"field-0": {"value": {"type": "number_input", "value": "25"}}}
    event = {"type": "app_mention", "user": "U0JOSH", "channel": "C1", "ts": "1.000100", "text": "<@U0KEPT> status"}
    file = {"id": "F1", "name": "leads.csv", "mimetype": "text/csv", "url_private": f"{on.slack.url}files/leads.csv"}
    events = (
        event,
        event | {"type": "message", "channel_type": "im", "channel": "DU0JOSH", "files": [file]},
        {"type": "app_home_opened", "user": "U0JOSH", "channel": "DU0JOSH", "tab": "home"},
        {"type": "user_change", "user": {"id": "U0AMY", "profile": {"display_name": "Amy"}, "tz": "Asia/Tokyo"}},
        {"type": "channel_rename", "channel": {"id": "C1", "name": "new"}},
        {"type": "member_joined_channel", "channel": "C1", "user": "U0KEPT", "inviter": "U0AMY"},
    )
    around = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "authorizations": [{"team_id": "T1"}]}
    return [
        ("fields", on.slack.command("U0JOSH", "25 leads to sales", command="/handoff")),
        ("payload", on.slack.press("U0AMY", json.dumps({"say": "accept H-1", "version": 1}))),
        ("payload", on.slack.submission("U0JOSH", modal, filled)),
        *(("json", around | {"event": each}) for each in events),
    ]


async def test_anything_put_anywhere_into_what_slack_sends_is_answered(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with stage() as on:
        on.house.answers = answer
        await on.slack.types("U0JOSH", "handoff …")
        await on.settled()
        for seed in range(150):
            random = Random(seed)
            kind, body = random.choice(payloads(on))
            body = mutated(random, body)
            if kind == "json":
                raw, content = json.dumps(body).encode(), "application/json"
            else:
                fields = {"payload": body} if kind == "payload" else body
                written = {name: each if isinstance(each, str) else json.dumps(each) for name, each in fields.items()}
                raw, content = urlencode(written, errors="surrogatepass").encode(), FORM
            answered = await on.slack.sends_raw(raw, content)
            assert answered.status < 500, (seed, body)
            assert "Traceback" not in answered.text
        await on.settled()
        on.slack.problems.clear()  # an answer drawn into a mutated modal is judged by what the modal was
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
    assert "xoxb-1" not in caplog.text
