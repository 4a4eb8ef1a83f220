"""Marketing lives in Slack and sales in Teams: each side hears where it lives, and a press changes both cards."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.chat.plain import text_of
from bot.chat.talk import Person, Place, Utterance
from tests.teams.stage import CHANNEL, WORKSPACE, Stage, stage
from tests.world import COMPANY_X, NEW_YORK, Message, Wire


def torn_apart(folder: Path) -> Path:
    """Company X with marketing in Slack, in its own channel, and everybody else in Teams, in sales' own."""
    text = COMPANY_X.read_text()
    for member in ("josh", "nina", "omar"):
        text = text.replace(f"{{web: {member}}}", f"{{slack: U0{member.upper()}}}")
    text = text.replace("{web: ", "{teams: ")
    both = (
        f'channels:\n  - platform: slack\n    id: C0SMARK\n    name: "#marketing"\n'
        f'    parties: [marketing]\n  - platform: teams\n    id: "{CHANNEL}"\n    name: "Sales"\n'
        f"    parties: [sales]\n  - platform: teams"
    )
    file = folder / "company-x.yaml"
    file.write_text(re.sub(r"channels:\n  - platform: web\n.*?\n  - platform: web", both, text, flags=re.DOTALL))
    return file


async def says_in_slack(it: Stage, words: str, **parts: Any) -> None:
    person = Person(WORKSPACE, "slack", "U0JOSH", "Josh")
    place = Place(WORKSPACE, "slack", "channel", "C0SMARK", "#marketing")
    await it.house.answering.answer(Utterance(f"slack {words}", person, place, it.clock.now(), text=words, **parts))
    await it.delivered()


async def presses_in_slack(it: Stage, message: Message, label: str) -> None:
    button = next(each for each in message.card.buttons if each.label.startswith(label))
    await says_in_slack(it, button.says, via="button", version=button.version, message=message.ref.id)


async def after_a_breath(it: Stage) -> None:
    """Slack takes one message a second in a channel."""
    it.clock.advance(timedelta(seconds=2))
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
        await after_a_breath(it)
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


async def test_a_press_in_slack_changes_the_card_in_teams(one_url: str, tmp_path: Path) -> None:
    slack = Wire("slack")
    async with stage(one_url, agreement=torn_apart(tmp_path), others={"slack": slack}) as it:
        await says_in_slack(it, "handoff 25 leads to sales")
        there = next(each for each in slack.messages if "H-1" in each.card.title)
        here = next(each for each in it.teams.heard(CHANNEL) if "H-1" in each.text)
        await it.teams.presses("amy", here, "Accept all")
        await it.teams.says("amy", "correct H-1 to 20 because five were duplicates", CHANNEL)
        await after_a_breath(it)
        await presses_in_slack(it, there, "Agree")
        await after_a_breath(it)
        assert "20 qualified leads" in here.text
        assert "20 qualified leads" in text_of(there.card, NEW_YORK)


async def test_the_report_and_the_miss_are_told_on_both_sides(one_url: str, tmp_path: Path) -> None:
    slack = Wire("slack")
    async with stage(one_url, agreement=torn_apart(tmp_path), others={"slack": slack}) as it:
        await it.travel_to("Tue 3 Nov 2026 18:00")
        in_slack = [each.card.title for each in slack.messages if each.ref.place.id == "C0SMARK"]
        in_teams = [each.text for each in it.teams.heard(CHANNEL)]
        for told in (in_slack, in_teams):
            assert sum("Report 2 of 4" in text for text in told) == 1
            assert sum("Missed: Qualified leads, October" in text for text in told) == 1
        assert not [each for each in slack.messages if each.ref.place.kind == "direct" and "amy" in each.ref.place.id]


async def test_somebody_who_is_on_both_is_spoken_to_where_his_team_talks(one_url: str, tmp_path: Path) -> None:
    slack = Wire("slack")
    file = torn_apart(tmp_path)
    file.write_text(file.read_text().replace("{slack: U0JOSH}", "{slack: U0JOSH, teams: josh-in-teams}"))
    file.write_text(file.read_text().replace("{teams: amy}", "{slack: U0AMY, teams: amy}"))
    async with stage(one_url, agreement=file, others={"slack": slack}) as it:
        await it.travel_to("Fri 16 Oct 2026 18:00")
        assert any(each.ref.place.id == "U0JOSH" for each in slack.messages)
        assert not it.teams.heard("a:josh-in-teams")
        assert it.teams.heard("a:amy")
        assert not any(each.ref.place.id == "U0AMY" for each in slack.messages)
