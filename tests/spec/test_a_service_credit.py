"""What a miss is worth accrues by its tier, is claimed, decided over and applied, and adds up to the cent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.world import World, private

HARBOR = Path(__file__).parents[2] / "agreements" / "external-customer.yaml"
CHANNEL = "#harbor-books"
JUDGED = "Mon 02 Nov 2026 17:00"


async def _the_shop_is_down(opened: World) -> None:
    for member in ("joan", "lena", "theo", "sam"):
        await opened.direct(member).says(member, "digest off")
    await says(opened, "sam", "incident start web-shop at 09:00 because the disk was full")
    await says(opened, "sam", "incident restored N-1 at 09:50")
    await opened.travel_to("Mon 02 Nov 2026 16:59")
    opened.everyone_heard_all()


@pytest.fixture
async def world(worlds: Worlds) -> World:
    """The shop of Harbor Books was down for fifty minutes in October: 99.8879 % where 99.9 % is promised."""
    return await worlds.begin(HARBOR, "Wed 28 Oct 2026 10:00", then=_the_shop_is_down)


async def says(world: World, member: str, words: str) -> str:
    return private(await world.direct(member).says(member, words))


async def refused(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert reply.refused, private(reply)
    return private(reply)


async def test_it_accrues_when_the_miss_is_certain_and_both_sides_hear(world: World) -> None:
    await world.travel_to(JUDGED)
    missed = world.channel(CHANNEL).hears("Missed: Shop open, October")
    missed.says("K-1, 10 % of $2,000 = $200.00, accrued. Harbor Books may claim it until end of Thu 31 Dec")
    world.direct("joan").hears("Shop open, October · ✕ missed")
    world.direct("joan").hears("K-1 · Service credit of $200.00, accrued")
    world.direct("lena").hears("K-1 · Service credit of $200.00, accrued").offers("Claim", "History")
    world.everyone_else_heard_nothing()


async def test_it_is_claimed_approved_and_applied_and_the_channel_says_what_was_decided(world: World) -> None:
    await world.travel_to(JUDGED)
    world.everyone_heard_all()
    claimed = private(await world.direct("lena").presses("lena", "Claim"))
    assert "Harbor Books has claimed it. To be approved or refused by: Joan." in claimed
    world.direct("joan").hears("K-1 · Service credit of $200.00, claimed").offers("Approve", "Refuse…", "History")
    world.channel(CHANNEL).hears("Missed: Shop open, October", "K-1, 10 % of $2,000 = $200.00, claimed.")
    world.everyone_else_heard_nothing()
    await world.direct("joan").presses("joan", "Approve")
    world.direct("lena").hears("K-1 · Service credit of $200.00, approved", "Service takes it off its next charge")
    world.channel(CHANNEL).hears("K-1, 10 % of $2,000 = $200.00, approved.")
    world.everyone_else_heard_nothing()
    applied = await says(world, "sam", "credit apply K-1")
    assert "Service has taken it off what it charges." in applied
    world.direct("lena").hears("K-1 · Service credit of $200.00, applied")
    world.direct("joan").hears("K-1 · Service credit of $200.00, applied")
    world.channel(CHANNEL).hears("K-1, 10 % of $2,000 = $200.00, applied.")
    world.everyone_else_heard_nothing()
    told = await says(world, "theo", "history K-1")
    assert all(word in told for word in ("credit accrued", "credit claimed", "credit approved", "credit applied"))
    assert "credit claimed" in await says(world, "theo", "history B-1")
    assert "K-1" in await says(world, "theo", "credit B-1")


async def test_a_refused_claim_says_why_to_both_sides(world: World) -> None:
    await world.travel_to(JUDGED)
    await says(world, "theo", "credit claim K-1")
    world.everyone_heard_all()
    await says(world, "joan", "credit refuse K-1 because the disk was yours")
    world.direct("lena").hears("K-1 · Service credit of $200.00, refused", "the disk was yours")
    world.channel(CHANNEL).hears("K-1, 10 % of $2,000 = $200.00, refused.")
    world.everyone_else_heard_nothing()
    statement = await says(world, "lena", "credits October")
    assert "Refused: $200.00" in statement
    assert "Paid or still payable: $0.00" in statement


async def test_nobody_claims_it_in_its_time_and_it_expires(world: World) -> None:
    await world.travel_to(JUDGED)
    assert "K-1" in await says(world, "lena", "credits")
    await world.sleep_until("Thu 31 Dec 2026 23:59")
    assert "accrued" in await says(world, "lena", "credit K-1")
    await world.travel_to("Fri 01 Jan 2027 00:00")
    statement = await says(world, "lena", "credits October 2026")
    assert "Expired: $200.00" in statement
    assert "No service credit, open." in await says(world, "lena", "credits")
    assert "K-1 is expired, so it is not claimed now." in await refused(world, "lena", "credit claim K-1")


async def test_a_dispute_holds_it_up_and_what_stands_leaves_time_to_claim(world: World) -> None:
    await world.travel_to(JUDGED)
    await says(world, "joan", "dispute B-1 because the probe was down")
    assert "B-1 is disputed (D-1), so nothing follows from it yet." in await refused(world, "lena", "credit claim K-1")
    await world.sleep_until("Mon 04 Jan 2027 10:00")
    assert "D-1 is open over B-1" in await says(world, "lena", "credit K-1")
    world.everyone_heard_all()
    await says(world, "joan", "answer D-1 stands because the log shows it")
    for member in ("joan", "lena"):
        told = [each.card for each in world.in_place(world.direct(member).place) if "more time" in each.card.title]
        assert [each.title for each in told] == [
            "K-1 · Service credit of $200.00, more time to claim it · Shop open, October 2026"
        ]
    assert "more time to claim it, since a dispute held it up: until Mon 11 Jan" in await says(
        world, "theo", "history K-1"
    )
    assert "Harbor Books may claim it until Mon 11 Jan 17:00" in await says(world, "lena", "credit K-1")
    assert "has claimed it" in await says(world, "lena", "credit claim K-1")


async def test_a_miss_that_falls_takes_its_credit_back_by_an_entry_of_its_own(world: World) -> None:
    await world.travel_to(JUDGED)
    await says(world, "joan", "dispute B-1 because the probe was down")
    world.everyone_heard_all()
    await says(world, "lena", "answer D-1 falls because it was")
    world.direct("joan").hears("K-1 · Service credit of $200.00, reversed", "nothing follows from the miss any more")
    world.everyone_heard_all()
    assert "Paid or still payable: $0.00" in await says(world, "lena", "credits October")
    assert "Nothing is left to do" in await refused(world, "lena", "credit claim K-1")


async def test_a_restated_miss_reverses_an_applied_credit_and_accrues_what_it_is_worth_now(world: World) -> None:
    await world.travel_to(JUDGED)
    for member, words in (("lena", "claim"), ("joan", "approve"), ("joan", "apply")):
        await says(world, member, f"credit {words} K-1")
    await says(world, "sam", "incident restored N-1 at 28 Oct 15:00 because it was back later")
    world.everyone_heard_all()
    await world.direct("lena").presses("lena", "Agree")
    await world.travel_to("Mon 02 Nov 2026 17:05")
    for member in ("joan", "lena"):
        world.direct(member).hears("K-1 · Service credit of $200.00, reversed", "the miss is worth $500.00 now")
        world.direct(member).hears("K-2 · Service credit of $500.00, accrued", "25 % of $2,000 = $500.00")
    statement = await says(world, "lena", "credits October")
    assert all(
        each in statement for each in ("Reversed: $200.00", "Accrued: $500.00", "Paid or still payable: $500.00")
    )


async def test_what_cannot_be_is_refused(world: World) -> None:
    assert "There is no K-1." in await refused(world, "lena", "credit claim K-1")
    assert "Nothing follows from B-1: it is provisional" in await refused(world, "lena", "credit B-1")
    await world.travel_to(JUDGED)
    for member, words, problem in (
        ("joan", "credit claim K-1", "You cannot claim K-1."),
        ("joan", "credit approve K-1", "It is to be claimed first: credit claim K-1."),
        ("joan", "credit apply K-1", "K-1 is accrued, so it is not applied now."),
    ):
        assert problem in await refused(world, member, words)
    await says(world, "lena", "credit claim K-1")
    for member, words, problem in (
        ("lena", "credit claim K-1", "K-1 is claimed already."),
        ("lena", "credit approve K-1", "You cannot approve K-1."),
        ("sam", "credit refuse K-1 because no", "You cannot refuse K-1."),
        ("joan", "credit apply K-1", "It waits to be decided"),
    ):
        assert problem in await refused(world, member, words)
    await says(world, "joan", "credit approve K-1")
    assert "You cannot apply K-1." in await refused(world, "lena", "credit apply K-1")
    assert "Paid or still payable: $200.00" in await says(world, "lena", "credits October")


@pytest.mark.parametrize(
    ("share", "before"), [(50, "K-1     B-2"), (45, "K-2     B-1 Shop open, October      accrued  $100.00")]
)
async def test_what_the_cap_held_down_accrues_once_the_credit_beside_it_is_taken_back(
    worlds: Worlds, tmp_path: Path, share: int, before: str
) -> None:
    """A case that nobody answered used October's cap of $1,000 up, or nearly; the shop's miss is worth $200."""
    text = HARBOR.read_text(encoding="utf-8")
    own, shared = "    resolved_within: 10wd\n    consequence: mend\n", "    consequence: credit\n"
    tier = "{attained_below: 99 %, share: "
    assert (text.count(own), text.count(tier)) == (1, 1)
    file = tmp_path / "harbor.yaml"
    file.write_text(text.replace(own, shared).replace(f"{tier}50 %", f"{tier}{share} %"), encoding="utf-8")
    world = await worlds.begin(file, "Wed 28 Oct 2026 10:00")
    await says(world, "sam", "incident start web-shop at 09:00 because the disk was full")
    await says(world, "sam", "incident restored N-1 at 09:50")
    await says(world, "lena", "raise 1 case items Cannot log in")
    await world.travel_to("Tue 03 Nov 2026 10:00")
    statement = await says(world, "lena", "credits October")
    assert before in statement
    assert "Paid or still payable: $1,000.00" in statement
    world.everyone_heard_all()
    await says(world, "lena", "excuse B-2 because it was one case")
    if share == 45:
        world.direct("lena").hears("K-2 · Service credit of $100.00, reversed", "the cap leaves more of it now")
    world.direct("lena").hears("Service credit of $200.00, accrued").offers("Claim", "History")
    assert "Paid or still payable: $200.00" in await says(world, "lena", "credits October")


async def test_what_is_restated_while_it_is_disputed_is_worth_something_else_once_the_dispute_is_over(
    world: World,
) -> None:
    await world.travel_to(JUDGED)
    await says(world, "joan", "dispute B-1 because the probe was down")
    await says(world, "sam", "incident restored N-1 at 28 Oct 15:00 because it was back later")
    await world.direct("lena").presses("lena", "Agree")
    await world.travel_to("Mon 02 Nov 2026 17:05")
    assert "Accrued: $200.00" in await says(world, "lena", "credits October")
    await says(world, "joan", "answer D-1 stands because the log shows it")
    statement = await says(world, "lena", "credits October")
    assert "Reversed: $200.00" in statement
    assert "Accrued: $500.00" in statement
    world.everyone_heard_all()
