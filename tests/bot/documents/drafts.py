"""Random agreements as people might write them: every kind of promise, keys left out, spellings mixed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Draft = dict[str, Any]

IDS = st.integers(0, 9_999).map(lambda number: f"{'abz'[number % 3]}{number}{'-2' if number % 2 else ''}")
NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf"), include_characters=" "),
    min_size=1,
    max_size=8,
).filter(str.strip)
TEXTS = st.lists(NAMES, min_size=1, max_size=3).map("\n".join)
COUNTS = st.integers(1, 10**9)
DATES = st.dates(date(1970, 1, 2), date(2099, 12, 30)).map(date.isoformat)
ZONES = st.sampled_from(["UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"])
DURATIONS = st.builds(
    "{}{}".format, st.integers(0, 400), st.sampled_from(["wh", "wd", " wm", "h", "d", " working days", " minutes"])
)
SLOTS = st.sampled_from(
    [
        "last four Fridays 17:00",
        "every Friday 16:00",
        "last working day 12:00",
        "1st and 15th 9am",
        "3rd working day 12:00, or the working day after",
        "day 5 of each week 17:00",
        "first Monday 09:00, not moved",
    ]
)
DUE = st.sampled_from(["last Friday 17:00", "25th 12:00", "last working day 5pm", "second Tuesday 08:30"])
PERIODS = st.sampled_from(
    ["day", "week", "monthly", "quarter", "every year", "every 10 days from 2026-10-01", "every 1 day from 1999-12-31"]
)
SHARES = st.one_of(
    st.builds("{} %".format, st.integers(0, 100)),
    st.builds("{}.{}%".format, st.integers(0, 99), st.integers(0, 999)),
    st.tuples(st.integers(1, 50), st.integers(50, 10**6)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
)
PRICES = st.one_of(
    st.builds("${}".format, st.integers(0, 10**9)),
    st.builds("{:,}.{:02d} EUR".format, st.integers(0, 10**6), st.integers(0, 99)),
    st.builds("JPY {}".format, st.integers(0, 10**6)),
)
THRESHOLDS = st.one_of(
    COUNTS,
    st.builds("{:,}.{} %".format, st.integers(0, 10**6), st.integers(0, 10**6)),
    st.builds("-{}/{} {}".format, st.integers(0, 99), st.integers(1, 99), st.sampled_from(["hours", "ms", "€/seat"])),
)
HOURS = st.sampled_from(["09:00-17:00", "9-12, 13-17", "22:00-06:00", "24h", "00:00-24:00"])
WEEKS = st.one_of(
    st.fixed_dictionaries({"Mon-Fri": HOURS}),
    st.fixed_dictionaries({"Mon": HOURS, "wednesday": HOURS, "Fri": st.just("09:00-12:00")}),
    st.fixed_dictionaries({"daily": st.just("08:00-20:00")}),
)
REGIONS = st.sampled_from(["US", "US-NY", "DE-BE", "GB-SCT", "NP"])
UNITS = st.one_of(
    NAMES,
    st.fixed_dictionaries({"singular": NAMES}, optional={"plural": NAMES, "aliases": st.lists(NAMES, max_size=2)}),
)
STEPS = st.fixed_dictionaries(
    {
        "when": st.sampled_from(["due", "2wd before", "1 wd after", "10wd after"]),
        "whom": st.lists(
            st.sampled_from(["owner", "contact", "counterparty", "manager", "sponsor", "channel"]),
            min_size=1,
            max_size=4,
        ),
    },
    optional={"level": st.integers(0, 5), "only_if_at_risk": st.booleans()},
)
OPTIONS = st.lists(st.sampled_from(["recovery plan", "carry-over", "service credit", "notice"]), min_size=1, max_size=3)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A valid agreement: whoever and whatever it names is declared in it."""
    people = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    parties = draw(st.lists(IDS, min_size=2, max_size=3, unique=True))
    calendars = draw(st.lists(IDS, min_size=1, max_size=2, unique=True))
    promises = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    someone, several = st.sampled_from(people), st.lists(st.sampled_from(people), max_size=3)
    consequences = draw(st.lists(IDS, max_size=2, unique=True))
    ladders = draw(st.lists(st.sampled_from(["default", "gentle"]), max_size=2, unique=True))
    sides = [tuple(draw(st.permutations(parties))[:2]) for _ in promises]
    starts = draw(DATES)
    commitments: Draft = {}
    for place, slug in enumerate(promises):
        frame = {"period": draw(PERIODS), "giver": sides[place][0], "receiver": sides[place][1]}
        optional: Draft = {
            "name": NAMES,
            "owner": someone,
            "calendar": st.sampled_from(calendars),
            "intent": TEXTS,
            "source": TEXTS,
            "reporter": someone,
            "depends_on": st.lists(st.sampled_from(promises[:place]), max_size=2) if place else st.just([]),
            "escalation": st.sampled_from(["default", *ladders]),
            "urgent": st.booleans(),
        }
        if consequences:
            optional["consequence"] = st.sampled_from(consequences)
        commitments[slug] = frame | draw(st.fixed_dictionaries({}, optional=optional)) | draw(PROMISES)
    deliverables = [slug for slug, each in commitments.items() if each["kind"] == "deliverable"]
    draft: Draft = {
        "agreement": draw(IDS),
        "name": draw(NAMES),
        "zone": draw(ZONES),
        "effective_on": starts,
        "people": {id_: draw(_person()) for id_ in people},
        "parties": {slug: draw(_party(slug, someone, several, calendars)) for slug in parties},
        "calendars": {slug: draw(_calendar()) for slug in calendars},
        "commitments": commitments,
        "sponsor": draw(someone),
        **draw(st.fixed_dictionaries({}, optional=_around(someone, several, parties, starts))),
    }
    if len(calendars) > 1 or draw(st.booleans()):
        draft["calendar"] = draw(st.sampled_from(calendars))
    if consequences:
        draft["consequences"] = {slug: draw(_consequence(someone)) for slug in consequences}
    if ladders:
        draft["escalations"] = {slug: {"steps": draw(st.lists(STEPS, min_size=1, max_size=3))} for slug in ladders}
    if deliverables:
        draft["reports"] = [
            {"slots": draw(SLOTS), "reporter": draw(someone), "commitment": each} for each in deliverables
        ]
    return draft


