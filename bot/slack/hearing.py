"""What Slack sends, heard as one thing that somebody asked.

Each kind of request is read strictly and becomes an Utterance with an id of its own: Slack may
send one event up to eleven times, at times under a new event id, so the id is made from what the
event is about and not from how it was sent.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.chat.presses import Say
from bot.chat.talk import Person, Place, Utterance
from bot.slack import modals
from bot.slack.installations import Installation

Body = Mapping[str, Any]

_LINK = re.compile(r"<((?:https?|ftp)://[^<>|\s]+)(?:\|[^<>]*)?>|<mailto:([^<>|\s]+)(?:\|[^<>]*)?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_ELLIPSES = ("…", "...")
HANDOFF = "/handoff"
LOG_HANDOFF = "log_handoff"
"""`callback_id` of both shortcuts."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance, and where its private answer can go.

    `channel` is the conversation on Slack (a direct message's own id, too), "" where there is
    none; `trigger` may open a modal for three seconds; `view` is the modal that it came from.
    `expects_form` says that most likely a form is wanted, so one is opened while it is being made.
    """

    utterance: Utterance
    installation: Installation
    channel: str = ""
    thread: str = ""
    response_url: str = ""
    trigger: str = ""
    view: str = ""
    expects_form: bool = False
    files: tuple[Body, ...] = ()
    """What was attached, as Slack describes it; not fetched yet."""
    files_field: str = ""
    """The field of a form that asked for them."""

    @property
    def user(self) -> str:
        """Who asked, as Slack knows them."""
        return self.utterance.person.user


def words_of(text: str) -> str:
    """Typed text as it was meant: Slack's escapes undone, links bare; mentions stay as their ids."""
    if "<" in text:
        text = _LINK.sub(lambda found: found[1] or found[2], text)
    if "&" in text:
        for entity, mark in _ENTITIES:
            text = text.replace(entity, mark)
    return text.strip()


def command(body: Body, installation: Installation, at: datetime) -> Heard:
    """A slash command. `/handoff` is the verb itself, any other name stands before one."""
    said = {name: value for name, value in body.items() if isinstance(value, str)}.get
    typed = words_of(said("text", ""))
    text = f"handoff {typed}".strip() if said("command") == HANDOFF else typed or "help"
    user, channel, trigger = said("user_id", ""), said("channel_id", ""), said("trigger_id", "")
    utterance = Utterance(
        delivery=f"command {trigger or _digest(dict(body))}",
        person=Person(installation.workspace, "slack", user, said("user_name", "")),
        place=place_of(installation, channel, user, said("channel_name", "")),
        at=at,
        text=text,
    )
    return Heard(
        utterance,
        installation,
        channel=channel,
        response_url=said("response_url", ""),
        trigger=trigger,
        expects_form=text == "handoff" or text.endswith(_ELLIPSES),
    )


def message(body: Body, installation: Installation, at: datetime) -> Heard | None:
    """Words in a direct message, or words that mention the bot; None for what is not somebody's to ask."""
    event = body.get("event") or {}
    user, channel, ts = text_at(event, "user"), text_at(event, "channel"), text_at(event, "ts")
    bot = event.get("bot_id") or event.get("subtype") not in {None, "file_share", "thread_broadcast"}
    direct = event.get("channel_type") == "im"
    if bot or not user or not channel or not ts or user == installation.bot_user:
        return None
    if event.get("type") == "message" and not direct:
        return None
    if event.get("type") == "app_mention" and channel.startswith("D"):
        return None  # the same words arrive as a message
    spoken = text_at(event, "text")
    text = words_of(re.sub(rf"<@{re.escape(installation.bot_user)}(?:\|[^<>]*)?>[,:]?", " ", spoken, count=1))
    if direct:
        text = re.sub(r"^/?(?:sla|kept)\b\s*", "", text, flags=re.IGNORECASE)
    thread = text_at(event, "thread_ts")
    utterance = Utterance(
        delivery=f"message {channel} {ts}",
        person=Person(installation.workspace, "slack", user),
        place=place_of(installation, channel, user, direct=direct, thread=thread),
        at=at,
        text=text or "help",
    )
    return Heard(utterance, installation, channel=channel, thread=thread, files=_files(event))


def press(body: Body, action: Body, said: Say, installation: Installation, at: datetime) -> Heard:
    """A button: the command that it stands for."""
    user = text_at(body, "user", "id")
    channel = text_at(body, "channel", "id") or text_at(body, "container", "channel_id")
    ts = text_at(body, "message", "ts") or text_at(body, "container", "message_ts")
    thread = text_at(body, "message", "thread_ts")
    view = text_at(body, "view", "id") if text_at(body, "view", "type") == "modal" else ""
    notes = modals.read_notes(text_at(body, "view", "private_metadata")) if view else None
    channel = channel or (notes.place if notes else "")
    trigger = text_at(body, "trigger_id")
    utterance = Utterance(
        delivery=f"press {trigger or text_at(action, 'action_ts') + ' ' + user + ' ' + ts}",
        person=Person(installation.workspace, "slack", user, text_at(body, "user", "name")),
        place=place_of(installation, channel, user, text_at(body, "channel", "name"), thread=thread),
        at=at,
        text=said.says,
        via="button",
        version=said.version,
        message=f"{channel}/{ts}" if channel and ts else "",
    )
    label = text_at(action, "text", "text")
    return Heard(
        utterance,
        installation,
        channel=channel,
        thread=thread,
        response_url=text_at(body, "response_url"),
        trigger=trigger,
        view=view,
        expects_form=label.endswith(_ELLIPSES) or said.says.endswith(_ELLIPSES),
    )


def submission(body: Body, notes: modals.Notes, installation: Installation, at: datetime) -> Heard:
    """A form, filled in. The same form with the same answers is the same request, however often it is sent."""
    user, view = text_at(body, "user", "id"), text_at(body, "view", "id")
    state = body.get("view", {}).get("state") or {}
    values = state.get("values") if isinstance(state, dict) else None
    filled = values if isinstance(values, dict) else {}
    arguments = modals.answers(notes, filled)
    field, files = modals.attached(notes, filled)
    chosen = {"": " ".join(text_at(each, "id") for each in files)} if files else {}
    utterance = Utterance(
        delivery=f"form {view} {_digest(arguments | chosen)}",
        person=Person(installation.workspace, "slack", user, text_at(body, "user", "name")),
        place=place_of(installation, notes.place, user, thread=notes.thread),
        at=at,
        verb=notes.verb,
        arguments=arguments,
        via="form",
        version=notes.version,
        message=notes.message,
    )
    return Heard(
        utterance,
        installation,
        channel=notes.place,
        thread=notes.thread,
        files=(*notes.files, *files),
        files_field=field,
        trigger=text_at(body, "trigger_id"),
        view=view,
    )


def shortcut(body: Body, installation: Installation, at: datetime) -> Heard:
    """The shortcut "Log as handoff", from anywhere or from a message whose words fill the form in."""
    user, channel = text_at(body, "user", "id"), text_at(body, "channel", "id")
    written = words_of(text_at(body, "message", "text"))[:500]
    thread = text_at(body, "message", "thread_ts")
    utterance = Utterance(
        delivery=f"shortcut {text_at(body, 'trigger_id') or text_at(body, 'action_ts')}",
        person=Person(installation.workspace, "slack", user, text_at(body, "user", "name")),
        place=place_of(installation, channel, user, text_at(body, "channel", "name"), thread=thread),
        at=at,
        text=f"handoff {written} …" if written else "handoff …",
        via="button",
    )
    return Heard(
        utterance,
        installation,
        channel=channel,
        thread=thread,
        response_url=text_at(body, "response_url"),
        trigger=text_at(body, "trigger_id"),
        expects_form=True,
        files=tuple(each for each in _files(body.get("message") or {}) if _may_be_a_list(each)),
    )


def place_of(
    installation: Installation, channel: str, user: str, name: str = "", *, direct: bool = False, thread: str = ""
) -> Place:
    """A conversation as a place: a channel, or whatever is private to the speaker."""
    if direct or not channel or channel.startswith("D") or name == "directmessage":
        return Place(installation.workspace, "slack", "direct", user)
    kept = name if name not in {"", "privategroup"} else ""
    hangs = f"{channel}/{thread}" if thread else ""
    return Place(installation.workspace, "slack", "channel", channel, f"#{kept}" if kept else "", hangs)


def _files(said: Body) -> tuple[Body, ...]:
    """What is attached to a message, as Slack describes it."""
    attached = said.get("files")
    return tuple(each for each in attached if isinstance(each, Mapping)) if isinstance(attached, list) else ()


def _may_be_a_list(file: Body) -> bool:
    """Whether a file of somebody's message is worth reading with a handoff: pictures beside the words are not."""
    named = text_at(file, "name").lower().endswith((".csv", ".tsv", ".txt"))
    return named or text_at(file, "mimetype").startswith("text/")


def text_at(body: Any, *path: str) -> str:
    """The text at a path, "" where there is none: nothing that Slack sends is taken for granted."""
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    return body if isinstance(body, str) else ""


def _digest(value: Mapping[str, Any]) -> str:
    written = json.dumps(value, sort_keys=True, default=str).encode()
    return hashlib.sha256(written).hexdigest()[:32]
