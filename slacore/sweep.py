"""What time does to an obligation: a pure decision, asked whenever `look_again_at` is reached.

`decide` sees the obligation, the terms it began under, where the promise stands and who is
reachable, and answers with the changed obligation and the facts that follow. It says nothing
itself: who hears, in which words, is decided from the facts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from slacore.agreements import Terms
from slacore.calendars import Calendar
from slacore.escalation import Role, Step
from slacore.obligations import Obligation
from slacore.presence import Presence
from slacore.standing import Standing

LATE_AFTER = timedelta(minutes=30)
"""What is said longer after its moment than this is marked late."""


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
    | TargetMet
    | MadeGood
    | MissSettled
    | Reopened
    | Reminded
    | AcceptedBySilence
)


@dataclass(frozen=True, slots=True)
class Sight:
    """All that a decision may look at besides the obligation and the time.

    `standing` is given for a period, `at_risk` for a slot (its last one was missed), and
    `breach_provisional` tells whether the recorded breach still waits for its final amount.
    """

    terms: Terms
    presence: Presence
    standing: Standing | None = None
    at_risk: bool = False
    breach_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The obligation as it is now, `look_again_at` included, and what happened."""

    obligation: Obligation
    facts: tuple[Fact, ...]


def decide(obligation: Obligation, sight: Sight, now: datetime) -> Decision:
    """Say what an obligation has become by `now`, and when to look again.

    Deciding twice at the same instant changes nothing the second time.
    """
    match obligation.kind:
        case "acceptance":
            return _decide_acceptance(obligation, now)
        case "period":
            return _decide_period(obligation, sight, now)
        case _:
            return _decide_slot(obligation, sight, now)


def next_step_at(obligation: Obligation, terms: Terms) -> tuple[datetime, Step] | None:
    """The next rung that somebody will hear, and when, if nothing changes."""
    commitment = terms.commitment(obligation.commitment)
    steps = _steps(obligation, terms)
    calendar = terms.calendar_of(commitment)
    for step in steps[obligation.rung :]:
        if step.only_if_at_risk and obligation.state == "open":
            continue
        return max(step.at(_base(obligation, step), calendar), obligation.acked_until or obligation.opens_at), step
    return None


def has_told(obligation: Obligation, terms: Terms, role: Role) -> bool:
    """Whether the ladder has reached those of a role: the other side, the channel."""
    steps = _steps(obligation, terms)
    return any(role in step.whom for step in steps[: obligation.rung])


def who_hears(
    step: Step, obligation: Obligation, sight: Sight, now: datetime
) -> tuple[tuple[Recipient, ...], tuple[Role, ...]]:
    """Turn a rung's roles into people who can be reached, and the roles whose people cannot.

    A role that nobody fills is no part of the ladder: a party without a manager has no such rung.
    """
    terms = sight.terms
    commitment = terms.commitment(obligation.commitment)
    giver = terms.party(obligation.party)
    other = terms.party(commitment.receiver if obligation.party == commitment.giver else commitment.giver)
    roles: dict[Role, tuple[str, tuple[str, ...]]] = {
        "owner": (obligation.owner, giver.deputies),
        "contact": (giver.first_contact, (giver.owner, *giver.deputies)),
        "counterparty": (other.owner, other.deputies),
        "manager": (giver.manager, ()),
        "sponsor": (terms.sponsor, ()),
    }
    found: dict[str, Recipient] = {}
    skipped: list[Role] = []
    for role in step.whom:
        if role == "channel":
            continue
        member, deputies = roles[role]
        if not member:
            continue
        hears = sight.presence.stands_in(member, deputies, now)
        if not hears:
            skipped.append(role)
        elif hears not in found:
            found[hears] = Recipient(hears, role, member if hears != member else "")
    return tuple(found.values()), tuple(skipped)


def _decide_acceptance(obligation: Obligation, now: datetime) -> Decision:
    if obligation.settled:
        return _resting(obligation)
    if now < obligation.due_at:
        return Decision(replace(obligation, look_again_at=obligation.due_at), ())
    kept = replace(
        obligation, state="kept", done_at=obligation.due_at, look_again_at=None, revision=obligation.revision + 1
    )
    return Decision(kept, (AcceptedBySilence(),))


def _decide_slot(obligation: Obligation, sight: Sight, now: datetime) -> Decision:
    if obligation.settled:
        return _resting(obligation)
    facts: list[Fact] = []
    current = obligation
    if now >= current.due_at and current.state != "missed":
        current = _missed(current, sight, current.due_at)
        facts.append(DutyMissed())
    elif sight.at_risk and current.state == "open" and _is_near(current, sight.terms, now):
        current = replace(current, state="at risk")
    return _climb(current, obligation, sight, now, facts, ())