def _person() -> st.SearchStrategy[Draft]:
    ids = st.one_of(NAMES, st.lists(NAMES, min_size=1, max_size=2))
    platforms = st.dictionaries(st.sampled_from(["slack", "teams", "web"]), ids, max_size=2)
    return st.fixed_dictionaries(
        {"name": NAMES},
        optional={
            "title": NAMES,
            "zone": ZONES,
            "identities": platforms,
            "email": st.just("amy@example.com"),
            "to_be_named": st.booleans(),
        },
    )


def _party(slug: str, someone: Any, several: Any, calendars: list[str]) -> st.SearchStrategy[Draft]:
    return st.fixed_dictionaries(
        {"owner": someone},
        optional={
            "name": NAMES.map(lambda name: f"{name} {slug}"),  # two parties are never called the same
            "kind": st.sampled_from(["team", "customer", "supplier"]),
            "deputies": several,
            "members": several,
            "contact": someone,
            "manager": someone,
            "signatory": someone,
            "reviewers": several,
            "calendar": st.sampled_from(calendars),
            "staffing": st.fixed_dictionaries(
                {"reps": st.integers(1, 99), "hours": st.integers(1, 744), "minutes": st.integers(1, 600)},
                optional={"prospecting": SHARES, "expected": st.sampled_from([1, 3, "2.5"])},
            ),
        },
    )


def _calendar() -> st.SearchStrategy[Draft]:
    day = date(2026, 3, 1)
    days = st.integers(0, 300).map(lambda after: (day + timedelta(days=after)).isoformat())
    later = st.integers(301, 600).map(lambda after: (day + timedelta(days=after)).isoformat())
    return st.fixed_dictionaries(
        {"hours": WEEKS},
        optional={
            "name": NAMES,
            "zone": ZONES,
            "holidays": REGIONS,
            "closed": st.dictionaries(days, NAMES, max_size=2),
            "replaced": st.dictionaries(later, st.one_of(HOURS, st.just("closed")), max_size=2),
        },
    )


def _consequence(someone: Any) -> st.SearchStrategy[Draft]:
    tiers = st.lists(st.fixed_dictionaries({"attained_below": SHARES, "share": SHARES}), max_size=2)
    optional: Draft = {"decider": someone, "plan_within": DURATIONS, "tiers": tiers, "charge": PRICES, "cap": SHARES}
    optional["applies"] = st.sampled_from(["one of them", "all of them"])
    plain = st.fixed_dictionaries({"options": OPTIONS}, optional=optional)
    follows = {"options": st.just(["recovery plan"]), "plan_within": DURATIONS, "otherwise": st.just("carry-over")}
    return st.one_of(plain, st.fixed_dictionaries(follows))


def _around(someone: Any, several: Any, parties: list[str], starts: str) -> Draft:
    channel = st.fixed_dictionaries(
        {"platform": st.sampled_from(["slack", "teams", "web"]), "id": NAMES},
        optional={"name": NAMES, "parties": st.lists(st.sampled_from(parties), max_size=2)},
    )
    return {
        "kind": st.sampled_from(["SLA", "OLA", "underpinning contract"]),
        "level": st.sampled_from(["corporate", "customer", "service"]),
        "objective": TEXTS,
        "legally_binding": st.booleans(),
        "ends_on": st.just(starts),
        "end_notice": st.lists(st.integers(1, 366), min_size=1, max_size=3, unique=True),
        "observers": several,
        "services": st.lists(TEXTS, max_size=2),
        "exclusions": st.lists(TEXTS, max_size=2),
        "definitions": st.dictionaries(
            NAMES.map(lambda name: " ".join(name.split())),
            st.fixed_dictionaries({"means": TEXTS}, optional={"criteria": st.lists(TEXTS, max_size=2)}),
            max_size=2,
        ),
        "channels": st.lists(channel, max_size=2),
        "review": st.fixed_dictionaries({"slots": SLOTS}, optional={"participants": several, "quorum": st.just(2)}),
    }


