"""Changing the figures of a promise, in a draft or as one; and leaving a promise, or another part, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.cards import drafts as cards
from bot.chat.talk import Reply
from bot.commands import blanks
from bot.commands.arguments import PartArg, TextArg
from bot.commands.blanks import promise_in
from bot.commands.changing import BECAUSE, FROM, KEY, WHO, drafted, key_in, line, when_and_why
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.rows.agreements import DRAFT, answer_with
from bot.desk.drafts import drafting, papers, parts, rewriting
from bot.desk.sitting import Sitting
from bot.documents import parts as documents
from bot.documents.figures import FIGURES, MAY_GO, ONE_OF, figures_of, written
from bot.documents.lines import NONE, Kind
from bot.store import commitments
from slacore.agreements import Terms
from slacore.commitments import Commitment
from slacore.errors import Refusal


async def change(context: Context, arguments: Arguments) -> Reply:
    """`agreement change X-7 leads target 80`; without a promise, what there is to change."""
    key = await key_in(context, arguments)
    now = await parts.now_in(context.sitting, key)
    name = arguments.maybe("promise", str)
    if name is None:
        return Reply(card=cards.choices(now.key, now.terms, now.revision))
    meant = await _promise(context.sitting, now.terms, name)
    draft = await drafted(context, arguments, key, now.terms.commitment(meant).period)
    promise = draft.terms.commitment(meant)
    stands = written(promise, draft.terms)
    changes = _said(context, arguments, promise, draft.terms, stands)
    intent = arguments.maybe("intent", str) or ""
    changed = await rewriting.figure(context.sitting, draft, promise, changes, intent)
    return await answer_with(context, await parts.changed(context.sitting, key, changed), whole=False)


def _said(
    context: Context, arguments: Arguments, promise: Commitment, terms: Terms, stands: Mapping[str, str]
) -> dict[str, str]:
    """The figures that somebody gave which are not what `stands`; of a form, those that it emptied too."""
    said = {figure: str(arguments[blanks.named(figure)]) for figure in FIGURES if blanks.named(figure) in arguments}
    if context.utterance.via == "form":
        said |= _emptied(fields_of(promise, terms), stands, said)
    return {figure: value for figure, value in said.items() if stands.get(figure) != value}


def _emptied(shown: Sequence[str], stands: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Fields of a form that showed a figure and came back empty: it is to be none, where it can be."""
    emptied = [figure for figure in shown if figure in stands and figure not in said]
    for figure in emptied:
        if figure not in MAY_GO:
            raise Refusal(
                f"The {figure} cannot be left empty.", f"It says {stands[figure]} now.", field=blanks.named(figure)
            )
    return dict.fromkeys(emptied, NONE)


def fields_of(promise: Commitment, terms: Terms) -> tuple[str, ...]:
    """The figures that a promise's form asks for: those it has or may be given, if there is anything to choose."""
    stands = written(promise, terms)
    return tuple(
        figure
        for figure in figures_of(promise, terms)
        if figure not in ONE_OF
        and len(stands.get(figure, "")) <= blanks.FITS
        and len(documents.named(terms, _CHOSEN[figure]) if figure in _CHOSEN else terms.people)
        >= _CHOICES.get(figure, 0)
    )


async def _promise(sitting: Sitting, terms: Terms, said: str) -> str:
    """The short name of the promise that somebody means, by its name or its key (`C-2`)."""
    known = (await commitments.keys(sitting.tx)).items()
    keys = {key.casefold(): slug for (agreement, slug), key in known if agreement == terms.slug}
    return keys.get(said.casefold().strip()) or promise_in(terms, said).slug


async def counter(context: Context, arguments: Arguments) -> Reply:
    """`agreement counter X-3 leads target 102 because December is short`; without a promise, all there is to change."""
    theirs = await papers.find(context.sitting, blanks.number_in(arguments))
    name = arguments.maybe("promise", str)
    meant = await _promise(context.sitting, theirs.terms, name) if name is not None else ""
    period = theirs.terms.commitment(meant).period if meant else drafting.MONTH
    on, why = arguments.maybe("from", date), arguments.maybe("reason", str) or ""
    mine = await drafting.counter(context.sitting, theirs, period, on, why)
    if meant:
        promise = mine.terms.commitment(meant)
        stands = written(promise, mine.terms)
        said = _said(context, arguments, promise, mine.terms, stands)
        mine = await rewriting.figure(context.sitting, mine, promise, said, arguments.maybe("intent", str) or "")
        drafting.require_answer(theirs, mine)
        return await answer_with(context, mine, whole=False)
    return Reply(card=cards.choices(mine.key, mine.terms, mine.revision))


async def drop(context: Context, arguments: Arguments) -> Reply:
    """`agreement drop X-7 campaigns`."""
    key = await key_in(context, arguments)
    draft = await drafted(context, arguments, key)
    changed = await parts.leave_out(context.sitting, draft, arguments.one("promise", str))
    return await answer_with(context, await parts.changed(context.sitting, key, changed), whole=False)


