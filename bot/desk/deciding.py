"""Whoever decides over a miss is asked, once it is certain: what was agreed for it, a button for each way.

He is asked in the message by which the ladder tells him of it; where that came before it was
certain, or he stands on no rung, in one of his own. It is asked once.
"""

from __future__ import annotations

from bot.cards import deciding as cards
from bot.cards.duties import Duty
from bot.chat.card import Button
from bot.desk import carries, saying
from bot.desk.saying import EXEMPT_FROM, Word
from bot.desk.sitting import Sitting
from bot.store import audit, breach_disputes
from slacore.breaches import Breach
from slacore.sweep import has_told

ASKED = "AskedToDecide"
"""What the record calls that whoever decides was asked."""


async def ways(sitting: Sitting, duty: Duty, breach: Breach | None, member: str) -> tuple[Button, ...]:
    """The buttons by which somebody decides over a miss; none for those who do not, and while it is not certain."""
    if breach is None or not breach.counts or member != duty.terms.decider_of(duty.commitment):
        return ()
    if duty.obligation.kind not in ("period", "slot"):
        return ()
    if await breach_disputes.open_of(sitting.tx, breach.number) is not None:
        return ()
    return cards.ways(duty, breach, await carries.could_be(sitting, breach, duty.obligation, duty.terms))


async def ask(sitting: Sitting, duty: Duty, breach: Breach | None, told: bool = False) -> None:
    """Ask whoever decides, in private and after the other side was told; not where he was `told`, or asked before."""
    decider = duty.terms.decider_of(duty.commitment)
    agreed = duty.terms.consequence_of(duty.commitment)
    if breach is None or agreed is None or not decider or not has_told(duty.obligation, duty.terms, "counterparty"):
        return
    if not {"carry-over", "notice"} & set(agreed.options):
        return  # a plan is opened by either side, and a credit has a message of its own
    buttons = await ways(sitting, duty, breach, decider)
    if not buttons or any(each.what == ASKED for each in await audit.about(sitting.tx, breach.key)):
        return
    await sitting.record(ASKED, breach.key, None, {"told": [decider]})
    if not told:
        card = cards.to_decide(duty, breach, buttons, sitting.now)
        word = Word("note", f"{breach.key}.decide:{decider}", fresh=True, level=EXEMPT_FROM)
        await saying.to_person(sitting, duty.terms, decider, card, word)
