"""People talk to it as they talk to people: a question is answered, a wish opens a form, a greeting is greeted."""

from __future__ import annotations

from tests.world import World, private


async def test_a_question_in_other_words_is_answered_like_its_command(world: World) -> None:
    josh = world.channel()

    assert private(await josh.says("josh", "how are we doing?")) == private(await josh.says("josh", "status"))
    assert private(await josh.says("josh", "what do we owe this week?")) == private(await josh.says("josh", "mine"))


async def test_what_was_answered_in_other_words_can_be_shared(world: World) -> None:
    await world.channel().says("josh", "how is marketing doing?")
    await world.channel().says("josh", "share")

    world.channel().hears("October: nothing late or at risk")


async def test_a_wish_changes_nothing_before_its_form_is_sent(world: World) -> None:
    asked = await world.direct("amy").says("amy", "I'm on holiday next week")
    assert asked.form is not None
    assert "You are not away" in private(await world.direct("amy").says("amy", "back"))

    answer = await world.direct("amy").fills("amy", asked.form)

    assert private(answer) == (
        "Away 5–9 Oct 2026\n"
        "From Mon 5 Oct to Fri 9 Oct, both included. Priya Raman gets what would reach you.\n"
        "[I am back]"
    )
    assert "You are back" in private(await world.direct("amy").says("amy", "I'm back"))


async def test_a_command_behind_a_courtesy_is_one(world: World) -> None:
    await world.channel().says("josh", "ok 25 leads to sales please")

    world.channel().hears("H-1 · Marketing → Sales · 25 qualified leads")


async def test_a_courtesy_gets_a_line_and_changes_nothing(world: World) -> None:
    assert private(await world.channel().says("josh", "thanks!")) == "You are welcome"
    assert "nothing is changed" in private(await world.channel().says("josh", "got it"))
    assert private(await world.channel().says("josh", "hi")).startswith("Hello\nI keep track of what teams")


async def test_only_oneself_says_that_one_is_away(world: World) -> None:
    told = private(await world.channel().says("josh", "Amy is on holiday next week"))

    assert told == "Only Amy can say when Amy is away.\nAsk Amy to say to me: away 5–9 Oct 2026."


async def test_whoever_has_had_enough_sees_why_he_is_written_to_and_how_to_get_less(world: World) -> None:
    told = await world.direct("josh").says("josh", "stop messaging me")

    assert private(told) == (
        "What I send you, and how to get less\n"
        "I write to you because of your part in:\n"
        "Company X, marketing to sales to service: you answer for Marketing; own Qualified leads.\n"
        "At most: Three new messages a day; what is over waits for your digest.\n"
        "Digest: 09:00, on days that have something for you.\n"
        "Quiet hours: None: messages reach you at any hour.\n"
        "Away: No.\n"
        "One promise has one message, which changes where it stands. Only what an agreement marks urgent comes through "
        "quiet hours. Nothing for days: say when you are away, and your deputy hears instead.\n"
        "[Quiet hours…] [I am away…] [No digest] [My part]"
    )
    await world.direct("josh").says("josh", "quiet 18:00-08:00")
    await world.direct("josh").says("josh", "away 12-16 Oct")
    again = private(await world.direct("josh").says("josh", "messages"))

    assert "Quiet hours: 18:00–08:00, your time.\nAway: From Mon 12 Oct, back Sat 17 Oct." in again


async def test_a_slip_is_taken_back_from_the_form_that_knows_what_is_meant(world: World) -> None:
    await world.channel().says("josh", "25 leads")
    world.channel().hears("H-1")

    asked = await world.channel().says("josh", "oops")

    assert asked.form is not None
    assert (asked.form.title, asked.form.settled) == ("Undo H-1", (("key", "H-1"),))
    assert asked.form.intro == ("Take back a handoff you just logged (within 10 minutes).",)
    await world.channel().fills("josh", asked.form)
    world.channel().hears("H-1", "undone")


async def test_the_one_thing_that_waits_is_put_into_the_form(world: World) -> None:
    await world.channel().says("josh", "25 leads")
    world.channel().hears("H-1")

    asked = await world.channel().says("amy", "accept all")

    assert asked.form is not None
    assert asked.form.fields[0].value == "H-1"
    await world.channel().fills("amy", asked.form)
    world.channel().hears("H-1", "✓ accepted")


async def test_where_nothing_is_promised_a_question_is_sent_to_where_it_is(world: World) -> None:
    told = private(await world.channel("#random").says("josh", "how are we doing"))

    assert told == "No agreement is spoken of here.\nSay it in #smarketing or #company-x-service."
