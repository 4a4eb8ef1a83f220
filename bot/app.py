"""The composition root: the one file that knows every adapter, and puts the house together.

Each door is imported only where it is on, so that no deployment waits at its start for another's libraries.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from aiohttp import ClientSession, web

from bot import watching
from bot.chat.messenger import Messenger
from bot.chat.talk import Platform, Reply, Utterance
from bot.clock import Clock, MovableClock, SystemClock
from bot.commands.limits import Limit
from bot.documents.lists import MOST_BYTES
from bot.house import House
from bot.sections import LOOPBACK
from bot.settings import Settings
from bot.store.database import Database


class PlatformDoor(Protocol):
    """A chat platform's door, as the house needs it: addresses, a beginning and an end, and somebody who speaks."""

    @property
    def messenger(self) -> Messenger:
        """What the outbox speaks through."""
        ...

    def add_routes(self, app: web.Application) -> None:
        """Answer the platform at its addresses."""
        ...

    async def start(self) -> None:
        """Begin to listen."""
        ...

    async def close(self) -> None:
        """Finish what is under way."""
        ...


MEBIBYTE = 1024 * 1024


async def make_app(settings: Settings) -> web.Application:
    """Put a whole deployment together: the house, its doors, and the page by which it is watched.

    A rehearsal gets the browser's door and nothing else, so that it can reach no chat platform.
    """
    # In a rehearsal people may attach a list of 50,000 rows; the platforms' doors fetch files themselves.
    most = MOST_BYTES + MEBIBYTE if settings.rehearsal.enabled else MEBIBYTE
    app = web.Application(client_max_size=most)
    if settings.rehearsal.enabled:
        house = await _rehearse(app, settings)
    else:
        house = await _serve(app, settings)

    async def live(_: web.Application) -> None:
        house.start()

    async def leave(_: web.Application) -> None:
        await house.close()

    watching.add_routes(app, house)
    app.on_startup.append(live)
    app.on_cleanup.insert(0, leave)  # before the connections that what is in flight still speaks through
    return app


async def _serve(app: web.Application, settings: Settings) -> House:
    """Open the house with the doors of its chat platforms."""
    clock = SystemClock()
    houses: list[House] = []
    sessions: list[ClientSession] = []
    opened: dict[Platform, PlatformDoor] = {}

    async def ask(utterance: Utterance) -> Reply:
        return await houses[0].answering.answer(utterance)  # the house is opened with its doors, and stands after

    def doors(database: Database) -> Mapping[Platform, Messenger]:
        opened.update(_open_doors(settings, database, clock, ask, sessions))
        return {platform: door.messenger for platform, door in opened.items()}

    async def listen(_: web.Application) -> None:
        for door in opened.values():
            await door.start()

    async def fall_silent(_: web.Application) -> None:
        for door in opened.values():
            await door.close()

    async def hang_up(_: web.Application) -> None:
        for session in sessions:
            await session.close()

    try:
        limit = Limit(settings.requests_a_minute) if settings.requests_a_minute else None
        houses.append(await House.open(settings.database.url, clock, doors, settings.public_url, limit=limit))
    except BaseException:
        await hang_up(app)
        raise
    for door in opened.values():
        door.add_routes(app)
    if settings.public_url:
        _add_pages(app, houses[0].database, clock, houses[0].deliverer.run_once)
    app.on_startup.append(listen)
    app.on_shutdown.append(fall_silent)
    app.on_cleanup.append(hang_up)
    return houses[0]


def _open_doors(
    settings: Settings,
    database: Database,
    clock: Clock,
    ask: Callable[[Utterance], Awaitable[Reply]],
    sessions: list[ClientSession],
) -> dict[Platform, PlatformDoor]:
    """The doors that are on; the connections that they speak through are added to `sessions`."""
    opened: dict[Platform, PlatformDoor] = {}
    if settings.slack.enabled:
        from bot.slack import calls
        from bot.slack import plugs as slack

        sessions.append(calls.open_session())
        opened["slack"] = slack.open_door(
            settings.slack,
            public_url=settings.public_url,
            database=database,
            clock=clock,
            session=sessions[-1],
            ask=ask,
        )
    if settings.teams.enabled:
        from bot.teams import plugs as teams

        sessions.append(teams.open_session())
        opened["teams"] = teams.open_door(
            settings.teams,
            listen=settings.listen,
            public_url=settings.public_url,
            database=database,
            clock=clock,
            session=sessions[-1],
            ask=ask,
        )
    return opened


async def _rehearse(app: web.Application, settings: Settings) -> House:
    """Set the stage: a company of its own, a clock that stands until it is moved, rooms in the browser."""
    from bot.desk.exports.files import Files
    from bot.web.archive import Archive
    from bot.web.bell import Bell
    from bot.web.outbound import WebMessenger
    from bot.web.ports import Ports
    from bot.web.rehearsal import rehearsal_routes
    from bot.web.stage import Stage
    from bot.web.tours import PARTS, SIGNED_ON_TOUR

    rehearsal = settings.rehearsal
    clock, bell = MovableClock(rehearsal.starts_at), Bell()
    archives: list[Archive] = []
    stages: list[Stage] = []

    def doors(database: Database) -> Mapping[Platform, Messenger]:
        archives.append(Archive(database, lambda: stages[0].workspace))
        played: tuple[Platform, ...] = ("web", "slack", "teams")
        return {platform: WebMessenger(archives[0], bell, clock.now, platform) for platform in played}

    public_url = settings.public_url or f"http://{settings.listen}"
    # A played platform has no limits.
    house = await House.open(settings.database.url, clock, doors, public_url, paces={}, leaves_word=False)

    async def apply(workspace: str, unsigned: frozenset[str]) -> None:
        await house.apply(workspace, rehearsal.company, rehearsal.agreements, unsigned=unsigned)

    stage = Stage(house.database, clock, rehearsal.starts_at, apply)
    stages.append(stage)

    async def moved() -> None:
        bell.ring()

    async def start_over() -> None:
        await stage.start_over(frozenset({SIGNED_ON_TOUR}))
        bell.ring_in_a_new_epoch()

    async def delivered() -> None:
        await stage.travel.settle()  # what was said may have made something due now, and no ticker runs here

    try:
        await stage.set(house.deliverer, moved)
    except BaseException:
        await house.close()
        raise
    cast = {member.member_id for member in await stage.cast()}
    ports = Ports(
        workspace=lambda: stage.workspace,
        company=rehearsal.company,
        ask=house.answering.answer,
        complete=house.answering.complete,
        cast=stage.cast,
        channels=stage.channels,
        messages=archives[0],
        clock=stage.travel,
        bell=bell,
        delivered=delivered,
        files=Files(house.database, clock).open,
        parts=tuple(part for part in PARTS if {each.as_person for each in (*PARTS[0].steps, *part.steps)} <= cast),
        start_over=start_over,
        hosts=LOOPBACK | {settings.listen.host, *rehearsal.hosts},
    )
    app.router.add_routes(rehearsal_routes(ports))
    _add_pages(app, house.database, clock, delivered)

    async def let_go(_: web.Application) -> None:
        bell.close()

    app.on_shutdown.append(let_go)
    return house


def _add_pages(
    app: web.Application, database: Database, clock: Clock, delivered: Callable[[], Awaitable[object]]
) -> None:
    """The pages that need no account: the calculator, and where a link to sign by leads."""
    from bot.web.signing import SigningPorts, signing_routes
    from bot.web.whatif import whatif_routes

    app.router.add_routes(whatif_routes())
    app.router.add_routes(signing_routes(SigningPorts(database, clock, delivered)))
