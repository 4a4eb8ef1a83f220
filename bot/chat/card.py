"""What the bot says, before any platform draws it.

A card is a value: plain text, facts, tables, a chart, and buttons. It knows nothing of Slack,
Teams or HTML; each door renders it within its own limits. Text in a card is always data: a
door escapes it, so a lead named `<!channel>` arrives as those ten characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Tone = Literal["plain", "good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry the sentence; drawn bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, drawn in the reader's own time zone where the door knows it.

    `at` is aware UTC. `shows` says how much of it matters: a day, a day with its hour, or the
    hour alone. `zone` is the agreement's zone, used when the reader's is unknown.
    """

    at: datetime
    shows: Literal["day", "day and time", "time"] = "day and time"
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, addressed by member id; a door turns it into its own mention or a name.

    `calls` is False where the name is only spoken of and nobody should be notified.
    """

    member: str
    name: str
    calls: bool = False


Span = str | Strong | Moment | Mention
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of spans."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: why you got this, what happens next, how to stop it."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, drawn as one line or one cell of a grid."""

    label: str
    value: Spans


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; `numeric` names the columns (by index) that align right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    caption: str = ""
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalPoint:
    """A quantity that is expected by an instant: one checkpoint of the goal line."""

    at: datetime
    quantity: int


@dataclass(frozen=True, slots=True)
class VolumePanel:
    """One volume promise over its period, as numbers ready to draw.

    `actual` is the cumulative quantity that counted at the end of each day passed (accepted,
    and accepted plus awaiting); `goal` the checkpoints; `projected` the range expected at the
    due moment or None before a tenth of the period has passed. Of the target, `carried` units are
    those that an earlier period lacked.
    """

    title: str
    unit: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    due_at: datetime
    now: datetime
    target: int
    accepted: tuple[tuple[date, int], ...]
    counted: tuple[tuple[date, int], ...]
    goal: tuple[GoalPoint, ...]
    projected: tuple[int, int] | None
    state: str
    carried: int = 0


@dataclass(frozen=True, slots=True)
class BarPanel:
    """One promise of things done: how many are kept, missed and still to come."""

    title: str
    kept: int
    missed: int
    to_come: int
    state: str


@dataclass(frozen=True, slots=True)
class LevelPanel:
    """One level: its figure against its threshold, both in millionths of the unit and in words.

    `attained` is None where there is no figure. `reach` is how far from the threshold the scale
    goes on either side.
    """

    title: str
    comparison: Literal["at least", "at most"]
    attained: int | None
    threshold: int
    reach: int
    attained_words: str
    threshold_words: str
    state: str


@dataclass(frozen=True, slots=True)
class PastPoint:
    """One period of the past: what it is called in a word, and what was attained, in words and as a share.

    `share` is in thousandths of what was promised, None where there is no figure.
    """

    label: str
    share: int | None
    words: str
    state: str


@dataclass(frozen=True, slots=True)
class PastPanel:
    """One promise over its last periods, oldest first."""

    title: str
    points: tuple[PastPoint, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as data, with the sentence that stands for it where it cannot be seen."""

    title: str
    alt: str
    volumes: tuple[VolumePanel, ...] = ()
    bars: tuple[BarPanel, ...] = ()
    levels: tuple[LevelPanel, ...] = ()
    pasts: tuple[PastPanel, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file that comes with a card; it is made when somebody takes it, and kept nowhere.

    `kind` is its media type. `holds` names what it is made of, for the house alone
    (`bot.desk.exports.files`): no door reads it or takes it from outside. `alt` is the sentence that
    stands for it where no file can be given.
    """

    name: str
    kind: str
    holds: tuple[str, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Button:
    """A command that someone did not have to type.

    `says` is the command text, whole: `accept H-41`. A command that still lacks an argument
    opens its form. `version` is the version of the object when the card was made, so that an
    old card cannot act on what has changed since unnoticed. `may` names the member ids it is
    meant for (drawn for all where the door cannot tell readers apart; permission is checked
    at the press in any case).
    """

    label: str
    says: str
    style: Literal["plain", "primary", "danger"] = "plain"
    version: int | None = None
    may: tuple[str, ...] = ()


Block = Text | Note | Fact | Table | Chart | File


@dataclass(frozen=True, slots=True)
class Card:
    """One thing the bot says.

    `title` is its first line; `summary` the plain sentence for notifications, screen readers
    and places that draw no cards; `ref` the short reference people can quote (`H-41`).
    """

    title: str
    summary: str
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    tone: Tone = "plain"
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a form: what is shown and the word that is said."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One argument of a command, asked for in a form."""

    name: str
    label: str
    kind: Literal["text", "long text", "whole number", "date", "moment", "choice", "person", "channel", "file"]
    value: str = ""
    hint: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    error: str = ""
    endings: tuple[str, ...] = ()
    """For a file: how the names of those end that can be read."""


@dataclass(frozen=True, slots=True)
class Form:
    """A command with blanks: submitting it says `verb` with the fields as its arguments."""

    title: str
    verb: str
    fields: tuple[Field, ...]
    submit: str = "Save"
    intro: Spans = ()
    settled: tuple[tuple[str, str], ...] = field(default=())
    """Arguments already known (`key` = `H-41`), sent along unseen."""
    version: int | None = None
