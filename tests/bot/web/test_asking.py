"""What a page posts becomes an utterance, and the answer lands where the asker stands."""

from __future__ import annotations

import json

import pytest

from bot.chat.card import Button, Card, Field, Form
from bot.chat.talk import Person, Reply
from bot.commands.completion import Completion
from tests.bot.chat.cards import receipt
from tests.bot.web.browser import Browser
from tests.bot.web.memory import SMARKETING, STARTS, House, direct

ROOM = "/rehearsal/amy/smarketing"
STATUS = Card("October so far", "31 of 100")


def dispute_form() -> Form:
    return Form(
        "Dispute H-1",
        "dispute",
        (Field("because", "Reason", "text"), Field("until", "By when", "moment", required=False)),
        settled=(("key", "H-1"),),
        version=4,
    )


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("status", "status"),
        ("  /sla status leads ", "status leads"),
        ("/sla", "help"),
        ("/handoff 25 leads", "handoff 25 leads"),
        ("/Handoff 25 leads", "handoff 25 leads"),
        ("@Kept, accept H-1", "accept H-1"),
        ("@kept", "help"),
        ("/handoffs are late", "/handoffs are late"),
        ("slap /sla", "slap /sla"),
    ],
)
async def test_words_mean_the_same_however_they_are_addressed(
    browser: Browser, house: House, typed: str, heard: str
) -> None:
    page = await browser.open(ROOM)
    await page.say(typed)
    assert [utterance.text for utterance in house.heard] == [heard]


async def test_an_utterance_says_who_where_when_and_how(browser: Browser, house: House) -> None:
    await (await browser.open(ROOM)).say("status")
    utterance = house.heard[0]
    assert utterance.person == Person("w", "web", "amy", "Amy")
    assert utterance.place == SMARKETING
    assert (utterance.at, utterance.via) == (STARTS, "typed")


async def test_in_ones_own_conversation_the_place_is_direct(browser: Browser, house: House) -> None:
    await (await browser.open("/rehearsal/amy/@kept")).say("mine")
    assert (house.heard[0].place.kind, house.heard[0].place.id) == ("direct", "amy")


async def test_nothing_typed_is_nothing_asked(browser: Browser, house: House) -> None:
    page = await (await browser.open(ROOM)).say("   ")
    assert page.status == 200
    assert house.heard == []


async def test_a_private_answer_stands_in_the_room_of_the_asker_and_of_nobody_else(
    browser: Browser, house: House
) -> None:
    house.answers = [Reply(card=STATUS)]
    page = await (await browser.open(ROOM)).say("/sla status")
    assert [line.one("h3").text for line in page.private] == ["October so far"]
    assert "Only you can see this" in page.private[0].text
    assert page.private[0].one("q").text == "/sla status"
    for elsewhere in ("/rehearsal/josh/smarketing", "/rehearsal/amy/company-x", "/rehearsal/amy/@kept"):
        assert (await browser.open(elsewhere)).private == []


async def test_a_private_answer_survives_a_reload_and_can_be_dismissed(browser: Browser, house: House) -> None:
    house.answers = [Reply(card=STATUS)]
    await (await browser.open(ROOM)).say("status")
    page = await browser.open(ROOM)
    assert len(page.private) == 1
    assert (await page.submit("/dismiss")).private == []


async def test_a_private_line_keeps_its_place_in_the_talk(browser: Browser, house: House) -> None:
    await house.says(SMARKETING, Card("before", ""))
    house.answers = [Reply(card=STATUS)]
    await (await browser.open(ROOM)).say("status")
    await house.says(SMARKETING, Card("after", ""))
    page = await browser.open(ROOM)
    assert [entry.one("h3").text for entry in page.tree.every("li", class_="entry")] == [
        "before",
        "October so far",
        "after",
    ]


async def test_a_refusal_looks_like_one_and_offers_its_next_step(browser: Browser, house: House) -> None:
    card = Card("I do not know “slaes”.", "…", buttons=(Button("Did you mean sales?", "handoff 25 leads to sales"),))
    house.answers = [Reply(card=card, refused=True)]
    page = await (await browser.open(ROOM)).say("handoff 25 leads to slaes")
    assert "refused" in page.private[0].attributes["class"]
    await page.submit("/press")
    assert house.heard[-1].text == "handoff 25 leads to sales"


