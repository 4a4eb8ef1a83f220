"""People talk to it as they talk to people: a question is answered, a wish opens a form, a greeting is greeted."""

from __future__ import annotations

from pathlib import Path

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


async def _hands_over(world: World, *names: str) -> None:
    await world.channel().says("josh", f"handoff {len(names)} leads to sales items {'; '.join(names)}")
    world.everyone_heard_all()


async def test_a_lead_may_be_called_by_its_name(world: World) -> None:
    await _hands_over(world, "Ann Lee", "José Núñez", "山田太郎")

    asked = await world.channel().says("amy", "called jose nunez, no answer")

    assert asked.form is not None
    assert asked.form.settled == (("keys", "L-2"),)
    assert "L-3 · 山田太郎" in private(await world.channel().says("amy", "what happened with 山田太郎?"))
    assert "L-1 · Ann Lee" in private(await world.channel().says("amy", "any news on ann?"))


async def test_a_name_is_a_guess_and_changes_nothing_before_its_form_is_sent(world: World) -> None:
    await _hands_over(world, "Ann Lee")

    asked = await world.channel().says("amy", "assign Ann Lee to Tom")

    assert asked.form is not None
    assert (asked.form.verb, asked.form.settled) == ("assign", (("keys", "L-1"),))


async def test_of_two_leads_with_one_name_it_is_asked_which_is_meant(world: World) -> None:
    await _hands_over(world, "Ann Lee", "Ann Lee")

    told = private(await world.channel().says("amy", "who has Ann Lee?"))

    assert told == "Several go by that name.\nSay which one you mean.\n[who has L-2?] [who has L-1?]"


async def test_what_was_logged_wrong_is_righted_in_the_form_that_knows_it(world: World) -> None:
    await world.channel().says("josh", "25 leads")
    world.channel().hears("H-1")

    asked = await world.channel().says("josh", "sorry 24 not 25")

    assert asked.form is not None
    assert asked.form.settled == (("key", "H-1"),)
    assert {each.name: each.value for each in asked.form.fields} == {"to": "24", "reason": "24 not 25"}
    told = private(await world.channel().says("josh", "that was from the trade fair"))
    assert told.startswith(
        "H-1 says: 25 qualified leads to Sales, on 1 October 2026. What is logged is not rewritten.\n"
        "Take H-1 back, then log it anew as you mean it."
    )
    assert told.endswith("[Take H-1 back…] [Log it anew…] [Right its number…]")


async def test_several_things_are_offered_one_by_one_and_none_is_done(world: World) -> None:
    told = private(await world.channel().says("josh", "25 leads to sales. Also, how are we doing?"))

    assert told == (
        "Those are 2 things, and I do one at a time; none of them is done yet.\n"
        "Press them one by one.\n"
        "[25 leads to sales] [Also, how are we doing?]"
    )


async def test_what_belongs_elsewhere_is_sent_there(world: World) -> None:
    await world.agrees(Path("agreements/corporate.yaml"))
    world.everyone_heard_all()

    told = private(await world.channel("#house").says("josh", "25 leads to sales"))

    assert told == "That is not spoken of in #house.\nSay it in #smarketing or #company-x-service."


async def test_a_pasted_list_comes_as_the_handoff_s_own(world: World) -> None:
    asked = await world.channel().says("josh", "2 leads:\n- Ann Lee, Acme\n- Łukasz Żółć 🚀")

    assert asked.form is not None
    given = {each.name: each.value for each in asked.form.fields if each.value}
    assert given == {"quantity": "2", "unit": "qualified leads", "items": "Ann Lee, Acme; Łukasz Żółć 🚀"}


async def test_who_is_away_is_told_with_who_stands_in(world: World) -> None:
    assert private(await world.channel().says("josh", "who is on holiday?")) == (
        "Nobody is away today\nThat is what people have told me.\n[I am away…] [Share in #smarketing]"
    )
    await world.direct("amy").says("amy", "away 1-6 Oct")

    assert private(await world.channel().says("josh", "is Amy in today?")) == (
        "Amy Chen is away\n"
        "Amy Chen: 1–6 Oct. Priya Raman stands in.\n"
        "That is what people have told me.\n"
        "[I am away…] [Share in #smarketing]"
    )


async def test_who_would_hear_of_a_miss_is_told_before_there_is_one(world: World) -> None:
    told = private(await world.direct("josh").says("josh", "who gets told if we miss?"))

    assert told.startswith(
        "If it is missed: Qualified leads, October\nQualified leads, October, due Fri 30 Oct 17:00.\n"
    )
    rungs = ["Wed 28 Oct 17:00, if it is at risk", "Fri 30 Oct 17:00", "Tue 3 Nov 09:00", "#smarketing", "What follows"]
    assert [each for each in rungs if each in told] == rungs
    assert "you, Amy and Morgan" in told
    assert "Worth: About $50 for each qualified lead short." in told


async def test_whoever_greets_in_another_language_is_greeted_and_told_which_is_read(world: World) -> None:
    told = private(await world.channel().says("josh", "Guten Morgen!"))

    assert told.startswith("Hello\nIch verstehe leider nur Englisch. I read English. I keep track of")
    assert private(await world.channel().says("josh", "merci beaucoup")) == (
        "You are welcome\nDésolé, je ne comprends que l’anglais. I read English."
    )
