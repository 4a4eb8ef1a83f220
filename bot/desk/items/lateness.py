"""Duties about items whose moment has come: decided many at once, counted, and told one list a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.duties import telling
from bot.desk.items import worklists
from bot.desk.sitting import Sitting
from bot.store import counts, items
from bot.store import obligations as kept
from slacore.agreements import Terms
from slacore.commitments import FollowUps
from slacore.followups import course_of_item, is_at_risk
from slacore.items import item_of
from slacore.obligations import Obligation
from slacore.sweep import Decision, ItemLate, Recipient, Reminded, Sight, StepReached, decide

_Promise = tuple[str, int, str]


@dataclass(slots=True)
class _Hearing:
    """What one person is to hear about the items of one promise."""

    recipient: Recipient
    level: int
    obligation: Obligation
    meant_at: datetime | None
    asked_for: bool = False


async def look_at_items(sitting: Sitting, due: Sequence[Obligation]) -> None:
    """Decide what became of duties about items, and tell each person concerned once, with all that is late.

    A late item is counted for its period, which looks again where that may decide it.
    """
    presence = await sitting.presence()
    heard: dict[tuple[_Promise, str], _Hearing] = {}
    late: defaultdict[_Promise, list[str]] = defaultdict(list)
    periods: dict[tuple[str, str, str], None] = {}
    for obligation in due:
        promise = (obligation.agreement, obligation.version, obligation.commitment)
        terms = sitting.terms(obligation.agreement, obligation.version)
        sight = Sight(terms, presence, at_risk=await _is_at_risk(sitting, obligation, terms))
        decision = decide(obligation, sight, sitting.now)
        after = decision.obligation
        if after != obligation:
            await kept.save(sitting.tx, obligation, after)
        if counts.follow(sitting.tx, obligation, after):
            periods[after.agreement, after.commitment, after.period_starts_on.isoformat()] = None
        if any(isinstance(fact, ItemLate) for fact in decision.facts):
            late[promise].append(after.subject)
        for hearing in _hearings(after, decision, sight, sitting.now):
            known = heard.get((promise, hearing.recipient.member))
            if known is None or hearing.level >= known.level:
                heard[promise, hearing.recipient.member] = hearing
    for agreement, commitment, starts_on in periods:
        await kept.touch(sitting.tx, agreement, commitment, "period", starts_on, sitting.now)
    for (agreement, _, commitment), subjects in late.items():
        await sitting.record("ItemsLate", f"{agreement}/{commitment}", None, {"items": subjects})
    for ((agreement, version, _), _), hearing in heard.items():
        await _tell(sitting, sitting.terms(agreement, version), hearing)


async def _is_at_risk(sitting: Sitting, obligation: Obligation, terms: Terms) -> bool:
    """Whether follow-ups that are due later are too many for the days that are left."""
    promise = terms.commitment(obligation.commitment).promise
    number = item_of(obligation)
    if not isinstance(promise, FollowUps) or number is None or obligation.due_at <= sitting.now or obligation.settled:
        return False
    item = await items.find(sitting.tx, number)
    commitment = terms.commitment(obligation.commitment)
    course = course_of_item(item, commitment, promise, terms, sitting.now)
    return is_at_risk(course, terms.calendar_of(commitment), sitting.now)


def _hearings(obligation: Obligation, decision: Decision, sight: Sight, now: datetime) -> Iterator[_Hearing]:
    """Whom what became of one duty concerns; of several reasons to tell somebody the highest rung is told."""
    for fact in decision.facts:
        match fact:
            case StepReached():
                for recipient in fact.recipients:
                    yield _Hearing(recipient, fact.level, obligation, fact.meant_at if fact.late else None)
            case Reminded():
                deputies = sight.terms.party(obligation.party).deputies
                if owner := sight.presence.stands_in(obligation.owner, deputies, now):
                    yield _Hearing(Recipient(owner, "owner"), 0, obligation, None, asked_for=True)
            case _:
                pass


async def _tell(sitting: Sitting, terms: Terms, hearing: _Hearing) -> None:
    obligation = hearing.obligation
    await worklists.tell_late(
        sitting,
        terms,
        terms.commitment(obligation.commitment),
        hearing.recipient,
        level=hearing.level,
        occurrence=f"{obligation.key}.{obligation.revision}",
        meant_at=hearing.meant_at,
        asked_for=hearing.asked_for,
    )
    told = {"level": hearing.level, "told": [hearing.recipient.member]}
    await sitting.record(telling.TOLD, obligation.key, None, told)
