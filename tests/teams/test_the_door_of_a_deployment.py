"""How a deployment opens Teams' door: only where it is on, and never to strangers without tokens."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from bot.settings import Listen, Teams
from bot.teams.plugs import open_door
from slacore.errors import Refusal


def test_without_tokens_the_door_opens_on_loopback_alone() -> None:
    parts: dict[str, Any] = {"public_url": "", "database": None, "clock": None, "session": None, "ask": None}
    with pytest.raises(Refusal, match="KEPT_LISTEN"):
        open_door(Teams(anonymous=True), listen=Listen("0.0.0.0", 3978), **parts)


def test_microsofts_libraries_are_imported_only_where_teams_is_on() -> None:
    check = (
        "import sys, bot.app, bot.__main__; assert not {'msal', 'jwt', 'requests', 'bot.teams.door'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", check], check=True)
