"""What was agreed about misses of any promise: why they happen, who may dispute them, who forgives, on what ground."""

from __future__ import annotations

from dataclasses import dataclass

from slacore.calendars import Duration

DISPUTE_WITHIN = Duration(5, "wd")
"""How long after it was recorded a miss can be disputed, where the agreement does not say."""


@dataclass(frozen=True, slots=True)
class Misses:
    """What both sides agreed about misses beforehand.

    `reasons` are those that the owner of a miss may choose from; he may always say it in his own
    words. A miss can be disputed for `dispute_within`, in the working time of the party that
    missed; where the sides disagree the member `disputes_decided_by` decides (whoever decides on
    the consequence unless named). `excused_by` are the members and parties who may forgive; none
    means the side it is owed to. `grounds`, where there are any, are the only ones on which a miss
    is forgiven.
    """

    reasons: tuple[str, ...] = ()
    dispute_within: Duration = DISPUTE_WITHIN
    disputes_decided_by: str = ""
    excused_by: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
