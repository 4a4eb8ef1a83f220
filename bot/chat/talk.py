"""Who talks, where, and what they asked: the same for Slack, Teams, a browser and a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.chat.card import Card, Form

Platform = Literal["slack", "teams", "web"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a platform knows them: (workspace, platform, user id), and the name shown there."""

    workspace: str
    platform: Platform
    user: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words appear: a channel, a person's direct messages, or a thread under a message.

    `id` is the platform's own id of the channel or, for direct messages, of the user.
    `thread` is the platform's reference of the message that a thread hangs under.
    """

    workspace: str
    platform: Platform
    kind: Literal["channel", "direct"]
    id: str
    name: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with words: what its sender called it, what he said it is, and what is in it.

    Name and type are his own and are not believed; what is read from it is told by its content.
    """

    name: str
    type: str
    content: bytes

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing somebody asked.

    Words (`text`), or a command already taken apart (`verb` and `arguments`, from a form).
    `delivery` is the platform's id of this very request: the same id is the same request,
    however often it arrives. `version` comes with a button. `message` is the reference of the
    message whose button was pressed. `at` is the moment it was received, aware UTC. `files` are what
    was attached, fetched by the door; a door that cannot fetch them gives none.
    """

    delivery: str
    person: Person
    place: Place
    at: datetime
    text: str = ""
    verb: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    via: Literal["typed", "button", "form"] = "typed"
    version: int | None = None
    message: str = ""
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What only the asker sees, at once. What others see goes through the outbox.

    `card` is a private answer, `form` asks for what is missing, `errors` are sentences by field
    name for a form that was just submitted. An empty reply means that the answer is public and
    on its way. `again` stands in for a card that holds a secret: that card is shown once and
    written down nowhere, and the same request again gets `again`.
    """

    card: Card | None = None
    form: Form | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    refused: bool = False
    again: Card | None = None
