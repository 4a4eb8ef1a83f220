"""Signing without an account: a link that opens one proposal to one signatory, once.

Whoever holds the link can answer in the signatory's name, so it is shown once, to the person who
asks for it, kept as a hash only, ends after two weeks, after its use, when a newer one is made, and
when the proposal does; and the record says whose link it was that a signature came by.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from bot.desk.agreements import signing
from bot.desk.drafts import papers
from bot.desk.sitting import Sitting
from bot.store import identities, links
from bot.store.links import Link
from slacore import amendments as rules
from slacore.amendments import Amendment
from slacore.errors import Refusal
from slacore.parties import Party

LASTS = timedelta(days=14)
"""How long a link can be used."""
USED = "used"
VIA = "link"
"""Where the record says that an answer came from."""


async def make(sitting: Sitting, draft: Amendment, slug: str) -> tuple[str, Link]:
    """Make what a link to sign by carries, for the signatory of a party who has no account.

    A link made before for the same person ends. Refuses a draft that was not proposed, a party
    that has signed, and a signatory who can sign in chat himself.
    """
    rules.require_drafter(draft.terms, sitting.actor, f"pass {draft.key} on by a link")
    party = _party(draft, slug)
    name = draft.terms.name_of(party.signs)
    if draft.state != "proposed" or party not in draft.terms.unsigned():
        problem = f"{draft.key} does not wait for {party.name}."
        raise Refusal(problem, f"See where it stands: `agreement show {draft.key}`.", field="key")
    if await identities.of_person(sitting.tx, party.signs):
        raise Refusal(f"{name} has an account here and was asked there.", "A link is for who has none.", field="party")
    for before in await links.of_amendment(sitting.tx, draft.number):
        if before.member == party.signs and before.ended_at is None:
            await links.end(sitting.tx, before, "a newer link was made", sitting.now)
    token = secrets.token_urlsafe(32)
    expires_at = sitting.now + LASTS
    link = Link(_hashed(token), draft.number, party.signs, sitting.actor, sitting.now, expires_at)
    await links.add(sitting.tx, link)
    after = {"for": party.signs, "until": expires_at.isoformat()}
    await sitting.record("SigningLinkMade", draft.key, None, after)
    return token, link


async def open_(sitting: Sitting, token: str) -> tuple[Amendment, Link]:
    """The proposal that a link opens, and the link. Looking at it uses nothing up.

    Refuses what is no link of ours, one that is too old, and one that was used or replaced.
    """
    hashed = _hashed(token)
    link = await links.find(sitting.tx, hashed)
    if link is None or not hmac.compare_digest(link.sha256, hashed):
        raise Refusal("This link leads nowhere.", "Check that you have all of it, or ask for a new one.")
    draft = await papers.find(sitting, link.amendment)
    asked = f"Ask {draft.terms.name_of(link.made_by)} for a new one."
    if link.ended_how == USED:
        raise Refusal("This link was used already.", "What you said is on the record; nothing is left to do.")
    if link.ended_at is not None:
        raise Refusal(f"This link is out of date: {link.ended_how}.", asked)
    if link.expires_at <= sitting.now:
        raise Refusal("This link is too old.", asked)
    if draft.state != "proposed":
        raise Refusal(f"{draft.key} is not before you any more: it is {draft.state}.", "Nothing is left to do.")
    return draft, link


async def answer(
    sitting: Sitting, token: str, revision: int, *, declines: str | None = None, despite: str = ""
) -> Amendment:
    """Sign, or decline with a reason, by a link; it is used up with that.

    The sitting's actor becomes the signatory. Refuses a page that shows another state of the draft
    than today's, so that nobody signs what he did not see.
    """
    draft, link = await open_(sitting, token)
    if draft.revision != revision:
        raise Refusal(f"{draft.key} has changed since you opened this page.", "Load it again and read it once more.")
    sitting.actor, sitting.via = link.member, VIA
    await links.end(sitting.tx, link, USED, sitting.now)
    if declines is not None:
        return await signing.decline(sitting, draft, declines)
    signed, _ = await signing.sign(sitting, draft, despite)
    return signed


def _party(draft: Amendment, slug: str) -> Party:
    found = next((each for each in draft.terms.parties if each.slug == slug), None)
    if found is None:
        raise Refusal(f"{draft.key} has no such party.", "Name one of its parties.", field="party")
    return found


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
