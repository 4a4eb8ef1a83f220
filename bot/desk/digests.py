"""The daily digest: one direct message with all that somebody owes and is owed, and silence where that is nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards import digests as cards
from bot.desk import duties, saying
from bot.desk.presences import DIGEST, DIGEST_AT, next_at
from bot.desk.saying import Word
from bot.desk.sitting import Sitting
from bot.store import outbox, people, presences, schedules
from slacore.sweep import LATE_AFTER


async def send(sitting: Sitting, member: str, meant_at: datetime) -> None:
    """Send one person's digest of today, if there is anything in it, and look again tomorrow.

    After a day of downtime the newest goes out, marked late; the ones before are not made up for.
    """
    person = await people.find(sitting.tx, member)
    at = await presences.digest_of(sitting.tx, member, DIGEST_AT)
    if person is None or at is None or member in (await sitting.presence()).gone:
        await schedules.end(sitting.tx, DIGEST, member)
        return
    await schedules.put(sitting.tx, DIGEST, member, next_at(at, person.zone, sitting.now))
    if (await sitting.presence()).is_away(member, sitting.now):
        return
    owes = await duties.owed_by(sitting, member)
    gets = await duties.owed_to(sitting, member)
    folded = await outbox.folded_for(sitting.tx, member, since=sitting.now - timedelta(days=1))
    card = cards.digest(owes, gets, member, sitting.now, zone=person.zone, folded=folded)
    agreement = next((each for each in sitting.agreements if each.latest.terms.parties_of(member)), None)
    if card is None or agreement is None:
        return
    today = sitting.now.astimezone(ZoneInfo(person.zone)).date()
    late = sitting.now - meant_at > LATE_AFTER
    word = Word(
        "digest",
        f"digest:{member}:{today}",
        fresh=True,
        level=saying.EXEMPT_FROM,
        late=late,
        newest_of=f"digest:{member}",
    )
    await saying.to_person(sitting, agreement.latest.terms, member, card, word)
