"""Slack's door, plugged into this house: its ports, made of the store, the desk and what answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards import homes as home_cards
from bot.charts.aside import draw_png
from bot.chat.card import Card
from bot.chat.talk import Person, Place, Reply, Utterance
from bot.clock import Clock
from bot.desk import homes
from bot.desk.exports.files import Files
from bot.desk.people import greetings, introductions, people, whereabouts
from bot.desk.sitting import CLOCK, sit
from bot.settings import Slack
from bot.slack import manifests
from bot.slack.calls import client
from bot.slack.door import Door
from bot.slack.emails import ByEmail
from bot.slack.installations import Installation, Installations, TokenFromEnvironment
from bot.slack.joins import JoinedInstallations
from bot.slack.keeping import InboxInStore, ShelfInStore
from bot.slack.oauth import Installing
from bot.slack.ports import Change, ChannelChanged, Installed, PersonChanged, Ports, Section, Uninstalled
from bot.slack.rounds import Concerned, Rounds
from bot.store import agreements, identities, joins, workspaces
from bot.store import people as kept_people
from bot.store.database import Database
from bot.store.tx import Tx
from slacore.errors import Refusal

if TYPE_CHECKING:
    from bot.slack.installs import InstallsInStore

_ASKED_AGAIN_AFTER = 60.0
"""Seconds after which Slack, which did not answer at the start, is asked again who speaks."""
_GONE = {
    "archived": "the channel was archived",
    "deleted": "the channel was deleted",
    "bot removed": "I was removed from the channel",
}


class Desk:
    """The house as Slack's door knows it: everything but the answering, which comes from the composition root."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in `database`."""
        self._database = database
        self._clock = clock

    async def welcome(self, place: Place) -> None:
        """Say the first words in a place, once."""

        async def job(tx: Tx) -> None:
            await workspaces.begin(tx)
            await greetings.greet(await sit(tx, self._clock.now(), CLOCK, "slack"), place)

        await self._database.write(place.workspace, job)

    async def members(self, workspace: str) -> Mapping[str, str]:
        """The Slack user ids of a company's members."""
        return await self._database.read(workspace, lambda tx: identities.on_platform(tx, "slack"))

    async def concerned(self) -> Sequence[Concerned]:
        """What the agreements of all companies speak of in Slack."""

        async def look(tx: Tx) -> Concerned:
            of_each = [await agreements.channels_of(tx, each.slug) for each in await agreements.everything(tx)]
            channels = [each for known in of_each for each in known if each.platform == "slack"]
            here = {each.id for each in await kept_people.everybody(tx)}
            known = await identities.on_platform(tx, "slack")
            return Concerned(
                tx.workspace,
                {each.id: each.name for each in channels},
                frozenset(each.id for each in channels if each.broken_at is not None),
                {user: member in here for member, user in sorted(known.items())},
            )

        every = await self._database.everywhere(workspaces.all_of_them)
        return [await self._database.read(workspace, look) for workspace in every]

    async def knows(self, person: Person) -> bool:
        """Whether a Slack user is a member of the company."""
        found = await self._database.read(
            person.workspace, lambda tx: identities.member(tx, person.platform, person.user)
        )
        return found is not None

    async def introduce(self, person: Person, address: str) -> None:
        """Take a Slack user for the member with that address, if an agreement names one."""
        await self._database.write(person.workspace, lambda tx: introductions.introduce(tx, person, address))

    async def home(self, person: Person) -> Sequence[Section]:
        """What somebody sees in their App Home; nothing, for a stranger."""

        async def look(tx: Tx) -> Sequence[Section]:
            member = await people.member_of(tx, person)
            sitting = await sit(tx, self._clock.now(), member, "slack")
            page = await homes.page_of(sitting, member)
            found = home_cards.sections(page, sitting.now, await kept_people.zone_of(tx, member))
            return [Section(each.title, (each.card,)) for each in found]

        try:
            return await self._database.read(person.workspace, look)
        except Refusal as stranger:
            said = f"{stranger.problem} {stranger.next_step}"
            return (Section("Kept", (Card(said, said),)),)

    async def changed(self, change: Change) -> None:
        """Write down what became of a person, a channel or the install, and tell whom it concerns."""

        async def job(tx: Tx) -> None:
            sitting = await sit(tx, self._clock.now(), CLOCK, "slack")
            match change:
                case PersonChanged(active=True):
                    await whereabouts.person_back(sitting, "slack", change.user)
                case PersonChanged():
                    await whereabouts.person_gone(sitting, "slack", change.user)
                case ChannelChanged(what="moved"):
                    why = f"its id changed to {change.new_id}"
                    await whereabouts.channel_gone(sitting, "slack", change.channel, why)
                case ChannelChanged(what=what) if what in _GONE:
                    await whereabouts.channel_gone(sitting, "slack", change.channel, _GONE[what])
                case ChannelChanged(what="bot added" | "unarchived"):
                    await whereabouts.platform_back(sitting, "slack")
                    await whereabouts.channel_back(sitting, "slack", change.channel)
                case ChannelChanged():
                    await whereabouts.channel_renamed(sitting, "slack", change.channel, change.name, change.by)
                case Uninstalled():
                    await whereabouts.platform_gone(sitting, "slack", change.why)
                case Installed():
                    await whereabouts.platform_back(sitting, "slack")

        await self._database.write(change.workspace, job)


