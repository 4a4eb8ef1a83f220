"""What the methods of Slack's Web API do with what they are asked; a KeyError is an error by Slack's name."""

from __future__ import annotations

from typing import Any

from tests.slack.fake_workspaces import Channel, Team, Workspaces

TRIGGER_WITHIN = 3.0


class Methods(Workspaces):
    """`chat.postMessage` is `_do_chat_postmessage`, and so on."""

    def _do_auth_test(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        return {"team_id": team.id, "team": team.name, "user_id": team.bot_user, "bot_id": team.bot_id}

    def _do_chat_postmessage(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._speaks_in(team, body["channel"])
        self._require_message(body)
        self._pace(channel.id)
        ts = f"{self.now().timestamp():.0f}.{next(self._ids):06d}"
        message = {"ts": ts, "type": "message", "bot_id": team.bot_id, "user": team.bot_user}
        kept = ("text", "blocks", "metadata", "thread_ts")
        channel.messages.append(message | {name: body[name] for name in kept if name in body})
        return {"channel": channel.id, "ts": ts}

    def _do_chat_update(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._speaks_in(team, body["channel"])
        self._require_message(body)
        message = next((each for each in channel.messages if each["ts"] == body["ts"]), None)
        if message is None:
            raise KeyError("message_not_found")
        if _is_rich(message.get("blocks")) and not _is_rich(body.get("blocks")):
            raise KeyError("block_mismatch")
        message.update({name: body[name] for name in ("text", "blocks", "metadata") if name in body})
        return {"channel": channel.id, "ts": body["ts"]}

    def _do_chat_postephemeral(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._speaks_in(team, body["channel"])
        if body["user"] not in channel.members:
            raise KeyError("user_not_in_channel")
        self._require_message(body)
        self.ephemerals.append({**body, "via": "postEphemeral"})
        return {"message_ts": "1.1"}

    def _do_conversations_info(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        channel = self.channels.get(body["channel"])
        if channel is None or channel.team != team.id:
            raise KeyError("channel_not_found")
        known = {"id": body["channel"], "name": channel.name or body["channel"].lower()}
        return {"channel": {**known, "is_archived": channel.archived, "is_member": team.bot_user in channel.members}}

    def _do_users_info(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        user = self.people.get(body["user"])
        if user is None:
            raise KeyError("user_not_found")
        shown = {**user, "profile": {k: v for k, v in user.get("profile", {}).items() if k != "email"}}
        return {"user": user if "users:read.email" in team.scopes else shown}

    def _do_conversations_open(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        user = body["users"]
        if user not in team.users | team.deactivated:
            raise KeyError("user_not_found")
        if user in team.deactivated:
            raise KeyError("user_disabled")
        self.channels.setdefault(f"D{user}", Channel(f"D{user}", team.id, {user, team.bot_user}))
        return {"channel": {"id": f"D{user}"}}

    def _do_conversations_history(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._speaks_in(team, body["channel"])
        said = [each for each in channel.messages if "thread_ts" not in each][::-1]
        return self._page(said, body)

    def _do_conversations_replies(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._speaks_in(team, body["channel"])
        return self._page([each for each in channel.messages if each.get("thread_ts") == body["ts"]], body)

    def _do_views_open(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        opened_at = self.triggers.pop(body["trigger_id"], None)
        if opened_at is None:
            raise KeyError("exchanged_trigger_id")
        if self.now().timestamp() - opened_at > TRIGGER_WITHIN:
            raise KeyError("expired_trigger_id")
        self._require_view(body["view"], team)
        identifier = f"V{next(self._ids)}"
        self.views[identifier] = {**body["view"], "id": identifier}
        return {"view": {"id": identifier}}

    def _do_views_update(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        if body["view_id"] not in self.views:
            raise KeyError("not_found")
        self._require_view(body["view"], team)
        self.views[body["view_id"]] = {**body["view"], "id": body["view_id"]}
        return {"view": {"id": body["view_id"]}}

    def _do_views_publish(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        self._require_view(body["view"], team)
        self.homes[body["user_id"]] = body["view"]
        return {"view": {"id": "VHOME"}}

    def _do_files_getuploadurlexternal(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        identifier = f"F{next(self._ids)}"
        self.files[identifier] = {
            "name": body["filename"],
            "alt": body.get("alt_txt", ""),
            "length": int(body["length"]),
            "ready": False,
        }
        return {"upload_url": f"{self.url}upload/{identifier}", "file_id": identifier}

    def _do_files_completeuploadexternal(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        for file in body["files"]:
            if "bytes" not in self.files[file["id"]]:
                raise KeyError("file_not_found")
            self.files[file["id"]] |= {"ready": True, "title": file.get("title", "")}
        if shown_in := body.get("channel_id"):
            self._speaks_in(team, shown_in)
            self.shown.append((shown_in, [file["id"] for file in body["files"]]))
        return {"files": body["files"]}

    def _do_files_info(self, team: Team, body: dict[str, Any]) -> dict[str, Any]:
        if body["file"] not in self.attached:
            raise KeyError("file_not_found")
        where = f"{self.url}files/{body['file']}"
        return {
            "file": {"id": body["file"], "name": body["file"], "mimetype": "text/csv", "url_private_download": where}
        }

    def _page(self, said: list[dict[str, Any]], body: dict[str, Any]) -> dict[str, Any]:
        said = [each for each in said if float(each["ts"]) >= float(body.get("oldest", 0))]
        start, most = int(body.get("cursor", 0)), int(body.get("limit", 100))
        shown = said[start : start + most]
        if body.get("include_all_metadata") != "true":
            shown = [{name: value for name, value in each.items() if name != "metadata"} for each in shown]
        rest = str(start + most) if start + most < len(said) else ""
        return {"messages": shown, "response_metadata": {"next_cursor": rest}}

    def _exchange(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("grant_type") == "refresh_token":
            self.refreshes.append(body["refresh_token"])
            team = next(
                (each for each in self.teams.values() if f"refresh-{each.token}" == body["refresh_token"]), None
            )
            if team is None:
                raise KeyError("invalid_refresh_token")
            team.token = f"{team.token}+"
        elif body.get("code") in self.codes:
            team = self.teams[self.codes.pop(body["code"])["team"]]
        else:
            raise KeyError("invalid_code")
        granted = {"is_enterprise_install": True, "team": None} if team.id.startswith("E") else {}
        return {
            "access_token": team.token,
            "token_type": "bot",
            "refresh_token": f"refresh-{team.token}",
            "expires_in": 43_200,
            "scope": ",".join(sorted(team.scopes)),
            "bot_user_id": team.bot_user,
            "app_id": "A1",
            "team": {"id": team.id, "name": team.name},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "U0AMY"},
        } | granted


_SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.open": "im:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "users.info": "users:read",
}
_KINDS = {"D": "im", "G": "groups"}


def scope_for(method: str, channel: str) -> str:
    """The scope that a method wants of a bot's token, which for reading depends on the sort of conversation."""
    kind = _KINDS.get(channel[:1], "channels")
    match method:
        case "conversations.history" | "conversations.replies":
            return f"{kind}:history"
        case "conversations.info":
            return f"{kind}:read"
        case _:
            return _SCOPES.get(method, "")


def _is_rich(blocks: Any) -> bool:
    return any(block.get("type") == "rich_text" for block in blocks or ())
