"""Why somebody gets a message, what happens next if nobody acts, and how it stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.duties import Duty, answerable, is_friction, is_report
from bot.cards.levels import promised
from bot.cards.words import (
    called,
    deadline,
    listed,
    moment,
    party,
    people,
    run,
    said,
)
from bot.chat.card import Spans
from slacore.owers import is_members_own
from slacore.standing import LevelStanding, ShareStanding
from slacore.sweep import Recipient


@dataclass(frozen=True, slots=True)
class NextStep:
    """Who hears next, and when, if nothing changes: names as they are said ("Josh", "#smarketing")."""

    at: datetime
    whom: tuple[str, ...]


def why(duty: Duty, to: Recipient, commitment_key: str = "") -> str:
    """Why this person hears: what he owns, or for whom he stands in."""
    role = _role(duty, to, commitment_key)
    if not to.stands_in_for:
        return f"You {role[0]}."
    return f"You stand in for {called(duty.terms, to.stands_in_for)}, who {role[1]}."


def _role(duty: Duty, to: Recipient, commitment_key: str) -> tuple[str, str]:
    """What somebody is to a duty, said to him and said of him."""
    owing, owed = party(duty.terms, duty.obligation.party), party(duty.terms, duty.other_side)
    promise = duty.commitment.name + (f" ({commitment_key})" if commitment_key else "")
    match to.role:
        case "owner" if is_members_own(duty.obligation, duty.terms):
            return f"owe it as everybody of {owing} does", f"owes it as everybody of {owing} does"
        case "owner" if duty.obligation.kind == "check":
            return f"check {promise}", f"checks {promise}"
        case "owner" if duty.obligation.kind == "acceptance":
            return f"answer for {owing}", f"answers for {owing}"
        case "owner" if duty.obligation.kind == "reading":
            return f"report {promise}", f"reports {promise}"
        case "owner":
            return f"own {promise}", f"owns {promise}"
        case "contact":
            return f"are {owing}'s point of contact", f"is {owing}'s point of contact"
        case "counterparty":
            return f"answer for {owed}, to whom this is owed", f"answers for {owed}, to whom this is owed"
        case "manager":
            return f"manage {owing}", f"manages {owing}"
        case "sponsor":
            return "sponsor this agreement", "sponsors this agreement"
        case "channel":
            return "are in the parties' channel", "is in the parties' channel"


def what_next(next_step: NextStep | None, duty: Duty, reader: str) -> Spans:
    """What happens if nothing changes, said to a member."""
    if next_step is None or not next_step.whom:
        return ("If nothing changes, nobody else is told.",)
    short = {each.name: called(duty.terms, each.id) for each in duty.terms.people}
    own = called(duty.terms, reader)
    names = ["you" if short.get(name, name) == own else short.get(name, name) for name in next_step.whom]
    verb = "is told" if len(names) == 1 else "are told"
    if names == ["you"]:
        verb = "are told again"
    return run(f"If nothing changes, {listed(names)} {verb} ", deadline(next_step.at, duty.terms), ".")


def how_it_stops(duty: Duty, reader: str) -> Spans:
    """What ends the messages about a duty, said to a member who can do it or to one who waits for it."""
    obligation = duty.obligation
    if obligation.settled:
        return ()
    if obligation.kind == "acceptance":
        return ("It stops with your answer.",)
    if _cannot_be_mended(duty):
        return said(f"After `ack {obligation.key}` nobody further is told for a working day.")
    if reader not in answerable(duty):
        ends = f"when {party(duty.terms, obligation.party)} delivers"
    elif duty.level is not None:
        ends = f"when the figure is {promised(duty.level.level)}"
    elif obligation.kind == "reading":
        ends = "when a reading is logged"
    elif isinstance(duty.standing, ShareStanding):
        ends = "when all that is open is done"
    elif obligation.kind == "period":
        ends = "when everybody has" if duty.volume is None else "when the number is in"
    elif obligation.kind == "check":
        ends = "when all of the sample are checked"
    elif is_report(duty) and obligation.state != "missed":
        ends = "when the report is approved"
    elif is_friction(duty):
        ends = "when the friction report is sent"
    else:
        ends = f"with `done {obligation.key}`"
    return said(f"It stops {ends}; after `ack {obligation.key}` nobody further is told for a working day.")


def _cannot_be_mended(duty: Duty) -> bool:
    """Whether a figure or a share of the period is missed for good: nothing that anybody does changes it."""
    if not isinstance(duty.standing, LevelStanding | ShareStanding):
        return False
    return duty.standing.state == "missed" and not duty.standing.provisional


def told_late(meant_at: datetime | None, duty: Duty) -> Spans:
    """That words come well after their moment."""
    return run("Late: this was meant for ", deadline(meant_at, duty.terms), ".") if meant_at is not None else ()


def held_since(since: datetime | None, duty: Duty) -> Spans:
    """That words waited for quiet hours to end."""
    return run("Held since ", moment(since, duty.terms), " over your quiet hours.") if since is not None else ()


def held_by(duty: Duty, now: datetime) -> Spans:
    """Who has said that he has it, while that holds the ladder."""
    obligation = duty.obligation
    if obligation.acked_until is None or obligation.acked_until <= now or obligation.settled:
        return ()
    who: Sequence[str] = (obligation.acked_by,) if obligation.acked_by else ()
    holder = people(duty.terms, who) or "somebody"
    return run(holder, " has it until ", moment(obligation.acked_until, duty.terms))
