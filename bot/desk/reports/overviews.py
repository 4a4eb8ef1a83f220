"""Where everything stands, for whoever asks: the lines of a report without the report."""

from __future__ import annotations

from datetime import date

from bot.cards.lines import Overview
from bot.desk.reports import lines
from bot.desk.sitting import Sitting
from bot.desk.standings.standings import period_named
from bot.store import commitments
from slacore.agreements import Agreement


async def overview(
    sitting: Sitting,
    agreements: tuple[Agreement, ...],
    *,
    party: str = "",
    commitment: str = "",
    on: date | None = None,
) -> tuple[Overview, ...]:
    """The promises of agreements in the period that holds `on` (today's if None), narrowed to a party or one key."""
    keys = await commitments.keys(sitting.tx)
    found = []
    for agreement in agreements:
        today = sitting.today(agreement.latest.terms.zone)
        for each in agreement.latest.terms.commitments:
            key = keys[agreement.slug, each.slug]
            if (party and party not in (each.giver, each.receiver)) or (commitment and commitment != key):
                continue
            period = period_named(agreement, each, on, today)
            version = agreement.governing(period.first_on, period.last_on, each.slug)
            if version is None or all(one.slug != each.slug for one in version.terms.commitments):
                continue
            line = await lines.line(sitting, agreement, version.terms, version.terms.commitment(each.slug), period)
            if line is not None:
                found.append(Overview(key, version.terms, period, line))
    return tuple(found)
