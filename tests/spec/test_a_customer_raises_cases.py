"""Whoever is owed answers raises what is the matter, and each thing is owed an answer at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.card import File
from bot.chat.talk import Attachment, Person, Reply, Utterance
from bot.desk.exports.files import Files
from slacore.errors import Refusal
from tests.beginnings import Worlds
from tests.world import WORKSPACE, World, private

HARBOR = Path(__file__).parents[2] / "agreements" / "external-customer.yaml"
CHANNEL = "#harbor-books"


async def _digests_are_off(opened: World) -> None:
    for member in ("joan", "lena", "theo", "sam"):
        await opened.direct(member).says(member, "digest off")
    opened.everyone_heard_all()


@pytest.fixture
async def shop(worlds: Worlds) -> AsyncIterator[World]:
    """Lena's Harbor Books on a Monday morning: Joan's service owes her cases an answer, urgent ones within an hour."""
    opened = await worlds.begin(HARBOR, "Mon 05 Oct 2026 09:00", then=_digests_are_off)
    yield opened
    opened.everyone_else_heard_nothing()


async def says(world: World, member: str, words: str) -> str:
    return private(await world.channel(CHANNEL).says(member, words))


async def test_an_urgent_case_is_answered_within_the_hour_another_late_and_the_share_tells(shop: World) -> None:
    await says(shop, "lena", "raise 1 case Payments fail (HB-7) priority urgent")
    slip = shop.channel(CHANNEL).hears("H-1 · Harbor Books → Service · 1 case", "Raised by Lena", "L-1 Payments fail")
    slip.says("urgent · answer due Mon 5 Oct 10:00")
    slip.offers("Responded", "Raise another…")
    shop.direct("joan").hears("First answers", "L-1 Payments fail")

    await shop.travel_to("Mon 05 Oct 2026 09:40")
    assert "L-1 · Payments fail · answered" in private(await shop.channel(CHANNEL).presses("sam", "Responded"))
    shop.channel(CHANNEL).hears("H-1", "answered Mon 5 Oct 09:40, resolution due")
    shop.direct("joan").hears("First answers")

    await says(shop, "theo", "raise Search is slow priority urgent")
    shop.channel(CHANNEL).hears("H-2", "L-2 Search is slow", "answer due Mon 5 Oct 10:40")
    shop.everyone_heard_all()
    await shop.travel_to("Mon 05 Oct 2026 11:30")
    shop.channel(CHANNEL).hears_nothing()
    shop.direct("joan").hears("1 late", "L-2 Search is slow")
    assert "Late: answer" in await says(shop, "sam", "resolve L-2")
    shop.channel(CHANNEL).hears("H-2", "✓ done", "resolved Mon 5 Oct 11:30")
    shop.everyone_heard_all()
    assert "1 of 2" in await says(shop, "joan", "status answers")


async def test_several_are_raised_at_once_each_with_its_owner_and_nothing_is_to_accept(shop: World) -> None:
    await says(shop, "lena", "raise 2 cases Cart is empty @sam; A picture is missing priority high")
    shop.channel(CHANNEL).hears(
        "2 cases", "L-1 Cart is empty · high · Sam has it, answer due", "L-2 A picture is missing"
    ).offers("Responded L-1", "Responded L-2", "Raise another…")
    shop.direct("sam").hears("L-1 Cart is empty")
    shop.direct("joan").hears("L-2 A picture is missing")
    assert "nobody promised a number, so there is nothing to accept" in await says(shop, "sam", "accept H-1")
    assert "nothing to dispute" in await says(shop, "sam", "dispute H-1 because it is ours")
    assert "nothing to correct" in await says(shop, "lena", "correct H-1 to 1 because one is enough")
    assert "raised" in await says(shop, "lena", "history H-1")


async def test_its_page_and_its_ledger_say_that_it_was_raised(shop: World) -> None:
    await says(shop, "lena", "raise Cart is empty")
    page = await says(shop, "theo", "item L-1")
    assert "one of the cases that Harbor Books raised with H-1 " in page
    assert "handed" not in page
    assert "handed" not in await says(shop, "lena", "history L-1")
    shop.everyone_heard_all()


async def test_a_slip_of_the_finger_is_undone_while_nobody_has_answered(shop: World) -> None:
    await says(shop, "lena", "raise 3 phones are dead")
    shop.channel(CHANNEL).hears("H-1", "1 case", "L-1 3 phones are dead")
    await says(shop, "lena", "undo H-1")
    shop.channel(CHANNEL).hears("– undone", "withdrawn")
    await says(shop, "lena", "raise Phones are dead")
    await says(shop, "sam", "respond L-2")
    assert "L-2 was answered already" in await says(shop, "lena", "undo H-2")
    shop.everyone_heard_all()


async def test_it_is_raised_by_its_form_too_with_the_priorities_to_choose_from(shop: World) -> None:
    form = (await shop.direct("lena").says("lena", "raise …")).form
    assert form is not None
    priority = next(each for each in form.fields if each.name == "priority")
    assert [each.label for each in priority.options] == ["urgent", "high", "normal"]
    await shop.direct("lena").fills("lena", form, items="Payments fail\nCart is empty", priority="high")
    shop.channel(CHANNEL).hears("2 cases", "L-1 Payments fail · high", "L-2 Cart is empty · high")
    shop.everyone_heard_all()


@pytest.mark.parametrize(
    ("member", "words", "answer"),
    [
        ("sam", "raise Payments fail", "Answers to cases are owed to Harbor Books, and you are not on its list."),
        ("lena", "raise Payments fail priority fatal", "I know urgent, high and normal."),
        ("lena", "raise 2 cases Payments fail", "You said 2 and named 1."),
        ("lena", "raise Payments fail under promise C-1", "Nothing can be raised by you under Shop open (C-1)."),
        ("lena", "raise Payments fail @lena", "its owner '@lena' is nobody of Service"),
    ],
)
async def test_what_cannot_be_raised_is_refused_and_changes_nothing(
    shop: World, member: str, words: str, answer: str
) -> None:
    reply = await shop.channel(CHANNEL).says(member, words)
    assert reply.refused
    assert answer in " ".join(private(reply).split())
    assert "There is no L-1." in await says(shop, "lena", "item L-1")


async def test_the_same_words_twice_are_asked_about(shop: World) -> None:
    await says(shop, "lena", "raise Payments fail")
    assert "H-1" in await says(shop, "lena", "raise Payments fail")
    shop.channel(CHANNEL).hears("H-1")
    shop.everyone_heard_all()


async def raises(world: World, words: str, *files: Attachment, member: str = "lena") -> Reply:
    """Somebody raises something with files attached to the words."""
    person = Person(WORKSPACE, "web", member, member)
    delivery = f"f{next(world.deliveries)}"
    said = Utterance(delivery, person, world.direct(member).place, world.clock.now(), text=words, files=files)
    return await world.ask(said)


async def test_a_screenshot_comes_along_and_both_sides_may_have_it(shop: World) -> None:
    shot = Attachment("shot.png", "image/png", b"\x89PNG\r\n\x1a\n what Lena sees")
    await raises(shop, "raise Payments fail priority urgent", shot)
    shop.channel(CHANNEL).hears("Raised by Lena", "With it: shot.png").offers("Responded", "Files", "Raise another…")
    shop.everyone_heard_all()
    page = await shop.direct("sam").says("sam", "item L-1")
    assert "With it: shot.png" in private(page)
    for key in ("L-1", "H-1"):
        assert (await shop.direct("sam").says("sam", f"evidence {key}")).card is None
    found = shop.direct("sam").hears("H-1 · what came along", "Raised by Lena").message.card.blocks
    (file,) = [each for each in found if isinstance(each, File)]
    shop.everyone_heard_all()
    with await Files(shop.house.database, shop.clock).open(WORKSPACE, file) as made:
        assert made.read() == shot.content
    with pytest.raises(Refusal, match="for those who raised it and those who answer it"):
        await Files(shop.house.database, shop.clock).open(WORKSPACE, replace(file, holds=(*file.holds[:-1], "eve")))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("shot.exe", b"MZ", "I keep no files like shot.exe"),
        ("shot.png", b"<script>", "shot.png is not what its name says"),
        ("shot.png", b"", "shot.png is empty"),
    ],
)
async def test_a_file_that_is_not_kept_is_refused_and_nothing_is_raised(
    shop: World, name: str, content: bytes, why: str
) -> None:
    reply = await raises(shop, "raise Payments fail", Attachment(name, "", content))
    assert reply.refused
    assert why in private(reply)
    assert "There is no L-1." in await says(shop, "lena", "item L-1")


async def test_a_form_has_a_field_for_it_and_what_was_raised_in_words_has_nothing_with_it(shop: World) -> None:
    form = (await shop.direct("lena").says("lena", "raise …")).form
    assert form is not None
    assert [each.label for each in form.fields if each.kind == "file"] == ["File"]
    await says(shop, "lena", "raise Cart is empty")
    assert "H-1 · nothing came along" in await says(shop, "theo", "evidence L-1")
    shop.everyone_heard_all()


async def test_what_is_handed_over_by_number_is_not_raised(world: World) -> None:
    reply = await world.channel().says("josh", "raise 1 qualified lead Ann Lee")
    assert reply.refused
    assert "handoff 1" in private(reply)
    world.everyone_else_heard_nothing()
