"""Logging what one party gave another: the receipt, what it says of the month, and who may."""

from __future__ import annotations

import pytest

from tests.world import World, private


@pytest.fixture
async def friday(world: World) -> World:
    """Friday 16 October: 18 leads were accepted earlier in the week."""
    world.direct("amy")
    await world.travel_to("Mon 12 Oct 2026 10:00")
    await world.channel().says("josh", "handoff 18 leads to sales")
    await world.channel().presses("amy", "Accept all")
    await world.travel_to("Fri 16 Oct 2026 11:00")
    world.everyone_heard_all()
    return world


async def test_the_receipt_says_what_counts_and_when_silence_accepts(friday: World) -> None:
    reply = await friday.channel().says("josh", "/handoff 25 qualified leads to sales")
    assert private(reply) == ""
    receipt = friday.channel().hears("H-2 · Marketing → Sales · 25 qualified leads")
    receipt.says(
        "Logged by Josh, Fri 16 Oct.",
        "October: 18 accepted + 25 awaiting acceptance = 43 of 50 due today.",
        "Waiting for Amy; accepted Tue 20 Oct 17:00 if nobody objects.",
    )
    receipt.offers("Accept all 25", "Accept some…", "Dispute…")


async def test_a_sentence_says_the_same_as_the_command(friday: World) -> None:
    await friday.channel().says("josh", "marketing handed 25 qualified leads to sales")
    friday.channel().hears("H-2 · Marketing → Sales · 25 qualified leads")


async def test_said_in_private_it_is_logged_and_the_answer_says_where(friday: World) -> None:
    reply = await friday.direct("josh").says("josh", "25 leads")
    assert "H-2" in private(reply)
    assert "#smarketing" in private(reply)
    friday.channel().hears("H-2")


async def test_yesterdays_handoff_counts_for_yesterday(friday: World) -> None:
    await friday.channel().says("josh", "handoff 5 leads to sales on yesterday")
    friday.channel().hears("H-2", "Thu 15 Oct")


REFUSED = {
    "handoff 0 leads to sales": "Zero is not a quantity",
    "handoff -3 leads to sales": "-3",
    "handoff 2.5 leads to sales": "2.5",
    "handoff 99999999999999999999 leads to sales": "1,000,000",
    "handoff many leads to sales": "many",
    "handoff 5 bananas to sales": "bananas",
    "handoff 5 leads to slaes": "did you mean Sales",
    "handoff 5 leads to service": "promised to Sales, not to Service",
    "handoff 5 leads to sales on 30 Sep": "30 September 2026 lies in September 2026, which is closed",
    "handoff 5 leads to sales on tomorrow": "17 October 2026 has not come yet",
    "handoff 5 leads to sales on 2026-12-24": "has not come yet",
    "accept H-999": "There is no H-999",
    "done O-999": "There is no O-999",
    "dance": "dance",
    "handoff 5 leads to sales note " + "x" * 100_000: "4,000",
}


async def test_what_cannot_be_is_refused_to_the_asker_alone_with_a_next_step(friday: World) -> None:
    for words, answer in REFUSED.items():
        reply = await friday.channel().says("josh", words)
        assert reply.refused, words[:60]
        assert answer in private(reply), private(reply)


async def test_what_people_write_stays_what_they_wrote(friday: World) -> None:
    names = ["<!channel> 🎉", "@everyone", "**bold** _it_", "\u202eright left", "=1+1", "<script>alert(1)</script>"]
    for number, name in enumerate(names, 2):
        await friday.channel().says("josh", f"handoff 5 leads to sales ref {name}")
        friday.channel().hears(f"H-{number} ", name.replace("\u202e", ""))


async def test_a_stranger_and_somebody_of_another_party_are_refused(friday: World) -> None:
    stranger = await friday.channel().says("mallory", "handoff 5 leads to sales")
    assert stranger.refused
    assert "I do not know you yet" in private(stranger)
    sales = await friday.channel().says("priya", "handoff 5 leads to sales")
    assert sales.refused
    assert "Only Marketing hands over qualified leads" in private(sales)
