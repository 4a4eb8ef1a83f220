"""An agreement that has a last day tells both sides of it beforehand, and the channel when it is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.cards import papers as cards
from bot.desk import saying
from bot.desk.saying import EXEMPT_FROM, Word
from bot.desk.sitting import Sitting
from bot.store import schedules
from slacore.agreements import Agreement, Terms

KIND = "ending"
DAYS_BEFORE = (30, 7)
"""How many days before its last day the signatories and owners hear of it."""
_HOUR = time(9)


async def begin(sitting: Sitting, agreement: Agreement) -> None:
    """Look again when the end of an agreement is to be told, if it has one; at nothing, if it has none any more."""
    at = _next(agreement, sitting.now)
    if at is None:
        await schedules.end(sitting.tx, KIND, agreement.slug)
    else:
        await schedules.put(sitting.tx, KIND, agreement.slug, at)


async def look(sitting: Sitting, subject: str) -> None:
    """Tell that an agreement ends soon, or that it has ended; after an outage only what is still true."""
    agreement = sitting.agreement(subject)
    agreed = agreement.agreed
    if agreed is not None and agreed.terms.ends_on is not None:
        terms, ends_on = agreed.terms, agreed.terms.ends_on
        today = sitting.today(terms.zone)
        if today <= ends_on:
            await _tell_beforehand(sitting, agreement, terms, ends_on)
        else:
            card = cards.over_and_done(agreement.key, terms, sitting.now)
            for channel in terms.channels:
                word = Word("note", f"ended:{agreement.slug}:{ends_on}", fresh=True)
                await saying.in_channel(sitting, channel, card, word)
            await sitting.record("AgreementEnded", agreement.key, None, {"on": ends_on.isoformat()})
    await begin(sitting, agreement)


async def _tell_beforehand(sitting: Sitting, agreement: Agreement, terms: Terms, ends_on: date) -> None:
    days = (ends_on - sitting.today(terms.zone)).days
    card = cards.ends_soon(agreement.key, terms, days, sitting.now)
    members = [*(party.signs for party in terms.parties), *(party.owner for party in terms.parties), terms.sponsor]
    for member in dict.fromkeys(filter(None, members)):
        word = Word("note", f"ending:{agreement.slug}:{member}", f"{ends_on}.{days}", level=EXEMPT_FROM)
        await saying.to_person(sitting, terms, member, card, word)


def _next(agreement: Agreement, now: datetime) -> datetime | None:
    """The next moment after `now` at which an agreement's end is told."""
    agreed = agreement.agreed
    if agreed is None or agreed.terms.ends_on is None:
        return None
    zone, ends_on = ZoneInfo(agreed.terms.zone), agreed.terms.ends_on
    days = [*(ends_on - timedelta(days=before) for before in DAYS_BEFORE), ends_on + timedelta(days=1)]
    moments = [datetime.combine(day, _HOUR, zone).astimezone(ZoneInfo("UTC")) for day in days]
    return next((at for at in sorted(moments) if at > now), None)
