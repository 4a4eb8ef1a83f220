"""The app package: what Teams has to know to offer Kept, with its icons, as one zip.

Made from the command table, so that the menus show what can be asked, and valid by Microsoft's
schema 1.25. The same app id gives the same package byte for byte.
"""

from __future__ import annotations

import io
import json
import re
import uuid
import zipfile
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from bot.commands.command import CommandTable
from bot.commands.help import menu
from slacore.errors import Refusal

SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json"
VERSION = "1.25"
LOG_HANDOFF = "logHandoff"
"""The message extension's one command."""
MOST_COMMANDS = 10
ABOUT = "/teams/about"
"""Where the bot itself tells people what it keeps, since Teams wants an address for that."""
_APPS = uuid.UUID("0f0d3a44-6f0e-5b3f-9b1a-0a6f5f3a9d10")
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_STAMP = (2026, 1, 1, 0, 0, 0)
_ACCENT = "#2f6f4f"


def manifest(app_id: str, table: CommandTable, *, public_url: str, version: str) -> dict[str, Any]:
    """What Teams has to know. Refuses an app id that is none, and an address that Teams cannot use.

    `public_url` is where Teams reaches the bot, and where people read what it keeps.
    """
    if not _GUID.fullmatch(app_id):
        raise Refusal(
            f"“{app_id}” is no Microsoft App ID.",
            "Copy the Application (client) ID from the bot's page in Azure into TEAMS_APP_ID.",
        )
    url = public_url.rstrip("/")
    if not url.startswith("https://"):
        raise Refusal(
            f"Teams reaches bots through https alone, and “{url}” is no such address.",
            "Set KEPT_PUBLIC_URL to where Teams reaches the bot, such as https://kept.example.com.",
        )
    commands = [{"title": each.title, "description": each.description} for each in menu(table, MOST_COMMANDS)]
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": version,
        "id": str(uuid.uuid5(_APPS, app_id.lower())),
        "developer": {
            "name": "Kept",
            "websiteUrl": url + ABOUT,
            "privacyUrl": url + ABOUT,
            "termsOfUseUrl": url + ABOUT,
        },
        "name": {"short": "Kept", "full": "Kept: the promises teams make one another"},
        "description": {
            "short": "Holds teams to the promises they make one another.",
            "full": "Kept remembers what your teams promised one another, by when and how it is measured. "
            "Log a handoff in one line, see where every promise stands, and hear early when one is at risk.",
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": _ACCENT,
        "bots": [
            {
                "botId": app_id.lower(),
                "scopes": ["team", "personal", "groupChat"],
                "isNotificationOnly": False,
                "supportsFiles": True,
                "commandLists": [{"scopes": ["team", "personal", "groupChat"], "commands": commands}],
            }
        ],
        "composeExtensions": [
            {
                "botId": app_id.lower(),
                "commands": [
                    {
                        "id": LOG_HANDOFF,
                        "type": "action",
                        "title": "Log handoff",
                        "description": "Log what was handed over, from this message or from nothing",
                        "context": ["message", "compose", "commandBox"],
                        "fetchTask": True,
                    }
                ],
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [urlsplit(url).netloc],
        "defaultInstallScope": "team",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "supportsChannelFeatures": "tier1",  # private and shared channels as well
    }


def package(made: dict[str, Any], icons: Iterable[tuple[str, bytes]]) -> bytes:
    """The zip that an administrator uploads: the manifest and its icons, at its top."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, body in (("manifest.json", json.dumps(made, indent=2, ensure_ascii=False).encode()), *icons):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, body)
    return file.getvalue()
