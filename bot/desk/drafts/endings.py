"""An agreement that has a last day tells both sides of it beforehand, and the channel when it is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.cards import endings as cards
from bot.desk.drafts import papers
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.sitting import Sitting
from bot.store import audit, schedules
from slacore.agreements import Agreement, Terms
from slacore.amendments import require_drafter
from slacore.errors import Refusal
from slacore.periods import print_date
from slacore.renewals import renewed_until

KIND = "ending"
LET_END = "EndAccepted"
"""What the record calls a side's word that it does not renew."""
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
    card = cards.ends_soon(
        agreement.key,
        terms,
        days,
        sitting.now,
        until=renewed_until(agreement, ends_on),
        letting=await _letting(sitting, agreement, ends_on),
        drafts=[each.key for each in await papers.proposals_of(sitting, agreement.slug)],
    )
    for member in _concerned(terms):
        word = Word("note", f"ending:{agreement.slug}:{member}", f"{ends_on}.{days}", level=EXEMPT_FROM)
        await saying.to_person(sitting, terms, member, card, word)


async def let_end(sitting: Sitting, agreement: Agreement) -> tuple[Terms, str]:
    """A side says that it does not renew: on the record, and the others hear. It ends by itself on its last day."""
    terms = (agreement.agreed or agreement.latest).terms
    side = require_drafter(terms, sitting.actor, f"let {agreement.key} end")
    today = sitting.today(terms.zone)
    if terms.ends_on is None or terms.ends_on < today:
        why = "has no last day" if terms.ends_on is None else f"ended on {print_date(terms.ends_on)}"
        raise Refusal(f"{agreement.key} {why}.", f"See `agreement show {agreement.key}`.", field="key")
    if side in await _letting(sitting, agreement, terms.ends_on):
        raise Refusal(f"Your side has said so of {agreement.key} already.", "Nothing is left to do.", field="key")
    await sitting.record(LET_END, agreement.key, None, {"side": side, "on": terms.ends_on.isoformat()})
    card = cards.lets_end(agreement.key, terms, side, sitting.actor, sitting.now)
    for member in _concerned(terms):
        if member != sitting.actor:
            word = Word("note", f"lets-end:{agreement.slug}:{side}:{member}", f"{terms.ends_on}", level=EXEMPT_FROM)
            await saying.to_person(sitting, terms, member, card, word)
    return terms, side


async def _letting(sitting: Sitting, agreement: Agreement, ends_on: date) -> list[str]:
    """The parties that have said to let it end on that day; the sponsor speaks for none of them."""
    said = [each for each in await audit.about(sitting.tx, agreement.key) if each.what == LET_END]
    words = [each.after or {} for each in reversed(said)]
    sides = [str(each.get("side", "")) for each in words if each.get("on") == ends_on.isoformat()]
    return [side for side in dict.fromkeys(sides) if side]


def _concerned(terms: Terms) -> tuple[str, ...]:
    members = [*(party.signs for party in terms.parties), *(party.owner for party in terms.parties), terms.sponsor]
    return tuple(dict.fromkeys(filter(None, members)))


def _next(agreement: Agreement, now: datetime) -> datetime | None:
    """The next moment after `now` at which an agreement's end is told."""
    agreed = agreement.agreed
    if agreed is None or agreed.terms.ends_on is None:
        return None
    zone, ends_on = ZoneInfo(agreed.terms.zone), agreed.terms.ends_on
    days = [*(ends_on - timedelta(days=before) for before in agreed.terms.end_notice), ends_on + timedelta(days=1)]
    moments = [datetime.combine(day, _HOUR, zone).astimezone(ZoneInfo("UTC")) for day in days]
    return next((at for at in sorted(moments) if at > now), None)
