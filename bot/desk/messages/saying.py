"""Putting words into the outbox: to which channel or person, anew or in place, now or after quiet hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import cast
from zoneinfo import ZoneInfo

from bot.chat.card import Card
from bot.chat.talk import Person, Place, Platform
from bot.desk.sitting import Sitting
from bot.store import administrators, agreements, identities, outbox, presences, silences
from bot.store.outbox import Kind, Saying
from slacore.agreements import Channel, Terms

DAILY_BUDGET = 3
"""Direct messages a person gets in a day at most; what is over waits for the digest."""
PAUSED = "the channel is paused"
"""Why something went unsaid in a channel."""
EXEMPT_FROM = 2
"""The level of escalation from which no budget folds a message away."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something to be said: what sort it is, which message it belongs to, and how much it matters.

    `series` names the message that is edited in place; `occurrence` tells what it says this time
    from what it said before. `fresh` says that the series is new, which spares looking; with
    `edit_only` nothing is said where nothing was said before. A word `about` an obligation is
    dropped where `while_open` and it was settled before the word could go out.
    """

    kind: Kind
    series: str
    occurrence: str = "1"
    fresh: bool = False
    edit_only: bool = False
    level: int = 0
    about: int | None = None
    while_open: bool = False
    urgent: bool = False
    late: bool = False
    newest_of: str = ""


async def in_channel(sitting: Sitting, channel: Channel, card: Card, word: Word) -> None:
    """Say a card where parties talk; the same series again edits what was said.

    A channel that somebody paused hears nothing; one whose words go to the owners alone is spared.
    """
    place = Place(sitting.workspace, channel.platform, "channel", channel.id, channel.name)
    saying = _saying(place, card, word)
    detour = (await agreements.detours(sitting.tx)).get((channel.platform, channel.id))
    if detour is None or detour.goes == "elsewhere":
        await outbox.say(sitting.tx, saying)
    elif detour.goes == "nowhere":
        await outbox.leave_unsaid(sitting.tx, saying, PAUSED)
    else:
        alone = replace(word, level=max(word.level, EXEMPT_FROM))
        for member, terms in _owners(sitting, channel).items():
            await to_person(sitting, terms, member, card, alone)


def _owners(sitting: Sitting, channel: Channel) -> dict[str, Terms]:
    """Whoever answers for a party that talks in a channel, each with the terms of an agreement that is told there."""
    found: dict[str, Terms] = {}
    for agreement in sitting.agreements:
        terms = agreement.latest.terms
        if channel in terms.channels:
            talking = (each for each in terms.parties if not channel.parties or each.slug in channel.parties)
            found |= {each.owner: terms for each in talking if each.owner not in found}
    return found


async def to_person(sitting: Sitting, terms: Terms, member: str, card: Card, word: Word) -> None:
    """Say a card to one person, where he lives, when he may hear it.

    A new message beyond the day's budget is folded into the digest, unless it is urgent or an escalation, or he has
    no digest.
    """
    place = await direct(sitting, terms, member)
    if place is None:
        await sitting.record("Unreachable", member, None, {"unsaid": card.summary})
        return
    presence = await sitting.presence()
    hears_at = presence.hears_at(member, sitting.now, word.urgent)
    saying = _saying(place, card, word, person=member)
    if hears_at > sitting.now:
        saying = replace(saying, held_until=hears_at, hold_reason="quiet hours")
    if not (word.urgent or word.level >= EXEMPT_FROM or await _has_begun(sitting, saying.series)):
        zone = ZoneInfo(presence.zones.get(member, terms.zone))
        midnight = datetime.combine(sitting.now.astimezone(zone).date(), time(), zone)
        spent = await outbox.posts_to(sitting.tx, member, midnight, below_level=EXEMPT_FROM) >= DAILY_BUDGET
        if spent and await presences.has_digest(sitting.tx, member):
            await outbox.fold(sitting.tx, saying)
            return
    await outbox.say(sitting.tx, saying)


async def to_administrators(sitting: Sitting, card: Card, word: Word, besides: Collection[str] = ()) -> None:
    """Say a card to whoever added the bot, on the platform where he did, unless he hears of it as one of `besides`."""
    silent = {each.platform for each in await silences.everything(sitting.tx)}
    for platform, user in await administrators.everybody(sitting.tx):
        member = await identities.member(sitting.tx, platform, user)
        if platform not in silent and (member is None or member not in besides):
            place = Place(sitting.workspace, cast("Platform", platform), "direct", user)
            await outbox.say(sitting.tx, _saying(place, card, word, person=member or ""))


async def to_asker(sitting: Sitting, person: Person, card: Card, word: Word) -> None:
    """Say a card to somebody who just asked for it: at once, in private, on the platform that he asked from."""
    place = Place(sitting.workspace, person.platform, "direct", person.user, person.name)
    await outbox.say(sitting.tx, _saying(place, card, word, person=sitting.actor))


async def direct(sitting: Sitting, terms: Terms, member: str) -> Place | None:
    """Where somebody is spoken to in private: on the platform where his party talks, if he is there."""
    known = dict(await identities.of_person(sitting.tx, member))
    if not known:
        return None
    silent = {each.platform for each in await silences.everything(sitting.tx)}
    # A platform that takes no words is tried only where there is no other: it may have come back.
    ways = [each for each in (*terms.platforms_of(member), *known) if each in known]
    platform = next((each for each in ways if each not in silent), ways[0])
    user = known[platform]
    return Place(sitting.workspace, cast("Platform", platform), "direct", user, terms.name_of(member))


async def _has_begun(sitting: Sitting, series: str) -> bool:
    """Whether a message of this series was said, or waits to be, so that more of it is an edit."""
    return any(each.state not in {"DROPPED", "DEAD"} for each in await outbox.of_series(sitting.tx, series))


def _saying(place: Place, card: Card, word: Word, person: str = "") -> Saying:
    series = f"{word.series}@{place.platform}:{place.kind}:{place.id}"
    return Saying(
        dedupe_key=f"{series}#{word.occurrence}",
        place=place,
        card=card,
        kind=word.kind,
        series=series,
        action="post" if word.fresh else "edit",
        edit_only=word.edit_only,
        level=word.level,
        person=person,
        about_obligation=word.about,
        drop_if_settled=word.while_open,
        newest_of=f"{word.newest_of}@{place.platform}:{place.kind}:{place.id}" if word.newest_of else "",
        late=word.late,
    )
