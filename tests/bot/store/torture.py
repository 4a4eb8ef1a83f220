"""An ordeal for the outbox: many messages, a wire that breaks, workers that die; and an account of the outcome."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from bot.chat.talk import Place
from bot.clock import MovableClock
from bot.jobs.deliver import Deliverer
from bot.store import outbox
from bot.store.database import Database
from bot.store.outbox import Saying
from bot.store.tx import Tx
from tests.bot.store.promises import begin_company
from tests.bot.store.wire import Message, Wire, always_wanted, at_random, no_other_way, saying

NUDGES = ("nudge", "digest")


@dataclass(frozen=True, slots=True)
class Ordeal:
    """How much is to be borne. `share` of all calls break; the rest of the time all is well."""

    messages: int
    seed: int
    reads_back: bool
    share: float = 0.3
    workers: int = 2
    conversations: int = 6
    answer_within: float = 0.02
    at_a_time: int = 30


@dataclass(slots=True)
class Told:
    """What became of it, by the words of the messages concerned."""

    faults: int
    calls: int
    most_at_once: int
    lost: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    repeated_unmarked: list[str] = field(default_factory=list)
    nudged_twice: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)


async def suffer(url: str, clock: MovableClock, ordeal: Ordeal) -> Told:
    """Say everything, a part of it in between; let workers carry it out until nothing is left to do."""
    faults: Counter[str] = Counter()
    wire = Wire(reads_back=ordeal.reads_back)
    wire.plan = _counted(at_random(ordeal.seed, ordeal.share), faults)
    databases = [await Database.open(url, clock) for _ in range(ordeal.workers)]
    await databases[0].write("x", begin_company)
    words = words_of(ordeal)
    spoken: list[Saying] = []
    logging.disable(logging.ERROR)  # each death and each piece of garbage would be told at length
    try:
        for part in _parts(words, ordeal.at_a_time):
            await databases[0].write("x", lambda tx, part=part: _say(tx, part))  # type: ignore[misc]
            spoken += part
            await _work(databases, clock, wire, ordeal, rounds=3)
        await _work(databases, clock, wire, ordeal, rounds=2_000)
    finally:
        logging.disable(logging.NOTSET)
        await asyncio.gather(*(database.close() for database in databases))
    return account(wire, spoken, faults.total())


async def _say(tx: Tx, part: list[Saying]) -> None:
    for each in part:
        await outbox.say(tx, each)


async def _work(databases: list[Database], clock: MovableClock, wire: Wire, ordeal: Ordeal, rounds: int) -> None:
    workers = [_worker(database, clock, wire, ordeal) for database in databases]
    for _ in range(rounds):
        await asyncio.gather(*(worker.run_once() for worker in workers))
        upcoming = await workers[0].next_at()
        if upcoming is None:
            return
        clock.set(min(upcoming, clock.now() + timedelta(minutes=10)))


def _worker(database: Database, clock: MovableClock, wire: Wire, ordeal: Ordeal) -> Deliverer:
    return Deliverer(
        database,
        {"web": wire},
        clock,
        relevance=always_wanted,
        reroute=no_other_way,
        answer_within=ordeal.answer_within,
    )


def words_of(ordeal: Ordeal) -> list[Saying]:
    """Posts of every kind in several conversations, and after some of them a change."""
    dice = random.Random(ordeal.seed)
    found: list[Saying] = []
    for number in range(ordeal.messages):
        place = Place("x", "web", "channel", f"#{number % ordeal.conversations}")
        kind = dice.choice(["receipt", "receipt", "report", "escalation", "nudge", "digest"])
        found.append(saying(f"message {number}", place, kind=kind, series=f"series {number}"))
    for post in dice.sample(found, ordeal.messages // 5):
        words = f"{post.card.summary}, changed"
        changed = saying(words, post.place, kind=post.kind, series=post.series, action="edit")
        found.insert(dice.randint(found.index(post) + 1, len(found)), changed)
    return found


def account(wire: Wire, spoken: list[Saying], faults: int) -> Told:
    told = Told(faults, wire.calls, wire.most_at_once)
    copies: defaultdict[str, list[Message]] = defaultdict(list)
    for message in wire.messages:
        copies[message.delivery_id].append(message)
    by_series: defaultdict[str, list[Saying]] = defaultdict(list)
    for each in spoken:
        by_series[each.series].append(each)
    for series, sayings in by_series.items():
        posts = [copies[outbox.delivery_id_of("x", each.dedupe_key)] for each in sayings]
        arrived = [message for each in posts for message in each]
        nudge = sayings[0].kind in NUDGES
        if not arrived and (not nudge or wire.reads_back):
            told.lost.append(series)
        if len(arrived) > 1:
            told.repeated.append(series)
        for said in posts:
            if nudge and len(said) > 1:
                told.nudged_twice.append(series)
            if any(not message.marked and not _changed(message) for message in said[1:]):
                told.repeated_unmarked.append(series)
        if arrived and wire.reads_back and arrived[-1].words != sayings[-1].card.summary:
            told.outdated.append(series)
        told.marked += [message.words for message in arrived if message.marked]
    told.out_of_order = [place for place in {each.place.id for each in wire.messages} if not _in_order(wire, place)]
    return told


def _changed(message: Message) -> bool:
    """A change replaces the words, and with them the mark, of the copy it found."""
    return message.words.endswith("changed")


def _in_order(wire: Wire, place: str) -> bool:
    numbers = [int(each.words.split()[1].rstrip(",")) for each in wire.messages if each.place.id == place]
    return numbers == sorted(numbers)


def _counted(plan: Iterator[str], faults: Counter[str]) -> Iterator[str]:
    for fault in plan:
        if fault:
            faults[fault] += 1
        yield fault


def _parts(words: list[Saying], size: int) -> Iterator[list[Saying]]:
    for start in range(0, len(words), size):
        yield words[start : start + size]
