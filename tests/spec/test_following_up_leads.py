"""Following up: attempts by their days, outcomes that end them, corrections that both sides see, and who hears."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.plain import text_of
from slacore.items import Listed
from tests.beginnings import Worlds
from tests.leads import company_x_with_leads, hands_over
from tests.world import NEW_YORK, World, private


async def _two_leads_come(opened: World) -> None:
    await opened.travel_to("Thu 01 Oct 2026 09:00")
    await hands_over(opened, Listed("Ann Lee", owner="tom"), Listed("Bo Cruz", owner="tom"))
    opened.everyone_heard_all()


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> AsyncIterator[World]:
    """Company X on Thursday 1 October 2026, 08:30, where sales owes six follow-ups; two leads came at 09:00."""
    opened = await worlds.begin(company_x_with_leads(tmp_path), then=_two_leads_come)
    yield opened
    opened.everyone_else_heard_nothing()


async def test_an_attempt_is_logged_in_words_and_says_what_comes_next(world: World) -> None:
    said = private(await world.direct("tom").says("tom", "followup L-1 called, no answer"))
    assert "L-1 · Ann Lee · 1st follow-up logged" in said
    assert "2nd of 6 follow-ups due Mon 5 Oct 17:00; 15 days of its time are left." in said
    page = private(await world.direct("tom").says("tom", "item L-1"))
    assert "“called, no answer”" in page
    world.direct("tom").hears("2 waiting · Follow-ups", "L-2 Bo Cruz", "L-1 Ann Lee", "2nd of 6")  # his list, edited


async def test_several_leads_are_followed_up_at_once_or_none_of_them(world: World) -> None:
    said = private(await world.direct("tom").says("tom", "followup L-1 L-2 wrote to both"))
    assert "Logged for 2" in said
    assert "L-2 Bo Cruz" in said
    refused = await world.direct("tom").says("tom", "followup L-1 L-2 L-9 wrote to all")
    assert refused.refused
    assert "There is no L-9." in private(refused)
    assert "2nd follow-up logged" in private(await world.direct("tom").says("tom", "followup L-1 called"))
    world.direct("tom").hears("2 waiting · Follow-ups")


async def test_a_missed_follow_up_is_told_to_its_owner_once_a_day_with_all_that_are_late(world: World) -> None:
    await world.travel_to("Fri 02 Oct 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 02 Oct 2026 17:00")
    told = world.direct("tom").hears(
        "2 late · Follow-ups", "Tom, 2 qualified leads are late.",
        "L-1 Ann Lee", "1st of 6, 14 days left", "Fri 2 Oct 17:00, late", "L-2 Bo Cruz", "1st of 6",
        "They are yours under Follow-ups (C-2).", "Amy Chen and Josh Lindqvist are told Tue 6 Oct 09:00.",
    )  # fmt: skip
    told.offers("Log attempt L-1…", "Outcome L-1…", "Snooze to Mon 5 Oct 09:00", "Reassign L-1…", "Dispute L-1…")
    world.everyone_else_heard_nothing()
    form = (await world.direct("tom").presses("tom", "Log attempt")).form
    assert form is not None
    assert form.settled == (("keys", "L-1"),)
    await world.direct("tom").fills("tom", form, note="called, no answer")
    world.direct("tom").hears("1 late and 1 waiting", "L-2 Bo Cruz", "late", "L-1 Ann Lee", "2nd of 6").says(
        "Follow-ups"
    )
    world.everyone_else_heard_nothing()


async def test_a_reminder_of_a_lead_that_was_asked_for_is_a_message_of_its_own(world: World) -> None:
    await world.travel_to("Fri 02 Oct 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 02 Oct 2026 17:00")
    snooze = world.direct("tom").hears("2 late").button("Snooze").says
    await world.direct("tom").says("tom", f"{snooze.partition(' until ')[0]} until 18:00")
    told = len(world.in_place(world.direct("tom").place))
    await world.travel_to("Fri 02 Oct 2026 18:00")
    assert len(world.in_place(world.direct("tom").place)) == told + 1
    world.everyone_heard_all()


async def test_the_ladder_climbs_over_what_stays_late_and_stops_where_it_is_made(world: World) -> None:
    await world.travel_to("Fri 02 Oct 2026 17:30")
    await world.direct("tom").says("tom", "followup L-1 called")
    await world.travel_to("Mon 05 Oct 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Mon 05 Oct 2026 17:00")  # L-1's second attempt was due now
    world.direct("tom").hears("2 late", "L-2 Bo Cruz", "1st of 6", "L-1 Ann Lee", "2nd of 6")
    world.everyone_heard_all()
    await world.travel_to("Tue 06 Oct 2026 08:59")
    world.everyone_heard_all()
    await world.travel_to("Tue 06 Oct 2026 09:00")  # a whole working day after L-2's miss, and none after L-1's
    told = [each for each in world.in_place(world.direct("josh").place) if "Follow-ups" in each.card.title]
    assert "2 qualified leads that Sales is to act on are late." in text_of(told[-1].card, NEW_YORK)
    world.everyone_heard_all()
    await world.direct("tom").says("tom", "outcome L-2 unreachable")
    await world.direct("tom").says("tom", "outcome L-1 unreachable")
    world.everyone_heard_all()
    await world.travel_to("Fri 09 Oct 2026 12:00")
    late = [each for each in world.wire.messages if each.heard < each.versions and "Follow-ups" in each.card.title]
    assert not late
    world.everyone_heard_all()


async def test_a_final_outcome_ends_it_and_one_that_is_not_does_not(world: World) -> None:
    later = private(await world.direct("tom").says("tom", "outcome L-1 call back"))
    assert "1st of 6 follow-ups due" in later
    ended = private(await world.direct("tom").says("tom", "outcome L-1 qualified after two calls"))
    assert "Nothing more is owed of it." in ended
    more = private(await world.direct("tom").says("tom", "followup L-1 sent the brochure"))
    assert "logged" in more
    await world.travel_to("Fri 02 Oct 2026 17:00")
    world.direct("tom").hears("L-2 Bo Cruz")
    assert "Ann Lee" not in world.in_place(world.direct("tom").place)[-1].card.summary
    world.everyone_heard_all()


@pytest.mark.parametrize(
    ("member", "words", "told"),
    [
        ("tom", "outcome L-1 qualifed", "did you mean Qualified?"),
        ("tom", "outcome L-1 sold", "I know no outcome “sold”."),
        ("josh", "followup L-1 called", "Only Sales can follow up L-1."),
        ("joan", "outcome L-1 won", "Only Sales can say what became of L-1."),
        ("tom", "followup L-1 at 2026-10-01T08:00 called", "before"),
        ("tom", "followup L-1 at 2026-10-02T08:00 called", "still to come"),
        ("tom", "outcome L-1 on 2026-09-30 won", "before"),
        ("tom", "retract L-1 because nothing was said", "Nothing of that sort was said of L-1."),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(world: World, member: str, words: str, told: str) -> None:
    before = private(await world.direct("amy").says("amy", "item L-1"))
    refused = await world.direct(member).says(member, words)
    assert refused.refused
    assert told in private(refused)
    assert private(await world.direct("amy").says("amy", "item L-1")) == before


async def test_what_was_said_wrongly_is_taken_back_and_the_other_side_sees_it(world: World) -> None:
    await world.direct("tom").says("tom", "outcome L-1 not interested")
    world.everyone_heard_all()
    said = private(await world.direct("tom").says("tom", "retract L-1 because that was Bo Cruz"))
    assert "Taken back: outcome Not interested" in said
    assert "1st of 6 follow-ups due Fri 2 Oct 17:00" in said
    world.direct("josh").hears(
        "L-1 · Ann Lee · said afterwards", "Tom took back that L-1 was given an outcome", "that was Bo Cruz"
    )
    world.direct("tom").hears("2 waiting · Follow-ups", "L-1 Ann Lee")
    assert "(taken back)" in private(await world.direct("josh").says("josh", "item L-1"))


async def test_an_attempt_said_late_counts_from_when_it_was_made_and_the_other_side_hears(world: World) -> None:
    await world.travel_to("Mon 05 Oct 2026 09:30")
    world.everyone_heard_all()
    said = private(await world.direct("tom").says("tom", "followup L-1 on Fri called, no answer"))
    assert "It is late" not in said
    world.direct("josh").hears("L-1 · Ann Lee · said afterwards", "Tom says that L-1 was followed up Fri 2 Oct 17:00")
    world.everyone_heard_all()


async def test_many_said_late_at_once_are_told_to_the_other_side_in_one_message(world: World) -> None:
    await world.travel_to("Mon 05 Oct 2026 09:30")
    world.everyone_heard_all()
    await world.direct("tom").says("tom", "followup L-1 L-2 on Fri called both")
    world.direct("josh").hears("Said afterwards of 2 items: L-1, L-2", "L-1 was followed up", "L-2 was followed up")
    world.everyone_else_heard_nothing()


async def test_a_follow_up_is_not_done_by_saying_that_its_duty_is(world: World) -> None:
    page = private(await world.direct("tom").says("tom", "item L-1"))
    key = re.search(r"O-[0-9]+", page)
    assert key is not None
    refused = await world.direct("tom").says("tom", f"done {key[0]}")
    assert refused.refused
    assert "it is kept by what is done about L-1. \nSay followup L-1." in private(refused).replace("\n", " \n")


async def test_a_late_lead_that_is_excused_counts_neither_way(world: World) -> None:
    await world.travel_to("Fri 02 Oct 2026 17:00")
    assert "2 overdue" in private(await world.direct("josh").says("josh", "status C-2"))
    key = re.search(r"O-[0-9]+", private(await world.direct("josh").says("josh", "item L-1")))
    assert key is not None
    excused = await world.direct("josh").says("josh", f"excuse {key[0]} because the lead was on a plane")
    assert not excused.refused, private(excused)
    assert "1 overdue" in private(await world.direct("josh").says("josh", "status C-2"))
    world.everyone_heard_all()


async def test_won_opens_service_s_welcome_which_is_kept_like_any_other_duty(world: World) -> None:
    await world.direct("tom").says("tom", "outcome L-1 won")
    world.direct("joan").hears("Ann Lee", "welcome to the new customer", "due to Sales", "Mon 5 Oct 17:00")
    mine = private(await world.direct("joan").says("joan", "mine"))
    assert "Welcome to the new customer" in mine
    key = next(word for word in mine.split() if word.startswith("O-"))
    done = private(await world.direct("joan").says("joan", f"done {key} called her"))
    assert "Done: " in done
    world.everyone_heard_all()


async def test_a_welcome_is_owed_no_more_when_the_sale_is_taken_back(world: World) -> None:
    await world.direct("tom").says("tom", "outcome L-1 won")
    await world.direct("tom").says("tom", "retract L-1 because that was Bo Cruz")
    world.everyone_heard_all()
    assert "welcome" not in private(await world.direct("joan").says("joan", "mine")).lower()


@pytest.fixture
async def at_will(worlds: Worlds, tmp_path: Path) -> World:
    """The same where six follow-ups are owed within ten working days, on no cadence."""
    return await worlds.begin(
        company_x_with_leads(
            tmp_path,
            ("    cadence: [1, 2, 4, 6, 8, 10]\n", ""),
            ("    by_class:\n      hot: [0, 1, 2, 4, 6, 8]   # a lead that comes hot is called the day it comes\n", ""),
        ),
        then=_two_leads_come,
    )


def lists_of(world: World, member: str) -> list[str]:
    found = world.in_place(world.direct(member).place)
    return [text_of(each.card, NEW_YORK) for each in found if "Follow-ups" in each.card.title]


async def test_without_a_cadence_the_owner_hears_while_there_are_days_left_for_what_is_missing(at_will: World) -> None:
    await at_will.direct("tom").says("tom", "followup L-1 called")
    for _ in range(4):
        await at_will.travel_to("Fri 02 Oct 2026 10:00")
        await at_will.direct("tom").says("tom", f"followup L-1 at 09:3{_} called again")
    await at_will.travel_to("Wed 14 Oct 2026 16:59")
    before = len(lists_of(at_will, "tom"))
    await at_will.travel_to("Wed 14 Oct 2026 17:00")  # two working days before the last moment, Friday 17:00
    told = lists_of(at_will, "tom")
    assert len(told) == before + 1
    assert "L-2 Bo Cruz  1st of 6, 2 days left" in told[-1]
    await at_will.travel_to("Fri 16 Oct 2026 17:00")
    assert "2 late" in lists_of(at_will, "tom")[-1]
