"""What a command says is read back as the same command: the ground that buttons and the audit stand on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.talk import Person, Place, Utterance
from bot.commands.arguments import (
    CampaignArg,
    ChoiceArg,
    CommitmentArg,
    DateArg,
    DateRange,
    DateRangeArg,
    EitherArg,
    Evidence,
    EvidenceArg,
    KeyArg,
    Kind,
    MomentArg,
    Month,
    MonthArg,
    PartyArg,
    PersonArg,
    QuantityArg,
    TextArg,
    TimeOrOffArg,
    TimeRange,
    TimeRangeArg,
    UnitArg,
)
from bot.commands.command import Argument, Asked, Command, CommandTable
from bot.commands.encodings import understand
from bot.commands.grammar import parse
from bot.commands.speech import say
from bot.commands.vocabulary import (
    CampaignName,
    CommitmentName,
    Names,
    PartyName,
    PersonName,
    UnitName,
    Vocabulary,
)
from bot.commands.words import clean
from tests.bot.commands.company import LEADS, MARKETING, NOW, SALES, TABLE, WORDS, answer, asked

KEYWORDS = ("to", "on", "ref", "note", "because", "until", "for", "from", "from campaign", "campaign", "with")

# Names and texts are drawn to be awkward: keywords, quotes, ellipses, digits and days among the words.
AWKWARD = st.sampled_from(
    (*KEYWORDS, "…", "...", '"', "“", "sales", "25", "Fri", "H-41", "me", "the", "off", ",", "…,", "a")
)
WORD = st.one_of(AWKWARD, st.text(min_size=1, max_size=6), st.text("abcxyz", min_size=1, max_size=5))
PHRASE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
OWN_WORDS = PHRASE.map(clean).map(str.strip).filter(bool)
NAMES = st.lists(PHRASE, min_size=1, max_size=5, unique=True)
SLUGS = st.integers(1, 99).map(str)


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    def named(kind: Any, prefix: str) -> Names[Any]:
        return Names([kind(f"{prefix}-{place}", name) for place, name in enumerate(draw(NAMES), start=1)])

    return Vocabulary(
        now=NOW,
        zone=WORDS.zone,
        parties=named(PartyName, "party"),
        units=Names([UnitName(f"unit-{place}", name, (), (), f"one {name}") for place, name in enumerate(draw(NAMES))]),
        people=named(PersonName, "person"),
        commitments=named(CommitmentName, "C"),
        campaigns=named(CampaignName, "campaign"),
    )


def values(words: Vocabulary) -> list[tuple[Kind[Any], st.SearchStrategy[Any]]]:
    """A kind of each sort, with the values that it can have."""
    minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
    starts_on = st.dates(date(1971, 1, 1), date(2098, 1, 1))
    return [
        (QuantityArg(), st.integers(1, 1_000_000)),
        (KeyArg("HO"), st.builds("{}-{}".format, st.sampled_from("HO"), st.integers(1, 10**8))),
        (PartyArg(), st.sampled_from(words.parties.entries)),
        (UnitArg(), st.sampled_from(words.units.entries)),
        (PersonArg(), st.sampled_from(words.people.entries)),
        (CommitmentArg(), st.sampled_from(words.commitments.entries)),
        (CampaignArg(), st.sampled_from(words.campaigns.entries)),
        (ChoiceArg(("preview", "now", "on hold")), st.sampled_from(("preview", "now", "on hold"))),
        (DateArg(), starts_on),
        (DateArg("future"), starts_on),
        (
            DateRangeArg(),
            st.builds(lambda on, days: DateRange(on, on + timedelta(days)), starts_on, st.integers(0, 366)),
        ),
        (MonthArg(), st.builds(Month, st.integers(1970, 2100), st.integers(1, 12))),
        (MomentArg(), st.integers(1, 10**6).map(lambda minutes: NOW + timedelta(minutes=minutes))),
        (TimeOrOffArg(), st.one_of(minutes, st.just("off"))),
        (TimeRangeArg(), st.builds(TimeRange, minutes, minutes).filter(lambda hours: hours.starts_at != hours.ends_at)),
        (TextArg(rest=False), OWN_WORDS),
        (TextArg(), OWN_WORDS),
        (EvidenceArg(), OWN_WORDS.map(Evidence)),
        (EitherArg((TimeRangeArg(), DateArg(), ChoiceArg(("off",)))), st.one_of(starts_on, st.just("off"))),
    ]


@st.composite
def commands(draw: st.DrawFn) -> tuple[Command, dict[str, object], Vocabulary]:
    """Any command with values for its required arguments and some of the others."""
    words = draw(vocabularies())
    sorts = values(words)
    drawn = draw(st.lists(st.sampled_from(range(len(sorts))), min_size=1, max_size=6))
    bare = draw(st.integers(0, 3))
    # Of the bare ones, as the table demands, only the last may run to the end of the line, and only
    # one may be a quantity, which is the first sort.
    kinds = [
        sort
        for place, sort in enumerate(drawn)
        if place >= bare or (sort not in drawn[:place] and (place == bare - 1 or not sorts[sort][0].runs_on))
    ]
    bare = max(0, bare - (len(drawn) - len(kinds)))
    keywords = draw(st.permutations(KEYWORDS))
    arguments: list[Argument] = []
    given_values: dict[str, object] = {}
    for place, chosen in enumerate(kinds):
        kind, strategy = sorts[chosen]
        name = f"argument{place}"
        after = () if place < bare else (keywords[place],)
        argument = Argument(name, kind, after=after, required=not after)
        arguments.append(argument)
        if argument.required or draw(st.booleans()):
            given_values[name] = draw(strategy)
    command = Command(verb="do it", summary="Do it", who="all", run=answer, arguments=tuple(arguments))
    return command, given_values, words


@given(commands())
def test_every_command_says_itself(drawn: tuple[Command, dict[str, object], Vocabulary]) -> None:
    command, arguments, words = drawn
    understood = parse(say(command, arguments, words), CommandTable((command,)), words)

    assert isinstance(understood, Asked)
    assert dict(understood.arguments) == arguments


def filled_in(command: Command, arguments: dict[str, object], words: Vocabulary) -> dict[str, str]:
    kinds = {argument.name: argument.kind for argument in command.arguments}
    return {name: kinds[name].say(value, words) for name, value in arguments.items()}


@given(commands())
def test_every_command_is_the_same_in_words_and_in_a_form(drawn: tuple[Command, dict[str, object], Vocabulary]) -> None:
    command, arguments, words = drawn
    table = CommandTable((command,))
    person = Person("w", "web", "u")
    utterance = Utterance(
        "d",
        person,
        Place("w", "web", "direct", "u"),
        words.now,
        verb=command.verb,
        arguments=filled_in(command, arguments, words),
    )
    in_words = replace(utterance, text=say(command, arguments, words), verb="", arguments={})

    for encoding in (utterance, in_words):
        understood = understand(encoding, table, words)
        assert isinstance(understood, Asked)
        assert dict(understood.arguments) == arguments


def test_a_command_is_said_plainly_and_in_quotes_only_where_it_must_be() -> None:
    def said(text: str, words: Vocabulary = WORDS) -> str:
        verb, arguments = asked(text, words)
        command = TABLE.find(verb)
        assert command is not None
        return say(command, arguments, words)

    assert (
        said("marketing handed 25 leads to sales on Fri ref Webinar 3")
        == "handoff 25 qualified leads to Sales on 2026-10-16 ref Webinar 3 from Marketing"
    )
    assert said("a lead to sales") == "handoff 1 qualified lead to Sales"
    assert said("dispute h41 because they bounced to nowhere") == "dispute H-41 because they bounced to nowhere"
    assert said('handoff 3 demos ref "back to school"') == 'handoff 3 demos ref "back to school"'
    assert said("snooze O-77 until 15:00") == "snooze O-77 until 2026-10-16T19:00Z"
    assert said("away today to me") == "away 2026-10-16 to 2026-10-16 to Josh Hart"


def test_what_a_button_says_means_the_same_on_another_day_in_another_zone() -> None:
    later = replace(WORDS, now=NOW + timedelta(days=3), zone=WORDS.zone)
    command = TABLE.find("handoff")
    assert command is not None
    arguments = {"quantity": 25, "unit": LEADS, "receiver": SALES, "giver": MARKETING, "on": date(2026, 10, 16)}

    assert asked(say(command, arguments, WORDS), later)[1] == arguments


def test_times_of_day_stay_times_of_day() -> None:
    command = TABLE.find("quiet")
    assert command is not None
    hours = {"hours": TimeRange(time(18), time(8))}

    assert say(command, hours, WORDS) == "quiet 18:00-08:00"
    assert isinstance(asked("snooze O-77 until 15:00")[1]["until"], datetime)
