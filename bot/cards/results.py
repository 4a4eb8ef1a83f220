"""What became of what was handed over: by campaign, content and stage, and the close rate of each month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.offers import act
from bot.cards.words import capital, count, cut, day_text_of, listed, percent, period_name, run, titled
from bot.chat.card import Block, Card, Fact, Note, Spans, Table, Text
from slacore.commitments import Unit
from slacore.results import Cohort, Group, Learnt

_SHOWN = 10
_RATES = "Lead to sale"


def results(learnt: Learnt, now: datetime) -> Card:
    """Answer `results`."""
    period = capital(period_name(learnt.period, now, learnt.terms.zone))
    headline = f"{capital(learnt.unit.plural)}, {period}: {in_short(learnt)}"
    blocks: list[Block] = []
    if unnamed := learnt.units - learnt.whole.items:
        blocks.append(Text((_unnamed(unnamed, learnt.unit),)))
    blocks += _campaigns(learnt)
    blocks += _groups(learnt.by_stage, "Stage", "no stage said")
    if learnt.by_outcome:
        blocks.append(Fact("What came of them", (outcomes_in_words(learnt),)))
    blocks += _groups(learnt.by_content, "Content", "no content said")
    if learnt.cohorts:
        blocks.append(_cohorts(learnt, now))
        blocks.append(Note(_how_to_read(learnt)))
    return Card(
        title=titled(headline),
        summary=f"{headline}.",
        blocks=tuple(blocks),
        buttons=(act(f"Status of {learnt.commitment.name}", f"status {learnt.commitment.slug}"),),
        ref=learnt.commitment.slug,
    )


def in_short(learnt: Learnt) -> str:
    """Give "12 won, 5 lost, 26 open of 43"."""
    whole = learnt.whole
    return f"{whole.won:,} won, {whole.lost:,} lost, {whole.open:,} open of {whole.items:,}"


def outcomes_in_words(learnt: Learnt) -> str:
    """Give "Qualified 8, No answer 3, nothing yet 15"."""
    return ", ".join(f"{name or 'nothing yet'} {number:,}" for name, number in learnt.by_outcome)


def state_of_units(learnt: Learnt) -> tuple[Block, ...]:
    """The same for the weekly report: how many stand where, and which campaign and content sell."""
    if not learnt.whole.items:
        return ()
    name = cut(learnt.commitment.name, 40)
    blocks: list[Block] = [Fact(f"{name}: what became of them", (f"{in_short(learnt)}. {outcomes_in_words(learnt)}.",))]
    best = [
        f"{what} {cut(group.name, 40)} ({group.won:,} of {group.items:,})"
        for what, groups in (("campaign", learnt.by_campaign), ("content", learnt.by_content))
        if (group := _best(groups)) is not None
    ]
    if best:
        blocks.append(Fact("What sells best", (listed(best),)))
    return tuple(blocks)


def _best(groups: Sequence[Group]) -> Group | None:
    """The named group with the highest rate of sales; none where nothing was sold or nothing can be compared."""
    named = [each for each in groups if each.name]
    sold = [each for each in named if each.won]
    if len(named) < 2 or not sold:
        return None
    return max(sold, key=lambda each: (each.sale_rate or 0, each.won))


def _campaigns(learnt: Learnt) -> list[Block]:
    if not learnt.campaigns and not any(each.name for each in learnt.by_campaign):
        return []
    known = {each.name: each for each in learnt.by_campaign}
    rows: list[tuple[Spans, ...]] = []
    for campaign in learnt.campaigns[:_SHOWN]:
        group = known.get(campaign.name, Group(campaign.name, 0, 0, 0))
        goal = f" of {campaign.goal:,}" if campaign.goal else ""
        accepted = "–" if campaign.acceptance is None else percent(campaign.acceptance)
        rows.append(
            (
                (cut(campaign.name, 40) or "no campaign said",),
                (f"{campaign.piles.counted:,}{goal}",),
                (accepted,),
                *_row(group),
            )
        )
    return [
        Table(("Campaign", "Counted", "Accepted", "Won", "Lost", "Open", _RATES), tuple(rows), "", (1, 2, 3, 4, 5, 6))
    ]


def _groups(groups: Sequence[Group], what: str, nobody: str) -> list[Block]:
    if not any(each.name for each in groups):
        return []
    rows = tuple(((cut(each.name, 50) or nobody,), (f"{each.items:,}",), *_row(each)) for each in groups[:_SHOWN])
    over: list[Block] = [Text((f"+{len(groups) - _SHOWN} more.",))] if len(groups) > _SHOWN else []
    return [Table((what, "Named", "Won", "Lost", "Open", _RATES), rows, "", (1, 2, 3, 4, 5)), *over]


def _row(group: Group) -> tuple[Spans, ...]:
    rate = "–" if group.sale_rate is None else percent(group.sale_rate)
    return (f"{group.won:,}",), (f"{group.lost:,}",), (f"{group.open:,}",), (rate,)


def _cohorts(learnt: Learnt, now: datetime) -> Table:
    rows = tuple(
        (
            (capital(period_name(each.period, now, learnt.terms.zone)),),
            (f"{each.whole.items:,}",),
            (f"{each.whole.won:,}",),
            (_close_rate(each, learnt, now),),
        )
        for each in learnt.cohorts
    )
    return Table(("Handed over in", "Named", "Won", "Close rate"), rows, "", (1, 2))


def _close_rate(cohort: Cohort, learnt: Learnt, now: datetime) -> str:
    rate = "–" if cohort.close_rate is None else percent(cohort.close_rate)
    if cohort.mature:
        return rate
    if cohort.matures_at is None:
        return f"{rate}, immature: {count(cohort.whole.open, 'is', 'are')} open"
    return f"{rate}, immature until {day_text_of(cohort.matures_at, now, learnt.terms.zone)}"


def _how_to_read(learnt: Learnt) -> Spans:
    cycle = learnt.worth.sales_cycle if learnt.worth is not None else None
    after = f"the usual {cycle.in_words()} from the month's end" if cycle is not None else "all of them are decided"
    agreed = f" {percent(learnt.worth.close_rate)} was agreed." if learnt.worth is not None else ""
    return run(f"A sale counts for the period its lead was handed over in; a rate is immature until {after}.{agreed}")


def _unnamed(number: int, unit: Unit) -> str:
    given = f"{unit.counted(number)} {'was' if number == 1 else 'were'} handed over without a name"
    return f"{given}, so nothing is known of what became of {'it' if number == 1 else 'them'}."