class TestButtons:
    async def test_a_button_says_its_command_with_its_version_and_its_message(
        self, browser: Browser, house: House
    ) -> None:
        said = await house.says(SMARKETING, receipt("H-1"), "H-1")
        await (await browser.open(ROOM)).submit("/press")
        utterance = house.heard[0]
        assert (utterance.text, utterance.via, utterance.version, utterance.message) == (
            "accept H-1",
            "button",
            1,
            str(said.id),
        )

    async def test_a_reader_it_is_not_meant_for_has_no_button(self, browser: Browser, house: House) -> None:
        await house.says(SMARKETING, receipt("H-1"))
        assert (await browser.open("/rehearsal/josh/smarketing")).messages[0].every("button") == []
        assert len((await browser.open(ROOM)).messages[0].every("button")) == 3

    async def test_a_double_click_is_one_request(self, browser: Browser, house: House) -> None:
        await house.says(SMARKETING, receipt("H-1"))
        page = await browser.open(ROOM)
        await page.submit("/press")
        await page.submit("/press")
        assert len({utterance.delivery for utterance in house.heard}) == 1

    async def test_pressing_it_again_after_a_reload_is_another_request(self, browser: Browser, house: House) -> None:
        await house.says(SMARKETING, receipt("H-1"))
        for _ in range(2):
            await (await browser.open(ROOM)).submit("/press")
        assert len({utterance.delivery for utterance in house.heard}) == 2


async def test_two_people_never_share_a_delivery_id(browser: Browser, house: House) -> None:
    action, held = (await browser.open(ROOM)).form("/say")
    for person in ("amy", "josh"):
        await browser.post(action.replace("amy", person), held | {"text": "status"})
    assert len({utterance.delivery for utterance in house.heard}) == 2


async def test_a_double_submit_answers_once(browser: Browser, house: House) -> None:
    house.answers = [Reply(card=STATUS), Reply(card=STATUS)]
    page = await browser.open(ROOM)
    await page.say("status")
    assert len((await page.say("status")).private) == 1


@pytest.mark.parametrize("delivery", ["", "short", "x" * 65, "a b c d e f g", "<script>!!"])
async def test_a_request_without_an_id_of_its_own_is_not_carried_out(
    browser: Browser, house: House, delivery: str
) -> None:
    page = await (await browser.open(ROOM)).submit("/say", text="status", delivery=delivery)
    assert page.status == 409
    assert house.heard == []


