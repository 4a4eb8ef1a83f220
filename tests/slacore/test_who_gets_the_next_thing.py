"""A party's rule: fair in turn, even by load, and never beyond what somebody can hold."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from slacore.routings import Routing, choose

REPS = ("ann", "bob", "cem", "dia")


@given(
    by=st.sampled_from(["round robin", "load"]),
    here=st.sets(st.sampled_from(REPS)),
    things=st.integers(0, 40),
    capacity=st.one_of(st.none(), st.integers(0, 9)),
)
def test_everybody_here_gets_as_many_as_the_others_up_to_what_he_can_hold(
    by: str, here: set[str], things: int, capacity: int | None
) -> None:
    routing = Routing(by, REPS, capacity)  # type: ignore[arg-type]
    loads: Counter[str] = Counter()
    last, unowned = "", 0
    for _ in range(things):
        choice = choose(routing, here, loads, last, 0)
        if choice.member:
            loads[choice.member] += 1
            last = choice.member
        else:
            unowned += 1
            assert set(choice.away) == set(REPS) - here
            assert set(choice.full) == here
    room = things if capacity is None else capacity * len(here)
    assert unowned == (things if not here else max(0, things - room))
    assert set(loads) <= here
    counts = [loads[each] for each in here]
    assert not counts or max(counts) - min(counts) <= 1


def test_the_rota_is_of_the_day_and_a_persons_own_capacity_counts() -> None:
    routing = Routing("rota", (), 9, (("bob", 1),), ((0, ("ann", "bob")), (1, ("cem",))))
    assert choose(routing, REPS, {}, "ann", 0).member == "bob"
    assert choose(routing, REPS, {"bob": 1}, "ann", 0).member == "ann"
    assert choose(routing, REPS, {}, "ann", 1).member == "cem"
    assert choose(routing, REPS, {}, "ann", 6).member == ""
