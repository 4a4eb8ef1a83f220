"""How a deliverable stands in its period: its slots by what became of them."""

from __future__ import annotations

from dataclasses import dataclass

from slacore.standing.judged import State


@dataclass(frozen=True, slots=True)
class SlotCount:
    """How a deliverable stands: slots (or members' duties) kept, missed, and still to come in the period.

    `late` of those missed were made good afterwards.
    """

    kept: int
    missed: int
    to_come: int
    excused: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        """Slots that count."""
        return self.kept + self.missed + self.to_come


def deliverable_state(count: SlotCount) -> State:
    """The word for a deliverable: one miss makes the period missed, all kept makes it met."""
    if count.missed:
        if count.to_come:
            return "behind"
        return "met late" if count.late == count.missed else "missed"
    if count.total == 0:
        return "waived" if count.excused else "nothing due"
    return "on pace" if count.to_come else "met"
