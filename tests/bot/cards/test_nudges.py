"""A private word to the owner: what, by when, how far, what to press, why, what next, and how it stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cards.duties import Duty
from bot.cards.nudges import nudge
from bot.cards.whys import NextStep
from slacore.breaches import Breach
from slacore.handoffs import Piles
from slacore.sweep import Recipient
from tests.bot.cards.printing import lines, printed, says
from tests.company_x import TERMS, answer_on, at, friction_report, handoff, month_of_leads, report_of, standing

BREACH = Breach(3, 12, "A-1", 1, "leads", "marketing", 9, provisional=False, recorded_at=at(30, 17))


def test_before_the_due_moment_an_owner_hears_what_it_takes() -> None:
    now = at(28, 9)
    risky = replace(standing(now, on_time=Piles(60, 25)), state="at risk", projected=(89, 98))
    duty = Duty(replace(month_of_leads(), state="at risk"), TERMS, risky)
    card = nudge(duty, now, next_step=NextStep(at(30, 17), ("Josh Lindqvist",)), commitment_key="C-1")
    assert printed(card) == lines(
        """
        O-12 · Qualified leads, October · ▲ at risk
        Josh, 100 qualified leads are due to Sales in 2 days, Fri 30 Oct 17:00.
        October: 60 accepted + 25 awaiting acceptance = 85 of 100 due Fri 30 Oct.
        At the pace so far: 89 to 98 by Fri 30 Oct. It takes 15 more qualified leads in 3 working days: 5 a day.
        You own Qualified leads (C-1). If nothing changes, you are told again Fri 30 Oct 17:00. It stops when
            the number is in; after ack O-12 nobody further is told for a working day.
        [Log handoff…] [I have it] [Snooze to tomorrow 09:00]
        """
    )
    assert says(card) == ["handoff to sales …", "ack O-12", "snooze O-12 until 2026-10-29T13:00Z"]
    assert card.summary == "Qualified leads, October: at risk; due to Sales in 2 days."


def test_a_missed_checkpoint_says_what_it_asked_for() -> None:
    now = at(16, 17)
    duty = Duty(replace(month_of_leads(), state="at risk"), TERMS, standing(now, on_time=Piles(18, 25)))
    card = nudge(duty, now, occasion="checkpoint missed", next_step=NextStep(at(28, 9), ("Josh Lindqvist",)))
    assert printed(card).splitlines()[:3] == [
        "O-12 · Qualified leads, October · ▼ behind",
        "Josh, a checkpoint was missed: 43 of 50 due Fri 16 Oct 17:00.",
        "October: 18 accepted + 25 awaiting acceptance = 43 of 75 due Fri 23 Oct; 50 expected by now.",
    ]


def test_at_the_due_moment_what_is_still_open_makes_it_undecided_and_no_miss() -> None:
    now = at(30, 17)
    duty = Duty(month_of_leads(), TERMS, standing(now, on_time=Piles(80, 5, 15)))
    card = nudge(duty, now, next_step=NextStep(at(2, 9, month=11), ("Amy Chen",)))
    assert printed(card) == lines(
        """
        O-12 · Qualified leads, October · ▼ behind, provisional
        Josh, 100 qualified leads were due to Sales Fri 30 Oct 17:00.
        October: 80 accepted + 5 awaiting acceptance = 85 of 100 by Fri 30 Oct 17:00. 15 are disputed and held apart.
        Undecided: 20 qualified leads are still open.
        You own Qualified leads. If nothing changes, Amy is told Mon 2 Nov 09:00. It stops when the number is
            in; after ack O-12 nobody further is told for a working day.
        [Log handoff…] [I have it] [Snooze to Mon 2 Nov 09:00]
        """
    )
    assert "missed" not in card.summary


def test_a_shortfall_whose_amount_is_open_is_not_called_a_miss_and_brings_no_consequence_yet() -> None:
    now = at(30, 17)
    duty = Duty(replace(month_of_leads(), state="missed"), TERMS, standing(now, on_time=Piles(80, 5, 6)))
    card = nudge(duty, now, breach=replace(BREACH, provisional=True))
    text = printed(card)
    assert text.splitlines()[0] == "O-12 · Qualified leads, October · ▼ short, provisional"
    assert "Short by 15 so far: 11 qualified leads are still open, and no consequence follows before." in text
    assert "recovery plan" not in text
    assert "miss" not in f"{text} {card.summary}"


def test_a_miss_says_what_was_agreed_for_it_and_what_coming_late_is_worth() -> None:
    now = at(30, 17)
    duty = Duty(replace(month_of_leads(), state="missed"), TERMS, standing(now, on_time=Piles(91)))
    card = nudge(duty, now, breach=BREACH, next_step=NextStep(at(3, 9, month=11), ("Amy Chen", "Morgan Reyes")))
    assert printed(card) == lines(
        """
        O-12 · Qualified leads, October · ✕ missed
        Josh, 100 qualified leads were due to Sales Fri 30 Oct 17:00.
        October: 91 of 100 by Fri 30 Oct 17:00, all accepted.
        9 qualified leads short. B-3, agreed consequence: recovery plan within 3 working days, or 9 qualified
            leads carried over. What comes now is credited to October once; the miss stays on the record.
        You own Qualified leads. If nothing changes, Amy and Morgan are told Tue 3 Nov 09:00. It stops when
            the number is in; after ack O-12 nobody further is told for a working day.
        [Log handoff…] [I have it] [Snooze to Mon 2 Nov 09:00] [Say why…] [Dispute the miss…]
        """
    )
    assert card.tone == "bad"


def test_the_friction_report_is_ended_by_sending_it() -> None:
    card = nudge(Duty(friction_report(), TERMS), at(29, 12), next_step=NextStep(at(30, 12), ("Amy Chen",)))
    assert printed(card) == lines(
        """
        O-80 · Customer friction report, Fri 30 Oct · ○ open
        Amy, the customer friction report is due to Service tomorrow, Fri 30 Oct 12:00.
        You own Customer friction report. If nothing changes, you are told again Fri 30 Oct 12:00. It stops
            when the friction report is sent; after ack O-80 nobody further is told for a working day.
        [See the report] [I have it] [Snooze to tomorrow 09:00]
        """
    )


def test_a_slot_at_risk_says_that_the_one_before_was_missed() -> None:
    duty = Duty(replace(friction_report(), state="at risk"), TERMS)
    assert "tomorrow, Fri 30 Oct 12:00. The one before was missed." in printed(nudge(duty, at(29, 12)))


def test_a_report_that_is_due_is_ended_by_approving_it() -> None:
    card = nudge(Duty(report_of(23), TERMS), at(22, 16))
    assert "[See the report] [I have it]" in printed(card)
    assert "It stops when the report is approved" in printed(card)
    assert says(card)[0] == "report preview"


def test_whoever_stands_in_hears_for_whom_and_when_the_other_side_is_told() -> None:
    duty = Duty(replace(report_of(23), state="missed"), TERMS)
    card = nudge(
        duty,
        at(23, 16),
        to=Recipient("priya", "owner", stands_in_for="amy"),
        next_step=NextStep(at(27, 9), ("Josh Lindqvist", "#smarketing")),
    )
    assert printed(card) == lines(
        """
        O-77 · Lead status report, Fri 23 Oct · ✕ missed
        Priya, the lead status report was due to Marketing Fri 23 Oct 16:00, and is not there.
        You stand in for Amy, who owns Lead status reports. If nothing changes, Josh and #smarketing are told
            Tue 27 Oct 09:00. It stops with done O-77; after ack O-77 nobody further is told for a working day.
        [Done…] [I have it] [Snooze to Mon 26 Oct 09:00]
        """
    )


def test_a_reminder_that_was_asked_for_says_so() -> None:
    card = nudge(Duty(friction_report(), TERMS), at(29, 12), occasion="reminded")
    assert "Amy, you asked to be reminded: the customer friction report is due" in printed(card)


def test_a_correction_that_took_back_what_was_met_says_so() -> None:
    now = at(28, 9)
    card = nudge(Duty(month_of_leads(), TERMS, standing(now, on_time=Piles(98))), now, occasion="reopened")
    assert "Josh, a correction took back what had been met: 100 qualified leads are due" in printed(card)


def test_words_that_come_late_or_were_held_say_so_first_in_the_small_print() -> None:
    duty = Duty(friction_report(), TERMS)
    late = printed(nudge(duty, at(29, 12), meant_at=at(28, 9)))
    held = printed(nudge(duty, at(29, 9), since=at(28, 22)))
    assert "\nLate: this was meant for Wed 28 Oct 09:00. You own" in late
    assert "\nHeld since Wed 28 Oct 22:00 over your quiet hours. You own" in held


def test_who_has_it_already_is_said_and_until_when() -> None:
    duty = Duty(replace(friction_report(), acked_by="priya", acked_until=at(30, 9)), TERMS)
    assert "Priya has it until Fri 30 Oct 09:00." in printed(nudge(duty, at(28, 12)))


def test_an_answer_that_is_owed_has_the_handoff_s_own_buttons() -> None:
    given = handoff(at(22, 10))
    card = nudge(Duty(answer_on(given), TERMS, handoff=given), at(23, 9))
    assert printed(card) == lines(
        """
        O-90 · Answer on H-41 (25 qualified leads) · ○ open
        Amy, H-41 (25 qualified leads) from Marketing waits for your answer; silence accepts it Mon 26 Oct 17:00.
        You answer for Sales. It stops with your answer.
        [Accept all 25] [Accept some…] [Dispute…]
        """
    )


def test_a_snooze_never_reaches_past_the_next_step_and_is_offered_twice_at_most() -> None:
    upcoming = NextStep(at(30, 8), ("Amy Chen",))
    assert "Snooze" not in printed(nudge(Duty(friction_report(), TERMS), at(29, 12), next_step=upcoming))
    used_up = Duty(replace(friction_report(), snoozes=2), TERMS)
    assert "Snooze" not in printed(nudge(used_up, at(28, 12), next_step=NextStep(at(30, 12), ("Amy Chen",))))


def test_a_snooze_is_to_nine_in_the_owner_s_own_morning() -> None:
    terms = replace(
        TERMS, people=tuple(replace(each, zone="Europe/London") if each.id == "amy" else each for each in TERMS.people)
    )
    card = nudge(Duty(friction_report(), terms), at(28, 12), next_step=NextStep(at(30, 12), ("Amy Chen",)))
    assert says(card)[-1] == "snooze O-80 until 2026-10-29T09:00Z"


def test_what_is_settled_has_nothing_left_to_press() -> None:
    done = replace(friction_report(), state="missed", done_at=at(2, 10, month=11))
    card = nudge(Duty(done, TERMS), at(2, 10, month=11))
    assert printed(card).splitlines()[:2] == [
        "O-80 · Customer friction report, Fri 30 Oct · ◐ met late",
        "Amy, the customer friction report was due to Service Fri 30 Oct 12:00, and came late.",
    ]
    assert card.buttons == ()


def test_a_period_that_the_agreement_cut_short_says_from_how_many() -> None:
    now = at(28, 9)
    terms = replace(TERMS, effective_on=date(2026, 10, 19))
    duty = Duty(month_of_leads(), terms, standing(now, on_time=Piles(40), terms=terms))
    assert "Josh, 48 qualified leads (pro-rated from 100) are due" in printed(nudge(duty, now))
