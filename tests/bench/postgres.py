"""Logging handoffs on PostgreSQL, fifty at once: the whole command against pgbench saying the same statements."""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import make_url

from bot.chat.talk import Person, Place, Utterance
from bot.clock import MovableClock
from bot.house import House
from tests.bench.table import ROUNDS, Row, progress
from tests.postgres import Server, running

AT = datetime(2026, 10, 5, 14, tzinfo=UTC)
AT_ONCE = 50
COMMANDS = 1_000
SECONDS = 4
CLIENTS = (1, 8, 50)
WORKSPACE = "company-x"
COMPANY_X = Path(__file__).parent.parent / "company-x.yaml"

# One handoff as the store writes it, each row with a statement of its own: what is read to decide,
# the numbers, the facts, the tallies, the message, the record.
SCRIPT = """\
BEGIN;
SELECT set_config('kept.workspace', 'company-x', true);
SELECT * FROM workspaces WHERE workspace_id = 'company-x';
SELECT * FROM identities WHERE workspace_id = 'company-x' AND platform = 'web' AND user_id = 'josh';
SELECT * FROM people WHERE workspace_id = 'company-x' AND id = 'josh';
\\set d random(1, 1000000000000000)
SELECT * FROM requests WHERE workspace_id = 'company-x' AND platform = 'web' AND delivery_id = 'bench :d';
SELECT * FROM echoes WHERE workspace_id = 'company-x' AND person = 'josh' AND place = 'c' AND words_hash = ':d';
SELECT * FROM tallies WHERE workspace_id = 'company-x' AND agreement = '{agreement}' AND commitment = '{commitment}';
UPDATE counters SET last = last + 1 WHERE workspace_id = 'company-x' AND letter = 'H' RETURNING last AS h \\gset
UPDATE counters SET last = last + 1 WHERE workspace_id = 'company-x' AND letter = 'O' RETURNING last AS o \\gset
UPDATE counters SET last = last + 1 WHERE workspace_id = 'company-x' AND letter = 'outbox' RETURNING last AS m \\gset
UPDATE audit_heads SET entries = entries + 1, last_hash = ':d' WHERE workspace_id = 'company-x'
RETURNING entries AS e \\gset
INSERT INTO handoffs SELECT {handoffs} FROM handoffs WHERE workspace_id = 'company-x' AND number = 1;
INSERT INTO handoff_entries SELECT {handoff_entries} FROM handoff_entries
WHERE workspace_id = 'company-x' AND handoff = 1;
INSERT INTO tallies SELECT * FROM tallies WHERE workspace_id = 'company-x'
ON CONFLICT (workspace_id, agreement, commitment, period_starts_on, late)
DO UPDATE SET awaiting = tallies.awaiting + 1;
INSERT INTO tally_days SELECT * FROM tally_days WHERE workspace_id = 'company-x'
ON CONFLICT (workspace_id, agreement, commitment, period_starts_on, late, on_date)
DO UPDATE SET awaiting = tally_days.awaiting + 1;
INSERT INTO obligations SELECT {obligations} FROM obligations
WHERE workspace_id = 'company-x' AND kind = 'acceptance' AND subject = 'H-1';
INSERT INTO outbox SELECT {outbox} FROM outbox WHERE workspace_id = 'company-x' AND number = {message};
INSERT INTO audit SELECT {audit} FROM audit WHERE workspace_id = 'company-x' AND seq = {entry};
INSERT INTO requests SELECT {requests} FROM requests WHERE workspace_id = 'company-x' AND delivery_id = 'delivery-0';
INSERT INTO echoes SELECT {echoes} FROM echoes WHERE workspace_id = 'company-x' AND person = 'josh'
AND place = 'web:channel:smarketing' LIMIT 1;
COMMIT;
"""
# What tells a copy of a row from the row it copies.
_COPIES = {
    "handoffs": {"number": ":h"},
    "handoff_entries": {"handoff": ":h"},
    "obligations": {"number": ":o", "subject": "'H-:h'"},
    "outbox": {"number": ":m", "dedupe_key": "'bench :d'", "delivery_id": "'bench :d'", "series": "'bench :d'"},
    "audit": {"seq": ":e", "subject": "'H-:h'", "hash": "':d'"},
    "requests": {"delivery_id": "'bench :d'"},
    "echoes": {"place": "'c'", "words_hash": "':d'"},
}


