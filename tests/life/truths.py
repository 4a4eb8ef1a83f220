"""What has to be true of a company at every moment, told from its raw rows alone.

Nothing here asks the product where anything stands: sums are added up, and days counted, anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from bot.store import tables
from slacore.agreements import Terms
from slacore.handoffs import Piles
from tests.life.rows import Rows

ZONE = ZoneInfo("America/New_York")
CHARGE, CAP = 33_333, Fraction(45, 100)
TIERS = ((Fraction(7, 10), Fraction(333, 1000)), (Fraction(1), Fraction(105, 1000)))
WEEK = timedelta(days=7)
MENDED = ("reports", "answers")
"""The promises of which a miss brings one of two: a recovery plan, or a notice."""
DECIDED = ("excused", "withdrawn")
NEXT = {
    "accrued": {"claimed", "expired", "reversed"},
    "claimed": {"approved", "refused", "reversed"},
    "approved": {"applied", "reversed"},
    "applied": {"reversed"},
}
"""What may become of a credit, by what it is."""


def nothing_is_in_force_unsigned_or_early(rows: Rows, terms: dict[int, Terms]) -> None:
    """Whatever is owed began under the version that was signed by all, and had begun, by then."""
    signed: dict[int, dict[str, datetime]] = defaultdict(dict)
    for each in rows.of(tables.signatures):
        signed[each["version"]][each["party"]] = each["signed_at"]
    whole = {version: max(names.values()) for version, names in signed.items() if len(names) == 2}
    for owed in rows.of(tables.obligations):
        version, opens_at = owed["version"], owed["opens_at"]
        assert version in whole, f"O-{owed['number']} is owed under version {version}, which is not signed"
        assert whole[version] <= opens_at, f"O-{owed['number']} began before version {version} was signed"
        assert terms[version].effective_on <= opens_at.astimezone(ZONE).date(), f"O-{owed['number']} began too early"
        if owed["kind"] not in ("period", "slot"):
            continue
        first = owed["period_starts_on"]
        known = sorted((number for number, at in whole.items() if at <= opens_at), reverse=True)
        begun = [number for number in known if terms[number].effective_on <= first]
        within = [number for number in reversed(known) if first < terms[number].effective_on < first + WEEK]
        assert version == (begun or within)[0], f"O-{owed['number']} is owed under version {version}"


def credits_add_up(rows: Rows) -> None:
    """No miss has two credits that stand, no period more than its cap; each ledger is what its credit stands for."""
    entries: dict[int, list[RowMapping]] = defaultdict(list)
    for each in rows.of(tables.credit_entries, "credit", "seq"):
        entries[each["credit"]].append(each)
    of_period: Counter[date] = Counter()
    standing: Counter[int] = Counter()
    for credit in rows.of(tables.credits, "number"):
        ledger = entries[credit["number"]]
        seqs = [each["seq"] for each in ledger]  # a credit that got more time to be claimed skips one
        assert seqs[0] == 1
        assert all(before < after for before, after in pairwise(seqs)), seqs
        words = [each["happened"] for each in ledger]
        assert words[0] == "accrued"
        assert words[-1] == credit["status"]
        assert all(after in NEXT[before] for before, after in pairwise(words)), words
        paid = credit["status"] in ("accrued", "claimed", "approved", "applied")
        stands = credit["amount"] if paid else 0
        assert sum(each["amount"] for each in ledger) == stands, f"K-{credit['number']}"
        assert 0 < credit["amount"] <= credit["worth"]
        of_period[credit["period_starts_on"]] += stands
        standing[credit["breach"]] += paid
    assert all(amount <= round(CHARGE * CAP) for amount in of_period.values()), of_period
    assert all(count <= 1 for count in standing.values()), standing


def credits_are_what_misses_are_worth(rows: Rows, targets: dict[date, int]) -> None:
    """A credit that stands is that of a miss that counts, and worth what the tier of what was attained says."""
    breaches = {each["number"]: each for each in rows.of(tables.breaches)}
    owed = {each["number"]: each for each in rows.of(tables.obligations)}
    disputed = {each["breach"] for each in rows.of(tables.breach_disputes) if each["ended_at"] is None}
    piles = handed_over(rows)
    given = {each["breach"] for each in rows.of(tables.credits)}
    for credit in rows.of(tables.credits):
        breach = breaches[credit["breach"]]
        if credit["status"] in ("reversed", "refused", "expired") or breach["number"] in disputed:
            continue
        assert counts(breach), f"K-{credit['number']} stands for B-{breach['number']}, which does not count"
        attained = Fraction(0)
        if breach["commitment"] == "leads":
            first = owed[breach["obligation"]]["period_starts_on"]
            attained = Fraction(piles[first, False].accepted, targets[first])
        share = next((share for below, share in TIERS if attained < below), Fraction(0))
        assert credit["worth"] == round(CHARGE * share), f"K-{credit['number']}: {attained} of the target"
    for number, breach in breaches.items():
        first, kind = (owed[breach["obligation"]][each] for each in ("period_starts_on", "kind"))
        pays = breach["commitment"] in ("leads", "plans") and kind in ("period", "slot")
        if pays and counts(breach) and number not in disputed | given:
            used = [each for each in rows.of(tables.credits) if each["period_starts_on"] == first]
            assert sum(each["amount"] for each in used) >= round(CHARGE * CAP), f"B-{number} has no credit"


def counts(breach: RowMapping) -> bool:
    """Whether anything follows from a miss."""
    return bool(
        not breach["provisional"] and not breach["excused_at"] and not breach["made_good_at"] and breach["shortfall"]
    )


def handed_over(rows: Rows) -> dict[tuple[date, bool], Piles]:
    """The leads of each week, in time and late, added up from every line of every ledger."""
    handoffs = {each["number"]: each for each in rows.of(tables.handoffs)}
    piles: defaultdict[tuple[date, bool], Piles] = defaultdict(Piles)
    for each in rows.of(tables.handoff_entries):
        handoff = handoffs[each["handoff"]]
        change = Piles(each["accepted"], each["awaiting"], each["disputed"])
        piles[handoff["period_starts_on"], bool(handoff["late"])] += change
    return piles


def clocks_go_on(rows: Rows, now: datetime, targets: dict[date, int]) -> None:
    """Whatever is due is decided, disputes or not: only what was handed over and is not settled keeps a week open."""
    piles = handed_over(rows)
    breaches = {each["obligation"]: each for each in rows.of(tables.breaches)}
    for owed in rows.of(tables.obligations):
        number, state = owed["number"], owed["state"]
        look = owed["look_again_at"]
        assert look is None or look > now, f"O-{number} was to be looked at by {look}, and it is {now}"
        if owed["kind"] in ("step", "acceptance", "slot"):
            if owed["due_at"] <= now:
                assert state not in ("open", "at risk"), f"O-{number} is {state}, and was due {owed['due_at']}"
            elif state in ("open", "at risk"):
                assert look is not None, f"O-{number} is never looked at"
                assert look <= owed["due_at"]
        if owed["kind"] in ("step", "slot") and state == "missed":
            assert number in breaches, f"O-{number} is missed, without a breach"
        if owed["kind"] == "period" and owed["commitment"] == "leads" and state not in DECIDED:
            first = owed["period_starts_on"]
            week_of_leads(owed, breaches.get(number), piles[first, False], piles[first, True], targets[first], now)


def week_of_leads(
    owed: RowMapping, breach: RowMapping | None, in_time: Piles, late: Piles, target: int, now: datetime
) -> None:
    """A week's promise is kept, missed or open as the sum of its ledgers says."""
    told = f"O-{owed['number']} is {owed['state']}: {in_time}, late {late}, of {target}"
    if in_time.accepted >= target:
        assert owed["state"] == "kept", told
    elif owed["due_at"] > now or in_time.total >= target:
        assert owed["state"] in ("open", "at risk") or owed["missed_at"] is not None, told
    else:
        assert owed["state"] == "missed", told
        assert breach is not None, told
        every = in_time + late
        if not breach["provisional"]:
            assert breach["shortfall"] == target - in_time.counted, f"{told}; short by {breach['shortfall']}"
        if not every.awaiting and not every.disputed:
            assert not breach["provisional"], told
            assert bool(breach["made_good_at"]) == (every.accepted >= target), told


