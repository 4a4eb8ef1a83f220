"""`export`: a month of an agreement as files, for the owners of its parties."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest

from bot.chat.card import File
from bot.chat.talk import Reply
from bot.desk.exports.files import Files
from bot.store import exports
from bot.store.tx import Tx
from slacore.errors import Refusal
from tests.world import WORKSPACE, Heard, World, moment, private


def files_in(said: Heard) -> list[File]:
    return [block for block in said.message.card.blocks if isinstance(block, File)]


async def content(world: World, file: File) -> bytes:
    with await Files(world.house.database, world.clock).open(WORKSPACE, file) as made:
        return made.read()


async def sheet(world: World, file: File) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((await content(world, file)).decode("utf-8-sig"))))


async def exported(world: World, words: str = "export") -> list[File]:
    assert await world.direct("amy").says("amy", words) == Reply()
    return files_in(world.direct("amy").hears("Export · "))


async def test_an_owner_gets_the_month_as_seven_sheets_in_private(world: World) -> None:
    await world.channel().says("josh", "handoff 25 qualified leads to sales ref Webinar 3")
    await world.channel().says("amy", "accept H-1 22 because three have no phone number")
    world.everyone_heard_all()
    reply = await world.channel().says("amy", "export csv October")
    assert private(reply) == "The export comes to you in your direct messages with me."
    found = files_in(world.direct("amy").hears("Export · Company X, marketing to sales to service · Oct 2026"))
    assert [each.name for each in found] == [
        "kept-A-1-2026-10-handoffs.csv",
        "kept-A-1-2026-10-entries.csv",
        "kept-A-1-2026-10-obligations.csv",
        "kept-A-1-2026-10-breaches.csv",
        "kept-A-1-2026-10-carried.csv",
        "kept-A-1-2026-10-notices.csv",
        "kept-A-1-2026-10-sales.csv",
    ]
    [line] = await sheet(world, found[0])
    assert (line["handoff"], line["promise"], line["from"], line["to"]) == ("H-1", "C-1", "Marketing", "Sales")
    assert (line["quantity"], line["accepted"], line["disputed"]) == ("25", "22", "3")
    assert (line["handed_on"], line["logged_by"], line["ref"]) == ("2026-10-01", "Josh Lindqvist", "Webinar 3")
    assert line["logged_at"] == "2026-10-01T08:30:00-04:00"
    entries = await sheet(world, found[1])
    assert [each["accepted"] for each in entries] == ["0", "22"]
    assert sum(int(each["awaiting"]) for each in entries) == 0
    assert entries[1]["reason"] == "three have no phone number"
    assert {each["owner"] for each in await sheet(world, found[2])} >= {"Josh Lindqvist", "Amy Chen"}
    assert await sheet(world, found[3]) == []
    world.everyone_else_heard_nothing()


async def test_a_month_that_was_missed_has_its_breaches(world: World) -> None:
    await world.travel_to("Tue 10 Nov 2026 12:00")
    world.everyone_heard_all()
    found = await exported(world, "export October of A-1")
    owed = {each["obligation"]: each for each in await sheet(world, found[2])}
    missed = await sheet(world, found[3])
    assert missed
    assert all(owed[each["obligation"]]["state"] == "missed" for each in missed)
    leads = next(each for each in missed if each["promise"] == "C-1")
    assert (leads["party"], leads["shortfall"]) == ("Marketing", "100")
    assert await sheet(world, found[4]) == await sheet(world, found[5]) == []
    await world.direct("morgan").says("morgan", f"carry {leads['breach']} 40")
    world.everyone_heard_all()
    [carried] = await sheet(world, (await exported(world, "export October of A-1"))[4])
    assert (carried["breach"], carried["units"], carried["decided_by"]) == (leads["breach"], "40", "Morgan Reyes")
    missed = await sheet(world, (await exported(world, "export October of A-1"))[3])
    chosen = next(each for each in missed if each["promise"] == "C-1")
    assert (chosen["chosen"], chosen["chosen_by"], chosen["plan_wanted_by"]) == ("carry-over", "Morgan Reyes", "")
    assert (carried["from_period"], carried["to_period"]) == ("2026-10-01", "2026-11-01")


async def test_json_is_one_file_with_everything_as_it_is(world: World) -> None:
    await world.channel().says("josh", "handoff 25 qualified leads to sales note =HYPERLINK(1)")
    world.everyone_heard_all()
    [file] = await exported(world, "export json")
    held = json.loads(await content(world, file))
    assert held["agreement"] == "A-1"
    assert held["zone"] == "America/New_York"
    assert list(held)[-7:] == [
            "handoffs", "entries", "obligations", "breaches", "carried", "notices", "sales",
        ]  # fmt: skip
    assert held["handoffs"][0]["note"] == "=HYPERLINK(1)"
    assert held["handoffs"][0]["late"] is False
    assert held["handoffs"][0]["quantity"] == 25


@pytest.mark.parametrize("led", ["=1+1", "+41 44 555", "-2", "@SUM(A1)", '=HYPERLINK("https://evil.example","x")'])
async def test_words_never_come_alive_in_a_spreadsheet(world: World, led: str) -> None:
    quoted = led.replace('"', '""')
    await world.channel().says("josh", f'handoff 1 qualified lead to sales ref "{quoted}" note "{quoted}"')
    world.everyone_heard_all()
    found = await exported(world)
    [line] = await sheet(world, found[0])
    assert line["ref"] == f"'{led}"
    assert line["note"] == f"'{led}"
    entries = await sheet(world, found[1])
    assert entries[0]["awaiting"] == "1", "numbers stay numbers"


async def test_a_spreadsheet_reads_every_letter(world: World) -> None:
    await world.channel().says("josh", "handoff 1 qualified lead to sales ref Zürich, 東京 note two words")
    world.everyone_heard_all()
    file = (await exported(world))[0]
    raw = await content(world, file)
    assert raw.startswith(b"\xef\xbb\xbfhandoff,promise,"), "it begins with the mark that says UTF-8"
    assert (await sheet(world, file))[0]["ref"] == "Zürich, 東京"


async def test_pages_of_any_size_are_together_the_whole(world: World) -> None:
    for number in range(1, 8):
        await world.channel().says("josh", f"handoff {number} qualified leads to sales")
    dates = date(2026, 10, 1), date(2026, 10, 31)
    instants = moment("Thu 01 Oct 2026 00:00"), moment("Sun 01 Nov 2026 00:00")

    async def in_pages(tx: Tx, most: int) -> tuple[list[int], list[int], list[int], int]:
        found = [page async for page in exports.handed_over(tx, "company-x", *dates, most)]
        due = [page async for page in exports.fallen_due(tx, "company-x", *instants, most)]
        entries = [row["handoff"] for page in found for row in await exports.entries_of(tx, page)]
        return (
            [row["number"] for page in found for row in page],
            entries,
            [row["number"] for page in due for row in page],
            max(map(len, (*found, *due))),
        )

    read = world.house.database.read
    *whole, _ = await read(WORKSPACE, lambda tx: in_pages(tx, 100))
    assert whole[0] == whole[1] == list(range(1, 8))
    for most in (1, 2, 3, 7):
        *paged, largest = await read(WORKSPACE, lambda tx, most=most: in_pages(tx, most))  # type: ignore[misc]
        assert paged == whole
        assert largest == most
    world.everyone_heard_all()


async def test_sales_stand_with_their_prices_and_what_was_taken_back(world: World) -> None:
    for words in ("sold $400, $90.50 note Acme", "sold withdraw W-1 because it was cancelled"):
        reply = await world.direct("amy").says("amy", words)
        assert not reply.refused, private(reply)
    sales = next(each for each in await exported(world) if each.name.endswith("sales.csv"))
    kept = await sheet(world, sales)
    assert [(each["sale"], each["price"], each["found_by"]) for each in kept] == [
        ("W-1", "$400.00", "Sales"),
        ("W-2", "$90.50", "Sales"),
    ]
    assert [each["taken_back_because"] for each in kept] == ["it was cancelled", ""]


async def test_only_the_owner_of_a_party_takes_everything_out(world: World) -> None:
    for member in ("tom", "nina", "morgan"):
        reply = await world.channel().says(member, "export")
        assert reply.refused
        assert "Only the owner of a party takes everything out at once." in private(reply)
    world.everyone_else_heard_nothing()


async def test_a_file_is_made_when_it_is_taken_and_for_nobody_else(world: World) -> None:
    file = (await exported(world))[0]
    assert await sheet(world, file) == []
    world.clock.advance(timedelta(hours=1))
    await world.channel().says("josh", "handoff 3 qualified leads to sales")
    world.channel().hears("H-1")
    [line] = await sheet(world, file)
    assert line["quantity"] == "3"
    forged = File(file.name, file.kind, (*file.holds[:-1], "tom"), file.alt)
    with pytest.raises(Refusal, match="Only the owner of a party"):
        await content(world, forged)


async def test_a_month_that_has_not_begun_has_nothing_to_take(world: World) -> None:
    reply = await world.direct("amy").says("amy", "export csv 2027-03")
    assert "March 2027 has not begun." in private(reply)
    world.everyone_else_heard_nothing()
