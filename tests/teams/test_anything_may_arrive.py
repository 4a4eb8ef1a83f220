"""Whatever comes with Teams' token is answered without an error of ours, and gives nothing away."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.mutations import mutated
from tests.teams.fake_connector import OUR_TOKEN
from tests.teams.stage import CHANNEL, Stage, stage


def payloads(it: Stage) -> list[dict[str, Any]]:
    """One of each that Teams sends."""
    said = it.teams.said[-1]
    data = {"kind": "say", "command": "accept H-1", "version": None}
    filled = {"kind": "fill", "verb": "handoff", "settled": {}, "command": "handoff …", "field.quantity": "25"}
    mention = {"type": "mention", "text": "<at>Kept</at>", "mentioned": it.teams.activity("josh")["recipient"]}

    def invoked(name: str, value: Any) -> dict[str, Any]:
        return it.teams.activity("amy", CHANNEL, type="invoke", name=name, value=value, replyToId=said.id)

    consent = {"action": "accept", "context": {"kept": "x", "mark": "y"}, "uploadInfo": {"uploadUrl": it.teams.url}}
    member = {"membersAdded": [{"id": it.teams.activity("josh")["recipient"]["id"]}]}
    return [
        it.teams.activity("josh", text="handoff 25 leads to sales"),
        it.teams.activity("josh", CHANNEL, text="<at>Kept</at> status", entities=[mention]),
        it.teams.activity("amy", value=data),
        invoked("adaptiveCard/action", {"action": {"verb": "say", "data": data}, "trigger": "manual"}),
        invoked("task/fetch", {"data": data | {"command": "dispute H-1 …"}}),
        invoked("task/submit", {"data": filled}),
        invoked("composeExtension/fetchTask", {"messagePayload": {"body": {"content": "<p>25 leads</p>"}}}),
        invoked("fileConsent/invoke", consent),
        it.teams.activity("josh", CHANNEL, type="conversationUpdate", **member),
        it.teams.activity("josh", type="installationUpdate", action="add"),
    ]


async def test_anything_put_anywhere_into_what_teams_sends_is_answered(
    one_url: str, company_x: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("josh", "handoff 25 leads to sales", CHANNEL)
        await it.delivered()
        for seed in range(100):
            random = Random(seed)
            body = mutated(random, random.choice(payloads(it)))
            status, answered = await it.teams.send(json.dumps(body).encode())
            assert status < 500 or status == 501, (seed, body)
            assert "Traceback" not in str(answered)
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
    assert OUR_TOKEN not in caplog.text