def tallies_are_the_sum_of_every_ledger(rows: Rows) -> None:
    """What is read for a standing is what adding up every line gives."""
    kept = {
        (each["period_starts_on"], bool(each["late"])): Piles(each["accepted"], each["awaiting"], each["disputed"])
        for each in rows.of(tables.tallies)
    }
    anew = handed_over(rows)
    for key in kept.keys() | anew.keys():
        assert kept.get(key, Piles()) == anew.get(key, Piles()), key


def what_is_carried_over_is_missing_elsewhere(rows: Rows) -> None:
    """A miss is carried over once, never by more than it lacks, and not at all once nothing follows from it."""
    breaches = {each["number"]: each for each in rows.of(tables.breaches)}
    entries: dict[int, list[int]] = defaultdict(list)
    into: Counter[date] = Counter()
    for each in rows.of(tables.carry_entries, "breach", "seq"):
        entries[each["breach"]].append(each["units"])
        into[each["to_starts_on"]] += each["units"]
        assert each["from_starts_on"] < each["to_starts_on"]
    for number, units in entries.items():
        breach = breaches[number]
        assert units[0] > 0, f"B-{number}"
        assert all(each < 0 for each in units[1:]), f"B-{number}"
        if not breach["provisional"]:
            assert 0 <= sum(units) <= (breach["shortfall"] if counts(breach) else 0), f"B-{number}: {units}"
    carried: Counter[date] = Counter()
    for tally in rows.of(tables.tallies):
        carried[tally["period_starts_on"]] += tally["carried"]
    assert +carried == +into


