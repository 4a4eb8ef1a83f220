"""A company begins in chat: whoever added Kept drafts the first agreement, and its people become known by it."""

from __future__ import annotations

from bot.store import administrators, agreements, workspaces
from bot.store.tx import Tx
from tests.world import WORKSPACE, World, moment, private

BEGIN = "agreement new support named Help desk as support zone Europe/Berlin"


async def test_whoever_added_kept_drafts_it_and_everybody_else_is_asked_to_wait(url: str) -> None:
    world = await World.open(url, moment("Thu 01 Oct 2026 08:30"))

    async def added(tx: Tx) -> None:
        await workspaces.begin(tx, "New company")
        await administrators.appoint(tx, "slack", "U0BOSS")

    await world.house.database.write(WORKSPACE, added)
    boss, amy = world.direct("U0BOSS", "slack"), world.direct("U0AMY", "slack")
    stranger = await amy.says("U0AMY", BEGIN)
    assert stranger.refused
    assert "I do not know you yet" in private(stranger)
    nowhere = await boss.says("U0BOSS", "agreement new support named Help desk as support")
    assert nowhere.refused
    assert "Say your time zone" in private(nowhere)
    said = private(await boss.says("U0BOSS", BEGIN))
    assert "X-1 · draft · Help desk" in said
    assert "Support: U0BOSS answers for it" in said
    for words in (
        "agreement party X-1 support deputy nobody",
        "agreement party X-1 customer called Acme owner Amy Chen <@U0AMY|amy> deputy nobody",
        "agreement outline X-1 sponsor <@U0EVA|eva>",
        "agreement propose X-1",
    ):
        reply = await boss.says("U0BOSS", words)
        assert not reply.refused, private(reply)
    amy.hears("X-1 · to sign · Help desk", "Amy Chen", "Acme")
    await boss.says("U0BOSS", "agreement sign X-1")
    world.everyone_heard_all()
    signed = private(await amy.says("U0AMY", "agreement sign X-1"))
    assert "A-1 · version 1 is signed by everybody" in signed
    kept = await world.house.database.read(WORKSPACE, agreements.everything)
    assert [each.latest.terms.zone for each in kept] == ["Europe/Berlin"]
    assert kept[0].latest.terms.unsigned() == ()
    assert "X-1" not in private(await world.direct("U0EVA", "slack").says("U0EVA", "mine"))
    await world.close()
