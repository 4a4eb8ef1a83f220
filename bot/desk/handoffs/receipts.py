"""The receipt of a handoff: asked for when something became of it, drawn when it is said.

A channel is spoken in once a second, and handoffs come faster than that. Drawn at the last moment a
receipt tells where its handoff and its month stand by then, and whoever logs need not wait for it.
"""

from __future__ import annotations

from bot.cards import receipts as cards
from bot.chat.card import Card
from bot.desk.items import slips
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import CLOCK, Sitting, sit
from bot.desk.standings.standings import volume_standing_of
from bot.store import handoffs as kept
from bot.store.outbox import Letter
from bot.store.tx import Tx
from slacore.agreements import Terms
from slacore.handoffs import Handoff
from slacore.keys import number_of


async def tell(sitting: Sitting, handoff: Handoff, terms: Terms, *, fresh: bool = False) -> None:
    """Let the receipt be posted, or edited in place, where the parties talk."""
    card = cards.in_short(handoff, terms, sitting.now)
    word = Word("receipt", f"receipt:{handoff.key}", str(handoff.revision), fresh=fresh)
    for channel in terms.channels_of(terms.commitment(handoff.commitment)):
        await saying.in_channel(sitting, channel, card, word)


async def drawn(tx: Tx, letter: Letter) -> Card | None:
    """The receipt that a letter carries, as it is true now; None for any other letter."""
    if letter.kind != "receipt":
        return None
    handoff = await kept.find(tx, number_of(letter.ref))
    sitting = await sit(tx, tx.now, CLOCK, "clock")
    terms = sitting.terms(handoff.agreement, handoff.version)
    if slips.is_raised(terms, handoff):
        return None
    commitment = terms.commitment(handoff.commitment)
    period = commitment.period.containing(handoff.period_starts_on)
    standing = await volume_standing_of(sitting, terms, commitment, period, by_day=False)
    entries = await kept.entries(tx, handoff.number)
    proposal = await kept.proposal_of(tx, handoff.number)
    return cards.receipt(handoff, entries, standing, terms, tx.now, proposal=proposal)