def _is_near(obligation: Obligation, terms: Terms, now: datetime) -> bool:
    """Whether the ladder's rungs before the due moment have begun: earlier, nothing is at risk yet."""
    calendar = terms.calendar_of(terms.commitment(obligation.commitment))
    before = (step for step in _steps(obligation, terms) if step.working_days < 0)
    return any(step.at(obligation.due_at, calendar) <= now for step in before)


def _decide_period(obligation: Obligation, sight: Sight, now: datetime) -> Decision:
    standing = sight.standing
    if standing is None:
        raise ValueError("a period is decided from its standing")
    current, facts = _taken_back(obligation, standing)
    certain = not standing.provisional
    if current.state in ("excused", "withdrawn"):
        return _resting(current)
    if standing.state == "met" and certain:
        if current.state == "kept":
            return _resting(current)
        if current.state == "missed":
            facts.append(MissSettled(0))
        facts.append(TargetMet(standing.goal.due_at - now))
        kept = replace(
            current, state="kept", done_at=now, look_again_at=None, missed_at=None, revision=current.revision + 1
        )
        return Decision(kept, tuple(facts))
    if standing.state in ("missed", "met late") and current.state != "missed":
        current = _missed(current, sight, now)
        facts.append(TargetMissed(standing.shortfall, standing.provisional))
    elif current.state == "missed" and sight.breach_provisional and certain:
        facts.append(MissSettled(standing.shortfall))
    if standing.state == "met late" and certain and current.done_at is None:
        current = replace(current, done_at=now)
        facts.append(MadeGood())
    if current.done_at is not None:
        return Decision(_touched(replace(current, look_again_at=None), obligation), tuple(facts))
    if current.state in ("open", "at risk"):
        current = replace(current, state="at risk" if standing.state in ("behind", "at risk") else "open")
        facts += _checkpoint_missed(obligation, standing, now)
    return _climb(current, obligation, sight, now, facts, (standing.next_at,))


def _taken_back(obligation: Obligation, standing: Standing) -> tuple[Obligation, list[Fact]]:
    """Open again what a correction undid: what had kept the promise, or what had made its miss good."""
    kept = obligation.state == "kept" and standing.state != "met"
    made_good = obligation.state == "missed" and obligation.done_at is not None
    if not kept and not (made_good and standing.state in ("missed", "behind")):
        return obligation, []
    told_by_the_miss = standing.state in ("missed", "met late")
    return replace(obligation, state="open", done_at=None), [] if told_by_the_miss else [Reopened()]


def _checkpoint_missed(obligation: Obligation, standing: Standing, now: datetime) -> list[CheckpointMissed]:
    """The newest checkpoint passed since the last look, if the promise is behind it."""
    if standing.state != "behind" or now >= standing.goal.due_at:
        return []
    since = _since(obligation)
    passed = [(at, quantity) for at, quantity in standing.goal.checkpoints if since < at <= now]
    return [CheckpointMissed(*passed[-1], standing.attained)] if passed else []


def _since(obligation: Obligation) -> datetime:
    """The instant before which nothing needs a second look: just before the look now due."""
    looked = obligation.look_again_at
    return obligation.opens_at if looked is None else looked - timedelta(microseconds=1)


def _missed(obligation: Obligation, sight: Sight, at: datetime) -> Obligation:
    """Mark the miss and set the ladder back to the rung of the due moment, so that the owner hears at once.

    Missed anew after a correction, the owner is the first to hear of that too.
    """
    steps = _steps(obligation, sight.terms)
    rung = next((index for index, step in enumerate(steps) if step.working_days >= 0), len(steps))
    return replace(obligation, state="missed", missed_at=at, rung=rung, told_at=None)


