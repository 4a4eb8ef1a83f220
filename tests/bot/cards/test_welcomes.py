"""First words to a person and to a channel, and an agreement in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cards import agreements
from bot.cards.welcomes import to_channel, to_person
from bot.documents import Change, difference
from slacore.agreements import Agreement, Terms, Version
from tests.bot.cards.printing import lines, printed, says
from tests.company_x import TERMS, at, signed_without

NOW = at(1, 9)
AGREEMENT = Agreement("A-1", "company-x", (Version(1, TERMS),))


def renamed(name: str) -> Terms:
    return replace(TERMS, name=name)


def test_a_person_hears_what_will_come_and_how_to_stop_it() -> None:
    card = to_person("Amy Chen", "amy", [TERMS])
    assert printed(card) == lines(
        """
        Amy Chen, I keep what teams promise one another.
        You speak for Sales. What your teams say is in their channel; what concerns you comes here first.
        Say it in one line, such as handoff 25 leads to sales; a button says the same words.
        At most three messages a day, escalations apart. quiet 18:00-08:00 sets quiet hours.
        [My part] [Help] [Set quiet hours…]
        """
    )
    assert says(card) == ["mine", "help", "quiet …"]
    assert "You speak for no party yet" in printed(to_person("Sam", "sam", [TERMS]))


def test_a_channel_hears_what_is_promised_in_it() -> None:
    assert printed(to_channel(renamed("Leads for sales"), NOW)) == lines(
        """
        I keep “Leads for sales” here: 3 promises.
        Qualified leads: Marketing owes Sales 100 qualified leads a month, due last Friday 17:00.
        Lead status reports: Sales owes Marketing the lead status report, last four Fridays 16:00.
        Customer friction report: Sales owes Service the customer friction report, last working day 12:00.
        It counts from Thu 1 Oct.
        What is late, its owner hears first and alone. help shows what you can say.
        [Status] [Help]
        """
    )


def test_what_is_not_signed_counts_for_nothing_and_says_so() -> None:
    terms = signed_without("service")
    assert "It waits for Service to sign; nothing counts before." in printed(to_channel(terms, NOW))
    assert "It waits for Service to sign; nothing counts under it before." in printed(
        agreements.shown(Agreement("A-1", "company-x", (Version(1, terms),)), NOW)
    )


def test_applying_says_which_version_it_made_and_what_is_in_it() -> None:
    card = agreements.applied(AGREEMENT, difference(None, TERMS), NOW, first=True)
    text = printed(card).splitlines()
    assert text[0] == "A-1 · Company X, marketing to sales to se… · version 1"
    assert "Qualified leads: Marketing owes Sales 100 qualified leads a month, due last Friday 17:00." in text
    assert text[-1] == "Signed by every party; it counts from Thu 1 Oct."
    assert card.ref == "A-1"


def test_applying_the_same_again_changes_nothing_and_says_so() -> None:
    card = agreements.applied(AGREEMENT, (), NOW, first=False)
    assert printed(card) == "A-1 · Company X, marketing to sales to se… · nothing changed"
    assert card.summary == "A-1: the file says what version 1 says already."


def test_what_would_change_is_shown_before_it_is_written_down() -> None:
    later = replace(TERMS, effective_on=date(2026, 11, 1))
    changes = [Change(("effective_on",), "From 1 November 2026 on"), Change(("target",), "target 105 instead of 100")]
    assert printed(agreements.proposed(later, changes, NOW)) == lines(
        """
        Company X, marketing to sales to service · 2 changes from Sun 1 Nov
        From 1 November 2026 on.
        Target 105 instead of 100.
        Nothing is written down yet.
        """
    )
    assert printed(agreements.proposed(TERMS, (), NOW)) == (
        "Company X, marketing to sales to service · nothing would change"
    )


def test_an_agreement_shows_its_promises_people_channels_definitions_and_signatures() -> None:
    card = agreements.shown(replace(AGREEMENT, versions=(Version(1, renamed("Leads for sales")),)), NOW)
    assert printed(card) == lines(
        """
        A-1 · Leads for sales · version 1
        “Close $5,000 of new business a month, and keep the customers who come with it.”
        Qualified leads: Marketing owes Sales 100 qualified leads a month, due last Friday 17:00.
        Lead status reports: Sales owes Marketing the lead status report, last four Fridays 16:00.
        Customer friction report: Sales owes Service the customer friction report, last working day 12:00.
        Marketing: Josh answers for it; Nina stands in
        Sales: Amy answers for it; Priya stands in
        Service: Joan answers for it
        Sponsor: Morgan
        Talked about in: #smarketing and #company-x-service
        Qualified lead means: A person at a company we can serve, who asked to hear from sales.
        Signed: Josh for Marketing, Mon 28 Sep; Amy for Sales, Mon 28 Sep; Joan for Service, Mon 28 Sep
        Signed by every party; it counts from Thu 1 Oct.
        [Whole text] [Status] [Change]
        """
    )
