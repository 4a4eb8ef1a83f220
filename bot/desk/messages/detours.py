"""Deciding where the words of an agreed channel go while it cannot take them. What was agreed is not changed by it."""

from __future__ import annotations

from bot.cards import whereabouts as cards
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.messages.shares import Spot
from bot.desk.sitting import Sitting
from bot.store import administrators, agreements
from bot.store.detours import Detour, Goes, agreed
from slacore.agreements import Channel
from slacore.errors import Refusal


async def decide(sitting: Sitting, user: str, spot: Spot, goes: Goes, to: Channel | None = None) -> None:
    """Let a channel's words go elsewhere, to the owners alone, or nowhere.

    `user` is who says so, as his platform knows him. Refuses whoever answers for no party that talks there.
    """
    await _require_entitled(sitting, user, spot)
    platform, here = spot.place
    known = agreed(platform, here, await agreements.detours(sitting.tx))
    if to is not None and (to.platform, to.id) == (platform, here):
        raise Refusal(f"{to.name} is where it is told already.", "Choose another channel.", field="to")
    decided = Detour(goes, sitting.actor, sitting.now, to)
    await agreements.detour(sitting.tx, platform, known, decided)
    told = {"from": spot.channel.name, "goes": goes, "to": to.name if to else ""}
    await sitting.record("ChannelDetoured", spot.agreement.key, None, told)
    if to is not None:
        word = Word("note", f"moved:{platform}:{known}:{sitting.now.isoformat()}", fresh=True)
        await saying.in_channel(sitting, to, cards.moved(spot.terms, spot.channel.name), word)


async def resume(sitting: Sitting, user: str, spot: Spot) -> None:
    """Let a channel's words go there again, as agreed. Refuses where they never stopped."""
    await _require_entitled(sitting, user, spot)
    platform, here = spot.place
    known = agreed(platform, here, await agreements.detours(sitting.tx))
    if not await agreements.resume(sitting.tx, platform, known):
        raise Refusal(f"{spot.channel.name} hears everything already.", "There is nothing to resume.")
    await sitting.record("ChannelResumed", spot.agreement.key, None, {"channel": spot.channel.name})


async def _require_entitled(sitting: Sitting, user: str, spot: Spot) -> None:
    terms = spot.terms
    owners = {*(party.owner for party in terms.parties), terms.sponsor}
    if sitting.actor in owners or await administrators.is_one(sitting.tx, sitting.via, user):
        return
    names = ", ".join(terms.name_of(party.owner) for party in terms.parties)
    raise Refusal("Only the owner of a party decides where a channel's words go.", f"Ask {names}.")
