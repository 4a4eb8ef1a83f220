"""An item is what its ledger tells: acts in the order they happened, without what was taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore import items
from slacore.errors import Refusal
from slacore.items import Item, retell
from tests.answering import MONDAY, after, lead


def told_again(item: Item) -> Item:
    return retell(item.handed, item.entries)


def test_the_first_human_act_is_the_response_and_a_machines_is_none() -> None:
    item, _ = items.auto_reply(lead(), "", after(0.1), note="We got your message")
    assert item.responded_at is None
    assert item.auto_replied_at == after(0.1)

    item, _ = items.attempt(item, "tom", after(1), note="called, no answer")
    item, _ = items.update(item, "tom", after(2))
    assert item.responded_at == after(1)
    assert item.response is not None
    assert item.response.by == "tom"


def test_it_has_the_owner_it_was_given_last_and_was_routed_when_it_first_had_one() -> None:
    item, _ = items.assign(lead(), "tom", "amy", after(1))
    item, _ = items.assign(item, "priya", "amy", after(3))
    assert item.owner == "priya"
    assert item.assigned_at == after(1)
    with pytest.raises(Refusal, match="already"):
        items.assign(item, "priya", "amy", after(4))


def test_answered_earlier_than_logged_takes_the_first_word_back_and_keeps_both() -> None:
    item, _ = items.respond(lead(), "tom", after(5), note="on the phone")
    item, new = items.respond(item, "tom", after(6), at=after(1))
    assert [entry.happened for entry in new] == ["reversed", "responded"]
    assert item.responded_at == after(1)
    assert item.acts[0].note == "on the phone"
    assert [entry.happened for entry in item.entries] == ["handed over", "responded", "reversed", "responded"]
    assert item.acts[0].backdated


def test_a_second_response_without_an_earlier_time_is_refused() -> None:
    item, _ = items.respond(lead(), "tom", after(1))
    for again in (None, after(1)):
        with pytest.raises(Refusal, match="has its response already"):
            items.respond(item, "tom", after(2), at=again)


def test_what_is_contested_does_not_count_until_it_is_settled() -> None:
    answered, _ = items.respond(lead(), "tom", after(1), note="hi")
    contested, _ = items.contest(answered, "response", "only a smiley", "josh", after(2))
    assert contested.responded_at is None
    assert contested.contests[0].reason == "only a smiley"

    stands, _ = items.settle(contested, "stands", "they spoke", "josh", after(3))
    assert stands.responded_at == after(1)
    hollow, _ = items.settle(contested, "hollow", "right", "amy", after(3))
    assert hollow.responded_at is None
    assert not hollow.contests

    again, _ = items.respond(hollow, "tom", after(4))
    assert again.responded_at == after(4)


def test_taking_the_contested_word_back_ends_the_contest() -> None:
    answered, (entry,) = items.respond(lead(), "tom", after(1))
    contested, _ = items.contest(answered, "response", "hollow", "josh", after(2))
    taken_back, _ = items.reverse(contested, entry.seq, "it was another lead", "tom", after(3))
    assert not taken_back.contests
    assert taken_back.responded_at is None


def test_a_pause_said_afterwards_is_one_and_can_be_contested() -> None:
    item, _ = items.pause(lead(), "waiting for customer", "tom", after(5), at=after(1), until=after(3))
    assert item.pauses_until(after(5)) == ((after(1), after(3)),)
    assert item.paused is None
    doubted, _ = items.contest(item, "pause", "nobody asked us", "josh", after(6))
    assert doubted.pauses_until(after(6)) == ()


def test_resolving_ends_a_pause_that_lasts() -> None:
    item, _ = items.pause(lead(), "waiting for customer", "tom", after(1))
    item, new = items.resolve(item, "tom", after(2))
    assert [entry.happened for entry in new] == ["resumed", "resolved"]
    assert item.paused is None
    assert item.pauses_until(after(9)) == ((after(1), after(2)),)
    assert item.resolved_at == item.responded_at == after(2)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda it: items.respond(it, "tom", after(1), at=MONDAY - timedelta(minutes=1)), "before L-3 was handed over"),
        (lambda it: items.respond(it, "tom", after(1), at=after(2)), "has not come yet"),
        (lambda it: items.attempt(it, "tom", after(1), at=after(2)), "has not come yet"),
        (lambda it: items.resume(it, "tom", after(1)), "is not paused"),
        (lambda it: items.pause(it, " ", "tom", after(1)), "needs a reason"),
        (lambda it: items.pause(it, "x", "tom", after(3), at=after(2), until=after(1)), "ends before it begins"),
        (lambda it: items.pause(it, "x", "tom", after(3), at=after(2), until=after(4)), "has not come yet"),
        (lambda it: items.contest(it, "response", "hollow", "josh", after(1)), "has no response to contest"),
        (lambda it: items.contest(it, "pause", "hollow", "josh", after(1)), "has no pause to contest"),
        (lambda it: items.settle(it, "stands", "", "josh", after(1)), "Nothing of L-3 is contested"),
        (lambda it: items.reverse(it, 1, "wrong", "tom", after(1)), "no such entry"),
        (lambda it: items.readmit(it, "amy", after(1)), "is not disputed"),
        (lambda it: items.stage(it, "", "amy", after(1)), "No stage"),
        (lambda it: items.respond(it, "tom", after(1), note="x" * 2_001), "2,000 characters"),
    ],
)
def test_what_cannot_be_is_refused(act: object, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        act(lead())  # type: ignore[operator]


def test_a_paused_clock_is_not_paused_again_and_pauses_do_not_overlap() -> None:
    paused, _ = items.pause(lead(), "waiting for customer", "tom", after(1))
    with pytest.raises(Refusal, match="already paused: waiting for customer") as refused:
        items.pause(paused, "again", "tom", after(2))
    assert refused.value.offers == (("Resume L-3", "resume L-3"),)
    resumed, _ = items.resume(paused, "tom", after(2))
    with pytest.raises(Refusal, match="a part of that time already"):
        items.pause(resumed, "again", "tom", after(4), at=after(1.5))


def test_nobody_acts_on_what_is_disputed_or_withdrawn() -> None:
    disputed, _ = items.dispute(lead(), "duplicate", "amy", after(1))
    with pytest.raises(Refusal, match="is disputed"):
        items.respond(disputed, "tom", after(2))
    readmitted, _ = items.readmit(disputed, "amy", after(2))
    assert items.respond(readmitted, "tom", after(3))[0].responded_at == after(3)
    withdrawn, _ = items.withdraw(lead(), "undone", "josh", after(1))
    with pytest.raises(Refusal, match="was withdrawn"):
        items.respond(withdrawn, "tom", after(2))


def test_its_stage_and_score_are_the_last_that_were_said() -> None:
    item, _ = items.stage(lead(), "marketing-qualified", "josh", after(1), score=40)
    item, _ = items.stage(item, "sales-qualified", "tom", after(2))
    assert (item.stage, item.score) == ("sales-qualified", 40)


steps = st.lists(
    st.tuples(st.sampled_from(["respond", "pause", "resume", "contest", "settle", "reverse", "assign", "resolve"]),
              st.integers(0, 12)),
    max_size=14,
)  # fmt: skip


def act(item: Item, what: str, back: int, now: datetime, at: datetime) -> items.Change:
    return {
        "respond": lambda: items.respond(item, "tom", now, at=at),
        "pause": lambda: items.pause(item, "waiting", "tom", now, at=at),
        "resume": lambda: items.resume(item, "tom", now),
        "contest": lambda: items.contest(item, "response", "hollow", "josh", now),
        "settle": lambda: items.settle(item, "stands" if back % 2 else "hollow", "", "josh", now),
        "reverse": lambda: items.reverse(item, back, "wrong", "tom", now),
        "assign": lambda: items.assign(item, f"rep {back}", "amy", now),
        "resolve": lambda: items.resolve(item, "tom", now),
    }[what]()


@given(steps)
def test_an_item_is_the_same_however_often_its_ledger_is_told(said: list[tuple[str, int]]) -> None:
    item = lead()
    for hours, (what, back) in enumerate(said, 1):
        now, at = after(hours), after(max(0, hours - back))
        try:
            item, new = act(item, what, back, now, at)
        except Refusal:
            continue
        assert [entry.seq for entry in item.entries] == list(range(1, item.revision + 1))
        assert item.entries[-len(new) :] == new
        assert item == told_again(item)
        for one, other in zip(item.pauses, item.pauses[1:], strict=False):
            assert one.until_at is not None
            assert one.until_at <= other.from_at
