"""The audit log is a chain: whoever changes, moves or takes out an entry is found out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.clock import MovableClock
from bot.store import audit
from bot.store.audit import Verdict
from bot.store.database import Database
from bot.store.tx import Tx
from slacore.errors import Refusal
from tests.bot.store.promises import NOON


async def write(tx: Tx, what: str = "HandoffLogged", subject: str = "H-1") -> int:
    return await audit.append(
        tx,
        at=NOON,
        actor="josh",
        via="web",
        what=what,
        subject=subject,
        before=None,
        after={"quantity": 25, "note": "zażółć 🎉 \u202eabc"},
    )


async def test_entries_form_one_chain_through_batches_and_jobs_that_fail(database: Database) -> None:
    async def fails(tx: Tx) -> None:
        await write(tx)
        raise Refusal("No.", "Ask again.")

    for _ in range(3):
        for job in (write, fails, write):
            try:
                await database.write("x", job)
            except Refusal:
                continue
    await database.write("y", write)
    assert await database.read("x", audit.verify) == Verdict(ok=True, entries=6)
    assert await database.read("y", audit.verify) == Verdict(ok=True, entries=1)
    assert await database.read("z", audit.verify) == Verdict(ok=True, entries=0)


async def test_the_newest_entries_about_a_key_come_first(database: Database) -> None:
    for number in range(5):
        await database.write("x", lambda tx, n=number: write(tx, f"step {n}", f"H-{n % 2}"))  # type: ignore[misc]
    found = await database.read("x", lambda tx: audit.about(tx, "H-0", 2))
    assert [(line.seq, line.what) for line in found] == [(5, "step 4"), (3, "step 2")]
    assert (found[0].before, found[0].after) == (None, {"quantity": 25, "note": "zażółć 🎉 \u202eabc"})
    assert (found[0].at, found[0].actor, found[0].via) == (NOON, "josh", "web")


TAMPERING: dict[str, tuple[Callable[[sqlite3.Connection], object], int, str]] = {
    "an entry is changed": (
        lambda file: file.execute("UPDATE audit SET after = '{}' WHERE seq = 2"), 2, "changed",
    ),
    "a moment is changed": (
        lambda file: file.execute("UPDATE audit SET happened_at = happened_at + 1 WHERE seq = 3"), 3, "changed",
    ),
    "an entry is changed and hashed anew": (
        lambda file: file.execute("UPDATE audit SET hash = ? WHERE seq = 2", ("0" * 64,)), 2, "changed",
    ),
    "an entry is taken out": (lambda file: file.execute("DELETE FROM audit WHERE seq = 2"), 2, "missing"),
    "two entries change places": (
        lambda file: file.executescript(
            "UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3;"
            "UPDATE audit SET seq = 3 WHERE seq = 99"
        ), 2, "changed",
    ),
    "the end is cut off": (lambda file: file.execute("DELETE FROM audit WHERE seq > 2"), 3, "newest"),
    "all of it is gone": (lambda file: file.execute("DELETE FROM audit"), 1, "newest"),
    "the head is put back": (lambda file: file.execute("UPDATE audit_heads SET entries = 2"), 4, "head"),
    "another company's entry is put in": (
        lambda file: file.executescript(
            "DELETE FROM audit WHERE workspace_id = 'x' AND seq = 1;"
            "UPDATE audit SET workspace_id = 'x' WHERE workspace_id = 'y'"
        ), 1, "changed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("how", TAMPERING)
async def test_tampering_with_the_file_is_found_at_the_first_entry_that_does_not_hold(
    url: str, clock: MovableClock, how: str
) -> None:
    tamper, first_bad, why = TAMPERING[how]
    database = await Database.open(url, clock)
    for number in range(4):
        await database.write("x", lambda tx, n=number: write(tx, f"step {n}"))  # type: ignore[misc]
    await database.write("y", lambda tx: write(tx, "theirs"))
    with sqlite3.connect(str(Path(str(make_url(url).database)))) as file:
        for table in ("audit", "handoff_entries"):
            for verb in ("update", "delete"):
                file.execute(f"DROP TRIGGER {table}_only_grows_{verb}")
        tamper(file)
    file.close()
    verdict = await database.read("x", audit.verify)
    await database.close()
    assert not verdict.ok
    assert verdict.first_bad == first_bad
    assert why in verdict.why
