"""What can follow from a look at an obligation: each fact is said, written down, or both, by whoever asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from slacore.escalation import Role
from slacore.obligations import Obligation


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who hears a step, in which role, and for whom he stands in."""

    member: str
    role: Role
    stands_in_for: str = ""


@dataclass(frozen=True, slots=True)
class StepReached:
    """The ladder reached a rung: `recipients` hear; `channel` says whether the parties' channel does.

    `skipped` names roles whose people nobody reaches, which is why the next rung was taken at once.
    `meant_at` is when it should have been said, `late` that it is said well after.
    """

    level: int
    recipients: tuple[Recipient, ...]
    channel: bool
    skipped: tuple[Role, ...]
    meant_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class CheckpointMissed:
    """Fewer units than a checkpoint asks: the owner hears, nobody else."""

    at: datetime
    expected: int
    attained: int


@dataclass(frozen=True, slots=True)
class TargetMissed:
    """A period's quantity was not reached by its due moment. `provisional`: the amount may still shrink."""

    shortfall: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class DutyMissed:
    """A deliverable was not there at its due moment."""


@dataclass(frozen=True, slots=True)
class ItemLate:
    """Nobody did what was owed about an item by its due moment. Whether that is a miss, its period decides."""


@dataclass(frozen=True, slots=True)
class TargetMet:
    """A period's quantity is accepted in full, on time."""

    ahead_of_due: timedelta


@dataclass(frozen=True, slots=True)
class MadeGood:
    """Late units filled the gap of a missed period; the breach stands."""


@dataclass(frozen=True, slots=True)
class MissSettled:
    """No open unit can change the amount of a miss any more; a shortfall of 0 means it was none."""

    shortfall: int


@dataclass(frozen=True, slots=True)
class Reopened:
    """A correction took back what had been met."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """A snooze ran out."""


@dataclass(frozen=True, slots=True)
class AcceptedBySilence:
    """The receiver did not answer within the agreed working time."""


Fact = (
    StepReached
    | CheckpointMissed
    | TargetMissed
    | DutyMissed
    | ItemLate
    | TargetMet
    | MadeGood
    | MissSettled
    | Reopened
    | Reminded
    | AcceptedBySilence
)


@dataclass(frozen=True, slots=True)
class Decision:
    """The obligation as it is now, `look_again_at` included, and what happened."""

    obligation: Obligation
    facts: tuple[Fact, ...]
