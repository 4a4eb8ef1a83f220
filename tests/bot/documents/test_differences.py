"""What a new version changes is said in lines that anyone can read before signing it."""

from dataclasses import replace

import pytest

from bot.documents import difference
from slacore.agreements import Terms
from tests.bot.documents.files import EVERYTHING, company_x, terms_of

AMENDED = (("effective_on: 2026-10-01", "effective_on: 2026-12-01"),)
EFFECTIVE = "Effective on 1 December 2026 instead of 1 October 2026"


@pytest.fixture(scope="module")
def signed() -> Terms:
    return terms_of(company_x())


def lines(old: Terms, *replacements: tuple[str, str]) -> list[str]:
    """What a version with these words instead would change, beside the day it begins on."""
    new = told_of_terms(old, terms_of(company_x(*AMENDED, *replacements)))
    assert EFFECTIVE in new
    return [line for line in new if line != EFFECTIVE]


def told(old: Terms, new: Terms) -> list[str]:
    return [str(change) for change in difference(old, new)]


def told_of_terms(old: Terms, new: Terms) -> list[str]:
    return [str(change) for change in difference(old, new) if change.path[0] != "signed"]


def test_a_first_version_says_all_that_it_promises(signed: Terms) -> None:
    assert [str(change) for change in difference(None, signed)] == [
        "New: Company X, marketing to sales to service, between Marketing, Sales and Service, from 1 October 2026",
        "Qualified leads: Marketing owes Sales 100 qualified leads a month, due last Friday 17:00",
        "Lead status reports: Sales owes Marketing the lead status report, last four Fridays 16:00",
        "Customer friction report: Sales owes Service the customer friction report, last working day 12:00",
        "Signed for Marketing by Josh Lindqvist",
        "Signed for Sales by Amy Chen",
        "Signed for Service by Joan Baker",
    ]


def test_every_kind_of_promise_is_said_in_a_sentence() -> None:
    assert [str(change) for change in difference(None, terms_of(EVERYTHING))][1:9] == [
        "Screens: Example Hosting owes Shop 1,200 screens a quarter, due last working day 17:00",
        ("Answers: Example Hosting owes Shop a first response to each incident within 4 working hours, "
        "for 95 % of them"),
        ("Calls: Shop owes Example Hosting an outcome of each lead, or 6 attempts within 10 working days, "
        "for 95 % of them"),
        "Welcome: Example Hosting owes Shop the welcome, within 2 working days of Won",
        "Password: Shop owes Example Hosting the changed password from every member, 1st 09:00, not moved",
        "Uptime: Example Hosting owes Shop availability of at least 99.93 % a month",
        "Repairs: Example Hosting owes Shop time to restore of at most 4 hours a month",
        "Delay: Example Hosting owes Shop jitter of at most 12.5 ms a week",
    ]  # fmt: skip


def test_the_same_terms_differ_in_nothing(signed: Terms) -> None:
    assert difference(signed, terms_of(company_x())) == ()


def test_a_promise_moved_up_the_file_is_no_change(signed: Terms) -> None:
    first, second, third = signed.commitments
    assert difference(signed, replace(signed, commitments=(third, first, second))) == ()


def test_a_new_day_to_begin_on_is_told_first(signed: Terms) -> None:
    assert told_of_terms(signed, terms_of(company_x(*AMENDED))) == [EFFECTIVE]


def test_a_higher_target_is_told_with_its_rhythm_and_its_date(signed: Terms) -> None:
    assert lines(signed, ("target: 100", "target: 105"), ("75, 100]", "80, 105]")) == [
        "Qualified leads: 105 instead of 100 a month, from 1 December 2026",
        "Qualified leads: checkpoints quantities 25, 50, 80, 105 instead of 25, 50, 75, 100, from 1 December 2026",
    ]


def test_a_new_owner_is_told_once_for_the_party_and_all_its_promises(signed: Terms) -> None:
    new = (("owner: amy", "owner: priya"), ("members: [priya, tom]", "members: [amy, tom]"), ("by: amy", "by: priya"))
    assert lines(signed, *new) == [
        "Priya Raman is now owner of Sales (was Amy Chen)",
        "Sales: members + Amy Chen, − Priya Raman",
    ]


