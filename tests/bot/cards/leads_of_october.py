"""Leads of October to draw cards of: what became of them, one followed up, and two to be taken over."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bot.cards import followups, results, takeovers
from bot.chat.card import Card
from bot.desk.items.followups import FollowedUp
from slacore import items
from slacore.calendars import Duration
from slacore.commitments import FollowUps, Outcome, Volume, Worth
from slacore.followups import course_of_item
from slacore.handoffs import Piles
from slacore.money import Money
from slacore.results import CampaignCount, Cohort, Group, Learnt
from tests.answering import after, lead
from tests.company_x import OCTOBER, TERMS, at

LEADS = TERMS.commitment("leads")
assert isinstance(LEADS.promise, Volume)
CALLS = FollowUps(
    6,
    Duration(10, "wd"),
    LEADS.promise.unit,
    (Outcome("won", "Won", final=True, counts_as="won"),),
    (1, 2, 4, 6, 8, 10),
)
FOLLOW_UPS = replace(
    LEADS, slug="follow-ups", name="Follow-ups", giver="sales", receiver="marketing", owner="amy", due=None,
    promise=CALLS, consequence="",
)  # fmt: skip


def what_became_of_them() -> Card:
    """Forty-three leads of two campaigns, twelve of them won."""
    assert isinstance(LEADS.promise, Volume)
    whole = Group("", 43, 12, 5)
    found = Learnt(
        terms=TERMS,
        commitment=LEADS,
        unit=LEADS.promise.unit,
        period=OCTOBER,
        units=68,
        whole=whole,
        campaigns=(
            CampaignCount("Autumn webinar", Piles(24, 3, 2), 45),
            CampaignCount("Boston trade fair", Piles(14, 0, 0), 20),
            CampaignCount("", Piles(awaiting=25)),
        ),
        by_campaign=(Group("Autumn webinar", 29, 10, 2), Group("Boston trade fair", 14, 2, 3)),
        by_content=(Group("Price page", 21, 9, 1), Group("", 22, 3, 4)),
        by_stage=(Group("hot", 18, 10, 1), Group("cold", 25, 2, 4)),
        by_outcome=(("Won", 12), ("Qualified", 9), ("Lost", 5), ("", 17)),
        cohorts=(Cohort(OCTOBER, whole, at(1, month=12), mature=False),),
        worth=Worth(Fraction(1, 2), Money(10_000, "USD"), Duration(30, "d")),
    )
    return results.results(found, at(23))


def one_followed_up() -> Card:
    """L-3 was called twice; the third attempt is owed."""
    terms = replace(TERMS, commitments=(*TERMS.commitments, FOLLOW_UPS))
    called = lead()
    for hours in (1, 2):
        called = items.attempt(called, "tom", after(hours), note="no answer")[0]
    course = course_of_item(called, FOLLOW_UPS, CALLS, terms, after(3))
    return followups.logged([FollowedUp(called, terms, FOLLOW_UPS, course)], after(3))


def asked_to_take() -> Card:
    """Tom asks Priya to take two of his leads over."""
    mine = [items.assign(lead(number=number), "tom", "amy", after(1))[0] for number in (3, 4)]
    return takeovers.asked([(each, None) for each in mine], "tom", "priya", "You know both of them.", TERMS)
