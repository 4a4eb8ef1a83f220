"""What a monitor is told: counts and ages, never words; and what is read in a log."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import watching
from bot.chat.card import Card
from bot.chat.talk import Place
from bot.jobs.tick import next_thing
from bot.logs import begin
from bot.sections import LogFormat
from bot.store import outbox
from bot.store.outbox import Saying
from bot.store.tx import Tx
from tests.spec.conftest import beginnings, world, worlds
from tests.world import WORKSPACE, World

__all__ = ["beginnings", "world", "worlds"]


async def asked(world: World) -> dict[str, float]:
    """The gauges by name, as a monitor reads them."""
    app = web.Application()
    watching.add_routes(app, world.house)
    async with TestClient(TestServer(app)) as monitor:
        answer = await monitor.get("/metrics")
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        text = await answer.text()
    assert "josh" not in text
    assert "leads" not in text
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


async def test_what_waits_is_counted_and_the_oldest_has_its_age(world: World) -> None:
    quiet = await asked(world)
    assert quiet['kept_messages{state="waiting"}'] == 0
    assert quiet["kept_oldest_message_seconds"] == quiet["kept_behind_seconds"] == quiet["kept_put_off"] == 0
    await world.house.database.write(WORKSPACE, say_something)
    due = await next_thing(world.house.database, WORKSPACE)
    assert due is not None
    said_at = world.clock.now()
    world.clock.set(due + timedelta(seconds=90))
    busy = await asked(world)
    assert busy['kept_messages{state="waiting"}'] == 1
    assert busy['kept_messages{state="held"}'] == busy['kept_messages{state="unclear"}'] == 0
    assert busy["kept_oldest_message_seconds"] == (due + timedelta(seconds=90) - said_at).total_seconds()
    assert busy["kept_behind_seconds"] == 90


async def say_something(tx: Tx) -> None:
    card = Card("Josh owes 100 leads", "Josh owes 100 leads")
    place = Place(WORKSPACE, "web", "channel", "smarketing")
    await outbox.say(tx, Saying(dedupe_key="x", place=place, card=card, kind="note", series="x"))


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[LogFormat], str]:
    """What stands in the log after a failure, in either form."""

    def fail(form: LogFormat) -> str:
        monkeypatch.setattr(logging, "root", logging.RootLogger(logging.WARNING))
        begin("info", form)
        try:
            msg = "the disk is full"
            raise OSError(msg)
        except OSError as error:
            logging.root.handle(
                logging.makeLogRecord(
                    {"name": "bot.x", "levelname": "ERROR", "levelno": 40, "msg": "%s failed", "args": ("ä",)}
                    | {"created": 0.25, "exc_info": (type(error), error, error.__traceback__)}
                )
            )
        return capsys.readouterr().err

    return fail


def test_a_line_of_the_log_begins_with_its_moment_in_utc(logged: Callable[[LogFormat], str]) -> None:
    first, *trace = logged("text").splitlines()
    assert first == "1970-01-01T00:00:00.250Z ERROR bot.x: ä failed"
    assert trace[-1] == "OSError: the disk is full"


def test_a_program_reads_an_object_a_line_with_its_trace(logged: Callable[[LogFormat], str]) -> None:
    (line,) = logged("json").splitlines()
    said = json.loads(line)
    assert said.pop("trace").endswith("OSError: the disk is full")
    assert said == {"at": "1970-01-01T00:00:00.250Z", "level": "error", "where": "bot.x", "what": "ä failed"}
