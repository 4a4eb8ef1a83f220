"""Each lead gets a first human answer in time: what is late is told to its owner, then up, and judged as a share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.plain import text_of
from tests.beginnings import Worlds
from tests.world import NEW_YORK, World, private

ANSWERING = Path(__file__).with_name("answering.yaml")


async def _digests_are_off(opened: World) -> None:
    for member in ("josh", "amy", "tom", "priya", "morgan"):
        await opened.direct(member).says(member, "digest off")


@pytest.fixture
async def sales(worlds: Worlds) -> AsyncIterator[World]:
    """Marketing and sales on Monday morning: leads are to be answered within four working hours."""
    opened = await worlds.begin(ANSWERING, "Mon 05 Oct 2026 09:00", then=_digests_are_off)
    yield opened
    opened.everyone_else_heard_nothing()


async def given(world: World, leads: str = "Ann Lee (CRM-7); Bob Ray", count: int = 2) -> None:
    await world.channel().says("josh", f"handoff {count} leads to sales items {leads}")
    world.channel().hears(f"{count} lead")
    world.everyone_heard_all()


async def test_a_lead_has_a_page_with_its_ledger(sales: World) -> None:
    await given(sales, "Ann Lee (CRM-7) https://crm.example/7 @tom; Bob Ray")
    reply = await sales.channel().says("amy", "item L-1")
    assert "L-1 · Ann Lee · ○ open" in private(reply)
    assert "Tom has it since Mon 5 Oct 09:00" in private(reply)
    assert "Answer: due Mon 5 Oct 13:00" in private(reply)
    assert "Reference: CRM-7" in private(reply)
    assert "Link: https://crm.example/7" in private(reply)
    reply = await sales.channel().says("amy", "item L-2")
    assert "Nobody has it yet." in private(reply)
    assert private(await sales.channel().says("amy", "history L-2")) == private(reply)


async def test_what_was_answered_in_time_is_never_spoken_of_again(sales: World) -> None:
    await given(sales)
    await sales.travel_to("Mon 05 Oct 2026 10:00")
    await sales.channel().says("tom", "auto-reply L-1")
    reply = await sales.channel().says("tom", "respond L-1 note called, wants a demo")
    assert "L-1 · Ann Lee · answered" in private(reply)
    assert "Nothing more is owed about it." in private(reply)
    await sales.channel().says("amy", "respond L-2 at 09:30")
    await sales.travel_to("Tue 06 Oct 2026 09:00")
    sales.direct("josh").hears_nothing()
    reply = await sales.channel().says("amy", "item L-2")
    assert "It took: 30 min" in private(reply)


async def test_late_leads_are_told_to_their_owner_in_one_message_and_then_up(sales: World) -> None:
    await given(sales, "Ann Lee @tom; Bob Ray @tom; Cem Oz @priya", 3)
    await sales.travel_to("Mon 05 Oct 2026 13:01")
    tom = sales.direct("tom").hears("2 late · Answers", "Tom, 2 leads are late.", "L-1 Ann Lee", "L-2 Bob Ray")
    tom.offers("Responded L-1", "Assign L-1…", "Pause L-1…", "History L-1")
    sales.direct("priya").hears("1 late", "Priya, 1 lead is late.", "L-3 Cem Oz").offers(
        "Responded", "Assign…", "Pause…", "History"
    )

    reply = await sales.direct("tom").presses("tom", "Responded L-1")
    assert "Late: answer, which was due Mon 5 Oct 13:00." in private(reply)
    sales.direct("tom").hears("1 late", "L-2 Bob Ray")

    await sales.travel_to("Wed 07 Oct 2026 09:00")
    sales.direct("josh").hears(
        "2 late", "2 leads that Sales is to act on are late.", "L-2 Bob Ray", "Tom", "L-3 Cem Oz"
    )
    sales.direct("amy").hears("2 late")
    sales.direct("tom").hears("1 late", "L-2 Bob Ray")
    sales.direct("priya").hears("1 late", "L-3 Cem Oz")


async def test_a_paused_lead_waits_for_nobody_and_is_due_later_by_what_was_open_meanwhile(sales: World) -> None:
    await given(sales, "Ann Lee @tom", 1)
    await sales.travel_to("Mon 05 Oct 2026 12:00")
    reply = await sales.direct("tom").says("tom", "pause L-1 waiting for customer")
    assert "No working time passes until it is resumed." in private(reply)
    sales.direct("tom").hears("Nothing waits any more.")
    await sales.travel_to("Tue 06 Oct 2026 10:00")
    sales.direct("tom").hears_nothing()
    reply = await sales.direct("tom").says("tom", "pause L-1 again")
    assert "L-1 is already paused: waiting for customer." in private(reply)
    reply = await sales.direct("tom").says("tom", "resume L-1")
    assert "Still owed: answer due Tue 6 Oct 11:00." in private(reply)
    await sales.travel_to("Tue 06 Oct 2026 11:01")
    sales.direct("tom").hears("1 late")


async def test_said_to_have_been_answered_earlier_the_other_side_hears_and_may_object(sales: World) -> None:
    await given(sales, "Ann Lee @tom", 1)
    await sales.travel_to("Mon 05 Oct 2026 13:30")
    sales.direct("tom").hears("1 late")
    reply = await sales.direct("tom").says("tom", "respond L-1 at 10:40 note we spoke")
    assert "Nothing more is owed" in private(reply)
    sales.direct("josh").hears(
        "L-1 · Ann Lee · said afterwards", "Tom says that L-1 was answered Mon 5 Oct 10:40", "“we spoke”"
    ).offers("Object…", "History")
    sales.direct("tom").hears("Answers: all done")

    reply = await sales.direct("josh").says("josh", "contest L-1 because Ann says nobody called")
    assert "response contested" in private(reply)
    sales.direct("tom").hears("answer contested", "Josh holds the answer", "“Ann says nobody called”")
    assert "▼ missed" not in private(await sales.channel().says("amy", "item L-1")), "nobody has looked yet"

    reply = await sales.direct("tom").says("tom", "settle L-1 stands")
    assert "Only Marketing, or Morgan Reyes as sponsor, can settle it so." in private(reply)
    await sales.direct("josh").says("josh", "settle L-1 stands because she remembers now")
    page = private(await sales.channel().says("amy", "item L-1"))
    assert "✓ kept" in page
    assert "contested: responded" in page
    assert "settled: it stands" in page


async def test_what_nobody_may_do_is_refused_and_changes_nothing(sales: World) -> None:
    await given(sales, "Ann Lee @tom", 1)
    before = private(await sales.channel().says("amy", "item L-1"))
    for who, words, why in (
        ("josh", "respond L-1", "Only Sales can answer L-1."),
        ("tom", "contest L-1 because I want to", "Only Marketing can contest L-1."),
        ("amy", "assign L-1 to Josh", "Josh Lindqvist is not of Sales"),
        ("tom", "respond L-1 at 08:00", "That is before L-1 was handed over."),
        ("tom", "resume L-1", "L-1 is not paused."),
        ("tom", "pause O-1 waiting", "is not about an item"),
        ("tom", "respond L-99", "There is no L-99."),
        ("josh", "contest L-1 because hollow", "L-1 has no response to contest."),
    ):
        assert why in private(await sales.channel().says(who, words)), words
    assert private(await sales.channel().says("amy", "item L-1")) == before


async def test_who_is_away_is_not_given_a_lead(sales: World) -> None:
    await given(sales, "Ann Lee", 1)
    await sales.direct("tom").says("tom", "away today to Priya")
    sales.direct("priya").hears("Tom")
    reply = await sales.channel().says("amy", "assign L-1 to Tom")
    assert "Tom Becker is away." in private(reply)
    assert "Assign to Priya Raman" in private(reply)
    await sales.channel().says("amy", "assign L-1 to Priya")
    sales.direct("priya").hears("1 waiting · Answers", "Priya, 1 lead waits for you.", "L-1 Ann Lee")


async def test_a_month_in_which_enough_was_answered_is_met_and_shared(sales: World) -> None:
    await given(sales, "Ann @tom; Bob @tom; Cem @tom; Dia @tom", 4)
    for number in (1, 2, 3):
        await sales.channel().says("tom", f"respond L-{number}")
    await sales.travel_to("Fri 30 Oct 2026 17:00")
    sales.everyone_heard_all()
    await sales.channel().says("tom", "respond L-4")
    sales.everyone_heard_all()
    await sales.travel_to("Sun 01 Nov 2026 00:00")
    told = sales.channel().hears(
        "October's leads: 75 % answered in time.", "3 of 4 answered in time, 75 % (agreed: 50 %"
    )
    assert "in a row" not in told.text
    sales.everyone_heard_all()
    await sales.travel_to("Mon 02 Nov 2026 10:00")
    await given(sales, "Eda @tom", 1)
    await sales.channel().says("tom", "respond L-5")
    await sales.travel_to("Mon 30 Nov 2026 23:59")
    sales.everyone_heard_all()
    await sales.travel_to("Tue 01 Dec 2026 00:00")
    sales.channel().hears("November's leads: 100 % answered in time.", "That makes two months in a row.")
    sales.everyone_heard_all()


async def test_a_month_in_which_too_few_were_answered_is_missed_by_so_many(sales: World) -> None:
    await given(sales, "Ann @tom; Bob @tom; Cem @tom; Dia @tom", 4)
    await sales.channel().says("tom", "respond L-1")
    await sales.travel_to("Tue 03 Nov 2026 09:00")
    missed = next(each for each in sales.wire.messages if each.card.title == "Missed: Answers, October")
    assert "1 item late beyond what was agreed" in text_of(missed.card, NEW_YORK)
    sales.everyone_heard_all()


async def test_status_tells_the_share_how_long_it_took_and_what_is_due_first(sales: World) -> None:
    await given(sales, "Ann Lee; Bob Ray @tom; Cem Oz @tom", 3)
    await sales.travel_to("Mon 05 Oct 2026 11:00")
    await sales.channel().says("amy", "assign L-1 to Tom")
    sales.direct("tom").hears("3 waiting")
    await sales.travel_to("Mon 05 Oct 2026 12:00")
    await sales.direct("tom").says("tom", "respond L-1")
    await sales.direct("tom").says("tom", "respond L-2")
    await sales.travel_to("Mon 05 Oct 2026 13:30")
    sales.everyone_heard_all()
    status = private(await sales.channel().says("josh", "status C-2"))
    assert "2 of 3 answered in time, 66.6 %" in status.replace("66.7", "66.6")
    assert "Half within 3 h, nine in ten within 3 h." in status
    assert "Until somebody had it: half within a minute, nine in ten within 2 h." in status
    assert "due first: L-3 Cem Oz, due Mon 5 Oct 13:00, late" in status
