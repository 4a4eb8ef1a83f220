"""One card of each sort as Slack shows it: what the snapshots and the guide's pictures are made of.

`python -m tests.slack.gallery` writes the snapshots anew. Each file can be pasted into Slack's
Block Kit Builder as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from bot.cards import (
    breaches,
    digests,
    duplicates,
    exports,
    homes,
    introductions,
    mine,
    owed,
    receipts,
    refusals,
    reports,
    shares,
    statuses,
    whereabouts,
)
from bot.cards import healths as health_cards
from bot.cards import welcomes as first_words
from bot.cards.duties import Duty
from bot.cards.escalations import Seen, Told, escalation
from bot.cards.healths import Unheard
from bot.cards.lines import Overview
from bot.cards.messages import Heard
from bot.cards.nudges import nudge
from bot.cards.whys import NextStep
from bot.chat.card import Card, Chart, Field, File, Form, Option, Table
from bot.commands.help import help_for
from bot.commands.table import CONTENTS
from bot.slack import modals
from bot.slack.homes import home_view
from bot.slack.ports import Section
from bot.slack.render import Look, draw
from slacore import handoffs
from slacore.breaches import Breach
from slacore.errors import Refusal
from slacore.handoffs import Piles
from slacore.presence import QuietHours
from slacore.sweep import Recipient
from tests.bot.cards import after_a_miss, drafted, leads_of_october
from tests.bot.cards.october import FRIDAY, friction, leads, report
from tests.bot.cards.october import reports as status_reports
from tests.company_x import MANAGED, OCTOBER, TERMS, at, friction_report, handoff, month_of_leads, report_of, standing

FOLDER = Path(__file__).parent / "snapshots"
PICTURE = "F0PICTURE"


def users(member: str) -> str:
    return f"U0{member.upper()}"


def cards() -> Iterator[tuple[str, Card]]:
    """Every sort of card, with a name."""
    logged = handoff(at(16, 10), 25)
    where = standing(at(16, 10), on_time=Piles(accepted=18, awaiting=25))
    yield "receipt", receipts.receipt(logged, [handoffs.logged(logged)], where, TERMS, at(16, 10))
    taken, entry = handoffs.accept(logged, 22, "two are duplicates, one is out of area", "amy", at(16, 14))
    entries = [handoffs.logged(logged), entry]
    then = standing(at(16, 14), on_time=Piles(accepted=40, disputed=3))
    yield "receipt-accepted-in-part", receipts.receipt(taken, entries, then, TERMS, at(16, 14))
    yield "duplicate", duplicates.duplicate("H-41", at(16, 10), at(16, 10) + timedelta(seconds=40), "handoff 25 leads")
    refused = Refusal(
        "“slaes” is no party here.",
        "Did you mean Sales?",
        understood="You hand over 25 qualified leads.",
        offers=(("To Sales", "handoff 25 qualified leads to sales"), ("Open the form", "handoff 25 qualified leads …")),
    )
    yield "refusal", refusals.refusal(refused)
    duty, late = (
        Duty(report_of(23), TERMS),
        Duty(replace(month_of_leads(), state="missed"), MANAGED, standing(at(31, 9), on_time=Piles(accepted=91))),
    )
    yield "nudge", nudge(duty, at(23, 10), next_step=NextStep(at(26, 9), ("Josh Lindqvist",)))
    breach = Breach(3, 12, "A-1", 1, "leads", "marketing", 9, False, at(30, 17), None)
    yield "escalation", escalation(
        late, at(31, 9), to=Recipient("morgan", "sponsor", ""), breach=breach,
        tried=[Told(at(30, 17), ("josh",), ())], seen=[Seen("josh", at(30, 18))], skipped=(),
        next_step=NextStep(at(2, 17, month=11), ("#smarketing",)),
    )  # fmt: skip
    yield "breach", breaches.missed(late, breach, at(31, 17))
    yield "report", reports.weekly(report(), FRIDAY)
    overviews = (
        Overview("C-1", TERMS, OCTOBER, leads()),
        Overview("C-2", TERMS, OCTOBER, status_reports()),
        Overview("C-5", TERMS, OCTOBER, friction()),
    )
    yield "status", statuses.status(overviews, FRIDAY)
    month = Duty(month_of_leads(), TERMS, leads().standing)
    duties = (duty, Duty(friction_report(), TERMS), month)
    yield "mine", mine.mine(duties, duties[2:], "amy", FRIDAY)
    yield "owed", owed.owed(duties[2:], "amy", FRIDAY)
    digest = digests.digest(duties, duties[2:], "amy", at(23, 9), zone="America/New_York")
    assert digest is not None
    yield "digest", digest
    yield "health", health_cards.health(health_cards.Health(1, 2, None, ()), FRIDAY)
    yield "shared", shares.shared(owed.owed(duties[2:], "amy", FRIDAY, called="Amy"), TERMS, "amy", "owed")
    october = tuple(
        File(f"kept-A-1-2026-10-{name}.csv", "text/csv", (), f"{lines} lines")
        for name, lines in (("handoffs", 41), ("entries", 112), ("obligations", 9), ("breaches", 0))
    )
    yield "export", exports.exported(exports.Exported(TERMS, date(2026, 10, 1), october))
    unsaid = receipts.receipt(logged, [handoffs.logged(logged)], where, TERMS, at(16, 10))
    lost = health_cards.undelivered(
        unsaid, "#smarketing", "the channel was archived", at(16, 10), zone=TERMS.zone,
        instead=whereabouts.instead_of("#smarketing"),
    )  # fmt: skip
    yield "undelivered", lost
    yield "paused", whereabouts.detoured("#smarketing", "nowhere")
    yield "introduced", introductions.introduced(TERMS, "amy")
    yield "results", leads_of_october.what_became_of_them()
    yield "followed-up", leads_of_october.one_followed_up()
    yield "asked-to-take", leads_of_october.asked_to_take()
    yield from after_a_miss.drawn()
    yield "channel-gone", whereabouts.channel_gone(TERMS, "#smarketing", "the channel was archived")
    yield from drafted.cards().items()
    yield "welcome-person", first_words.to_person("Amy Chen", "amy", [TERMS])
    yield "welcome-channel", first_words.to_channel(TERMS, at(1, 9))
    yield "welcome-stranger", first_words.to_stranger("U0SAM")
    yield "help", help_for(CONTENTS, "")
    name = "<!channel> @everyone *bold* <https://evil.example|click> :smile:"
    yield "hostile-words", Card(f"L-7 · {name}", name, (Table(("lead", "calls"), (((name,), ("3",)),), numeric=(1,)),))
    rows = tuple(((f"L-{2000 + number}",), ("no answer",), (str(number % 7),)) for number in range(400))
    yield "cut", Card("All open leads", "400 leads", (Table(("lead", "last outcome", "calls"), rows, numeric=(2,)),))


def drawn() -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything as Slack is sent it, by name."""
    for name, card in cards():
        pictures = {block: PICTURE for block in card.blocks if isinstance(block, Chart)}
        files = frozenset(block for block in card.blocks if isinstance(block, File))
        yield name, {"blocks": draw(card, Look(users, pictures=pictures, files=files)).blocks}
    form = Form(
        "Accept some of H-41",
        "accept",
        (
            Field("quantity", "How many", "whole number", "22", hint="a number up to 25"),
            Field(
                "reason", "Why not the rest", "choice", options=(Option("Duplicate", "duplicate"), Option("Fake", "f"))
            ),
            Field("on", "Since when", "date", "2026-10-16", required=False),
            Field("who", "Who says so", "person", required=False),
            Field("note", "Anything else", "long text", required=False),
        ),
        submit="Accept",
        settled=(("key", "H-41"),),
        version=1,
    )
    evidence = Form(
        "Done O-80",
        "done",
        (
            Field("file", "File", "file", hint="Attached: a PDF, a picture, a document …", endings=("pdf", "png")),
            Field("evidence", "A few words with it", "long text", required=False),
        ),
        submit="Save",
        settled=(("key", "O-80"),),
    )
    yield "form-with-a-file", modals.form_view(evidence, modals.notes_of(evidence, place="C1"), Look(users))
    yield "form", modals.form_view(form, modals.notes_of(form, place="C1"), Look(users))
    found = [Section(each.title, (each.card,)) for each in homes.sections(own_page(), at(20, 9), TERMS.zone)]
    pictures = {block: PICTURE for each in found for block in each.cards[0].blocks if isinstance(block, Chart)}
    yield "home", home_view(found, Look(users, reader="amy", pictures=pictures))


def own_page() -> homes.Page:
    """What concerns Amy on a Tuesday in October."""
    duties = (Duty(report_of(23), TERMS), Duty(month_of_leads(), TERMS, standing(at(20, 9), on_time=Piles(40, 25, 3))))
    promises = (
        Overview("C-1", TERMS, OCTOBER, leads()),
        Overview("C-2", TERMS, OCTOBER, status_reports()),
        Overview("C-5", TERMS, OCTOBER, friction()),
    )
    waits = Unheard("nudge", "O-77", "Amy", "held", "quiet hours", at(19, 20), at(20, 10))
    heard = Heard("amy", (TERMS,), 3, time(9), QuietHours(time(18), time(10)), None, 1)
    signs = (homes.ToSign("X-3", TERMS.name),)
    return homes.Page("amy", duties[:1], duties[1:], promises, (waits,), heard, signs)


def written(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, value in drawn():
        (FOLDER / f"{name}.json").write_text(written(value), encoding="utf-8")


if __name__ == "__main__":
    main()
