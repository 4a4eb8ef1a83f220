"""What does not work, what is held, and why somebody did not hear."""

from __future__ import annotations

from bot.cards.healths import Health, PutOff, Unheard, health, held_in_words, undelivered
from bot.cards.whereabouts import instead_of
from bot.chat.card import Card, Text
from bot.chat.plain import spans_of
from tests.bot.cards.printing import lines, printed
from tests.company_x import NEW_YORK, at

NOW = at(16, 16)
HELD = Unheard("nudge", "O-12", "Josh", "held", "quiet hours", at(15, 22), until=at(16, 8))
DEAD = Unheard("report", "A-1", "#smarketing", "dead", "the channel was archived on 22 Oct", NOW)
DROPPED = Unheard("nudge", "O-77", "Amy", "dropped", "settled meanwhile", at(16, 8))
UNKNOWN = Unheard("receipt", "H-41", "#smarketing", "unknown", "", at(16, 15))
WAITING = Unheard("digest", "", "Amy", "waiting", "", at(16, 15))


def test_all_is_well_in_one_line() -> None:
    card = health(Health(0, 0, None, ()), NOW)
    assert printed(card) == "Everything works.\nOthers' private messages are counted here and not shown."
    assert card.tone == "good"


def test_each_trouble_is_one_line_the_worst_first() -> None:
    card = health(Health(1, 2, None, (DROPPED, HELD, UNKNOWN, DEAD, WAITING)), NOW, zone=NEW_YORK)
    assert printed(card) == lines(
        """
        2 things do not work, 2 messages held, 1 message on the way.
        Report A-1 to #smarketing, Fri 16 Oct 16:00: could not be delivered (the channel was archived on 22 Oct).
        Receipt H-41 to #smarketing, Fri 16 Oct 15:00: unclear whether it arrived;
            it is looked up before anything is said again.
        Nudge O-12 to Josh, Thu 15 Oct 22:00: held until Fri 16 Oct 08:00 (quiet hours).
        Digest to Amy, Fri 16 Oct 15:00: waits to go out.
        Nudge O-77 to Amy, Fri 16 Oct 08:00: not sent (settled meanwhile).
        Others' private messages are counted here and not shown.
        """
    )
    assert card.tone == "warning"


def test_a_clock_that_is_behind_is_the_first_thing_that_does_not_work() -> None:
    card = health(Health(0, 0, at(16, 15, 50), ()), NOW, zone=NEW_YORK)
    assert printed(card).splitlines()[:2] == [
        "1 thing does not work.",
        "The clock is 10 minutes behind: it should have looked Fri 16 Oct 15:50.",
    ]


def test_what_could_not_be_decided_says_how_often_it_was_tried_and_when_it_is_tried_again() -> None:
    stuck = PutOff("O-12 (Qualified leads)", 3, at(16, 9), at(16, 16, 30))
    card = health(Health(0, 0, None, (), (stuck, *(stuck,) * 13)), NOW, zone=NEW_YORK)
    assert printed(card).splitlines()[:2] == [
        "14 things do not work.",
        (
            "O-12 (Qualified leads) could not be decided in 3 tries since Fri 16 Oct 09:00; "
            "it is tried again Fri 16 Oct 16:30. The bot's log says why."
        ),
    ]
    assert "+2 more that could not be decided." in printed(card)
    assert card.tone == "warning"


def test_many_are_counted() -> None:
    assert "+3 more, older." in printed(health(Health(0, 15, None, (HELD,) * 15), NOW))


def test_a_message_that_could_not_be_said_arrives_by_another_way_with_the_reason() -> None:
    said = Card("Report 3 of 4", "Report 3 of 4: all well.", (Text(("All well.",)),))
    card = undelivered(
        said, "#smarketing", "the channel was archived on 22 Oct", NOW, zone=NEW_YORK, instead=instead_of("#smarketing")
    )
    assert printed(card) == lines(
        """
        Report 3 of 4
        I could not post this in #smarketing, Fri 16 Oct 16:00: the channel was archived on 22 Oct. It is below.
        All well.
        You get this because you own one side's promises here, or sponsor them.
            What comes next comes to you as well, until the channel works again or another way is chosen.
        [New channel…] [DM only] [Pause]
        """
    )
    assert card.summary == (
        "I could not post this in #smarketing: the channel was archived on 22 Oct. Report 3 of 4: all well."
    )


def test_what_could_not_be_said_to_somebody_names_him_and_says_why_another_gets_it() -> None:
    said = Card("O-7", "O-7 is late.", (Text(("It is late.",)),))
    assert printed(undelivered(said, "Josh", "the account was closed", NOW, zone=NEW_YORK)) == lines(
        """
        O-7
        I could not say this to Josh, Fri 16 Oct 16:00: the account was closed. It is below.
        It is late.
        You get this because you stand beside them here. What comes next does too, until they can be reached.
        """
    )


def test_what_waits_for_quiet_hours_is_counted_with_the_hour_they_end() -> None:
    later = Unheard("nudge", "O-77", "Amy", "held", "quiet hours", at(15, 23), until=at(16, 9))
    digest = Unheard("digest", "", "Amy", "held", "quiet hours", at(15, 23), until=at(16, 9))
    assert spans_of(held_in_words([later, HELD], NEW_YORK), NEW_YORK) == "2 nudges held until Fri 16 Oct 08:00."
    assert spans_of(held_in_words([later, digest], NEW_YORK), NEW_YORK) == "2 messages held until Fri 16 Oct 09:00."
    assert held_in_words([WAITING], NEW_YORK) == ()
