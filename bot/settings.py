"""What a deployment has chosen: app.yaml and the environment, read once, then fixed.

A wrong value stops the start with the file, line, key and mend, because a setting that is quietly
ignored is found out at the worst time. Secrets come from the environment only, so that app.yaml can
be shown to anybody and kept under version control.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit

from bot.credentials import (
    KEYS,
    SLACK,
    TEAMS,
    certificate,
    refuse_misspelt,
    refuse_quotes,
    require_slack,
    require_teams,
)
from bot.files import FileError, KeyPath, Value, read_yaml, shipped
from bot.redactions import redact_url, refuse_secrets
from bot.sections import LOOPBACK, REQUESTS_A_MINUTE, Database, Listen, LogFormat, LogLevel, Rehearsal, Slack, Teams
from bot.spellings import (
    Misspelt,
    a_boolean,
    a_database_url,
    a_listener,
    a_log_format,
    a_log_level,
    a_moment,
    a_pace,
    a_public_address,
    a_text,
    a_web_address,
)

T = TypeVar("T")

__all__ = ["Database", "Listen", "LogFormat", "LogLevel", "Rehearsal", "Settings", "Slack", "Teams", "read_settings"]

LISTEN = "KEPT_LISTEN"
DATABASE_URL = "KEPT_DATABASE_URL"
CONFIG = "KEPT_CONFIG"

PUBLIC_URL = "KEPT_PUBLIC_URL"
LOG_LEVEL = "KEPT_LOG_LEVEL"
LOG_FORMAT = "KEPT_LOG_FORMAT"

_VARIABLES = (LISTEN, DATABASE_URL, CONFIG, PUBLIC_URL, KEYS, LOG_LEVEL, LOG_FORMAT)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a deployment chooses. `file` is the app.yaml that was read.

    `public_url` is where the outside world reaches the bot, "" where nobody said. `requests_a_minute` is how
    much one person may ask, 0 for any number.
    """

    listen: Listen
    database: Database
    rehearsal: Rehearsal
    slack: Slack
    teams: Teams
    public_url: str
    requests_a_minute: int
    log_level: LogLevel
    log_format: LogFormat
    file: Path

    def doors(self) -> str:
        """Say which platforms' doors are on, or what turns one on."""
        slack = "Slack by Socket Mode" if self.slack.app_token else "Slack"
        named = [slack] * self.slack.enabled + ["Microsoft Teams"] * self.teams.enabled
        if named:
            return f" for {' and '.join(named)}."
        return ", and nobody can speak with it: set SLACK_BOT_TOKEN or TEAMS_APP_ID."

    def unheard(self) -> str:
        """Why a platform whose door is on cannot call us where we say we are; "" if it can, or none has to."""
        calls = (self.slack.enabled and not self.slack.app_token) or self.teams.app_id
        address = urlsplit(self.public_url)
        if not calls or address.scheme != "http" or address.hostname in LOOPBACK:
            return ""
        return (
            f"Slack and Teams call https:// addresses alone, and KEPT_PUBLIC_URL is {self.public_url}. "
            "Let a proxy with a certificate pass its requests on, and name that one: docs/operate.md."
        )

    def redacted(self) -> dict[str, str]:
        """Give every setting as key and text for logs and people, passwords hidden."""
        return {
            "listen": str(self.listen),
            "database.url": redact_url(self.database.url),
            "rehearsal.enabled": "true" if self.rehearsal.enabled else "false",
            "rehearsal.company": self.rehearsal.company,
            "rehearsal.agreements": ", ".join(str(path) for path in self.rehearsal.agreements),
            "rehearsal.hosts": ", ".join(self.rehearsal.hosts),
            "rehearsal.starts_at": self.rehearsal.starts_at.isoformat(),
            "public_url": self.public_url,
            "requests_a_minute": str(self.requests_a_minute),
            "slack": "on" if self.slack.enabled else "off",
            "slack.workspace": self.slack.workspace,
            "slack.read_back": "true" if self.slack.read_back else "false",
            "slack.by_email": "true" if self.slack.by_email else "false",
            "slack.read_files": "true" if self.slack.read_files else "false",
            "slack.api_url": self.slack.api_url,
            "teams": "on" if self.teams.enabled else "off",
            "teams.workspace": self.teams.workspace,
            "teams.tenant_id": self.teams.tenant_id,
            "teams.anonymous": "true" if self.teams.anonymous else "false",
            "log_level": self.log_level,
            "log_format": self.log_format,
            "file": str(self.file),
        }


