"""Whatever the values, a card is whole: it has a title, a summary, and buttons that the command table understands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.cards import (
    agreements,
    breaches,
    capacities,
    confirmations,
    digests,
    duplicates,
    healths,
    histories,
    mine,
    owed,
    plans,
    receipts,
    refusals,
    reports,
    statuses,
    welcomes,
    words,
)
from bot.cards.duties import Duty
from bot.cards.escalations import Seen, Told, escalation
from bot.cards.lines import Overview
from bot.cards.nudges import nudge
from bot.cards.whys import NextStep
from bot.chat import wire
from bot.chat.card import Card, Chart
from bot.chat.plain import text_of
from bot.commands.grammar import parse
from bot.commands.table import COMMANDS
from bot.commands.vocabulary import CommitmentName, Names, PartyName, Vocabulary
from bot.documents import Change
from slacore import handoffs, planner
from slacore.agreements import Agreement, Terms, Version
from slacore.breaches import Breach
from slacore.calendars import Duration
from slacore.commitments import FollowUps, Unit, Volume, Worth
from slacore.errors import Refusal
from slacore.handoffs import Entry, Handoff, Piles, Proposal
from slacore.money import Money
from slacore.obligations import State
from slacore.reports import Changed, DutyLine, OpenDispute, WeeklyReport, volume_line
from slacore.standing import SlotCount
from slacore.sweep import Recipient
from tests.bot.cards.october import friction
from tests.bot.cards.october import reports as status_reports
from tests.company_x import (
    MANAGED,
    NEW_YORK,
    OCTOBER,
    answer_on,
    at,
    friction_report,
    handoff,
    month_of_leads,
    report_of,
    standing,
)
from tests.examples import examples

LETTERS = "abc ÄÖ<>*_`@#&\"'()[]\n\t漢🚀\u05d0"
names = st.text(LETTERS, min_size=1, max_size=70).filter(lambda text: bool(text.strip()))
asides = st.just("") | st.text(LETTERS, max_size=400)
quantities = st.integers(1, handoffs.MOST)
piles = st.builds(Piles, *[st.integers(0, 3_000)] * 3)
moments = st.datetimes(datetime(2026, 10, 1), datetime(2027, 2, 1), timezones=st.just(ZoneInfo("UTC")))  # noqa: DTZ001


@st.composite
def some_terms(draw: st.DrawFn) -> Terms:
    """Company X with other names, numbers and prices."""
    leads = MANAGED.commitment("leads")
    assert isinstance(leads.promise, Volume)
    promise = replace(
        leads.promise,
        target=draw(st.integers(1, 5_000)),
        unit=Unit(draw(names), draw(names)),
        worth=draw(st.none() | st.builds(Worth, st.fractions(0, 1), st.just(Money.parse("$99.95")))),
        checkpoints=draw(st.sampled_from([leads.promise.checkpoints, None])),
    )
    commitments = tuple(
        replace(each, name=draw(names), intent=draw(asides), promise=promise if each.slug == "leads" else each.promise)
        for each in MANAGED.commitments
    )
    return replace(
        MANAGED,
        name=draw(names),
        objective=draw(asides),
        commitments=commitments,
        parties=tuple(replace(each, name=draw(names)) for each in MANAGED.parties),
        people=tuple(replace(each, name=draw(names), title=draw(asides)) for each in MANAGED.people),
        sponsor=draw(st.sampled_from(["morgan", ""])),
        signatures=draw(st.sampled_from([MANAGED.signatures, ()])),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Handoff, list[Entry]]:
    """A handoff after a few things that could happen to it."""
    given_at = draw(moments)
    current = replace(
        handoff(given_at, draw(quantities)), late=draw(st.booleans()), note=draw(asides), ref=draw(asides)
    )
    entries = [handoffs.logged(current)]
    for step in range(draw(st.integers(0, 6))):
        some = draw(st.none() | st.integers(1, 30))
        reason = draw(names)
        then = given_at + timedelta(minutes=step)
        try:
            match draw(st.sampled_from(["accept", "dispute", "correct", "undo", "silence"])):
                case "accept":
                    current, entry = handoffs.accept(current, some, reason, "amy", then)
                case "dispute":
                    current, entry = handoffs.dispute(current, some, reason, "priya", then)
                case "correct":
                    current, entry = handoffs.correct(current, some or 0, reason, "josh", then)
                case "undo":
                    current, entry = handoffs.undo(current, "josh", then)
                case _:
                    current, entry = handoffs.accept_by_silence(current, then)
        except Refusal:
            continue
        entries.append(entry)
    return current, entries


@dataclass(frozen=True)
class World:
    """Values to make every card of."""

    terms: Terms
    now: datetime
    later: datetime
    given: Handoff
    entries: list[Entry]
    on_time: Piles
    late: Piles
    flag: bool
    text: str


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Any values at all."""
    now, (given_then, entries) = draw(moments), draw(ledgers())
    later = now + timedelta(minutes=draw(st.integers(1, 9_000)))
    on_time, late = draw(piles), draw(piles)
    return World(draw(some_terms()), now, later, given_then, entries, on_time, late, draw(st.booleans()), draw(asides))


