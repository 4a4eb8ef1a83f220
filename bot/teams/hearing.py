"""What Teams sends, heard as one thing that somebody asked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.chat.talk import Person, Place, Utterance
from bot.teams.activities import Activity, bare, mentioned, text_at, value_of
from bot.teams.presses import Fill

Resolve = Callable[[str], Awaitable[str]]
"""The stable user id behind an account that a mention names."""

_ADDRESSED = re.compile(r"^\s*/?(?:sla|kept)\b[,:]?\s*", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?")
_MOST_WORDS = 4_000
_LOGGED = 500
"""Characters of a message that the extension puts into the form."""


def person_of(activity: Activity, workspace: str) -> Person:
    """Who it was."""
    return Person(workspace, "teams", activity.user, activity.user_name)


def place_of(activity: Activity, workspace: str) -> Place:
    """Where it was: somebody's own chat with Kept, or wherever several read along."""
    if activity.personal:
        return Place(workspace, "teams", "direct", activity.user, activity.user_name)
    thread = f"{activity.conversation} {activity.root}" if activity.root else ""
    return Place(workspace, "teams", "channel", activity.conversation, activity.room_name, thread)


async def words_of(activity: Activity, resolve: Resolve) -> str:
    """What was typed: the bot's own mention taken away, others' as their ids, the rest as it stands.

    Only what Teams says is a mention is one; the same characters typed by hand stay characters.
    """
    text = text_at(activity.body, "text")
    spelled: dict[str, str] = {}
    for number, (written, account, name) in enumerate(mentioned(activity)):
        mark = f"\ue000{number}\ue001"
        if account == activity.bot or account.endswith(f":{activity.bot}"):
            text = text.replace(written, " ", 1)
        elif written in text:
            text = text.replace(written, mark, 1)
            safe = re.sub(r"[<>|]", "", name)
            spelled[mark] = f"<@{await resolve(account)}|{safe}>"
    text = bare(text)
    for mark, spelling in spelled.items():
        text = text.replace(mark, spelling)
    said = " ".join(_ADDRESSED.sub("", text).split(" ")).strip()
    return said[:_MOST_WORDS] or "help"


def said(activity: Activity, workspace: str, text: str, at: datetime, *, typed: bool = True) -> Utterance:
    """Words, typed or in a button."""
    return Utterance(
        delivery=activity.delivery,
        person=person_of(activity, workspace),
        place=place_of(activity, workspace),
        at=at,
        text=text,
        via="typed" if typed else "button",
    )


def pressed(activity: Activity, workspace: str, command: str, version: int | None, at: datetime) -> Utterance:
    """A button: the command that it stands for."""
    return Utterance(
        delivery=activity.delivery,
        person=person_of(activity, workspace),
        place=place_of(activity, workspace),
        at=at,
        text=command,
        via="button",
        version=version,
        message=f"{activity.conversation} {activity.reply_to}" if activity.reply_to else "",
    )


def filled(activity: Activity, workspace: str, fill: Fill, at: datetime) -> Utterance:
    """A form, filled in."""
    values = {name: _MOMENT.sub(r"\1 \2", value) for name, value in fill.values.items()}
    return Utterance(
        delivery=activity.delivery,
        person=person_of(activity, workspace),
        place=place_of(activity, workspace),
        at=at,
        verb=fill.verb,
        arguments={**fill.settled, **values},
        via="form",
        version=fill.version,
    )


def logged(activity: Activity, workspace: str, at: datetime) -> Utterance:
    """The message extension "Log handoff": its form, with the words of the message it was opened on."""
    written = bare(str(value_of(activity, "messagePayload", "body", "content") or ""))[:_LOGGED]
    text = f"handoff {' '.join(written.split())} …" if written else "handoff …"
    return said(activity, workspace, text, at, typed=False)


def digest(value: object) -> str:
    """A short name for a JSON value: the same for the same."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:32]
