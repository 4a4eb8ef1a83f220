"""However a handoff is answered and corrected, its piles are what a clerk counts who keeps every unit on his table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore import handoffs
from slacore.errors import Refusal
from slacore.handoffs import Handoff, Piles
from tests.company_x import at, handoff
from tests.examples import examples

some = st.none() | st.integers(1, 9)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("accept"), some, st.booleans()),
        st.tuples(st.just("dispute"), some, st.booleans()),
        st.tuples(st.just("correct"), st.integers(0, 12), st.booleans()),
        st.tuples(st.sampled_from(["silence", "undo"]), st.none(), st.booleans()),
    ),
    max_size=8,
)


def _clerk(table: list[str], what: str, many: int | None, yes: bool) -> list[str] | None:
    """What lies on the table afterwards; None for what he refuses. `yes`: a reason was given, or both sides agree."""
    waits, apart = table.count("waits"), table.count("apart")
    match what:
        case "accept":
            most = waits + apart if many is None else many
            if not waits + apart or most > waits + apart or (most < waits and not yes):
                return None
            after = sorted(table, key=["waits", "apart", "kept"].index)
            after = ["kept"] * most + after[most:]
            return ["apart" if each == "waits" else each for each in after]
        case "dispute":
            most = waits if many is None else many
            if not yes or not waits or most > waits:
                return None
            left = [each for each in table if each != "waits"]
            return [*left, *["apart"] * most, *["waits"] * (waits - most)]
        case "correct":
            assert many is not None
            if many == len(table):
                return None
            if many > len(table):
                return [*table, *["kept" if yes else "waits"] * (many - len(table))]
            return sorted(table, key=["kept", "waits", "apart"].index)[:many]
        case "silence":
            return ["kept" if each == "waits" else each for each in table]
    return None if "kept" in table or "apart" in table else []


def _ledger(before: Handoff, what: str, many: int | None, yes: bool) -> handoffs.Change:
    now = before.logged_at + timedelta(minutes=10)
    reason = "a reason" if yes else ""
    match what:
        case "accept":
            return handoffs.accept(before, many, reason, "amy", now)
        case "dispute":
            return handoffs.dispute(before, many, reason, "amy", now)
        case "correct":
            return handoffs.correct(before, many or 0, "miscounted", "josh", now, agreed=yes)
        case "silence":
            return handoffs.accept_by_silence(before, now)
    return handoffs.undo(before, "josh", now)


@examples(150)
@given(quantity=st.integers(1, 9), said=acts)
def test_the_piles_are_what_lies_on_the_table(quantity: int, said: list[tuple[str, int | None, bool]]) -> None:
    current, table = handoff(at(5), quantity), ["waits"] * quantity
    entries = [handoffs.logged(current)]
    for what, many, yes in said:
        expected = None if current.undone and what != "silence" else _clerk(table, what, many, yes)
        try:
            current, entry = _ledger(current, what, many, yes)
        except Refusal:
            assert expected is None, (table, what, many, yes)
            continue
        assert expected is not None, (table, what, many, yes)
        table = expected
        entries.append(entry)
        lies = Counter(table)
        assert current.piles == Piles(lies["kept"], lies["waits"], lies["apart"])
        assert sum((each.change for each in entries), Piles()) == current.piles
        assert (current.piles.counted, current.piles.total) == (lies["kept"] + lies["waits"], len(table))


@pytest.mark.parametrize(("minutes", "seconds", "allowed"), [(10, 0, True), (10, 1, False)])
def test_a_slip_is_taken_back_within_ten_minutes(minutes: int, seconds: int, allowed: bool) -> None:
    slip = handoff(at(5))
    later = slip.logged_at + timedelta(minutes=minutes, seconds=seconds)
    if allowed:
        assert handoffs.undo(slip, "josh", later)[0].undone
    else:
        with pytest.raises(Refusal, match="more than 10 minutes ago"):
            handoffs.undo(slip, "josh", later)
    with pytest.raises(Refusal, match="Only the person who logged it"):
        handoffs.undo(slip, "nina", slip.logged_at)


@pytest.mark.parametrize("quantity", [0, -1, handoffs.MOST + 1])
def test_what_nobody_can_hand_over_is_refused(quantity: int) -> None:
    with pytest.raises(Refusal):
        handoffs.require_quantity(quantity)
    with pytest.raises(Refusal):
        handoffs.correct(replace(handoff(at(5)), undone=True), 3, "why", "josh", at(5))
