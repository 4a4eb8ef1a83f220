"""Whoever is forgotten leaves no id of Slack's behind: not as an author, not in a mention, not where a message went."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from bot.desk.people import forgetting
from bot.desk.sitting import sit
from bot.store import audit
from bot.store.fences import mine
from bot.store.tables import metadata
from bot.store.tx import Tx
from tests.slack.house import agreement, office, user

OMAR = """  omar:
    name: Omar Haddad
    title: Content
    identities: {slack: U0OMAR}
"""


async def test_no_id_and_no_mention_is_left(tmp_path: Path) -> None:
    async with office(tmp_path) as on:
        await on.slack.types(user("omar"), "/handoff 5 qualified leads to sales note for <@U0OMAR|omar>")
        await on.slack.types(user("omar"), "/sla quiet 18:00-08:00")
        await on.slack.types(user("omar"), "/sla mine")
        await on.settled()
        file = agreement(tmp_path)
        text = file.read_text(encoding="utf-8").replace("effective_on: 2026-10-01 ", "effective_on: 2026-11-01 ")
        file.write_text(text.replace(OMAR, "").replace("members: [nina, omar]", "members: [nina]"), encoding="utf-8")
        await on.house.apply("company", "Company X", [file])

        async def forget(tx: Tx) -> str:
            return (
                await forgetting.forget(await sit(tx, on.clock.now(), "", "command line"), "omar", ["Omar"])
            ).instead

        async def left(tx: Tx) -> list[tuple[str, str, str]]:
            rows = [
                (each, row) for each in metadata.sorted_tables for row in await tx.rows(select(each).where(mine(each)))
            ]
            words = [(table.name, name, value) for table, row in rows for name, value in row.items()]
            return [each for each in words if isinstance(each[2], str) and "omar" in each[2].casefold()]

        assert await on.house.database.read("company", left)
        assert await on.house.database.write("company", forget) == "Former member 1"
        assert await on.house.database.read("company", left) == []
        assert (await on.house.database.read("company", audit.verify)).ok
        answer = await on.slack.types(user("omar"), "/sla mine")
        assert "I do not know you yet" in str(answer)
        await on.settled()
