"""What people say instead of a command: what only looks is answered, what would change something opens its form."""

from __future__ import annotations

import re

import pytest

from bot.commands.command import Asked, Incomplete
from bot.commands.grammar import parse
from bot.commands.phrases import _phrases, phrases_of
from bot.commands.sayings import SAYINGS
from bot.commands.table import COMMANDS
from slacore.errors import Refusal
from tests.bot.commands.company import WORDS

PHRASES = phrases_of(COMMANDS)


@pytest.mark.parametrize(
    ("said", "verb"),
    [
        ("how are we doing?", "status"),
        ("How’s it going", "status"),
        ("are we on track", "status"),
        ("who's late?", "status"),
        ("how many leads are left", "status"),
        ("what's marketing's status… please", ""),
        ("on track?", "status"),
        ("how many left this month", "status"),
        ("how did we do last month", "status"),
        ("who is behind", "status"),
        ("how are we doing with marketing", "status"),
        ("anything overdue?", "mine"),
        ("what's due friday", "mine"),
        ("deadline?", "mine"),
        ("what's waiting on me", "mine"),
        ("did Amy accept?", "owed"),
        ("what does the agreement say", "agreement"),
        ("any news on L-3?", "history"),
        ("still no answer on L-3", "history"),
        ("MQLs", "results"),
        ("how many won?", "results"),
        ("who is on holiday?", "absences"),
        ("who's out this week", "absences"),
        ("is Amy around?", "absences"),
        ("who covers for Amy", "absences"),
        ("who gets told if we miss?", "stakes"),
        ("what happens if we only get 90", "stakes"),
        ("what does a miss cost us", "stakes"),
        ("we won't make it this month", "stakes"),
        ("I'll send 30 leads on Friday", "announce"),
        ("that was for marketing", "meant"),
        ("that was yesterday", "meant"),
        ("any credits open?", "credits"),
        ("how much do we owe them", "credits"),
        ("bye", "bye"),
        ("great job team!", "thanks"),
        ("danke dir", "thanks"),
        ("Guten Morgen!", "hello"),
        ("how do I log leads", "help"),
        ("report is out", "report"),
        ("where is the friction report", "friction report"),
        ("how often did marketing miss", "status"),
        ("are we gonna make it", "status"),
        ("am I behind on anything?", "mine"),
        ("tell me about B-1", "history"),
        ("has anyone called L-3 yet?", "history"),
        ("what did sales do with my leads", "results"),
        ("who can I talk to if Amy is out", "absences"),
        ("Hi Amy, status please", "status"),
        ("how is marketing doing?", "status"),
        ("marketing", "status"),
        ("C-1", "status"),
        ("September", "status"),
        ("what do we owe this week?", "mine"),
        ("What's on my plate?", "mine"),
        ("am I ok?", "mine"),
        ("who owes us", "owed"),
        ("what does sales owe us?", "owed"),
        ("who decides?", "agreement"),
        ("what did we agree", "agreement"),
        ("show me the agreement", "agreement"),
        ("L-3", "history"),
        ("H-41", "history"),
        ("show B-3", "history"),
        ("when is the next report?", "report"),
        ("weekly report", "report"),
        ("status report", "report"),
        ("leads status", "status"),
        ("who owns leads?", "status"),
        ("what did I miss?", "mine"),
        ("what's new", "home"),
        ("when do we meet", "review"),
        ("what's a qualified lead?", "define"),
        ("what if we close 48%", "plan"),
        ("why did I get this?", "messages"),
        ("stop messaging me", "messages"),
        ("make it quiet until Monday", "messages"),
        ("what can you do?", "help"),
        ("/handoff help", "help"),
        ("hi", "hello"),
        ("good morning", "hello"),
        ("thanks!", "thanks"),
        ("👍", "ok"),
        ("sorry", "ok"),
        ("Amy is on holiday next week", "absent"),
    ],
)
def test_a_question_is_answered_as_the_command_that_it_stands_for(said: str, verb: str) -> None:
    try:
        understood = parse(said, COMMANDS, WORDS)
    except Refusal:
        assert verb == ""
        return
    assert isinstance(understood, Asked)
    assert understood.command.verb == verb


