"""A version that was taken back with its transaction leaves nothing behind: its number comes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.desk.agreements import versions
from bot.desk.sitting import sit
from bot.desk.standings.standings import goal_for
from bot.store.tx import Tx
from slacore.commitments import Volume
from slacore.errors import Refusal
from tests.beginnings import Worlds
from tests.world import WORKSPACE, World


async def goal_under(world: World, target: int, *, fails: bool) -> int:
    """What a version with another target would have the leads' November come to; it is refused, or it stands."""

    async def job(tx: Tx) -> int:
        sitting = await sit(tx, world.clock.now(), "josh", "test")
        terms = sitting.agreements[0].latest.terms
        leads = terms.commitment("leads")
        assert isinstance(leads.promise, Volume)
        changed = replace(leads, promise=replace(leads.promise, target=target, checkpoints=None, campaigns=()))
        rest = tuple(changed if each.slug == "leads" else each for each in terms.commitments)
        agreement, _ = await versions.add(sitting, replace(terms, commitments=rest, effective_on=date(2026, 11, 1)))
        new = agreement.latest.terms
        goal = goal_for(sitting, new, new.commitment("leads"), changed.period.containing(date(2026, 11, 1)))
        if fails:
            raise Refusal("No.", "Ask again.")
        return goal.target

    return await world.house.database.write(WORKSPACE, job)


async def test_a_goal_of_terms_that_never_came_about_is_not_remembered(worlds: Worlds) -> None:
    world = await worlds.begin()
    with pytest.raises(Refusal):
        await goal_under(world, 80, fails=True)
    assert await goal_under(world, 90, fails=False) == 90
