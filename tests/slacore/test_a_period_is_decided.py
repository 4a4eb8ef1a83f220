"""What becomes of a period's obligation when its figures change: each change is told once, and as what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest

from slacore.handoffs import Piles
from slacore.obligations import Obligation
from slacore.presence import EVERYBODY_HERE
from slacore.standing import Sample, ShareStanding
from slacore.sweep import Decision, MissSettled, Sight, StepReached, decide
from tests.company_x import OCTOBER, TERMS, at, month_of_leads, standing

DUE = at(30, 17)
KEPT = replace(month_of_leads(), state="kept", done_at=at(28, 9))
MISSED = replace(month_of_leads(), state="missed", missed_at=DUE, told_at=DUE, rung=2)
MADE_GOOD = replace(MISSED, done_at=at(31, 12))


def decided(
    owed: Obligation, now: datetime, breach: int | None, piles: Mapping[str, Piles], *, provisional: bool = False
) -> Decision:
    where = standing(now, on_time=piles.get("on_time"), late=piles.get("late"))
    return decide(
        owed, Sight(TERMS, EVERYBODY_HERE, where, breach_provisional=provisional, breach_shortfall=breach), now
    )


@pytest.mark.parametrize(
    ("owed", "now", "breach", "piles", "state", "told"),
    [
        (month_of_leads(), at(28, 9), None, {"on_time": Piles(100)}, "kept", ["TargetMet"]),
        (month_of_leads(), DUE, None, {"on_time": Piles(91)}, "missed", ["TargetMissed"]),
        (month_of_leads(), DUE, None, {"on_time": Piles(91, 0, 9)}, "at risk", []),
        # What had kept it is taken back: before its due moment it is open again, after it it is missed.
        (KEPT, at(28, 12), None, {"on_time": Piles(90)}, "open", ["Reopened"]),
        (KEPT, at(31, 12), None, {"on_time": Piles(90)}, "missed", ["TargetMissed"]),
        (KEPT, at(31, 12), None, {"on_time": Piles(100)}, "kept", []),
        # A miss that was settled is settled anew with another amount, and is none with none.
        (MISSED, at(31, 12), 9, {"on_time": Piles(91)}, "missed", []),
        (MISSED, at(31, 12), 9, {"on_time": Piles(88)}, "missed", ["MissSettled"]),
        (MISSED, at(31, 12), 9, {"on_time": Piles(100)}, "kept", ["MissSettled", "TargetMet"]),
        # Late units make it good once, and what made it good can be taken back.
        (MISSED, at(31, 12), 9, {"on_time": Piles(91), "late": Piles(9)}, "missed", ["MadeGood"]),
        (MADE_GOOD, at(31, 13), 9, {"on_time": Piles(91), "late": Piles(9)}, "missed", []),
        (MADE_GOOD, at(31, 13), 9, {"on_time": Piles(91), "late": Piles(8)}, "missed", ["TargetMissed"]),
        (replace(MISSED, state="excused"), at(31, 12), 9, {"on_time": Piles(80)}, "excused", []),
    ],
)
def test_each_change_is_told_as_what_it_is(
    owed: Obligation, now: datetime, breach: int | None, piles: dict[str, Piles], state: str, told: list[str]
) -> None:
    looked = replace(owed, look_again_at=now)
    decision = decided(looked, now, breach, piles)
    facts = [type(each).__name__ for each in decision.facts if not isinstance(each, StepReached)]
    assert (decision.obligation.state, facts) == (state, told)
    settled = next((each.shortfall for each in decision.facts if isinstance(each, MissSettled)), None)
    again = decided(decision.obligation, now, breach if settled is None else settled, piles)
    assert not again.facts, "deciding twice at one instant says nothing twice"


def test_a_provisional_amount_is_settled_when_nothing_open_can_change_it() -> None:
    open_still = decided(MISSED, at(31, 12), 20, {"on_time": Piles(80, 0, 9)}, provisional=True)
    assert not [each for each in open_still.facts if not isinstance(each, StepReached)]
    (fact,) = decided(MISSED, at(31, 12), 20, {"on_time": Piles(80)}, provisional=True).facts
    assert (type(fact).__name__, getattr(fact, "shortfall", None)) == ("MissSettled", 20)


def test_a_period_in_which_nothing_was_due_ends_without_a_word() -> None:
    nothing = ShareStanding("nothing due", False, 0, DUE, DUE, OCTOBER, (Sample("response"),), Fraction(1), 1)
    decision = decide(month_of_leads(), Sight(TERMS, EVERYBODY_HERE, nothing), DUE)
    assert (decision.obligation.state, decision.obligation.look_again_at, decision.facts) == ("kept", None, ())
