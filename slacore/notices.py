"""A formal notice of a miss to whom both sides answer: given by whoever decides, acknowledged by the sponsor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from slacore.breaches import Breach
from slacore.errors import Refusal


@dataclass(frozen=True, slots=True)
class Notice:
    """What was given, as it was given: it never changes; only that it was acknowledged is added.

    There is one for a miss at most. `matter` says what was missed, `because` what whoever gave it added;
    `counted` are the misses of which repetition it is given for, this one included, none for a single one.
    """

    breach: int
    agreement: str
    version: int
    commitment: str
    matter: str
    because: str
    counted: tuple[int, ...]
    given_by: str
    given_at: datetime
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None


def require_standing(breach: Breach, disputed_by: str, given: Notice | None) -> None:
    """Refuse a notice of a miss that is none for certain, is disputed (the dispute's key), or was given already."""
    if given is not None:
        raise Refusal(
            f"The notice of {breach.key} is given already.", f"Say `notice {breach.key}` to read it.", field="key"
        )
    if not breach.stands:
        how = "still provisional" if breach.provisional else "excused" if breach.excused_at else "closed without a miss"
        raise Refusal(
            f"{breach.key} is {how}, so no notice is given of it.", f"See `history {breach.key}`.", field="key"
        )
    if disputed_by:
        raise Refusal(
            f"{breach.key} is disputed ({disputed_by}), so nothing follows from it yet.",
            "Give it once the dispute has ended.",
            field="key",
        )


def acknowledge(notice: Notice, by: str, at: datetime) -> Notice:
    """The sponsor has taken note. Twice is refused."""
    if notice.acknowledged_at is not None:
        raise Refusal(
            f"The notice of B-{notice.breach} is acknowledged already.", "Nothing is left to do.", field="key"
        )
    return replace(notice, acknowledged_by=by, acknowledged_at=at)