def every_card(world: World) -> Iterator[Card]:
    yield from _of_handoffs(world)
    yield from _of_duties(world)
    yield from _of_reports(world)
    yield from _of_people(world)
    yield from _of_plans(world)


def _of_handoffs(world: World) -> Iterator[Card]:
    terms, now = world.terms, world.now
    where = standing(now, on_time=world.on_time, late=world.late, terms=terms)
    wish = Proposal(3, world.text or "a", "amy", "sales", now) if world.flag else None
    yield receipts.receipt(world.given, world.entries, where, terms, now, proposal=wish)
    yield duplicates.duplicate(world.given.key, now, world.later, "again:handoff 2 leads to sales")
    yield refusals.already(world.given.key, world.text or "done", by="amy", at=now, terms=terms, now=world.later)
    refused = Refusal(world.text, world.text, understood=world.text, offers=(("Help", "help"), ("Log", "handoff …")))
    yield refusals.refusal(refused)


def _duties(world: World) -> list[Duty]:
    where = standing(world.now, on_time=world.on_time, late=world.late, terms=world.terms)
    state: State = "missed" if world.flag else "open"
    done_at = world.later if world.text else None
    held = {"acked_until": world.later, "acked_by": "nina"} if world.flag else {}
    return [
        Duty(replace(month_of_leads(), state=state, **held), world.terms, where),  # type: ignore[arg-type]
        Duty(replace(report_of(23), state=state, done_at=done_at), world.terms),
        Duty(replace(friction_report(), state=state, evidence=world.text), world.terms),
        Duty(answer_on(world.given), world.terms, handoff=world.given if world.flag else None),
    ]


def _of_duties(world: World) -> Iterator[Card]:
    now, duties = world.now, _duties(world)
    upcoming = NextStep(world.later, ("Morgan Reyes", "#smarketing")) if world.flag else None
    tried = [Told(now, ("josh",), ("amy",))] * 8
    breach = Breach(3, 12, "A-1", 1, "leads", "marketing", 9, world.flag, now, world.later if world.text else None)
    for duty in duties:
        yield nudge(duty, now, next_step=upcoming, breach=breach, meant_at=now, since=now, occasion="checkpoint missed")
        yield escalation(
            duty, now, to=Recipient("carol", "manager", "josh" if world.flag else ""), breach=breach,
            tried=tried, seen=[Seen("amy", now)], skipped=("contact",), next_step=upcoming,
        )  # fmt: skip
        yield confirmations.done(duty, now)
        yield confirmations.acknowledged(duty, now)
        yield confirmations.snoozed(duty, world.later, now)
    for duty in duties[:3]:
        yield breaches.missed(duty, breach, now, late=world.flag)
    yield breaches.benchmark_met(duties[0], world.later - now, now)
    summed_up = digests.digest(duties, duties, "amy", now, zone=NEW_YORK, folded=[Card(world.text, "s")], meant_at=now)
    assert summed_up is not None
    yield summed_up
    yield mine.mine(duties * 5, duties * 5, "amy", now)
    yield owed.owed(duties * 6, "josh", now)


def _of_reports(world: World) -> Iterator[Card]:
    terms, now = world.terms, world.now
    commitment = terms.commitment("leads")
    assert isinstance(commitment.promise, Volume)
    where = standing(now, on_time=world.on_time, late=world.late, terms=terms)
    by_day = ((date(2026, 10, 2), world.on_time.counted),)
    leads = volume_line(commitment, commitment.promise, where, terms.calendar_of(commitment), now, by_day, by_day)
    other = replace(friction(), commitment=terms.commitment("friction-report"))
    late = DutyLine(terms.commitment("status-reports"), status_reports().promise, SlotCount(1, 2, 3, 4), None)
    report = WeeklyReport(
        "A-1", terms, OCTOBER, date(2026, 10, 23), now, 3 * world.flag, 4 * world.flag, "amy", (leads, other, late),
        Changed(now, -world.on_time.accepted, 0, world.late.disputed),
        tuple(OpenDispute(f"H-{number}", 1, "lead", world.text, now) for number in range(7)),
        world.text, "amy" if world.flag else "", world.flag,
    )  # fmt: skip
    yield reports.weekly(report, now)
    yield reports.preview(report, goes_out_at=world.later, now=now)
    yield reports.preview(report, goes_out_at=now, now=world.later, reader="josh")
    yield confirmations.report_approved(report, world.later if world.flag else None, now)
    yield confirmations.note_added(report, now)
    overviews = [Overview(f"C-{index}", terms, OCTOBER, line) for index, line in enumerate(report.lines, 1)]
    yield statuses.status(overviews, now)
    for overview in overviews:
        yield statuses.status([overview], now)


