"""A change is drafted, put before every party, and counts once all have signed it, from its day on."""

from __future__ import annotations

import pytest

from tests.beginnings import Worlds
from tests.world import World, private

DRAFT = "agreement amend A-1 leads target 105 from 1 Dec because close rate was 48 %"
SIGNATORIES = ("josh", "amy", "joan")
REMINDER = "X-1 waits for you: it lapses unless it is signed before Tue 1 Dec"


@pytest.fixture
async def november(worlds: Worlds) -> World:
    """Company X some days before December, with everything that was said before looked at."""
    world = await worlds.begin(at="Tue 24 Nov 2026 10:00")
    world.everyone_heard_all()
    return world


async def _proposed(world: World, words: str = DRAFT) -> None:
    await world.direct("josh").says("josh", words)
    await world.direct("josh").says("josh", "agreement propose A-1")


async def test_a_draft_says_what_it_would_change_and_tells_nobody(november: World) -> None:
    said = private(await november.channel().says("josh", DRAFT))
    assert "X-1 · draft" in said
    assert "Qualified leads: 105 instead of 100 a month, from 1 December 2026." in said
    assert "quantities 27, 53, 79, 105 instead of 25, 50, 75, 100" in said
    assert "Because: close rate was 48 %" in said
    assert "Nobody has been asked yet" in said
    november.everyone_else_heard_nothing()


async def test_a_proposal_puts_changes_reason_and_whole_text_before_each_signatory(november: World) -> None:
    await _proposed(november)
    for member in SIGNATORIES:
        heard = november.direct(member).hears("X-1 · to sign", "105 instead of 100 a month", "close rate was 48 %")
        heard.says("The promises", "Marketing owes Sales 105 qualified leads a month", "What follows a miss")
        heard.says("It waits for Josh, Amy and Joan", "It lapses if it is not signed before Tue 1 Dec.")
    november.everyone_else_heard_nothing()


async def test_it_counts_from_its_day_when_all_have_signed_and_not_before(november: World) -> None:
    await _proposed(november)
    november.everyone_heard_all()
    await november.direct("josh").presses("josh", "Sign")
    await november.direct("amy").says("amy", "agreement sign A-1")
    november.direct("joan").hears("Signed", "Josh for Marketing", "Amy for Sales", "It waits for Joan")
    november.channel().hears_nothing()
    said = private(await november.direct("joan").says("joan", "agreement sign X-1"))
    assert "A-1 · version 2 is signed by everybody" in said
    november.channel().hears(
        "version 2 is signed by everybody", "105 instead of 100 a month", "It counts from Tue 1 Dec"
    )
    november.everyone_heard_all()
    assert "of 100 qualified leads" in private(await november.direct("josh").says("josh", "status C-1"))
    await november.travel_to("Wed 02 Dec 2026 10:00")
    assert "of 105 qualified leads" in private(await november.direct("josh").says("josh", "status C-1"))
    assert "of 100 qualified leads" in private(await november.direct("josh").says("josh", "status C-1 November"))
    said = private(await november.direct("tom").says("tom", "agreement show A-1"))
    for line in (
        "Version 2, from Tue 1 Dec",
        "105 instead of 100 a month",
        "Version 1, from Thu 1 Oct",
        "Joan for Service, Tue 24 Nov",
    ):
        assert line in said, said


async def test_a_proposal_that_is_not_signed_by_all_changes_nothing_and_lapses(november: World) -> None:
    await _proposed(november)
    await november.direct("josh").says("josh", "agreement sign X-1")
    november.everyone_heard_all()
    await november.travel_to("Sat 28 Nov 2026 12:00")
    for member, answer in (("amy", "Sign"), ("joan", "Sign"), ("josh", "")):
        reminders = [
            each for each in november.in_place(november.direct(member).place) if "waits for you" in each.card.title
        ]
        assert [each.card.title for each in reminders] == [REMINDER] * bool(answer)
    await november.travel_to("Wed 02 Dec 2026 10:00")
    said = private(await november.direct("josh").says("josh", "agreement show X-1"))
    assert "X-1 · lapsed" in said
    assert "of 100 qualified leads" in private(await november.direct("josh").says("josh", "status C-1"))
    reply = await november.direct("amy").says("amy", "agreement sign X-1")
    assert reply.refused
    assert "X-1 has lapsed" in private(reply)