def read_settings(environ: Mapping[str, str], folder: Path) -> Settings:
    """Read what is chosen: the environment wins over app.yaml, app.yaml over the defaults.

    environ: the process's environment. folder: where the process was started; a KEPT_CONFIG that
    is no absolute path is seen from there, and so is a SQLite file by SQLite itself. Without
    KEPT_CONFIG, app.yaml of that folder is read, else the one that travels with the product.
    Raises FileError at the first thing that is wrong.
    """
    refuse_misspelt(environ, _VARIABLES, prefix="KEPT_", alike=0.9)
    refuse_quotes(environ, (*_VARIABLES, *SLACK, *TEAMS))
    chosen = _Reading({name: value.strip() for name, value in environ.items()}, _find(environ, folder)).settings()
    if not chosen.rehearsal.enabled:  # which leaves the platforms alone, whatever stands in a developer's environment
        refuse_misspelt(environ, SLACK, prefix="SLACK_", alike=0.94)
        refuse_misspelt(environ, TEAMS, prefix="TEAMS_", alike=0.94)
        require_slack(chosen.slack)
        require_teams(chosen.teams)
    return chosen


def _find(environ: Mapping[str, str], folder: Path) -> Path:
    named = environ.get(CONFIG)
    if named:
        return folder / named
    here = folder / "app.yaml"
    return here if here.is_file() else shipped("app.yaml")


