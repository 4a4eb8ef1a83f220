"""What happened to a handoff, a promise or an obligation: who, what, when and from where, in order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.offers import act
from bot.cards.words import count, cut, day_text_of, joined, one_line, person, quoted, run, titled
from bot.chat.card import Card, Moment, Note, Spans, Table
from slacore.agreements import Terms
from slacore.readings import amount_in_words

_WORDS = {
    "HandoffLogged": "logged",
    "Raised": "raised",
    "HandoffAccepted": "accepted",
    "HandoffAcceptedBySilence": "accepted, since nobody objected",
    "HandoffDisputed": "disputed",
    "HandoffUndone": "undone",
    "HandoffCorrected": "corrected",
    "HandoffRestated": "corrected after the period's end, which is restated",
    "CorrectionProposed": "asked to correct it",
    "PeriodOpened": "period begun",
    "StepReached": "the next in line was told",
    "CheckpointMissed": "checkpoint missed, owner told",
    "TargetMissed": "due moment passed, target not reached",
    "DutyMissed": "due moment passed, not delivered",
    "TargetMet": "target met",
    "MadeGood": "made good, late",
    "MissSettled": "amount settled",
    "Reopened": "open again after a correction",
    "Reminded": "owner reminded",
    "AcceptedBySilence": "answered by silence",
    "Delivered": "delivered",
    "Acknowledged": "taken on: “I have it”",
    "Snoozed": "reminder put off",
    "ReadingLogged": "reading logged",
    "ReadingCorrected": "corrected",
    "ReadingRestated": "corrected after its period was closed, which is restated",
    "ReadingCorrectionProposed": "asked to correct it",
    "IncidentStarted": "service down",
    "IncidentAcknowledged": "taken on",
    "IncidentRestored": "service back",
    "IncidentEnded": "fault mended",
    "IncidentTimeExcluded": "time excluded",
    "IncidentTimeCounted": "all its time counted again",
    "IncidentRestated": "corrected after a period was closed, which is restated",
    "IncidentCorrectionProposed": "asked to correct it",
    "IncidentAskedAbout": "asked whether it is over",
    "SupportFailedFirst": "what supports it had failed first",
    "ExcusedByDependency": "excused, for it depends on",
    "PlanReminded": "reminded that a recovery plan is wanted",
    "PlanOpened": "recovery plan opened",
    "PlanAgreed": "recovery plan agreed to",
    "PlanLapsed": "no recovery plan was given in time",
    "PlanTimeRenewed": "the time for a recovery plan runs anew",
    "Chosen": "chosen, and the other ways closed",
    "Offered": "offered to the other side",
    "OfferTaken": "the offer was taken",
    "OfferReplaced": "another offer takes its place",
    "OfferLapsed": "the offer was not answered in time",
    "ClaimTimeRenewed": "more time to claim it, since a dispute held it up",
    "ClaimReminded": "reminded that it can be claimed",
    "AskedToDecide": "whoever decides was asked, over",
    "RestatementHeld": "waits for the other side, since its period is closed",
    "DecisionReminded": "whoever decides was reminded",
    "DueMoved": "due at another moment",
    "Repeated": "misses of the promise repeated",
    "NoticeGiven": "notice given",
    "NoticeAcknowledged": "notice acknowledged",
    "CarriedOver": "carried over",
    "CarryTakenBack": "carried over no more",
    "ExcusalTakenBack": "excused no more",
    "Overruled": "a more specific promise holds instead",
    "ReportNoted": "note added to the report",
    "ReportApproved": "report approved",
    "ReportPosted": "report posted",
    "WasDown": "nobody ran me",
    "EndAccepted": "lets it end",
    "ChannelRenamed": "channel renamed",
    "DraftLapsed": "lapsed, not signed in time",
    "DraftReplaced": "out of date",
    "Sold": "sale reported",
    "SaleTakenBack": "sale taken back",
    "VersionApplied": "version applied",
}
"""Facts of the record as people say them; one that is missing here is read from its own name."""

_CAPITALS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PILES = ("accepted", "awaiting", "disputed")


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the record: when, who (a member id, "" for the clock), from where, what, about what, the figures."""

    at: datetime
    by: str
    via: str
    what: str
    subject: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


