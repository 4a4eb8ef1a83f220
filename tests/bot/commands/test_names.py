"""Parties, units, people, commitments and campaigns, by whatever they are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import CampaignArg, CommitmentArg, Misread, PartyArg, PersonArg, UnitArg
from bot.commands.vocabulary import CampaignName, Named, Names, PartyName, PersonName
from tests.bot.commands.company import (
    AMY,
    DEMOS,
    JOSH,
    LEADS,
    LEADS_PROMISE,
    MARKETING,
    REPORTS_PROMISE,
    SALES,
    SERVICE,
    WEBINAR,
    WORDS,
    asked,
    refused,
)


@pytest.mark.parametrize(
    ("said", "party"),
    [
        ("sales", SALES),
        ("SALES", SALES),
        ("ＳＡＬＥＳ", SALES),
        ("sales,", SALES),
        ("*sales*", SALES),
        ("@sales", SALES),
        ("#sales", SALES),
        ("the sales", SALES),
        ("mkt", MARKETING),
        ("customer service", SERVICE),
        ("Customer-Service", SERVICE),
        ("customer_service", SERVICE),
        ("“Customer Service”", SERVICE),
        ("support", SERVICE),
        ("<!subteam^S0SALES|@sales-team>", SALES),
        ("<!subteam^S0MKT>", MARKETING),
    ],
)
def test_a_party_is_known_by_name_alias_slug_and_usergroup(said: str, party: PartyName) -> None:
    assert PartyArg().parse(said, WORDS) == party
    assert asked(f"handoff 25 leads to {said}")[1]["receiver"] == party


@pytest.mark.parametrize("said", ["lead", "Leads", "qualified lead", "qualified leads", "QUALIFIED-LEADS"])
def test_a_unit_is_known_in_both_numbers_and_by_its_aliases(said: str) -> None:
    assert UnitArg().parse(said, WORDS) == LEADS


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("@amy", AMY),
        ("Amy Hill", AMY),
        ("@Amy Hill", AMY),
        ("amy", AMY),
        ("m-amy", AMY),
        ("U0AMY", AMY),
        ("<@U0AMY>", AMY),
        ("<@U0AMY|whatever she calls herself>", AMY),
        ("me", JOSH),
        ("@me", JOSH),
    ],
)
def test_a_person_is_known_by_mention_name_id_and_me(said: str, person: PersonName) -> None:
    assert PersonArg().parse(said, WORDS) == person


def test_the_name_inside_a_mention_proves_nothing() -> None:
    with pytest.raises(Misread, match="is nobody I know here"):
        PersonArg().parse("<@U0STRANGER|amy>", WORDS)


def test_me_is_nobody_to_somebody_unknown() -> None:
    with pytest.raises(Misread, match="“me” means nobody"):
        PersonArg().parse("me", replace(WORDS, speaker=""))


@pytest.mark.parametrize(
    ("said", "commitment"),
    [
        ("C-1", LEADS_PROMISE),
        ("c2", REPORTS_PROMISE),
        ("c 2", REPORTS_PROMISE),
        ("weekly status report", REPORTS_PROMISE),
    ],
)
def test_a_commitment_is_known_by_key_and_by_name(said: str, commitment: Named) -> None:
    assert CommitmentArg().parse(said, WORDS) == commitment


def test_a_commitment_that_there_is_not_is_answered_with_those_that_there_are() -> None:
    refusal = refused("status C-9")

    assert (refusal.problem, refusal.next_step) == ("There is no promise C-9 here.", "There is C-1, C-2 and C-5.")


def test_a_name_with_blanks_needs_quotes_only_where_it_runs_into_a_keyword() -> None:
    bare = asked("handoff 3 demos campaign spring webinar to sales")[1]
    in_quotes = asked("handoff 3 demos to sales from campaign “Spring webinar”")[1]

    assert bare == in_quotes == {"quantity": 3, "unit": DEMOS, "campaign": WEBINAR, "receiver": SALES}


def test_a_name_that_contains_a_keyword_is_read_whole_if_its_beginning_means_nothing() -> None:
    kitchen = PartyName("kitchen", "Food to Go")
    words = replace(WORDS, parties=Names((*WORDS.parties.entries, kitchen)))

    assert asked("handoff 3 demos to Food to Go", words)[1]["receiver"] == kitchen


def test_the_shorter_name_wins_at_a_keyword_and_quotes_ask_for_the_longer() -> None:
    to_go = PartyName("to-go", "Sales on Fri")
    words = replace(WORDS, parties=Names((*WORDS.parties.entries, to_go)))

    assert asked("handoff 3 demos to sales on fri", words)[1]["receiver"] == SALES
    assert asked('handoff 3 demos to "sales on fri"', words)[1]["receiver"] == to_go


def test_the_same_words_are_known_whoever_says_them_and_whenever() -> None:
    later, there = WORDS.now + timedelta(days=1), ZoneInfo("Asia/Kathmandu")
    assert WORDS.of("m-amy", later, there) == replace(WORDS, speaker="m-amy", now=later, zone=there)


def test_a_word_that_two_share_is_asked_about() -> None:
    stone = PersonName("m-stone", "Amy Stone", ("amy",))
    words = replace(WORDS, people=Names((AMY, stone)))
    refusal = refused("away today to amy", words)

    assert refusal.problem == "“amy” can be Amy Hill or Amy Stone."
    assert refusal.offers[:2] == (
        ("Amy Hill", "away today to Amy Hill"),
        ("Amy Stone", "away today to Amy Stone"),
    )


def test_two_of_one_name_are_told_apart_by_key() -> None:
    twin = PersonName("m-amy-2", "Amy Hill")
    words = replace(WORDS, people=Names((AMY, twin)))

    assert refused("away today to Amy Hill", words).offers[0] == ("m-amy", "away today to m-amy")


def test_a_name_is_stronger_than_an_alias_and_a_key_than_a_name() -> None:
    names = Names((PartyName("x", "Alpha", ("beta",)), PartyName("y", "Beta", ("gamma",)), PartyName("gamma", "Delta")))

    assert [entry.key for entry in names.find("BETA")] == ["y"]
    assert [entry.key for entry in names.find("gamma")] == ["gamma"]


@pytest.mark.parametrize(
    ("text", "known", "corrected"),
    [
        ("handoff 25 leads to slaes", "Sales", "handoff 25 leads to Sales"),
        (
            "handoff 25 leads to custmer servce on Fri",
            "Customer Service",
            "handoff 25 leads to Customer Service on Fri",
        ),
        ("handoff 25 qualifed leads to sales", "qualified leads", "handoff 25 qualified leads to sales"),
        ("away today to josj", "josh", "away today to josh"),
        ("handoff 3 demos campaign sprng webinr", "Spring webinar", "handoff 3 demos campaign Spring webinar"),
        ("marketng handed 25 leads to sales", "Marketing", "Marketing handed 25 leads to sales"),
    ],
)
def test_a_misspelt_name_is_answered_with_the_nearest_and_the_command_put_right(
    text: str, known: str, corrected: str
) -> None:
    refusal = refused(text)

    assert f"did you mean {known}?" in refusal.problem
    assert refusal.offers[0] == (known, corrected)
    asked(corrected)


def test_an_unknown_name_that_resembles_none_is_answered_with_those_that_there_are() -> None:
    refusal = refused("handoff 25 leads to xyzzy")

    assert refusal.problem == "I know no party “xyzzy”."
    assert refusal.next_step == "I know Marketing, Sales and Customer Service."


def test_where_there_is_none_at_all_it_says_so() -> None:
    assert (
        refused("handoff 3 demos campaign x", replace(WORDS, campaigns=Names())).next_step
        == "There is no campaign here yet."
    )


def test_a_new_campaign_is_taken_where_that_is_allowed_but_a_likely_slip_is_asked_about() -> None:
    new = CampaignArg(may_be_new=True)

    assert new.parse("Trade fair", WORDS) == CampaignName("", "Trade fair")
    with pytest.raises(Misread, match="did you mean Spring webinar"):
        new.parse("Sprint webinar", WORDS)
    assert new.parse('"Sprint webinar"', WORDS) == CampaignName("", "Sprint webinar")


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6, unique=True))
def test_whatever_things_are_called_each_can_be_said_and_found_again(called: list[str]) -> None:
    entries = [PartyName(f"p-{index}", name) for index, name in enumerate(called)]
    names = Names(entries)

    assert [names.find(names.spell(entry)) for entry in entries] == [(entry,) for entry in entries]
