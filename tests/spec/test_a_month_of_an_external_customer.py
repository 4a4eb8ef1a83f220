"""The last days of a customer's month: the shop is down, readings are owed, a miss is judged, and put right."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.card import Chart
from bot.chat.talk import Attachment, Person, Reply, Utterance
from tests.beginnings import Worlds
from tests.world import WORKSPACE, Heard, World, private

HARBOR = Path(__file__).parents[2] / "agreements" / "external-customer.yaml"
CHANNEL = "#harbor-books"
TAKEN_OUT = "correct reading R-1 to none because it was another shop's"


async def _digests_are_off(opened: World) -> None:
    for member in ("joan", "lena", "theo", "sam"):
        await opened.direct(member).says(member, "digest off")
    opened.everyone_heard_all()


@pytest.fixture
async def world(worlds: Worlds) -> World:
    """Joan's service keeps the shop of Lena's Harbor Books open; Sam reports incidents, Theo satisfaction."""
    return await worlds.begin(HARBOR, "Wed 28 Oct 2026 10:00", then=_digests_are_off)


async def says(world: World, member: str, words: str) -> str:
    return private(await world.direct(member).says(member, words))


async def _down_for_fifty_minutes(world: World) -> None:
    await says(world, "sam", "incident start web-shop at 09:00 because the disk was full")
    await says(world, "sam", "incident restored N-1 at 09:50")


async def test_an_incident_is_answered_with_where_it_leaves_every_promise(world: World) -> None:
    began = await says(world, "sam", "incident start web-shop at 09:40 because payments time out")
    assert "N-1 · web-shop · down" in began
    assert "Shop open, October: ▲ at risk · 99.9551 %, at least 99.9 % promised. 24 minutes of downtime" in began
    assert "Time to restore, Q4: ▲ at risk · none, at most 4 hours promised." in began
    await world.direct("sam").says("sam", "incident ack N-1")
    await world.travel_to("Wed 28 Oct 2026 10:10")
    over = await says(world, "sam", "incident restored N-1")
    assert "99.9327 %, at least 99.9 % promised. 14 minutes of downtime are left." in over
    assert "0.5 hours, at most 4 hours promised. The next restoration may take at most 7.5 hours." in over
    agreed = await says(world, "sam", "incident exclude N-1 10m because it was announced")
    assert "24 minutes of downtime are left" in agreed
    assert "10 minutes of it excluded." in agreed
    assert "24 minutes" not in await says(world, "sam", "incident exclude N-1 none because it was not announced")
    assert "1 incident, none open" in await says(world, "theo", "incidents")
    assert "time excluded" in await says(world, "lena", "history N-1")
    assert "time excluded" in await says(world, "lena", "history shop-open")
    world.everyone_else_heard_nothing()


@pytest.mark.parametrize(
    ("member", "words", "answer"),
    [
        ("theo", "incident start web-shop", "Only Sam Ortega, or a deputy of Service, can log incidents of web-shop."),
        ("sam", "incident start web-shp", "I know no service “web-shp”; did you mean web-shop?"),
        ("sam", "incident restored N-9", "There is no N-9."),
        ("sam", "incident start web-shop at 2026-10-28T11:00", None),
        ("sam", "log shop-open 99.95", "Availability is worked out from incidents, so nobody logs it."),
        ("sam", "log satisfaction 45 of 50", "Only Theo Marsh, or a deputy of Harbor Books, can log customer satisf"),
        ("theo", "log satisfaction 90", "Customer satisfaction is logged as so many good ones of all."),
        ("theo", "log satisfaction 51 of 50", "51 of 50 cannot be."),
        ("theo", "log satisfaction 45 of 50 on 29 Oct", None),
        ("theo", "log satisfaction 45 of 50 on 30 Sep", "promised no such level on 30 September 2026."),
        ("theo", "log answers 3", "First answers is no indicator, so it has no readings."),
        ("theo", "correct reading R-4 to none because of a slip", "There is no R-4."),
    ],
)
async def test_what_cannot_be_logged_is_refused_and_changes_nothing(
    world: World, member: str, words: str, answer: str | None
) -> None:
    reply = await world.direct(member).says(member, words)
    assert reply.refused
    assert answer is None or answer in private(reply)
    assert "No incident is on the record" in await says(world, "joan", "incidents")
    assert "none yet" in await says(world, "joan", "status satisfaction")


async def test_the_owner_hears_at_once_when_the_downtime_of_the_month_is_spent(world: World) -> None:
    await says(world, "sam", "incident start web-shop")
    await world.travel_to("Wed 28 Oct 2026 10:44")
    world.everyone_else_heard_nothing()
    await world.travel_to("Wed 28 Oct 2026 10:45")
    spent = world.direct("joan").hears("Shop open, October · ▼ short, provisional")
    spent.says("It is down now. Nothing that can still come keeps it.", "no consequence follows before")
    world.everyone_else_heard_nothing()
    await world.travel_to("Fri 30 Oct 2026 09:00")
    world.direct("sam").hears("N-1 · web-shop · open for 1 day", "until you say when it was over").offers(
        "Restored now", "I have it", "Restored earlier…", "History"
    )
    world.direct("lena").hears("Shop open, October", "short, provisional")
    world.everyone_heard_all()


async def test_a_miss_is_judged_when_its_figures_are_complete_and_told_with_what_was_agreed(world: World) -> None:
    await _down_for_fifty_minutes(world)
    await world.travel_to("Mon 02 Nov 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Mon 02 Nov 2026 17:00")
    missed = world.channel(CHANNEL).hears("Missed: Shop open, October")
    missed.says("99.8879 %, where at least 99.9 % is promised; judged Mon 2 Nov 17:00.", "service credit", "Joan")
    world.direct("joan").hears("Shop open, October · ✕ missed", "99.8879 %")
    for member in ("joan", "lena"):
        world.direct(member).hears("K-1 · Service credit of $200.00, accrued")
    world.everyone_else_heard_nothing()


async def test_a_reading_that_nobody_gave_is_the_reporters_miss_and_never_the_measured_partys(world: World) -> None:
    await world.travel_to("Wed 04 Nov 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Wed 04 Nov 2026 17:00")
    owed = world.direct("theo").hears("Reading of Satisfaction, October · ✕ missed")
    owed.says("You report Satisfaction (C-4).", "Lena, Joan and #harbor-books are told Fri 6 Nov 09:00")
    world.everyone_else_heard_nothing()
    assert "? no reading" in await says(world, "joan", "status satisfaction October")
    await world.travel_to("Fri 06 Nov 2026 09:00")
    told = world.channel(CHANNEL).hears("Missed: Reading of Satisfaction, October", "is not there.")
    assert "consequence" not in told.text
    world.everyone_heard_all()
    late = await says(world, "theo", "log satisfaction 45 of 50 for October")
    assert "✓ met" in late
    assert "it counts late, and what was missed stays on the record" in late
    assert "is kept by the figure" in await says(world, "theo", f"done {owed.message.card.ref}")


async def test_a_closed_period_is_put_right_by_both_sides_and_shown_as_restated(world: World) -> None:
    assert "● on pace" in await says(world, "theo", "log satisfaction 45 of 50")
    await _down_for_fifty_minutes(world)
    await world.travel_to("Thu 05 Nov 2026 09:00")
    world.everyone_heard_all()
    refused = await world.direct("theo").says("theo", "log satisfaction 40 of 50 for October")
    assert "October 2026 is closed: it was judged by R-1." in private(refused)
    assert "correct reading R-1" in private(refused)
    await says(world, "theo", "correct reading R-1 to 40 of 50 because five were tests")
    assert "90 %" in await says(world, "joan", "status satisfaction October")
    world.direct("joan").hears("R-1 · Correct it to 40 of 50?", "from 45 of 50 to 40 of 50", "five were tests")
    assert "R-1 is restated: 40 of 50" in private(await world.direct("joan").presses("joan", "Agree"))
    await world.travel_to("Thu 05 Nov 2026 09:01")
    world.direct("joan").hears("Satisfaction, October · ✕ missed", "80 %")
    assert "which is restated" in await says(world, "lena", "history R-1")

    waits = await says(world, "sam", "incident restored N-1 at 28 Oct 09:20 because it was back sooner")
    assert "October 2026 is closed, so nothing changes before both sides say the same" in waits
    world.direct("lena").hears("N-1 · Correct it?", "the service was back Wed 28 Oct 09:20", "it was back sooner")
    assert "99.9551 %" in private(await world.direct("lena").presses("lena", "Agree"))
    await world.travel_to("Thu 05 Nov 2026 09:05")
    world.channel(CHANNEL).hears("No miss: Shop open, October", "99.9551 %", "B-1 is closed without a miss")
    world.everyone_heard_all()


async def test_agreeing_is_one_press_whatever_the_reason_says(world: World) -> None:
    await says(world, "theo", "log satisfaction 45 of 50")
    await world.travel_to("Thu 05 Nov 2026 09:00")
    world.everyone_heard_all()
    form = (await world.direct("theo").says("theo", "correct reading R-1 …")).form
    assert form is not None
    reason = '"they" belong to 5 of 6 because on at from <!channel> …'
    await world.direct("theo").fills("theo", form, to="44 of 50", reason=reason)
    world.direct("joan").hears("R-1 · Correct it to 44 of 50?", reason)
    assert "R-1 is restated: 44 of 50" in private(await world.direct("joan").presses("joan", "Agree"))
    assert reason in await says(world, "lena", "history R-1")


async def test_a_reading_taken_out_is_owed_again(world: World) -> None:
    await says(world, "theo", "log satisfaction 45 of 50")
    assert "R-1 is taken out" in await says(world, "theo", "correct reading R-1 to none because it was another shop's")
    assert "none yet" in await says(world, "joan", "status satisfaction")
    assert "Reading of Satisfaction" in await says(world, "theo", "mine")
    twice = await says(world, "theo", "correct reading R-1 to 44 of 50 because of a slip")
    assert "R-2 stands in its place" in twice


async def test_many_readings_come_in_a_file_or_pasted_all_or_none(world: World) -> None:
    pasted = await says(world, "theo", "log satisfaction readings 2026-10-05 45 of 50; 2026-10-12 40 of 50")
    assert "2 readings logged" in pasted
    assert "85 % from 2 readings" in pasted
    bad = Attachment("week.csv", "text/csv", b"date;good;total\n2026-10-19;48;50\nyesterday;1;2\n2026-10-20;=1+1;5\n")
    refused = await _sends(world, "log satisfaction", bad)
    assert refused.refused
    problem = "2 of 3 rows cannot be read: row 3: 'yesterday' is no date like 2026-10-16; row 4: '=1+1' is no figure"
    assert problem in private(refused)
    latin = "Date;Good;Total;Note\n2026-10-19;48;50;semaine d'été\n".encode("latin-1")
    good = Attachment("week.csv", "text/csv", latin)
    assert "88.6666 % from 3 readings" in private(await _sends(world, "log satisfaction", good))
    assert "You sent the same readings a moment ago." in private(await _sends(world, "log satisfaction", good))
    assert "You logged the same reading" in await _twice(world, "theo", "log satisfaction 45 of 50 on 26 Oct")
    assert "You logged the same incident" in await _twice(world, "sam", "incident start web-shop at 09:30")
    assert (await world.direct("theo").says("theo", "log satisfaction")).form is not None


async def _twice(world: World, member: str, words: str) -> str:
    await says(world, member, words)
    return await says(world, member, words)


async def _sends(world: World, words: str, file: Attachment) -> Reply:
    place = world.direct("theo").place
    person = Person(WORKSPACE, "web", "theo", "theo")
    delivery = f"f{next(world.deliveries)}"
    return await world.ask(Utterance(delivery, person, place, world.clock.now(), text=words, files=(file,)))


async def test_the_weekly_report_shows_each_level_with_its_picture(world: World) -> None:
    await _down_for_fifty_minutes(world)
    world.everyone_heard_all()
    await world.travel_to("Fri 30 Oct 2026 16:00")
    report = next(
        each for each in reversed(world.in_place(world.channel(CHANNEL).place)) if each.card.title.startswith("Report")
    )
    told = Heard(world, report).says(
        "Shop open (short, provisional): 99.8879 %, at least 99.9 % promised.",
        "Shop open", "at least 99.9 %", "99.8879 %", "short, provisional", "Nothing that can still come keeps it.",
        "Satisfaction. October: no reading yet; it is due Wed 4 Nov 17:00.",
    )  # fmt: skip
    chart = next(block for block in told.message.card.blocks if isinstance(block, Chart))
    assert [(each.title, each.attained_words) for each in chart.levels] == [
        ("Shop open", "99.8879 %"),
        ("Time to restore", "0.8334 hours"),
        ("Satisfaction", "no reading"),
    ]
    world.everyone_heard_all()


async def _both_take_it_out(world: World, key: str) -> None:
    for member in ("theo", "joan"):
        await says(world, member, f"correct reading {key} to none because it was another shop's")


async def test_a_miss_whose_only_reading_is_taken_out_is_none_any_more(world: World) -> None:
    await says(world, "theo", "log satisfaction 40 of 50")
    await world.travel_to("Thu 05 Nov 2026 17:00")
    world.everyone_heard_all()
    await world.travel_to("Fri 06 Nov 2026 15:00")
    world.channel(CHANNEL).hears("Missed: Satisfaction, October", "80 %")
    world.everyone_heard_all()
    assert "asked to agree to taking it out" in await says(world, "theo", TAKEN_OUT)
    world.direct("joan").hears("R-1 · Take it out?", "Theo", "which says 40 of 50")
    assert "R-1 is taken out" in private(await world.direct("joan").presses("joan", "Agree"))
    await world.travel_to("Fri 06 Nov 2026 15:05")
    world.channel(CHANNEL).hears("No miss: Satisfaction, October", "closed without a miss")
    assert "? no reading" in await says(world, "joan", "status satisfaction October")
    assert "Wed 4 Nov 17:00    ? no reading" in await says(world, "joan", "mine")


async def test_a_figure_that_came_late_and_is_taken_out_is_missed_again_and_that_is_no_second_miss(
    world: World,
) -> None:
    await world.travel_to("Fri 06 Nov 2026 09:05")
    await says(world, "theo", "log satisfaction 45 of 50 for October")
    for member in ("theo", "joan"):
        await says(world, member, TAKEN_OUT)
    await world.travel_to("Fri 06 Nov 2026 09:10")
    assert "Wed 4 Nov 17:00  ✕ missed" in await says(world, "theo", "mine")
    assert "✓ met" in await says(world, "theo", "log satisfaction 46 of 50 for October")
    await world.travel_to("Fri 06 Nov 2026 09:15")
    assert "✕ missed" not in await says(world, "theo", "mine")
    assert "There is no B-2." in await says(world, "theo", "why B-2 it was late")
