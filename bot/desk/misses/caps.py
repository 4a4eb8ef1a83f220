"""What the credits under one consequence may come to in a period together, and what is left of it when one falls."""

from __future__ import annotations

from bot.cards.duties import Duty
from bot.desk.duties import duties
from bot.desk.sitting import Sitting
from bot.store import breaches, credits, obligations
from slacore.accruals import COUNTED, Credit, amount_left
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.credits import Consequence
from slacore.obligations import Obligation
from slacore.periods import Period


async def beside(sitting: Sitting, agreement: str, agreed: Consequence, period: Period) -> list[Credit]:
    """Every credit under a consequence for a period: what its cap holds down together."""
    ended = await credits.ended_in(sitting.tx, agreement, period.last_on, period.last_on)
    return [each for each in ended if each.consequence == agreed.slug and each.period_starts_on == period.first_on]


async def is_raised(sitting: Sitting, terms: Terms, agreed: Consequence, credit: Credit) -> bool:
    """Whether the cap, which held a credit down, leaves more of it now that another one was taken back."""
    if credit.status not in COUNTED or credit.amount >= credit.worth:
        return False
    period = terms.commitment(credit.commitment).period.containing(credit.period_starts_on)
    others = await beside(sitting, credit.agreement, agreed, period)
    left = amount_left(agreed, credit.worth, [each for each in others if each.number != credit.number])
    return left > credit.amount


async def sharing(sitting: Sitting, obligation: Obligation, breach: Breach) -> list[tuple[Breach, Duty]]:
    """The other misses whose credits share a cap with that of this one: of the same consequence, in the same period."""
    terms = sitting.terms(breach.agreement, breach.version)
    slug, found = terms.commitment(breach.commitment).consequence, []
    for commitment in terms.commitments:
        same = commitment.consequence == slug
        for other in await breaches.of_promise(sitting.tx, terms.slug, commitment.slug) if same else ():
            if other.number != breach.number:
                duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, other.obligation))
                if duty.obligation.period_starts_on == obligation.period_starts_on:
                    found.append((other, duty))
    return sorted(found, key=lambda each: each[0].number)
