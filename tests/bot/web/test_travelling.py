"""Moving the clock: how far each button goes, and one journey at a time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.web.bell import Bell
from bot.web.travels import By, Travels, destination
from slacore.errors import Refusal
from tests.bot.web.browser import Browser
from tests.bot.web.memory import NEW_YORK, STARTS, HandClock, House

ROOM = "/rehearsal/amy/smarketing"


def local(text: str, zone: str = NEW_YORK) -> datetime:
    return datetime.strptime(text, "%d %b %Y %H:%M").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("by", "now", "then"),
    [
        ("hour", "16 Oct 2026 16:30", "16 Oct 2026 17:30"),
        ("day", "16 Oct 2026 16:30", "17 Oct 2026 16:30"),
        ("day", "31 Oct 2026 12:00", "01 Nov 2026 12:00"),  # 25 hours: the night the clocks go back
        ("day", "13 Mar 2027 12:00", "14 Mar 2027 12:00"),  # 23 hours
        ("month", "16 Oct 2026 16:30", "01 Nov 2026 00:00"),
        ("month", "01 Nov 2026 00:00", "01 Dec 2026 00:00"),
        ("month", "31 Dec 2026 23:59", "01 Jan 2027 00:00"),
    ],
)
async def test_each_button_goes_as_far_as_it_says_on_the_readers_wall(by: By, now: str, then: str) -> None:
    assert await destination(by, HandClock(local(now)), NEW_YORK) == local(then)


async def test_the_next_thing_is_where_something_happens_by_itself() -> None:
    clock = HandClock()
    clock.falls_due = [(clock.moment + timedelta(days=3), lambda: None)]
    assert await destination("next", clock, NEW_YORK) == clock.moment + timedelta(days=3)


async def test_what_is_due_already_is_reached_without_going_back() -> None:
    clock = HandClock()
    clock.falls_due = [(clock.moment - timedelta(days=3), lambda: None)]
    assert await destination("next", clock, NEW_YORK) == clock.moment


async def test_what_is_due_already_happens_when_it_is_asked_for() -> None:
    clock = HandClock()
    happened: list[datetime] = []
    clock.falls_due = [(clock.moment, lambda: happened.append(clock.now()))]
    await Travels(clock, Bell()).move("next", delivery="d1", zone=NEW_YORK)
    assert happened == [STARTS]


async def test_where_nothing_is_to_come_there_is_nowhere_to_go() -> None:
    with pytest.raises(Refusal, match="Nothing is due"):
        await destination("next", HandClock(), NEW_YORK)


async def test_a_second_journey_is_refused_while_one_is_under_way() -> None:
    clock = HandClock()
    clock.way_is_free.clear()
    travels, start = Travels(clock, Bell()), clock.moment
    first = asyncio.create_task(travels.go(start + timedelta(days=1), delivery="d1", zone=NEW_YORK))
    await asyncio.sleep(0)
    with pytest.raises(Refusal, match="already on its way to Fri 2 Oct 09:00"):
        await travels.go(start + timedelta(days=2), delivery="d2", zone=NEW_YORK)
    clock.way_is_free.set()
    await first
    await travels.go(start + timedelta(days=2), delivery="d2", zone=NEW_YORK)
    assert clock.now() == start + timedelta(days=2)


async def test_the_same_request_again_joins_its_journey() -> None:
    clock = HandClock()
    clock.way_is_free.clear()
    travels, start = Travels(clock, Bell()), clock.moment
    twice = [asyncio.create_task(travels.move("day", delivery="d1", zone=NEW_YORK)) for _ in range(2)]
    await asyncio.sleep(0)
    clock.way_is_free.set()
    await asyncio.gather(*twice)
    await travels.move("day", delivery="d1", zone=NEW_YORK)
    assert clock.journeys == [start + timedelta(days=1)]


async def test_the_last_thing_asked_for_twice_is_reached_once_and_not_refused() -> None:
    clock = HandClock()
    clock.falls_due = [(clock.moment + timedelta(days=3), lambda: None)]
    travels = Travels(clock, Bell())
    for _ in range(2):
        await travels.move("next", delivery="d1", zone=NEW_YORK)
    assert clock.now() == STARTS + timedelta(days=3)


async def test_a_journey_goes_on_when_the_page_that_asked_is_closed() -> None:
    clock = HandClock()
    clock.way_is_free.clear()
    travels, start = Travels(clock, Bell()), clock.moment
    asked = asyncio.create_task(travels.go(start + timedelta(days=1), delivery="d1", zone=NEW_YORK))
    await asyncio.sleep(0)
    asked.cancel()
    await asyncio.wait([asked])
    clock.way_is_free.set()
    await travels.go(start, delivery="d1", zone=NEW_YORK)
    assert clock.now() == start + timedelta(days=1)


async def test_a_journey_that_fails_leaves_the_way_free() -> None:
    clock = HandClock()

    def fall() -> None:
        msg = "the bridge is out"
        raise RuntimeError(msg)

    clock.falls_due = [(clock.moment + timedelta(hours=1), fall)]
    travels = Travels(clock, Bell())
    with pytest.raises(RuntimeError):
        await travels.go(clock.moment + timedelta(days=1), delivery="d1", zone=NEW_YORK)
    assert travels.going_to is None


async def test_a_button_pressed_twice_is_one_journey(browser: Browser, house: House) -> None:
    page = await browser.open(ROOM)
    start = house.clock.moment
    await page.submit("/clock", by="day")
    await page.submit("/clock", by="day")
    assert house.clock.moment == start + timedelta(days=1)


async def test_pressed_again_on_the_page_that_came_of_it_it_is_another(browser: Browser, house: House) -> None:
    page = await browser.open(ROOM)
    start = house.clock.moment
    await (await page.submit("/clock", by="day")).submit("/clock", by="day")
    assert house.clock.moment == start + timedelta(days=2)


async def test_a_move_that_is_no_button_is_refused(browser: Browser, house: House) -> None:
    start = house.clock.moment
    page = await (await browser.open(ROOM)).submit("/clock", by="century")
    assert (page.status, house.clock.moment) == (409, start)
