"""The parties meet each month: asked beforehand, held where they talk, and what they take on is owed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from icalendar import Calendar

from bot.chat.card import File
from bot.desk.exports.files import Files
from tests.beginnings import Worlds
from tests.world import COMPANY_X, WORKSPACE, Heard, World, moment, private

REVIEW = """
review:
  slots: first Thursday 10:00
  participants: [josh, amy]
  quorum: 2
"""


@pytest.fixture
async def room(worlds: Worlds, tmp_path: Path) -> World:
    """Company X, whose marketing and sales meet on the first Thursday of each month."""
    file = tmp_path / "company-x.yaml"
    text = COMPANY_X.read_text(encoding="utf-8").replace("parties: [sales, service]", "parties: [service, sales]")
    file.write_text(text + ("" if "\nreview:" in text else REVIEW), encoding="utf-8")
    return await worlds.begin(file, "Thu 01 Oct 2026 08:00")


async def test_each_side_is_asked_beforehand_what_the_numbers_do_not_say(room: World) -> None:
    await room.travel_to("Thu 29 Oct 2026 09:59")
    room.everyone_heard_all()
    await room.travel_to("Thu 29 Oct 2026 10:00")
    asked = room.direct("josh").hears("Review of October 2026", "Thu 5 Nov 10:00", "Amy", "for your side?")
    asked.offers("We are content", "Green but unhappy…", "Another time…")
    room.direct("amy").hears("Review of October 2026", "Josh")
    room.everyone_else_heard_nothing()
    await room.direct("amy").says("amy", "review unhappy because half of them never pick up")
    await room.direct("josh").presses("josh", "We are content")
    room.everyone_else_heard_nothing()
    pack = private(await room.direct("josh").says("josh", "review V-1"))
    assert "2 answers" in pack
    assert "never pick up" not in pack
    assert private(await room.direct("josh").says("josh", "review October")) == pack
    assert "There is no review of September 2026." in private(await room.direct("josh").says("josh", "review Sep"))


async def test_the_pack_is_laid_out_a_working_day_before_and_grows_in_place(room: World) -> None:
    await room.travel_to("Wed 04 Nov 2026 09:59")
    await room.direct("amy").says("amy", "review unhappy because half of them never pick up")
    room.everyone_heard_all()
    await room.travel_to("Wed 04 Nov 2026 10:00")
    pack = room.channel().hears("Review of October 2026", "Scorecard", "Qualified leads", "What was missed")
    pack.offers("I am here")
    await room.travel_to("Thu 05 Nov 2026 10:00")
    room.everyone_heard_all()
    await room.channel().presses("josh", "I am here", on=pack)
    room.channel().hears("Reviewing October 2026", "No decision yet: Sales, Service are not here yet")
    refused = private(await room.channel().says("josh", "review decide the target stays at 100"))
    assert "No decision yet" in refused
    await room.channel().says("amy", "review here")
    await room.channel().says("joan", "review here")
    await room.channel().says("josh", "review decide the target stays at 100")
    await room.channel().says("amy", "review learn trade fair leads need a call within a day")
    await room.channel().says("amy", "review action send marketing the list owner Tom by 2026-11-12")
    await room.channel().says("amy", "review close")
    told = room.channel().hears("Reviewed: October 2026", "Sales says: unhappy: “half of them never pick up”")
    told.says("Decided: “the target stays at 100” (Josh")
    told.says("Learnt: “trade fair leads need a call within a day” (Amy")
    told.says("Actions", "“send marketing the list”", "Tom", "Thu 12 Nov")
    told.offers()


async def test_what_was_taken_on_is_owed_like_any_promise_and_the_next_review_asks_for_it(room: World) -> None:
    await held_with_an_action(room)
    mine = private(await room.direct("tom").says("tom", "mine"))
    assert "“send marketing the list”" in mine
    await room.travel_to("Thu 12 Nov 2026 16:59")
    room.everyone_heard_all()
    await room.travel_to("Thu 12 Nov 2026 17:00")
    late = room.direct("tom").hears("“send marketing the list”", "missed")
    late.button("Done")
    key = late.message.card.ref
    await room.direct("tom").says("tom", f"done {key} https://sheets.example/leads")
    await room.travel_to("Thu 03 Dec 2026 09:00")
    pack = private(await room.direct("josh").says("josh", "review"))
    assert "From the last review" in pack
    assert "done late" in pack
    assert "Learnt" not in pack


async def test_the_date_comes_as_a_file_for_ones_calendar_and_follows_when_it_is_moved(room: World) -> None:
    await room.travel_to("Thu 29 Oct 2026 09:59")
    room.everyone_heard_all()
    await room.travel_to("Thu 29 Oct 2026 10:00")
    first = await taken(room, room.direct("josh").hears("Review of October 2026"), ".ics")
    event = Calendar.from_ical(first).walk("VEVENT")[0]
    assert event.decoded("dtstart") == moment("Thu 05 Nov 2026 10:00")
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=1)
    await room.direct("josh").says("josh", "review move V-1 to 6 Nov 14:00")
    moved = Calendar.from_ical(await taken(room, room.direct("josh").hears("Fri 6 Nov 14:00"), ".ics")).walk("VEVENT")[
        0
    ]
    assert moved.decoded("dtstart") == moment("Fri 06 Nov 2026 14:00")
    assert moved["uid"] == event["uid"]
    assert int(str(moved["sequence"])) > int(str(event["sequence"]))


async def test_the_pack_can_be_printed(room: World) -> None:
    await room.travel_to("Wed 04 Nov 2026 09:59")
    room.everyone_heard_all()
    await held_with_an_action(room)
    pack = room.channel().hears("Reviewed: October 2026")
    printed = pypdfium2.PdfDocument(await taken(room, pack, ".pdf"))
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in printed).split())
    for part in ("Review of October 2026", "Scorecard", "Qualified leads (C-1)", "send marketing the list"):
        assert part in words


async def test_a_review_can_be_moved_and_everybody_hears_the_new_date(room: World) -> None:
    await room.travel_to("Thu 29 Oct 2026 10:00")
    room.everyone_heard_all()
    await room.direct("josh").says("josh", "review move V-1 to 6 Nov 14:00")
    room.direct("josh").hears("Fri 6 Nov 14:00")
    room.direct("amy").hears("Fri 6 Nov 14:00")


@pytest.mark.parametrize(
    ("member", "words", "answer"),
    [
        ("josh", "review decide we stop", "has not begun"),
        ("josh", "review action x owner Tom by 2026-11-12", "has not begun"),
        ("josh", "review close", "has not begun"),
        ("josh", "review V-99", "There is no V-99"),
        ("josh", "review move to 2026-10-01 10:00", "passed"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_changes_nothing(
    room: World, member: str, words: str, answer: str
) -> None:
    await room.travel_to("Thu 29 Oct 2026 10:00")
    before = private(await room.direct("josh").says("josh", "review V-1"))
    assert answer in private(await room.channel().says(member, words))
    assert private(await room.direct("josh").says("josh", "review V-1")) == before


async def test_steps_are_for_the_parties_people_on_their_working_days(room: World) -> None:
    await room.travel_to("Thu 05 Nov 2026 10:00")
    for member in ("josh", "amy", "joan"):
        await room.channel().says(member, "review here")
    sponsor = private(await room.channel().says("josh", "review action decide the price owner Morgan by 2026-11-12"))
    assert "belongs to no party" in sponsor
    closed = private(await room.channel().says("josh", "review action call them owner Tom by 2026-11-14"))
    assert "Nobody of Sales works then" in closed


async def test_a_review_left_open_is_asked_about_a_working_day_later(room: World) -> None:
    await room.travel_to("Thu 05 Nov 2026 10:00")
    await room.channel().says("josh", "review here")
    await room.travel_to("Mon 09 Nov 2026 08:59")
    room.everyone_heard_all()
    await room.travel_to("Mon 09 Nov 2026 09:01")
    room.direct("josh").hears("digest")
    room.direct("josh").hears("Is the review of October 2026 over?").offers("Close it")


async def taken(room: World, heard: Heard, kind: str) -> bytes:
    """The file of a kind that came with a message."""
    files = [block for block in heard.message.card.blocks if isinstance(block, File)]
    file = next(each for each in files if each.name.endswith(kind))
    with await Files(room.house.database, room.clock).open(WORKSPACE, file) as made:
        return made.read()


async def held_with_an_action(room: World) -> None:
    await room.travel_to("Thu 05 Nov 2026 10:00")
    for member in ("josh", "amy", "joan"):
        await room.channel().says(member, "review here")
    await room.channel().says("amy", "review action send marketing the list owner Tom by 2026-11-12")
    await room.channel().says("amy", "review close")


async def test_nobody_meets_about_what_is_not_signed_and_nothing_is_owed_by_it(url: str, tmp_path: Path) -> None:
    file = tmp_path / "unsigned.yaml"
    text = COMPANY_X.read_text(encoding="utf-8").replace("  - {party: service, by: joan, on: 2026-09-28}\n", "")
    file.write_text(text + REVIEW, encoding="utf-8")
    world = await World.open(url, moment("Thu 01 Oct 2026 08:00"))
    await world.agrees(file)
    for words in ("review", "review here", 'review action "send the form" owner Amy by 2026-10-02'):
        reply = await world.direct("josh").says("josh", words)
        assert reply.refused, words
        assert "not signed by Service yet" in private(reply)
    assert "send the form" not in private(await world.direct("amy").says("amy", "mine"))
    await world.close()