def test_a_promise_with_an_owner_of_its_own_says_who_answers_for_it_now(signed: Terms) -> None:
    assert lines(signed, ("    intent: Service learns", "    owner: tom\n    intent: Service learns")) == [
        "Tom Becker now answers for Customer friction report (was Amy Chen), from 1 December 2026"
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("silence_accepts_after: 2wd", "silence_accepts_after: 4wh",
         "Qualified leads: silence accepts after 4 working hours instead of 2 working days, from 1 December 2026"),
        ("close_rate: 50 %", "close_rate: 48 %",
         "Qualified leads: worth close rate 48 % instead of 50 %, from 1 December 2026"),
        ("average_sale: $100", "average_sale: $1,250.50",
         "Qualified leads: worth average sale $1,250.50 instead of $100, from 1 December 2026"),
        ("name: Pricing guide, goal: 35", "name: Pricing guide, goal: 40",
         "Qualified leads: campaign pricing-guide goal 40 instead of 35, from 1 December 2026"),
        ("- fake\n", "- invented\n",
         "Qualified leads: latent defects + invented, − fake, from 1 December 2026"),
        ("    due: last Friday 17:00\n", "",
         "Qualified leads: due is dropped (was last Friday 17:00), from 1 December 2026"),
        ("    consequence: make-good", "    urgent: true\n    consequence: make-good",
         "Qualified leads: urgent yes instead of no, from 1 December 2026"),
        ("    consequence: make-good", "    reporter: nina\n    consequence: make-good",
         "Qualified leads: reporter is now Nina Castellanos, from 1 December 2026"),
        ("kind: deliverable\n    name: Customer friction report", "kind: deliverable\n    name: Friction",
         "Friction: name Friction instead of Customer friction report, from 1 December 2026"),
        ("plan_within: 3wd", "plan_within: 5wd",
         "Consequence make-good: a recovery plan is due within 5 working days instead of 3 working days"),
        ("holidays: US ", "holidays: US-NY ",
         "Calendar office is closed on the public holidays of US-NY instead of those of US"),
        ("holidays: US ", "closed: {2026-12-24: Company holiday}\n    holidays: US ",
         "Calendar office is closed on 24 December 2026, Company holiday"),
        ("holidays: US ", "replaced: {2026-12-31: 09:00-12:00}\n    holidays: US ",
         "Calendar office is open 09:00-12:00 on 31 December 2026 instead of as usual"),
        ("Mon-Fri: 09:00-17:00", "Mon-Thu: 09:00-17:00",
         "Calendar office is open Mon-Thu 09:00-17:00 instead of Mon-Fri 09:00-17:00"),
        ("title: Campaigns", "title: Head of campaigns",
         "Nina Castellanos: title Head of campaigns instead of Campaigns"),
        ("aliases: [customer service]", "aliases: [customer service, support]", "Service: aliases + support"),
        ("sponsor: morgan ", "sponsor: morgan\nends_on: 2027-09-30 ", "Ends on is now 30 September 2027"),
        ("  Close $5,000 of new", "  Close $6,000 of new",
         ("Objective “Close $6,000 of new business a month, and keep the customers who come with it.” instead of "
         "“Close $5,000 of new business a month, and keep the customers who come with it.”")),
        ("  - Days on which the CRM is down for planned maintenance.\n", "",
         "Exclusions − “Days on which the CRM is down for planned maintenance.”"),
        ('name: "#smarketing"', 'name: "#growth"', "Channel smarketing: name #growth instead of #smarketing"),
    ],
)  # fmt: skip
def test_a_change_is_one_line_in_plain_words(signed: Terms, old: str, new: str, said: str) -> None:
    assert lines(signed, (old, new)) == [said]


def test_the_same_line_backwards_says_what_is_taken_out(signed: Terms) -> None:
    busy = terms_of(
        company_x(
            ("holidays: US ", "closed: {2026-12-24: Company holiday}\n    replaced: {2026-12-31: 09:00-12:00}\n    #")
        )
    )
    assert set(told_of_terms(busy, signed)) == {
        "Calendar office is closed on the public holidays of US",
        "Calendar office is no longer closed on 24 December 2026",
        "Calendar office is open as usual on 31 December 2026 instead of 09:00-12:00",
    }


