"""Commands in places without an agreement, keys of another company: refused in words, and nothing is changed."""

from __future__ import annotations

import json
from pathlib import Path

from tests.slack.fake_slack import words_in
from tests.slack.house import Office, office, user


async def handoffs(on: Office) -> list[str]:
    """What the record has of handoffs: their receipts in the channel."""
    await on.settled()
    return [message["text"] for message in on.channel.messages if message["text"].startswith("H-")]


async def test_a_command_in_a_channel_without_agreement_says_where_it_would_work(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        on.slack.add_channel("C9")
        answer = await on.slack.types(user("josh"), "25 qualified leads to sales", command="/handoff", channel="C9")
        assert answer.status == 200
        assert "Nobody has promised qualified leads here." in words_in(answer.body)
        assert "Say it in #smarketing" in words_in(answer.body)
        assert await handoffs(on) == []


async def test_keys_that_are_another_companys_are_no_keys_here(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        await on.slack.types(user("josh"), "25 qualified leads to sales", command="/handoff")
        before = await handoffs(on)
        for says in ("accept H-7001", "dispute H-7001 because no", "done O-7001", "history B-7001", "agreement A-7001"):
            value = json.dumps({"say": says, "version": 1})
            answer = await on.slack.interacts(on.slack.press(user("amy"), value))
            assert answer.status == 200, says
            await on.settled()
            assert "There is no" in words_in(on.slack.ephemerals[-1]["blocks"]), says
        kept = json.dumps({"kept": "0123456789abcdef0123456789abcdef"})
        assert (await on.slack.interacts(on.slack.press(user("amy"), kept))).status == 200
        await on.settled()
        assert "from another time" in words_in(on.slack.ephemerals[-1]["blocks"])
        assert await handoffs(on) == before
