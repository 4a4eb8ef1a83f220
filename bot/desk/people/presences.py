"""Being away, quiet hours and the daily digest: what each person decides for himself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.cards.absences import Away, last_day
from bot.desk.people.people import people_of
from bot.desk.sitting import Sitting
from bot.store import presences, schedules
from slacore.agreements import Terms
from slacore.errors import Refusal
from slacore.presence import Absence, QuietHours

DIGEST = "digest"
DIGEST_AT = time(9)
"""When a digest comes unless somebody says otherwise, in his own zone."""


async def go_away(sitting: Sitting, first_on: date, last_on: date, deputy: str, zone: str) -> Absence:
    """The speaker is away for whole local dates; his deputy gets what would have reached him.

    Refuses dates that are over, a deputy who is himself, and one who is away then too.
    """
    if last_on < first_on:
        raise Refusal("The last day lies before the first.", "Say it as `away 12-16 Oct to @deputy`.", field="dates")
    if last_on < sitting.today(zone):
        raise Refusal("Those days have passed.", "Name days that are still to come.", field="dates")
    if deputy == sitting.actor:
        raise Refusal("You cannot stand in for yourself.", "Name somebody else, or nobody.", field="deputy")
    starts, ends = _midnight(first_on, zone), _midnight(last_on + timedelta(days=1), zone)
    presence = await sitting.presence()
    if deputy and any(each.from_at < ends and starts < each.until_at for each in presence.absences.get(deputy, ())):
        raise Refusal("Your deputy is away then too.", "Name somebody who is there.", field="deputy")
    absence = Absence(starts, ends, deputy)
    await presences.add_absence(sitting.tx, sitting.actor, absence)
    sitting.forget_presence()
    after = {"from": first_on.isoformat(), "until": last_on.isoformat(), "deputy": deputy}
    await sitting.record("WentAway", sitting.actor, None, after)
    return absence


async def standing_in(sitting: Sitting, on: date, zone: str) -> tuple[str, ...]:
    """Who hears what would reach the speaker from a day on, by name: in each of his parties the first deputy there."""
    presence, at = await sitting.presence(), _midnight(on, zone)
    found: dict[str, None] = {}
    for terms in (each.latest.terms for each in sitting.agreements):
        for party in terms.parties_of(sitting.actor):
            there = (each for each in party.deputies if each != sitting.actor and not presence.is_away(each, at))
            found |= {terms.name_of(each): None for each in [next(there, "")] if each}
    return tuple(found)


async def absences_of(sitting: Sitting, agreements: Iterable[Terms], member: str = "") -> tuple[Away, ...]:
    """Who of these agreements' people is away or has said that he will be, soonest first; or one `member` of them."""
    presence = await sitting.presence()
    found: dict[tuple[datetime, str], Away] = {}
    for terms in agreements:
        for each in people_of(terms) if not member else (member,):
            zone = ZoneInfo(presence.zones.get(each, terms.zone))
            deputies = tuple(one for party in terms.parties_of(each) for one in party.deputies)
            for absence in presence.absences.get(each, ()):
                if absence.until_at <= sitting.now or (absence.from_at, each) in found:
                    continue
                at = max(absence.from_at, sitting.now)
                instead = presence.stands_in(each, deputies, at)
                first, last = absence.from_at.astimezone(zone), last_day(absence.until_at.astimezone(zone))
                named = terms.name_of(instead) if instead else ""
                found[absence.from_at, each] = Away(terms.name_of(each), first.date(), last, named)
    return tuple(found[key] for key in sorted(found))


async def come_back(sitting: Sitting) -> None:
    """The speaker is here again: absences that run or lie ahead are dropped."""
    presence = await sitting.presence()
    if all(each.until_at <= sitting.now for each in presence.absences.get(sitting.actor, ())):
        raise Refusal("You are not away.", "Nothing to change.")
    await presences.drop_absences(sitting.tx, sitting.actor, sitting.now)
    sitting.forget_presence()
    await sitting.record("CameBack", sitting.actor, None, None)


async def keep_quiet(sitting: Sitting, hours: QuietHours | None) -> None:
    """Set the speaker's quiet hours, or none. What is held meanwhile goes out when they end."""
    await presences.set_quiet(sitting.tx, sitting.actor, hours)
    sitting.forget_presence()
    after = {"from": hours.from_.isoformat(), "until": hours.until.isoformat()} if hours else None
    await sitting.record("QuietHoursSet", sitting.actor, None, after)


async def set_digest(sitting: Sitting, at: time | None, zone: str) -> None:
    """Choose when the daily digest comes, or that none does."""
    await presences.set_digest(sitting.tx, sitting.actor, at)
    if at is None:
        await schedules.end(sitting.tx, DIGEST, sitting.actor)
    else:
        await schedules.put(sitting.tx, DIGEST, sitting.actor, next_at(at, zone, sitting.now))
    await sitting.record("DigestSet", sitting.actor, None, {"at": at.isoformat() if at else "off"})


def next_at(at: time, zone: str, now: datetime) -> datetime:
    """The next time of day `at` in a zone, strictly after `now`."""
    local = now.astimezone(ZoneInfo(zone))
    moment = datetime.combine(local.date(), at, ZoneInfo(zone)).astimezone(now.tzinfo)
    if moment > now:
        return moment
    return datetime.combine(local.date() + timedelta(days=1), at, ZoneInfo(zone)).astimezone(now.tzinfo)


def _midnight(on: date, zone: str) -> datetime:
    return datetime.combine(on, time(), ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
