"""A month of Company X through a whole door while three answers in ten are bad: what was lost, what was said twice?

Handoffs are typed over HTTP, some of them delivered twice as a platform does that had no answer; they
are accepted, so that their receipts change in place; then the month goes by with its reports, nudges
and escalations. Every call to the platform may be refused, lost on the way or lost on the way back.
"""

from __future__ import annotations

import asyncio
import logging
import random
import re
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import create_engine, text

from bot.clock import MovableClock
from bot.jobs.deliver import Deliverer
from bot.store.migrate import upgrade
from tests.bench.table import Row, human_seconds, progress
from tests.postgres import running
from tests.slack.fake_slack import words_in
from tests.slack.faults import FAULTS
from tests.slack.house import office, user
from tests.teams import fake_connector
from tests.teams.stage import CHANNEL, on_teams, stage
from tests.world import COMPANY_X, moment

HANDOFFS = 40
SHARE = 0.3
ENDS = "Mon 02 Nov 2026 18:00"
_REPEAT = "Possible repeat"
_AT = moment("Fri 02 Oct 2026 10:02")


@dataclass(slots=True)
class Told:
    """What came of it. `said` are the messages by conversation: when each was said, and how it reads in the end."""

    typed: int
    refs: Counter[str]
    said: dict[str, list[tuple[datetime, str]]]
    unsaid: list[str]
    faults: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def commands(self) -> int:
        """Commands that were lost or counted twice."""
        return self.typed - len(self.refs) + sum(count - 1 for count in self.refs.values())

    @property
    def receipts(self) -> dict[str, list[str]]:
        """Receipts by the handoff they are of."""
        found = defaultdict(list)
        for _, words in self.said["channel"]:
            if (named := re.match(r"\W*(H-\d+) · ", words)) is not None:
                found[named[1]].append(words)
        return found

    @property
    def lost(self) -> list[str]:
        """Receipts that nobody saw, or that nobody saw accepted; and what the outbox could not say."""
        stale = [key for key, found in self.receipts.items() if not any("accepted" in each for each in found)]
        return [*self.unsaid, *stale, *["a receipt"] * (self.typed - len(self.receipts))]

    @property
    def doubled(self) -> list[list[str]]:
        """What stands twice in a conversation: receipts of one handoff, and anything of the same words within the hour.

        A digest may read as yesterday's did.
        """
        same: dict[tuple[str, str, datetime], list[str]] = defaultdict(list)
        for where, messages in self.said.items():
            for at, each in messages:
                words = re.sub(rf"{_REPEAT}[^\n]*", "", each).strip()
                near = [known for known in same if known[:2] == (where, words) and at - known[2] < timedelta(hours=1)]
                same[near[-1] if near else (where, words, at)].append(each)
        other = [found for (_, words, _), found in same.items() if not re.match(r"\W*H-\d+ · ", words)]
        return [found for found in (*self.receipts.values(), *other) if len(found) > 1]

    @property
    def unmarked(self) -> list[list[str]]:
        """Of those, what does not say that it may be a repeat."""
        return [found for found in self.doubled if sum(_REPEAT in each for each in found) < len(found) - 1]


