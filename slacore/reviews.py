"""The regular meeting of the parties: who was there, what was decided, who does what by when.

A review looks at one period. Before it each side is asked what the numbers do not say: they can
be green and a side unhappy all the same. Decisions need a quorum; actions become obligations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from slacore.agreements import ReviewSchedule, Terms
from slacore.errors import Refusal

State = Literal["invited", "open", "closed"]
Sort = Literal["decision", "lesson"]


@dataclass(frozen=True, slots=True)
class Review:
    """One meeting. `number` is what people say as `V-<number>`.

    It looks at the period from `first_on` to `last_on` (`label`, as people call it) and meets at
    `meets_at`. `opened_at` is when the first of them was there.
    """

    number: int
    agreement: str
    slot_on: date
    first_on: date
    last_on: date
    label: str
    meets_at: datetime
    state: State = "invited"
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    revision: int = 1

    @property
    def key(self) -> str:
        """What people call it."""
        return f"V-{self.number}"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one member says beforehand for his party: is it content, and what do the numbers not say?"""

    party: str
    member: str
    content: bool
    words: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Minute:
    """Something decided or learnt in the meeting, in the words of whoever said it."""

    sort: Sort
    words: str
    by: str
    at: datetime


def participants_of(terms: Terms) -> tuple[str, ...]:
    """Who comes: those the terms name, else each party's reviewers, else its owner."""
    if terms.review is not None and terms.review.participants:
        return terms.review.participants
    return tuple(dict.fromkeys(member for party in terms.parties for member in (party.reviewers or (party.owner,))))


def has_quorum(schedule: ReviewSchedule | None, terms: Terms, present: Iterable[str]) -> bool:
    """Whether enough are there to decide: as many as the terms ask for, and somebody of every party.

    Only members of the parties count; a sponsor who belongs to none may attend and makes no quorum.
    """
    there = set(present)
    speaking = {member for party in terms.parties for member in party.people & there}
    enough = len(speaking) >= (schedule.quorum if schedule else 0)
    return enough and all(party.people & there for party in terms.parties)


def missing_for_quorum(schedule: ReviewSchedule | None, terms: Terms, present: Iterable[str]) -> str:
    """What a decision still lacks, in words: "Sales is not here yet", "2 of 3 are here"."""
    there = set(present)
    absent = [party.name for party in terms.parties if not party.people & there]
    if absent:
        return f"{', '.join(absent)} {'is' if len(absent) == 1 else 'are'} not here yet"
    speaking = {member for party in terms.parties for member in party.people & there}
    return f"{len(speaking)} of {schedule.quorum if schedule else 0} are here"


_GOOD = frozenset({"met", "on pace", "none yet", "nothing due", "waived", "paused"})


def all_good(states: Iterable[str]) -> bool:
    """Whether a scorecard is green: something is met or on pace, and nothing is short, late or unknown."""
    found = set(states)
    return found <= _GOOD and bool(found & {"met", "on pace"})


def attended(review: Review, at: datetime) -> Review:
    """Somebody is there: the first one opens the meeting."""
    _require_running(review)
    if review.state == "open":
        return review
    return replace(review, state="open", opened_at=at, revision=review.revision + 1)


def moved(review: Review, to: datetime, at: datetime) -> Review:
    """Meet at another moment: as long as it has not begun, and never in the past."""
    _require_running(review)
    if review.state == "open":
        raise Refusal(f"{review.key} has begun already.", "Close it and let the next one be set anew.")
    if to <= at:
        raise Refusal("That moment has passed.", "Name a later one.", field="to")
    return replace(review, meets_at=to, revision=review.revision + 1)


def require_open(review: Review) -> None:
    """Refuse to write into a meeting that has not begun or is over."""
    _require_running(review)
    if review.state != "open":
        raise Refusal(f"{review.key} has not begun.", "Say `review here` once you are there: that opens it.")


def closed(review: Review, by: str, at: datetime) -> Review:
    """The meeting is over; what was decided and taken on stands."""
    require_open(review)
    return replace(review, state="closed", closed_at=at, closed_by=by, revision=review.revision + 1)


def _require_running(review: Review) -> None:
    if review.state == "closed":
        raise Refusal(f"{review.key} is over.", f"Say `review {review.key}` to read what was decided.")
