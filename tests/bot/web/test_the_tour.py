"""The guided tour does each step as its person, shows what came of it, and can be left at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.card import Card, Field, Form
from bot.chat.talk import Reply, Utterance
from bot.web.tour import DIRECT, Meanwhile, Progress, TourStep, begin, beginnings, minutes_of, read, steps_of
from bot.web.tours import OCTOBER, PARTS, TWO_PLATFORMS
from tests.bot.web.browser import Browser, Page
from tests.bot.web.memory import CAST, CHANNELS, SMARKETING, STARTS, House, direct

STEPS = (
    TourStep("josh", "smarketing", "A promise", "You are Josh."),
    TourStep("josh", "smarketing", "A handoff", "The receipt.", says="/handoff 25 leads"),
    TourStep("amy", "@kept", "Later", "Time passed.", travel_to=STARTS + timedelta(days=2)),
    TourStep("amy", "smarketing", "The end", "Accepted.", says="accept H-1"),
)
LATER = TourStep(
    "josh",
    "smarketing",
    "Later",
    "Both happened.",
    says="status",
    travel_to=STARTS + timedelta(days=3),
    meanwhile=(Meanwhile(STARTS + timedelta(days=1), "amy", DIRECT, "report approve"),),
)


@pytest.fixture
def house() -> House:
    return House(tour=STEPS)


async def started(browser: Browser) -> Page:
    return await (await browser.open("/")).submit("/tour/start")


def panel(page: Page) -> tuple[str, str, str]:
    tour = page.tree.one("aside", data_test="tour")
    return tour.one("p", class_="of").text, tour.one("h2").text, tour.one("p", class_="upcoming").text


async def test_it_begins_at_its_first_step_and_says_what_next_will_do(browser: Browser, house: House) -> None:
    page = await started(browser)
    assert page.url.startswith("/rehearsal/josh/smarketing?tour=")
    assert panel(page) == ("Step 1 of 4", "A promise", "Next: Josh types “/handoff 25 leads”.")
    assert house.heard == []


async def test_next_types_the_command_as_the_person_of_the_step(browser: Browser, house: House) -> None:
    page = await (await started(browser)).submit("/tour/next")
    assert [(utterance.person.user, utterance.text) for utterance in house.heard] == [("josh", "handoff 25 leads")]
    assert panel(page) == ("Step 2 of 4", "A handoff", "Next: time passes until Sat 3 Oct 09:00.")


async def test_next_moves_the_clock_and_changes_the_person(browser: Browser, house: House) -> None:
    page = await (await (await started(browser)).submit("/tour/next")).submit("/tour/next")
    assert house.clock.moment == STARTS + timedelta(days=2)
    assert page.url.startswith("/rehearsal/amy/@kept?")


async def test_what_a_step_changed_stands_out(browser: Browser, house: House) -> None:
    await house.says(SMARKETING, Card("old", ""))
    page = await started(browser)

    async def ask(_: Utterance) -> Reply:
        await house.says(SMARKETING, Card("new", ""))
        return Reply(card=Card("Handed over", ""))

    house.react = ask
    page = await page.submit("/tour/next")
    fresh = {entry.one("h3").text: "fresh" in entry.attributes["class"] for entry in [*page.messages, *page.private]}
    assert fresh == {"old": False, "new": True, "Handed over": True}


async def test_a_step_done_twice_is_one_request(browser: Browser, house: House) -> None:
    page = await started(browser)
    await page.submit("/tour/next")
    await page.submit("/tour/next")
    assert len({utterance.delivery for utterance in house.heard}) == 1


async def test_another_run_is_another_request(browser: Browser, house: House) -> None:
    for _ in range(2):
        await (await started(browser)).submit("/tour/next")
    assert len({utterance.delivery for utterance in house.heard}) == 2


async def test_the_last_step_offers_no_next(browser: Browser) -> None:
    page = await started(browser)
    for _ in range(3):
        page = await page.submit("/tour/next")
    assert panel(page) == ("Step 4 of 4", "The end", "That was the tour. The room is yours.")
    assert page.tree.every("button", data_test="tour-next") == []


async def test_it_can_be_skipped_to_the_end_with_everything_done(browser: Browser, house: House) -> None:
    page = await (await started(browser)).submit("/tour/skip")
    assert panel(page)[0] == "Step 4 of 4"
    assert [utterance.text for utterance in house.heard] == ["handoff 25 leads", "accept H-1"]
    assert house.clock.moment == STARTS + timedelta(days=2)


async def test_it_can_be_left_and_the_room_stays(browser: Browser) -> None:
    page = await started(browser)
    left = await browser.open(page.tree.one("a", data_test="tour-leave").attributes["href"])
    assert left.url == "/rehearsal/josh/smarketing"
    assert left.tree.every("aside", data_test="tour") == []
    assert left.tree.every("form", action="/tour/start")


class TestThePartsOfATour:
    @pytest.fixture
    def house(self) -> House:
        return House(tour=STEPS, can_start_over=True)

    async def test_the_first_page_lets_one_begin_at_any_of_them(self, browser: Browser, house: House) -> None:
        page = await browser.open("/")
        names = [each.text for each in page.tree.one("details", data_test="tour-parts").every("button")]
        assert names == ["One", "Two"]
        page = await page.submit("/tour/start", to="3")
        assert panel(page)[:2] == ("Step 3 of 4", "Later")
        assert [each.text for each in house.heard] == ["handoff 25 leads"]

    async def test_what_lies_between_is_done_on_the_way(self, browser: Browser, house: House) -> None:
        page = await (await started(browser)).submit("/tour/jump", to="3")
        assert panel(page)[:2] == ("Step 3 of 4", "Later")
        assert [each.text for each in house.heard] == ["handoff 25 leads"]
        assert house.started_over == 1
        assert page.tree.one("details", data_test="tour-parts").one("button", aria_current="step").text == "Two"

    async def test_back_to_an_earlier_part_the_story_begins_anew(self, browser: Browser, house: House) -> None:
        page = await (await started(browser)).submit("/tour/skip")
        page = await page.submit("/tour/jump", to="1")
        assert panel(page)[:2] == ("Step 1 of 4", "A promise")
        assert house.started_over == 2

    @pytest.mark.parametrize("to", ["2", "99", "x", ""])
    async def test_a_part_that_is_none_is_the_first(self, browser: Browser, to: str) -> None:
        page = await (await browser.open("/")).submit("/tour/start", to=to)
        assert panel(page)[:2] == ("Step 1 of 4", "A promise")


class TestAStepThatIsToBeRefused:
    @pytest.fixture
    def house(self) -> House:
        return House(tour=(STEPS[0], replace(STEPS[1], is_refused=True)))

    @pytest.mark.parametrize("refused", [True, False])
    async def test_it_is_astray_only_where_it_is_not(self, browser: Browser, house: House, refused: bool) -> None:
        house.answers = [Reply(card=Card("No.", "No."), refused=refused)]
        page = await (await started(browser)).submit("/tour/next")
        assert bool(page.tree.every("p", class_="astray")) is not refused


async def test_one_can_look_around_without_losing_the_tour(browser: Browser) -> None:
    page = await started(browser)
    elsewhere = await browser.open(page.tree.one("a", data_room="company-x").attributes["href"])
    assert panel(elsewhere) == panel(page)
    said = await elsewhere.say("help")
    assert panel(said) == panel(page)


class TestStartingOver:
    @pytest.fixture
    def house(self) -> House:
        return House(tour=STEPS, can_start_over=True)

    async def test_the_room_is_cleared_private_lines_too(self, browser: Browser, house: House) -> None:
        page = await started(browser)
        await house.says(SMARKETING, Card("old", ""))
        house.answers = [Reply(card=Card("private", ""))]
        page = await page.submit("/tour/next")
        assert (len(page.messages), len(page.private)) == (1, 1)
        page = await page.submit("/tour/start")
        assert (page.messages, page.private, house.started_over) == ([], [], 2)


async def test_an_answer_that_was_not_expected_is_admitted(browser: Browser, house: House) -> None:
    page = await started(browser)
    house.answers = [Reply(card=Card("There is no such unit.", ""), refused=True)]
    page = await page.submit("/tour/next")
    assert "otherwise than the tour expects" in page.tree.one("p", class_="astray").text


@pytest.mark.parametrize("written", ["", "x", "abcd.0", "abcd.5", "abcd.-1", "abcd.²", "AB CD.1", "abcd.1.2"])
def test_an_address_that_speaks_of_no_step_is_no_tour(written: str) -> None:
    assert read(written, STEPS) is None


def test_progress_survives_its_address() -> None:
    done = begin().onward
    assert read(str(done), STEPS) == done
    assert read(str(Progress("abcd", 4)), STEPS) == Progress("abcd", 4)


async def test_a_step_after_the_last_is_refused(browser: Browser, house: House) -> None:
    page = await started(browser)
    page = await page.submit("/tour/next", tour="abcd.4")
    assert (page.status, house.heard) == (409, [])


class TestOnlyLooking:
    @pytest.fixture
    def house(self) -> House:
        look = TourStep("amy", "@kept", "A look", "There it is.")
        return House(tour=(STEPS[0], STEPS[1], look))

    async def test_a_step_that_only_looks_shows_what_the_one_before_it_made(
        self, browser: Browser, house: House
    ) -> None:
        await house.says(direct("amy"), Card("old", ""))

        async def ask(_: Utterance) -> Reply:
            await house.says(direct("amy"), Card("told privately", ""))
            return Reply()

        house.react = ask
        page = await (await (await started(browser)).submit("/tour/next")).submit("/tour/next")
        fresh = {entry.one("h3").text: "fresh" in entry.attributes["class"] for entry in page.messages}
        assert fresh == {"old": False, "told privately": True}


class TestOnTheWay:
    @pytest.fixture
    def house(self) -> House:
        return House(tour=(STEPS[0], LATER))

    async def test_what_others_do_meanwhile_is_said_before_and_done_at_its_own_moment(
        self, browser: Browser, house: House
    ) -> None:
        page = await started(browser)
        assert panel(page)[2] == (
            "Next: time passes until Sun 4 Oct 09:00; on the way Amy types “report approve”; then Josh types “status”."
        )
        await page.submit("/tour/next")
        assert [(each.person.user, each.place.kind, each.text, each.at) for each in house.heard] == [
            ("amy", "direct", "report approve", STARTS + timedelta(days=1)),
            ("josh", "channel", "status", STARTS + timedelta(days=3)),
        ]


async def test_a_form_that_a_step_opens_is_shown(browser: Browser, house: House) -> None:
    house.answers = [Reply(form=Form("Which one?", "handoff", (Field("unit", "Unit", "text"),)))]
    page = await (await started(browser)).submit("/tour/next")
    assert page.tree.one("dialog").one("h2").text == "Which one?"


class TestTheParts:
    def test_time_only_moves_on(self) -> None:
        moments = [
            moment
            for step in steps_of(PARTS)
            for moment in (*(other.at for other in step.meanwhile), step.travel_to)
            if moment is not None
        ]
        assert moments == sorted(moments)
        assert all(moment > STARTS for moment in moments)

    def test_everybody_and_everywhere_october_speaks_of_is_in_the_cast(self) -> None:
        assert {step.as_person for step in OCTOBER.steps} <= {member.member_id for member in CAST}
        assert {step.place for step in OCTOBER.steps} <= {channel.id for channel in CHANNELS} | {DIRECT}

    def test_every_step_says_what_is_to_be_seen_and_all_but_the_first_what_must_be(self) -> None:
        steps = steps_of(PARTS)
        assert all(step.narration for step in steps)
        assert all(step.expects for step in steps[1:])

    def test_two_teams_on_two_platforms_have_a_part_of_their_own(self) -> None:
        assert {step.place for step in TWO_PLATFORMS.steps} == {"events", "field-sales"}

    def test_the_quarter_takes_less_than_ten_minutes_and_each_part_less_than_two(self) -> None:
        assert minutes_of(steps_of(PARTS)) < 10
        assert all(minutes_of(part.steps) <= 2 for part in PARTS)

    def test_each_part_begins_where_the_one_before_it_ends(self) -> None:
        assert [steps_of(PARTS)[first - 1] for first, _ in beginnings(PARTS)] == [part.steps[0] for part in PARTS]
        assert [name for _, name in beginnings(PARTS)] == [part.name for part in PARTS]
