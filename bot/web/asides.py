"""What only one person sees: private lines, and the forms they have open.

Kept in memory and not for long, as Slack keeps an ephemeral message: they survive a reload, not a
restart. Whatever must last is said in a direct message and comes through the outbox.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.chat.card import Card, Form
from bot.chat.talk import Place

LINES = 20
"""Private lines kept for a person in a place; the oldest go first."""
FORMS = 200
"""Open forms kept in all; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Aside:
    """An answer that only the asker sees, with the words it answers.

    `after` is the latest message there was, so that the line keeps its place in the talk.
    """

    id: str
    asked: str
    card: Card
    refused: bool
    said_at: datetime
    after: int


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form somebody is filling in, with what they typed and what was wrong with it."""

    id: str
    form: Form
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


class Asides:
    """The private lines and open forms of everybody in the room. Lives as long as the app."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self._lines: dict[tuple[str, str, str], deque[Aside]] = {}
        self._forms: OrderedDict[tuple[str, str], OpenForm] = OrderedDict()

    def keep(self, member: str, place: Place, aside: Aside) -> None:
        """Keep a private line; one of the same id is replaced, so a double submit answers once."""
        lines = self._lines.setdefault((member, place.kind, place.id), deque(maxlen=LINES))
        for number, line in enumerate(lines):
            if line.id == aside.id:
                lines[number] = aside
                return
        lines.append(aside)

    def lines(self, member: str, place: Place) -> Sequence[Aside]:
        """A person's private lines in a place, oldest first."""
        return tuple(self._lines.get((member, place.kind, place.id), ()))

    def dismiss(self, member: str, place: Place, aside: str) -> None:
        """Take a private line away."""
        key = (member, place.kind, place.id)
        left = [line for line in self._lines.get(key, ()) if line.id != aside]
        self._lines[key] = deque(left, maxlen=LINES)

    def open(self, member: str, form: OpenForm) -> None:
        """Keep a form open for somebody."""
        self._forms[member, form.id] = form
        self._forms.move_to_end((member, form.id))
        while len(self._forms) > FORMS:
            self._forms.popitem(last=False)

    def form(self, member: str, form_id: str) -> OpenForm | None:
        """The form that somebody has open, or None where it was closed or forgotten."""
        return self._forms.get((member, form_id))

    def close(self, member: str, form_id: str) -> None:
        """Put a form away; one that is not open is no error."""
        self._forms.pop((member, form_id), None)

    def forget(self) -> None:
        """Forget everything: the room starts over."""
        self._lines.clear()
        self._forms.clear()
