"""Raising at the desk: whoever is owed answers names what he wants answered, and it is owed at once.

Nothing is accepted, for nobody promised a number: it is kept as a handoff that moves no tally, so that
each thing has an origin, a moment and somebody who said so, like everything that is handed over.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.talk import Attachment
from bot.desk.duties import evidence
from bot.desk.items import items, slips, worklists
from bot.desk.sitting import Sitting
from bot.store import evidence_files
from bot.store import handoffs as kept
from slacore import handoffs
from slacore.agreements import Candidate
from slacore.handoffs import Handoff, Piles
from slacore.items import Listed


async def log(
    sitting: Sitting, candidate: Candidate, listed: Sequence[Listed], files: Sequence[Attachment] = ()
) -> Handoff:
    """Write down what was raised under a promise; whoever is to act on it hears of it, and the channel.

    Files that came along show what is the matter, and are kept as what shows a delivery is.
    """
    taken = evidence.taken(files)
    version, commitment = candidate.version, candidate.commitment
    terms = version.terms
    today = sitting.today(terms.zone)
    handoff = Handoff(
        number=await sitting.tx.next_number("H"),
        agreement=candidate.agreement.slug,
        version=version.number,
        commitment=commitment.slug,
        period_starts_on=commitment.period.containing(today).first_on,
        giver=commitment.receiver,
        receiver=commitment.giver,
        quantity=len(listed),
        piles=Piles(),
        handed_on=today,
        handed_at=sitting.now,
        late=False,
        logged_by=sitting.actor,
        logged_at=sitting.now,
        silence_at=sitting.now,
    )
    await kept.add(sitting.tx, handoff, handoffs.raised(handoff))
    named = {"files": ", ".join(each.name for each in taken)} if taken else {}
    await sitting.record("Raised", handoff.key, None, {"quantity": handoff.quantity, **named})
    await evidence_files.add(
        sitting.tx, "handoff", handoff.number, [(each.name, each.kind, each.content) for each in taken]
    )
    begun = await items.open_(sitting, handoff, listed, by=sitting.actor)
    unowned = [each for each in begun if not each.owner]
    if unowned and terms.party(handoff.receiver).routing is None:
        await worklists.tell_unowned(sitting, unowned[-1])
    await slips.tell(sitting, handoff, fresh=True)
    return handoff
