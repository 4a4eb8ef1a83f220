"""The life of a draft: terms that somebody wrote down, put before the parties, and saw signed or not.

A draft (`X-3`) is no version: nothing counts under it and no clock knows of it. It becomes one when
every party's signatory has put his name to it, in time for the day on which it is to begin.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from slacore.agreements import Signature, Terms
from slacore.errors import Refusal
from slacore.parties import Party

State = Literal["draft", "proposed", "signed", "declined", "replaced", "lapsed", "withdrawn"]

OPEN: frozenset[State] = frozenset({"draft", "proposed"})
"""States in which something can still come of a draft."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """Terms on their way to a signature. `number` is what people say as `X-<number>`.

    `based_on` is the newest version at the time of writing, 0 where there was none. `version` is
    the one that it became, or, for terms that came as a file, the unsigned one that it is. `terms`
    carry the signatures it has so far. `because` is the drafter's reason, `side` the party that he
    drafted it for ("" for the sponsor). `answers` is the number of the draft that it counters.
    `revision` grows with every change, so that an old card's button is noticed.
    """

    number: int
    agreement: str
    based_on: int
    terms: Terms
    because: str
    drafted_by: str
    drafted_at: datetime
    side: str = ""
    state: State = "draft"
    version: int | None = None
    answers: int | None = None
    proposed_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""
    revision: int = 1

    @property
    def key(self) -> str:
        """What people call it."""
        return f"X-{self.number}"

    @property
    def is_new(self) -> bool:
        """Whether it is of an agreement that has no version yet, and came as no file."""
        return not self.based_on and self.version is None

    @property
    def open(self) -> bool:
        """Whether something can still come of it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said about a draft: a comment, why he declined, or why a warning does not stop him."""

    kind: Literal["comment", "declined", "override"]
    member: str
    text: str
    at: datetime


def drafts_for(terms: Terms, member: str) -> str | None:
    """The party that somebody may draft and propose for: as its owner, deputy or signatory; "" as the sponsor.

    None for anybody else.
    """
    for party in terms.parties:
        if member in {party.owner, party.signs, *party.deputies}:
            return party.slug
    return "" if member == terms.sponsor else None


def may_change(draft: Amendment, member: str) -> bool:
    """Whether somebody may change, propose or withdraw a draft: whoever wrote it, and his side."""
    side = drafts_for(draft.terms, member)
    return member == draft.drafted_by or (side is not None and side == draft.side)


def require_changeable(draft: Amendment, member: str) -> None:
    """Refuse to change a draft that was put before people, has ended, came as a file, or is another side's."""
    _require_open(draft)
    if draft.state != "draft" or draft.version is not None:
        raise Refusal(
            f"{draft.key} was put before people as it is.",
            "Withdraw it and draft it again, or answer it.",
            offers=((f"Show {draft.key}", f"agreement show {draft.key}"),),
            field="key",
        )
    if not may_change(draft, member):
        raise Refusal(
            f"{draft.key} was drafted by {draft.terms.name_of(draft.drafted_by)}.",
            "That side changes it; say what you need when you are asked, or answer it once it is proposed.",
            field="key",
        )


def require_drafter(terms: Terms, member: str, doing: str) -> str:
    """The party that somebody drafts for; refuses whoever may not. `doing` completes "who may …"."""
    side = drafts_for(terms, member)
    if side is None:
        owners = ", ".join(terms.name_of(party.owner) for party in terms.parties)
        raise Refusal(
            f"Only the owners of the parties, their deputies and the sponsor may {doing}.", f"Ask one of {owners}."
        )
    return side


def propose(draft: Amendment, now: datetime) -> Amendment:
    """Put a draft before the parties. Proposing it twice is refused, and so is one that has ended."""
    if draft.state == "proposed":
        raise Refusal(f"{draft.key} was proposed already.", _waits(draft), field="key")
    _require_open(draft)
    return replace(draft, state="proposed", proposed_at=now, revision=draft.revision + 1)


