"""Where one of several agreed ways makes a miss good, whoever decides chooses it, once, and that closes the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.bot.documents.files import company_x
from tests.world import World, private

THIS = "    options: [recovery plan, carry-over]\n    applies: one of them"
"""What Company X agreed on."""


async def _ninety_one_come(world: World) -> None:
    await world.channel().says("josh", "handoff 91 leads to sales")
    await world.direct("amy").says("amy", "accept H-1")
    for moment_to_look in ("Fri 30 Oct 2026 17:05", "Tue 03 Nov 2026 09:05", "Wed 04 Nov 2026 12:00"):
        await world.sleep_until(moment_to_look)
    world.everyone_heard_all()


@pytest.fixture
async def missed(worlds: Worlds) -> World:
    """Of October's hundred leads ninety-one came; on Wednesday 4 November Morgan was asked, and has not answered."""
    return await worlds.begin(at="Thu 29 Oct 2026 10:00", then=_ninety_one_come)


async def of_another(worlds: Worlds, tmp_path: Path, *changes: tuple[str, str]) -> World:
    """The same month under other terms."""
    file = tmp_path / "company-x.yaml"
    file.write_text(company_x(*changes), encoding="utf-8")
    return await worlds.begin(file, "Thu 29 Oct 2026 10:00", then=_ninety_one_come)


def key(world: World) -> str:
    found = [each.card for each in world.in_place(world.channel().place) if "Qualified leads, Oct" in each.card.title]
    return found[-1].ref


