"""The parts of a deployment's choice, as values: what may be chosen, and what it is where nobody chose.

Read from app.yaml and the environment by `bot.settings`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]
LogFormat: TypeAlias = Literal["text", "json"]

WORKSPACE = "company"
"""The workspace of a deployment that has no platform's installs to tell companies apart."""


REQUESTS_A_MINUTE = 120
"""Of one person: more than anybody types or clicks, less than a program that is stuck sends."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""What this machine calls itself; nobody else reaches it there."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the browser door answers. Port 0 lets the system choose a free one."""

    host: str
    port: int

    def __str__(self) -> str:
        """Give the form that KEPT_LISTEN has."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Database:
    """Where everything is remembered: an SQLAlchemy URL with an async driver named in it."""

    url: str = field(repr=False)  # may hold a password; Settings.redacted() shows the rest


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The browser chat with a clock of its own, and what it starts with.

    `company` is what its workspace is called. `starts_at` is an aware UTC datetime; `agreements`
    are files declared as `kept apply` reads them. `hosts` are the names under which its pages may be
    opened, beside the one it listens on.
    """

    enabled: bool
    company: str
    agreements: tuple[Path, ...]
    starts_at: datetime
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Teams:
    """Microsoft Teams' door: on where an app id is given, or where it is to work with the Agents Playground.

    `secret` or `certificate` (PEM, with its key) prove who the bot is, or the machine's own identity.
    Without `tenant_id` the bot serves many tenants. `services` are the addresses that activities may
    name and that our token may go to; `files` where files are fetched from and put, `*.` standing
    for any host below. All are Microsoft's unless pointed elsewhere.
    """

    app_id: str = ""
    secret: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)
    managed_identity: bool = False
    tenant_id: str = ""
    workspace: str = WORKSPACE
    anonymous: bool = False
    login_url: str = "https://login.microsoftonline.com"
    scope: str = "https://api.botframework.com/.default"
    issuer: str = "https://api.botframework.com"
    keys_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    services: tuple[str, ...] = (
        "https://smba.trafficmanager.net",
        "https://smba.infra.gcc.teams.microsoft.com",
        "https://smba.infra.gov.teams.microsoft.us",
        "https://smba.infra.dod.teams.microsoft.us",
    )
    files: tuple[str, ...] = ("https://*.sharepoint.com", "https://*.sharepoint.us", "https://*.sharepoint-mil.us")

    @property
    def enabled(self) -> bool:
        """Whether there is anybody to speak as."""
        return bool(self.app_id or self.anonymous)


@dataclass(frozen=True, slots=True)
class Slack:
    """Slack's door: on where a token or a client id is given. Secrets under the names that Bolt's users know.

    `workspace` is the company that the environment's token speaks in; `keys` seal the tokens of
    installs. The addresses are Slack's own unless pointed elsewhere; answers go to `hooks_url` only.
    """

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    keys: str = field(default="", repr=False)
    workspace: str = WORKSPACE
    read_back: bool = False
    by_email: bool = False
    read_files: bool = False
    api_url: str = "https://slack.com/api/"
    authorize_url: str = "https://slack.com/oauth/v2/authorize"
    hooks_url: str = "https://hooks.slack.com/"
    files_url: str = "https://files.slack.com/"

    @property
    def enabled(self) -> bool:
        """Whether there is anything to speak with."""
        return bool(self.bot_token or self.client_id)
