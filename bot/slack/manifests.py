"""The app's manifest: what Slack has to know to make the app, printed to be pasted there.

The least that the product needs is asked for; each scope has its reason beside it, and the guide
shows the same reasons. What only some companies want is asked for where it is switched on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.hearing import HANDOFF, LOG_HANDOFF

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "hear words that mention it, also in threads, where Slack knows no commands",
    "channels:read": "be told, and ask after having been away, whether an agreement's public channel was renamed, "
    "archived or deleted, or it was removed",
    "chat:write": "post receipts, reports and misses, and edit them in place",
    "commands": "/sla, /handoff and the shortcut Log as handoff",
    "files:write": "upload the weekly report's picture, and files that somebody asked for",
    "groups:read": "the same as channels:read, in private channels it was invited to",
    "im:history": "hear what people write to it directly; it reads no other direct messages",
    "im:write": "open a direct conversation with the owner of a promise",
    "users:read": "notice that somebody left, or came back, also while Kept was away",
}
"""What every install asks for, and what for."""

READ_BACK: Mapping[str, str] = {
    "channels:history": "after a lost answer, look whether a message arrived instead of marking it a possible repeat",
    "groups:history": "the same in private channels it was invited to",
}
"""Optional: without these it never repeats a message unmarked, but sometimes marks one."""

BY_EMAIL: Mapping[str, str] = {
    "users:read.email": "know a person whom an agreement names by e-mail, the first time they speak"
}
"""Optional."""

READ_FILES: Mapping[str, str] = {
    "files:read": "take files: a list that comes with a handoff, and what shows that something was delivered"
}
"""Optional: without it a list is pasted, and forms have no field for a file."""

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "tokens_revoked",
    "user_change",
)
_COLOUR = "#2f4a3c"


def manifest(
    *,
    public_url: str = "",
    socket: bool = False,
    many: bool = False,
    read_back: bool = False,
    by_email: bool = False,
    read_files: bool = False,
) -> dict[str, Any]:
    """The manifest for an app that is reached at `public_url`, or through a socket.

    `many` is for "Add to Slack": its tokens run out and are renewed. A token that stands in the
    environment cannot be, so that of one workspace lives until it is revoked.
    """
    base = public_url.rstrip("/")
    at: dict[str, str] = {} if socket else {"url": f"{base}/slack/events"}
    request: dict[str, str] = {} if socket else {"request_url": f"{base}/slack/events"}
    chosen = ((READ_BACK, read_back), (BY_EMAIL, by_email), (READ_FILES, read_files))
    scopes = sorted({*SCOPES, *(scope for asked, wanted in chosen if wanted for scope in asked)})
    oauth: dict[str, Any] = {"scopes": {"bot": scopes}}
    if many:
        oauth["redirect_urls"] = [f"{base}/slack/oauth_redirect"]
    return {
        "display_information": {
            "name": "Kept",
            "description": "Holds teams to the promises they make one another.",
            "background_color": _COLOUR,
            "long_description": (
                "Teams write down what they promise one another, both sides agree, and from then on Kept lives in the "
                "channel where they already talk. It takes handoffs as they happen, knows every deadline, asks the "
                "owner privately before anything is late, escalates when it is, and posts the weekly report that "
                "nobody has to write by hand."
            ),
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Kept", "always_online": True},
            "shortcuts": [
                {
                    "name": "Log a handoff",
                    "type": "global",
                    "callback_id": LOG_HANDOFF,
                    "description": "Hand something over to another team",
                },
                {
                    "name": "Log as handoff",
                    "type": "message",
                    "callback_id": LOG_HANDOFF,
                    "description": "Make this message a handoff",
                },
            ],
            "slash_commands": [
                {
                    "command": "/sla",
                    "description": "Ask Kept: status, mine, owed, done, help …",
                    "usage_hint": "help",
                    "should_escape": True,
                    **at,
                },
                {
                    "command": HANDOFF,
                    "description": "Hand something over to another team",
                    "usage_hint": "25 qualified leads to sales",
                    "should_escape": True,
                    **at,
                },
            ],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": many,
        },
    }
