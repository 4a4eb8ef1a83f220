"""What the manifest asks for is what the door uses: every call and event has its scope, and no scope is idle."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.slack.events import Events
from bot.slack.hearing import HANDOFF, LOG_HANDOFF
from bot.slack.manifests import BY_EMAIL, EVENTS, READ_BACK, READ_FILES, SCOPES, manifest

DOOR = Path(__file__).parents[2] / "bot" / "slack"
HISTORY = {"im:history", *READ_BACK}
CALLS: dict[str, set[str]] = {
    "auth.test": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": HISTORY,
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "conversations.replies": HISTORY,
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.info": {"files:read"},
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.update": set(),
}
"""What Slack's reference asks for each method of a bot."""
HEARD: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "message.im": {"im:history"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
    **{key: {"channels:read"} for key in ("channel_archive", "channel_deleted", "channel_left", "channel_rename")},
    **{key: {"channels:read"} for key in ("channel_id_changed", "channel_unarchive")},
    **{
        key: {"groups:read"}
        for key in ("group_archive", "group_deleted", "group_left", "group_rename", "group_unarchive")
    },
    **{key: {"channels:read", "groups:read"} for key in ("member_joined_channel", "member_left_channel")},
}
"""The same for each event."""
_METHOD = re.compile(r"(auth|bots|chat|conversations|files|reactions|team|usergroups|users|views)\.(?!read)[A-Za-z.]+")
WITHOUT_A_CALL = {"commands", "users:read.email"}
"""Slash commands and shortcuts; a field in the answer to users.info."""
OPTIONAL = {"conversations.history", "conversations.replies", "files.info"}


def calls() -> Iterator[str]:
    """The methods of Slack that the door names."""
    for file in sorted(DOOR.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and _METHOD.fullmatch(str(node.value)):
                yield str(node.value)


def test_every_call_has_its_scope_and_no_scope_is_idle() -> None:
    made = set(calls())
    assert made == CALLS.keys()
    asked = SCOPES.keys() | READ_BACK.keys() | BY_EMAIL.keys() | READ_FILES.keys()
    used = set().union(*(CALLS[each] for each in made), *(HEARD[each] for each in EVENTS), WITHOUT_A_CALL)
    assert used == asked
    least = set().union(*(CALLS[each] for each in made - OPTIONAL))
    assert least <= SCOPES.keys(), "what is optional is needed for nothing else"


def test_every_event_that_is_asked_for_is_told_and_none_else() -> None:
    class Nothing:
        pass

    told = Events(Nothing(), Nothing()).told.keys()  # type: ignore[arg-type]
    assert told | {"app_mention", "message.im", "app_uninstalled", "tokens_revoked"} == set(EVENTS)
    assert set(EVENTS) == HEARD.keys()


def test_every_command_and_shortcut_is_one_that_is_heard() -> None:
    features = manifest(public_url="https://kept.example")["features"]
    assert [each["command"] for each in features["slash_commands"]] == ["/sla", HANDOFF]
    assert all(each["should_escape"] for each in features["slash_commands"]), "people and groups come as ids"
    assert {each["callback_id"] for each in features["shortcuts"]} == {LOG_HANDOFF}
    assert features["app_home"]["home_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"], "one can answer it"
