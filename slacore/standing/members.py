"""How a duty of every member stands in its period: kept, missed and to come, and what a check may still change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from slacore.standing.judged import State, in_words


@dataclass(frozen=True, slots=True)
class MemberCount:
    """Members by what became of their duty. `late` confirmed after the due moment, `to_check` await a check's result.

    `missed` has not confirmed although it is due, or was found not to hold; who confirmed and is
    to be checked is in `kept` as well.
    """

    kept: int
    missed: int
    to_come: int
    late: int = 0
    to_check: int = 0
    excused: int = 0

    @property
    def total(self) -> int:
        """Members who owe it."""
        return self.kept + self.missed + self.to_come + self.late


@dataclass(frozen=True, slots=True)
class MembersStanding:
    """Where the duty of every member stands in one period. `due_at` is its last slot.

    The party has kept it once every member has; while a check is open the word may still change.
    """

    count: MemberCount
    due_at: datetime
    now: datetime

    @property
    def state(self) -> State:
        """The word for it: missed is called at the due moment, once for all."""
        count = self.count
        if not count.total:
            return "waived" if count.excused else "nothing due"
        if self.now < self.due_at:
            if count.missed:
                return "behind"
            return "on pace" if count.to_come else "met"
        if count.missed or count.to_come:
            return "missed"
        return "met late" if count.late else "met"

    @property
    def provisional(self) -> bool:
        """Whether a check that is open could still take a confirmation back."""
        return self.count.to_check > 0

    @property
    def shortfall(self) -> int:
        """Members who have not, after the due moment."""
        return 0 if self.now < self.due_at else self.count.missed + self.count.to_come

    @property
    def next_at(self) -> datetime:
        """When time by itself changes the word."""
        return self.due_at

    @property
    def words(self) -> str:
        """The state as people read it."""
        return in_words(self.state, provisional=self.provisional)
