"""What proves to a platform who we are: whether it is whole, and of the sort that belongs in its place.

Half of a set of secrets, or one that was copied from the line beside it, fails with every request
and says so nowhere. So it stops the start, by the variable's name; the secret itself is never shown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.files import FileError
from bot.sections import Slack, Teams

KEYS = "KEPT_KEYS"
SLACK = (
    "SLACK_API_URL",
    "SLACK_APP_TOKEN",
    "SLACK_AUTHORIZE_URL",
    "SLACK_BOT_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_FILES_URL",
    "SLACK_HOOKS_URL",
    "SLACK_SIGNING_SECRET",
)
TEAMS = ("TEAMS_APP_CERTIFICATE", "TEAMS_APP_ID", "TEAMS_APP_SECRET", "TEAMS_TENANT_ID")

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def refuse_misspelt(environ: Mapping[str, str], ours: Iterable[str], *, prefix: str, alike: float) -> None:
    """Refuse (FileError) a variable that is one of `ours` but for a slip.

    Only near misses: a cluster puts variables of its own (KEPT_PORT, KEPT_SERVICE_HOST) beside ours,
    and other programs speak with Slack too (SLACK_API_TOKEN). `alike` is how near, up to 1.
    """
    known = tuple(ours)
    for name in environ:
        if name.startswith(prefix) and name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=alike)
            if near:
                raise FileError(name, None, "", "is no variable that the bot reads", f"did you mean {near[0]}?")


def refuse_quotes(environ: Mapping[str, str], ours: Iterable[str]) -> None:
    """Refuse (FileError) one of `ours` in quotes: a shell takes them off, a container's file of variables does not."""
    for name in ours:
        value = environ.get(name, "").strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            raise FileError(name, None, "", "stands in quotes, which are part of it where it stands", "take them away")


def require_slack(slack: Slack) -> None:
    """Refuse (FileError) half of a set of Slack's secrets, and tokens of another sort."""
    given = {
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_CLIENT_SECRET": slack.client_secret,
    }
    named = next((name for name, value in given.items() if value), "")
    if named and not slack.enabled:
        problem = f"is missing, and {named} alone opens no door"
        raise FileError("SLACK_BOT_TOKEN", None, "", problem, "copy it from the app's page, Install App")
    if not slack.enabled:
        return
    needed = {"SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN)": slack.signing_secret or slack.app_token}
    if not slack.bot_token:
        needed |= {"SLACK_CLIENT_SECRET": slack.client_secret, KEYS: slack.keys}
    for name, value in needed.items():
        if not value:
            mend = "`kept slack key` makes one" if name == KEYS else "copy it from the app's page, Basic Information"
            raise FileError(name, None, "", "is missing, and Slack's door needs it", mend)
    _require_tokens(slack)


def _require_tokens(slack: Slack) -> None:
    """Refuse a token of another sort, with which every request would fail, or one that would run out tomorrow."""
    if slack.bot_token.startswith("xoxe."):
        mend = "make the app anew from `kept slack manifest` without --many; rotation cannot be switched off"
        raise FileError("SLACK_BOT_TOKEN", None, "", "is a token that runs out after twelve hours", mend)
    for name, token, begins, mend in (
        ("SLACK_BOT_TOKEN", slack.bot_token, "xoxb-", "copy it from the app's page, Install App"),
        ("SLACK_APP_TOKEN", slack.app_token, "xapp-", "make it on the app's page, Basic Information, App-Level Tokens"),
    ):
        if token and not token.startswith(begins):
            raise FileError(name, None, "", f"does not begin with {begins}", mend)
    if slack.signing_secret.startswith(("xoxb-", "xapp-")):
        mend = "copy Signing Secret from the app's page, Basic Information"
        raise FileError("SLACK_SIGNING_SECRET", None, "", "is a token, not the signing secret", mend)


def require_teams(teams: Teams) -> None:
    """Refuse (FileError) half of what Teams' door needs, and a secret's id in the place of its value."""
    if not teams.app_id and (teams.secret or teams.certificate or teams.managed_identity):
        problem = "is missing, and what proves it alone opens no door"
        raise FileError("TEAMS_APP_ID", None, "", problem, "copy Application (client) ID from the app registration")
    if teams.app_id and not (teams.secret or teams.certificate or teams.managed_identity or teams.anonymous):
        mend = "or name a certificate in TEAMS_APP_CERTIFICATE, or set teams.managed_identity to true in app.yaml"
        raise FileError("TEAMS_APP_SECRET", None, "", "is missing, and Teams' door needs it", mend)
    if _UUID.fullmatch(teams.secret):
        mend = "make one anew under Certificates & secrets, and copy the column Value, which is shown once"
        raise FileError("TEAMS_APP_SECRET", None, "", "is a secret's id, not its value", mend)
    if teams.certificate and not ("BEGIN CERTIFICATE" in teams.certificate and "PRIVATE KEY" in teams.certificate):
        mend = "name a file with both, in PEM"
        raise FileError("TEAMS_APP_CERTIFICATE", None, "", "is not a certificate with its key", mend)


def certificate(named: str) -> str:
    """The certificate and its key: PEM itself, or the file that holds both."""
    if not named or named.startswith("-----BEGIN "):
        return named
    try:
        return Path(named).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        mend = "name a file with the certificate and its key, in PEM"
        raise FileError("TEAMS_APP_CERTIFICATE", None, "", f"names {named}, which cannot be read", mend) from error
