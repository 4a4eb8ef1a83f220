"""Who hears what about an obligation, in which order: the owner first, then the other side, then the channel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cards import breaches as breach_cards
from bot.cards.duties import Duty
from bot.cards.escalations import Seen, Told, escalation
from bot.cards.nudges import Occasion, nudge
from bot.cards.whys import NextStep
from bot.chat.card import Button, Card
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.desk.standings import supporting
from bot.desk.standings.carried import carried_of
from bot.store import audit, choices, commitments, credits, items, notices, plans, repetitions
from bot.store import obligations as kept_obligations
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.items import item_of
from slacore.obligations import Obligation
from slacore.standing import ShareStanding
from slacore.sweep import Recipient, Sight, StepReached, TargetMet, next_step_at, who_hears

TOLD = "Told"
"""What the record calls a telling; the next one says who was told before."""


async def step(
    sitting: Sitting,
    obligation: Obligation,
    sight: Sight,
    fact: StepReached,
    breach: Breach | None,
    ways: Callable[[str], Awaitable[tuple[Button, ...]]] | None = None,
) -> None:
    """Tell everybody of a rung: owners their nudge, others what is the matter, the channel the miss.

    `ways` gives each reader the buttons by which he decides over it, if he does.
    """
    duty = await _duty(sitting, obligation, sight)
    upcoming = next_step(obligation, sight, sitting.now)
    key = await _key(sitting, obligation)
    meant_at = fact.meant_at if fact.late else None
    tried = await _tried(sitting, obligation)
    seen = (Seen(obligation.acked_by, obligation.acked_at),) if obligation.acked_at is not None else ()
    for recipient in fact.recipients:
        if recipient.role == "owner" and fact.level == 0:
            card = nudge(
                duty,
                sitting.now,
                to=recipient,
                next_step=upcoming,
                breach=breach,
                meant_at=meant_at,
                commitment_key=key,
            )
        else:
            card = escalation(
                duty, sitting.now, to=recipient, tried=tried, seen=seen, skipped=fact.skipped,
                next_step=upcoming, breach=breach, meant_at=meant_at, commitment_key=key,
                ways=() if ways is None else await ways(recipient.member),
            )  # fmt: skip
        await _privately(sitting, obligation, sight, recipient.member, card, level=fact.level, late=fact.late)
    told = {"level": fact.level, "told": [each.member for each in fact.recipients], "skipped": list(fact.skipped)}
    await sitting.record(TOLD, obligation.key, None, told)
    if fact.channel and breach is not None and obligation.state == "missed":
        await in_channels(sitting, obligation, sight, breach, late=fact.late)


async def owner(
    sitting: Sitting, obligation: Obligation, sight: Sight, occasion: Occasion, breach: Breach | None
) -> None:
    """Tell the owner, or who stands in for him, and nobody else."""
    terms = sight.terms
    party = terms.party(obligation.party)
    member = sight.presence.stands_in(obligation.owner, (party.owner, *party.deputies), sitting.now)
    if not member:
        return
    recipient = Recipient(member, "owner", obligation.owner if member != obligation.owner else "")
    card = nudge(
        await _duty(sitting, obligation, sight),
        sitting.now,
        to=recipient,
        occasion=occasion,
        next_step=next_step(obligation, sight, sitting.now),
        breach=breach,
        commitment_key=await _key(sitting, obligation),
    )
    asked_for = occasion == "reminded"
    await _privately(sitting, obligation, sight, member, card, level=0, late=False, asked_for=asked_for)


async def in_channels(
    sitting: Sitting,
    obligation: Obligation,
    sight: Sight,
    breach: Breach,
    *,
    late: bool = False,
    edit_only: bool = False,
) -> None:
    """Say a miss where the parties talk; the same miss again edits what was said."""
    await _say_miss(sitting, await _duty(sitting, obligation, sight), breach, late=late, edit_only=edit_only)


async def breach_said(sitting: Sitting, duty: Duty, breach: Breach) -> None:
    """What the channel was told of a miss says too what became of its credit, if it was told."""
    if breach.excused_at is None:
        await _say_miss(sitting, duty, breach, edit_only=True)


async def _say_miss(
    sitting: Sitting, duty: Duty, breach: Breach, *, late: bool = False, edit_only: bool = False
) -> None:
    worth = await credits.of_breach(sitting.tx, breach.number)
    credit = worth[0] if worth and worth[0].status != "reversed" else None
    behind = await _behind(sitting, duty.obligation, duty.terms)
    carried = await carried_of(sitting, duty, breach)
    repeated = await repetitions.completed_by(sitting.tx, breach.number)
    notice = await notices.of_breach(sitting.tx, breach.number)
    card = breach_cards.missed(
        duty, breach, sitting.now, late=late, behind=behind, credit=credit, carried=carried, repeated=repeated,
        notice=notice, course=await choices.course_of(sitting.tx, breach.number),
        plan=await plans.of_breach(sitting.tx, breach.number),
    )  # fmt: skip
    occurrence = f"{breach.revision}.{credit.key}.{credit.revision}" if credit is not None else str(breach.revision)
    word = Word("breach", f"breach:{breach.key}", occurrence, late=late, edit_only=edit_only)
    for channel in duty.terms.channels_of(duty.commitment):
        await saying.in_channel(sitting, channel, card, word)


async def excused(sitting: Sitting, obligation: Obligation, sight: Sight, breach: Breach) -> None:
    """A miss is excused by a failure it depends on: its owner hears, and the channel where it had heard of the miss."""
    await in_channels(sitting, obligation, sight, breach, edit_only=True)
    behind = await _behind(sitting, obligation, sight.terms)
    card = breach_cards.missed(await _duty(sitting, obligation, sight), breach, sitting.now, behind=behind)
    word = Word("nudge", f"excused:{obligation.key}")
    await saying.to_person(sitting, sight.terms, obligation.owner, card, word)


async def _behind(sitting: Sitting, obligation: Obligation, terms: Terms) -> breach_cards.Behind | None:
    """What is behind a miss: the failure that excuses it, or the supporting promise that failed first."""
    if obligation.kind == "reading":
        return None
    excuses = await supporting.excused_by(sitting, obligation)
    doubted = None if excuses else await supporting.unproven(sitting, obligation, terms)
    failed = excuses or doubted or await supporting.first_failed(sitting, obligation, terms)
    if failed is None:
        return None
    why = ""
    if doubted is not None:
        why = f"disputed ({doubted.dispute})" if doubted.dispute else "provisional"
    return breach_cards.Behind(failed.link.name, failed.breach.key, failed.since, excuses is not None, why)


async def breach_changed(sitting: Sitting, obligation: Obligation, sight: Sight, breach: Breach) -> None:
    """A miss was settled or made good: what the channel was told is brought up to date, if it was told."""
    await in_channels(sitting, obligation, sight, breach, edit_only=True)
    await owner(sitting, obligation, sight, "", breach)


async def benchmark_met(sitting: Sitting, obligation: Obligation, sight: Sight, fact: TargetMet) -> None:
    """Progress is shared in public when it is good; a month in which nothing was due is no news."""
    if isinstance(sight.standing, ShareStanding) and not sight.standing.first.judged:
        return
    duty = await _duty(sitting, obligation, sight)
    before = await kept_obligations.kept_in_a_row(sitting.tx, obligation)
    card = breach_cards.benchmark_met(duty, fact.ahead_of_due, sitting.now, before)
    word = Word("benchmark", f"met:{obligation.key}")
    for channel in sight.terms.channels_of(duty.commitment):
        await saying.in_channel(sitting, channel, card, word)


async def _privately(
    sitting: Sitting,
    obligation: Obligation,
    sight: Sight,
    member: str,
    card: Card,
    *,
    level: int,
    late: bool,
    asked_for: bool = False,
) -> None:
    """One message a promise a day and person, edited in place; escalations from the manager up stand alone.

    A reminder that somebody `asked_for` comes anew, beyond any budget: no platform tells of an edit.
    """
    commitment = sight.terms.commitment(obligation.commitment)
    zone = ZoneInfo(sight.presence.zones.get(member, sight.terms.zone))
    today = sitting.now.astimezone(zone).date()
    series = f"promise:{obligation.agreement}:{obligation.commitment}:{member}:{today}"
    if level >= saying.EXEMPT_FROM:
        series = f"{series}:level{level}"
    word = Word(
        "escalation" if level or commitment.urgent else "nudge", series, f"{obligation.key}.{obligation.revision}",
        fresh=asked_for, level=saying.EXEMPT_FROM if asked_for else level,
        about=obligation.number, while_open=True, urgent=commitment.urgent, late=late,
    )  # fmt: skip
    await saying.to_person(sitting, sight.terms, member, card, word)


async def _duty(sitting: Sitting, obligation: Obligation, sight: Sight) -> Duty:
    number = item_of(obligation)
    item = (await items.handed(sitting.tx, [number]))[number] if number is not None else None
    return Duty(obligation, sight.terms, sight.standing, item=item)


async def _key(sitting: Sitting, obligation: Obligation) -> str:
    return (await commitments.keys(sitting.tx))[obligation.agreement, obligation.commitment]


def next_step(obligation: Obligation, sight: Sight, now: datetime) -> NextStep | None:
    """Who hears next if nothing changes, by name, and when."""
    upcoming = next_step_at(obligation, sight.terms, sight.presence)
    if upcoming is None or obligation.settled:
        return None
    at, rung = upcoming
    recipients, _ = who_hears(rung, obligation, sight, max(at, now))
    names = [sight.terms.name_of(each.member) for each in recipients if each.member != obligation.owner]
    if "channel" in rung.whom:
        names += [channel.name for channel in sight.terms.channels_of(sight.terms.commitment(obligation.commitment))]
    return NextStep(at, tuple(names) or (sight.terms.name_of(obligation.owner),))


async def _tried(sitting: Sitting, obligation: Obligation) -> tuple[Told, ...]:
    """What was said about it before, to whom, and whom it did not reach."""
    lines = [each for each in await audit.about(sitting.tx, obligation.key) if each.what == TOLD and each.after]
    return tuple(Told(each.at, tuple((each.after or {}).get("told", ()))) for each in reversed(lines))
