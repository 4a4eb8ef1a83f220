"""After downtime nothing is lost, nothing is said twice, and of a series only the newest goes out, marked late."""

from __future__ import annotations

from bot.chat.plain import text_of
from tests.world import NEW_YORK, World


async def test_after_two_weeks_only_the_newest_report_goes_out_marked_late(world: World) -> None:
    await world.travel_to("Thu 01 Oct 2026 12:00")
    world.everyone_heard_all()
    await world.sleep_until("Sat 17 Oct 2026 10:00")
    reports = [each for each in world.in_place(world.channel().place) if each.card.title.startswith("Report")]
    assert [each.card.title.partition(" · ")[0] for each in reports] == ["Report 2 of 4"]
    world.channel().hears("Report 2 of 4", "Late: this is the report of Fri 16 Oct.")
    world.everyone_heard_all()


async def test_a_second_look_at_the_same_moment_says_nothing_more(world: World) -> None:
    await world.travel_to("Fri 16 Oct 2026 17:00")
    world.everyone_heard_all()
    for _ in range(3):
        await world.travelling.settle()
    world.everyone_else_heard_nothing()


async def test_whether_time_is_walked_or_slept_through_the_record_ends_alike(world: World) -> None:
    await world.channel().says("josh", "handoff 30 leads to sales")
    world.everyone_heard_all()
    await world.sleep_until("Mon 19 Oct 2026 12:00")
    world.everyone_heard_all()
    receipt = next(each for each in world.wire.messages if each.card.ref == "H-1")
    assert "✓ accepted" in receipt.card.title


async def test_after_nine_days_one_digest_sums_up_what_was_decided_on_coming_back(world: World) -> None:
    await world.travel_to("Wed 14 Oct 2026 12:00")
    world.everyone_heard_all()
    await world.sleep_until("Fri 23 Oct 2026 12:00")
    heard = [each for each in world.in_place(world.direct("amy").place) if not each.heard]
    (digest,) = [each for each in heard if "digest off" in text_of(each.card, NEW_YORK)]
    told = text_of(digest.card, NEW_YORK)
    assert told.startswith("2 things: 1 overdue, 1 due today."), "what came due meanwhile is decided, not open"
    assert "Late: this was meant for Thu 15 Oct 09:00." in told
    late = next(each for each in world.in_place(world.channel().place) if each.card.title.startswith("Report 2"))
    assert "Not approved by Amy: it goes out without that" in text_of(late.card, NEW_YORK)
    joshs = world.in_place(world.direct("josh").place)
    nudge = next(each for each in joshs if not each.heard and "checkpoint was missed" in text_of(each.card, NEW_YORK))
    assert world.wire.messages.index(nudge) < world.wire.messages.index(late), "the owner hears before the channel"
    world.everyone_heard_all()
    await world.travel_to("Sun 25 Oct 2026 12:00")
    again = [each for each in world.in_place(world.direct("amy").place) if not each.heard]
    assert all("O-4" not in each.card.title for each in again), "what was passed over is not said afterwards"
    world.everyone_heard_all()
