"""Jobs that are queued for a workspace share a transaction; what one does wrong is its own affair."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.store.database import Database
from bot.store.fences import mine
from bot.store.tables import counters, people, workspaces
from bot.store.transaction import Conflict
from bot.store.tx import ReadOnly, Tx
from slacore.errors import Refusal

Job = Callable[[Tx], Awaitable[Any]]
_PEOPLE = select(people.c.id, people.c.title).where(mine(people)).order_by(people.c.id)


async def begin(tx: Tx) -> None:
    tx.insert(workspaces, {"name": "Company X", "created_at": tx.now})


def adding(member: str, title: str = "") -> Job:
    async def job(tx: Tx) -> str:
        tx.insert(people, {"id": member, "name": member.title(), "zone": "UTC", "title": title})
        return member

    return job


async def counting(tx: Tx) -> int:
    return await tx.next_number("H")


async def refusing(tx: Tx) -> None:
    await tx.next_number("H")
    tx.update(people, ("amy",), {"title": "nobody"})
    raise Refusal("No.", "Ask again.")


async def refusing_after_a_look(tx: Tx) -> None:
    """Its changes were written before it failed, because it read the table it had changed."""
    tx.update(people, ("amy",), {"title": "nobody"})
    assert (await tx.rows(_PEOPLE))[0]["title"] == "nobody"
    raise Refusal("No.", "Ask again.")


async def everybody(tx: Tx) -> list[tuple[str, str]]:
    return [(row["id"], row["title"]) for row in await tx.rows(_PEOPLE)]


@pytest.fixture
async def company(database: Database) -> Database:
    await database.write("x", begin)
    await database.write("x", adding("amy", "manager"))
    return database


async def test_numbers_are_given_in_order_and_without_gaps_where_a_job_fails(company: Database) -> None:
    jobs: list[Job] = [counting, counting, refusing, counting, refusing, counting]
    answers = await asyncio.gather(*(company.write("x", job) for job in jobs), return_exceptions=True)
    assert [each for each in answers if isinstance(each, int)] == [1, 2, 3, 4]
    assert sum(isinstance(each, Refusal) for each in answers) == 2


async def test_numbers_are_counted_apart_for_every_workspace_and_letter(company: Database) -> None:
    async def other(tx: Tx) -> int:
        return await tx.next_number("O")

    assert await company.write("x", counting) == 1
    assert await company.write("x", other) == 1
    assert await company.write("y", counting) == 1
    assert await company.write("x", counting) == 2


@pytest.mark.parametrize("failing", [refusing, refusing_after_a_look])
async def test_a_job_that_fails_leaves_nothing_behind_and_its_neighbours_go_through(
    company: Database, failing: Job
) -> None:
    jobs: list[Job] = [adding("bo"), failing, adding("cy")]
    answers = await asyncio.gather(*(company.write("x", job) for job in jobs), return_exceptions=True)
    assert answers[0] == "bo"
    assert isinstance(answers[1], Refusal)
    assert answers[2] == "cy"
    assert await company.read("x", everybody) == [("amy", "manager"), ("bo", ""), ("cy", "")]


async def test_two_that_want_the_same_key_fail_alone_and_not_their_neighbours(company: Database) -> None:
    jobs: list[Job] = [adding("bo"), adding("bo"), adding("cy"), adding("amy"), counting]
    answers = await asyncio.gather(*(company.write("x", job) for job in jobs), return_exceptions=True)
    assert answers[0] == "bo"
    assert answers[2] == "cy"
    assert answers[4] == 1
    assert [type(each) for each in (answers[1], answers[3])] == [Conflict, Conflict]
    assert [member for member, _ in await company.read("x", everybody)] == ["amy", "bo", "cy"]


async def test_those_who_come_one_after_the_other_are_waited_for_and_share_a_commit(company: Database) -> None:
    commits: list[None] = []
    company.subscribe("came", lambda: commits.append(None))

    async def coming(tx: Tx) -> None:
        tx.announce("came")

    async def come(later: int) -> None:
        for _ in range(later):
            await asyncio.sleep(0)
        await company.write("x", coming)

    await asyncio.gather(*(come(2 * place) for place in range(5)))
    assert len(commits) == 1


async def test_a_job_sees_what_its_neighbours_did_before_it(company: Database) -> None:
    async def promote(tx: Tx) -> None:
        tx.update(people, ("amy",), {"title": "director"})

    async def look(tx: Tx) -> str:
        row = await tx.get(people, "amy")
        assert row is not None
        return str(row["title"])

    answers = await asyncio.gather(company.write("x", look), company.write("x", promote), company.write("x", look))
    assert list(answers) == ["manager", None, "director"]


async def test_get_sees_what_waits_to_be_written_whether_or_not_it_was_read_before(company: Database) -> None:
    async def job(tx: Tx) -> tuple[object, ...]:
        tx.update(people, ("amy",), {"title": "director"})
        unread = await tx.get(people, "amy")
        tx.update(people, ("amy",), {"zone": "Asia/Kathmandu"})
        read = await tx.get(people, "amy")
        assert await tx.rows(_PEOPLE)
        tx.update(people, ("amy",), {"name": "Amy B."})
        flushed = await tx.get(people, "amy")
        assert unread is not None
        assert read is not None
        assert flushed is not None
        return unread["title"], read["zone"], flushed["name"], flushed["title"], flushed["zone"]

    seen = await company.write("x", job)
    assert seen == ("director", "Asia/Kathmandu", "Amy B.", "director", "Asia/Kathmandu")


async def test_a_waiter_that_gives_up_does_not_stop_its_job(company: Database) -> None:
    began, go_on = asyncio.Event(), asyncio.Event()

    async def slow(tx: Tx) -> None:
        began.set()
        await go_on.wait()
        tx.update(people, ("amy",), {"title": "director"})

    waiting = asyncio.create_task(company.write("x", slow))
    queued = asyncio.create_task(company.write("x", adding("bo")))
    await began.wait()
    waiting.cancel()
    queued.cancel()
    assert [type(each) for each in await asyncio.gather(waiting, queued, return_exceptions=True)] == [
        asyncio.CancelledError,
        asyncio.CancelledError,
    ]
    go_on.set()
    await company.write("x", counting)
    assert await company.read("x", everybody) == [("amy", "director"), ("bo", "")]


async def test_closing_finishes_what_is_queued(company: Database, url: str) -> None:
    waiting = [asyncio.create_task(company.write("x", counting)) for _ in range(100)]
    await asyncio.sleep(0)
    await company.close()
    assert sorted([await each for each in waiting]) == list(range(1, 101))


async def test_what_happens_after_a_commit_does_not_happen_for_a_job_that_fails(company: Database) -> None:
    heard: list[str] = []

    async def telling(tx: Tx) -> None:
        tx.announce("news")

    async def failing(tx: Tx) -> None:
        tx.announce("never")
        raise Refusal("No.", "Ask again.")

    forget = company.subscribe("news", lambda: heard.append("news"))
    company.subscribe("never", lambda: heard.append("never"))
    await asyncio.gather(company.write("x", telling), company.write("x", failing), return_exceptions=True)
    forget()
    await company.write("x", telling)
    assert heard == ["news"]


async def test_a_listener_that_raises_takes_nothing_back(company: Database, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str] = []

    def broken() -> None:
        raise ValueError("oh dear")

    async def telling(tx: Tx) -> int:
        tx.announce("news")
        return await tx.next_number("H")

    company.subscribe("news", broken)
    company.subscribe("news", lambda: heard.append("news"))
    assert await company.write("x", telling) == 1
    assert heard == ["news"]
    assert "oh dear" in caplog.text
    assert await company.write("x", counting) == 2


async def test_a_job_may_not_wait_for_another_job(company: Database) -> None:
    async def nested(tx: Tx) -> None:
        await company.write("x", counting)

    with pytest.raises(RuntimeError, match="cannot wait for another"):
        await company.write("x", nested)


async def test_reading_cannot_write(company: Database) -> None:
    async def job(tx: Tx) -> None:
        tx.insert(counters, {"letter": "H", "last": 7})

    with pytest.raises(ReadOnly):
        await company.read("x", job)


async def test_one_reading_sees_one_state_while_others_write(company: Database) -> None:
    async def job(tx: Tx) -> tuple[int, int]:
        before = len(await tx.rows(_PEOPLE))
        await company.write("x", adding("bo"))
        return before, len(await tx.rows(_PEOPLE))

    assert await company.read("x", job) == (1, 1)


async def test_more_jobs_than_one_transaction_holds_are_all_done(company: Database) -> None:
    assert sorted(await asyncio.gather(*(company.write("x", counting) for _ in range(200)))) == list(range(1, 201))


async def test_workspaces_take_turns(company: Database) -> None:
    jobs = [company.write("xyz"[index % 3], counting) for index in range(30)]
    assert sorted(await asyncio.gather(*jobs)) == sorted(list(range(1, 11)) * 3)
