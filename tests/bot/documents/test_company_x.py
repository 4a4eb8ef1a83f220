"""Company X, as it comes with the product: what its teams have promised one another."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from slacore.agreements import Terms
from slacore.calendars import Duration
from slacore.commitments import Deliverable, Volume
from slacore.money import Money
from slacore.periods import Period, PeriodRule, Slot, SlotRule
from tests.bot.documents.files import TWO_TEAMS, WHOLE, terms_of

OCTOBER = PeriodRule("month").containing(date(2026, 10, 1))


@pytest.fixture(scope="module")
def terms() -> Terms:
    return terms_of(WHOLE)


def leads(terms: Terms) -> Volume:
    promise = terms.commitment("leads").promise
    assert isinstance(promise, Volume)
    return promise


def slots(terms: Terms, rule: SlotRule | None, period: Period = OCTOBER) -> tuple[Slot, ...]:
    assert rule is not None
    return rule.slots(period, terms.calendars[terms.calendar], terms.zone)


def days(terms: Terms, rule: SlotRule | None, period: Period = OCTOBER) -> list[int]:
    return [slot.on.day for slot in slots(terms, rule, period)]


def test_marketing_owes_sales_a_hundred_qualified_leads_each_month(terms: Terms) -> None:
    promise = terms.commitment("leads")
    assert (promise.giver, promise.receiver, promise.owner) == ("marketing", "sales", "josh")
    assert (leads(terms).target, leads(terms).unit.plural, promise.period.unit) == (100, "qualified leads", "month")


def test_october_s_leads_are_due_on_its_last_friday_at_five(terms: Terms) -> None:
    (due,) = slots(terms, terms.commitment("leads").due)
    assert due.at == datetime(2026, 10, 30, 21, tzinfo=UTC)


def test_a_quarter_of_them_is_expected_by_each_of_the_last_four_fridays(terms: Terms) -> None:
    points = leads(terms).checkpoints
    assert points is not None
    assert list(zip(days(terms, points.slots), points.quantities, strict=True)) == [
        (9, 25),
        (16, 50),
        (23, 75),
        (30, 100),
    ]


def test_silence_accepts_after_two_working_days(terms: Terms) -> None:
    assert leads(terms).silence_accepts_after == Duration(2, "wd")


def test_nine_leads_short_are_worth_450_dollars(terms: Terms) -> None:
    worth = leads(terms).worth
    assert worth is not None
    assert worth.close_rate == Fraction(1, 2)
    assert worth.of(9) == Money(45_000, "USD")


def test_a_lead_may_be_reopened_as_fake_but_never_because_it_did_not_buy(terms: Terms) -> None:
    assert leads(terms).latent_defects == ("fake", "duplicate", "out of area")


def test_the_goals_of_its_campaigns_add_up_to_the_hundred(terms: Terms) -> None:
    assert sum(campaign.goal or 0 for campaign in leads(terms).campaigns) == 100


def test_a_miss_brings_a_plan_or_a_carry_over_as_the_sponsor_decides(terms: Terms) -> None:
    consequence = terms.consequence_of(terms.commitment("leads"))
    assert consequence is not None
    assert consequence.in_words("9 leads") == "recovery plan within 3 working days, or 9 leads carried over"
    assert (consequence.decider, terms.person("morgan").title) == (terms.sponsor, "Revenue officer")


@pytest.mark.parametrize("month", range(1, 13))
def test_amy_owes_marketing_four_reports_in_every_month(terms: Terms, month: int) -> None:
    promise = terms.commitment("status-reports")
    assert isinstance(promise.promise, Deliverable)
    assert (promise.owner, promise.receiver, promise.promise.report) == ("amy", "marketing", True)
    period = PeriodRule("month").containing(date(2027, month, 1))
    assert len(days(terms, promise.promise.slots, period)) == 4


def test_the_report_is_posted_on_all_five_fridays_of_october_and_four_of_them_are_owed(terms: Terms) -> None:
    (report,) = terms.reports
    owed = terms.commitment(report.commitment).promise
    assert isinstance(owed, Deliverable)
    assert days(terms, report.slots) == [2, 9, 16, 23, 30]
    assert days(terms, owed.slots) == [9, 16, 23, 30]
    assert {slot.at.hour for slot in slots(terms, report.slots)} == {20}  # 16:00 in New York


def test_amy_owes_joan_a_friction_report_by_noon_of_the_last_working_day(terms: Terms) -> None:
    promise = terms.commitment("friction-report")
    assert isinstance(promise.promise, Deliverable)
    assert (promise.giver, promise.owner, terms.party(promise.receiver).owner) == ("sales", "amy", "joan")
    (due,) = slots(terms, promise.promise.slots)
    assert due.at == datetime(2026, 10, 30, 16, tzinfo=UTC)


def test_three_parties_have_signed_so_it_is_in_force_from_its_first_day(terms: Terms) -> None:
    assert [party.name for party in terms.parties] == ["Marketing", "Sales", "Service"]
    assert terms.unsigned() == ()
    assert not terms.in_force(date(2026, 9, 30))
    assert terms.in_force(date(2026, 10, 1))


def test_leads_are_spoken_of_where_marketing_and_sales_talk_and_friction_where_service_does(terms: Terms) -> None:
    def channels(slug: str) -> list[str]:
        return [channel.name for channel in terms.channels_of(terms.commitment(slug))]

    assert channels("leads") == channels("status-reports") == ["#smarketing"]
    assert channels("friction-report") == ["#company-x-service"]


def test_everybody_is_known_in_the_browser_by_his_short_name(terms: Terms) -> None:
    assert {person.id: person.identities for person in terms.people} == {
        id_: (("web", id_),) for id_ in ("josh", "nina", "omar", "amy", "priya", "tom", "joan", "sam", "morgan")
    }


def test_the_least_agreement_there_is_fills_in_the_rest() -> None:
    terms = terms_of(TWO_TEAMS)
    promise = terms.commitment("screens")
    assert (promise.name, promise.owner, promise.calendar, terms.calendar) == ("Screens", "lena", "office", "office")
    assert (terms.party("design").name, terms.person("marc").zone) == ("Design", "Europe/Berlin")
    assert len(TWO_TEAMS.read_text(encoding="utf-8").splitlines()) < 40