def run() -> list[Row]:
    """Slack with and without its history, and Teams, which has none; on both databases."""
    logging.disable(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp(prefix="kept-bench-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    rows: list[Row] = []
    try:
        with running(folder / "postgres") as server:
            server.prepare()
            for kind in ("SQLite", "PostgreSQL"):
                for name, tell in (
                    ("Slack, history read back", lambda on, url: through_slack(on, url, read_back=True)),
                    ("Slack, blind", lambda on, url: through_slack(on, url, read_back=False)),
                    ("Teams, blind", through_teams),
                ):
                    progress(f"faults: {name} on {kind}")
                    there = folder / f"{kind}-{len(rows)}"
                    there.mkdir()
                    url = server.empty() if kind == "PostgreSQL" else f"sqlite:///{there}/kept.db"
                    began = time.perf_counter()
                    told = asyncio.run(tell(there, url))
                    rows.append(_row(f"{name}, {kind}", told, time.perf_counter() - began))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        logging.disable(logging.NOTSET)
    return rows


def _row(name: str, told: Told, took: float) -> Row:
    said = sum(map(len, told.said.values()))
    twice = len(told.doubled) if "history" in name else len(told.unmarked)
    repeats = "" if "history" in name else f" of {len(told.doubled)} repeats unmarked"
    wrong = told.commands + len(told.lost) + twice
    measured = f"{len(told.lost)} lost, {twice}{repeats or ' doubled'} of {said}; {told.commands} commands wrong"
    return Row(f"{name}: {told.faults:,} faults", measured, human_seconds(took), wrong, "0", wrong == 0)


async def through_slack(folder: Path, url: str, *, read_back: bool, handoffs: int = HANDOFFS, seed: int = 7) -> Told:
    """The month in Slack."""
    chance, faults = random.Random(seed), Counter[str]()

    def fault(method: str) -> str | None:
        if method == "auth.test" or chance.random() >= SHARE:
            return None
        chosen = chance.choice(FAULTS)
        faults[chosen] += 1
        return chosen

    async with office(folder, url=url, at="Fri 02 Oct 2026 10:02") as on:
        if not read_back:
            on.slack.teams["T1"].scopes.discard("channels:history")
        else:
            on.slack.teams["T1"].scopes.add("im:history")
        on.slack.chance = fault
        on.slack.rate = 1

        async def types(member: str, words: str) -> None:
            command = on.slack.command(user(member), words)
            for _ in range(2 if chance.random() < SHARE else 1):
                assert (await on.slack.sends(command)).status == 200
                on.clock.advance(timedelta(seconds=1))  # the same again with the same signature is a replay

        await _a_month(types, handoffs, on.clock, on.house.deliverer, on.settled, on.travel_to)
        said = {
            "channel" if name == "C1" else name: [
                (datetime.fromtimestamp(float(each["ts"]), UTC), words_in(each["blocks"]).strip())
                for each in channel.messages
            ]
            for name, channel in on.slack.channels.items()
        }
        on.slack.chance = lambda method: None
        on.slack.problems.clear()
    return Told(handoffs, _refs(url), said, _unsaid(url), sum(faults.values()))


async def through_teams(folder: Path, url: str, *, handoffs: int = HANDOFFS, seed: int = 7) -> Told:
    """The month in Teams."""
    chance, faults = random.Random(seed), Counter[str]()
    await asyncio.to_thread(upgrade, url)

    def before(_: web.Request) -> web.Response | None:
        if chance.random() >= SHARE / 2:
            return None
        status = chance.choice((429, 412, 500, 502, 503))
        faults[str(status)] += 1
        return fake_connector.error(status, "x", "x", **({"Retry-After": "7"} if status == 429 else {}))

    def after() -> bool:
        lost = chance.random() < SHARE / 2
        faults["lost"] += lost
        return lost

    async with stage(url, at=_AT, agreement=on_teams(folder, COMPANY_X)) as on:
        on.teams.faults = _Always(before)
        on.teams.said = dated = _Dated(on.clock)
        on.teams.loses_answer = after

        async def types(member: str, words: str) -> None:
            activity = on.teams.activity(member, text=words)
            for _ in range(2 if chance.random() < SHARE else 1):
                status, _ = await on.teams.send(activity)
                assert status < 500

        async def settled() -> None:
            for _ in range(3):
                await on.house.deliverer.run_once()
                on.clock.advance(timedelta(seconds=1.5))

        await _a_month(types, handoffs, on.clock, on.house.deliverer, settled, on.travel_to)
        said: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        for each, at in zip(on.teams.said, dated.at, strict=True):
            where = each.conversation.partition(";")[0]
            said["channel" if where == CHANNEL else where].append((at, each.text.strip()))
    return Told(handoffs, _refs(url), said, _unsaid(url), sum(faults.values()))


async def _a_month(
    types: Callable[[str, str], Awaitable[None]],
    handoffs: int,
    clock: MovableClock,
    deliverer: Deliverer,
    settled: Callable[[], Awaitable[None]],
    travel_to: Callable[[str], Awaitable[None]],
) -> None:
    """Type, accept, and let the month go by; then let everything be said that waits."""
    for number in range(1, handoffs + 1):
        await types("josh", f"handoff 1 qualified lead to sales ref R-{number}")
        clock.advance(timedelta(seconds=3))
        if number % 5 == 0:
            await settled()
    await settled()
    for number in range(1, handoffs + 1):
        await types("amy", f"accept H-{number}")
        if number % 5 == 0:
            await settled()
    await travel_to(ENDS)
    for _ in range(2_000):
        await deliverer.run_once()
        upcoming = await deliverer.next_at()
        if upcoming is None or upcoming > clock.now() + timedelta(hours=1):
            return
        clock.advance(timedelta(seconds=2))


class _Dated(list[Any]):
    """Messages, with the moment at which each was said."""

    def __init__(self, clock: MovableClock) -> None:
        super().__init__()
        self.at: list[datetime] = []
        self._clock = clock

    def append(self, said: Any) -> None:
        self.at.append(self._clock.now())
        super().append(said)


class _Always(list[Any]):
    """Faults without an end, each drawn as it is asked for."""

    def __init__(self, draw: fake_connector.Fault) -> None:
        super().__init__()
        self._draw = draw

    def __bool__(self) -> bool:
        return True

    def pop(self, _: Any = 0) -> Any:
        return self._draw


def _refs(url: str) -> Counter[str]:
    return Counter(row[0] for row in _rows(url, "SELECT ref FROM handoffs"))


def _unsaid(url: str) -> list[str]:
    """What the outbox has not said and has not settled either: a message that nobody will ever see."""
    over = "'SENT', 'HELD', 'DROPPED'"
    waiting = f"SELECT kind, series, state, why FROM outbox WHERE state NOT IN ({over})"
    return [" ".join(map(str, row)) for row in _rows(url, waiting)]


def _rows(url: str, statement: str) -> list[Any]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT set_config('kept.workspace', '*', false)"))
            return [tuple(row) for row in connection.execute(text(statement))]
    finally:
        engine.dispose()
