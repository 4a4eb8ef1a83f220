"""The daily digest: one direct message with all that somebody owes and is owed, and silence where that is nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards import digests as cards
from bot.cards.duties import Duty
from bot.desk.duties import duties
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.people import people
from bot.desk.people.presences import DIGEST, DIGEST_AT, next_at
from bot.desk.sitting import Sitting
from bot.store import outbox, presences, schedules, unheard
from bot.store import people as kept_people
from bot.store.transaction import Need
from slacore.agreements import Terms
from slacore.sweep import LATE_AFTER, ladder_is_over

SAYS_AGAIN_AFTER = timedelta(days=7)
"""How long nothing is said that is neither to be done today nor news."""


def needs(member: str) -> tuple[Need, ...]:
    """The rows that `send` will ask for: at nine everybody's digest is due at once."""
    return kept_people.need(member), presences.need(member)


async def send(sitting: Sitting, member: str, meant_at: datetime) -> None:
    """Send one person's digest of today, if there is anything in it, and look again tomorrow.

    What is to be done today is said every day; what merely stands as it stood when it was said last, once a week.

    After a day of downtime the newest goes out, marked late; the ones before are not made up for.
    """
    person = await kept_people.find(sitting.tx, member)
    at = await presences.digest_of(sitting.tx, member, DIGEST_AT)
    if person is None or at is None or member in (await sitting.presence()).gone:
        await schedules.end(sitting.tx, DIGEST, member)
        return
    await schedules.put(sitting.tx, DIGEST, member, next_at(at, person.zone, sitting.now))
    agreement = next(iter(people.agreements_of(sitting, member)), None)
    if agreement is None or (await sitting.presence()).is_away(member, sitting.now):
        return
    if not _works_today(sitting, agreement.latest.terms, member, person.zone):
        return
    owes = [duty for duty in await duties.owed_by(sitting, member) if not _rests(duty)]
    gets = await duties.late_to(sitting, member)
    last = await outbox.newest(sitting.tx, member, "digest", sitting.now - SAYS_AGAIN_AFTER)
    unsaid_since = last.created_at if last is not None else sitting.now - SAYS_AGAIN_AFTER
    folded = await unheard.folded_for(sitting.tx, member, since=unsaid_since)
    late = sitting.now - meant_at > LATE_AFTER
    card = cards.digest(
        owes,
        gets,
        member,
        sitting.now,
        zone=person.zone,
        folded=[letter.card for letter in folded],
        meant_at=meant_at if late else None,
    )
    today = sitting.now.astimezone(ZoneInfo(person.zone)).date()
    if card is None or (
        last is not None
        and not cards.is_pressing(owes, sitting.now, person.zone)
        and cards.says_the_same(last.card, card)
    ):
        return
    word = Word(
        "digest",
        f"digest:{member}:{today}",
        fresh=True,
        level=saying.EXEMPT_FROM,
        late=late,
        newest_of=f"digest:{member}",
    )
    await saying.to_person(sitting, agreement.latest.terms, member, card, word)


def _rests(duty: Duty) -> bool:
    """Whether nobody need be reminded: everybody has heard of the miss, or its time stands still."""
    return duty.obligation.state == "paused" or ladder_is_over(duty.obligation, duty.terms)


def _works_today(sitting: Sitting, terms: Terms, member: str, zone: str) -> bool:
    """Whether today is a working day of somebody's party; of the agreement, for one who is of none."""
    party = next(iter(terms.parties_of(member)), None)
    calendar = terms.calendars[party.calendar if party else terms.calendar]
    return calendar.is_working_day(sitting.today(zone))
