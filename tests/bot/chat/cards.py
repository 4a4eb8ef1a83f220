"""Cards of every shape, for property tests: hostile text, empty parts, deep tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bot.chat.card import (
    BarPanel,
    Button,
    Card,
    Chart,
    Fact,
    Field,
    File,
    Form,
    GoalPoint,
    LevelPanel,
    Mention,
    Moment,
    Note,
    Option,
    PastPanel,
    PastPoint,
    Strong,
    Table,
    Text,
    VolumePanel,
)
from bot.chat.talk import Place

HOSTILE = (
    "<script>alert(1)</script>",
    "</p></div><img src=x onerror=alert(1)>",
    "\"><svg onload='x'>",
    "' onmouseover='x",
    "&lt;b&gt; &amp; &#x3c;",
    "<!channel> @everyone *bold* _it_ `code` [a](javascript:x)",
    "]]> --> <!-- <![CDATA[",
    "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "👩🏽\u200d🚀🇨🇭",
    "\x00\x01\x1b[31m\x7f\x85\ufffe\ud800",
    "{{ 7*7 }}{% raw %} {0} %s",
    "",
)
words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.text(alphabet="<>&\"'/=a ", max_size=20))
moments = st.datetimes(
    min_value=datetime(1999, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
zones = st.sampled_from(("UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"))
spans = st.lists(
    st.one_of(
        words,
        st.builds(Strong, words),
        st.builds(Moment, moments, st.sampled_from(("day", "day and time", "time")), zones),
        st.builds(Mention, words, words, st.booleans()),
    ),
    max_size=4,
).map(tuple)
quantities = st.integers(0, 10**12)
days = st.lists(st.tuples(st.dates(), quantities), max_size=3).map(tuple)
volumes = st.builds(
    VolumePanel,
    title=words,
    unit=words,
    zone=zones,
    starts_at=moments,
    ends_at=moments,
    due_at=moments,
    now=moments,
    target=quantities,
    accepted=days,
    counted=days,
    goal=st.lists(st.builds(GoalPoint, moments, quantities), max_size=3).map(tuple),
    projected=st.none() | st.tuples(quantities, quantities),
    state=words,
)
bars = st.builds(BarPanel, words, quantities, quantities, quantities, words)
levels = st.builds(
    LevelPanel,
    title=words,
    comparison=st.sampled_from(["at least", "at most"]),
    attained=st.none() | st.integers(-(10**18), 10**18),
    threshold=st.integers(-(10**18), 10**18),
    reach=st.integers(0, 10**18),
    attained_words=words,
    threshold_words=words,
    state=words,
)
pasts = st.builds(
    PastPanel,
    words,
    st.lists(st.builds(PastPoint, words, st.none() | st.integers(-5, 10**9), words, words), max_size=8).map(tuple),
)
charts = st.builds(
    Chart,
    words,
    words,
    st.lists(volumes, max_size=2).map(tuple),
    st.lists(bars, max_size=2).map(tuple),
    st.lists(levels, max_size=2).map(tuple),
    st.lists(pasts, max_size=2).map(tuple),
)
tables = st.builds(
    Table,
    st.lists(words, max_size=3).map(tuple),
    st.lists(st.lists(spans, max_size=3).map(tuple), max_size=3).map(tuple),
    words,
    st.lists(st.integers(0, 3), max_size=2).map(tuple),
)
files = st.builds(File, words, words, st.lists(words, max_size=3).map(tuple), words)
blocks = st.one_of(st.builds(Text, spans), st.builds(Note, spans), st.builds(Fact, words, spans), tables, charts, files)
buttons = st.builds(
    Button,
    words,
    words,
    st.sampled_from(("plain", "primary", "danger")),
    st.none() | st.integers(0, 10**6),
    st.lists(words, max_size=2).map(tuple),
)
tones = st.sampled_from(("plain", "good", "warning", "bad"))
cards = st.builds(
    Card,
    words,
    words,
    st.lists(blocks, max_size=4).map(tuple),
    st.lists(buttons, max_size=3).map(tuple),
    tones,
    words,
)
fields = st.builds(
    Field,
    words,
    words,
    st.sampled_from(("text", "long text", "whole number", "date", "moment", "choice", "person", "channel", "file")),
    words,
    words,
    st.booleans(),
    st.lists(st.builds(Option, words, words), max_size=3).map(tuple),
    words,
    st.lists(st.sampled_from(("csv", "pdf", "docx")), max_size=3).map(tuple),
)
forms = st.builds(
    Form,
    words,
    words,
    st.lists(fields, max_size=4).map(tuple),
    words,
    spans,
    st.lists(st.tuples(words, words), max_size=3).map(tuple),
    st.none() | st.integers(0, 10**6),
)
places = st.builds(
    Place,
    words,
    st.sampled_from(("slack", "teams", "web")),
    st.sampled_from(("channel", "direct")),
    words,
    words,
    words,
)

STARTS = datetime(2026, 10, 16, 14, 2, tzinfo=UTC)


def receipt(key: str = "H-41", quantity: int = 25) -> Card:
    """A handoff's receipt as the house says it: the card that is on the hot path."""
    return Card(
        title=f"{key} · Marketing → Sales · {quantity} qualified leads",
        summary=f"{key}: marketing handed {quantity} qualified leads to sales.",
        blocks=(
            Text(("Logged by ", Mention("josh", "Josh"), ", ", Moment(STARTS, "day", "America/New_York"), ".")),
            Fact("October", (Strong("18"), f" accepted + {quantity} awaiting = ", Strong("43"), " of 50 due today")),
            Note(
                (
                    "Waiting for ",
                    Mention("amy", "Amy", calls=True),
                    "; accepted ",
                    Moment(STARTS + timedelta(days=4), zone="America/New_York"),
                    " if nobody objects.",
                )
            ),
        ),
        buttons=(
            Button(f"Accept all {quantity}", f"accept {key}", "primary", 1, ("amy", "priya", "tom")),
            Button("Accept some…", f"accept {key} some", "plain", 1, ("amy", "priya", "tom")),
            Button("Dispute…", f"dispute {key}", "danger", 1, ("amy", "priya", "tom")),
        ),
        ref=key,
    )
