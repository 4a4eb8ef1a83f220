"""Marketing lives in Slack and sales in Teams: each side hears where it lives, and a press changes both cards."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from bot.chat.plain import text_of
from bot.chat.talk import Person, Place, Utterance
from tests.teams.stage import CHANNEL, STARTS, WORKSPACE, Stage, stage
from tests.world import COMPANY_X, NEW_YORK, Wire


def torn_apart(folder: Path) -> Path:
    """Company X with marketing's people in Slack, everybody else in Teams, and a channel on each side."""
    text = COMPANY_X.read_text()
    for member in ("josh", "nina", "omar"):
        text = text.replace(f"{{web: {member}}}", f"{{slack: U0{member.upper()}}}")
    text = text.replace("{web: ", "{teams: ")
    both = (
        f'channels:\n  - platform: slack\n    id: C0SMARK\n    name: "#smarketing"\n'
        f'    parties: [marketing, sales]\n  - platform: teams\n    id: "{CHANNEL}"\n    name: "Smarketing"\n'
        f"    parties: [marketing, sales]\n  - platform: teams"
    )
    file = folder / "company-x.yaml"
    file.write_text(re.sub(r"channels:\n  - platform: web\n.*?\n  - platform: web", both, text, flags=re.DOTALL))
    return file


async def says_in_slack(it: Stage, words: str) -> None:
    person = Person(WORKSPACE, "slack", "U0JOSH", "Josh")
    place = Place(WORKSPACE, "slack", "channel", "C0SMARK", "#smarketing")
    await it.house.answering.answer(Utterance(f"slack {words}", person, place, STARTS, text=words))
    await it.delivered()


async def test_a_handoff_said_in_slack_is_accepted_in_teams_and_both_receipts_change(
    one_url: str, tmp_path: Path
) -> None:
    slack = Wire("slack")
    async with stage(one_url, agreement=torn_apart(tmp_path), others={"slack": slack}) as it:
        await says_in_slack(it, "handoff 25 leads to sales")
        there = next(each for each in slack.messages if "H-1" in each.card.title)
        here = next(each for each in it.teams.heard(CHANNEL) if "H-1" in each.text)
        assert there.ref.place.id == "C0SMARK"
        await it.teams.presses("amy", here, "Accept all")
        it.clock.advance(timedelta(seconds=2))  # Slack takes one message a second in a channel
        await it.delivered()
        assert there.versions > 1
        assert "accepted" in text_of(there.card, NEW_YORK).lower()
        assert here.edits > 0
        assert "accepted" in here.text.lower()


async def test_each_side_is_nudged_where_it_lives(one_url: str, tmp_path: Path) -> None:
    slack = Wire("slack")
    async with stage(one_url, agreement=torn_apart(tmp_path), others={"slack": slack}) as it:
        await it.travel_to("Fri 16 Oct 2026 18:00")
        assert any(each.ref.place.id == "U0JOSH" for each in slack.messages)
        assert it.teams.heard("a:amy")
        assert not it.teams.heard("a:U0JOSH")