def open_door(
    chosen: Slack,
    *,
    public_url: str,
    database: Database,
    clock: Clock,
    session: aiohttp.ClientSession,
    ask: Callable[[Utterance], Awaitable[Reply]],
) -> Door:
    """Slack's door as a deployment chose it."""
    web = client(chosen.api_url, session)
    desk = Desk(database, clock)
    installing: Installing | None = None
    introduce: Callable[[], Coroutine[Any, Any, None]] | None = None
    installations: Installations
    if chosen.bot_token:
        ours = TokenFromEnvironment(chosen.workspace, chosen.bot_token, web)
        installations, introduce = ours, partial(_introduce, ours, chosen, desk)
    else:
        store = installs(chosen, database, clock, web)
        installations = store
        installing = _installing(chosen, public_url, clock, web, store, desk)
    joined = JoinedInstallations(installations, lambda: database.everywhere(joins.everywhere), clock.monotonic)
    database.subscribe(joins.TOPIC, joined.forget)
    if chosen.by_email:
        ask = ByEmail(ask, joined, web, desk.knows, desk.introduce).ask
    ports = Ports(
        ask=ask,
        welcome=desk.welcome,
        members=desk.members,
        changed=desk.changed,
        home=desk.home,
        draw=draw_png,
        files=Files(database, clock).open,
        installations=joined,
        shelf=ShelfInStore(database),
        inbox=InboxInStore(database),
        clock=clock,
    )
    return Door(
        ports,
        session,
        api_url=chosen.api_url,
        signing_secret=chosen.signing_secret or None,
        app_token=chosen.app_token,
        marking=chosen.signing_secret or chosen.app_token,
        response_host=chosen.hooks_url,
        files_url=chosen.files_url,
        installing=installing,
        introduce=introduce,
        rounds=Rounds(desk.concerned, joined, web, desk.changed),
    )


async def _introduce(ours: TokenFromEnvironment, chosen: Slack, desk: Desk) -> None:
    """Ask at the start who speaks; with a token that works, what was written off with the one before is taken up."""
    speaks = await ours.introduce(_scopes(chosen))
    while speaks is None:
        await asyncio.sleep(_ASKED_AGAIN_AFTER)
        speaks = await ours.introduce(_scopes(chosen))
    if speaks:
        await desk.changed(Installed(chosen.workspace))


def installs(chosen: Slack, database: Database, clock: Clock, web: AsyncWebClient) -> InstallsInStore:
    """The installs of a deployment that anybody may add to their Slack. Refuses keys that are none."""
    from bot.slack.installs import InstallsInStore  # with cryptography, which one token in the environment needs not
    from bot.slack.seals import KeyRing

    ring = KeyRing.read(chosen.keys)
    return InstallsInStore(database, clock, ring, web, client_id=chosen.client_id, client_secret=chosen.client_secret)


def _installing(
    chosen: Slack, public_url: str, clock: Clock, web: AsyncWebClient, store: InstallsInStore, desk: Desk
) -> Installing:
    async def greet(installed: Installation) -> None:
        await desk.changed(Installed(installed.workspace))
        if installed.installed_by:
            await desk.welcome(Place(installed.workspace, "slack", "direct", installed.installed_by))

    return Installing(
        web_client=web,
        clock=clock,
        client_id=chosen.client_id,
        client_secret=chosen.client_secret,
        scopes=_scopes(chosen),
        authorize_url=chosen.authorize_url,
        public_url=public_url,
        keep=store.install,
        greet=greet,
    )


def _scopes(chosen: Slack) -> tuple[str, ...]:
    scopes = {**manifests.SCOPES, **(manifests.READ_BACK if chosen.read_back else {})}
    scopes |= manifests.BY_EMAIL if chosen.by_email else {}
    scopes |= manifests.READ_FILES if chosen.read_files else {}
    return tuple(sorted(scopes))
