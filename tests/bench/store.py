"""The store against the bare database: claiming what is due, standings beside a million handoffs, a lock of 30 s."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from bot.chat.card import Button, Card, Fact, Mention, Moment, Note, Text
from bot.chat.talk import Place
from bot.clock import MovableClock
from bot.store import obligations, outbox, people, tallies, workspaces
from bot.store.database import Database
from bot.store.migrate import upgrade
from bot.store.outbox import Saying
from bot.store.tables import agreement_versions, agreements, commitments
from bot.store.tx import Tx
from slacore.obligations import Obligation
from slacore.parties import Member
from tests.bench.table import ROUNDS, Row, human_seconds, progress

AT = datetime(2026, 10, 5, 14, tzinfo=UTC)
OCTOBER = date(2026, 10, 1)
DUE = 100
OPEN = 100_000
HANDOFFS, AGREEMENTS = 1_000_000, 1_000
LOCKED_FOR = 30.0
WHILE_LOCKED = 200
_LATER = AT + timedelta(days=30)


def run() -> list[Row]:
    """Measure side by side on SQLite with synchronous=FULL."""
    rows: list[Row] = []
    folder = Path(tempfile.mkdtemp(prefix="kept-bench-"))
    try:
        progress(f"claiming {DUE} due of {OPEN:,} open")
        rows.append(asyncio.run(_claiming(folder / "claims.db")))
        progress(f"standings beside {HANDOFFS:,} handoffs")
        rows.append(asyncio.run(_standings(folder / "handoffs.db")))
        progress(f"a lock of {LOCKED_FOR:.0f} seconds")
        rows.append(asyncio.run(_locked(folder / "locked.db")))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return rows


async def _claiming(path: Path) -> Row:
    """Take what is due, move each on and say a nudge about it: one transaction, ours and bare."""
    upgrade(f"sqlite:///{path}")
    database = await Database.open(f"sqlite:///{path}", MovableClock(AT))
    await database.write("x", lambda tx: _company(tx, 1))
    with sqlite3.connect(path) as file:
        columns = await _one_obligation(database, file)
        many = ((number, f"slot {number}") for number in range(2, OPEN + 1))
        file.executemany(
            f"INSERT INTO obligations SELECT {columns} FROM obligations WHERE workspace_id = 'x' AND number = 1", many
        )
    ours: list[float] = []
    bare: list[float] = []
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA synchronous=FULL")
    other.execute("PRAGMA foreign_keys=ON")
    for turn in range(ROUNDS + 1):
        _make_due(other, first=1 + 2 * turn * DUE)
        began = time.perf_counter()
        assert await database.write("x", lambda tx, turn=turn: _claim(tx, turn)) == DUE  # type: ignore[misc]
        ours.append(time.perf_counter() - began)
        _make_due(other, first=1 + (2 * turn + 1) * DUE)
        began = time.perf_counter()
        assert _claim_bare(other, turn) == DUE
        bare.append(time.perf_counter() - began)
    other.close()
    await database.close()
    ratio = median(mine / theirs for mine, theirs in zip(ours[1:], bare[1:], strict=True))
    return Row(
        f"claim {DUE} due with their messages, to bare sqlite3",
        human_seconds(median(ours[1:])),
        human_seconds(median(bare[1:])),
        ratio,
        "≤ 7",
        ratio <= 7,
    )


async def _claim(tx: Tx, turn: int) -> int:
    due = await obligations.due(tx, AT, DUE)
    for each in due:
        await obligations.save(
            tx, each, replace(each, rung=each.rung + 1, look_again_at=_LATER, revision=each.revision + 1)
        )
        await outbox.say(tx, _nudge(each.number, turn))
    return len(due)


def _claim_bare(file: sqlite3.Connection, turn: int) -> int:
    file.execute("BEGIN IMMEDIATE")
    due = file.execute(
        "SELECT * FROM obligations WHERE workspace_id = 'x' AND look_again_at <= ? ORDER BY look_again_at LIMIT ?",
        (_micros(AT), DUE),
    ).fetchall()
    numbers = [row[1] for row in due]
    last = file.execute("SELECT last FROM counters WHERE workspace_id = 'x' AND letter = 'outbox'").fetchone()[0]
    file.executemany(
        "UPDATE obligations SET rung = rung + 1, look_again_at = ?, revision = revision + 1 "
        "WHERE workspace_id = 'x' AND number = ?",
        [(_micros(_LATER), number) for number in numbers],
    )
    template = file.execute("SELECT * FROM outbox WHERE workspace_id = 'x' LIMIT 1").fetchone()
    marks = ", ".join("?" for _ in template)
    file.executemany(
        f"INSERT INTO outbox VALUES ({marks})",
        [
            (
                "x",
                last + place,
                f"bare {turn} {number}",
                f"bare {turn} {number}",
                f"bare {turn} {number}",
                *template[5:],
            )
            for place, number in enumerate(numbers, 1)
        ],
    )
    file.execute("UPDATE counters SET last = ? WHERE workspace_id = 'x' AND letter = 'outbox'", (last + len(numbers),))
    file.execute("COMMIT")
    return len(numbers)


def _make_due(file: sqlite3.Connection, first: int) -> None:
    file.execute(
        "UPDATE obligations SET look_again_at = ? WHERE workspace_id = 'x' AND number >= ? AND number < ?",
        (_micros(AT) - 1, first, first + DUE),
    )


async def _standings(path: Path) -> Row:
    """What every promise has this month: from its tally, and by adding up the handoffs."""
    upgrade(f"sqlite:///{path}")
    database = await Database.open(f"sqlite:///{path}", MovableClock(AT))
    await database.write("x", lambda tx: _company(tx, AGREEMENTS))
    with sqlite3.connect(path) as file:
        _hand_over(file)
    wanted = [(f"a{number}", "leads", OCTOBER) for number in range(1, AGREEMENTS + 1)]
    ours: list[float] = []
    scans: list[float] = []
    with sqlite3.connect(path) as file:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            found = await database.read("x", lambda tx: tallies.of_periods(tx, wanted))
            ours.append(time.perf_counter() - began)
            began = time.perf_counter()
            summed = file.execute(
                "SELECT agreement, SUM(accepted), SUM(awaiting), SUM(disputed) FROM handoffs "
                "WHERE workspace_id = 'x' AND period_starts_on = '2026-10-01' GROUP BY agreement, commitment, late"
            ).fetchall()
            scans.append(time.perf_counter() - began)
    await database.close()
    by_scan = {slug: (accepted, awaiting, disputed) for slug, accepted, awaiting, disputed in summed}
    for slug, commitment, period in wanted:
        piles = found[slug, commitment, period].on_time
        assert (piles.accepted, piles.awaiting, piles.disputed) == by_scan[slug]
    ratio = median(scan / mine for scan, mine in zip(scans, ours, strict=True))
    return Row(
        f"standings of {AGREEMENTS:,} promises, to a scan of {HANDOFFS:,} handoffs",
        human_seconds(median(ours)),
        human_seconds(median(scans)),
        ratio,
        "≥ 50",
        ratio >= 50,
    )


def _hand_over(file: sqlite3.Connection) -> None:
    """A million handoffs and the tallies that go with them."""
    at = _micros(AT)
    file.executemany(
        "INSERT INTO handoffs VALUES ('x', ?, ?, 1, 'leads', '2026-10-01', 'marketing', 'sales', 25, 5, 20, 0, "
        "'2026-10-05', ?, 0, 'josh', ?, ?, '', '', '', 0, 1, NULL, '', '', '', NULL)",
        ((number, f"a{number % AGREEMENTS + 1}", at, at, at) for number in range(1, HANDOFFS + 1)),
    )
    each = HANDOFFS // AGREEMENTS
    file.executemany(
        "INSERT INTO tallies VALUES ('x', ?, 'leads', '2026-10-01', 0, ?, ?, 0, 0)",
        ((f"a{number}", 5 * each, 20 * each) for number in range(1, AGREEMENTS + 1)),
    )


async def _locked(path: Path) -> Row:
    """Somebody holds the database for half a minute while people go on working."""
    upgrade(f"sqlite:///{path}")
    database = await Database.open(f"sqlite:///{path}", MovableClock(AT))
    await database.write("x", lambda tx: _company(tx, 1))
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    began = time.perf_counter()
    asyncio.get_running_loop().call_later(LOCKED_FOR, other.execute, "ROLLBACK")
    answers = await asyncio.gather(*(database.write("x", _number) for _ in range(WHILE_LOCKED)))
    took = time.perf_counter() - began
    other.close()
    await database.close()
    lost = WHILE_LOCKED - len(set(answers))
    ok = lost == 0 and sorted(answers) == list(range(1, WHILE_LOCKED + 1)) and took >= LOCKED_FOR
    return Row(
        f"{WHILE_LOCKED} writes while the database is locked for {LOCKED_FOR:.0f} s",
        f"{lost} lost",
        human_seconds(took),
        lost,
        "0 lost",
        ok,
    )


async def _number(tx: Tx) -> int:
    return await tx.next_number("H")


async def _company(tx: Tx, count: int) -> None:
    await workspaces.begin(tx, "Company X")
    for member in ("josh", "amy"):
        await people.keep(tx, Member(member, member.title(), "America/New_York"))
    for number in range(1, count + 1):
        slug = f"a{number}"
        tx.insert(agreements, {"slug": slug, "number": number, "name": slug})
        version = {"agreement": slug, "version": 1, "document": "{}", "sha256": "", "effective_on": OCTOBER}
        tx.insert(agreement_versions, {**version, "applied_at": AT, "state": "signed"})
        tx.insert(commitments, {"agreement": slug, "slug": "leads", "number": number})


async def _one_obligation(database: Database, file: sqlite3.Connection) -> str:
    """Keep one obligation and one nudge; the columns that a copy of it is selected with."""
    first = Obligation(
        1, "a1", 1, "leads", "slot", "slot 1", "marketing", "josh", OCTOBER, AT, _LATER, look_again_at=_LATER
    )

    async def job(tx: Tx) -> None:
        await obligations.add(tx, first)
        await outbox.say(tx, _nudge(0, -1))

    await database.write("x", job)
    names = [row[1] for row in file.execute("PRAGMA table_info(obligations)")]
    return ", ".join("?" if name in ("number", "subject") else name for name in names)


def _nudge(number: int, turn: int) -> Saying:
    card = Card(
        "Your report is due",
        f"O-{number} is due",
        (
            Text(("Amy, your report is due ", Moment(AT), ".")),
            Fact("Owed to", (Mention("josh", "Josh"),)),
            Note(("If nothing changes, Josh is told ", Moment(AT + timedelta(days=1)), ".")),
        ),
        (Button("Done", f"done O-{number}", "primary", 1), Button("Snooze…", f"snooze O-{number}")),
        ref=f"O-{number}",
    )
    return Saying(
        f"nudge {turn} {number}",
        Place("x", "web", "direct", f"member {number % 50}"),
        card,
        "nudge",
        series=f"nudge {turn} {number}",
        person=f"member {number % 50}",
    )


def _micros(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)
