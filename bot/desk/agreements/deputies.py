"""Who stands in for the owner of a party: asked of himself, in private, and said by him or by those who draft."""

from __future__ import annotations

from bot.cards import drafts as cards
from bot.desk.agreements import versions
from bot.desk.drafts import rewriting
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.sitting import Sitting
from bot.store import identities
from slacore.amendments import Amendment, require_changeable
from slacore.errors import Refusal
from slacore.parties import Party


async def ask(sitting: Sitting, draft: Amendment, side: Party) -> None:
    """Ask the owner of a party in private; the same question again is the same message."""
    require_changeable(draft, sitting.actor)
    terms = draft.terms
    if not await identities.of_person(sitting.tx, side.owner):
        raise Refusal(
            f"{terms.name_of(side.owner)} has no account here, so nobody can be asked.",
            "Name a deputy, or leave the place out.",
            offers=((f"No deputy of {side.name}", f"agreement deputy {draft.key} of {side.slug} is nobody"),),
            field="party",
        )
    await versions.meet(sitting, terms)
    card = cards.stand_in(terms, draft.key, side, sitting.actor)
    word = Word("note", _series(draft, side), str(draft.revision), level=EXEMPT_FROM)
    await saying.to_person(sitting, terms, side.owner, card, word)
    await sitting.record("DeputyAskedFor", draft.key, None, {"party": side.slug, "told": [side.owner]})


async def name(sitting: Sitting, draft: Amendment, side: Party, said: str) -> Amendment:
    """Keep who stands in, or that nobody does; whoever drafts hears it, and the question is answered."""
    changed = await rewriting.deputy(sitting, draft, side.slug, said)
    terms, now = changed.terms, changed.terms.party(side.slug)
    card = cards.stands_in(terms, changed.key, now, sitting.actor)
    answered = Word("note", _series(draft, side), str(changed.revision), edit_only=True, level=EXEMPT_FROM)
    await saying.to_person(sitting, terms, side.owner, card, answered)
    if sitting.actor != draft.drafted_by:
        word = Word("note", f"{draft.key}:deputy:{side.slug}", str(changed.revision), level=EXEMPT_FROM)
        await saying.to_person(sitting, terms, draft.drafted_by, card, word)
    return changed


def _series(draft: Amendment, side: Party) -> str:
    return f"{draft.key}:deputy of {side.slug}"
