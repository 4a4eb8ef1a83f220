"""What a process remembers between transactions is bounded."""

import pytest

from bot.store.engine import memories
from bot.store.engine.memories import Memory


def test_a_full_memory_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "MOST_REMEMBERED", 2)
    memory = Memory()
    for key in "abba":
        memory[key] = key
    assert memory == {"a": "a", "b": "b"}
    memory["c"] = "c"
    assert memory == {"c": "c"}