def run() -> list[Row]:
    """Measure in turns on one server whose commits wait for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="kept-bench-"))
    with running(folder / "server") as server:
        server.prepare(durable=True)
        url = server.migrated()
        progress("handoffs on PostgreSQL")
        ours, theirs = asyncio.run(_measure(server, url, folder / "handoff.sql"))
    ratio = median(mine / theirs for mine, theirs in zip(ours, theirs, strict=True))
    return [
        Row(
            f"handoffs on PostgreSQL, {AT_ONCE} at once, to pgbench",
            f"{median(ours):,.0f}/s",
            f"{median(theirs):,.0f}/s",
            ratio,
            "≥ 0.5",
            ratio >= 0.5,
        )
    ]


async def _measure(server: Server, url: str, script: Path) -> tuple[list[float], list[float]]:
    house = await House.open(url, MovableClock(AT), lambda _: {})
    await house.apply(WORKSPACE, "Company X", [COMPANY_X])
    await house.tick()
    await _handoffs(house, 0, 1, 1)
    _write_script(script, server, url)
    best = max(CLIENTS, key=lambda clients: _pgbench(server, url, script, clients, 2))
    ours: list[float] = []
    theirs: list[float] = []
    first = 1
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await _handoffs(house, first, COMMANDS, AT_ONCE)
        ours.append(COMMANDS / (time.perf_counter() - began))
        first += COMMANDS
        theirs.append(_pgbench(server, url, script, best, SECONDS))
    await house.close()
    return ours, theirs


async def _handoffs(house: House, first: int, count: int, at_once: int) -> None:
    numbers = iter(range(first, first + count))
    person = Person(WORKSPACE, "web", "josh", "Josh")
    place = Place(WORKSPACE, "web", "channel", "smarketing", "#smarketing")

    async def client() -> None:
        for number in numbers:
            words = f"handoff 1 lead to sales ref webinar {number}"
            reply = await house.answering.answer(Utterance(f"delivery-{number}", person, place, AT, text=words))
            assert not reply.refused, reply

    await asyncio.gather(*(client() for _ in range(at_once)))


def _write_script(script: Path, server: Server, url: str) -> None:
    """Fill the script in with the columns of each table, and the rows that the first handoff made."""
    database = str(make_url(url).database)
    copies = {}
    for table, changed in _COPIES.items():
        names = server.ask(
            "SELECT column_name FROM information_schema.columns "
            f"WHERE table_name = '{table}' ORDER BY ordinal_position",
            database,
        )
        copies[table] = ", ".join(changed.get(str(name), str(name)) for (name,) in names)
    ((message,),) = server.ask("SELECT number FROM outbox WHERE series LIKE 'receipt:H-1@%' LIMIT 1", database)
    ((entry,),) = server.ask("SELECT max(seq) FROM audit WHERE subject = 'H-1'", database)
    ((agreement, commitment),) = server.ask("SELECT agreement, commitment FROM handoffs WHERE number = 1", database)
    filled = SCRIPT.format(message=message, entry=entry, agreement=agreement, commitment=commitment, **copies)
    script.write_text(filled)


def _pgbench(server: Server, url: str, script: Path, clients: int, seconds: int) -> float:
    """Transactions a second of the script, by so many clients."""
    command = [
        str(server.programs / "pgbench"), "--no-vacuum", f"--client={clients}", f"--time={seconds}", f"--file={script}",
        f"--host={server.admin.query['host']}", "--username=kept", str(make_url(url).database),
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"tps = ([\d.]+)", said)
    assert found is not None, said
    return float(found[1])
