"""Notices at the desk: put before whoever decides as they would be given, given by him, acknowledged by the sponsor."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import notices as cards
from bot.cards.duties import Duty
from bot.cards.notices import Given
from bot.desk.duties import duties, telling
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.misses import chosen
from bot.desk.sitting import Sitting
from bot.store import breach_disputes, breaches, obligations, repetitions
from bot.store import notices as kept
from slacore.breaches import Breach
from slacore.errors import Refusal
from slacore.notices import Notice, acknowledge, require_standing
from slacore.repeats import Repetition


async def shown(sitting: Sitting, breach: Breach) -> Given:
    """The notice of a miss as it was given; or, to whoever decides, as it would be given now."""
    duty = await _duty(sitting, breach)
    if (given := await kept.of_breach(sitting.tx, breach.number)) is not None:
        return Given(given, duty, given=True)
    await _require_deciding(sitting, breach)
    return Given(await _drafted(sitting, breach, duty, ""), duty, given=False)


async def give(sitting: Sitting, breach: Breach, because: str) -> Given:
    """Whoever decides gives it: the sponsor and the owners of both sides have it in writing."""
    await _require_deciding(sitting, breach)
    return await give_as_agreed(sitting, breach, because)


async def give_as_agreed(sitting: Sitting, breach: Breach, because: str = "", offered_by: str = "") -> Given:
    """Give what whoever decides, both sides (`offered_by` the other), or the agreement itself has said."""
    duty = await _duty(sitting, breach)
    terms = duty.terms
    await require_possible(sitting, breach)
    notice = await _drafted(sitting, breach, duty, because)
    if not any(each.rule.then == "notice" for each in await repetitions.completed_by(sitting.tx, breach.number)):
        await chosen.settle(sitting, breach, "notice", offered_by)
    if sitting.actor and sitting.actor == terms.sponsor:
        notice = acknowledge(notice, sitting.actor, sitting.now)  # he has taken note of what he writes himself
    await kept.add(sitting.tx, notice)
    after = {"quantity": breach.shortfall, **({"reason": because} if because else {})}
    await sitting.record("NoticeGiven", breach.key, None, after)
    given = Given(notice, duty, given=True)
    for member in _recipients(duty):
        if member != sitting.actor:
            await _say(sitting, given, member)
    await _say_with_the_miss(sitting, duty, breach)
    return given


async def take_note(sitting: Sitting, breach: Breach) -> Given:
    """The sponsor acknowledges a notice; everybody who has it sees so."""
    notice = await kept.of_breach(sitting.tx, breach.number)
    if notice is None:
        raise Refusal(f"No notice of {breach.key} was given.", f"See `history {breach.key}`.", field="key")
    duty = await _duty(sitting, breach)
    if sitting.actor != duty.terms.sponsor:
        raise Refusal(
            f"You cannot acknowledge the notice of {breach.key}.",
            f"Ask {duty.terms.name_of(duty.terms.sponsor)}, to whom it is addressed.",
            field="key",
        )
    noted = acknowledge(notice, sitting.actor, sitting.now)
    await kept.acknowledge(sitting.tx, noted)
    await sitting.record("NoticeAcknowledged", breach.key, None, None)
    given = Given(noted, duty, given=True)
    for member in filter(None, dict.fromkeys((*_recipients(duty), noted.given_by))):
        await _say(sitting, given, member)
    await _say_with_the_miss(sitting, duty, breach)
    return given


async def could_be(sitting: Sitting, breach: Breach, repeated: tuple[Repetition, ...]) -> bool:
    """Whether whoever decides may give a notice of a miss now."""
    if not breach.stands or await kept.of_breach(sitting.tx, breach.number) is not None:
        return False
    return any(each.rule.then == "notice" for each in repeated) or await chosen.is_open(sitting, breach, "notice")


async def _require_deciding(sitting: Sitting, breach: Breach) -> None:
    """Refuse whoever does not decide, a notice that was not agreed, and one of a miss that is none for certain."""
    await require_possible(sitting, breach)
    decider = chosen.decider_of(sitting, breach)
    if sitting.actor != decider:
        name = chosen.terms_of(sitting, breach).name_of(decider)
        raise Refusal(f"You cannot decide over {breach.key}.", f"Ask {name}.", field="key")


async def require_possible(sitting: Sitting, breach: Breach) -> None:
    """Refuse a notice that was not agreed, that what was chosen has closed, and one of what is no miss for certain."""
    repeated = await repetitions.completed_by(sitting.tx, breach.number)
    await chosen.require_open(sitting, breach, "notice", repeated)
    dispute = await breach_disputes.open_of(sitting.tx, breach.number)
    given = await kept.of_breach(sitting.tx, breach.number)
    require_standing(breach, dispute.key if dispute is not None else "", given)


async def _drafted(sitting: Sitting, breach: Breach, duty: Duty, because: str) -> Notice:
    counted: dict[int, None] = {}
    for each in await repetitions.completed_by(sitting.tx, breach.number):
        counted |= dict.fromkeys(each.misses)
    return Notice(
        breach.number, breach.agreement, breach.version, breach.commitment,
        matter=cards.matter(duty, breach, sitting.now), because=because, counted=tuple(sorted(counted)),
        given_by=sitting.actor, given_at=sitting.now,
    )  # fmt: skip


async def _duty(sitting: Sitting, breach: Breach) -> Duty:
    return await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))


def _recipients(duty: Duty) -> tuple[str, ...]:
    """The sponsor, and the owners of both sides: nothing is said about a side that it does not read itself."""
    terms = duty.terms
    owners = (terms.party(duty.obligation.party).owner, terms.party(duty.other_side).owner)
    return tuple(dict.fromkeys((terms.sponsor, *owners)))


async def _say_with_the_miss(sitting: Sitting, duty: Duty, breach: Breach) -> None:
    """What the channel was told of the miss says so too, after those whom it concerns."""
    newer = replace(breach, revision=breach.revision + 1)
    await breaches.save(sitting.tx, breach, newer)
    await telling.breach_said(sitting, duty, newer)


async def _say(sitting: Sitting, given: Given, member: str) -> None:
    key = f"B-{given.notice.breach}.notice"
    occurrence = "acknowledged" if given.notice.acknowledged_at is not None else "given"
    word = Word("note", f"{key}:{member}", occurrence, level=EXEMPT_FROM)
    await saying.to_person(sitting, given.duty.terms, member, cards.notice(given, sitting.now, reader=member), word)
