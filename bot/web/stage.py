"""A rehearsal as a whole: a company of its own, with a clock that stands until somebody moves it.

It lives in a workspace of its own in a database of its own, speaks only in the browser's rooms, and
can be started over: the story then begins anew in a fresh workspace, and the old one falls silent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.chat.talk import Platform
from bot.clock import MovableClock
from bot.jobs.deliver import Deliverer
from bot.jobs.travel import Travel
from bot.store import agreements, workspaces
from bot.store.database import Database
from bot.store.tx import Tx
from bot.web.ports import CastMember, Channel
from slacore.agreements import Agreement, Terms
from slacore.commitments import Level, Volume
from slacore.errors import Refusal
from slacore.raises import answered_in, unit_of

PREFIX = "rehearsal-"

_PLATFORMS: Mapping[str, Platform] = {"slack": "slack", "teams": "teams", "web": "web"}

Apply = Callable[[str, frozenset[str]], Awaitable[object]]
"""Applies the rehearsal's agreements in a workspace, by its id; those named are left for the parties to sign."""


class Stage:
    """The rehearsal that is on: its workspace, its time, its people and rooms."""

    def __init__(self, database: Database, clock: MovableClock, starts_at: datetime, apply: Apply) -> None:
        """Take the house's parts; `begin` or `resume` before anything is asked."""
        self._database = database
        self._clock = clock
        self._starts_at = starts_at
        self._apply = apply
        self._number = 0
        self._travel: Travel | None = None

    @property
    def workspace(self) -> str:
        """The workspace that the story is played in now."""
        return f"{PREFIX}{self._number}"

    @property
    def travel(self) -> Travel:
        """Its time."""
        if self._travel is None:
            raise RuntimeError("the stage is not set")
        return self._travel

    async def set(self, deliverer: Deliverer, moved: Callable[[], Awaitable[None]]) -> None:
        """Go on with the story where it stopped, or begin it. Refuses a database that a real company lives in."""
        known = await self._database.everywhere(workspaces.all_of_them)
        if any(not each.startswith(PREFIX) for each in known):
            raise Refusal(
                "This database belongs to a real company, and a rehearsal never touches one.",
                "Set KEPT_DATABASE_URL to another database, or rehearsal.enabled to false in app.yaml.",
            )
        self._travel = Travel(self._database, lambda: self.workspace, self._clock, deliverer, moved)
        self._number = max((int(each.removeprefix(PREFIX)) for each in known), default=0)
        stands_at = await self._database.read(self.workspace, workspaces.rehearsed_at) if self._number else None
        if stands_at is None:
            await self.start_over()
        else:
            self._clock.set(stands_at)
            await self.travel.settle()

    async def start_over(self, unsigned: frozenset[str] = frozenset()) -> None:
        """Begin the story anew, in a fresh workspace; what was goes silent, and stays on the record.

        The agreements named `unsigned` begin without a signature, whatever their files say.
        """
        if self._number:
            await self._database.write(self.workspace, workspaces.fall_silent)
        self._number += 1
        self._clock.set(self._starts_at)
        await self._apply(self.workspace, unsigned)
        await self._database.write(self.workspace, lambda tx: workspaces.rehearse_until(tx, self._starts_at))
        await self.travel.settle()

    async def cast(self) -> Sequence[CastMember]:
        """Everybody of the agreements, owners first, each with what he is in the story."""
        found: dict[str, CastMember] = {}
        agreed = [agreement.latest.terms for agreement in await self._agreements()]
        for terms in agreed:
            owners = [party.owner for party in terms.parties]
            for person in sorted(terms.people, key=lambda each: (each.id not in {*owners, terms.sponsor}, 0)):
                party = next((party.name for party in terms.parties_of(person.id)), "")
                role = person.title or _role(terms, person.id)
                there = dict(person.identities)
                platform = next((each for each in terms.platforms_of(person.id) if each in there), "web")
                user = there.get(platform, person.id)
                found.setdefault(
                    person.id,
                    CastMember(
                        person.id, person.name, role, party, person.zone, user, _PLATFORMS[platform],
                        might_say(agreed, person.id),
                    ),
                )  # fmt: skip
        return tuple(found.values())

    async def channels(self) -> Sequence[Channel]:
        """The rooms that the agreements are spoken of in."""
        found: dict[str, Channel] = {}
        for agreement in await self._agreements():
            terms = agreement.latest.terms
            for channel in terms.channels:
                names = [party.name for party in terms.parties if not channel.parties or party.slug in channel.parties]
                topic = f"{' and '.join(names)}: {terms.name}"
                found.setdefault(channel.id, Channel(channel.id, channel.name, topic, channel.platform))
        return tuple(found.values())

    async def _agreements(self) -> tuple[Agreement, ...]:
        async def look(tx: Tx) -> tuple[Agreement, ...]:
            return await agreements.everything(tx)

        return await self._database.read(self.workspace, look)


def might_say(agreed: Sequence[Terms], member: str) -> str:
    """A command that is somebody's to give: what he hands over, reports or raises, else what everybody can ask."""
    found = (words for terms in agreed for words in _own_words(terms, member))
    return next(found, "mine" if any(terms.parties_of(member) for terms in agreed) else "status")


def _own_words(terms: Terms, member: str) -> Iterator[str]:
    own = {party.slug for party in terms.parties_of(member)}
    for each in terms.commitments:
        match each.promise:
            case Volume(unit=unit, target=target) if each.giver in own:
                yield f"handoff {unit.counted(max(1, target // 4))} to {terms.party(each.receiver).name.lower()}"
            case Level(is_of_incidents=True, service=service) if each.reporter == member:
                yield f"incident start {service}"
            case _:
                pass
    for each in answered_in(terms):
        if each.receiver in own and (thing := unit_of(each)) is not None:
            yield f"raise 1 {thing.singular} Payments fail"


def _role(terms: Terms, member: str) -> str:
    if member == terms.sponsor:
        return "sponsor"
    return next((f"owner of {party.name}" for party in terms.parties if party.owner == member), "member")
