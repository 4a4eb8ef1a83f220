"""How a deliverable stands in its period: its slots by what became of them."""

from __future__ import annotations

from dataclasses import dataclass

from slacore.standing.judged import State


@dataclass(frozen=True, slots=True)
class SlotCount:
    """How a deliverable stands: slots kept, missed, and still to come in the period."""

    kept: int
    missed: int
    to_come: int
    excused: int = 0

    @property
    def total(self) -> int:
        """Slots that count."""
        return self.kept + self.missed + self.to_come


def deliverable_state(count: SlotCount) -> State:
    """The word for a deliverable: one miss makes the period missed, all kept makes it met."""
    if count.missed:
        return "missed" if not count.to_come else "behind"
    if count.total == 0:
        return "waived" if count.excused else "nothing due"
    return "on pace" if count.to_come else "met"
