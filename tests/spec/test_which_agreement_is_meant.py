"""In private all agreements of a person are spoken of; the one that fits the words is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files import shipped
from tests.spec.conftest import BEGINS
from tests.world import COMPANY_X, WORKSPACE, World, moment, private


@pytest.fixture
async def busy(world: World) -> World:
    """Amy has a part in Company X, whose report is hers, and in what the whole staff owes, which has none."""
    await world.house.apply(WORKSPACE, "Company X", [Path(str(shipped("agreements") / "corporate.yaml"))])
    await world.travelling.settle()
    world.everyone_heard_all()
    return world


async def test_the_report_that_one_stands_behind_needs_no_name(busy: World) -> None:
    await busy.travel_to("Thu 08 Oct 2026 16:00")
    busy.everyone_heard_all()
    assert "Approved: report 1 of 4" in private(await busy.direct("amy").says("amy", "report approve"))
    busy.everyone_heard_all()


async def test_where_several_would_do_the_speaker_is_asked(busy: World) -> None:
    for words in ("agreement show", "what did we agree?"):
        asked = await busy.direct("amy").says("amy", words)
        assert asked.card is not None
        assert "Several agreements are spoken of here" in private(asked)
        assert [each.label[:3] for each in asked.card.buttons] == ["A-1", "A-2"]
        for each in asked.card.buttons:
            assert private(await busy.direct("amy").says("amy", each.says)).startswith(each.label[:3])
    busy.everyone_heard_all()


async def test_a_user_group_is_a_party_by_its_id_where_its_name_does_not_come_along(url: str, tmp_path: Path) -> None:
    file = tmp_path / "company-x.yaml"
    text = COMPANY_X.read_text(encoding="utf-8")
    file.write_text(text.replace("  sales:\n", "  sales:\n    aliases: [S0SALES1]\n", 1), encoding="utf-8")
    world = await World.open(url, moment(BEGINS))
    await world.agrees(file)
    unknown = await world.channel().says("josh", "handoff 25 qualified leads to <!subteam^S0OTHER1>")
    assert unknown.refused
    await world.channel().says("josh", "handoff 25 qualified leads to <!subteam^S0SALES1>")
    world.channel().hears("H-1", "Sales")
    await world.close()
