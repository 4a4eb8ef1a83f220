"""Behaviour is told in a world of its own, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.world import World, moment

BEGINS = "Thu 01 Oct 2026 08:30"


@pytest.fixture
async def world(url: str) -> AsyncIterator[World]:
    """Company X on the morning of 1 October 2026, with its agreement in force. Unexpected words fail the test."""
    opened = await World.open(url, moment(BEGINS))
    await opened.agrees()
    yield opened
    await opened.close()
    opened.everyone_else_heard_nothing()
