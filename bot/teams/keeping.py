"""What the door remembers, kept in the house's store."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping

from bot.store import administrators, joins, teams_rooms, workspaces
from bot.store.database import Database
from bot.store.shelves import TEAMS
from bot.store.teams_rooms import Known, Room, Way
from bot.store.tx import Tx
from bot.teams.ports import Waiting


class MemoryInStore:
    """`Memory` as rows. What was written already is known without asking, so a busy chat costs no writes."""

    def __init__(self, database: Database) -> None:
        """Keep in `database`."""
        self._database = database
        self._written: dict[tuple[str, str], Room | Known] = {}

    async def tenants(self) -> Mapping[str, str]:
        """Which company a tenant is, or has become part of."""
        made_in = await self._database.everywhere(teams_rooms.tenants)
        joined = await self._database.everywhere(joins.everywhere)
        return {tenant: joined.get(workspace, workspace) for tenant, workspace in made_in.items()}

    def when_joined(self, callback: Callable[[], None]) -> None:
        """Call back whenever a company has become part of another."""
        self._database.subscribe(joins.TOPIC, callback)

    async def claim(self, workspace: str, tenant: str, company: str, by: str) -> None:
        """Remember that a tenant is a company, which begins if it is new; `by` (a user, or "") administers it."""

        async def job(tx: Tx) -> None:
            if await workspaces.name_of(tx) is None:
                await workspaces.begin(tx, company)
            await teams_rooms.claim(tx, tenant)
            await administrators.appoint(tx, "teams", by)

        await self._database.write(workspace, job)

    async def seen(self, workspace: str, room: Room, known: Known | None) -> None:
        """Remember a conversation, and somebody in it."""
        at = (workspace, f"room {room.conversation}")
        who = (workspace, f"user {known.user}") if known is not None else None
        if self._written.get(at) == room and (who is None or self._written.get(who) == known):
            return

        async def job(tx: Tx) -> None:
            await teams_rooms.keep_room(tx, room)
            if known is not None:
                await teams_rooms.keep_account(tx, known)

        await self._database.write(workspace, job)
        if len(self._written) > 100_000:
            self._written.clear()
        self._written[at] = room
        if who is not None and known is not None:
            self._written[who] = known

    async def left(self, workspace: str, conversation: str, team: str) -> list[str]:
        """Kept was taken out of a conversation, or of a whole team."""
        which = await self._database.write(workspace, lambda tx: teams_rooms.left(tx, conversation, team))
        self._written.clear()
        return which

    async def back(self, workspace: str, conversation: str, team: str) -> list[str]:
        """Kept is in a conversation again, or in a whole team."""
        which = await self._database.write(workspace, lambda tx: teams_rooms.back(tx, conversation, team))
        self._written.clear()
        return which

    async def way(self, workspace: str, user: str, conversation: str, named: Collection[str]) -> Way:
        """Where something is said, who reads it there, and whom it can call."""
        return await self._database.read(workspace, lambda tx: teams_rooms.way(tx, user, conversation, named))

    async def any_room(self, workspace: str) -> Room | None:
        """A conversation through whose address the company can be reached: its own, or of a tenant that joined it."""
        found = await self._database.read(workspace, teams_rooms.any_room)
        if found is None:
            for joined, company in (await self._database.everywhere(joins.everywhere)).items():
                if company == workspace and found is None:
                    found = await self._database.read(joined, teams_rooms.any_room)
        return found

    async def user_of(self, workspace: str, account: str) -> Known | None:
        """Somebody by the account that a mention names."""
        return await self._database.read(workspace, lambda tx: teams_rooms.user_of(tx, account))

    async def lay_aside(self, workspace: str, texts: Mapping[str, str]) -> None:
        """Keep texts by key."""
        if texts:
            await self._database.write(workspace, lambda tx: TEAMS.lay_aside(tx, texts))

    async def laid_aside(self, workspace: str, key: str) -> str | None:
        """The text under a key."""
        return await self._database.read(workspace, lambda tx: TEAMS.laid_aside(tx, key))

    async def take_in(self, waiting: Waiting) -> None:
        """Keep a request that is about to be acknowledged."""
        written = json.dumps(waiting.activity, separators=(",", ":"))

        async def job(tx: Tx) -> None:
            TEAMS.take_in(tx, waiting.delivery, written, waiting.asked_at)

        await self._database.write(waiting.workspace, job)

    async def take_out(self, workspace: str, delivery: str) -> None:
        """Let go of a request that was answered."""
        await self._database.write(workspace, lambda tx: TEAMS.take_out(tx, delivery))

    async def in_hand(self) -> list[Waiting]:
        """What was acknowledged and never answered, oldest first."""
        rows = await self._database.everywhere(TEAMS.in_hand)
        return [Waiting(row.workspace, row.delivery, json.loads(row.request), row.asked_at) for row in rows]