@pytest.mark.parametrize(
    ("said", "verb", "known"),
    [
        ("I'm on holiday next week", "away", {"days"}),
        ("ooo until Fri", "away", {"days"}),
        ("sick", "away", set()),
        ("oops", "undo", set()),
        ("remove H-41", "undo", {"key"}),
        ("accept all", "accept", set()),
        ("accept 8 of H-41", "accept", {"key", "quantity"}),
        ("reject H-41", "dispute", {"key"}),
        ("these leads are bad", "dispute", set()),
        ("did it", "done", set()),
        ("remind me tomorrow", "snooze", {"until"}),
        ("L-3 called, no answer", "followup", {"keys", "note"}),
        ("L-3 won", "outcome", {"keys", "outcome"}),
        ("give L-3 to Amy", "assign", {"keys", "owner"}),
        ("we have 25 leads", "handoff", {"quantity", "unit"}),
        ("about 25 leads", "handoff", {"quantity", "unit"}),
        ("no digest", "digest", set()),
        ("download", "export", set()),
        ("send the report", "report", {"what"}),
        ("L-3 said no", "outcome", {"keys", "note"}),
        ("we won L-3!", "outcome", {"keys", "note", "outcome"}),
        ("called L-3 and L-4, no answer", "followup", {"keys", "note"}),
        ("can Amy take over L-3?", "assign", {"keys", "owner"}),
        ("L-3 is a dupe", "dispute", {"items", "reason"}),
        ("replied to L-3", "respond", {"key"}),
        ("L-3 is fixed", "resolve", {"key"}),
        ("looking into L-3", "take", {"keys"}),
        ("sorry 24 not 25", "correct", {"to", "reason"}),
        ("make that 22", "correct", {"to", "reason"}),
        ("scrap that", "undo", set()),
        ("new ticket: search is slow", "raise", {"items"}),
        ("the web-shop is down since 9:40", "incident start", {"service", "at"}),
        ("satisfaction was 92", "log", {"indicator", "figure"}),
        ("remind me EOD", "snooze", {"until"}),
        ("I'll be late with the report, sorry", "snooze", set()),
        ("taking Thursday off", "away", {"days"}),
        ("one of the leads is a duplicate", "dispute", {"quantity", "reason"}),
        ("digest at 7:30 pls", "digest", {"at"}),
        ("ooo 3.11.-6.11.", "away", {"days"}),
        ("on vacation from next tue til fri", "away", {"days"}),
        ("Amy covers for me next week", "away", {"days", "deputy"}),
        ("send my digest at 8", "digest", {"at"}),
        ("export to excel", "export", set()),
        ("25 leads from spring webinar", "handoff", {"quantity", "unit", "campaign"}),
        ("3 leads:\n- Ann Lee, Acme\n- Bob Ray\n- 山田太郎", "handoff", {"quantity", "unit", "items"}),
        ("new lead: Zoë Müller", "handoff", {"quantity", "unit", "items"}),
        ("20 leads (oct 14th)", "handoff", {"quantity", "unit", "on"}),
        ("sent 24 leads over just now 🎉", "handoff", {"quantity", "unit"}),
    ],
)
def test_a_wish_opens_the_form_with_what_was_said_in_it(said: str, verb: str, known: set[str]) -> None:
    understood = parse(said, COMMANDS, WORDS)

    assert isinstance(understood, Incomplete)
    assert (understood.command.verb, set(understood.known)) == (verb, known)


@pytest.mark.parametrize(
    "said", ["please accept H-41", "ok accept H-41 thanks", "hey Kept, can you accept H-41 please?", "accept H-41 now"]
)
def test_a_command_may_be_asked_for_politely(said: str) -> None:
    understood = parse(said, COMMANDS, WORDS)

    assert isinstance(understood, Asked)
    assert (understood.command.verb, dict(understood.arguments)) == ("accept", {"key": "H-41"})


def test_courtesy_in_what_is_written_down_stays_there() -> None:
    understood = parse("dispute H-41 because they said no thanks", COMMANDS, WORDS)

    assert isinstance(understood, Asked)
    assert understood.arguments["reason"] == "they said no thanks"


@pytest.mark.parametrize(
    "said",
    ["cancel the webinar", "thanks to Amy we are late", "no leads", "stop", "I hate mondays", "what is the weather"],
)
def test_only_the_whole_of_what_is_said_is_taken_for_a_phrase(said: str) -> None:
    try:
        understood = parse(said, COMMANDS, WORDS)
    except Refusal:
        return
    assert not understood.command.writes or isinstance(understood, Incomplete)


@pytest.mark.parametrize("said", ["thanks", "cancel", "no", "vacations", "hello", "mute", "contract", "lol"])
def test_a_word_that_is_no_slip_is_not_guessed_at(said: str) -> None:
    assert not COMMANDS.nearest(said)


def test_a_letter_is_no_command_and_is_told_so_in_a_line() -> None:
    letter = "Hi Amy,\n\nplease find the leads of last week below. " + "They all came from the webinar. " * 6
    with pytest.raises(Refusal) as refused:
        parse(letter, COMMANDS, WORDS)

    assert str(refused.value).startswith("That is a text of 43 words, and I find no command in it.")


def test_a_phrase_belongs_to_a_row_and_names_its_arguments() -> None:
    assert all(COMMANDS.find(verb) for verb in SAYINGS)
    for command, phrase in PHRASES:
        assert set(re.findall(r"<(\w+)>", phrase)) <= {"rest"} | {one.name for one in command.arguments}, phrase


@pytest.mark.parametrize("said", [phrase.partition(" -> ")[0].removeprefix("~ ") for _, phrase in PHRASES])
def test_a_phrase_is_among_those_that_its_own_words_call_to_mind(said: str) -> None:
    shortest = _shortest(re.sub(r"\[[^][]*\](?!\+)", "", re.sub(r"\[[^][]*\](?!\+)", "", said)))

    assert any(each.said == said for each in _phrases(COMMANDS).with_words(shortest))


def _shortest(pattern: str) -> list[str]:
    """Words of one of the shortest texts that match a phrase: of each group its first alternative."""
    while (inner := re.sub(r"\([^()]*\)[?*]", " ", pattern)) != pattern:
        pattern = inner
    while (inner := re.sub(r"\(([^()|]*)(?:\|[^()]*)?\)\+?", r" \1 ", pattern)) != pattern:
        pattern = inner
    return re.sub(r".\?", "", pattern).split()


def test_nothing_is_changed_by_a_phrase_but_ones_own_presence() -> None:
    stands_for = {phrase.partition(" -> ")[2] for command, phrase in PHRASES if command.writes and " -> " in phrase}

    # A handoff that is counted and named is meant as one, whatever word stands before it.
    handoffs = {each for each in stands_for if each.startswith("handoff ")}
    assert {each for each in stands_for - handoffs if not each.endswith(" …")} == {
        "report preview",
        "friction report preview",
        "review",
        "away off",
    }
