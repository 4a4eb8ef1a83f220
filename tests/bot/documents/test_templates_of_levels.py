"""A level promise that names a template says no more than its threshold."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bot.documents import Faults
from bot.documents.templates import TEMPLATES
from slacore.calendars import Duration
from slacore.commitments import Level
from tests.bot.documents.files import company_x, terms_of

TWO_DAYS = Duration(2, "wd")
LOADED = {
    "availability": Level("availability", Fraction(99), "at least", unit="%", metric="availability", service="uptime"),
    "MTBF": Level("time between failures", Fraction(99), "at least", unit="hours", metric="MTBF", service="uptime"),
    "MTTR to restore": Level(
        "time to restore", Fraction(99), "at most", unit="hours", metric="time to restore", service="uptime"
    ),
    "MTTR to repair": Level(
        "time to repair", Fraction(99), "at most", unit="hours", metric="time to repair", service="uptime"
    ),
    "throughput": Level(
        "throughput", Fraction(99), "at least", "percentile", "Mbit/s", 5, lowest=Fraction(0), reading_due=TWO_DAYS
    ),
    "jitter": Level(
        "jitter", Fraction(99), "at most", "percentile", "ms", 95, lowest=Fraction(0), reading_due=TWO_DAYS
    ),
    "close rate": Level("close rate", Fraction(99), "at least", "good/total", "%", reading_due=TWO_DAYS),
    "revenue": Level("revenue", Fraction(99), "at least", "sum", "USD", reading_due=TWO_DAYS),
    "customer satisfaction": Level(
        "customer satisfaction", Fraction(99), "at least", "good/total", "%", reading_due=TWO_DAYS
    ),
}


def with_level(*lines: str) -> str:
    promise = "\n".join(
        f"    {line}" for line in ("kind: level", "giver: service", "receiver: sales", "period: month", *lines)
    )
    return company_x(("  friction-report:\n", f"  uptime:\n{promise}\n\n  friction-report:\n"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_template_fills_in_the_rest(template: str) -> None:
    expected = LOADED[template]
    side = expected.comparison.replace(" ", "_")
    terms = terms_of(with_level(f"template: {template}", f"{side}: 99 {expected.unit}"))
    assert terms.commitment("uptime").promise == expected


def test_what_a_promise_says_itself_wins() -> None:
    terms = terms_of(with_level("template: jitter", "at_most: 30 ms", "percentile: 99", "highest: 5000"))
    promise = terms.commitment("uptime").promise
    assert isinstance(promise, Level)
    assert (promise.percentile, promise.highest) == (99, Fraction(5000))


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (("template: latency", "at_most: 3 ms"), "template: is 'latency'"),
        (("template: jitter",), "has no threshold"),
        (("at_most: 3 ms", "aggregation: mean"), "indicator: is missing"),
        (("indicator: jitter", "at_most: 3 ms"), "aggregation: is missing"),
        (("template: jitter", "at_most: 3 ms", "service: shop"), "service: goes with computed_from: incidents"),
        (("template: jitter", "at_most: -3 ms"), "at_most: the threshold lies outside of the range"),
        (("template: jitter", "at_most: 3 ms", "lowest: 5 ms"), "lowest: '5 ms' is no bare number"),
        (("template: jitter", "at_most: 3 ms", "highest: -1"), "highest: it lies below the lowest"),
        (("template: MTBF", "at_least: 30 days", "due: last Friday 17:00"), "due: incidents are judged at the end"),
        (("template: MTBF", "at_least: 30 widgets"), "at_least: 'widgets' is no unit of time"),
        (("template: availability", "at_least: 99 hours"), "at_least: 'hours' is no unit of a share"),
    ],
)
def test_a_slip_is_told_with_its_place_and_its_mend(lines: tuple[str, ...], fault: str) -> None:
    with pytest.raises(Faults) as caught:
        terms_of(with_level(*lines))
    assert fault in str(caught.value)
