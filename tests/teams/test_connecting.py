"""connect in Teams: the code is shown in one's own chat and kept nowhere, and a tenant can join another company."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.chat.talk import Person, Place, Utterance
from bot.store import administrators, workspaces
from bot.store.tx import Tx
from tests.teams.fake_connector import error
from tests.teams.stage import CHANNEL, STARTS, WORKSPACE, Stage, stage
from tests.world import COMPANY_X, Wire, private

CODE = re.compile(r"connect ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")


def code_in(text: str) -> str:
    found = CODE.search(text)
    assert found, text
    return found[1]


@pytest.mark.parametrize("where", ["", CHANNEL])
async def test_a_code_is_shown_in_ones_own_chat_and_never_kept(one_url: str, company_x: Path, where: str) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("josh", "mine")  # he has talked to Kept before
        await it.delivered()
        await it.teams.says("josh", "connect", where)
        shown = it.teams.heard("a:josh")[-1]
        code = code_in(shown.text)
        assert all(code not in each.text for each in it.teams.heard(CHANNEL))
        assert code not in shown.activity["summary"], "it stands in notifications"
        assert code not in await everything_written(it)
        await it.delivered()
        assert it.teams.heard("a:josh")[-1] is shown


async def test_a_fresh_code_comes_by_a_press_too(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        activity = it.teams.activity("josh", text="connect")
        await it.teams.send(activity)
        await it.teams.send(activity)  # Teams sends a thing twice at times
        await it.delivered()
        first, again = it.teams.heard("a:josh")
        assert "did not keep it" in again.text
        answer = await it.teams.presses("josh", again, "A fresh code")
        assert "in your chat with me" in answer["value"]
        assert code_in(it.teams.heard("a:josh")[-1].text) != code_in(first.text)


async def test_where_a_code_cannot_be_shown_nothing_of_it_is_kept(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("josh", "mine")
        await it.delivered()
        it.teams.faults.append(lambda _: error(502, "BadGateway", "no"))
        await it.teams.says("josh", "connect")
        await it.delivered()
        said = it.teams.heard("a:josh")[-1].text
        assert "did not keep it" in said
        assert not CODE.search(await everything_written(it))


async def test_a_code_of_slack_said_in_teams_makes_one_person(one_url: str, company_x: Path) -> None:
    slack = Wire("slack")
    async with stage(one_url, agreement=company_x, others={"slack": slack}) as it:
        await it.teams.says("josh", "connect")
        code = code_in(it.teams.heard("a:josh")[-1].text)
        answer = await in_slack(it, f"connect {code}")
        assert "one person in Slack and Microsoft Teams" in answer
        await it.delivered()
        assert "in Slack is you from now on" in it.teams.heard("a:josh")[-1].text


async def test_a_tenant_that_joins_is_heard_and_spoken_to_as_that_company(one_url: str, tmp_path: Path) -> None:
    """Slack came first, with its agreement; then Teams is added, and its administrator says the code."""
    slack = Wire("slack")
    born_in_slack = tmp_path / "company-x.yaml"
    born_in_slack.write_text(
        COMPANY_X.read_text().replace("{web: ", "{slack: ").replace("platform: web", "platform: slack")
    )
    async with stage(one_url, many=True, others={"slack": slack}) as it:
        await it.house.apply(WORKSPACE, "Company X", [born_in_slack])

        async def job(tx: Tx) -> None:
            await administrators.appoint(tx, "slack", "josh")

        await it.house.database.write(WORKSPACE, job)
        await it.teams.send(it.teams.activity("ada", type="installationUpdate", action="add"))
        await it.teams.says("ada", f"connect {code_in(await in_slack(it, 'connect company'))}")
        await it.delivered()
        assert "This is Company X in Microsoft Teams now" in it.teams.heard("a:ada")[-1].text

        await it.teams.says("josh-in-teams", f"connect {code_in(await in_slack(it, 'connect'))}")
        await it.delivered()
        assert it.asked[-1].person.workspace == WORKSPACE
        assert "one person in Slack and Microsoft Teams" in it.teams.heard("a:josh-in-teams")[-1].text
        assert await it.house.database.read(WORKSPACE, workspaces.name_of) == "Company X"


async def in_slack(it: Stage, words: str) -> str:
    person, place = Person(WORKSPACE, "slack", "josh", "Josh"), Place(WORKSPACE, "slack", "direct", "josh")
    return private(await it.house.answering.answer(Utterance(f"slack {words}", person, place, STARTS, text=words)))


async def everything_written(it: Stage) -> str:
    """All texts of all tables, as the database holds them."""
    from sqlalchemy import text

    from bot.store.tables import metadata

    found = []
    async with it.house.database._engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = await connection.execute(text(f"SELECT * FROM {table.name}"))
            found += [str(tuple(row)) for row in rows]
    return "\n".join(found)
