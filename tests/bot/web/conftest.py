"""A rehearsal room with a house in memory behind it, and a browser in front."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.web.browser import Browser, visitor
from tests.bot.web.memory import House


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def browser(house: House) -> AsyncIterator[Browser]:
    browser, client = await visitor(house)
    yield browser
    await client.close()
