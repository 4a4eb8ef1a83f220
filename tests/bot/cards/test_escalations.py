"""A step of the ladder: the state in a line, what was tried, who has seen it, what comes next."""

from __future__ import annotations

from dataclasses import replace

from bot.cards.duties import Duty
from bot.cards.escalations import Seen, Told, escalation
from bot.cards.whys import NextStep
from slacore.breaches import Breach
from slacore.handoffs import Piles
from slacore.sweep import Recipient
from tests.bot.cards.printing import lines, printed, says
from tests.company_x import MANAGED, TERMS, at, month_of_leads, report_of, standing

NOW = at(3, 9, month=11)
BREACH = Breach(3, 12, "A-1", 1, "leads", "marketing", 9, provisional=False, recorded_at=at(30, 17))
LEADS = Duty(replace(month_of_leads(), state="missed"), MANAGED, standing(NOW, on_time=Piles(91)))
REPORT = Duty(replace(report_of(23), state="missed"), TERMS)


def test_the_manager_hears_what_is_the_matter_and_what_was_done_about_it() -> None:
    card = escalation(
        LEADS,
        NOW,
        to=Recipient("carol", "manager"),
        tried=[Told(at(30, 17), ("josh",)), Told(at(2, 9, month=11), ("amy",), undelivered=("josh",))],
        breach=BREACH,
        next_step=NextStep(at(6, 9, month=11), ("Morgan Reyes",)),
        commitment_key="C-1",
    )
    assert printed(card) == lines(
        """
        O-12 · Qualified leads, October · ✕ missed
        October: 91 of 100 by Fri 30 Oct 17:00, all accepted. 9 qualified leads short. Josh of Marketing owes
            them to Sales.
        Agreed consequence: recovery plan within 3 working days, or 9 qualified leads carried over
        Tried so far: Fri 30 Oct 17:00 Josh; Mon 2 Nov 09:00 Amy but not Josh, who could not be reached
        Seen by: nobody yet
        Next: If nothing changes, Morgan is told Fri 6 Nov 09:00.
        You manage Marketing. It stops when Marketing delivers; after ack O-12 nobody further is told for a working day.
        [I have it] [History]
        """
    )
    assert says(card) == ["ack O-12", "history C-1"]
    assert card.buttons[0].may == ("carol",)
    assert card.summary == "Qualified leads, October, owed by Marketing to Sales: missed."


def test_the_owner_can_act_and_the_other_side_can_look() -> None:
    owner = escalation(REPORT, at(27, 9), to=Recipient("amy", "owner"))
    other = escalation(REPORT, at(27, 9), to=Recipient("josh", "counterparty"))
    assert printed(owner).splitlines()[-2:] == [
        (
            "You own Lead status reports. It stops with done O-77; "
            "after ack O-77 nobody further is told for a working day."
        ),
        "[I have it] [Done…] [History]",
    ]
    assert printed(other).splitlines()[-2:] == [
        (
            "You answer for Marketing, to whom this is owed. It stops when Sales delivers; "
            "after ack O-77 nobody further is told for a working day."
        ),
        "[I have it] [History]",
    ]


def test_who_has_seen_it_and_until_when_that_holds_is_one_line() -> None:
    held = Duty(replace(REPORT.obligation, acked_by="amy", acked_until=at(28, 17)), TERMS)
    card = escalation(
        held, at(27, 9), to=Recipient("josh", "counterparty"), seen=[Seen("amy", at(26, 10))],
    )  # fmt: skip
    assert "Seen by: Amy, Mon 26 Oct 10:00; Amy has it until Wed 28 Oct 17:00" in printed(card)


def test_a_missing_deliverable_names_the_thing_and_its_moment() -> None:
    card = escalation(REPORT, at(27, 9), to=Recipient("josh", "counterparty"))
    assert printed(card).splitlines()[1] == (
        "Lead status report was due Fri 23 Oct 16:00. Amy of Sales owes it to Marketing."
    )


def test_a_role_that_nobody_could_be_told_as_is_named() -> None:
    card = escalation(LEADS, NOW, to=Recipient("morgan", "sponsor"), skipped=("manager", "contact", "manager"))
    assert (
        "Skipped: nobody could be told as the manager and the point of contact, so this step came at once"
        in printed(card)
    )


def test_whoever_stands_in_hears_for_whom() -> None:
    card = escalation(REPORT, at(27, 9), to=Recipient("nina", "counterparty", stands_in_for="josh"))
    assert "You stand in for Josh, who answers for Marketing, to whom this is owed." in printed(card)


def test_the_last_step_says_that_nobody_else_is_told() -> None:
    card = escalation(LEADS, NOW, to=Recipient("morgan", "sponsor"))
    assert "Next: If nothing changes, nobody else is told." in printed(card)
    assert "You sponsor this agreement." in printed(card)


def test_an_amount_that_is_still_open_is_marked_and_no_consequence_is_named() -> None:
    duty = Duty(LEADS.obligation, TERMS, standing(NOW, on_time=Piles(80, 5, 6)))
    card = escalation(
        duty, NOW, to=Recipient("amy", "counterparty"), breach=replace(BREACH, shortfall=15, provisional=True)
    )
    text = printed(card)
    assert text.splitlines()[0] == "O-12 · Qualified leads, October · ▼ short, provisional"
    assert "15 qualified leads short so far, provisional." in text
    assert "Agreed consequence" not in text


def test_a_long_story_is_cut_to_its_end() -> None:
    tried = [Told(at(day, 9), ("josh",)) for day in range(19, 28)]
    card = escalation(LEADS, NOW, to=Recipient("morgan", "sponsor"), tried=tried)
    assert "Tried so far: 3 earlier; Thu 22 Oct 09:00 Josh; Fri 23 Oct 09:00 Josh;" in printed(card)


def test_words_that_come_late_say_for_when_they_were_meant() -> None:
    card = escalation(LEADS, NOW, to=Recipient("morgan", "sponsor"), meant_at=at(2, 9, month=11))
    assert "\nLate: this was meant for Mon 2 Nov 09:00. You sponsor this agreement." in printed(card)


def test_what_was_settled_meanwhile_can_only_be_looked_up() -> None:
    settled = Duty(replace(REPORT.obligation, done_at=at(26, 12)), TERMS)
    card = escalation(settled, at(27, 9), to=Recipient("josh", "counterparty"))
    assert printed(card).splitlines()[-1] == "[History]"
    assert "Lead status report was due Fri 23 Oct 16:00 and came late." in printed(card)