def history(key: str, terms: Terms, happenings: Sequence[Happening], now: datetime, *, zone: str) -> Card:
    """Answer `history`: what the record holds about `key`, oldest first, moments on the reader's wall (`zone`)."""
    if not happenings:
        title = f"{key} · History"
        return Card(title=title, summary=f"Nothing is on the record about {key} yet.", blocks=(_NOTHING,), ref=key)
    several = len({each.subject for each in happenings}) > 1
    columns = ("When", "Of", "Who", "What") if several else ("When", "Who", "What")
    rows = tuple(_row(each, terms, zone, several=several) for each in happenings)
    since = day_text_of(happenings[0].at, now, zone)
    title = f"{key} · History · {count(len(happenings), 'entry', 'entries')} since {since}"
    newest = happenings[-1]
    summary = f"{key}: {count(len(happenings), 'entry', 'entries')} since {since}; last: {_what(newest)}."
    shown = [each.subject for each in happenings if each.what == "Delivered" and _text(each.after or {}, "evidence")]
    buttons = (act("Evidence", f"evidence {shown[-1]}"),) if shown else ()
    return Card(titled(title), summary, (Table(columns, rows), _FOR_GOOD), buttons, ref=key)


_NOTHING = Note(("Nothing is on the record yet.",))
_FOR_GOOD = Note(("Nothing here is ever edited; a correction is an entry of its own.",))


def _row(each: Happening, terms: Terms, zone: str, *, several: bool) -> tuple[Spans, ...]:
    when: Spans = (Moment(each.at, zone=zone),)
    who: Spans = ("Kept",)
    if each.by:
        who = run(person(terms, each.by), f" ({each.via})" if each.via else "")
    what = joined(((_what(each),), _figures(each, zone)), ": ")
    return (when, (cut(each.subject, 24),), who, what) if several else (when, who, what)


def _what(each: Happening) -> str:
    return _WORDS.get(each.what) or _CAPITALS.sub(" ", one_line(each.what)).lower()


def _figures(each: Happening, zone: str) -> Spans:
    """The figures and words that belong to an entry, as far as they are known here."""
    before, after = each.before or {}, each.after or {}
    parts: list[Spans] = []
    if isinstance(quantity := after.get("quantity"), int):
        parts.append((f"{quantity:,}",))
    if isinstance(value := after.get("value"), int):
        out_of = after.get("out_of")
        parts.append((amount_in_words(value, out_of if isinstance(out_of, int) else None),))
    if isinstance(after.get("total"), int):
        parts.append((_moved("", before.get("total"), after["total"]),))
    moved = [_moved(f"{pile} ", before.get(pile), after[pile]) for pile in _PILES if pile in after]
    parts += [(each_moved,) for each_moved in moved if each_moved]
    parts += [(quoted(text),) for name in ("reason", "note", "evidence") if (text := _text(after, name))]
    parts += [(text,) for name in ("period", "name") if (text := cut(_text(after, name), 60))]
    if at := _moment(after, zone, "at"):
        parts.append((at,))
    if until := _moment(after, zone, "until"):
        parts.append(run("until ", until))
    return joined(parts, ", ")


def _moved(label: str, before: object, after: object) -> str:
    """A figure that changed: "accepted 18 → 43"; nothing where it did not."""
    if not isinstance(after, int) or before == after:
        return ""
    return f"{label}{before:,} → {after:,}" if isinstance(before, int) else f"{label}{after:,}"


def _text(values: Mapping[str, object], name: str) -> str:
    found = values.get(name)
    return one_line(found) if isinstance(found, str) else ""


def _moment(values: Mapping[str, object], zone: str, name: str) -> Moment | None:
    try:
        at = datetime.fromisoformat(_text(values, name))
    except ValueError:
        return None
    return Moment(at, zone=zone) if at.tzinfo is not None else None