def sign(draft: Amendment, member: str, now: datetime) -> tuple[Amendment, tuple[Signature, ...]]:
    """Somebody puts his name to a proposal, for every party that he signs for and that has not signed.

    The draft that comes back is signed as a whole when no party is missing any more.
    """
    parties = require_signatory(draft, member, "sign")
    _require_open(draft)
    if draft.state == "draft":
        raise Refusal(
            f"{draft.key} is a draft that nobody has proposed yet.",
            "It is signed once it was proposed.",
            offers=((f"Propose {draft.key}", f"agreement propose {draft.key}"),),
            field="key",
        )
    missing = {party.slug for party in draft.terms.unsigned()}
    signing = tuple(Signature(party.slug, member, now) for party in parties if party.slug in missing)
    if not signing:
        raise Refusal(f"You have signed {draft.key} already.", _waits(draft), field="key")
    terms = replace(draft.terms, signatures=(*draft.terms.signatures, *signing))
    signed = replace(draft, terms=terms, revision=draft.revision + 1)
    if not terms.unsigned():
        signed = replace(signed, state="signed", ended_at=now, ended_by=member)
    return signed, signing


def decline(draft: Amendment, member: str, why: str, now: datetime) -> Amendment:
    """A signatory says no, with his reason: nothing comes of this draft; the version in force stays."""
    require_signatory(draft, member, "decline")
    _require_open(draft)
    if draft.state == "draft":
        raise Refusal(f"{draft.key} was not proposed to you yet.", "There is nothing to decline.", field="key")
    return end(draft, "declined", member, why, now)


def withdraw(draft: Amendment, member: str, now: datetime) -> Amendment:
    """The side that drafted it takes it back. Terms that came as a file stay in the record and wait."""
    _require_open(draft)
    if not may_change(draft, member):
        raise Refusal(
            f"{draft.key} was drafted by {draft.terms.name_of(draft.drafted_by)}.",
            "Decline it, or comment on it.",
            field="key",
        )
    return end(draft, "withdrawn", member, "", now)


def end(draft: Amendment, state: State, by: str, why: str, now: datetime) -> Amendment:
    """Nothing more comes of a draft: how it ended, by whom ("" for the clock or another draft), and why."""
    return replace(draft, state=state, ended_at=now, ended_by=by, ended_why=why, revision=draft.revision + 1)


def require_signatory(draft: Amendment, member: str, doing: str) -> tuple[Party, ...]:
    """The parties that somebody signs for; refuses whoever signs for none."""
    parties = tuple(party for party in draft.terms.parties if party.signs == member)
    if not parties:
        names = ", ".join(f"{draft.terms.name_of(party.signs)} for {party.name}" for party in draft.terms.parties)
        raise Refusal(
            f"You sign for no party of {draft.terms.name}, so you cannot {doing} {draft.key}.",
            f"These can: {names}. You can comment on it.",
            field="key",
        )
    return parties


def _waits(draft: Amendment) -> str:
    names = ", ".join(draft.terms.name_of(party.signs) for party in draft.terms.unsigned())
    return f"It waits for {names}." if names else "Everybody has signed it."


def _require_open(draft: Amendment) -> None:
    """Refuse to act on a draft that has ended, saying how it did and what there is instead."""
    if draft.open:
        return
    show = ((f"Show {draft.key}", f"agreement show {draft.key}"),)
    who = draft.terms.name_of(draft.ended_by) if draft.ended_by else ""
    match draft.state:
        case "signed":
            raise Refusal(f"{draft.key} is signed by everybody.", "Nothing is left to do.", offers=show, field="key")
        case "declined":
            problem = f"{draft.key} was declined by {who}: {draft.ended_why}"
            raise Refusal(problem, "Draft another one that answers it.", offers=show, field="key")
        case "replaced":
            problem, step = f"{draft.key} is out of date: {draft.ended_why}.", "Look at what took its place."
            raise Refusal(problem, step, offers=show, field="key")
        case "lapsed":
            problem = f"{draft.key} has lapsed: it was not signed by everybody before the day it was to begin on."
            raise Refusal(problem, "Draft it again with a later day.", offers=show, field="key")
        case _:
            raise Refusal(f"{draft.key} was withdrawn by {who}.", "Draft it again.", offers=show, field="key")