def _of_people(world: World) -> Iterator[Card]:
    terms, now, text = world.terms, world.now, world.text
    agreement = Agreement("A-1", terms.slug, (Version(1, terms),))
    changes = [Change(("commitments", "leads"), text or "x")] * 35
    yield welcomes.to_person(terms.person("amy").name, "amy", [terms])
    yield welcomes.to_channel(terms, now)
    yield agreements.applied(agreement, changes, now, first=world.flag)
    yield agreements.proposed(terms, changes, now)
    yield agreements.shown(agreement, now)
    unheard = tuple(
        healths.Unheard("nudge", text, text, became, text, now, world.later if world.flag else None)
        for became in ("held", "waiting", "dropped", "unknown", "dead")
    )
    state = healths.health(healths.Health(2, 1, now if world.flag else None, unheard * 4), world.later)
    yield state
    yield healths.undelivered(state, text or "#a", text, now)
    told = [
        histories.Happening(now, "amy", "web", "HandoffLogged", text or "H-1", None, {"quantity": 2, "reason": text})
    ]
    yield histories.history("H-1", terms, told, now, zone=NEW_YORK)
    yield confirmations.receipt_elsewhere("H-1", [text or "#a"])
    yield confirmations.correction_proposed("H-1", 2, terms.party("sales").name)
    yield confirmations.away(now.date(), world.later.date(), terms.person("amy").name if world.flag else "")


def _of_plans(world: World) -> Iterator[Card]:
    terms, now = world.terms, world.now
    leads = terms.commitment("leads")
    assert isinstance(leads.promise, Volume)
    where = standing(now, on_time=world.on_time, late=world.late, terms=terms) if world.flag else None
    basis = plans.Basis("C-1", terms, leads, leads.promise, where)
    worked_out = planner.plan_target(
        planner.TargetInputs(Money(1 + world.on_time.accepted * 997, "USD"), Money.parse("$99.95"), Fraction(1, 3))
    )
    yield plans.target(planner.Revision(leads.promise.target, worked_out), basis, "plan C-1", now)
    yield plans.target_alone(worked_out, "plan close 48 %", leads.promise.unit)
    yield plans.targets((worked_out,) * 3, basis if world.flag else None, "plan")
    month = planner.CapacityInputs(
        reps=1 + world.late.awaiting % 9, hours=Fraction(97, 3), minutes=Fraction(25, 2), leads=1 + world.late.disputed,
        expected=Fraction(7, 3) if world.flag else None, prospecting=Fraction(world.on_time.awaiting % 40),
        deals=world.on_time.disputed % 9, hours_a_deal=Fraction(2), backlog=world.late.accepted,
    )  # fmt: skip
    calls = FollowUps(6, Duration.parse("10wd"), leads.promise.unit, ())
    yield capacities.capacity(planner.plan_capacity(month), [(replace(leads, promise=calls), calls)], "plan capacity")


LEAKS = re.compile(r"None|Decimal\(|datetime|Fraction\(|Money\(|slacore|\+00:00|America/")


def vocabulary() -> Vocabulary:
    """The words of Company X, as the buttons say them."""
    return Vocabulary(
        now=at(1),
        zone=ZoneInfo(NEW_YORK),
        parties=Names(PartyName(each.slug, each.name) for each in MANAGED.parties),
        commitments=Names(
            CommitmentName(f"C-{index}", each.name, (each.slug,)) for index, each in enumerate(MANAGED.commitments, 1)
        ),
    )


@examples(20)
@given(worlds())
def test_a_card_has_a_title_that_fits_and_a_summary_and_leaks_nothing_of_how_it_is_made(world: World) -> None:
    for card in every_card(world):
        assert card.title.strip()
        assert len(card.title) <= words.TITLE, card.title
        assert len(card.title.splitlines()) == 1
        assert card.summary.strip()
        text = text_of(card, NEW_YORK)
        assert not LEAKS.search(f"{text} {card.summary}"), text
        assert "!" not in text
        for chart in (block for block in card.blocks if isinstance(block, Chart)):
            assert chart.alt.endswith(".")


@examples(20)
@given(worlds())
def test_every_button_says_what_the_command_table_understands(world: World) -> None:
    known = vocabulary()
    for card in every_card(world):
        for button in card.buttons:
            assert button.label.strip()
            assert button.says.strip()
            assert button.label.endswith("…") == button.says.endswith(" …"), button
            parse(button.says.removeprefix("again:").replace(" 2 leads", ""), COMMANDS, known)


@examples(20)
@given(worlds())
def test_every_card_travels_as_json_without_loss(world: World) -> None:
    for card in every_card(world):
        assert wire.card_from_wire(wire.card_to_wire(card)) == card


def test_cards_that_speak_of_something_carry_what_people_can_quote() -> None:
    given_now = handoff(at(16))
    entries = [handoffs.logged(given_now)]
    world = World(MANAGED, at(16), at(17), given_now, entries, Piles(18, 25), Piles(), flag=True, text="why")
    told = [*_of_handoffs(world), *_of_duties(world), *_of_reports(world)]
    without = {card.title.split()[0] for card in told if not card.ref}
    assert without == {"why", "Your", "You", "October:", "1"}  # a refusal, and lists of many things
