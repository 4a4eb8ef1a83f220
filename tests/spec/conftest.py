"""Behaviour is told in a world of its own, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.beginnings import BEGINS, Beginnings, Worlds
from tests.databases import Databases
from tests.world import World

__all__ = ["BEGINS"]


@pytest.fixture(scope="session")
def beginnings() -> Beginnings:
    """What worlds of this run began with."""
    return {}


@pytest.fixture
async def worlds(databases: Databases, beginnings: Beginnings) -> AsyncIterator[Worlds]:
    """Gives worlds of a test's own making, and closes them."""
    given = Worlds(databases, beginnings)
    yield given
    await given.close()


@pytest.fixture
async def world(worlds: Worlds) -> AsyncIterator[World]:
    """Company X on the morning of 1 October 2026, with its agreement in force. Unexpected words fail the test."""
    opened = await worlds.begin()
    yield opened
    opened.everyone_else_heard_nothing()
