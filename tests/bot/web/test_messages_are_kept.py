"""The rooms in memory, which the other tests of this door stand on, keep messages as the store does."""

from __future__ import annotations

import pytest

from tests.bot.web.keeping import Keeping
from tests.bot.web.memory import MemoryMessages


class TestInMemory(Keeping):
    @pytest.fixture
    def messages(self) -> MemoryMessages:
        return MemoryMessages()
