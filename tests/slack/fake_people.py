"""What people do in a Slack, and how the bot hears of it: signed, with a trigger, and again while it is not taken."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.slack.fake_workspaces import Workspaces
from tests.slack.rules import message_problems


@dataclass
class Answer:
    """What a request to the bot was answered with."""

    status: int
    body: Any

    @property
    def text(self) -> str:
        return json.dumps(self.body, ensure_ascii=False)


class People(Workspaces):
    """Whoever types, presses, fills in and writes; each gets the bot's answer."""

    async def types(
        self, user: str, text: str, *, command: str = "/sla", channel: str = "C1", team: str = "T1", **more: str
    ) -> Answer:
        return await self.sends(self.command(user, text, command=command, channel=channel, team=team, **more))

    def command(
        self, user: str, text: str, *, command: str = "/sla", channel: str = "C1", team: str = "T1", **more: str
    ) -> dict[str, str]:
        return {
            "command": command,
            "text": text,
            "team_id": team,
            "user_id": user,
            "user_name": user.lower(),
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else channel.lower(),
            "trigger_id": self.trigger(),
            "response_url": self.response_url(channel, user),
            "api_app_id": "A1",
        } | more

    async def presses(
        self, user: str, value: str, *, channel: str = "C1", ts: str = "1.000001", label: str = "Go", team: str = "T1",
        action_id: str = "say-0", **more: Any,
    ) -> Answer:  # fmt: skip
        return await self.interacts(
            self.press(user, value, channel=channel, ts=ts, label=label, team=team, action_id=action_id, **more)
        )

    def press(
        self, user: str, value: str, *, channel: str = "C1", ts: str = "1.000001", label: str = "Go", team: str = "T1",
        action_id: str = "say-0", **more: Any,
    ) -> dict[str, Any]:  # fmt: skip
        return {
            "type": "block_actions",
            "team": {"id": team, "domain": "x"},
            "user": {"id": user, "name": user.lower(), "team_id": team},
            "channel": {"id": channel, "name": channel.lower()},
            "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False},
            "message": {"ts": ts, "type": "message"},
            "trigger_id": self.trigger(),
            "response_url": self.response_url(channel, user),
            "actions": [
                {
                    "type": "button",
                    "action_id": action_id,
                    "block_id": "buttons-0",
                    "value": value,
                    "text": {"type": "plain_text", "text": label},
                    "action_ts": f"{next(self._ids)}.5",
                }
            ],
        } | more

    async def submits(self, user: str, view_id: str, values: dict[str, Any], *, team: str = "T1") -> Answer:
        answer = await self.interacts(self.submission(user, view_id, values, team=team))
        if isinstance(answer.body, dict) and answer.body.get("response_action") == "update":
            self._require_view(answer.body["view"], self.teams[team])
            self.views[view_id] = {**answer.body["view"], "id": view_id}
        elif isinstance(answer.body, dict) and answer.body.get("response_action") == "errors":
            inputs = {
                each.get("block_id")
                for each in self.views.get(view_id, {}).get("blocks", ())
                if each["type"] == "input"
            }
            if stray := answer.body["errors"].keys() - inputs:
                self.problems.append(f"errors beside no input: {stray}")
        elif isinstance(answer.body, dict) and answer.body.get("response_action") == "clear":
            self.views.pop(view_id, None)
        return answer

    def submission(self, user: str, view_id: str, values: dict[str, Any], *, team: str = "T1") -> dict[str, Any]:
        return {
            "type": "view_submission",
            "team": {"id": team},
            "user": {"id": user, "name": user.lower(), "team_id": team},
            "trigger_id": self.trigger(),
            "view": {**self.views.get(view_id, {"id": view_id}), "state": {"values": values}},
        }

    async def uses_shortcut(
        self, user: str, *, text: str | None = None, channel: str = "C1", files: Sequence[dict[str, str]] = ()
    ) -> Answer:
        payload: dict[str, Any] = {
            "type": "shortcut" if text is None else "message_action",
            "callback_id": "log_handoff",
            "team": {"id": "T1"},
            "user": {"id": user, "name": user.lower()},
            "trigger_id": self.trigger(),
            "action_ts": f"{next(self._ids)}.7",
        }
        if text is not None:
            payload |= {
                "channel": {"id": channel, "name": channel.lower()},
                "message": {"ts": "5.5", "text": text, "user": "U0AMY", "files": list(files)},
                "response_url": self.response_url(channel, user),
            }
        return await self.interacts(payload)

    async def happens(self, event: dict[str, Any], *, team: str = "T1", again: bool = True) -> list[Answer]:
        """An event, sent again up to three times while it is not acknowledged, as Slack does."""
        body = {
            "type": "event_callback",
            "team_id": team,
            "api_app_id": "A1",
            "event": {"event_ts": f"{next(self._ids)}.9", **event},
            "event_id": f"Ev{next(self._ids)}",
            "event_time": int(self.now().timestamp()),
            "authorizations": [{"team_id": team, "user_id": "U0KEPT", "is_bot": True}],
        }
        answers = [await self.sends_json(body)]
        for retry in range(1, 4):
            if answers[-1].status < 300 or not again:
                break
            retried = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_error"}
            answers.append(await self.sends_json(body, headers=retried))
        return answers

    async def mentions(self, user: str, text: str, *, channel: str = "C1", **more: str) -> list[Answer]:
        ts = f"{next(self._ids)}.000100"
        event = {"type": "app_mention", "user": user, "text": text, "channel": channel, "ts": ts, "event_ts": ts}
        return await self.happens(event | more)

    async def writes(self, user: str, text: str, **more: str) -> list[Answer]:
        ts = f"{next(self._ids)}.000100"
        event = {"type": "message", "channel_type": "im", "user": user, "text": text, "channel": f"D{user}", "ts": ts}
        return await self.happens(event | {"event_ts": ts} | more)

    async def sends(self, fields: dict[str, str]) -> Answer:
        return await self.sends_raw(urlencode(fields).encode(), "application/x-www-form-urlencoded")

    async def interacts(self, payload: dict[str, Any]) -> Answer:
        return await self.sends({"payload": json.dumps(payload)})

    async def sends_json(self, body: Any, headers: dict[str, str] | None = None) -> Answer:
        return await self.sends_raw(json.dumps(body).encode(), "application/json", headers)

    async def sends_raw(self, raw: bytes, kind: str, headers: dict[str, str] | None = None) -> Answer:
        signed = self.signed(raw) | {"Content-Type": kind} | (headers or {})
        assert self._session is not None
        async with self._session.post(self.bot_url, data=raw, headers=signed) as response:
            text = await response.text()
            body = json.loads(text) if text.startswith("{") else text
            if isinstance(body, dict) and "blocks" in body:
                self.problems += message_problems(body["blocks"], body.get("text", ""))
            return Answer(response.status, body)

    def signed(self, raw: bytes, at: str | None = None) -> dict[str, str]:
        timestamp = at or str(int(self.now().timestamp()))
        signature = hmac.new(self.signing_secret.encode(), b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256)
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={signature.hexdigest()}"}

    async def through_the_socket(self, kind: str, payload: dict[str, Any]) -> Any:
        """An envelope over Socket Mode; what it was acknowledged with."""
        envelope = f"env-{next(self._ids)}"
        self.acknowledged[envelope] = asyncio.get_running_loop().create_future()
        await self.sockets[-1].send_json({"envelope_id": envelope, "type": kind, "payload": payload})
        async with asyncio.timeout(5):
            return await self.acknowledged[envelope]