async def says(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert not reply.refused, private(reply)
    return private(reply)


async def refused(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert reply.refused, private(reply)
    return private(reply)


async def test_everybody_sees_what_can_be_chosen_and_whoever_decides_has_the_buttons(missed: World) -> None:
    b = key(missed)
    told = await says(missed, "josh", f"choose {b}")
    assert f"{b} · What follows · Qualified leads, October" in told
    assert "One of these was agreed for it:" in told
    assert "Recovery plan: recovery plan within 3 working days; open" in told
    assert "Carry-over: 9 qualified leads carried over; open" in told
    assert "Morgan chooses one of them, which closes the others. Until then nothing follows." in told
    assert "[History]" in told
    assert "[Recovery plan] [Carry 9 over] [History]" in await says(missed, "morgan", f"choose {b}")


async def test_a_plan_that_is_chosen_opens_and_the_channel_reads_by_whom(missed: World) -> None:
    b = key(missed)
    assert f"{b} · Chosen: recovery plan" in private(await missed.direct("morgan").presses("morgan", "Recovery plan"))
    for member in ("josh", "amy", "morgan"):
        missed.direct(member).hears("P-1 · Recovery plan", "by Mon 9 Nov 17:00, chosen by Morgan", "It has no step yet")
    missed.channel().hears("Missed: Qualified leads, October", "Chosen: recovery plan, by", "wanted by Mon 9 Nov 17:00")
    missed.everyone_else_heard_nothing()
    for words in (f"carry {b}", f"choose {b} carry-over 4"):
        told = await refused(missed, "morgan", words)
        assert f"Morgan Reyes chose another way for {b}: recovery plan. That closed the others." in told
    assert "Recovery plan was chosen already." in await refused(missed, "morgan", f"choose {b} recovery plan")
    told = await says(missed, "amy", f"choose {b}")
    assert "Carry-over: 9 qualified leads carried over; closed" in told
    assert "Chosen: recovery plan, by Morgan" in told
    assert "chosen, and the other ways closed: recovery plan" in await says(missed, "amy", f"history {b}")


async def test_units_that_are_carried_over_close_the_plan_that_was_being_prepared(missed: World) -> None:
    b = key(missed)
    await says(missed, "josh", f"recovery {b}")
    await says(missed, "josh", "recovery step P-1 nine leads owner Nina by 2026-11-13")
    told = await refused(missed, "josh", "recovery agree P-1")
    assert f"Morgan Reyes has not chosen yet what makes {b} good." in told
    assert "9 qualified leads carried into November" in await says(missed, "morgan", f"carry {b}")
    assert "chose another way" in await refused(missed, "josh", "recovery agree P-1")
    assert "It is closed: carry-over was chosen." in await says(missed, "josh", "recovery P-1")
    missed.channel().hears("Chosen: carry-over, by")


async def test_only_whoever_decides_chooses_and_a_dispute_holds_it_up(missed: World) -> None:
    b = key(missed)
    for member in ("josh", "amy", "joan"):
        assert f"You cannot decide over {b}." in await refused(missed, member, f"choose {b} recovery plan")
    assert "A plan is opened by either side, once you have chosen it." in await refused(
        missed, "morgan", f"recovery {b}"
    )
    assert f"No notice was agreed for {b}." in await refused(missed, "morgan", f"choose {b} notice")
    assert "A number says how many units" in await refused(missed, "morgan", f"choose {b} recovery plan 4")
    await says(missed, "josh", f"dispute {b} because the fair's list was never read")
    assert "is disputed (D-1)" in await refused(missed, "morgan", f"choose {b} recovery plan")


async def test_a_credit_accrues_only_once_it_was_chosen(worlds: Worlds, tmp_path: Path) -> None:
    credit = (
        "    options: [recovery plan, service credit]\n    applies: one of them\n    charge: $1,000\n"
        "    tiers: [{attained_below: 95 %, share: 10 %}]"
    )
    world = await of_another(worlds, tmp_path, (THIS, credit))
    b = key(world)
    assert f"No service credit was chosen for {b}" in await refused(world, "amy", f"credit {b}")
    await says(world, "morgan", f"choose {b} service credit")
    world.direct("amy").hears("K-1 · Service credit of $100.00")
    world.channel().hears("Chosen: service credit, by", "$100.00")
    assert "chose another way" in await refused(world, "josh", f"recovery {b}")


async def test_where_all_of_them_apply_none_closes_another(worlds: Worlds, tmp_path: Path) -> None:
    world = await of_another(worlds, tmp_path, (THIS, THIS.replace("one of them", "all of them")))
    b = key(world)
    told = await says(world, "morgan", f"choose {b}")
    assert "All of these were agreed for it:" in told
    assert "recovery plan within 3 working days, and 9 qualified leads carried over" in str(world.wire.messages)
    assert "9 qualified leads carried into November" in await says(world, "morgan", f"carry {b}")
    assert "All of these were agreed for it" in await says(world, "morgan", f"choose {b} recovery plan")
    assert f"P-1 is the plan for {b} already." in await refused(world, "morgan", f"choose {b} recovery plan")
    await says(world, "josh", "recovery step P-1 nine leads owner Nina by 2026-11-13")
    await says(world, "josh", "recovery agree P-1")
    assert "Agreed by both sides" in await says(world, "amy", "recovery agree P-1")


# ---- where nobody decides, both sides do ----------------------------------------------------------

ALONE = (("sponsor: morgan ", ""), ("    decider: morgan ", "    #"))
"""Neither a sponsor nor anybody else decides."""


async def test_where_nobody_decides_one_side_offers_and_the_other_takes_it(worlds: Worlds, tmp_path: Path) -> None:
    world = await of_another(worlds, tmp_path, *ALONE)
    b = key(world)
    told = await says(world, "josh", f"carry {b} 5")
    assert "On offer: 5 qualified leads carried over, by Josh of Marketing" in told
    offer = world.direct("amy").hears("Marketing offers: 5 qualified leads carried over", "it comes to nothing")
    offer.offers("Take the offer", "Something else", "History")
    world.everyone_else_heard_nothing()
    assert "has offered that for" in await refused(world, "josh", f"carry {b} 5")
    assert "you speak for neither" in await refused(world, "joan", f"carry {b}")
    assert "Chosen: carry-over" in private(await world.direct("amy").presses("amy", "Take the offer"))
    world.direct("josh").hears("5 qualified leads carried into November", "Offered by Josh and taken by Amy")
    world.channel().hears("Chosen: carry-over, by both sides, Josh and Amy", "Carried over: 5 into November")
    assert "The 105 are 100 + 5 carried from October." in await says(world, "josh", "status C-1")


async def test_another_offer_takes_its_place_and_a_plan_may_be_agreed_on_instead(
    worlds: Worlds, tmp_path: Path
) -> None:
    world = await of_another(worlds, tmp_path, *ALONE)
    b = key(world)
    await says(world, "josh", f"carry {b} 5")
    await says(world, "amy", f"choose {b} carry-over")
    world.direct("josh").hears("Sales offers: 9 qualified leads carried over")
    await says(world, "josh", f"choose {b} recovery plan")
    await says(world, "josh", "recovery step P-1 nine leads owner Nina by 2026-11-13")
    await says(world, "josh", "recovery agree P-1")
    assert "Agreed by both sides" in await says(world, "amy", "recovery agree P-1")
    assert "Chosen: recovery plan, by both sides, Josh and Amy" in await says(world, "amy", f"choose {b}")
    assert "chose another way" in await refused(world, "josh", f"carry {b}")


async def test_an_offer_that_nobody_answers_comes_to_nothing_and_both_hear_so(worlds: Worlds, tmp_path: Path) -> None:
    world = await of_another(worlds, tmp_path, *ALONE)
    b = key(world)
    await says(world, "josh", f"carry {b}")
    await world.sleep_until("Thu 12 Nov 2026 16:59")
    world.everyone_heard_all()
    await world.sleep_until("Thu 12 Nov 2026 17:00")
    for member in ("josh", "amy"):
        told = world.direct(member).hears("The offer was not answered · Qualified leads, October")
        told.says("Nobody answered, so nothing follows from it.")
    world.everyone_else_heard_nothing()
    assert "On offer" not in await says(world, "amy", f"choose {b}")
    assert "the offer was not answered in time: carry-over" in await says(world, "amy", f"history {b}")
    assert "On offer: 9 qualified leads" in await says(world, "amy", f"carry {b}")
    await says(world, "amy", f"excuse {b} because we asked for fewer")
    world.everyone_heard_all()
    await world.sleep_until("Thu 19 Nov 2026 17:00")
    again = [each.card.title for each in world.wire.messages if "The offer was not answered" in each.card.title]
    assert len(again) == 2
