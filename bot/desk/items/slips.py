"""The slip of what was raised, where its parties talk: posted once, and edited as each thing is answered."""

from __future__ import annotations

from bot.cards import slips as cards
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.store import evidence_files
from bot.store import handoffs as kept_handoffs
from bot.store import items as kept
from slacore.agreements import Terms
from slacore.commitments import Volume
from slacore.errors import Refusal
from slacore.handoffs import Handoff
from slacore.items import Item


def is_raised(terms: Terms, handoff: Handoff) -> bool:
    """Whether its things were raised, and not handed over: nobody promised a number of them."""
    return not isinstance(terms.commitment(handoff.commitment).promise, Volume)


def require_promised(terms: Terms, handoff: Handoff, doing: str) -> None:
    """Refuse to answer for the number of what was raised; `doing` completes "nothing to …"."""
    if is_raised(terms, handoff):
        raise Refusal(
            f"{handoff.key} was raised: nobody promised a number, so there is nothing to {doing}.",
            "Say `respond`, `resolve` or `contest` with the key of what is meant (L-…).",
        )


async def follow(sitting: Sitting, item: Item) -> None:
    """Something became of an item: the slip that it was raised with says so."""
    handoff = await kept_handoffs.find(sitting.tx, item.handed.handoff)
    if is_raised(sitting.terms(handoff.agreement, handoff.version), handoff):
        await tell(sitting, handoff)


async def tell(sitting: Sitting, handoff: Handoff, *, fresh: bool = False) -> None:
    """Post the slip, or bring it up to what is true now."""
    terms = sitting.terms(handoff.agreement, handoff.version)
    raised = await kept.of_handoff(sitting.tx, handoff.number)
    files = await evidence_files.of(sitting.tx, "handoff", handoff.number)
    card = cards.slip(handoff, raised, terms, sitting.now, [each.name for each in files])
    occurrence = f"{handoff.revision}.{sum(each.revision for each in raised)}"
    word = Word("receipt", f"receipt:{handoff.key}", occurrence, fresh=fresh)
    for channel in terms.channels_of(terms.commitment(handoff.commitment)):
        await saying.in_channel(sitting, channel, card, word)
