"""What the news of an item means beyond what is owed about it: where it counts, and what another party owes now."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.desk.duties import telling
from bot.desk.items import deals
from bot.desk.sitting import Sitting
from bot.store import handoffs, obligations, results
from slacore.agreements import Terms
from slacore.commitments import Deliverable, FollowUps
from slacore.items import Entry, Item
from slacore.obligations import Obligation
from slacore.owing import promises_about
from slacore.results import outcomes_of, place_of
from slacore.sweep import Sight


async def follow(sitting: Sitting, before: Item | None, after: Item) -> None:
    """Keep up with what became of an item: its place among the results, and what its outcomes open, or open no more."""
    terms = sitting.terms(after.handed.agreement, after.handed.version)
    handoff = await handoffs.find(sitting.tx, after.handed.handoff)
    outcomes = outcomes_of([terms])
    await deals.follow(sitting, handoff, before, after, outcomes)
    period = (handoff.agreement, handoff.commitment, handoff.period_starts_on)
    results.move(
        sitting.tx, period, place_of(before, outcomes) if before is not None else None, place_of(after, outcomes)
    )
    was = opened_by(before, terms) if before is not None else {}
    now = opened_by(after, terms)
    for slug in was.keys() - now.keys():
        await obligations.close_subject(
            sitting.tx, terms.slug, slug, "slot", after.key, sitting.now, sitting.actor, withdrawn=True
        )
    for slug, outcome in now.items():
        if slug not in was:
            await _open(sitting, after, terms, slug, outcome)


def opened_by(item: Item, terms: Terms) -> Mapping[str, Entry]:
    """The deliverables that the outcomes of an item open, by slug, with the outcome that did."""
    if item.standing != "owed":
        return {}
    found: dict[str, Entry] = {}
    for commitment in promises_about(terms, item.handed.receiver, item.handed.unit):
        if isinstance(commitment.promise, FollowUps):
            opens = {each.slug: each.opens for each in commitment.promise.outcomes if each.final and each.opens}
            for entry in item.outcomes:
                if entry.to in opens:
                    found.setdefault(opens[entry.to], entry)
    return found


async def _open(sitting: Sitting, item: Item, terms: Terms, slug: str, outcome: Entry) -> None:
    """Owe a deliverable within its time of the outcome, counted from when it was said: nobody could know before."""
    commitment = terms.commitment(slug)
    promise = commitment.promise
    if not isinstance(promise, Deliverable) or promise.within is None:
        raise TypeError(f"{slug} is no deliverable that an outcome opens")
    due_at = terms.calendar_of(commitment).due(outcome.logged_at, promise.within)
    known = await obligations.of_subject(sitting.tx, terms.slug, slug, "slot", item.key)
    if known is not None:
        await obligations.reopen(sitting.tx, known, due_at, sitting.now)
        return
    obligation = Obligation(
        number=await sitting.tx.next_number("O"),
        agreement=terms.slug,
        version=item.handed.version,
        commitment=slug,
        kind="slot",
        subject=item.key,
        party=commitment.giver,
        owner=commitment.owner,
        period_starts_on=commitment.period.containing(due_at.astimezone(ZoneInfo(terms.zone)).date()).first_on,
        opens_at=sitting.now,
        due_at=due_at,
        look_again_at=sitting.now,
    )
    await obligations.add(sitting.tx, obligation)
    await telling.owner(sitting, obligation, Sight(terms, await sitting.presence()), "opened", None)
    after = {"commitment": slug, "due": due_at.isoformat()}
    await sitting.record("OpenedByOutcome", obligation.key, None, {"item": item.key, "outcome": outcome.to, **after})
