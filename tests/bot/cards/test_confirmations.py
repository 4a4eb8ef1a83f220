"""Short private answers: that it is done, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from bot.cards import confirmations
from bot.cards.duties import Duty
from slacore.presence import QuietHours
from tests.bot.cards.october import FRIDAY, report
from tests.bot.cards.printing import lines, printed, says
from tests.company_x import TERMS, at, friction_report


def test_words_out_of_sight_of_the_receipt_say_where_it_is() -> None:
    card = confirmations.receipt_elsewhere("H-41", ["#smarketing"])
    assert printed(card) == "H-41 is noted\nIts receipt is in #smarketing, and shows what becomes of it.\n[History]"
    assert printed(confirmations.receipt_elsewhere("H-41", [])).startswith(
        "H-41 is noted\nIts receipt is on the record"
    )


def test_a_correction_that_waits_says_for_whom() -> None:
    assert printed(confirmations.correction_proposed("H-41", 23, "Sales")) == lines(
        """
        H-41: Sales is asked to agree to 23
        Nothing changes until Sales agrees, by saying the same or pressing the button on the receipt.
        """
    )


def test_done_in_time_is_on_time_with_its_evidence() -> None:
    kept = replace(friction_report(), state="kept", evidence="https://x.example/f", done_at=at(30, 10))
    card = confirmations.done(Duty(kept, TERMS), at(30, 10))
    assert printed(card) == lines(
        """
        Done: Customer friction report, Fri 30 Oct
        Service gets it on time. With it: “https://x.example/f”.
        [History]
        """
    )
    assert says(card) == ["history O-80"]


def test_done_late_is_made_good_and_stays_on_the_record() -> None:
    late = replace(friction_report(), state="missed", done_at=at(2, 10, month=11))
    assert printed(confirmations.done(Duty(late, TERMS), at(2, 10, month=11))) == lines(
        """
        Done late: Customer friction report, Fri 30 Oct
        It was due Fri 30 Oct 12:00. It is made good, late; the miss stays on the record.
        [History]
        """
    )


def test_having_it_says_until_when_the_ladder_waits() -> None:
    taken = Duty(replace(friction_report(), acked_until=at(2, 9, month=11)), TERMS)
    assert printed(confirmations.acknowledged(taken, at(30, 12))) == lines(
        """
        You have it: Customer friction report, Fri 30 Oct
        Nobody further is told before Mon 2 Nov 09:00. Then the next in line hears, if it is still open.
        """
    )


def test_a_snooze_says_until_when_how_often_it_still_goes_and_when_the_thing_is_due() -> None:
    once = Duty(replace(friction_report(), snoozes=1), TERMS)
    twice = Duty(replace(friction_report(), snoozes=2), TERMS)
    assert printed(confirmations.snoozed(once, at(29, 9), at(28, 9))) == lines(
        """
        Put off: Customer friction report, Fri 30 Oct
        I remind you Thu 29 Oct 09:00. You can put it off one more time. It is due in 2 days, Fri 30 Oct 12:00.
        """
    )
    assert "Not again. It was due Fri 30 Oct 12:00." in printed(confirmations.snoozed(twice, at(30, 15), at(30, 13)))


def test_approving_says_when_the_report_goes_out_and_what_is_kept_by_it() -> None:
    card = confirmations.report_approved(replace(report(), note=""), FRIDAY, at(22, 16))
    assert printed(card) == lines(
        """
        Approved: report 3 of 4, Fri 23 Oct
        It goes to #smarketing Fri 23 Oct 16:00. With it report 3 of 4, which you owe, is delivered.
        [Add a note…]
        """
    )
    assert says(card) == ["report note …"]
    assert printed(confirmations.report_approved(report(), None, at(22, 16))) == lines(
        """
        Approved: report 3 of 4, Fri 23 Oct
        It goes to #smarketing now. With it report 3 of 4, which you owe, is delivered.
        """
    )
    nobody_s = confirmations.report_approved(replace(report(), number=0, of=0), None, at(22, 16))
    assert printed(nobody_s) == "Approved: report, Fri 23 Oct\nIt goes to #smarketing now."


def test_a_note_is_read_back() -> None:
    assert printed(confirmations.note_added(report(), at(22, 16))) == lines(
        """
        Your note is in the report of Fri 23 Oct
        It will say: “Two big ones are close.”
        """
    )


def test_being_away_says_who_gets_what_would_have_come() -> None:
    card = confirmations.away(date(2026, 10, 12), date(2026, 10, 16), ["Priya Raman"])
    assert printed(card) == lines(
        """
        Away 12–16 Oct 2026
        From Mon 12 Oct to Fri 16 Oct, both included. Priya Raman gets what would reach you.
        [I am back]
        """
    )
    assert says(card) == ["away off"]
    alone = printed(confirmations.away(date(2026, 10, 12), date(2026, 10, 12), []))
    assert alone.startswith("Away 12 Oct 2026\nThat is Mon 12 Oct. Nobody stands in for you: name somebody with")
    assert printed(confirmations.back()) == "You are back\nWhat concerns you comes to you again."


def test_quiet_hours_and_the_digest_say_how_to_change_them_back() -> None:
    quiet = confirmations.quiet(QuietHours(time(18), time(8)))
    assert printed(quiet) == lines(
        """
        Quiet 18:00–08:00, your time
        What comes up then waits until they end; only what the agreement marks urgent does not. health shows it.
        [No quiet hours]
        """
    )
    assert says(quiet) == ["quiet off"]
    assert printed(confirmations.quiet(None)) == "No quiet hours\nMessages reach you at any hour.\n[Set quiet hours…]"
    digest = confirmations.digest(time(9))
    assert printed(digest) == ("Digest at 09:00, your time\nIt comes on days that have something for you.\n[No digest]")
    assert says(confirmations.digest(None)) == ["digest 09:00"]