def plans_are_agreed_by_both_to_what_they_are(rows: Rows) -> None:
    """A plan's steps are owed once both sides agreed to all of them, and not before."""
    said: dict[str, set[str]] = defaultdict(set)
    for line in rows.of(tables.audit, "seq"):
        if line["what"] in ("StepAdded", "StepDropped"):
            said[line["subject"]] = set()
        if line["what"] == "PlanAgreed":
            said[line["subject"]] |= {"marketing"} if line["actor"] in ("josh", "nina") else {"sales"}
    steps = rows.of(tables.plan_steps)
    of = [each["subject"].partition(".")[0] for each in rows.of(tables.obligations) if each["kind"] == "step"]
    owed = Counter(of)
    for plan in rows.of(tables.recovery_plans):
        key = f"P-{plan['number']}"
        own = [each for each in steps if each["plan"] == plan["number"]]
        agreed = plan["state"] == "agreed"
        assert agreed == (len(said[key]) == 2), key
        assert owed[key] == (len(own) if agreed else 0), key
        assert all((each["obligation"] is not None) == agreed for each in own), key


def what_was_chosen_closes_the_other(rows: Rows) -> None:
    """Of two ways one is chosen, and the other is not gone: no plan is owed, no notice given, unless it follows."""
    chosen = {each["breach"]: each["option"] for each in rows.of(tables.choices)}
    followed = {each["breach"]: each["followed"] for each in rows.of(tables.plan_times)}
    mended = {each["number"] for each in rows.of(tables.breaches) if each["commitment"] in MENDED}
    assert chosen.keys() <= mended
    for plan in rows.of(tables.recovery_plans):
        if plan["breach"] in mended and plan["state"] == "agreed":
            assert chosen.get(plan["breach"]) == "recovery plan", f"P-{plan['number']}"
    for notice in rows.of(tables.notices):
        assert "notice" in (chosen.get(notice["breach"]), followed.get(notice["breach"])), f"B-{notice['breach']}"


def no_plan_was_agreed_where_its_time_is_said_to_be_over(rows: Rows, now: datetime) -> None:
    """The time for a plan runs from the choice, lapses once and not before its end, and only without a plan."""
    chosen = {each["breach"]: each for each in rows.of(tables.choices)}
    agreed = {each["breach"]: each["number"] for each in rows.of(tables.recovery_plans) if each["state"] == "agreed"}
    yes: dict[int, datetime] = {}
    for each in rows.of(tables.plan_agreements, "agreed_at"):
        yes[each["plan"]] = each["agreed_at"]
    for time in rows.of(tables.plan_times):
        choice, lapsed = chosen[time["breach"]], time["lapsed_at"]
        assert choice["option"] == "recovery plan"
        assert time["until"] >= working_days_on(choice["at"], 2), f"B-{time['breach']}"
        if lapsed is not None:
            assert time["until"] <= lapsed <= now
            assert time["breach"] not in agreed or yes[agreed[time["breach"]]] >= lapsed, f"B-{time['breach']}"


def may_choose(rows: Rows, breach: RowMapping, option: str) -> bool:
    """Whether a way is there to be chosen: of what counts, is not disputed, and, for a notice, has none."""
    if any(each["breach"] == breach["number"] and not each["ended_at"] for each in rows.of(tables.breach_disputes)):
        return False
    return counts(breach) and option in ("recovery plan", "notice") and breach["commitment"] in MENDED


def steps_lie_ahead_when_they_are_taken_on(rows: Rows) -> None:
    """Nobody can be made to owe something by a moment that had passed when it was agreed."""
    for owed in rows.of(tables.obligations):
        if owed["kind"] == "step":
            assert owed["due_at"] > owed["opens_at"], f"O-{owed['number']} was due before it was owed"


def may_dispute(rows: Rows, breach: RowMapping, who: str, now: datetime) -> bool:
    """Whether somebody can say of a miss that it is none: of the side that missed, once, within five working days."""
    owed = next(each for each in rows.of(tables.obligations) if each["number"] == breach["obligation"])
    own = {"marketing": {"josh", "nina"}, "sales": {"amy", "priya"}}[breach["party"]] | {owed["owner"]}
    known = any(each["breach"] == breach["number"] for each in rows.of(tables.breach_disputes))
    return who in own and not breach["excused_at"] and not known and now <= working_days_on(breach["recorded_at"], 5)


def working_days_on(since: datetime, wanted: int) -> datetime:
    """When so many working dates, Monday to Friday, have closed at five in the afternoon since an instant."""
    day, local = since.astimezone(ZONE).date(), since.astimezone(ZONE)
    while True:
        closes = datetime(day.year, day.month, day.day, 17, tzinfo=ZONE)
        if day.weekday() < 5 and day > local.date():
            wanted -= 1
            if not wanted:
                return closes
        day += timedelta(days=1)


def may_credit(rows: Rows, credit: RowMapping, who: str, verb: str, now: datetime) -> bool:
    """Whether somebody can take a credit one step on: in order, in time, and while nobody disputes its miss."""
    if any(each["breach"] == credit["breach"] and not each["ended_at"] for each in rows.of(tables.breach_disputes)):
        return False
    match verb:
        case "claim":
            return credit["status"] == "accrued" and who in ("amy", "priya") and now < credit["claim_until"]
        case "approve" | "refuse":
            return credit["status"] == "claimed" and who in ("morgan", "josh")
        case "apply":
            return credit["status"] == "approved" and who in ("josh", "nina")
    raise ValueError(verb)
