"""Who gets what a party is handed: by its rule, with those who are here and what each has already."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cards import routings as cards
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.store import items as kept
from slacore.agreements import Terms
from slacore.commitments import Unit
from slacore.handoffs import Handoff
from slacore.parties import Party
from slacore.routings import Choice, Routing, choose


@dataclass(slots=True)
class Router:
    """One party's rule at work on one handoff: it counts along, so that nobody gets more than he can hold."""

    routing: Routing
    here: frozenset[str]
    loads: dict[str, int]
    last: str
    weekday: int
    left: list[Choice] = field(default_factory=list)

    def next(self) -> str:
        """Who gets the next thing; "" where nobody can, which is noted."""
        choice = choose(self.routing, self.here, self.loads, self.last, self.weekday)
        if not choice.member:
            self.left.append(choice)
        return choice.member

    def gave(self, member: str) -> None:
        """Somebody got a thing, by the rule or by name."""
        self.loads[member] = self.loads.get(member, 0) + 1
        if member in self.routing.on_duty(self.weekday):
            self.last = member


async def router_of(sitting: Sitting, terms: Terms, handoff: Handoff) -> Router | None:
    """The receiving party's rule, ready to be asked; None for a party without one."""
    party = terms.party(handoff.receiver)
    if party.routing is None:
        return None
    presence = await sitting.presence()
    zone = ZoneInfo(terms.calendar_of_party(party.slug).zone)
    members = dict.fromkeys((*party.routing.members, *(each for _, duty in party.routing.rota for each in duty)))
    return Router(
        party.routing,
        frozenset(each for each in members if not presence.is_away(each, sitting.now)),
        await kept.loads(sitting.tx, members),
        await kept.last_owner(sitting.tx, handoff.agreement, handoff.receiver),
        _weekday(sitting.now, zone),
    )


async def tell_left(sitting: Sitting, terms: Terms, handoff: Handoff, router: Router, unit: Unit) -> None:
    """Whoever answers for the party hears what nobody could be given, and why."""
    party: Party = terms.party(handoff.receiver)
    presence = await sitting.presence()
    if not router.left or not (hears := presence.stands_in(party.owner, party.deputies, sitting.now)):
        return
    card = cards.left(handoff.key, len(router.left), unit, router.left[-1], router.routing, terms)
    word = Word("nudge", f"unrouted:{handoff.key}", f"{len(router.left)}:{sitting.now.isoformat()}")
    await saying.to_person(sitting, terms, hears, card, word)


def _weekday(at: datetime, zone: ZoneInfo) -> int:
    return at.astimezone(zone).weekday()
