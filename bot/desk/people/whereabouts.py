"""A platform says that a channel or a person changed: what the house makes of it, and who hears.

Each may be told several times; only news is written down and passed on.
"""

from __future__ import annotations

from bot.cards import whereabouts as cards
from bot.chat.card import Card
from bot.chat.talk import Platform
from bot.desk.duties import members
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.people import handovers
from bot.desk.sitting import Sitting
from bot.store import agreements, amendments, identities, outbox, people, silences
from slacore.agreements import Agreement, Channel, Terms


async def channel_gone(sitting: Sitting, platform: Platform, channel: str, why: str) -> None:
    """A channel can no longer be spoken in. Owners and sponsor of its agreements are told in private.

    `why` completes "the channel …": "the channel was archived".
    """
    for agreement in sitting.agreements:
        named = _named(agreement.latest.terms, platform, channel)
        if named is None:
            continue
        if not await agreements.channel_broke(sitting.tx, agreement.slug, platform, channel, why, sitting.now):
            continue
        await sitting.record("ChannelBroke", agreement.key, None, {"channel": named.name, "why": why})
        card = cards.channel_gone(agreement.latest.terms, named.name, why)
        occurrence = f"{channel}:{sitting.now.isoformat()}"
        hearers = _answerable(agreement)
        for member in hearers:
            await _tell(sitting, agreement, member, card_key=f"channel:{occurrence}:{member}", card=card)
        word = Word("health", f"gone:{agreement.slug}:{occurrence}", fresh=True)
        card = cards.channel_gone_to_administrator(agreement.latest.terms, named.name, why)
        await saying.to_administrators(sitting, card, word, hearers)


async def channel_renamed(sitting: Sitting, platform: Platform, channel: str, name: str, by: str = "") -> None:
    """A channel is called otherwise: whatever names it says so from now on, what was signed stays as it was.

    A channel that nothing is agreed to be said in concerns nobody. `by` is who did it, as the platform knows him.
    """
    concerned = [each for each in sitting.agreements if _named(each.latest.terms, platform, channel) is not None]
    drafts = [] if concerned else await amendments.being_drafted(sitting.tx)
    if not concerned and all(_named(each.terms, platform, channel) is None for each in drafts):
        return
    if not await agreements.renamed(sitting.tx, platform, channel, name):
        return
    await outbox.renamed(sitting.tx, platform, channel, name)
    for agreement in concerned:
        before = _named(agreement.latest.terms, platform, channel)
        told = {"name": name, "by": by}
        await sitting.record("ChannelRenamed", agreement.key, {"name": before.name if before else ""}, told)
    sitting.agreements = await agreements.everything(sitting.tx)


def _named(terms: Terms, platform: str, channel: str) -> Channel | None:
    """The channel of those terms that a platform knows by that id, be it the agreed one or where its words go now."""
    there = (each for each in terms.channels if channel in {each.id, each.as_agreed.id})
    return next((each for each in there if each.platform == platform), None)


async def platform_gone(sitting: Sitting, platform: Platform, why: str) -> None:
    """Nothing can be said on a platform any more: it is told once to each owner and sponsor, by another way if any.

    `why` completes "Kept was taken out …": "uninstalled".
    """
    if not await silences.begin(sitting.tx, platform, why):
        return
    await sitting.record("PlatformGone", platform, None, {"why": why})
    for agreement in sitting.agreements:
        terms = agreement.latest.terms
        there = [each for each in terms.channels if each.platform == platform]
        for channel in there:
            await agreements.channel_broke(sitting.tx, agreement.slug, platform, channel.id, why, sitting.now)
        if there:
            card = cards.platform_gone(terms, platform, [each.name for each in there], why)
            for member in _answerable(agreement):
                key = f"platform:{platform}:{sitting.now.isoformat()}:{member}"
                await _tell(sitting, agreement, member, card_key=key, card=card)
            word = Word("health", f"platform:{platform}:{agreement.slug}:{sitting.now.isoformat()}", fresh=True)
            await saying.to_administrators(sitting, card, word, _answerable(agreement))


async def platform_back(sitting: Sitting, platform: Platform) -> None:
    """A platform takes words again, and so do its channels."""
    if not await silences.end(sitting.tx, platform):
        return
    await sitting.record("PlatformBack", platform, None, None)
    for agreement in sitting.agreements:
        for channel in agreement.latest.terms.channels:
            if channel.platform == platform:
                await agreements.channel_mended(sitting.tx, agreement.slug, platform, channel.id)


async def channel_back(sitting: Sitting, platform: Platform, channel: str) -> None:
    """A channel can be spoken in again."""
    for agreement in sitting.agreements:
        if await agreements.channel_mended(sitting.tx, agreement.slug, platform, channel):
            await sitting.record("ChannelMended", agreement.key, None, {"channel": channel})


async def person_gone(sitting: Sitting, platform: Platform, user: str) -> None:
    """Somebody was deactivated: nothing is asked of them any more, and what they owed is somebody else's."""
    member = await identities.member(sitting.tx, platform, user)
    if member is None or member not in {each.id for each in await people.everybody(sitting.tx)}:
        return
    await people.let_go(sitting.tx, member)
    sitting.forget_presence()
    await sitting.record("Left", member, None, {"platform": platform})
    await members.left(sitting, member)
    await handovers.pass_on(sitting, member)


async def person_back(sitting: Sitting, platform: Platform, user: str) -> None:
    """Somebody who had left is here again."""
    member = await identities.member(sitting.tx, platform, user)
    if member is None or member in {each.id for each in await people.everybody(sitting.tx)}:
        return
    known = await people.find(sitting.tx, member)
    if known is not None:
        await people.keep(sitting.tx, known)
        sitting.forget_presence()
        await sitting.record("CameBack", member, None, {"platform": platform})


def _answerable(agreement: Agreement) -> tuple[str, ...]:
    terms = agreement.latest.terms
    return tuple(filter(None, dict.fromkeys((*(party.owner for party in terms.parties), terms.sponsor))))


async def _tell(sitting: Sitting, agreement: Agreement, member: str, *, card_key: str, card: Card) -> None:
    word = Word("health", f"whereabouts:{card_key}", fresh=True, level=saying.EXEMPT_FROM)
    await saying.to_person(sitting, agreement.latest.terms, member, card, word)
