"""What is said is a row: said once under its key, changed while it waits, edited once it is out."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.store import outbox, unheard
from bot.store.database import Database
from bot.store.outbox import Letter, Saying
from bot.store.tables import outbox as table
from bot.store.tx import Tx
from slacore.errors import Refusal
from tests.bot.store.promises import NOON
from tests.bot.store.wire import AMY_DIRECT, CHANNEL, card_saying, saying

EVENING = NOON + timedelta(hours=8)


async def say(database: Database, *sayings: Saying) -> list[int]:
    async def job(tx: Tx) -> list[int]:
        return [await outbox.say(tx, each) for each in sayings]

    return await database.write("x", job)


async def found(database: Database, number: int) -> Letter:
    letter = await database.read("x", lambda tx: outbox.find(tx, number))
    assert letter is not None
    return letter


async def happens(database: Database, number: int, state: str) -> None:
    """Let a row have got somewhere by itself."""
    lease = NOON if state in ("SENDING", "RECONCILING") else None
    values = {"state": state, "lease_until": lease, "held_until": None}

    async def job(tx: Tx) -> None:
        tx.update(table, (number,), values)

    await database.write("x", job)


def receipt(words: str, version: int, **changes: Any) -> Saying:
    return saying(words, dedupe_key=f"receipt:H-1#{version}", series="receipt:H-1", action="edit", **changes)


async def test_what_is_said_is_kept_as_it_was_said(company: Database) -> None:
    everything = replace(
        saying("Amy, a report is due.", AMY_DIRECT),
        kind="nudge",
        series="promise:reports",
        level=1,
        person="amy",
        held_until=EVENING,
        hold_reason="quiet hours",
        newest_of="nudges",
        late=True,
    )
    (number,) = await say(company, everything)
    letter = await found(company, number)
    assert letter.place == AMY_DIRECT
    assert letter.card == everything.card
    assert letter.delivery_id == outbox.delivery_id_of("x", everything.dedupe_key)
    assert (letter.state, letter.held_until, letter.hold_reason) == ("HELD", EVENING, "quiet hours")
    assert (letter.kind, letter.level, letter.person, letter.ref) == ("nudge", 1, "amy", "H-1")
    assert (letter.newest_of, letter.late, letter.possible_repeat, letter.attempts) == ("nudges", True, False, 0)


async def test_the_same_key_again_says_nothing_more_even_at_once(company: Database) -> None:
    await asyncio.gather(
        *(say(company, saying("one")) for _ in range(5)), *(say(company, saying("two")) for _ in range(5))
    )
    await say(company, saying("one"))
    letters = [await company.read("x", lambda tx, n=n: outbox.find(tx, n)) for n in range(1, 12)]  # type: ignore[misc]
    assert sorted(each.card.summary for each in letters if each is not None) == ["one", "two"]


async def test_a_word_goes_with_the_fact_that_caused_it(company: Database) -> None:
    async def fails(tx: Tx) -> None:
        await outbox.say(tx, saying("never"))
        raise Refusal("No.", "Ask again.")

    with pytest.raises(Refusal):
        await company.write("x", fails)
    assert await company.read("x", lambda tx: outbox.find(tx, 1)) is None


async def test_a_change_of_what_waits_changes_what_goes_out(company: Database) -> None:
    numbers = await say(company, receipt("25 leads", 1), receipt("23 leads", 2), receipt("22 leads", 3))
    assert numbers == [1, 1, 1]
    assert (await found(company, 1)).card == card_saying("22 leads")


async def test_a_change_of_what_is_held_keeps_it_held_only_if_it_is_to_be_held(company: Database) -> None:
    await say(company, receipt("due soon", 1, held_until=EVENING, hold_reason="quiet hours"))
    await say(company, receipt("due sooner", 2, held_until=EVENING, hold_reason="quiet hours"))
    assert (await found(company, 1)).state == "HELD"
    await say(company, receipt("urgent", 3))
    assert (await found(company, 1)).state == "PENDING"


@pytest.mark.parametrize("state", ["SENT", "SENDING", "UNKNOWN", "RECONCILING"])
async def test_a_change_of_what_is_out_or_may_be_is_an_edit_and_the_newest_takes_the_place_of_the_others(
    company: Database, state: str
) -> None:
    await say(company, receipt("25 leads", 1))
    await happens(company, 1, state)
    second, third, again = await say(company, receipt("23 leads", 2), receipt("22 leads", 3), receipt("22 leads", 3))
    assert third == again
    letters = [await found(company, number) for number in (1, second, third)]
    assert [(each.action, each.state) for each in letters] == [
        ("post", state),
        ("edit", "DROPPED"),
        ("edit", "PENDING"),
    ]
    assert letters[1].why == "superseded by a newer change"
    assert letters[2].card == card_saying("22 leads")


@pytest.mark.parametrize("state", ["DROPPED", "DEAD"])
async def test_a_change_of_what_never_went_out_is_said_anew_unless_it_is_only_a_change(
    company: Database, state: str
) -> None:
    await say(company, receipt("25 leads", 1))
    await happens(company, 1, state)
    (only,) = await say(company, receipt("done", 2, edit_only=True))
    assert (await found(company, only)).state == "DROPPED"
    assert (await found(company, only)).why == "there was no message to change"
    (anew,) = await say(company, receipt("23 leads", 3))
    assert [(await found(company, anew)).action, (await found(company, anew)).state] == ["post", "PENDING"]


async def test_what_first_was_only_a_change_of_nothing_can_still_be_said(company: Database) -> None:
    (nothing,) = await say(company, receipt("9 short", 2, edit_only=True))
    said, again = await say(company, receipt("9 short", 2), receipt("9 short", 2))
    assert (await found(company, nothing)).state == "DROPPED"
    assert [(await found(company, said)).action, (await found(company, said)).state] == ["post", "PENDING"]
    assert len({nothing, said}) == 2
    assert again in (nothing, said)


async def test_why_did_nobody_hear(company: Database) -> None:
    await say(
        company,
        saying("held", AMY_DIRECT, person="amy", held_until=EVENING, hold_reason="quiet hours", kind="nudge"),
        saying("waits"),
        saying("out"),
    )
    await company.write("x", lambda tx: outbox.fold(tx, saying("folded", AMY_DIRECT, person="amy", kind="nudge")))
    await happens(company, 3, "SENT")
    told = await company.read("x", lambda tx: unheard.why(tx, NOON))
    assert [(each.state, each.why, each.until) for each in told] == [
        ("DROPPED", outbox.FOLDED, None),
        ("PENDING", "", None),
        ("HELD", "quiet hours", EVENING),
    ]
    assert {each.place for each in told} == {AMY_DIRECT, CHANNEL}
    assert [each.state for each in told if each.person == "amy"] == ["DROPPED", "HELD"]
    assert await company.read("x", lambda tx: unheard.why(tx, EVENING)) == ()
    assert [each.card.summary for each in await company.read("x", lambda tx: unheard.held_for(tx, "amy"))] == ["held"]
    folded = await company.read("x", lambda tx: unheard.folded_for(tx, "amy", NOON))
    assert [each.card.summary for each in folded] == ["folded"]


async def test_a_persons_budget_counts_posts_to_him_that_were_not_dropped_below_a_level(company: Database) -> None:
    await say(
        company,
        saying("one", AMY_DIRECT, person="amy"),
        saying("two", AMY_DIRECT, person="amy", series="s"),
        saying("two, changed", AMY_DIRECT, person="amy", series="s", action="edit"),
        saying("escalation", AMY_DIRECT, person="amy", level=2),
        saying("to the channel"),
        saying("dropped", AMY_DIRECT, person="amy"),
    )
    await happens(company, 5, "DROPPED")
    assert await company.read("x", lambda tx: outbox.posts_to(tx, "amy", NOON)) == 2
    assert await company.read("x", lambda tx: outbox.posts_to(tx, "amy", NOON, below_level=9)) == 3
    assert await company.read("x", lambda tx: outbox.posts_to(tx, "amy", EVENING)) == 0
    assert await company.read("x", lambda tx: outbox.posts_to(tx, "josh", NOON)) == 0