class _Reading:
    """One pass over app.yaml, remembering where each value stands."""

    def __init__(self, environ: Mapping[str, str], file: Path) -> None:
        self._environ = environ
        self._file = file
        self._document = read_yaml(file)

    def settings(self) -> Settings:
        document = self._document
        refuse_secrets(document, document.value, (), DATABASE_URL)
        top = self._section(
            (),
            (
                "listen", "public_url", "database", "log_level", "log_format", "requests_a_minute", "rehearsal",
                "slack", "teams",
            ),
        )  # fmt: skip
        database = self._section(("database",), ("url",))
        rehearsal = self._rehearsal()
        default = "sqlite:///var/rehearsal.db" if rehearsal.enabled else "sqlite:///var/kept.db"
        return Settings(
            listen=self._chosen(LISTEN, ("listen",), top.get("listen", "127.0.0.1:8080"), a_listener),
            database=Database(
                self._chosen(DATABASE_URL, ("database", "url"), database.get("url", default), a_database_url)
            ),
            rehearsal=rehearsal,
            slack=self._slack(),
            teams=self._teams(),
            public_url=self._chosen(PUBLIC_URL, ("public_url",), top.get("public_url", ""), a_public_address),
            requests_a_minute=self._take(
                ("requests_a_minute",), top.get("requests_a_minute", REQUESTS_A_MINUTE), a_pace
            ),
            log_level=self._chosen(LOG_LEVEL, ("log_level",), top.get("log_level", "info"), a_log_level),
            log_format=self._chosen(LOG_FORMAT, ("log_format",), top.get("log_format", "text"), a_log_format),
            file=self._file,
        )

    def _rehearsal(self) -> Rehearsal:
        section = self._section(("rehearsal",), ("enabled", "company", "agreements", "starts_at", "hosts"))
        here = ("rehearsal",)
        names = section.get("agreements", ["agreements/company-x.yaml", "agreements/two-platforms.yaml"])
        if not isinstance(names, list):
            raise self._document.error((*here, "agreements"), "is not a list", "write each file on a line after '- '")
        agreements = tuple(
            self._file.parent / self._take((*here, "agreements", index), name, a_text)
            for index, name in enumerate(names)
        )
        hosts = section.get("hosts", [])
        if not isinstance(hosts, list):
            raise self._document.error((*here, "hosts"), "is not a list", "write each name on a line after '- '")
        starts_at = section.get("starts_at", "2026-10-01T08:30:00-04:00")
        return Rehearsal(
            enabled=self._take((*here, "enabled"), section.get("enabled", True), a_boolean),
            company=self._take((*here, "company"), section.get("company", "Company X"), a_text),
            agreements=agreements,
            starts_at=self._take((*here, "starts_at"), starts_at, a_moment),
            hosts=tuple(self._take((*here, "hosts", index), name, a_text) for index, name in enumerate(hosts)),
        )

    def _slack(self) -> Slack:
        section = self._section(
            ("slack",),
            ("workspace", "read_back", "by_email", "read_files", "api_url", "authorize_url", "hooks_url", "files_url"),
        )
        plain = Slack()

        def address(variable: str, key: str, left_out: str) -> str:
            return self._chosen(variable, ("slack", key), section.get(key, left_out), a_web_address)

        def secret(variable: str) -> str:
            return self._environ.get(variable, "")

        return Slack(
            bot_token=secret("SLACK_BOT_TOKEN"),
            app_token=secret("SLACK_APP_TOKEN"),
            signing_secret=secret("SLACK_SIGNING_SECRET"),
            client_id=secret("SLACK_CLIENT_ID"),
            client_secret=secret("SLACK_CLIENT_SECRET"),
            keys=secret(KEYS),
            workspace=self._take(("slack", "workspace"), section.get("workspace", plain.workspace), a_text),
            read_back=self._take(("slack", "read_back"), section.get("read_back", False), a_boolean),
            by_email=self._take(("slack", "by_email"), section.get("by_email", False), a_boolean),
            read_files=self._take(("slack", "read_files"), section.get("read_files", False), a_boolean),
            api_url=address("SLACK_API_URL", "api_url", plain.api_url),
            authorize_url=address("SLACK_AUTHORIZE_URL", "authorize_url", plain.authorize_url),
            hooks_url=address("SLACK_HOOKS_URL", "hooks_url", plain.hooks_url),
            files_url=address("SLACK_FILES_URL", "files_url", plain.files_url),
        )

    def _teams(self) -> Teams:
        addresses = ("login_url", "issuer", "keys_url")
        section = self._section(
            ("teams",), ("workspace", "anonymous", "managed_identity", "scope", "services", "files", *addresses)
        )
        plain = Teams()

        def address(key: str, left_out: str) -> str:
            return self._take(("teams", key), section.get(key, left_out), a_web_address)

        def named(variable: str) -> str:
            return self._environ.get(variable, "")

        def listed(key: str, left_out: tuple[str, ...]) -> tuple[str, ...]:
            found = section.get(key, list(left_out))
            if not isinstance(found, list):
                raise self._document.error(("teams", key), "is not a list", "write each address after '- '")
            return tuple(self._take(("teams", key, at), each, a_web_address) for at, each in enumerate(found))

        managed = self._take(("teams", "managed_identity"), section.get("managed_identity", False), a_boolean)
        return Teams(
            app_id=named("TEAMS_APP_ID"),
            secret=named("TEAMS_APP_SECRET"),
            certificate=certificate(named("TEAMS_APP_CERTIFICATE")),
            managed_identity=managed,
            tenant_id=named("TEAMS_TENANT_ID"),
            workspace=self._take(("teams", "workspace"), section.get("workspace", plain.workspace), a_text),
            anonymous=self._take(("teams", "anonymous"), section.get("anonymous", False), a_boolean),
            login_url=address("login_url", plain.login_url),
            scope=self._take(("teams", "scope"), section.get("scope", plain.scope), a_text),
            issuer=address("issuer", plain.issuer),
            keys_url=address("keys_url", plain.keys_url),
            services=listed("services", plain.services),
            files=listed("files", plain.files),
        )

    def _section(self, path: KeyPath, known: Iterable[str]) -> dict[str, Value]:
        section: Value = self._document.value
        for part in path:
            section = cast("dict[str, Value]", section).get(cast("str", part)) if section else None
        if section is None:  # left out, or all its lines commented out
            return {}
        if not isinstance(section, dict):
            raise self._document.error(path, "is not a section", f"write under it, indented: {', '.join(known)}")
        for key in section:
            if key not in known:
                raise self._document.error((*path, key), "is no setting", _suggest(key, known))
        return section

    def _chosen(self, variable: str, path: KeyPath, value: Value, read: Callable[[Value], T]) -> T:
        named = self._environ.get(variable)
        if not named:
            return self._take(path, value, read)
        try:
            return read(named)
        except Misspelt as wrong:
            raise FileError(variable, None, "", wrong.problem, wrong.mend) from wrong

    def _take(self, path: KeyPath, value: Value, read: Callable[[Value], T]) -> T:
        try:
            return read(value)
        except Misspelt as wrong:
            raise self._document.error(path, wrong.problem, wrong.mend) from wrong


def _suggest(key: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(key, names, n=1)
    return f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(names)}"
