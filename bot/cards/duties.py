"""One thing owed, as it is called in every message: what, to whom, until when, in which state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards.offers import act, ask
from bot.cards.words import (
    capital,
    cut,
    day_text_of,
    days_from,
    last_moment,
    period_name,
    quoted,
)
from bot.chat.card import Button
from slacore.agreements import Terms
from slacore.commitments import Commitment, Deliverable, FollowUps, Response, Volume
from slacore.handoffs import Handoff
from slacore.items import ITEM_KINDS, Handed
from slacore.obligations import Kind, Obligation
from slacore.owers import is_members_own, wanted_for
from slacore.periods import Period
from slacore.standing import Judged, LevelStanding, Standing

_MORNING = timedelta(hours=9)
_SNOOZES_WITHIN_DAYS = 7


OWED: dict[Kind, str] = {
    "response": "answer",
    "update": "update",
    "resolution": "resolution",
    "follow-up": "follow-up",
}
"""What is owed about an item, by the kind of duty."""


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation with what it takes to speak of it.

    `standing` is given for a promise's period, `handoff` for an answer that is owed on one, `item` for
    something owed about one.
    """

    obligation: Obligation
    terms: Terms
    standing: Judged | None = None
    handoff: Handoff | None = None
    item: Handed | None = None

    @property
    def level(self) -> LevelStanding | None:
        """Where a level promise's period stands; None for every other kind of thing owed."""
        return self.standing if isinstance(self.standing, LevelStanding) else None

    @property
    def volume(self) -> Standing | None:
        """Where a volume promise's period stands; None for every other kind of thing owed."""
        return self.standing if isinstance(self.standing, Standing) else None

    @property
    def commitment(self) -> Commitment:
        """The promise that it is due under."""
        return self.terms.commitment(self.obligation.commitment)

    @property
    def other_side(self) -> str:
        """The slug of the party to whom it is owed: an answer on a handoff is owed to its giver."""
        commitment = self.commitment
        return commitment.receiver if self.obligation.party == commitment.giver else commitment.giver

    @property
    def state(self) -> str:
        """The word for where it stands."""
        obligation = self.obligation
        if obligation.state == "missed" and obligation.done_at is not None:
            return "met late"
        if self.standing is not None and obligation.state in ("open", "at risk"):
            return self.standing.state
        return obligation.state

    @property
    def provisional(self) -> bool:
        """Whether open units may still change its state."""
        return self.standing is not None and self.standing.provisional and not self.obligation.settled

    @property
    def period(self) -> Period:
        """The period it belongs to."""
        return self.commitment.period.containing(self.obligation.period_starts_on)

    def name(self, now: datetime) -> str:
        """What it is called: "Leads, October", "Status report, Fri 23 Oct", "Answer on H-41 (25 leads)"."""
        if self.obligation.kind == "acceptance":
            return f"Answer on {self.given}"
        if self.obligation.kind == "period":
            return f"{self.commitment.name}, {period_name(self.period, now, self.terms.zone)}"
        if self.obligation.kind in ITEM_KINDS:
            return capital(self.thing)
        if self.obligation.kind == "reading":
            return f"{capital(self.thing)}, {period_name(self.period, now, self.terms.zone)}"
        return f"{capital(self.thing)}, {day_text_of(last_moment(self.obligation.due_at), now, self.terms.zone)}"

    def listed(self, now: datetime) -> str:
        """How it stands in a list that gives its moment beside it; an answer goes by the handoff's key alone."""
        if self.obligation.kind == "acceptance" or self.obligation.kind in ITEM_KINDS:
            return cut(self.name(now), 60)
        name = self.name(now) if self.obligation.kind == "period" else capital(self.thing)
        return f"{self.obligation.key} {cut(name, 60)}"

    @property
    def given(self) -> str:
        """The handoff that wants an answer: "H-41", with what awaits acceptance where that is known."""
        promise = self.commitment.promise
        if self.handoff is None or not isinstance(promise, Volume):
            return self.obligation.subject
        return f"{self.handoff.key} ({promise.unit.counted(self.handoff.piles.awaiting)})"

    @property
    def thing(self) -> str:
        """What is owed, as a part of a sentence: "100 qualified leads", "weekly status report", "an answer on H-41"."""
        promise = self.commitment.promise
        if self.obligation.thing:
            return quoted(cut(self.obligation.thing, 80))
        if self.obligation.kind == "acceptance":
            return f"an answer on {self.obligation.subject}"
        if self.obligation.kind in ITEM_KINDS:
            item = self.obligation.subject.partition("/")[0]
            called = f"{item} {self.item.name}".rstrip() if self.item is not None else item
            return f"{OWED[self.obligation.kind]} on {called}"
        if self.obligation.kind == "reading":
            return f"reading of {self.commitment.name}"
        if self.obligation.kind == "check":
            return f"check of {self.commitment.name}"
        if isinstance(promise, Deliverable):
            whose = f"{self.item.key} {self.item.name}".rstrip() if self.item is not None else ""
            return f"{promise.thing} ({whose})" if whose else promise.thing
        if isinstance(promise, Volume):
            return promise.unit.counted(self.volume.goal.target if self.volume else promise.target)
        return self.commitment.name


