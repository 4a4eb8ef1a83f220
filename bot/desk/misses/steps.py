"""What somebody takes on by a day, in his own words: a step of a recovery plan, an action of a review."""

from __future__ import annotations

from datetime import date, datetime

from bot.desk.sitting import Sitting
from bot.store import obligations
from slacore.agreements import Terms
from slacore.commitments import Commitment
from slacore.errors import Refusal
from slacore.obligations import Obligation


def closes_at(sitting: Sitting, terms: Terms, party: str, by: date) -> datetime:
    """When a step of that day is due: at the close of its party's working day.

    Refuses a day without one, and a day that is over: nobody owes anything by a moment that has passed.
    """
    if by < sitting.today(terms.zone):
        raise Refusal("That day has passed.", "Name a later one.", field="by")
    calendar = terms.calendar_of_party(party)
    closes = calendar.closes_on(by)
    if closes is None:
        raise Refusal(
            f"Nobody of {terms.party(party).name} works then: {calendar.closed_for(by) or 'it is a closed day'}.",
            "Name a working day.",
            field="by",
        )
    if closes <= sitting.now:
        raise Refusal(f"The working day of {terms.party(party).name} is over.", "Name a later one.", field="by")
    return closes


def is_over(sitting: Sitting, terms: Terms, party: str, by: date) -> bool:
    """Whether it is too late to owe a step by the end of that working day."""
    closes = terms.calendar_of_party(party).closes_on(by)
    return closes is None or closes <= sitting.now


async def owe(
    sitting: Sitting, terms: Terms, version: int, commitment: Commitment, *,
    subject: str, thing: str, party: str, owner: str, by: date,
) -> Obligation:  # fmt: skip
    """Make a step an obligation like others, under the promise it serves.

    `subject` is the step's own key (`V-1.2`, `P-3.1`), `thing` what is to be done as those who agreed said it.
    """
    step = Obligation(
        number=await sitting.tx.next_number("O"),
        agreement=terms.slug,
        version=version,
        commitment=commitment.slug,
        kind="step",
        subject=subject,
        thing=thing,
        party=party,
        owner=owner,
        period_starts_on=commitment.period.containing(by).first_on,
        opens_at=sitting.now,
        due_at=closes_at(sitting, terms, party, by),
        look_again_at=sitting.now,
    )
    await obligations.add(sitting.tx, step)
    return step
