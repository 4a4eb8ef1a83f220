"""All five kinds of promise are written in one frame, and come out as the core knows them."""

from datetime import UTC, date, datetime, time
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from bot.documents.schema import schema
from bot.files import read_yaml
from slacore.agreements import Terms
from slacore.calendars import Calendar, Duration, HolidayRegion
from slacore.commitments import (
    Campaign,
    Checkpoints,
    Deliverable,
    FollowUps,
    Level,
    Outcome,
    Response,
    Unit,
    Volume,
    Worth,
)
from slacore.credits import Consequence, Repeated, Tier
from slacore.escalation import Policy, Step
from slacore.money import Money
from slacore.periods import PeriodRule, SlotRule
from tests.bot.documents.files import EVERYTHING, terms_of

KINDS = ("Volume", "Response", "FollowUp", "Deliverable", "Level")
FRAME = {"kind", "name", "giver", "receiver", "period", "due", "owner", "calendar", "intent", "source", "reporter"}
FRAME |= {"depends_on", "supports", "escalation", "consequence", "urgent"}


@pytest.fixture(scope="module")
def terms() -> Terms:
    return terms_of(EVERYTHING)


def test_a_quantity_each_period(terms: Terms) -> None:
    assert terms.commitment("screens").promise == Volume(
        target=1200,
        unit=Unit("screen", "screens", ("page", "pages")),
        silence_accepts_after=Duration(3, "wd"),
        checkpoints=Checkpoints(SlotRule(time(12), "nth", (10, 20)), (400, 800)),
        dispute_reasons=("broken",),
        latent_defects=("copied",),
        surplus_banks=True,
        worth=Worth(Fraction(1, 3), Money(150_000, "CHF"), Duration(45, "d")),
        campaigns=(Campaign("spring", "Spring", 300), Campaign("none-yet", "None yet")),
    )


def test_a_response_to_each_item(terms: Terms) -> None:
    assert terms.commitment("answers").promise == Response(
        first_within=Duration(4, "wh"),
        unit=Unit("incident", "incidents"),
        share=Fraction(95, 100),
        minimum_sample=20,
        resolved_within=Duration(2, "wd"),
        updated_every=Duration(90, "m"),
        outside_hours=Duration(8, "h"),
        outside_calendar="always",
        by_priority=(("critical", Duration(30, "wm")), ("low", Duration(3, "wd"))),
        resolved_by_priority=(("critical", Duration(8, "wh")),),
    )


def test_follow_ups_of_each_item(terms: Terms) -> None:
    assert terms.commitment("calls").promise == FollowUps(
        attempts=6,
        within=Duration(10, "wd"),
        unit=Unit("lead", "leads"),
        outcomes=(
            Outcome("won", "Won", final=True, counts_as="won", opens="welcome"),
            Outcome("no-answer", "No answer", final=False),
        ),
        cadence=(1, 2, 4, 7, 10),
        by_class=(("hot", (0, 1, 2)),),
        share=Fraction(95, 100),
        minimum_sample=20,
    )


def test_a_cadence_of_a_class_of_items(terms: Terms) -> None:
    promise = terms.commitment("calls").promise
    assert isinstance(promise, FollowUps)
    assert [promise.cadence_of(each) for each in ("Hot", "cold", "")] == [(0, 1, 2), (1, 2, 4, 7, 10), (1, 2, 4, 7, 10)]


def test_something_owed_once_an_outcome_has_come(terms: Terms) -> None:
    assert terms.commitment("welcome").promise == Deliverable(slots=None, thing="welcome", within=Duration(2, "wd"))


def test_a_duty_of_every_member(terms: Terms) -> None:
    assert terms.commitment("password").promise == Deliverable(
        slots=SlotRule(time(9), "nth", (1,), moved="no"),
        thing="changed password",
        evidence="none",
        by_every_member=True,
        sample=Fraction(1, 8),
        checked_by="bert",
        check_within=Duration(3, "wd"),
    )


def test_an_indicator_kept_above_a_threshold(terms: Terms) -> None:
    assert terms.commitment("uptime").promise == Level(
        indicator="availability",
        threshold=Fraction(9993, 100),
        comparison="at least",
        unit="%",
        metric="availability",
        service="web-shop",
    )


def test_a_mean_time_worked_out_from_incidents(terms: Terms) -> None:
    assert terms.commitment("repairs").promise == Level(
        indicator="time to restore",
        threshold=Fraction(4),
        comparison="at most",
        unit="hours",
        metric="time to restore",
        service="web-shop",
        reading_due=Duration(1, "wd"),
        excluded_counts=True,
    )


def test_an_indicator_kept_below_a_threshold(terms: Terms) -> None:
    assert terms.commitment("delay").promise == Level(
        indicator="jitter",
        threshold=Fraction(25, 2),
        comparison="at most",
        aggregation="percentile",
        unit="ms",
        percentile=95,
        lowest=Fraction(0),
        highest=Fraction(4001, 2),
        reading_due=Duration(2, "wd"),
    )


