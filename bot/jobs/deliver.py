"""The outbox's worker: says what waits to be said, once, and finds out what became of it.

Everything it knows is in the rows; it may be killed at any instant, and several may run at once.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import math
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.card import Card, Note
from bot.chat.messenger import CannotLook, DeliveryFailed, MessageRef, Messenger
from bot.chat.talk import Platform
from bot.clock import Clock
from bot.store import deliveries, outbox, outcomes
from bot.store.database import Database, DatabaseGone
from bot.store.deliveries import Claiming, Draw, Pace, Paces, as_written
from bot.store.outbox import TOPIC, Letter, State
from bot.store.tx import Tx

_log = logging.getLogger(__name__)

ANSWER_WITHIN = 10.0
"""Seconds a platform has to answer; well inside the lease."""
LEASE = timedelta(seconds=60)
FIRST_PAUSE = 0.1
"""Seconds after which an outcome that could not be written is written again; then after twice as long, to a second."""
LOOKS_APART, RESTS = 0.05, 100
"""Seconds between two looks at the outbox that commits ask for, and how many times as long as a look took.

A channel may be spoken in once a second; fifty people who log a month's handoffs commit many times a second, and each
look goes through all that waits.
"""
LOOKS_EVERY = 1.0
"""Seconds after which the outbox is looked at even if nothing woke the worker: other processes write to it too."""

PACES: Paces = {
    "slack": (Pace(1, timedelta(seconds=1)),),
    "teams": (
        Pace(7, timedelta(seconds=1)),
        Pace(8, timedelta(seconds=2)),
        Pace(60, timedelta(seconds=30)),
        Pace(1800, timedelta(hours=1)),
    ),
    "web": (),
}
"""How fast one conversation may be spoken in, by platform."""

Outcome = Callable[[Tx, datetime], Awaitable[State | None]]
Reroute = Callable[[Tx, Letter], Awaitable[None]]


class Deliverer:
    """Carries out the outbox through one messenger a platform.

    `relevance` tells, at the last moment, why a message need not be said any more, and `draw` what
    it says by then; `reroute` is asked for another way in the transaction in which a message turns
    out to be undeliverable.
    Life cycle: `run` until `stop`, or `run_once` by hand.
    """

    def __init__(
        self,
        database: Database,
        messengers: Mapping[Platform, Messenger],
        clock: Clock,
        *,
        relevance: Callable[[Tx, Letter], Awaitable[str | None]],
        reroute: Reroute,
        draw: Draw = as_written,
        paces: Paces = PACES,
        answer_within: float = ANSWER_WITHIN,
        lease: timedelta = LEASE,
        at_once: int = 20,
    ) -> None:
        """Take what delivering needs; nothing runs yet. `at_once` bounds the calls under way."""
        self._database = database
        self._messengers = dict(messengers)
        self._clock = clock
        self._relevance = relevance
        self._reroute = reroute
        self._draw = draw
        self._paces: dict[str, tuple[Pace, ...]] = {platform: paces.get(platform, ()) for platform in self._messengers}
        self._answer_within = answer_within
        self._lease = lease
        self._at_once = at_once
        self._owner = uuid.uuid4().hex
        self._under_way: dict[asyncio.Task[None], tuple[str, int]] = {}
        self._served: dict[str, int] = {}
        self._turns = itertools.count(1)
        self._awake = asyncio.Event()
        self._rests_until = -math.inf
        self._waking: asyncio.TimerHandle | None = None
        self._turn = asyncio.Lock()
        self._stopping = False
        self._runs = False

    async def run_once(self) -> int:
        """Say and look up all that can be now, including what that makes possible; how many calls were made."""
        async with self._turn:
            calls = 0
            try:
                while True:
                    calls += await self._begin()
                    if not self._under_way:
                        return calls
                    await self._something()
                    self._tidy()
            except asyncio.CancelledError:
                self._give_up()
                raise
            finally:
                await self._finish()

    async def run(self) -> None:
        """Deliver until `stop`: at once when something is said, else when the next moment comes."""
        forget = self._database.subscribe(TOPIC, self._wake)
        self._runs = True
        try:
            while not self._stopping:
                self._awake.clear()
                try:
                    await self.run_once()
                    pause = await self._pause()
                except DatabaseGone as error:
                    _log.warning("the outbox cannot be read: %s", error)
                    pause = LOOKS_EVERY
                except Exception:  # noqa: BLE001 -- the worker outlives whatever one round meets
                    _log.exception("the outbox cannot be carried out; trying again")
                    pause = LOOKS_EVERY
                try:
                    await asyncio.wait_for(self._awake.wait(), pause)
                except TimeoutError:
                    continue
        finally:
            self._runs = False
            forget()
            if self._waking is not None:
                self._waking.cancel()

    def stop(self) -> None:
        """Begin nothing new; `run` returns when the calls under way are answered or timed out."""
        self._stopping = True
        self._awake.set()

    def _wake(self) -> None:
        """Look at once; soon, where one has only just looked."""
        if self._waking is None:
            pause = max(0.0, self._rests_until - self._clock.monotonic())
            self._waking = asyncio.get_running_loop().call_later(pause, self._awaken)

    def _awaken(self) -> None:
        self._waking = None
        self._awake.set()

    async def next_at(self) -> datetime | None:
        """The next moment at which there may be something to say or look up; None while nothing waits."""
        return await self._database.everywhere(lambda view: deliveries.next_at(view, self._clock.now()))

    async def _pause(self) -> float:
        upcoming = await self.next_at()
        if upcoming is None:
            return LOOKS_EVERY
        return min(LOOKS_EVERY, max(0.01, (upcoming - self._clock.now()).total_seconds()))

    async def _begin(self) -> int:
        """Claim as much as there is room for, and set the calls going."""
        begun, wants_more = 0, True
        while wants_more and not self._stopping and len(self._under_way) < self._at_once:
            wants_more = False
            now, began = self._clock.now(), self._clock.monotonic()
            due = await self._database.everywhere(
                lambda view, now=now: deliveries.workspaces_due(view, now, self._messengers.keys())  # type: ignore[misc]
            )
            looked_at = self._clock.monotonic()
            self._rests_until = looked_at + min(LOOKS_EVERY, max(LOOKS_APART, RESTS * (looked_at - began)))
            # Whoever was served longest ago comes first, and takes no more than a share: a company whose
            # platform hangs has so many calls under way, and no other waits for them.
            for left, workspace in zip(range(len(due), 0, -1), sorted(due, key=self._served_at), strict=True):
                room = self._at_once - len(self._under_way)
                if room <= 0:
                    break
                share = -(-room // left)
                letters = await self._claim(workspace, share)
                self._served[workspace] = next(self._turns)
                wants_more = wants_more or (len(letters) == share < room)
                for letter in letters:
                    task = asyncio.create_task(self._carry_out(workspace, letter), name=f"deliver {letter.ref}")
                    self._under_way[task] = (workspace, letter.number)
                begun += len(letters)
        return begun

    def _served_at(self, workspace: str) -> int:
        return self._served.get(workspace, 0)

    async def _claim(self, workspace: str, room: int) -> list[Letter]:
        claiming = Claiming(
            owner=self._owner,
            lease=self._lease,
            paces=self._paces,
            relevance=self._relevance,
            in_flight=frozenset(number for where, number in self._under_way.values() if where == workspace),
            most=room,
            draw=self._draw,
        )
        return await self._database.write(workspace, lambda tx: deliveries.claim(tx, self._clock.now(), claiming))

    async def _carry_out(self, workspace: str, letter: Letter) -> None:
        try:
            outcome = await (self._look(letter) if letter.state == "RECONCILING" else self._say(letter))
        except asyncio.CancelledError:
            # Being stopped while the platform works: what it did is not known, and that is what is written.
            await self._write(workspace, letter, _stopped(letter))
            raise
        await self._write(workspace, letter, outcome)

    async def _say(self, letter: Letter) -> Outcome:
        messenger = self._messengers[letter.place.platform]
        card = _marked(letter)
        try:
            async with asyncio.timeout(self._answer_within):
                if letter.action == "edit" and letter.message is not None:
                    said = await messenger.edit(letter.message, card, delivery_id=letter.delivery_id)
                else:
                    said = await messenger.post(
                        letter.place,
                        card,
                        delivery_id=letter.delivery_id,
                        ref=letter.ref,
                        alerts=letter.kind == "escalation",
                    )
        except DeliveryFailed as failed:
            return _failed(letter, failed)
        except TimeoutError:
            return _unknown(letter, f"no answer within {self._answer_within:g} seconds")
        except Exception as error:  # noqa: BLE001 -- whatever broke, the message may be out
            _log.exception("a messenger broke while it said %s", letter.delivery_id)
            return _unknown(letter, f"{type(error).__name__}: {error}")
        return _arrived(letter, said)

    async def _look(self, letter: Letter) -> Outcome:
        messenger = self._messengers[letter.place.platform]
        try:
            async with asyncio.timeout(self._answer_within):
                found = await messenger.find(letter.place, letter.delivery_id)
        except CannotLook:
            return lambda tx, now: outcomes.cannot_look(tx, letter, now)
        except DeliveryFailed as failed:
            why, retry_after = str(failed), failed.retry_after
            if failed.outcome == "impossible":
                return lambda tx, now: outcomes.impossible(tx, letter, why, now)
        except TimeoutError:
            why, retry_after = "no answer to the looking up", None
        except Exception as error:  # noqa: BLE001 -- a look that broke is a look that failed
            _log.exception("a messenger broke while it looked for %s", letter.delivery_id)
            why, retry_after = f"{type(error).__name__}: {error}", None
        else:
            if found is None:
                return lambda tx, now: outcomes.not_found(tx, letter, now)
            return _arrived(letter, found)
        return lambda tx, now: outcomes.look_failed(tx, letter, why, retry_after, now)

    async def _write(self, workspace: str, letter: Letter, outcome: Outcome) -> None:
        """Write what became of a letter, and find another way for one that is dead."""

        async def settle(tx: Tx) -> State | None:
            state = await outcome(tx, self._clock.now())
            if state == "DEAD":
                await self._reroute(tx, await outbox.find(tx, letter.number) or letter)  # with why it died
            return state

        needs = (outbox.of_number(letter.number),)
        try:
            state = await self._outlasting(lambda: self._database.write(workspace, settle, needs))
        except DatabaseGone as error:
            # The lease runs out, the row becomes unknown, and is looked up: nothing is lost.
            _log.error("the outcome of %s could not be written: %s", letter.delivery_id, error)
            return
        except Exception:  # noqa: BLE001 -- what is known of the message must not depend on finding another way
            _log.exception("no other way was found for %s", letter.delivery_id)
            state = await self._database.write(workspace, lambda tx: outcome(tx, self._clock.now()))
        if state is None:
            _log.warning("%s was taken over before its outcome was written", letter.delivery_id)

    async def _outlasting(self, write: Callable[[], Awaitable[State | None]]) -> State | None:
        """Write an outcome; where a running worker's database is away, keep the outcome in mind until it is back.

        Where nobody can look a message up, forgetting what became of it would say it once more.
        """
        pause = FIRST_PAUSE
        while True:
            try:
                return await write()
            except DatabaseGone as error:
                if not self._runs or self._stopping:
                    raise
                _log.warning("an outcome waits for the database: %s", error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LOOKS_EVERY)

    def _tidy(self) -> None:
        for task in [task for task in self._under_way if task.done()]:
            del self._under_way[task]
            if not task.cancelled() and (error := task.exception()) is not None:
                _log.error("a delivery ended in an error", exc_info=error)

    async def _something(self) -> None:
        """Wait until a call is answered, something new is said, or it is time to look again."""
        said = asyncio.create_task(self._awake.wait())
        try:
            await asyncio.wait({said, *self._under_way}, timeout=LOOKS_EVERY, return_when=asyncio.FIRST_COMPLETED)
        finally:
            said.cancel()
        self._awake.clear()

    def _give_up(self) -> None:
        """Stop the calls under way; each writes that its outcome is unknown."""
        for task in self._under_way:
            task.cancel()

    async def _finish(self) -> None:
        """Wait until what became of every call is written."""
        if self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)
            self._tidy()


def _marked(letter: Letter) -> Card:
    """Say that a message may have been said before, where nobody could look."""
    if not letter.possible_repeat:
        return letter.card
    known_as = f", ref {letter.ref}" if letter.ref else ""
    return replace(letter.card, blocks=(*letter.card.blocks, Note((f"Possible repeat{known_as}.",))))


def _failed(letter: Letter, failed: DeliveryFailed) -> Outcome:
    why = str(failed)
    match failed.outcome:
        case "not sent":
            return lambda tx, now: outcomes.not_sent(tx, letter, why, failed.retry_after, now)
        case "impossible":
            return lambda tx, now: outcomes.impossible(tx, letter, why, now)
        case _:
            return _unknown(letter, why)


def _unknown(letter: Letter, why: str) -> Outcome:
    return lambda tx, now: outcomes.unknown(tx, letter, why, now)


def _arrived(letter: Letter, message: MessageRef) -> Outcome:
    return lambda tx, now: outcomes.sent(tx, letter, message, now)


def _stopped(letter: Letter) -> Outcome:
    why = "Kept was stopped before it heard the answer"
    if letter.state == "RECONCILING":
        return lambda tx, now: outcomes.look_failed(tx, letter, why, 1.0, now)
    return _unknown(letter, why)
