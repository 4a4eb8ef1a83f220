"""Charts of every kind for property tests: plausible ones, and whatever a type allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bot.chat.card import BarPanel, Chart, GoalPoint, PastPanel, PastPoint, VolumePanel
from tests.bot.chat import cards

STATES = ("on pace", "at risk", "behind", "met", "met late", "missed", "waived", "met, provisional", "provisional", "")
titles = st.one_of(
    cards.words, st.text(max_size=300), st.sampled_from(("Leads", "Leads " * 40, "商談" * 30, "🎯" * 50))
)
quantities = st.one_of(st.integers(0, 3), st.integers(0, 2_000), st.integers(0, 2 * 10**6), st.integers(-5, 10**18))


@st.composite
def volumes(draw: st.DrawFn) -> VolumePanel:
    """A promise over a period of an hour to two years, seen at any moment around it."""
    starts_at = draw(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
    length = timedelta(hours=draw(st.one_of(st.integers(1, 48), st.integers(1, 24 * 731))))
    part = st.floats(0, 1)
    now = starts_at + length * draw(st.floats(-0.5, 2))
    days = draw(st.lists(st.integers(0, max(1, (now - starts_at).days + 1)), max_size=40, unique=True).map(sorted))
    steps = draw(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), min_size=len(days), max_size=len(days)))
    accepted, counted, total = [], [], 0
    for day, (added, awaiting) in zip(days, steps, strict=True):
        total += added
        accepted.append(((starts_at + timedelta(days=day)).date(), total))
        counted.append(((starts_at + timedelta(days=day)).date(), total + awaiting))
    marks = draw(st.lists(part, max_size=draw(st.sampled_from((0, 4, 12, 60)))).map(sorted))
    target = draw(st.one_of(st.integers(1, 200), st.integers(1, 10**6)))
    return VolumePanel(
        title=draw(titles),
        unit=draw(titles),
        zone=draw(cards.zones),
        starts_at=starts_at,
        ends_at=starts_at + length,
        due_at=starts_at + length * draw(st.one_of(part, st.floats(0.8, 1))),
        now=now,
        target=target,
        accepted=tuple(accepted),
        counted=tuple(counted),
        goal=tuple(GoalPoint(starts_at + length * mark, round(target * mark)) for mark in marks),
        projected=draw(st.none() | st.tuples(quantities, quantities)),
        state=draw(st.sampled_from(STATES) | titles),
    )


bars = st.builds(BarPanel, titles, quantities, quantities, quantities, st.sampled_from(STATES) | titles)
points = st.builds(PastPoint, titles, st.none() | st.integers(-5, 3_000), titles, st.sampled_from(STATES) | titles)
pasts = st.builds(PastPanel, titles, st.lists(points, max_size=7).map(tuple))
plausible = st.builds(
    Chart,
    titles,
    titles,
    st.lists(volumes(), max_size=7).map(tuple),
    st.lists(bars, max_size=7).map(tuple),
    st.lists(cards.levels, max_size=7).map(tuple),
    st.lists(pasts, max_size=9).map(tuple),
)
anything = st.one_of(plausible, cards.charts)
