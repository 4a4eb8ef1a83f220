"""What Teams sends, read strictly: an activity has parts that are there, and nothing is taken for granted."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.store.teams_rooms import Known, Room

Body = Mapping[str, Any]

_TAGS = re.compile(r"<[^<>]{0,2000}>")
_UNPRINTABLE = re.compile("[\ud800-\udfff]")
PERSONAL = "personal"
_CHANNELS = ("@thread.tacv2", "@thread.skype")


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that Teams sent: who, where and what kind; `body` is all of it.

    `user` is stable over all apps of a company and stands in the agreements' files; `account` is
    somebody's id for this bot. `conversation` names no thread; `root` does, "" outside of one.
    """

    type: str
    name: str
    id: str
    conversation: str
    root: str
    kind: str
    tenant: str
    service_url: str
    channel: str
    user: str
    account: str
    user_name: str
    bot: str
    reply_to: str
    team: str
    room_name: str
    body: Body

    @property
    def personal(self) -> bool:
        """Whether nobody else reads along."""
        return self.kind == PERSONAL

    @property
    def room(self) -> Room:
        """Where it happened, for the next time that we have something to say there."""
        return Room(
            self.conversation, self.kind, self.tenant, self.service_url, self.room_name, self.team, self.bot
        )  # fmt: skip

    @property
    def known(self) -> Known | None:
        """Who did it; None where nobody did."""
        if not self.user or self.account == self.bot:
            return None
        return Known(self.user, self.account, self.user_name, self.conversation if self.personal else "")

    @property
    def delivery(self) -> str:
        """The same for this very request, however often it arrives."""
        return f"{self.type} {self.conversation} {self.id}"


class Nonsense(ValueError):
    """No activity at all."""


def read(body: object) -> Activity:
    """The activity in a body. Raises Nonsense."""
    if not isinstance(body, dict) or not text_at(body, "type"):
        raise Nonsense("no activity")
    full = text_at(body, "conversation", "id")
    conversation, _, root = full.partition(";messageid=")
    in_channel, in_conversation = (
        text_at(body, "channelData", "tenant", "id"),
        text_at(body, "conversation", "tenantId"),
    )
    if in_channel and in_conversation and in_channel != in_conversation:
        raise Nonsense("two tenants")
    kind = text_at(body, "conversation", "conversationType") or _kind_of(conversation)
    user = text_at(body, "from", "aadObjectId") or text_at(body, "from", "id")
    return Activity(
        type=text_at(body, "type"),
        name=text_at(body, "name"),
        id=text_at(body, "id"),
        conversation=conversation,
        root=root,
        kind=kind,
        tenant=in_channel or in_conversation,
        service_url=text_at(body, "serviceUrl"),
        channel=text_at(body, "channelId"),
        user=user,
        account=text_at(body, "from", "id"),
        user_name=text_at(body, "from", "name"),
        bot=text_at(body, "recipient", "id"),
        reply_to=text_at(body, "replyToId"),
        team=text_at(body, "channelData", "team", "id"),
        room_name=text_at(body, "channelData", "channel", "name") or text_at(body, "conversation", "name"),
        body=body,
    )


def _kind_of(conversation: str) -> str:
    """What kind a conversation is whose kind was left out; in doubt one in which several read along."""
    if conversation.endswith(_CHANNELS):
        return "channel"
    return PERSONAL if conversation.startswith("a:") else "groupChat"


def text_at(body: Any, *path: str) -> str:
    """The text at a path, "" where there is none, without what no database takes."""
    for name in path:
        body = body.get(name) if isinstance(body, Mapping) else None
    return _UNPRINTABLE.sub("", body).replace("\x00", "") if isinstance(body, str) else ""


def value_of(activity: Activity, *path: str) -> Any:
    """What an invoke carries, at a path; None where there is nothing."""
    found: Any = activity.body.get("value")
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def mentioned(activity: Activity) -> list[tuple[str, str, str]]:
    """The people a message mentions: the words that stand for each, their account, their name."""
    entities = activity.body.get("entities")
    found = []
    for entity in entities if isinstance(entities, list) else ():
        text, account = text_at(entity, "text"), text_at(entity, "mentioned", "id")
        if text_at(entity, "type") == "mention" and text and account:
            user = text_at(entity, "mentioned", "aadObjectId")
            found.append((text, user or account, text_at(entity, "mentioned", "name")))
    return found


def bare(text: str) -> str:
    """Words as they were typed: Teams' tags taken away, its entities undone, its hard blanks made plain."""
    return html.unescape(_TAGS.sub(" ", text)).replace("\xa0", " ").strip()
