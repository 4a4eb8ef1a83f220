"""One private message a day, or none; and the lists behind it: mine and owed."""

from __future__ import annotations

from dataclasses import replace

from bot.cards.digests import digest
from bot.cards.duties import Duty
from bot.cards.healths import Unheard
from bot.cards.mine import mine
from bot.cards.owed import owed
from bot.chat.card import Card
from slacore.handoffs import Piles
from tests.bot.cards.printing import lines, printed, says
from tests.company_x import (
    NEW_YORK,
    TERMS,
    answer_on,
    at,
    friction_report,
    handoff,
    month_of_leads,
    report_of,
    standing,
)

NOW = at(23, 9)
GIVEN = handoff(at(22, 10))
OVERDUE = Duty(replace(report_of(16), number=76, state="missed"), TERMS)
TODAY = Duty(report_of(23), TERMS)
ANSWER = Duty(answer_on(GIVEN), TERMS, handoff=GIVEN)
LATER = Duty(friction_report(), TERMS)
LEADS = Duty(month_of_leads(), TERMS, replace(standing(NOW, on_time=Piles(40, 25)), state="on pace"))


def the_digest(*owes: Duty, gets: tuple[Duty, ...] = (), folded: tuple[Card, ...] = ()) -> Card:
    card = digest(owes, gets, "amy", NOW, zone=NEW_YORK, folded=folded)
    assert card is not None
    return card


def test_the_day_is_summed_up_in_one_line_and_then_listed_by_what_matters_most() -> None:
    card = the_digest(TODAY, ANSWER, OVERDUE, LATER, gets=(LEADS,))
    assert printed(card) == lines(
        """
        3 things: 1 overdue, 1 to accept, 1 due today. You are owed: nothing late.
        O-76 Lead status report, to Marketing: overdue since Fri 16 Oct 16:00.
        Answer on H-41 (25 qualified leads), from Marketing: silence accepts it Mon 26 Oct 17:00.
        O-77 Lead status report, to Marketing: due today, Fri 23 Oct 16:00.
        Your digest of the day. digest off ends it, digest 08:00 moves it.
        [Done O-76…] [Accept H-41] [Dispute H-41…] [See the report O-77]
        """
    )
    assert says(card) == ["done O-76 …", "accept H-41", "dispute H-41 …", "report preview"]
    assert card.summary == (
        "3 things: 1 overdue, 1 to accept, 1 due today. Lead status report, Fri 16 Oct; "
        "Answer on H-41 (25 qualified leads); Lead status report, Fri 23 Oct. You are owed: nothing late."
    )


def test_where_nothing_wants_a_hand_there_is_no_digest() -> None:
    assert digest([LATER], [LEADS], "amy", NOW, zone=NEW_YORK) is None
    assert digest([], [], "amy", NOW, zone=NEW_YORK) is None


def test_what_others_are_late_with_is_reason_enough() -> None:
    card = the_digest(gets=(OVERDUE,))
    assert printed(card) == lines(
        """
        Nothing for you to do today. You are owed: 1 late.
        Late to you: Lead status report, Fri 16 Oct.
        Your digest of the day. digest off ends it, digest 08:00 moves it.
        """
    )


def test_a_promise_at_risk_is_one_thing_and_one_undecided_is_no_miss() -> None:
    behind = replace(LEADS, standing=standing(NOW, on_time=Piles(40)))
    undecided_at = at(31, 9)
    undecided = replace(LEADS, standing=standing(undecided_at, on_time=Piles(80, 5, 15)))
    assert printed(the_digest(behind)).splitlines()[:2] == [
        "1 at risk. You are owed: nothing late.",
        "O-12 Qualified leads, October, to Sales: ▼ behind, 40 of 75 due Fri 23 Oct.",
    ]
    card = digest([undecided], [], "josh", undecided_at, zone=NEW_YORK)
    assert card is not None
    assert printed(card).splitlines()[:2] == [
        "1 undecided. You are owed: nothing late.",
        ("O-12 Qualified leads, October, to Sales: was due Fri 30 Oct 17:00; units are still open. 85 of 100 in time."),
    ]


def test_today_is_the_reader_s_own() -> None:
    in_tokyo = digest([TODAY], [], "amy", at(22, 20), zone="Asia/Tokyo")
    assert in_tokyo is None  # the report is due at 05:00 on the 24th there, and it is the 23rd
    assert digest([TODAY], [], "amy", at(23, 12), zone="Asia/Tokyo") is not None


def test_messages_over_the_budget_are_folded_in() -> None:
    folded = tuple(Card(f"O-{number} · something", "said") for number in range(1, 8))
    text = printed(the_digest(TODAY, folded=folded))
    assert (
        "7 messages beyond three a day were folded in here: O-1 · something; O-2 · something; "
        "O-3 · something; O-4 · something; O-5 · something; and 2 more."
    ) in text
    assert "1 message beyond three a day was folded in here: O-1 · something." in printed(
        the_digest(TODAY, folded=folded[:1])
    )


