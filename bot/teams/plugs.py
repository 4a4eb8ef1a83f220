"""Teams' door, plugged into this house: its ports, made of the store, the desk and what answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import aiohttp

from bot.charts.aside import draw_png
from bot.chat.card import Card
from bot.chat.talk import Place, Reply, Utterance
from bot.clock import Clock
from bot.desk.exports.files import Files
from bot.desk.people import greetings, whereabouts
from bot.desk.sitting import CLOCK, sit
from bot.sections import LOOPBACK
from bot.settings import Listen, Teams
from bot.store import agreements, identities, outbox, teams_rooms, workspaces
from bot.store.database import Database
from bot.store.outbox import Saying
from bot.store.tx import Tx
from bot.teams.door import Door
from bot.teams.grants import Credential, Grant, MicrosoftGrant, NoGrant
from bot.teams.keeping import MemoryInStore
from bot.teams.ports import Ports
from bot.teams.rounds import Concerned
from bot.teams.tokens import Gate, Keys, Trust
from slacore.errors import Refusal

PLAYGROUND = "00000000-0000-0000-0000-0000000000001"
"""The tenant that Microsoft's Agents Playground plays."""
PLAYGROUND_SERVICES = ("http://127.0.0.1:56150", "http://localhost:56150")
"""Where it listens unless it is told otherwise. No token of ours goes there: without a gate there is none."""


class Desk:
    """The house as Teams' door knows it: everything but the answering, which comes from the composition root."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in `database`."""
        self._database = database
        self._clock = clock

    async def say(self, place: Place, card: Card, key: str) -> None:
        """Put a card into the outbox, once for each key."""

        async def job(tx: Tx) -> None:
            await workspaces.begin(tx)
            await outbox.say(tx, Saying(dedupe_key=key, place=place, card=card, kind="note", series=key))

        await self._database.write(place.workspace, job)

    async def welcome(self, place: Place, key: str = "") -> None:
        """Say the first words in a place, once for each key."""

        async def job(tx: Tx) -> None:
            await workspaces.begin(tx)
            await greetings.greet(await sit(tx, self._clock.now(), CLOCK, "teams"), place, key)

        await self._database.write(place.workspace, job)

    async def shown(self, workspace: str, message: str) -> Card | None:
        """The card that a message of ours shows now."""
        conversation, _, _ = message.rpartition(" ")
        found = await self._database.read(workspace, lambda tx: outbox.shown(tx, f"teams:channel:{conversation}"))
        return next((letter.card for letter in found if letter.message and letter.message.id == message), None)

    async def changed(self, workspace: str, conversations: Sequence[str], why: str) -> None:
        """Write down that channels take no words any more, and why, or ("") that they do again; tell whom it concerns.

        What nobody has agreed to speak in concerns nobody.
        """

        async def job(tx: Tx) -> None:
            sitting = await sit(tx, self._clock.now(), CLOCK, "teams")
            for conversation in conversations:
                if why:
                    await whereabouts.channel_gone(sitting, "teams", conversation, why)
                else:
                    await whereabouts.channel_back(sitting, "teams", conversation)

        await self._database.write(workspace, job)

    async def renamed(self, workspace: str, conversation: str, name: str) -> None:
        """Write down what a channel or a group chat is called now."""

        async def job(tx: Tx) -> None:
            sitting = await sit(tx, self._clock.now(), CLOCK, "teams")
            await whereabouts.channel_renamed(sitting, "teams", conversation, name)

        await self._database.write(workspace, job)

    async def concerned(self) -> Sequence[Concerned]:
        """The teams with channels that the agreements of all companies speak of."""

        async def look(tx: Tx) -> list[Concerned]:
            of_each = [await agreements.channels_of(tx, each.slug) for each in await agreements.everything(tx)]
            names = {each.id: each.name for known in of_each for each in known if each.platform == "teams"}
            found: dict[str, Concerned] = {}
            for room in await teams_rooms.of_teams(tx):
                if room.conversation in names:
                    team = Concerned(tx.workspace, room.team, room.service_url, names)
                    found.setdefault(room.team, team)
            return list(found.values())

        every = await self._database.everywhere(workspaces.all_of_them)
        return [team for workspace in every for team in await self._database.read(workspace, look)]

    async def member(self, workspace: str, user: str) -> str:
        """The member id behind a user; "" for a stranger."""
        return await self._database.read(workspace, lambda tx: identities.member(tx, "teams", user)) or ""


def open_session() -> aiohttp.ClientSession:
    """The one connection pool that all calls share: through the environment's proxy, if there is one."""
    return aiohttp.ClientSession(trust_env=True)


def open_door(
    chosen: Teams,
    *,
    listen: Listen,
    public_url: str,
    database: Database,
    clock: Clock,
    session: aiohttp.ClientSession,
    ask: Callable[[Utterance], Awaitable[Reply]],
) -> Door:
    """Teams' door as a deployment chose it. Refuses to listen to the outside without tokens."""
    if chosen.anonymous and listen.host not in LOOPBACK:
        raise Refusal(
            f"Teams' door is to work without tokens while it listens on {listen.host}, where others could reach it.",
            "Set KEPT_LISTEN to 127.0.0.1:3978, or teams.anonymous to false in app.yaml.",
        )
    desk = Desk(database, clock)
    ports = Ports(
        ask=ask,
        say=desk.say,
        welcome=desk.welcome,
        shown=desk.shown,
        member=desk.member,
        changed=desk.changed,
        renamed=desk.renamed,
        files=Files(database, clock).open,
        draw=draw_png,
        memory=MemoryInStore(database),
        clock=clock,
    )
    gate: Gate | None = None
    grant: Grant = NoGrant()
    if not chosen.anonymous:
        gate = Gate(
            Trust(chosen.app_id, chosen.issuer), Keys(chosen.keys_url, session, clock.monotonic)
        )  # fmt: skip
        credential = Credential(
            app_id=chosen.app_id,
            tenant=chosen.tenant_id or "botframework.com",
            login_url=chosen.login_url,
            scope=chosen.scope,
            secret=chosen.secret,
            certificate=chosen.certificate,
            managed=chosen.managed_identity,
        )
        grant = MicrosoftGrant(credential, clock.monotonic)
    return Door(
        ports,
        session,
        concerned=desk.concerned,
        gate=gate,
        grant=grant,
        app_id=chosen.app_id,
        tenant=chosen.tenant_id or (PLAYGROUND if chosen.anonymous else ""),
        workspace=chosen.workspace,
        many=not chosen.tenant_id and not chosen.anonymous,
        services=(*chosen.services, *(PLAYGROUND_SERVICES if chosen.anonymous else ())),
        files=chosen.files,
        public_url=public_url or (f"http://{listen}" if chosen.anonymous else ""),
        secret=chosen.secret or chosen.certificate or chosen.app_id,
    )