def _climb(
    current: Obligation,
    before: Obligation,
    sight: Sight,
    now: datetime,
    facts: list[Fact],
    also_at: tuple[datetime, ...],
) -> Decision:
    """Take every rung that has been reached, as one telling, and find the next moment to look."""
    commitment = sight.terms.commitment(current.commitment)
    calendar = sight.terms.calendar_of(commitment)
    steps = _steps(current, sight.terms)
    reached: list[tuple[Step, datetime, tuple[Recipient, ...]]] = []
    skipped: list[Role] = []
    at_once = False
    while current.rung < len(steps):
        step = steps[current.rung]
        moment = step.at(_base(current, step), calendar)
        if step.level > 0 and current.acked_until is not None:
            moment = max(moment, current.acked_until)
        if moment > now and not at_once:
            break
        if step.working_days > 0 and current.state != "missed":
            break
        current = replace(current, rung=current.rung + 1)
        if step.working_days < 0 and (now >= current.due_at or (step.only_if_at_risk and current.state == "open")):
            continue
        if step.level == 0 and current.snoozed_until is not None and now < current.snoozed_until:
            continue
        recipients, missing = who_hears(step, current, sight, now)
        skipped += missing
        at_once = bool(missing) and not recipients and "channel" not in step.whom
        if recipients or "channel" in step.whom:
            reached.append((step, min(moment, now), recipients))
        if current.state == "missed" and current.told_at is None:
            owner = next((each.member for each in recipients if each.role == "owner"), "")
            heard = sight.presence.hears_at(owner, now, commitment.urgent) if owner else now
            current = replace(current, told_at=heard)
    if reached:
        facts.append(_telling(reached, tuple(skipped), now))
    if current.snoozed_until is not None and now >= current.snoozed_until:
        current = replace(current, snoozed_until=None)
        if not reached:
            facts.append(Reminded())
    return Decision(
        _touched(replace(current, look_again_at=_next_look(current, steps, calendar, now, also_at)), before),
        tuple(facts),
    )


def _telling(
    reached: list[tuple[Step, datetime, tuple[Recipient, ...]]], skipped: tuple[Role, ...], now: datetime
) -> StepReached:
    """Everybody who should have heard hears once, at the highest rung reached."""
    people: dict[str, Recipient] = {}
    for _, _, recipients in reached:
        for each in recipients:
            people.setdefault(each.member, each)
    meant_at = reached[-1][1]
    return StepReached(
        max(step.level for step, _, _ in reached),
        tuple(people.values()),
        any("channel" in step.whom for step, _, _ in reached),
        skipped,
        meant_at,
        now - meant_at > LATE_AFTER,
    )


def _next_look(
    obligation: Obligation,
    steps: tuple[Step, ...],
    calendar: Calendar,
    now: datetime,
    also_at: tuple[datetime, ...],
) -> datetime | None:
    moments = [at for at in also_at if at > now]
    if now < obligation.due_at:
        moments.append(obligation.due_at)
    if obligation.snoozed_until is not None:
        moments.append(obligation.snoozed_until)
    if obligation.rung < len(steps):
        step = steps[obligation.rung]
        if step.working_days <= 0 or obligation.state == "missed":
            moment = step.at(_base(obligation, step), calendar)
            if step.level > 0 and obligation.acked_until is not None:
                moment = max(moment, obligation.acked_until)
            moments.append(moment)
    return min((at for at in moments if at > now), default=None)


def _base(obligation: Obligation, step: Step) -> datetime:
    """What a rung is counted from: the due moment, or when the owner heard of a miss, if that was later."""
    if step.working_days > 0 and obligation.told_at is not None:
        return max(obligation.due_at, obligation.told_at)
    return obligation.due_at


def _steps(obligation: Obligation, terms: Terms) -> tuple[Step, ...]:
    """The rungs of this obligation: those of the policy that somebody fills.

    With a period's miss the sponsor hears when it is announced, and not again later.
    """
    steps = terms.policy_of(terms.commitment(obligation.commitment)).steps
    if obligation.kind == "period":
        steps = tuple(_with_sponsor(step) for step in steps if step.whom != ("sponsor",))
    return tuple(step for step in steps if any(_is_filled(role, obligation, terms) for role in step.whom))


def _with_sponsor(step: Step) -> Step:
    announces = step.level == 1 and step.working_days > 0 and "sponsor" not in step.whom
    return replace(step, whom=(*step.whom, "sponsor")) if announces else step


def _is_filled(role: Role, obligation: Obligation, terms: Terms) -> bool:
    """Whether the agreement names anybody for a role: a party without a manager has no such rung."""
    match role:
        case "manager":
            return bool(terms.party(obligation.party).manager)
        case "sponsor":
            return bool(terms.sponsor)
        case _:
            return True


def ladder_is_over(obligation: Obligation, terms: Terms) -> bool:
    """Whether everybody who is to hear of a miss has heard."""
    return obligation.state == "missed" and obligation.rung >= len(_steps(obligation, terms))


def _resting(obligation: Obligation) -> Decision:
    return Decision(replace(obligation, look_again_at=None), ())


def _touched(obligation: Obligation, before: Obligation) -> Obligation:
    """Count the revision up where more than the next look changed."""
    same = replace(obligation, look_again_at=before.look_again_at) == before
    return obligation if same else replace(obligation, revision=before.revision + 1)