def is_certain(duty: Duty) -> bool:
    """Whether a miss is certain: nothing provisional is called one."""
    return duty.obligation.state == "missed" and not duty.provisional


# What can be done about it


def act_on(duty: Duty, *, labelled: bool = False) -> tuple[Button, ...]:
    """The buttons that end a duty: hand over, do, or answer. `labelled` names the thing, for lists of several."""
    obligation = duty.obligation
    if obligation.settled and obligation.state != "missed":
        return ()
    on = f" {obligation.key}" if labelled else ""
    may = answerable(duty)
    match obligation.kind:
        case "acceptance":
            return _answers(duty, labelled=labelled)
        case "response" | "update" | "resolution" | "follow-up":
            return item_buttons(obligation.subject.partition("/")[0], obligation.kind, labelled=labelled, may=may)[:2]
        case "period":
            return _act_on_period(duty, on, may)
        case "reading":
            return (ask(f"Log it{on}", f"log {duty.commitment.slug}", style="primary", may=may),)
        case "check":
            return (act(f"Check{on}", f"check {obligation.key}", style="primary", may=may),)
        case "slot" if is_confirmed(duty):
            return (_confirm(duty, on),)
        case "step":
            return (_done(duty, on),)
        case _ if is_report(duty) and obligation.state != "missed":
            return (act(f"See the report{on}", "report preview", style="primary", may=may),)
        case _ if is_friction(duty):
            return (act(f"See the report{on}", "friction report", style="primary", may=may),)
        case _:
            return (_done(duty, on),)


def _act_on_period(duty: Duty, on: str, may: tuple[str, ...]) -> tuple[Button, ...]:
    """What a period wants: things handed over, members who have not; figures are looked at."""
    match duty.commitment.promise:
        case Deliverable():
            return (see_who(duty, on),)
        case Response() | FollowUps():
            return ()
        case _ if isinstance(duty.standing, LevelStanding):
            return (act(f"Status{on}", f"status {duty.commitment.slug}"),)
        case _:
            return (ask(f"Log handoff{on}", f"handoff to {duty.other_side}", style="primary", may=may),)


def _confirm(duty: Duty, on: str) -> Button:
    key, may = duty.obligation.key, answerable(duty)
    press = ask if wanted_for(duty.obligation, duty.terms) in {"text", "link", "file"} else act
    return press(f"Confirm{on}", f"done {key}", style="primary", version=duty.obligation.revision, may=may)


def _done(duty: Duty, on: str) -> Button:
    key, may = duty.obligation.key, answerable(duty)
    # Where a word is enough, there is nothing to fill in.
    press = act if wanted_for(duty.obligation, duty.terms) == "none" else ask
    return press(f"Done{on}", f"done {key}", style="primary", version=duty.obligation.revision, may=may)


def item_buttons(key: str, kind: Kind, *, labelled: bool = False, may: tuple[str, ...] = ()) -> tuple[Button, ...]:
    """What can be done about an item that waits: the duty itself first."""
    on = f" {key}" if labelled else ""
    first = {
        "response": act(f"Responded{on}", f"respond {key}", style="primary", may=may),
        "update": ask(f"Update{on}", f"update {key}", style="primary", may=may),
        "resolution": act(f"Resolved{on}", f"resolve {key}", style="primary", may=may),
        "follow-up": ask(f"Log attempt{on}", f"followup {key}", style="primary", may=may),
    }[kind]
    if kind == "follow-up":
        return first, ask(f"Outcome{on}", f"outcome {key}", may=may), ask(f"Assign{on}", f"assign {key}", may=may)
    return (
        first,
        ask(f"Assign{on}", f"assign {key}", may=may),
        ask(f"Pause{on}", f"pause {key}", may=may),
        act("History" if not labelled else f"History {key}", f"history {key}"),
    )


def is_confirmed(duty: Duty) -> bool:
    """Whether it is done by saying so alone: what every member owes himself, and a meeting of both."""
    promise = duty.commitment.promise
    return isinstance(promise, Deliverable) and (promise.by_every_member or promise.of_both)