async def asked_of_promise(sitting: Sitting, known: Arguments) -> tuple[Argument, ...]:
    """What a form about a promise asks for."""
    terms = await blanks.known_terms(sitting, known)
    if terms is None or "promise" not in known:
        return (KEY, replace(PROMISE, required=True), INTENT)
    promise = terms.commitment(await _promise(sitting, terms, known.one("promise", str)))
    shown = set(map(blanks.named, fields_of(promise, terms)))
    fields = (each for each in FIGURE_ARGUMENTS if each.name in shown)
    return (KEY, PROMISE, *fields, INTENT, *when_and_why(known))


async def asked_of_answer(sitting: Sitting, known: Arguments) -> tuple[Argument, ...]:
    """What a form that answers a proposal asks for."""
    _, *others = await asked_of_promise(sitting, known)
    kept = [each for each in others if each.name not in (FROM.name, BECAUSE.name)]
    return (DRAFT, *kept, FROM, BECAUSE)


PROMISE = Argument("promise", PartArg(), "Promise", required=False)
INTENT = Argument(
    "intent",
    TextArg(long=True, most=500),
    "What it is for",
    "The goal of the other side that it serves",
    required=False,
    after=("intent",),
)
_CHOSEN: Mapping[str, Kind] = {"calendar": "calendars", "ladder": "escalations", "consequence": "consequences"}
_CHOICES = {"calendar": 2, "ladder": 2, "consequence": 1}
"""How many parts there must be before a form asks which of them a promise follows."""
_LABELS = {
    "target": ("Target", "A whole number; its checkpoints move along"),
    "checkpoints": ("Checkpoints", "Such as 25, 50, 75, 100"),
    "share": ("Share", "Such as 95 %; left empty, all of them"),
    "minimum sample": ("Minimum sample", "With fewer in a period each is judged alone"),
    "threshold": ("Threshold", "With its unit, such as 99.9 % or 4 hours"),
    "percentile": ("Percentile", "Such as 95"),
    "silence": ("Silence accepts after", "Such as 2wd"),
    "first response": ("First response within", "Such as 4wh, 30wm or 24h"),
    "resolution": ("Settled within", "Such as 2wd; left empty, no time is promised"),
    "update": ("Word of it every", "While one is open, such as 2wh; left empty, no time is promised"),
    "outside hours": ("First response to what comes outside hours", "Such as 8h; left empty, as inside them"),
    "priorities": ("First response by priority", "Such as urgent 1wh, high 4wh; the others get the time above"),
    "resolution priorities": (
        "Settled, by priority",
        "Such as urgent 4wh, high 2wd; the others get the time above",
    ),
    "attempts": ("Attempts", "A whole number"),
    "within": ("Within", "Such as 10wd"),
    "cadence": ("Cadence", "The working days on which attempts are due, such as 1, 2, 4, 7, 10"),
    "slots": ("When", "Such as last four Fridays 16:00"),
    "due": ("Due", "Such as last Friday 17:00; left empty, with the period's end"),
    "close rate": ("Close rate", "Such as 48 %"),
    "average sale": ("Average sale", "Such as $100"),
    "calendar": ("Calendar", "In whose working time it is counted"),
    "ladder": ("Ladder", "Who hears of a miss, in which order"),
    "consequence": ("What follows a miss", "One of the agreement's consequences; left empty, nothing was agreed"),
}
FIGURE_ARGUMENTS = tuple(line(blanks.named(each), *_LABELS[ONE_OF.get(each, each)], each) for each in FIGURES)
COMMANDS = (
    Command(
        verb="agreement change",
        summary="Change the figures of a promise, in a draft or as one; without a promise, see what can be changed",
        who=WHO,
        run=change,
        writes=True,
        asks=asked_of_promise,
        fills=blanks.figures_today,
        title="Change",
        submit="Draft it",
        arguments=(KEY, PROMISE, *FIGURE_ARGUMENTS, INTENT, FROM, BECAUSE),
        examples=(
            "agreement change A-1",
            "agreement change X-7 leads target 80 due last Friday 17:00",
            "agreement change A-1 answers priority urgent 2h from 1 Dec",
        ),
    ),
    Command(
        verb="agreement counter",
        summary="Answer a proposal with your own draft, as every change of it does; alone, see what can be changed",
        who="owners of the parties, their deputies",
        run=counter,
        writes=True,
        asks=asked_of_answer,
        fills=blanks.figures_today,
        title="Counter a proposal",
        submit="Draft it",
        arguments=(DRAFT, PROMISE, *FIGURE_ARGUMENTS, INTENT, FROM, BECAUSE),
        examples=("agreement counter X-3 leads target 102 because December is short", "agreement counter X-3"),
    ),
    Command(
        verb="agreement drop",
        summary="Leave a promise out of a draft, with whatever only it needed; or a part that nothing needs",
        who=WHO,
        run=drop,
        writes=True,
        submit="Leave it out",
        arguments=(KEY, replace(PROMISE, required=True, label="Promise or part"), FROM, BECAUSE),
        examples=("agreement drop X-7 welcome",),
    ),
)