def _limit(kind: str) -> st.SearchStrategy[Draft]:
    frame: Draft = {"kind": st.just("level"), "indicator": NAMES}
    of_incidents: Draft = {**frame, "computed_from": st.just("incidents")}
    share = st.builds("{}.{} %".format, st.integers(0, 99), st.integers(0, 10**6))
    hours = st.builds("{} {}".format, COUNTS, st.sampled_from(["hours", "min", "d"]))
    times = st.sampled_from(["MTBF", "MTBSI", "time to restore", "time to repair"])
    return st.one_of(
        st.fixed_dictionaries({**of_incidents, kind: share}, optional={"service": IDS, "reading_due": DURATIONS}),
        st.fixed_dictionaries(
            {**of_incidents, kind: hours, "metric": times}, optional={"excluded_counts": st.booleans()}
        ),
        st.fixed_dictionaries(
            {**frame, kind: THRESHOLDS, "aggregation": st.sampled_from(["sum", "mean", "last", "min", "max"])},
            optional={"lowest": st.just("-1,000,000,000"), "highest": st.just(10**9), "reading_due": DURATIONS},
        ),
        st.fixed_dictionaries(
            {**frame, kind: THRESHOLDS, "aggregation": st.just("percentile"), "percentile": st.integers(1, 99)}
        ),
        st.fixed_dictionaries({"kind": st.just("level"), "template": st.just("close rate"), kind: share}),
    )


_CHECKPOINTS = st.sampled_from(
    [
        {"slots": "last four Fridays 17:00", "quantities": [25, 50, 75, 100]},
        {"slots": "every working day 12:00", "quantities": [1, 2, 3]},
    ]
)
_CAMPAIGNS = st.dictionaries(IDS, st.fixed_dictionaries({"name": NAMES}, optional={"goal": COUNTS}), max_size=2)
_OUTCOMES = st.just(
    {"won": {"name": "Won", "final": True, "counts_as": "won"}, "later": {"name": "Later", "final": False}}
)
_WHOSE = st.one_of(  # the friction report is one report of one reporter
    st.fixed_dictionaries({}, optional={"by_every_member": st.booleans(), "report": st.booleans()}),
    st.fixed_dictionaries({"friction": st.booleans()}),
    st.fixed_dictionaries({"of_both": st.booleans()}),
)
PROMISES: st.SearchStrategy[Draft] = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just("volume"),
            "target": st.integers(100, 10**9),
            "unit": UNITS,
            "silence_accepts_after": DURATIONS,
        },
        optional={
            "due": DUE,
            "checkpoints": _CHECKPOINTS,
            "dispute_reasons": st.lists(NAMES, max_size=2),
            "latent_defects": st.lists(NAMES, max_size=2),
            "surplus_banks": st.booleans(),
            "worth": st.fixed_dictionaries({"close_rate": SHARES, "average_sale": PRICES}),
            "campaigns": _CAMPAIGNS,
        },
    ),
    st.fixed_dictionaries(
        {"kind": st.just("response"), "first_within": DURATIONS, "unit": UNITS},
        optional={
            "share": SHARES,
            "minimum_sample": COUNTS,
            "resolved_within": DURATIONS,
            "updated_every": DURATIONS,
            "outside_hours": DURATIONS,
            "resolved_by_priority": st.dictionaries(
                NAMES.map(lambda name: " ".join(name.split())), DURATIONS, max_size=2
            ),
            "by_priority": st.dictionaries(NAMES.map(lambda name: " ".join(name.split())), DURATIONS, max_size=2),
        },
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("follow-up"),
            "attempts": st.integers(5, 99),
            "within": DURATIONS,
            "unit": UNITS,
            "outcomes": _OUTCOMES,
        },
        optional={"share": SHARES, "minimum_sample": COUNTS},
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("follow-up"),
            "attempts": st.integers(5, 99),
            "within": st.just("10wd"),
            "unit": UNITS,
            "outcomes": _OUTCOMES,
            "cadence": st.just([1, 2, 4, 7, 10]),
        },
        optional={"by_class": st.dictionaries(IDS, st.just([0, 3]), max_size=2)},
    ),
    st.tuples(
        st.fixed_dictionaries(
            {"kind": st.just("deliverable"), "slots": SLOTS, "thing": NAMES},
            optional={"evidence": st.sampled_from(["any", "text", "link", "file", "none"])},
        ),
        _WHOSE,
    ).map(lambda parts: parts[0] | parts[1]),
    _limit("at_least"),
    _limit("at_most"),
)
