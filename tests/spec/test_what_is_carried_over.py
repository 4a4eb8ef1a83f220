"""What one month lacked is owed with the next month's own, once whoever decides has said so, and never twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.card import Chart
from tests.beginnings import Worlds
from tests.bot.documents.files import company_x
from tests.world import World, moment, private


@pytest.fixture
async def missed(worlds: Worlds) -> World:
    """Of October's hundred leads ninety-one came; on Thursday 5 November nothing is provisional any more."""
    return await worlds.begin(at="Thu 29 Oct 2026 10:00", then=ninety_one)


async def ninety_one(world: World) -> None:
    await world.channel().says("josh", "handoff 91 leads to sales")
    await world.direct("amy").says("amy", "accept H-1")
    for moment_to_look in ("Fri 30 Oct 2026 17:05", "Tue 03 Nov 2026 09:05", "Thu 05 Nov 2026 12:00"):
        await world.sleep_until(moment_to_look)
    world.everyone_heard_all()


def breach(world: World) -> str:
    found = [each.card for each in world.in_place(world.channel().place) if "Qualified leads, Oct" in each.card.title]
    return found[-1].ref


async def says(world: World, member: str, words: str) -> str:
    return private(await world.direct(member).says(member, words))


async def refused(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert reply.refused, private(reply)
    return private(reply)


async def test_whoever_decides_is_asked_with_a_button_for_each_agreed_way(url: str) -> None:
    world = await World.open(url, moment("Thu 29 Oct 2026 10:00"))
    await world.agrees()
    await world.channel().says("josh", "handoff 91 leads to sales")
    await world.direct("amy").says("amy", "accept H-1")
    await world.travel_to("Tue 03 Nov 2026 08:59")
    world.everyone_heard_all()
    await world.travel_to("Tue 03 Nov 2026 09:00")
    asked = [each for each in world.in_place(world.direct("morgan").place) if "Qualified leads, Oct" in each.card.title]
    assert len(asked) == 1
    labels = [each.label for each in asked[0].card.buttons]
    assert labels == ["Recovery plan", "Carry 9 over", "Excuse…", "I have it", "History"]
    await world.close()


async def test_a_miss_that_is_settled_later_is_put_before_whoever_decides_then(url: str) -> None:
    world = await World.open(url, moment("Thu 29 Oct 2026 10:00"))
    await world.agrees()
    await world.channel().says("josh", "handoff 91 leads to sales")
    await world.direct("amy").says("amy", "accept H-1")
    await world.channel().says("josh", "handoff 4 leads to sales")
    await world.direct("amy").says("amy", "dispute H-2 because duplicate")
    for moment_to_look in ("Fri 30 Oct 2026 17:05", "Tue 03 Nov 2026 09:05", "Wed 04 Nov 2026 12:00"):
        await world.sleep_until(moment_to_look)
    assert not [each for each in world.in_place(world.direct("morgan").place) if "Carry" in str(each.card.buttons)]
    world.everyone_heard_all()
    await world.channel().says("josh", "correct H-2 to 0 because they were duplicates")
    await world.channel().says("amy", "correct H-2 to 0 because agreed")
    await world.travel_to("Wed 04 Nov 2026 12:05")
    asked = world.direct("morgan").hears("to decide · Qualified leads, October", "9 qualified leads short", "= $450")
    asked.says("recovery plan within 3 working days, or 9 qualified leads carried over").says("nobody has said yet")
    asked.offers("Recovery plan", "Carry 9 over", "Excuse…", "History")
    await world.travel_to("Mon 09 Nov 2026 12:00")
    assert asked.message.versions == 1
    await world.close()


async def test_the_next_month_asks_for_its_own_and_what_was_carried(missed: World) -> None:
    key = breach(missed)
    said = private(await missed.direct("morgan").presses("morgan", "Carry 9 over"))
    assert f"{key} · 9 qualified leads carried into November" in said
    assert "November asks for 100 + 9 = 109 qualified leads by Fri 27 Nov 17:00." in said
    missed.direct("josh").hears(f"{key} · 9 qualified leads carried into November", "Decided by Morgan")
    missed.direct("amy").hears(f"{key} · 9 qualified leads carried into November")
    missed.channel().hears("Missed: Qualified leads, October", "Carried over: 9 into November, decided by Morgan")
    missed.everyone_else_heard_nothing()
    reply = await missed.direct("josh").says("josh", "status C-1")
    assert "The 109 are 100 + 9 carried from October." in private(reply)
    assert reply.card is not None
    (panel,) = next(each for each in reply.card.blocks if isinstance(each, Chart)).volumes
    assert (panel.target, panel.carried, [each.quantity for each in panel.goal]) == (109, 9, [25, 50, 75, 109])
    assert "carried over: 9, November 2026" in await says(missed, "josh", f"history {key}")


async def test_checkpoints_stay_as_agreed_and_the_hundred_alone_do_not_meet_it(missed: World) -> None:
    await says(missed, "morgan", f"carry {breach(missed)}")
    await missed.sleep_until("Fri 20 Nov 2026 09:00")
    await missed.channel().says("josh", "handoff 100 leads to sales")
    await missed.channel().presses("amy", "Accept all")
    await missed.sleep_until("Fri 27 Nov 2026 16:59")
    assert "100 of 109" in await says(missed, "josh", "status C-1")
    missed.everyone_heard_all()
    await missed.sleep_until("Fri 27 Nov 2026 17:00")
    missed.direct("josh").hears("Qualified leads, November · ✕ missed", "9 qualified leads short")
    await missed.sleep_until("Tue 01 Dec 2026 09:05")
    await missed.sleep_until("Wed 02 Dec 2026 12:00")
    again = [each.card.ref for each in missed.in_place(missed.channel().place) if "leads, Nov" in each.card.title][-1]
    assert f"Nothing of {again} can be carried on: it was carried there before" in await refused(
        missed, "morgan", f"carry {again}"
    )


async def test_it_is_decided_once_and_by_whoever_decides(missed: World) -> None:
    key = breach(missed)
    for member in ("josh", "amy", "joan"):
        assert f"You cannot decide over {key}." in await refused(missed, member, f"carry {key}")
    assert f"Of {key} at most 9 can be carried on." in await refused(missed, "morgan", f"carry {key} 10")
    assert "5 qualified leads carried into November" in await says(missed, "morgan", f"carry {key} 5")
    assert f"{key} was carried over already." in await refused(missed, "morgan", f"carry {key} 4")


async def test_a_dispute_holds_it_up(missed: World) -> None:
    key = breach(missed)
    await says(missed, "josh", f"dispute {key} because the fair's list was never read")
    assert f"{key} is disputed (D-1), so nothing follows from it yet." in await refused(
        missed, "morgan", f"carry {key}"
    )


async def test_what_is_forgiven_after_all_is_carried_no_more(missed: World) -> None:
    key = breach(missed)
    await says(missed, "morgan", f"carry {key}")
    missed.everyone_heard_all()
    await says(missed, "amy", f"excuse {key} because we had asked for fewer")
    told = [missed.direct("josh").hears().text for _ in range(2)]
    assert any("No longer carried into November" in each for each in told), told
    assert "of 100" in (status := await says(missed, "josh", "status C-1")) or "of 25" in status
    assert "carried from" not in status
    assert "carried over no more: 9" in await says(missed, "josh", f"history {key}")


async def test_what_comes_late_after_all_is_carried_no_more(url: str) -> None:
    world = await World.open(url, moment("Thu 29 Oct 2026 10:00"))
    await world.agrees()
    await world.channel().says("josh", "handoff 91 leads to sales")
    await world.direct("amy").says("amy", "accept H-1")
    await world.sleep_until("Fri 30 Oct 2026 17:05")
    key = next(
        button.says.split()[1]
        for each in world.in_place(world.direct("josh").place)
        for button in each.card.buttons
        if button.says.startswith("why B-") and "Qualified leads" in each.card.title
    )
    assert "9 qualified leads carried into November" in await says(world, "morgan", f"carry {key}")
    await world.sleep_until("Sat 31 Oct 2026 10:00")
    await world.channel().says("josh", "handoff 9 leads to sales")
    await world.channel().presses("amy", "Accept all")
    await world.sleep_until("Sat 31 Oct 2026 10:05")
    assert "carried over no more: 9" in await says(world, "josh", f"history {key}")
    await world.sleep_until("Mon 02 Nov 2026 09:05")
    assert "carried from" not in await says(world, "josh", "status C-1")
    assert f"{key} was carried over already." in await refused(world, "morgan", f"carry {key}")
    await world.close()


async def test_it_ends_with_the_agreement(url: str, tmp_path: Path) -> None:
    file = tmp_path / "company-x.yaml"
    ends = ("effective_on: 2026-10-01", "effective_on: 2026-10-01\nends_on: 2026-10-31")
    file.write_text(company_x(ends), encoding="utf-8")
    world = await World.open(url, moment("Thu 29 Oct 2026 10:00"))
    await world.agrees(file)
    await ninety_one(world)
    key = breach(world)
    told = await refused(world, "morgan", f"carry {key}")
    assert f"The promise ends before another period could take what {key} lacked." in told
    assert not [each for each in world.wire.messages if "Carry" in str(each.card.buttons)]
    await world.close()


async def test_the_agreement_may_cap_what_one_month_takes(url: str, tmp_path: Path) -> None:
    file = tmp_path / "company-x.yaml"
    file.write_text(company_x(("    plan_within: 3wd", "    plan_within: 3wd\n    carry_at_most: 4")), encoding="utf-8")
    world = await World.open(url, moment("Thu 29 Oct 2026 10:00"))
    await world.agrees(file)
    await ninety_one(world)
    key = breach(world)
    assert f"Of {key} at most 4 can be carried on." in await refused(world, "morgan", f"carry {key} 5")
    assert "100 + 4 = 104 qualified leads" in private(await world.direct("morgan").presses("morgan", "Carry 4 over"))
    await world.close()
