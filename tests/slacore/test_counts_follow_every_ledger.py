"""Obligations that follow an item's ledger, act by act and moment by moment, count what a retelling counts."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from slacore import items
from slacore.calendars import Duration
from slacore.errors import Refusal
from slacore.items import Change, Item, applied, counter_of, owed_no_more
from slacore.obligations import Kind, Obligation
from slacore.owing import duties_of
from slacore.presence import EVERYBODY_HERE
from slacore.sweep import Sight, decide
from tests.answering import MONDAY, answering, lead
from tests.company_x import OCTOBER
from tests.examples import examples

TERMS, ANSWERS, _ = answering(updated_every=Duration(6, "wh"), resolved_within=Duration(2, "wd"))
SIGHT = Sight(TERMS, EVERYBODY_HERE)
Key = tuple[Kind, str]

histories = st.lists(
    st.tuples(
        st.sampled_from(
            ["respond", "earlier", "update", "pause", "paused before", "resume", "resolve", "contest", "settle",
             "reverse", "assign", "dispute", "readmit", "withdraw"]
        ),
        st.integers(0, 12),
        st.integers(0, 900),
    ),
    max_size=14,
)  # fmt: skip


def act(item: Item, what: str, number: int, now: datetime) -> Change:
    earlier = now - timedelta(hours=number)
    return {
        "respond": lambda: items.respond(item, "tom", now),
        "earlier": lambda: items.respond(item, "tom", now, at=earlier),
        "update": lambda: items.update(item, "tom", now),
        "pause": lambda: items.pause(item, "waiting", "tom", now),
        "paused before": lambda: items.pause(item, "waiting", "tom", now, at=earlier, until=now),
        "resume": lambda: items.resume(item, "tom", now),
        "resolve": lambda: items.resolve(item, "tom", now),
        "contest": lambda: items.contest(item, "pause" if number % 3 == 0 else "response", "hollow", "josh", now),
        "settle": lambda: items.settle(item, "stands" if number % 2 else "hollow", "", "josh", now),
        "reverse": lambda: items.reverse(item, number, "wrong", "tom", now),
        "assign": lambda: items.assign(item, f"rep {number}", "amy", now),
        "dispute": lambda: items.dispute(item, "duplicate", "amy", now),
        "readmit": lambda: items.readmit(item, "amy", now),
        "withdraw": lambda: items.withdraw(item, "undone", "josh", now),
    }[what]()


def followed(owed: dict[Key, Obligation], item: Item, now: datetime) -> dict[Key, Obligation]:
    """Bring obligations in step with a ledger, as the desk does after each act."""
    left = dict(owed)
    for number, (_, duty) in enumerate(duties_of(item, TERMS, now), len(owed) + 1):
        key = (duty.kind, duty.subject)
        fresh = Obligation(
            number, "company-x", 1, ANSWERS.slug, duty.kind, duty.subject, "sales", duty.owner, OCTOBER.first_on,
            duty.opens_at, duty.due_at, look_again_at=duty.due_at,
        )  # fmt: skip
        owed[key] = applied(left.pop(key, fresh), duty, OCTOBER.first_on, now)
    for key, obligation in left.items():
        owed[key] = owed_no_more(obligation)
    return owed


def passed(owed: dict[Key, Obligation], now: datetime) -> dict[Key, Obligation]:
    """Let time look at what has come due, until nothing has."""
    for key, obligation in owed.items():
        current = obligation
        while current.look_again_at is not None and current.look_again_at <= now:
            current = decide(current, SIGHT, now).obligation
        owed[key] = current
    return owed


@examples(100)
@given(histories, st.integers(0, 6_000))
def test_counts_are_those_of_a_retelling(history: list[tuple[str, int, int]], after: int) -> None:
    item, now = lead(), MONDAY
    owed = followed({}, item, now)
    for what, number, minutes in history:
        now += timedelta(minutes=minutes)
        owed = passed(owed, now)
        try:
            item, _ = act(item, what, number, now)
        except Refusal:
            continue
        owed = passed(followed(owed, item, now), now)
    now += timedelta(minutes=after)
    owed = passed(owed, now)

    told: Counter[str] = Counter()
    for _, duty in duties_of(item, TERMS, now):
        if duty.over:
            continue
        if duty.done_at is not None:
            told[f"{duty.kind} {'in time' if duty.done_at <= duty.due_at else 'late'}"] += 1
        elif not duty.held and duty.due_at <= now:
            told[f"{duty.kind} overdue"] += 1
    kept = Counter(filter(None, map(counter_of, owed.values())))
    assert kept == told
