"""Three answers in ten are bad, and still every receipt is said: once, or marked where nobody could look."""

from __future__ import annotations

from pathlib import Path

from tests.slack.faults import deliver_through_faults


async def test_with_history_every_message_arrives_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kept.db"
    lost, doubled, _, _ = await deliver_through_faults(url, "company", read_back=True, messages=60)
    assert (lost, doubled) == (0, 0)


async def test_without_history_nothing_is_lost_and_every_repeat_is_marked(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kept.db"
    lost, _, unmarked, _ = await deliver_through_faults(url, "company", read_back=False, messages=60)
    assert (lost, unmarked) == (0, 0)
