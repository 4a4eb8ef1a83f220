"""Everybody's own page: what needs them, what they are owed, and what comes in the next days."""

from __future__ import annotations

from bot.cards.homes import Page, ToSign
from bot.desk import healths
from bot.desk.drafts import papers
from bot.desk.duties import duties
from bot.desk.people import messages, people
from bot.desk.reports import overviews
from bot.desk.sitting import Sitting
from bot.store import amendments
from slacore.amendments import Amendment


async def page_of(sitting: Sitting, member: str) -> Page:
    """One member's page as it is now."""
    return Page(
        member=member,
        owes=await duties.owed_by(sitting, member),
        gets=await duties.owed_to(sitting, member),
        promises=await overviews.overview(sitting, people.agreements_of(sitting, member)),
        held=await healths.held_for(sitting, member),
        heard=await messages.heard_by(sitting, member),
        to_sign=await _to_sign(sitting, member),
    )


async def _to_sign(sitting: Sitting, member: str) -> tuple[ToSign, ...]:
    """Proposals that wait for a member's name."""
    open_ = [papers.with_signatures(sitting, each) for each in await amendments.being_drafted(sitting.tx)]
    return tuple(ToSign(each.key, each.terms.name) for each in open_ if _waits_for(each, member))


def _waits_for(draft: Amendment, member: str) -> bool:
    return draft.state == "proposed" and any(party.signs == member for party in draft.terms.unsigned())
