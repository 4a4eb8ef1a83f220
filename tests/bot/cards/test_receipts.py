"""A handoff's receipt, in every state that a handoff can be in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.cards.receipts import receipt
from bot.chat.card import Card, Mention, Note
from slacore import handoffs
from slacore.handoffs import Entry, Handoff, Piles, Proposal
from slacore.parties import Member
from tests.bot.cards.printing import lines, printed, says
from tests.company_x import TERMS, at, handoff, standing

FRIDAY = at(16, 9, 30)
MONDAY = at(19, 10, 12)


def told(given: Handoff, entries: list[Entry], now: datetime, in_october: Piles, *, late: Piles | None = None) -> Card:
    return receipt(given, entries, standing(now, on_time=in_october, late=late), TERMS, now)


def logged(at_moment: datetime = FRIDAY, quantity: int = 25) -> tuple[Handoff, list[Entry]]:
    given = handoff(at_moment, quantity)
    return given, [handoffs.logged(given)]


def test_what_was_just_handed_over_waits_for_the_other_side_and_counts_already() -> None:
    given, entries = logged()
    card = told(given, entries, FRIDAY, Piles(18, 25))
    assert printed(card) == lines(
        """
        H-41 · Marketing → Sales · 25 qualified leads
        Logged by Josh, Fri 16 Oct.
        October: 18 accepted + 25 awaiting acceptance = 43 of 50 due today.
        Waiting for Amy; accepted Tue 20 Oct 17:00 if nobody objects.
        [Accept all 25] [Accept some…] [Dispute…]
        """
    )
    assert says(card) == ["accept H-41", "accept H-41 …", "dispute H-41 …"]
    assert card.summary == (
        "H-41: Marketing handed Sales 25 qualified leads; accepted on Tue 20 Oct if nobody objects."
    )


def test_the_buttons_are_the_receiving_side_s_and_know_the_state_they_were_made_for() -> None:
    given, entries = logged()
    card = told(replace(given, revision=3), entries, FRIDAY, Piles(18, 25))
    assert {button.may for button in card.buttons} == {("amy", "priya", "tom")}
    assert {button.version for button in card.buttons} == {3}


def test_the_one_who_has_to_answer_is_called_and_may_be_somebody_who_stands_in() -> None:
    given, entries = logged()
    card = receipt(given, entries, standing(FRIDAY, on_time=Piles(18, 25)), TERMS, FRIDAY, waiting_for="priya")
    note = next(block for block in card.blocks if isinstance(block, Note))
    assert Mention("priya", "Priya", calls=True) in note.spans


def test_everybody_reads_the_hour_on_his_own_wall() -> None:
    given, entries = logged()
    assert "accepted Tue 20 Oct 22:00 if nobody objects" in printed(
        told(given, entries, FRIDAY, Piles(18, 25)), "Europe/London"
    )


def test_an_accepted_handoff_has_nothing_left_to_press() -> None:
    given, entries = logged()
    accepted, entry = handoffs.accept(given, None, "", "amy", MONDAY)
    assert printed(told(accepted, [*entries, entry], MONDAY, Piles(43))) == lines(
        """
        H-41 · Marketing → Sales · 25 qualified leads · ✓ accepted
        Logged by Josh, Fri 16 Oct.
        Accepted by Amy, Mon 19 Oct 10:12.
        October: 43 of 75 due Fri 23 Oct, all accepted; 50 expected by now.
        """
    )


def test_accepting_a_part_disputes_the_rest_and_says_why() -> None:
    given, entries = logged()
    part, entry = handoffs.accept(given, 22, "three are out of area", "amy", MONDAY)
    card = told(part, [*entries, entry], MONDAY, Piles(40, 0, 3))
    assert printed(card) == lines(
        """
        H-41 · Marketing → Sales · 25 qualified leads · ▲ 3 disputed
        Logged by Josh, Fri 16 Oct.
        Amy accepted 22 of 25 and disputed 3, Mon 19 Oct 10:12: “three are out of area”.
        October: 40 of 75 due Fri 23 Oct, all accepted; 50 expected by now. 3 are disputed and held apart.
        The dispute ends when Marketing corrects the number or Sales accepts.
        [Accept the disputed 3] [Correct to 22…]
        """
    )
    assert says(card) == ["accept H-41", "correct H-41 to 22 …"]
    assert card.buttons[1].may == ("josh", "nina", "omar")


def test_a_dispute_over_some_leaves_the_others_to_be_accepted() -> None:
    given, entries = logged()
    disputed, entry = handoffs.dispute(given, 3, "out of area", "amy", MONDAY)
    card = told(disputed, [*entries, entry], MONDAY, Piles(18, 22, 3))
    assert printed(card) == lines(
        """
        H-41 · Marketing → Sales · 25 qualified leads · ▲ 3 disputed
        Logged by Josh, Fri 16 Oct.
        Amy disputed 3 of 25, Mon 19 Oct 10:12: “out of area”.
        October: 18 accepted + 22 awaiting acceptance = 40 of 75 due Fri 23 Oct; 50 expected by now. 3 are
            disputed and held apart.
        Waiting for Amy; the other 22 accepted Tue 20 Oct 17:00 if nobody objects.
        [Accept the other 22] [Accept all 25] [Dispute…] [Correct to 22…]
        """
    )
    assert says(card)[:2] == ["accept H-41 22", "accept H-41"]


def test_a_dispute_over_everything_can_be_conceded_by_withdrawing() -> None:
    given, entries = logged(quantity=3)
    disputed, entry = handoffs.dispute(given, None, "duplicates", "amy", MONDAY)
    card = told(disputed, [*entries, entry], MONDAY, Piles(40, 0, 3))
    assert printed(card).splitlines()[-1] == "[Accept the disputed 3] [Withdraw all 3…]"
    withdrawn, conceded = handoffs.correct(disputed, 0, "they were duplicates", "josh", at(19, 11))
    assert printed(told(withdrawn, [*entries, entry, conceded], at(19, 11), Piles(40))) == lines(
        """
        H-41 · Marketing → Sales · 0 qualified leads · – withdrawn
        Logged by Josh, Fri 16 Oct.
        Amy disputed all 3, Mon 19 Oct 10:12: “duplicates”.
        Corrected 3 → 0 by Josh, Mon 19 Oct 11:00: “they were duplicates”.
        October: 40 of 75 due Fri 23 Oct, all accepted; 50 expected by now.
        """
    )


def test_a_dispute_that_is_taken_back_is_told_with_what_it_was_about() -> None:
    given, entries = logged()
    part, first = handoffs.accept(given, 22, "no phone number", "amy", MONDAY)
    whole, second = handoffs.accept(part, None, "", "priya", at(20, 9))
    assert "Priya accepted the disputed 3, Tue 20 Oct 09:00." in printed(
        told(whole, [*entries, first, second], at(20, 9), Piles(43))
    )


def test_silence_accepts_and_the_receipt_says_that_nobody_objected() -> None:
    given, entries = logged()
    accepted, entry = handoffs.accept_by_silence(given, at(20, 17))
    assert printed(told(accepted, [*entries, entry], at(20, 17), Piles(43))) == lines(
        """
        H-41 · Marketing → Sales · 25 qualified leads · ✓ accepted
        Logged by Josh, Fri 16 Oct.
        Accepted Tue 20 Oct 17:00: nobody objected in the agreed time.
        October: 43 of 75 due Fri 23 Oct, all accepted; 50 expected by now.
        """
    )


def test_silence_accepts_only_what_nobody_disputes() -> None:
    given, entries = logged()
    disputed, first = handoffs.dispute(given, 3, "out of area", "amy", MONDAY)
    accepted, second = handoffs.accept_by_silence(disputed, at(20, 17))
    assert "Accepted 22 of 25 Tue 20 Oct 17:00: nobody objected in the agreed time." in printed(
        told(accepted, [*entries, first, second], at(20, 17), Piles(40, 0, 3))
    )


def test_what_was_undone_keeps_its_receipt_and_counts_no_more() -> None:
    given, entries = logged()
    undone, entry = handoffs.undo(given, "josh", at(16, 9, 35))
    card = told(undone, [*entries, entry], at(16, 9, 35), Piles(18))
    assert printed(card) == lines(
        """
        H-41 · Marketing → Sales · 25 qualified leads · – undone
        Logged by Josh, Fri 16 Oct.
        Undone by Josh, Fri 16 Oct 09:35. It counts no more.
        October: 18 of 50 due today, all accepted; 25 expected by now.
        """
    )
    assert card.summary == "H-41: Marketing handed Sales 25 qualified leads; it was undone and counts no more."


def test_a_correction_shows_both_numbers_and_the_reason() -> None:
    given, entries = logged()
    corrected, entry = handoffs.correct(given, 23, "two were counted twice", "josh", at(16, 11))
    assert printed(told(corrected, [*entries, entry], at(16, 11), Piles(18, 23))) == lines(
        """
        H-41 · Marketing → Sales · 23 qualified leads
        Logged by Josh, Fri 16 Oct.
        Corrected 25 → 23 by Josh, Fri 16 Oct 11:00: “two were counted twice”.
        October: 18 accepted + 23 awaiting acceptance = 41 of 50 due today.
        Waiting for Amy; accepted Tue 20 Oct 17:00 if nobody objects.
        [Accept all 23] [Accept some…] [Dispute…]
        """
    )


def test_a_correction_that_needs_both_sides_waits_with_a_button_for_the_other_one() -> None:
    given, entries = logged()
    accepted, entry = handoffs.accept(given, None, "", "amy", MONDAY)
    wish = Proposal(23, "two were fake", "amy", "sales", at(21, 10))
    card = receipt(
        accepted, [*entries, entry], standing(at(21, 10), on_time=Piles(43)), TERMS, at(21, 10), proposal=wish
    )
    assert printed(card) == lines(
        """
        H-41 · Marketing → Sales · 25 qualified leads · ✓ accepted
        Logged by Josh, Fri 16 Oct.
        Accepted by Amy, Mon 19 Oct 10:12.
        Amy asks to correct 25 → 23, Wed 21 Oct 10:00: “two were fake”. Nothing changes unless Marketing agrees.
        October: 43 of 75 due Fri 23 Oct, all accepted; 50 expected by now.
        [Agree to 23]
        """
    )
    assert says(card) == ['correct H-41 to 23 because "two were fake"']
    assert card.buttons[0].may == ("josh", "nina", "omar")


def test_agreeing_never_opens_a_form_however_the_reason_ends() -> None:
    given, entries = logged()
    wish = Proposal(23, 'two were "fake" …', "josh", "marketing", at(21, 10))
    card = receipt(given, entries, standing(FRIDAY, on_time=Piles(18, 25)), TERMS, FRIDAY, proposal=wish)
    assert says(card)[0] == 'correct H-41 to 23 because "two were ""fake"" …"'


def test_a_correction_after_the_period_s_end_restates_the_period() -> None:
    given, entries = logged()
    accepted, first = handoffs.accept(given, None, "", "amy", MONDAY)
    now = at(4, 9, month=11)
    restated, second = handoffs.correct(accepted, 23, "two were fake", "josh", now)
    card = told(restated, [*entries, first, second], now, Piles(89))
    assert printed(card) == lines(
        """
        H-41 · Marketing → Sales · 23 qualified leads · ✓ accepted
        Logged by Josh, Fri 16 Oct.
        Accepted by Amy, Mon 19 Oct 10:12.
        Corrected 25 → 23 by Josh, Wed 4 Nov 09:00: “two were fake”. Restates October by −2.
        October: 89 of 100 by Fri 30 Oct 17:00, all accepted.
        """
    )


def test_a_dispute_conceded_by_the_receiver_after_the_period_s_end_restates_it_upwards() -> None:
    given, entries = logged()
    part, first = handoffs.accept(given, 22, "no phone number", "amy", MONDAY)
    now = at(4, 9, month=11)
    whole, second = handoffs.accept(part, None, "", "amy", now)
    assert "Amy accepted the disputed 3, Wed 4 Nov 09:00. Restates October by +3." in printed(
        told(whole, [*entries, first, second], now, Piles(94))
    )


def test_a_backdated_handoff_says_for_which_day_it_was_logged() -> None:
    given, _ = logged()
    backdated = replace(given, handed_on=date(2026, 10, 14), handed_at=at(14, 17))
    card = told(backdated, [handoffs.logged(backdated)], FRIDAY, Piles(18, 25))
    assert "Logged by Josh, Fri 16 Oct, for Wed 14 Oct." in printed(card)


def test_a_late_handoff_is_credited_to_its_period_and_marked() -> None:
    late = replace(handoff(at(31, 10), 9), late=True)
    card = told(late, [handoffs.logged(late)], at(31, 10), Piles(91), late=Piles(0, 9))
    assert printed(card) == lines(
        """
        H-41 · Marketing → Sales · 9 qualified leads
        Logged by Josh, Sat 31 Oct. Late: handed over after Fri 30 Oct 17:00, credited to October.
        October: 91 of 100 by Fri 30 Oct 17:00, all accepted, and 9 late.
        Waiting for Amy; accepted Tue 3 Nov 17:00 if nobody objects.
        [Accept all 9] [Accept some…] [Dispute…]
        """
    )


def test_campaign_reference_and_note_stand_on_the_receipt_in_quotes() -> None:
    given, _ = logged()
    detailed = replace(given, campaign="autumn-webinar", ref="Webinar 3", note="from\nthe <!channel> list")
    card = told(detailed, [handoffs.logged(detailed)], FRIDAY, Piles(18, 25))
    assert printed(card).splitlines()[1] == (
        "Logged by Josh, Fri 16 Oct. Campaign “Autumn webinar”. Ref “Webinar 3”. Note “from the <!channel> list”."
    )


def test_one_unit_is_spoken_of_in_the_singular() -> None:
    given, entries = logged(quantity=1)
    card = told(given, entries, FRIDAY, Piles(18, 1))
    assert printed(card).splitlines()[0] == "H-41 · Marketing → Sales · 1 qualified lead"
    assert printed(card).splitlines()[-1] == "[Accept] [Dispute…]"


def test_today_is_said_only_on_the_day_that_the_newest_line_tells_of() -> None:
    given, entries = logged(at(15, 9, 30))
    looked_at_later = told(given, entries, FRIDAY, Piles(18, 25))
    assert "43 of 50 due Fri 16 Oct." in printed(looked_at_later)


def test_a_reached_checkpoint_gives_way_to_the_next_one() -> None:
    given, entries = logged(quantity=40)
    assert "18 accepted + 40 awaiting acceptance = 58 of 75 due Fri 23 Oct." in printed(
        told(given, entries, FRIDAY, Piles(18, 40))
    )


def test_a_long_ledger_shows_its_end_and_where_the_rest_is() -> None:
    given, entries = logged()
    for step in range(1, 7):
        given, entry = handoffs.correct(given, 25 - step, f"slip {step}", "josh", at(16, 10, step))
        entries.append(entry)
    text = printed(told(given, entries, at(16, 11), Piles(18, 19)))
    assert text.splitlines()[2] == "2 earlier changes: history H-41."
    assert "slip 2" not in text
    assert "Corrected 20 → 19 by Josh, Fri 16 Oct 10:06: “slip 6”." in text


def test_two_people_with_one_first_name_are_called_by_their_whole_names() -> None:
    terms = replace(TERMS, people=(*TERMS.people, Member("amy2", "Amy Okafor", "Europe/London")))
    given, entries = logged()
    card = receipt(given, entries, standing(FRIDAY, on_time=Piles(18, 25)), terms, FRIDAY)
    assert "Waiting for Amy Chen;" in printed(card)