def test_parties_people_and_promises_come_and_go(signed: Terms) -> None:
    with_fewer = company_x(
        *AMENDED,
        ("  tom:\n    name: Tom Becker\n    title: Sales representative\n    identities: {web: tom}\n", ""),
        ("members: [priya, tom]", "members: [priya]"),
    )
    start, end = with_fewer.index("  friction-report:"), with_fewer.index("# ---- what follows a miss")
    old, new = signed, terms_of(with_fewer[:start] + with_fewer[end:])
    assert told_of_terms(old, new)[1:] == [
        "Tom Becker is no longer named in it",
        "Sales: members − Tom Becker",
        (
            "Dropped promise, Customer friction report: Sales owes Service the customer friction report, "
            "last working day 12:00, from 1 December 2026"
        ),
    ]
    assert told_of_terms(new, old)[1:] == [
        "Tom Becker is now named in it",
        "Sales: members + Tom Becker",
        (
            "New promise, Customer friction report: Sales owes Service the customer friction report, "
            "last working day 12:00, from 1 October 2026"
        ),
    ]


def test_a_promise_that_becomes_another_kind_is_told_as_a_whole(signed: Terms) -> None:
    words = (("    thing: customer friction report\n    friction: true          # prepared from what people note with "
              "`friction …`; Amy keeps it by sending it\n    evidence: any           # text, a link or a file\n"
              "    period: month\n    slots: last working day 12:00\n"),
             "    indicator: friction\n    at_most: 4 hours\n    aggregation: mean\n    period: month\n")  # fmt: skip
    assert lines(signed, ("kind: deliverable\n    name: Cust", "kind: level\n    name: Cust"), words) == [
        (
            "Customer friction report: Sales owes Service friction of at most 4 hours a month (was: Sales owes Service "
            "the customer friction report, last working day 12:00), from 1 December 2026"
        )
    ]


def test_a_new_zone_is_told_once_and_not_for_everybody_who_shares_it(signed: Terms) -> None:
    new = terms_of(company_x(("zone: America/New_York", "zone: America/Chicago")))
    assert told_of_terms(signed, new) == ["Zone America/Chicago instead of America/New_York"]


def test_a_ladder_is_told_by_its_steps(signed: Terms) -> None:
    ladder = (
        "escalations:\n  default:\n    steps:\n      - {when: due, whom: [owner]}\n"
        "      - {when: 1wd after, whom: [sponsor]}\n"
    )
    assert lines(signed, ("# ---- where and when", f"{ladder}# ---- where and when")) == [
        "Ladder default: 2 working days before it is due nobody hears any more (until now the owner)",
        (
            "Ladder default: 1 working day after it was due the sponsor hears, at level 3 instead of level 1; "
            "until now the owner, the point of contact, the other side's owner and the channel"
        ),
        "Ladder default: 2 working days after it was due nobody hears any more (until now the owner's manager)",
        "Ladder default: 5 working days after it was due nobody hears any more (until now the sponsor)",
    ]


def test_channels_and_reports_come_and_go(signed: Terms) -> None:
    changes = (
        ("id: company-x-service\n", "id: joans-corner\n"),
        ('"#company-x-service"', '"#joans-corner"'),
        ("every Friday 16:00", "every Friday 15:00"),
        ("preview_working_days: 1 ", "preview_working_days: 2 "),
    )
    assert lines(signed, *changes) == [
        "No longer spoken of in #company-x-service (web)",
        "Now spoken of in #joans-corner (web)",
        "Report dropped: every Friday 16:00, seen by Amy Chen 1 working day before, keeps Lead status reports",
        "New report: every Friday 15:00, seen by Amy Chen 2 working days before, keeps Lead status reports",
    ]


def test_a_new_signature_is_told_and_one_that_is_left_out_takes_nothing_back(signed: Terms) -> None:
    *others, joan = signed.signatures
    without = replace(signed, signatures=tuple(others))
    assert told(without, signed) == ["Signed for Service by Joan Baker"]
    assert [joan.member, told(signed, without)] == ["joan", []]


def test_signatures_under_other_terms_are_told_to_be_old(signed: Terms) -> None:
    assert told(signed, terms_of(company_x(*AMENDED, ("by: joan, on: 2026-09-28", "by: joan, on: 2026-11-27"))))[
        1:
    ] == [
        "Signed as the version before was, and not again: Marketing and Sales",
        "Signed for Service by Joan Baker",
    ]


def test_each_change_says_which_key_it_is_about(signed: Terms) -> None:
    (_, change, _) = difference(signed, terms_of(company_x(*AMENDED, ("target: 100", "target: 110"))))
    assert change.path == ("commitments", "leads", "target")
