"""A service credit in words: what for, by which sum, where it stands and whose turn it is; a statement of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.duties import Duty
from bot.cards.offers import act, ask
from bot.cards.words import (
    called,
    capital,
    count,
    cut,
    deadline,
    listed,
    party,
    percent,
    period_name,
    quoted,
    run,
    titled,
)
from bot.chat.card import Block, Button, Card, Fact, Note, Spans, Table, Text, Tone
from slacore.accruals import OPEN, Credit, Status
from slacore.agreements import Terms
from slacore.money import Money

_TONES: dict[Status, Tone] = {"approved": "good", "applied": "good", "refused": "warning", "expired": "warning"}
_ORDER: tuple[Status, ...] = ("accrued", "claimed", "approved", "applied", "refused", "expired", "reversed")
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A credit with its miss, who decides over it, the dispute that holds it up if any, and the last reason given."""

    credit: Credit
    duty: Duty
    decider: str
    dispute: str = ""
    why: str = ""


def credit(shown: Shown, now: datetime, *, reader: str, reminds: bool = False, renewed: bool = False) -> Card:
    """Show a credit to one reader with what he can do about it.

    It `reminds` where its time to be claimed is nearly over; where that was `renewed` it says why.
    """
    it, duty = shown.credit, shown.duty
    name = cut(duty.name(now), 50)
    blocks: list[Block] = [
        Fact("For", (f"B-{it.breach}, {name}",)),
        Fact("Worth", (worth_in_words(it, duty.terms),)),
    ]
    if shown.why:
        blocks.append(Fact("Because", (quoted(shown.why),)))
    state = state_in_words(it, duty.terms, shown.decider, shown.dispute)
    blocks.append(Text(state))
    heading = "to be claimed soon" if reminds else "more time to claim it" if renewed else it.status
    if renewed:
        blocks.append(Note(("A dispute over the miss held it up; now that it has ended there is time to claim it.",)))
    if reminds:
        blocks.append(Note(("You hear this once, for the time to claim it is nearly over.",)))
    return Card(
        title=titled(f"{it.key} · Service credit of {it.amount}, {heading} · {name}"),
        summary=f"{it.key}, service credit of {it.amount} for B-{it.breach}, {name}: {it.status}.",
        blocks=tuple(blocks),
        buttons=(*_buttons(shown, reader), act("History", f"history {it.key}")),
        tone=_TONES.get(it.status, "plain"),
        ref=it.key,
    )


def statement(terms: Terms, name: str, found: Sequence[Credit], now: datetime) -> Card:
    """A statement: each credit, and what stands in each status; `name` is the month, or "open"."""
    rows = tuple(_row(each, terms, now) for each in found[:_SHOWN])
    heading = f"Service credits, {name}: {terms.name}"
    if not found:
        nothing = f"No service credit, {name}."
        return Card(title=titled(heading), summary=nothing, blocks=(Note((nothing,)),), ref="credits")
    sums = sums_in_words(found)
    blocks: list[Block] = [Table(("Credit", "For", "Status", "Amount"), rows, numeric=(3,))]
    if len(found) > _SHOWN:
        blocks.append(Note((f"And {count(len(found) - _SHOWN, 'credit')} more; the sums below count them all.",)))
    blocks += [Fact(capital(status), (amounts,)) for status, amounts in sums]
    blocks.append(Fact("Paid or still payable", (_added([each.stands for each in found]),)))
    summary = ", ".join(f"{amounts} {status}" for status, amounts in sums)
    mine = next((each for each in found if each.status in OPEN), None)
    buttons = (act(f"Show {mine.key}", f"credit {mine.key}"),) if mine is not None else ()
    return Card(titled(heading), f"{heading}: {summary}.", tuple(blocks), buttons, ref="credits")


def worth_in_words(it: Credit, terms: Terms) -> str:
    """The sum: "10 % of $2,000 = $200.00", and what the period's cap left of it."""
    agreed = next(each for each in terms.consequences if each.slug == it.consequence)
    charge = agreed.charge.in_words() if agreed.charge is not None else ""
    worth = f"{percent(it.share)} of {charge} = {it.worth}"
    return worth if it.amount == it.worth else f"{worth}; the period's cap leaves {it.amount}"


def state_in_words(it: Credit, terms: Terms, decider: str, dispute: str = "") -> Spans:
    """Where a credit stands, and whose turn it is."""
    claimant, giver = party(terms, it.claimant), party(terms, it.party)
    if dispute and it.status in OPEN:
        return (f"{dispute} is open over B-{it.breach}: nothing of it moves before that has ended.",)
    match it.status:
        case "accrued":
            return run(f"{claimant} may claim it until ", deadline(it.claim_until, terms), "; then it expires.")
        case "claimed":
            owner = terms.party(it.party).owner
            who = listed([called(terms, each) for each in dict.fromkeys((decider, owner)) if each])
            return (f"{claimant} has claimed it. To be approved or refused by: {who}.",)
        case "approved":
            return (f"Approved. {giver} takes it off its next charge and says so.",)
        case "refused":
            return ("The claim was refused; nothing is paid.",)
        case "applied":
            return (f"{giver} has taken it off what it charges.",)
        case "expired":
            return ("Nobody claimed it in its time; nothing is paid.",)
        case "reversed":
            return ("Taken back: what it was for is worth something else, or nothing. See its history.",)


def in_short(it: Credit, terms: Terms, decider: str) -> Spans:
    """One line for the miss itself."""
    return run(f"{it.key}, {worth_in_words(it, terms)}, {it.status}. ", state_in_words(it, terms, decider))


def sums_in_words(found: Sequence[Credit]) -> tuple[tuple[Status, str], ...]:
    """What there is in each status, in each currency apart."""
    sums = []
    for status in _ORDER:
        those = [each.amount for each in found if each.status == status]
        if those:
            sums.append((status, _added(those)))
    return tuple(sums)


def _added(amounts: Sequence[Money]) -> str:
    totals: dict[str, Money] = {}
    for each in amounts:
        totals[each.currency] = totals[each.currency] + each if each.currency in totals else each
    return listed([str(each) for each in totals.values()])


def _row(it: Credit, terms: Terms, now: datetime) -> tuple[Spans, ...]:
    commitment = next((each for each in terms.commitments if each.slug == it.commitment), None)
    name = it.commitment
    if commitment is not None:
        period = period_name(commitment.period.containing(it.period_starts_on), now, terms.zone)
        name = f"{commitment.name}, {period}"
    return (it.key,), (f"B-{it.breach} {cut(name, 50)}",), (it.status,), (str(it.amount),)


def _buttons(shown: Shown, reader: str) -> tuple[Button, ...]:
    it, terms = shown.credit, shown.duty.terms
    if shown.dispute:
        return ()
    giver, claimant = terms.party(it.party), terms.party(it.claimant)
    match it.status:
        case "accrued" if reader in {claimant.owner, claimant.signs, *claimant.deputies}:
            return (act("Claim", f"credit claim {it.key}", style="primary", version=it.revision),)
        case "claimed" if reader in {shown.decider, giver.owner}:
            return (
                act("Approve", f"credit approve {it.key}", style="primary", version=it.revision),
                ask("Refuse", f"credit refuse {it.key}", version=it.revision),
            )
        case "approved" if reader in {giver.owner, giver.signs, *giver.deputies}:
            return (act("It is applied", f"credit apply {it.key}", style="primary", version=it.revision),)
        case _:
            return ()