def see_who(duty: Duty, on: str = "") -> Button:
    """Look at who has not; for those alone who may know."""
    side = duty.terms.party(duty.obligation.party)
    may = tuple(filter(None, dict.fromkeys((duty.obligation.owner, side.owner, side.manager))))
    return act(f"See who has not{on}", f"status {duty.commitment.slug}", style="primary", may=may)


def is_report(duty: Duty) -> bool:
    """Whether it is the agreement's own report, which is kept by approving it."""
    promise = duty.commitment.promise
    return isinstance(promise, Deliverable) and promise.report


def is_friction(duty: Duty) -> bool:
    """Whether it is the friction report, which is kept by sending it."""
    promise = duty.commitment.promise
    return isinstance(promise, Deliverable) and promise.friction


def _answers(duty: Duty, *, labelled: bool) -> tuple[Button, ...]:
    key, may = duty.obligation.subject, answerable(duty)
    version = duty.handoff.revision if duty.handoff is not None else None
    on = f" {key}" if labelled else ""
    label, says = _acceptance(duty)
    accept = act(f"Accept{on}" if labelled else label, says, style="primary", version=version, may=may)
    dispute = ask(f"Dispute{on}", f"dispute {key}", style="danger", version=version, may=may)
    if labelled:
        return accept, dispute
    return accept, ask("Accept some", f"accept {key}", version=version, may=may), dispute


def _acceptance(duty: Duty) -> tuple[str, str]:
    """Accept what waits, and only that: what is disputed has a button of its own on the receipt."""
    says = f"accept {duty.obligation.subject}"
    if duty.handoff is None:
        return "Accept all", says
    piles = duty.handoff.piles
    if piles.disputed and not piles.awaiting:
        return f"Accept the disputed {piles.disputed:,}", says
    if piles.disputed:
        return f"Accept the other {piles.awaiting:,}", f"{says} {piles.awaiting}"
    return f"Accept all {piles.awaiting:,}", says


def answerable(duty: Duty) -> tuple[str, ...]:
    """The members who can end a duty: its owner and whoever speaks for the party that owes; his own, he alone."""
    if is_members_own(duty.obligation, duty.terms):
        return (duty.obligation.owner,)
    side = duty.terms.party(duty.obligation.party)
    return tuple(dict.fromkeys((duty.obligation.owner, side.owner, *side.deputies, *side.members)))


def i_have_it(duty: Duty, member: str = "") -> Button:
    """Somebody takes it on, which holds the ladder for a working day: the owner's side, or `member` alone."""
    obligation = duty.obligation
    may = (member,) if member else answerable(duty)
    return act("I have it", f"ack {obligation.key}", version=obligation.revision, may=may)


def snooze(duty: Duty, now: datetime, member: str, next_step_at: datetime | None) -> tuple[Button, ...]:
    """Put the reminder off to the member's next working morning, where that is allowed and not past the next step.

    Morning is 09:00 in the member's own zone; the button's words hold the exact instant.
    """
    obligation, terms = duty.obligation, duty.terms
    allowed = terms.policy_of(duty.commitment).snoozes_allowed
    if obligation.settled or obligation.snoozes >= allowed or next_step_at is None:
        return ()
    zone = next((person.zone for person in terms.people if person.id == member), terms.zone)
    until = _next_morning(duty, now, zone)
    if until is None or until > next_step_at:
        return ()
    days = days_from(now, until, zone)
    day = "tomorrow" if days == 1 else day_text_of(until, now, zone)
    says = f"snooze {obligation.key} until {until:%Y-%m-%dT%H:%MZ}"
    return (act(f"Snooze to {day} 09:00", says, version=obligation.revision, may=(member,)),)


def _next_morning(duty: Duty, now: datetime, zone: str) -> datetime | None:
    """09:00 in `zone` on the next working date of the party who owes."""
    calendar = duty.terms.calendar_of_party(duty.obligation.party)
    today = now.astimezone(ZoneInfo(zone)).date()
    for later in range(1, _SNOOZES_WITHIN_DAYS + 1):
        on = today + timedelta(days=later)
        if calendar.is_working_day(on):
            midnight = datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zone))
            return (midnight + _MORNING).astimezone(now.tzinfo)
    return None


def history(duty: Duty, commitment_key: str = "") -> Button:
    """Everything that happened so far."""
    if duty.obligation.kind == "acceptance":
        return act("History", f"history {duty.obligation.subject}")
    return act("History", f"history {commitment_key or duty.commitment.slug}")


def names(duties: Sequence[Duty], now: datetime, most: int) -> str:
    """Several duties in one line, the first few by name."""
    shown = "; ".join(cut(duty.name(now), 60) for duty in duties[:most])
    return f"{shown}; and {len(duties) - most} more" if len(duties) > most else shown