class TestForms:
    async def test_a_command_with_blanks_opens_its_form(self, browser: Browser, house: House) -> None:
        house.answers = [Reply(form=dispute_form())]
        page = await (await browser.open(ROOM)).say("dispute H-1")
        dialog = page.tree.one("dialog")
        assert "open" in dialog.attributes
        assert dialog.one("h2").text == "Dispute H-1"

    async def test_a_filled_form_says_the_verb_with_its_arguments(self, browser: Browser, house: House) -> None:
        house.answers = [Reply(form=dispute_form())]
        page = await (await browser.open(ROOM)).say("dispute H-1")
        await page.submit("/form", **{"field.because": "duplicate", "field.until": "2026-10-16T15:00"})
        utterance = house.heard[-1]
        assert (utterance.verb, utterance.via, utterance.version) == ("dispute", "form", 4)
        assert utterance.arguments == {"key": "H-1", "because": "duplicate", "until": "2026-10-16 15:00"}

    async def test_a_blank_that_was_left_blank_is_no_argument(self, browser: Browser, house: House) -> None:
        house.answers = [Reply(form=dispute_form())]
        page = await (await browser.open(ROOM)).say("dispute H-1")
        await page.submit("/form")
        assert house.heard[-1].arguments == {"key": "H-1"}

    async def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
        self, browser: Browser, house: House
    ) -> None:
        house.answers = [Reply(form=dispute_form()), Reply(errors={"because": "Choose one of the agreed reasons."})]
        page = await (await browser.open(ROOM)).say("dispute H-1")
        page = await page.submit("/form", **{"field.because": "did not convert"})
        box = page.tree.one("input", name="field.because")
        assert box.attributes["value"] == "did not convert"
        assert box.attributes["aria-invalid"] == "true"
        assert page.tree.one("p", class_="error").text == "Choose one of the agreed reasons."

    async def test_an_error_about_no_field_in_particular_is_not_swallowed(self, browser: Browser, house: House) -> None:
        house.answers = [Reply(form=dispute_form()), Reply(errors={"key": "H-1 was accepted meanwhile."})]
        page = await (await browser.open(ROOM)).say("dispute H-1")
        page = await page.submit("/form", **{"field.because": "x"})
        assert page.tree.one("p", class_="error").text == "H-1 was accepted meanwhile."

    async def test_errors_of_a_form_that_was_forgotten_are_said_in_a_private_line(
        self, browser: Browser, house: House
    ) -> None:
        house.answers = [Reply(form=dispute_form()), Reply(errors={"because": "A dispute needs a reason."})]
        page = await (await browser.open(ROOM)).say("dispute H-1")
        page = await page.submit("/form", form="gone")
        assert page.private[0].one("h3").text == "A dispute needs a reason."

    async def test_a_form_is_nobody_elses(self, browser: Browser, house: House) -> None:
        house.answers = [Reply(form=dispute_form())]
        page = await (await browser.open(ROOM)).say("dispute H-1")
        theirs = await browser.open(page.url.replace("amy", "josh"))
        assert "open" not in theirs.tree.one("dialog").attributes

    async def test_a_field_called_like_one_of_ours_is_only_a_field(self, browser: Browser, house: House) -> None:
        form = Form("t", "v", (Field("token", "Token", "text"), Field("delivery", "Delivery", "text")))
        house.answers = [Reply(form=form)]
        page = await (await browser.open(ROOM)).say("v")
        await page.submit("/form", **{"field.token": "t", "field.delivery": "d"})
        assert house.heard[-1].arguments == {"token": "t", "delivery": "d"}


class TestScript:
    async def test_the_script_is_given_the_private_line_to_put_in_place(self, browser: Browser, house: House) -> None:
        house.answers = [Reply(card=STATUS)]
        action, held = (await browser.open(ROOM)).form("/say")
        status, told = await browser.script(action, held | {"text": "status"})
        assert (status, told["form"]) == (200, "")
        assert 'data-test="private"' in told["line"]

    async def test_the_script_is_given_the_form_with_what_was_wrong(self, browser: Browser, house: House) -> None:
        house.answers = [Reply(form=dispute_form(), errors={"because": "A dispute needs a reason."})]
        action, held = (await browser.open(ROOM)).form("/say")
        _, told = await browser.script(action, held | {"text": "dispute H-1"})
        assert "A dispute needs a reason." in told["form"]

    async def test_the_box_is_told_how_to_go_on(self, browser: Browser, house: House) -> None:
        house.ways = [Completion("accept H-1", "accept", "take what was handed over"), Completion("help", "help")]
        answer, text = await browser.raw("GET", f"{ROOM}/completions", params={"text": "acc"})
        assert answer.status == 200
        assert json.loads(text) == [{"insert": "accept H-1", "label": "accept", "hint": "take what was handed over"}]


async def test_a_text_of_a_hundred_thousand_characters_reaches_the_house_whole(browser: Browser, house: House) -> None:
    house.answers = [Reply(card=Card("That is too long.", "…"), refused=True)]
    page = await (await browser.open(ROOM)).say("25 leads " + "x" * 100_000)
    assert len(house.heard[0].text) == 100_009
    assert len(page.html) < 60_000


async def test_what_is_said_to_one_member_is_not_in_anothers_conversation(browser: Browser, house: House) -> None:
    await house.says(direct("josh"), Card("Only for Josh", ""))
    assert (await browser.open("/rehearsal/amy/@kept")).titles == []
    assert (await browser.open("/rehearsal/josh/@kept")).titles == ["Only for Josh"]