def test_the_frame_is_the_same_for_each(terms: Terms) -> None:
    promise = terms.commitment("screens")
    assert (promise.name, promise.giver, promise.receiver, promise.owner) == ("Screens", "host", "shop", "bert")
    assert (promise.period, promise.due) == (PeriodRule("quarter"), SlotRule(time(17), "last", (1,), working=True))
    assert (promise.calendar, promise.source, promise.reporter) == ("office", "Handoffs logged in the channel", "bert")
    assert (promise.depends_on, promise.supports) == (("answers",), ("uptime",))
    assert (promise.escalation, promise.consequence, promise.urgent) == ("gentle", "credit", True)
    assert promise.intent == "Something new to see each quarter."
    assert terms.commitment("calls").period == PeriodRule(days=30, anchor=date(2026, 10, 1))


def test_a_promise_that_names_nobody_is_its_giver_s_owner_s_in_the_giver_s_working_time(terms: Terms) -> None:
    promise = terms.commitment("uptime")
    assert (promise.owner, promise.calendar) == ("ada", "always")


def test_a_calendar_of_its_own_zone_and_days(terms: Terms) -> None:
    assert terms.calendars["office"] == Calendar(
        "Europe/London",
        {"Mon-Thu": "09:00-12:00, 13:00-17:00", "Fri": "09:00-12:00"},
        HolidayRegion("GB", "SCT", ("New Year Holiday",)),
        closed={date(2026, 12, 24): "Company holiday"},
        replaced={date(2026, 12, 31): "09:00-11:00", date(2026, 11, 30): "closed"},
        name="Office hours",
    )
    assert terms.calendars["always"].zone == "Europe/Berlin"


def test_a_step_of_a_ladder_is_as_high_as_whom_it_tells_unless_it_says_so(terms: Terms) -> None:
    assert terms.escalations["gentle"] == Policy(
        "gentle",
        (
            Step(-3, ("owner",), 0, only_if_at_risk=True),
            Step(0, ("owner", "contact"), 1),
            Step(4, ("counterparty", "manager", "sponsor", "channel"), 2),
        ),
        snoozes_allowed=1,
    )


def test_a_service_credit_by_tiers(terms: Terms) -> None:
    assert terms.consequence_of(terms.commitment("screens")) == Consequence(
        "credit",
        ("service credit", "recovery plan", "carry-over"),
        decider="rosa",
        plan_within=Duration(3, "wd"),
        tiers=(Tier(Fraction(999, 1000), Fraction(1, 10)), Tier(Fraction(99, 100), Fraction(1, 4))),
        charge=Money(200_000, "EUR"),
        cap=Fraction(1, 2),
        claim_within=Duration(60, "d"),
        minimum=Money(2_500, "EUR"),
        carry_at_most=4,
        repeated=(Repeated(3, Duration(365, "d"), "notice"), Repeated(5, Duration(500, "d"), "end")),
        applies="one of them",
        otherwise="notice",
    )


def test_a_signature_has_the_beginning_of_its_date_or_its_moment(terms: Terms) -> None:
    assert [signature.signed_at for signature in terms.signatures] == [
        datetime(2026, 9, 27, 22, tzinfo=UTC),
        datetime(2026, 9, 29, 12, 2, tzinfo=UTC),
    ]


def test_somebody_may_have_several_ids_on_a_platform(terms: Terms) -> None:
    assert terms.person("ada").identities == (("slack", "U024BE7LH"), ("web", "ada"), ("web", "ada-2"))


def test_one_file_of_these_tests_uses_every_key_there_is() -> None:
    described: dict[str, Any] = schema()
    unused = {(name, key) for name, section in described["$defs"].items() for key in section["properties"]}
    unused |= {("", key) for key in described["properties"]}
    unused -= {(kind, key) for kind in KINDS[1:] for key in FRAME - {"kind"}}  # the first one's will do

    def use(value: Any, expected: dict[str, Any], name: str = "") -> None:
        if "oneOf" in expected:
            kinds = [described["$defs"][each["$ref"].rpartition("/")[2]] for each in expected["oneOf"]]
            place = next(i for i, kind in enumerate(kinds) if kind["properties"]["kind"]["const"] == value["kind"])
            expected = expected["oneOf"][place]
        if "anyOf" in expected:
            expected = next((each for each in expected["anyOf"] if "$ref" in each and isinstance(value, dict)), {})
        if "$ref" in expected:
            name = expected["$ref"].rpartition("/")[2]
            expected = described["$defs"][name]
        for key, inner in value.items() if isinstance(value, dict) else ():
            unused.discard((name, key))
            use(inner, expected.get("properties", {}).get(key) or expected.get("additionalProperties") or {}, "")
        for inner in value if isinstance(value, list) else ():
            use(inner, expected.get("items", {}), "")

    use(read_yaml(EVERYTHING).value, described)
    assert unused == set()


def test_the_kinds_of_promise_share_their_frame() -> None:
    described: dict[str, Any] = schema()["$defs"]
    kinds = [set(described[name]["properties"]) for name in KINDS]
    assert all(kind >= FRAME for kind in kinds)
    assert all(
        one & other <= FRAME | {"unit", "slots", "share", "minimum_sample", "within"} for one, other in pairwise(kinds)
    )