def test_a_digest_that_comes_after_its_hour_says_so() -> None:
    card = digest([TODAY], [], "amy", at(23, 11), zone=NEW_YORK, meant_at=NOW)
    assert card is not None
    assert "\nLate: this was meant for Fri 23 Oct 09:00. Your digest of the day." in printed(card)


def test_a_long_list_is_cut_with_the_button_that_shows_the_rest() -> None:
    answers = [replace(ANSWER, obligation=replace(answer_on(GIVEN), number=number)) for number in range(100, 115)]
    card = the_digest(*answers)
    text = printed(card)
    assert text.splitlines()[0] == "15 to accept. You are owed: nothing late."
    assert "+3 more: mine." in text
    assert says(card)[-1] == "mine"


def test_a_sum_that_does_not_fit_a_title_keeps_what_is_owed_for_the_text() -> None:
    behind = replace(LEADS, standing=standing(NOW, on_time=Piles(40)))
    undecided = replace(LEADS, obligation=replace(month_of_leads(), due_at=at(22, 17)))
    card = the_digest(OVERDUE, ANSWER, TODAY, behind, undecided, gets=(OVERDUE,))
    assert card.title == "5 things: 1 overdue, 1 to accept, 1 due today, 1 undecided, 1 at risk."
    assert "\nYou are owed: 1 late.\n" in printed(card)


def test_mine_lists_what_i_owe_and_what_i_am_owed() -> None:
    card = mine([OVERDUE, TODAY, ANSWER], [LEADS], "amy", NOW)
    assert printed(card) == lines(
        """
        Your part: 3 things to do, 1 thing owed to you
        You owe                                            Due               State
        O-76 Lead status report, to Marketing              Fri 16 Oct 16:00  ✕ missed
        O-77 Lead status report, to Marketing              Fri 23 Oct 16:00  ○ open
        Answer on H-41 (25 qualified leads), to Marketing  Mon 26 Oct 17:00  ○ open
        You are owed                                           Due               State
        O-12 Qualified leads, October, from Josh of Marketing  Fri 30 Oct 17:00  ● on pace
        [Done O-76…] [See the report O-77] [Accept H-41] [Dispute H-41…]
        """
    )
    assert card.summary == "Your part: 3 things to do, 1 thing owed to you. First: Lead status report, Fri 16 Oct."


def test_mine_says_for_whom_a_deputy_would_act() -> None:
    assert "O-77 Lead status report, to Marketing (for Amy)" in printed(mine([TODAY], [], "priya", NOW))


def test_a_list_accepts_only_what_waits_and_offers_nothing_twice() -> None:
    part = handoff(at(22, 10), piles=Piles(0, 22, 3))
    card = mine([Duty(answer_on(part), TERMS, handoff=part), TODAY, TODAY], [], "amy", NOW)
    assert says(card) == ["accept H-41 22", "dispute H-41 …", "report preview"]


def test_mine_with_nothing_in_it_is_an_answer_too() -> None:
    assert printed(mine([], [], "tom", NOW)) == "Your part: nothing to do, nothing owed to you"


def test_mine_shows_what_quiet_hours_hold() -> None:
    held = [
        Unheard("nudge", f"O-{number}", "Amy", "held", "quiet hours", at(22, 22), until=at(23, 8)) for number in (1, 2)
    ]
    card = mine([], [], "amy", at(22, 23), held=held, zone=NEW_YORK)
    assert printed(card).splitlines()[-1] == "2 nudges held until Fri 23 Oct 08:00."


def test_mine_counts_what_it_does_not_show() -> None:
    text = printed(mine([TODAY] * 14, [LEADS] * 13, "amy", NOW))
    assert "+2 more, due later." in text
    assert "+1 more owed to you: owed." in text


def test_owed_lists_what_others_owe_and_says_what_is_late() -> None:
    card = owed([OVERDUE, TODAY, ANSWER], "josh", NOW)
    assert printed(card) == lines(
        """
        You are owed 3 things, 1 late
        You are owed                                            Due               State
        O-76 Lead status report, from Amy of Sales              Fri 16 Oct 16:00  ✕ missed
        O-77 Lead status report, from Amy of Sales              Fri 23 Oct 16:00  ○ open
        Answer on H-41 (25 qualified leads), from Amy of Sales  Mon 26 Oct 17:00  ○ open
        [Status of Lead status reports]
        """
    )
    assert says(card) == ["status status-reports"]
    assert printed(owed([], "joan", NOW)) == "You are owed nothing, nothing late"
