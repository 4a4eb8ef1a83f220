"""One company in a machine's hand: somebody says something, time passes, and what changed is on the record."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import RowMapping, Table

from bot.desk.sitting import Sitting, sit
from bot.store import audit, tables
from bot.store.tx import Tx
from slacore.agreements import Terms
from slacore.commitments import Volume
from slacore.standing import goal_of
from tests.life import truths
from tests.life.papers import SIDES, Draft, Papers
from tests.life.rows import Rows, changed
from tests.world import WORKSPACE, World, moment, private

BEGINS = "Mon 05 Oct 2026 09:00"
BESIDE = frozenset({"outbox", "schedules", "counters", "conversations"})
"""What may change without a line in the record: words on their way, and when to look again."""


@dataclass(frozen=True, slots=True)
class Databases:
    """Where a company's rows are: the product's address, one that sees past all walls, a folder for files."""

    url: str
    beyond: str
    folder: Path


class Company(RuleBasedStateMachine):
    """A house over a database of its own, which `fresh` gives."""

    fresh: Callable[[], Databases]

    def __init__(self) -> None:
        """Open a house over a database with nothing in it."""
        super().__init__()
        self.runner = asyncio.Runner()
        made = type(self).fresh()
        self.folder = made.folder
        self.world = self.runner.run(World.open(made.url, moment(BEGINS)))
        self.rows = Rows(made.beyond)
        self.papers = Papers()
        self.marks: dict[str, int] = {}
        self.lines = self.acts = 0
        self.sound = False
        self.kinds: set[str] = set()
        self._terms: tuple[tuple[int, int], dict[int, Terms]] = (0, 0), {}

    def teardown(self) -> None:
        """At the end the record is whole, and standings are what a recount gives."""
        try:
            if self.sound:
                self.runner.run(self.world.house.database.read(WORKSPACE, self._is_whole))
        finally:
            self.runner.run(self.world.close())
            self.rows.close()
            self.runner.close()

    async def _is_whole(self, tx: Tx) -> None:
        verdict = await audit.verify(tx)
        assert verdict.ok, verdict
        assert verdict.entries == self.lines
        await self.recounted(await sit(tx, self.world.clock.now(), "", "test"))

    async def recounted(self, sitting: Sitting) -> None:
        """Hold what is kept for speed against what a recount gives."""

    def agrees(self, file: Path, versions: int = 1) -> None:
        """An agreement is applied, of which so many versions count; nobody gets a digest."""
        self.runner.run(self.world.agrees(file))
        self.papers.versions = versions
        self.marks, self.lines = self.rows.fingerprint(), len(self.rows.of(tables.audit))
        for each in self.terms[1].people:
            self.says(each.id, "digest off")

    @property
    def today(self) -> date:
        """The date where the agreement is."""
        return self.world.clock.now().astimezone(truths.ZONE).date()

    @property
    def terms(self) -> dict[int, Terms]:
        """The versions there are, read anew whenever one is added or signed."""
        marks = self.marks["agreement_versions"], self.marks["signatures"]
        if self._terms[0] != marks:
            self._terms = marks, self._read_terms()
        return self._terms[1]

    def _read_terms(self) -> dict[int, Terms]:
        async def look(tx: Tx) -> dict[int, Terms]:
            sitting = await sit(tx, self.world.clock.now(), "", "test")
            return {each.number: each.terms for each in sitting.agreements[0].versions}

        return self.runner.run(self.world.house.database.read(WORKSPACE, look))

    def says(self, who: str, words: str, *, settles: bool = True) -> tuple[bool, str]:
        """Somebody says something: whether it was done, and the answer. What is refused has changed nothing."""
        self.acts, self.sound = self.acts + 1, False
        reply = self.runner.run(self.world.direct(who).says(who, words))
        said = private(reply)
        done = not reply.refused and not reply.errors and reply.form is None
        if done:
            self.is_recorded_by(who)
        else:
            after = self.rows.fingerprint()
            assert after == self.marks, (
                f"{who}: {words}\nwas refused, and changed {changed(self.marks, after)}:\n{said}"
            )
            assert reply.form is not None or reply.errors or len(said.split("\n")) > 1, f"{words}: {said}"
        if done and settles:
            self.settle()
        return done, said

    def number(self, letter: str, nth: int) -> int:
        """The number of the newest of a kind, or of one so far before it; 1 where there is none."""
        last = next((each["last"] for each in self.rows.of(tables.counters) if each["letter"] == letter), 0)
        return max(1, last - nth)

    def has(self, letter: str) -> bool:
        """Whether there is any of a kind; asking for one that is not there is told apart in other tests."""
        return letter in self.kinds

    def key(self, letter: str, nth: int) -> str:
        """The same as people say it."""
        return f"{letter}-{self.number(letter, nth)}"

    def row(self, table: Table, number: int) -> RowMapping | None:
        """A row by its number."""
        return next((each for each in self.rows.of(table) if each["number"] == number), None)

    def says_of(self, who: str, verb: str, number: int) -> None:
        allowed = self.papers.allows(who, verb, number, self.today)
        because = " because no" if verb == "decline" else " really?" if verb == "comment" else ""
        done, said = self.says(who, f"agreement {verb} X-{number}{because}")
        assert done == allowed, f"{who} {verb} X-{number}: {said}"
        if done:
            self.papers.did(who, verb, number)

    def drafted(self, who: str, on: date, *, answers: int | None = None) -> None:
        """A draft was written, or what the same side had written and not shown was added to."""
        number, side = self.number("X", 0), SIDES[who]
        if number not in self.papers.drafts:
            self.papers.drafts[number] = Draft(number, side, on, self.papers.versions, answers)
        else:
            self.papers.unseen_of(side, answers).on = on

    def settle(self) -> None:
        self.runner.run(self.world.travelling.settle())
        self.is_recorded_by("")

    def is_recorded_by(self, who: str) -> None:
        """Whatever changed is on the record, by whoever did it."""
        after = self.rows.fingerprint()
        moved = changed(self.marks, after) - BESIDE
        lines = self.rows.of(tables.audit, "seq")
        new = lines[self.lines :]
        assert all(line["actor"] == who for line in new), [dict(line) for line in new]
        if who and moved - {"preferences", "presence"}:
            assert new, f"{moved} changed by {who}, and nothing of it is on the record"
        self.marks, self.lines = after, len(lines)
        self.kinds = {each["letter"] for each in self.rows.of(tables.counters)}

    def targets(self, terms: dict[int, Terms]) -> dict[date, int]:
        """How many leads each week asks for: under the version that it began under, with what was carried there."""
        found: dict[date, int] = {}
        for owed in self.rows.of(tables.obligations):
            if (owed["kind"], owed["commitment"]) == ("period", "leads"):
                leads = terms[owed["version"]].commitment("leads")
                assert isinstance(leads.promise, Volume)
                period = leads.period.containing(owed["period_starts_on"])
                found[period.first_on] = goal_of(leads, leads.promise, terms[owed["version"]], period).target
        for each in self.rows.of(tables.carry_entries):
            if each["to_starts_on"] in found:
                found[each["to_starts_on"]] += each["units"]
        return found
