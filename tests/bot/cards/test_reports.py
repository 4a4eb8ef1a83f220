"""The weekly report: in the channel, and a day earlier with its reporter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cards.reports import chart_of, preview, weekly
from bot.chat.card import BarPanel, GoalPoint
from slacore.handoffs import Piles
from slacore.reports import Changed, OpenDispute, volume_line
from tests.bot.cards.october import ACCEPTED, COUNTED, FRIDAY, leads, report
from tests.bot.cards.printing import lines, printed, says
from tests.company_x import NEW_YORK, OCTOBER, TERMS, at, standing

THURSDAY = at(22, 16)


def test_the_report_has_a_line_a_promise_the_money_what_it_takes_what_moved_disputes_and_the_note() -> None:
    card = weekly(report(), FRIDAY)
    assert printed(card) == lines(
        """
        Report 3 of 4 · Company X, marketing to sales to service · Fri 23 Oct
        (Company X, marketing to sales to service, October 2026)
        October
        Promise              Due by now  Actual  State
        Qualified leads        75 today      65  ▲ at risk
        Lead status reports           2       2  ● on pace
        Qualified leads. October: 40 accepted + 25 awaiting acceptance = 65 of 75 due today.
            3 are disputed and held apart. At the pace so far: 85 to 95 by Fri 30 Oct.
            It takes 35 more qualified leads in 6 working days: 6 a day.
        Qualified leads in money: 65 × 50 % × $100 = $3,250 of $5,000 planned
        Lead status reports. October: 2 of 4 kept; next Fri 23 Oct 16:00.
        Since Fri 16 Oct: 22 handed over, 22 accepted, 3 disputed
        1 open dispute: H-41, 3 qualified leads since Tue 20 Oct, “out of area”
        Amy: “Two big ones are close.”
        Not approved by Amy: it went out at its hour, and report 3 of 4, which Amy owes, stays open.
        """
    )
    assert card.buttons == ()
    assert card.summary == (
        "Report 3 of 4, Company X, marketing to sales to service, Fri 23 Oct: "
        "Qualified leads 65 of 75 due today, at risk; Lead status reports 2 of 2 due by now, on pace."
    )


def test_an_approved_report_says_by_whom() -> None:
    assert printed(weekly(replace(report(), approved_by="amy"), FRIDAY)).splitlines()[-1] == "Approved by Amy."


def test_a_week_whose_report_nobody_owes_says_that() -> None:
    text = printed(weekly(replace(report(), on=date(2026, 10, 2), number=0, of=0), at(2, 16)))
    assert text.splitlines()[0] == "Report · Company X, marketing to sales to service · Fri 2 Oct"
    assert text.splitlines()[-1] == "Not approved by Amy; nobody owes this week's report."


def test_a_report_that_comes_late_is_marked_in_its_first_line() -> None:
    text = printed(weekly(replace(report(), late=True), at(24, 10)))
    assert text.splitlines()[1] == "Late: this is the report of Fri 23 Oct."


def test_without_news_nothing_is_made_up() -> None:
    bare = replace(report(), changed=None, disputes=(), note="  ", approved_by="amy")
    text = printed(weekly(bare, FRIDAY))
    assert "Since" not in text
    assert "dispute:" not in text
    assert text.splitlines()[-2:] == [
        "Lead status reports. October: 2 of 4 kept; next Fri 23 Oct 16:00.",
        "Approved by Amy.",
    ]


def test_what_was_taken_back_is_said_as_such_and_standing_still_too() -> None:
    back = replace(report(), changed=Changed(at(16, 16), handed=-2, accepted=-1, disputed=-3))
    still = replace(report(), changed=Changed(at(16, 16), 0, 0, 0))
    assert "Since Fri 16 Oct: 2 taken back, 1 no longer accepted, 3 no longer disputed" in printed(weekly(back, FRIDAY))
    assert "Since Fri 16 Oct: nothing moved" in printed(weekly(still, FRIDAY))


def test_many_disputes_are_counted_and_the_first_are_named() -> None:
    several = tuple(OpenDispute(f"H-{number}", 1, "qualified lead", "duplicate", at(20, 10)) for number in range(1, 8))
    text = printed(weekly(replace(report(), disputes=several), FRIDAY))
    assert "7 open disputes: H-1, 1 qualified lead since Tue 20 Oct, “duplicate”, " in text
    assert "H-5, 1 qualified lead since Tue 20 Oct, “duplicate” and 2 more" in text
    assert "H-6" not in text


def test_after_the_due_moment_nothing_is_projected_and_nothing_is_left_to_take() -> None:
    now = at(30, 17)
    done = leads()
    after = volume_line(
        done.commitment, done.promise, standing(now, on_time=Piles(91)), TERMS.calendar_of(done.commitment), now
    )
    card = weekly(replace(report(), lines=(after,), at=now, on=date(2026, 10, 30)), now)
    text = printed(card)
    assert "Qualified leads. October: 91 of 100 by Fri 30 Oct 17:00, all accepted.\n" in text
    assert "Qualified leads in money: 91 × 50 % × $100 = $4,550 of $5,000 planned" in text
    assert "At the pace" not in text
    assert "It takes" not in text
    assert "✕ missed" in text
    assert card.tone == "bad"


def test_on_the_day_itself_nothing_is_projected_and_today_is_what_is_left() -> None:
    now = at(30, 10)
    line = leads()
    last = volume_line(
        line.commitment, line.promise, standing(now, on_time=Piles(91)), TERMS.calendar_of(line.commitment), now
    )
    text = printed(weekly(replace(report(), lines=(last,)), now))
    assert "October: 91 of 100 due today, all accepted. It takes 9 more qualified leads today.\n" in text


def test_the_reporter_gets_it_a_day_earlier_and_reads_what_approving_changes() -> None:
    card = preview(report(), goes_out_at=FRIDAY, now=THURSDAY)
    text = printed(card)
    assert text.splitlines()[0] == "Draft · Report 3 of 4 · Company X, marketing to sales to service · Fri 23 Oct"
    assert text.splitlines()[-2:] == [
        (
            "You report on this agreement. It goes to #smarketing Fri 23 Oct 16:00, approved or not. "
            "Report 3 of 4, which you owe, is kept only by approving it."
        ),
        "[Approve] [Change the note…]",
    ]
    assert says(card) == ["report approve", "report note …"]
    assert {button.may for button in card.buttons} == {("amy",)}
    assert card.summary.startswith("Draft for Amy: Report 3 of 4, ")


def test_the_draft_s_buttons_know_which_report_they_are_for() -> None:
    this_week = preview(report(), goes_out_at=FRIDAY, now=THURSDAY).buttons[0]
    next_week = preview(replace(report(), on=date(2026, 10, 30)), goes_out_at=at(30, 16), now=at(29, 16)).buttons[0]
    assert this_week.version == date(2026, 10, 23).toordinal()
    assert next_week.version != this_week.version


def test_an_approved_draft_can_still_get_a_note() -> None:
    card = preview(replace(report(), approved_by="amy", note=""), goes_out_at=FRIDAY, now=THURSDAY)
    assert printed(card).splitlines()[-2:] == [
        "You report on this agreement. Approved by Amy. It goes to #smarketing Fri 23 Oct 16:00, approved or not.",
        "[Add a note…]",
    ]


def test_somebody_else_may_look_and_press_nothing() -> None:
    card = preview(report(), goes_out_at=FRIDAY, now=THURSDAY, reader="josh")
    assert printed(card).splitlines()[-1] == (
        "Amy reports on this agreement. It goes to #smarketing Fri 23 Oct 16:00, approved or not. "
        "Report 3 of 4, which Amy owes, is kept only by approving it."
    )
    assert card.buttons == ()


def test_the_picture_carries_the_numbers_of_the_report() -> None:
    chart = chart_of(report())
    assert chart is not None
    panel = chart.volumes[0]
    assert (panel.title, panel.unit, panel.target, panel.state) == (
        "Qualified leads",
        "qualified leads",
        100,
        "at risk",
    )
    assert (panel.starts_at, panel.ends_at) == (OCTOBER.starts_at(NEW_YORK), OCTOBER.ends_at(NEW_YORK))
    assert (panel.due_at, panel.now, panel.zone) == (at(30, 17), FRIDAY, NEW_YORK)
    assert (panel.accepted, panel.counted, panel.projected) == (ACCEPTED, COUNTED, (85, 95))
    assert panel.goal == tuple(
        GoalPoint(at(day, 17), quantity) for day, quantity in ((9, 25), (16, 50), (23, 75), (30, 100))
    )
    assert chart.bars == (BarPanel("Lead status reports", 2, 0, 2, "on pace"),)


def test_an_even_pace_has_its_due_moment_as_its_one_mark() -> None:
    line = leads()
    even = replace(line, standing=replace(line.standing, goal=replace(line.standing.goal, checkpoints=(), even=True)))
    chart = chart_of(replace(report(), lines=(even,)))
    assert chart is not None
    assert chart.volumes[0].goal == (GoalPoint(at(30, 17), 100),)


def test_the_picture_s_sentence_says_everything_that_it_shows() -> None:
    chart = chart_of(report())
    assert chart is not None
    assert chart.alt == (
        "Qualified leads (at risk): 65 of 100 qualified leads as of Fri 23 Oct 16:00; "
        "40 accepted and 25 awaiting acceptance; 35 to go. Due Fri 30 Oct 17:00 New York time. "
        "Goals: 25 by Fri 9 Oct 17:00, 50 by Fri 16 Oct 17:00, 75 by Fri 23 Oct 17:00, 100 by Fri 30 Oct 17:00. "
        "At the pace so far 85 to 95 by then. Lead status reports (on pace): 2 kept, 0 missed, 2 to come."
    )


def test_an_agreement_that_promises_nothing_has_no_picture_and_still_a_report() -> None:
    empty = replace(report(), lines=(), changed=None, disputes=(), note="")
    assert chart_of(empty) is None
    assert weekly(empty, FRIDAY).summary.endswith("Fri 23 Oct: nothing is promised yet.")
