"""One concrete thing due at one instant under a commitment.

A volume promise makes one obligation a period; a deliverable one a slot; a handoff one for its
receiver, who owes an answer before silence accepts. Each carries the next moment when something
can change (`look_again_at`), so that time asks only about what is due.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from slacore.calendars import Calendar
from slacore.errors import Refusal

Kind = Literal[
    "period",
    "slot",
    "acceptance",
    "report",
    "response",
    "update",
    "resolution",
    "follow-up",
    "step",
    "reading",
    "check",
]
State = Literal["open", "at risk", "kept", "missed", "paused", "excused", "withdrawn"]

SETTLED: frozenset[State] = frozenset({"kept", "excused", "withdrawn"})
"""States in which nobody needs to hear any more."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something owed, by whom, until when.

    `subject` tells apart what one commitment owes: the first date of a period, the slot's date,
    a handoff's key, or the step of a plan or review ("V-3.1"), whose `thing` says what is to be
    done in the words of those who agreed on it. `rung` counts the steps of the ladder already
    taken, `told_at` is when the owner heard of the miss, `missed_at` when it became certain. `acked_by` said at
    `acked_at` that he has it, which holds the ladder until `acked_until`; `snoozed_until` holds the
    owner's reminders.
    """

    number: int
    agreement: str
    version: int
    commitment: str
    kind: Kind
    subject: str
    party: str
    owner: str
    period_starts_on: date
    opens_at: datetime
    due_at: datetime
    state: State = "open"
    look_again_at: datetime | None = None
    rung: int = 0
    missed_at: datetime | None = None
    told_at: datetime | None = None
    acked_until: datetime | None = None
    acked_by: str = ""
    acked_at: datetime | None = None
    snoozed_until: datetime | None = None
    snoozes: int = 0
    thing: str = ""
    evidence: str = ""
    done_at: datetime | None = None
    done_by: str = ""
    revision: int = 1

    @property
    def key(self) -> str:
        """What people call it."""
        return f"O-{self.number}"

    @property
    def settled(self) -> bool:
        """Whether nobody needs to act any more: kept, excused, withdrawn, or made good late."""
        return self.state in SETTLED or self.done_at is not None


_ABOUT_AN_ITEM: dict[Kind, str] = {
    "response": "respond {item}",
    "update": "update {item}",
    "resolution": "resolve {item}",
    "follow-up": "followup {item}",
}
"""What keeps a duty about an item, by its kind."""


def done(obligation: Obligation, evidence: str, by: str, at: datetime) -> Obligation:
    """Record that the thing was delivered; after its due moment it stays missed, and is done late."""
    require_sayable(obligation)
    return delivered(obligation, evidence, by, at)


def require_sayable(obligation: Obligation) -> None:
    """Refuse what is not done by saying so, or is over."""
    if obligation.kind in _ABOUT_AN_ITEM:
        item = obligation.subject.partition("/")[0]
        raise Refusal(
            f"{obligation.key} is not done by saying so: it is kept by what is done about {item}.",
            f"Say `{_ABOUT_AN_ITEM[obligation.kind].format(item=item)}`.",
        )
    if obligation.kind == "reading":
        raise Refusal(f"{obligation.key} is not done by saying so: it is kept by the figure.", "Log it with `log …`.")
    if obligation.kind == "period":
        raise Refusal(
            f"{obligation.key} is not done by saying so: it is kept by what is counted.",
            "Log what there is; `status` tells where it stands.",
        )
    if obligation.kind == "acceptance":
        raise Refusal(
            f"{obligation.key} is not done by saying so: it is kept by an answer.",
            f"Say `accept {obligation.subject}` or `dispute {obligation.subject} because …`.",
        )
    if obligation.kind == "check":
        raise Refusal(
            f"{obligation.key} is done by checking those whom it names.",
            f"Say `check {obligation.key}` to see who that is.",
        )
    _require_open(obligation)


def delivered(obligation: Obligation, evidence: str, by: str, at: datetime) -> Obligation:
    """What was owed is there; after its due moment it stays missed, and is done late."""
    late = obligation.state == "missed" or at > obligation.due_at
    return replace(
        obligation,
        state="missed" if late else "kept",
        missed_at=(obligation.missed_at or obligation.due_at) if late else None,
        evidence=evidence,
        done_at=at,
        done_by=by,
        revision=obligation.revision + 1,
        look_again_at=at,
    )


def acknowledge(obligation: Obligation, calendar: Calendar, by: str, at: datetime) -> Obligation:
    """Somebody says that he has it: the ladder waits a whole working day."""
    _require_open(obligation)
    return replace(
        obligation,
        acked_until=calendar.after_whole_working_days(at, 1),
        acked_by=by,
        acked_at=at,
        revision=obligation.revision + 1,
    )


def snooze(
    obligation: Obligation,
    until: datetime,
    next_step_at: datetime | None,
    allowed: int,
    at: datetime,
    shown: str,
) -> Obligation:
    """Put the owner's own reminder off: at most `allowed` times, never past the ladder's next step.

    `shown` is that latest moment in the reader's words, for the refusal.
    """
    _require_open(obligation)
    if obligation.snoozes >= allowed:
        raise Refusal(
            f"{obligation.key} was already snoozed {allowed} times.", f"Say `ack {obligation.key}` if you have it."
        )
    if until <= at:
        raise Refusal("That moment has passed.", "Name a later one.", field="until")
    if next_step_at is None:
        raise Refusal("Everybody has been told already, so nothing is left to put off.", "Say `done`, or hand it over.")
    if until > next_step_at:
        raise Refusal(
            "A snooze cannot reach past the next step of the ladder.", f"The latest is {shown}.", field="until"
        )
    return replace(
        obligation,
        snoozed_until=until,
        snoozes=obligation.snoozes + 1,
        look_again_at=min(until, obligation.look_again_at or until),
        revision=obligation.revision + 1,
    )


def excuse(obligation: Obligation) -> Obligation:
    """The side it is owed to forgives it: nobody is reminded of it any more, and it counts neither way."""
    if obligation.state in ("kept", "excused", "withdrawn"):
        raise _nothing_left(obligation)
    return replace(obligation, state="excused", look_again_at=None, revision=obligation.revision + 1)


def _require_open(obligation: Obligation) -> None:
    if obligation.settled:
        raise _nothing_left(obligation)


def _nothing_left(obligation: Obligation) -> Refusal:
    """What is made good late is over too, though the miss stands."""
    how = "made good, late" if obligation.state == "missed" else obligation.state
    return Refusal(f"{obligation.key} is already {how}.", f"Nothing left to do. See `history {obligation.key}`.")