async def test_only_signatories_sign(november: World) -> None:
    await _proposed(november)
    for member in ("nina", "morgan", "tom"):
        reply = await november.direct(member).says(member, "agreement sign X-1")
        assert reply.refused
        assert "You sign for no party" in private(reply)
        assert "Josh Lindqvist for Marketing" in private(reply)


async def test_signing_twice_is_answered_with_whom_it_waits_for(november: World) -> None:
    await _proposed(november)
    await november.direct("amy").says("amy", "agreement sign X-1")
    reply = await november.direct("amy").says("amy", "agreement sign X-1")
    assert reply.refused
    assert "You have signed X-1 already.\nIt waits for Josh Lindqvist, Joan Baker." in private(reply)


async def test_whoever_declines_says_why_and_nothing_comes_of_it(november: World) -> None:
    await _proposed(november)
    november.everyone_heard_all()
    form = (await november.direct("amy").presses("amy", "Decline")).form
    assert form is not None
    await november.direct("amy").fills("amy", form, reason="December is too short")
    november.direct("josh").hears("X-1 · declined", "December is too short")
    november.direct("josh").hears("Amy declined X-1", "December is too short")
    reply = await november.direct("josh").says("josh", "agreement sign X-1")
    assert reply.refused
    assert "X-1 was declined by Amy Chen: December is too short" in private(reply)
    assert "of 100 qualified leads" in private(await november.direct("josh").says("josh", "status C-1"))


async def test_what_was_declined_or_replaced_stays_so_when_its_day_comes(november: World) -> None:
    await _proposed(november)
    await november.direct("amy").says("amy", "agreement decline X-1 because December is too short")
    await november.direct("josh").says("josh", "agreement amend A-1 leads target 104 from 1 Dec")
    await november.direct("josh").says("josh", "agreement propose X-2")
    await november.direct("amy").says("amy", "agreement counter X-2 leads target 102 because December is short")
    await november.direct("amy").says("amy", "agreement propose X-3")
    for member in SIGNATORIES:
        await november.direct(member).says(member, "agreement sign X-3")
    november.everyone_heard_all()
    await november.travel_to("Wed 02 Dec 2026 10:00")
    for draft, state in (("X-1", "declined"), ("X-2", "out of date"), ("X-3", "signed")):
        assert f"{draft} · {state}" in private(await november.direct("josh").says("josh", f"agreement show {draft}"))
    assert not [
        each for each in november.wire.messages if each.heard < each.versions and each.card.title.startswith("X-")
    ]


async def test_a_comment_reaches_everybody_concerned_and_stays_with_the_draft(november: World) -> None:
    await _proposed(november)
    november.everyone_heard_all()
    await november.direct("tom").says("tom", "agreement comment A-1 can we take so many?")
    november.direct("josh").hears("X-1", "can we take so many?")
    november.direct("josh").hears("Tom commented on X-1")
    november.direct("amy").hears("X-1", "can we take so many?")
    november.direct("amy").hears("Tom commented on X-1")
    assert "can we take so many?" in private(await november.direct("joan").says("joan", "agreement show X-1"))


