"""What the record holds, in order."""

from __future__ import annotations

from datetime import datetime

from bot.cards.histories import Happening, history
from tests.bot.cards.printing import lines, printed
from tests.company_x import NEW_YORK, TERMS, at

NOW = at(23, 9)


def happening(
    when: datetime,
    by: str,
    what: str,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    subject: str = "H-41",
) -> Happening:
    return Happening(when, by, "web" if by else "clock", what, subject, before, after)


def test_a_handoff_s_history_says_who_did_what_when_from_where_and_by_how_much() -> None:
    open_units: dict[str, object] = {"accepted": 0, "awaiting": 25, "disputed": 0}
    disputed: dict[str, object] = {"accepted": 0, "awaiting": 22, "disputed": 3}
    told = [
        happening(at(16, 9, 30), "josh", "HandoffLogged", None, {"quantity": 25, "on": "2026-10-16"}),
        happening(at(19, 10, 12), "amy", "HandoffDisputed", open_units, disputed | {"reason": "out of area"}),
        happening(
            at(20, 17), "", "HandoffAcceptedBySilence", dict(disputed), disputed | {"accepted": 22, "awaiting": 0}
        ),
        happening(at(21, 9), "josh", "CorrectionProposed", {"total": 25}, {"total": 23}),
    ]
    card = history("H-41", TERMS, told, NOW, zone=NEW_YORK)
    assert printed(card) == lines(
        """
        H-41 · History · 4 entries since Fri 16 Oct
        When              Who         What
        Fri 16 Oct 09:30  Josh (web)  logged: 25
        Mon 19 Oct 10:12  Amy (web)   disputed: awaiting 25 → 22, disputed 0 → 3, “out of area”
        Tue 20 Oct 17:00  Kept        accepted, since nobody objected: accepted 0 → 22, awaiting 22 → 0
        Wed 21 Oct 09:00  Josh (web)  asked to correct it: 25 → 23
        Nothing here is ever edited; a correction is an entry of its own.
        """
    )
    assert card.summary == "H-41: 4 entries since Fri 16 Oct; last: asked to correct it."


def test_a_promise_s_history_names_what_each_entry_is_about() -> None:
    told = [
        happening(at(1), "", "PeriodOpened", None, {"period": "October 2026"}, "company-x/leads"),
        happening(at(16, 17), "", "CheckpointMissed", None, {"commitment": "leads"}, "O-12"),
        happening(at(19, 9), "josh", "Snoozed", None, {"until": "2026-10-20T13:00:00+00:00"}, "O-12"),
        happening(at(23, 8), "amy", "Delivered", {"state": "open"}, {"evidence": "https://x.example"}, "O-77"),
    ]
    assert printed(history("C-1", TERMS, told, NOW, zone=NEW_YORK)) == lines(
        """
        C-1 · History · 4 entries since Thu 1 Oct
        When              Of               Who         What
        Thu 1 Oct 09:00   company-x/leads  Kept        period begun: October 2026
        Fri 16 Oct 17:00  O-12             Kept        checkpoint missed, owner told
        Mon 19 Oct 09:00  O-12             Josh (web)  reminder put off: until Tue 20 Oct 09:00
        Fri 23 Oct 08:00  O-77             Amy (web)   delivered: “https://x.example”
        Nothing here is ever edited; a correction is an entry of its own.
        [Evidence]
        """
    )


def test_moments_are_on_the_reader_s_own_wall() -> None:
    told = [happening(at(16, 9, 30), "josh", "HandoffLogged")]
    assert "Fri 16 Oct 14:30" in printed(history("H-41", TERMS, told, NOW, zone="Europe/London"), "Europe/London")


def test_a_fact_nobody_put_into_words_yet_is_read_from_its_name() -> None:
    told = [happening(at(16, 9), "josh", "RecoveryPlanAgreed", None, {"until": "soon", "total": None})]
    assert "Josh (web)  recovery plan agreed\n" in printed(history("B-3", TERMS, told, NOW, zone=NEW_YORK))


def test_somebody_who_left_the_agreement_is_called_by_what_is_still_known() -> None:
    told = [happening(at(16, 9), "dana", "HandoffLogged")]
    assert "dana (web)" in printed(history("H-41", TERMS, told, NOW, zone=NEW_YORK))


def test_an_empty_record_says_so() -> None:
    card = history("H-9", TERMS, [], NOW, zone=NEW_YORK)
    assert printed(card) == "H-9 · History\nNothing is on the record yet."
