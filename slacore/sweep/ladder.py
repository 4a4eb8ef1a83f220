"""The ladder of one obligation: which rungs are reached, who hears, and when to look again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from slacore.agreements import Terms
from slacore.calendars import Calendar
from slacore.escalation import Role, Step
from slacore.items import ITEM_KINDS
from slacore.obligations import Obligation
from slacore.owers import is_members_own
from slacore.presence import EVERYBODY_HERE, Presence
from slacore.sweep.facts import Decision, Fact, Recipient, Reminded, StepReached
from slacore.sweep.sight import Sight

LATE_AFTER = timedelta(minutes=30)
"""What is said longer after its moment than this is marked late."""
TIME_TO_READ = timedelta(minutes=15)
"""How long the channel lets the other side read what quiet hours had kept from it."""


_ITEMS_RISE_TO = 2
"""The level above which nobody hears of a single late item."""


def next_step_at(
    obligation: Obligation, terms: Terms, presence: Presence = EVERYBODY_HERE
) -> tuple[datetime, Step] | None:
    """The next rung that somebody will hear, and when, if nothing changes; with the channel, where that comes next.

    With `presence`, the channel is told after the other side's quiet hours and a while to read.
    """
    commitment = terms.commitment(obligation.commitment)
    steps = steps_of(obligation, terms)
    calendar = terms.calendar_of(commitment)
    for index, step in enumerate(steps[obligation.rung :], start=obligation.rung + 1):
        if step.only_if_at_risk and obligation.state == "open":
            continue
        at = max(step.at(_base(obligation, step), calendar), obligation.acked_until or obligation.opens_at)
        if _is_channels(step) and index > 1:
            at = _after_the_other_side(at, steps[index - 2], obligation, Sight(terms, presence))
        follows = index < len(steps) and _is_channels(steps[index]) and not _is_channels(step)
        return at, replace(step, whom=(*step.whom, "channel")) if follows else step
    return None


def has_told(obligation: Obligation, terms: Terms, role: Role) -> bool:
    """Whether the ladder has reached those of a role: the other side, the channel."""
    steps = steps_of(obligation, terms)
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
        "owner": (obligation.owner, () if is_members_own(obligation, terms) else giver.deputies),
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


def missed(obligation: Obligation, sight: Sight, at: datetime) -> Obligation:
    """Mark the miss and set the ladder back to the rung of the due moment, so that the owner hears at once.

    Missed anew after a correction, the owner is the first to hear of that too.
    """
    steps = steps_of(obligation, sight.terms)
    rung = next((index for index, step in enumerate(steps) if step.working_days >= 0), len(steps))
    return replace(obligation, state="missed", missed_at=at, rung=rung, told_at=None)


def climb(
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
    steps = steps_of(current, sight.terms)
    reached: list[tuple[Step, datetime, tuple[Recipient, ...]]] = []
    skipped: list[Role] = []
    at_once = False
    while current.rung < len(steps):
        step = steps[current.rung]
        moment = _reached_at(current, steps, sight, calendar)
        if moment > now and (not at_once or _is_channels(step)):
            break
        if step.working_days > 0 and current.state != "missed":
            break
        current = replace(current, rung=current.rung + 1)
        if step.working_days < 0 and (now >= current.due_at or (step.only_if_at_risk and current.state == "open")):
            continue
        if step.level == 0 and current.snoozed_until is not None and now < current.snoozed_until:
            if current.state == "missed" and current.told_at is None:
                # Putting off his own reminder puts nobody else's off.
                current = replace(current, told_at=current.snoozed_until)
            continue
        recipients, missing = who_hears(step, current, sight, now)
        skipped += missing
        at_once = bool(missing) and not recipients and not _is_channels(step)
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
        touched(replace(current, look_again_at=_next_look(current, steps, sight, calendar, now, also_at)), before),
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


def _reached_at(obligation: Obligation, steps: tuple[Step, ...], sight: Sight, calendar: Calendar) -> datetime:
    """When the rung that is next is reached.

    Whoever has it holds it back; and the channel hears after the other side, quiet hours included.
    """
    step = steps[obligation.rung]
    moment = step.at(_base(obligation, step), calendar)
    if step.level > 0 and obligation.acked_until is not None:
        moment = max(moment, obligation.acked_until)
    if _is_channels(step) and obligation.rung:
        return _after_the_other_side(moment, steps[obligation.rung - 1], obligation, sight)
    return moment


def _after_the_other_side(at: datetime, step: Step, obligation: Obligation, sight: Sight) -> datetime:
    """When those of the other side whom a rung tells at `at` have read it, where quiet hours keep it from them."""
    urgent = sight.terms.commitment(obligation.commitment).urgent
    told, _ = who_hears(step, obligation, sight, at)
    heard = (sight.presence.hears_at(each.member, at, urgent) for each in told if each.role == "counterparty")
    return max([at, *(later + TIME_TO_READ for later in heard if later > at)])


def _next_look(
    obligation: Obligation,
    steps: tuple[Step, ...],
    sight: Sight,
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
            moments.append(_reached_at(obligation, steps, sight, calendar))
    return min((at for at in moments if at > now), default=None)


def _base(obligation: Obligation, step: Step) -> datetime:
    """What a rung is counted from: the due moment, or when the owner heard of a miss, if that was later.

    A period that nothing can save any more is missed before it is over, and is counted from then. An item
    that missed one moment and owes the next is counted from the next.
    """
    if obligation.state != "missed" or obligation.missed_at is None:
        return obligation.due_at
    missed_at = min(obligation.due_at, obligation.missed_at) if obligation.kind == "period" else obligation.due_at
    if step.working_days > 0 and obligation.told_at is not None:
        return max(missed_at, obligation.told_at)
    return missed_at


def steps_of(obligation: Obligation, terms: Terms) -> tuple[Step, ...]:
    """The rungs of this obligation: those of the policy that somebody fills, the channel's apart from people's.

    With a period's miss the sponsor hears when it is announced, and not again later. A late item is no
    breach: neither sponsor nor channel hear of it by itself. Of a member's own
    duty nobody hears but he, before its moment too; the others hear of the period, as a number.
    """
    steps = terms.policy_of(terms.commitment(obligation.commitment)).steps
    if is_members_own(obligation, terms):
        return tuple(_members(step) for step in steps if "owner" in step.whom)
    if obligation.kind == "period":
        steps = tuple(_with_sponsor(step) for step in steps if step.whom != ("sponsor",))
    elif obligation.kind in ITEM_KINDS:
        steps = tuple(_of_an_item(step) for step in steps if step.level <= _ITEMS_RISE_TO)
    filled = (step for step in steps if any(_is_filled(role, obligation, terms) for role in step.whom))
    return tuple(each for step in filled for each in _channel_apart(step))


def _members(step: Step) -> Step:
    return replace(step, whom=("owner",), level=0, only_if_at_risk=False)


def _channel_apart(step: Step) -> tuple[Step, ...]:
    """People first: a rung that the channel shares with them is theirs, and then the channel's."""
    people = tuple(role for role in step.whom if role != "channel")
    if not people or len(people) == len(step.whom):
        return (step,)
    return replace(step, whom=people), replace(step, whom=("channel",))


def _is_channels(step: Step) -> bool:
    return step.whom == ("channel",)


def _with_sponsor(step: Step) -> Step:
    announces = step.level == 1 and step.working_days > 0 and "sponsor" not in step.whom
    return replace(step, whom=(*step.whom, "sponsor")) if announces else step


def _of_an_item(step: Step) -> Step:
    return replace(step, whom=tuple(role for role in step.whom if role not in ("sponsor", "channel")))


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
    return obligation.state == "missed" and obligation.rung >= len(steps_of(obligation, terms))


def resting(obligation: Obligation) -> Decision:
    """Nothing follows, and nobody needs to look again."""
    return Decision(replace(obligation, look_again_at=None), ())


def touched(obligation: Obligation, before: Obligation) -> Obligation:
    """Count the revision up where more than the next look changed."""
    same = replace(obligation, look_again_at=before.look_again_at) == before
    return obligation if same else replace(obligation, revision=before.revision + 1)