async def test_a_counter_proposal_takes_the_place_of_what_it_answers(november: World) -> None:
    await _proposed(november)
    november.everyone_heard_all()
    said = private(
        await november.direct("amy").says("amy", "agreement counter X-1 leads target 102 because December is short")
    )
    assert "102 instead of 100 a month, from 1 December 2026" in said
    await november.direct("amy").says("amy", "agreement propose X-2")
    november.direct("josh").hears("X-1 · out of date", "X-2 was proposed in its place").offers("Show X-2")
    november.direct("josh").hears("X-2 · to sign", "102 instead of 100", "December is short")
    reply = await november.direct("josh").says("josh", "agreement sign X-1")
    assert reply.refused
    assert "X-1 is out of date: X-2 was proposed in its place." in private(reply)
    for member in SIGNATORIES:
        await november.direct(member).says(member, "agreement sign A-1")
    await november.travel_to("Wed 02 Dec 2026 10:00")
    assert "of 102 qualified leads" in private(await november.direct("josh").says("josh", "status C-1"))


async def test_a_draft_that_a_newer_version_overtook_is_not_countered(november: World) -> None:
    await _proposed(november)
    await november.direct("amy").says("amy", "agreement decline X-1 because December is too short")
    await november.direct("amy").says("amy", "agreement amend A-1 leads silence 3wd from 1 Dec")
    await november.direct("amy").says("amy", "agreement propose X-2")
    for member in SIGNATORIES:
        await november.direct(member).says(member, "agreement sign X-2")
    november.everyone_heard_all()
    reply = await november.direct("amy").says("amy", "agreement counter X-1 leads target 102 because December is short")
    assert reply.refused
    said = private(reply)
    assert "X-1 was written on version 1 of A-1, and version 2 has been signed since." in said
    assert "agreement amend A-1 …" in said
    november.everyone_else_heard_nothing()


async def test_of_two_drafts_on_one_version_the_second_is_told_that_it_came_too_late(november: World) -> None:
    await _proposed(november)
    await november.direct("amy").says("amy", "agreement amend A-1 leads silence 3wd from 1 Dec")
    await november.direct("amy").says("amy", "agreement propose X-2")
    for member in SIGNATORIES:
        await november.direct(member).says(member, "agreement sign X-1")
    november.everyone_heard_all()
    reply = await november.direct("josh").says("josh", "agreement sign X-2")
    assert reply.refused
    assert "X-2 is out of date: version 2 of A-1 came after it was drafted." in private(reply)


async def test_figures_of_one_side_gather_in_one_draft_until_it_is_proposed(november: World) -> None:
    await november.direct("josh").says("josh", DRAFT)
    said = private(await november.direct("josh").says("josh", "agreement amend leads close rate 48 %"))
    assert "X-1 · draft" in said
    assert "105 instead of 100" in said
    assert "close rate 48 % instead of 50 %" in said


IMPOSSIBLE = {
    "agreement amend A-1 leads target 105 from 24 Nov 2026": "that day has begun",
    "agreement amend A-1 leads target none": "no whole number",
    "agreement amend A-1 leads target 0": "is 0",
    "agreement amend A-1 leads target 100": "says already",
    "agreement amend A-1 leads attempts 4": "Qualified leads has no attempts",
    "agreement amend A-1 leads target 105 with checkpoints 30, 20, 80, 105": "cannot stand",
    "agreement amend A-7 leads target 105": "is a promise of A-1",
    "agreement sign A-1": "waits for a signature",
    "agreement sign X-9": "There is no X-9",
    "agreement propose A-1": "Nothing of A-1 is drafted",
    "agreement end A-1 on 24 Nov 2026 because it is over": "that day has begun",
}


async def test_what_cannot_be_is_refused_and_changes_nothing(november: World) -> None:
    for words, problem in IMPOSSIBLE.items():
        reply = await november.direct("josh").says("josh", words)
        assert reply.refused, private(reply)
        assert problem in private(reply), private(reply)
    assert "Nothing of A-1 is drafted" in private(await november.direct("josh").says("josh", "agreement propose A-1"))
    november.everyone_else_heard_nothing()


async def test_who_has_no_say_may_not_draft(november: World) -> None:
    reply = await november.direct("tom").says("tom", DRAFT)
    assert reply.refused
    assert "Only the owners of the parties" in private(reply)
