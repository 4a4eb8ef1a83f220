"""Looking: status, mine, owed, agreement, history. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.cards import agreements, evidence, histories, mine, owed, rolls, statuses
from bot.cards import homes as home_cards
from bot.cards import items as item_cards
from bot.cards.duties import Duty
from bot.cards.lines import Overview
from bot.cards.words import called
from bot.chat.talk import Reply
from bot.commands.arguments import CommitmentArg, EitherArg, KeyArg, Month, MonthArg, PartyArg, QuantityArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context, where_it_would_work
from bot.commands.vocabulary import CommitmentName, PartyName
from bot.desk import healths, homes
from bot.desk.duties import duties, members
from bot.desk.items import items
from bot.desk.reports import overviews
from bot.desk.standings import histories as desk_histories
from bot.store import items as kept_items
from bot.store import obligations
from slacore.agreements import require_signed
from slacore.commitments import Deliverable
from slacore.errors import Refusal
from slacore.keys import number_of


async def status(context: Context, arguments: Arguments) -> Reply:
    """`status [party | C-1] [month]`."""
    about = arguments.get("about")
    month = arguments.maybe("month", Month)
    overview = await overviews.overview(
        context.sitting,
        context.agreements,
        party=about.key if isinstance(about, PartyName) else "",
        commitment=about.key if isinstance(about, CommitmentName) else "",
        on=_day_of(month, context),
    )
    if not overview:
        for agreement in context.agreements:
            require_signed(agreement.latest.terms)
        if not context.agreements:
            raise Refusal("No agreement is spoken of here.", where_it_would_work(context.sitting))
        raise Refusal("Nothing is promised here that fits.", "Say `status` for everything.")
    card = statuses.status(overview, context.sitting.now)
    if len(overview) == 1 and not context.aloud:
        names = await _who_has_not(context, overview[0])
        if names is not None:
            page = arguments.maybe("page", int) or 1
            blocks, buttons = rolls.who_has_not(names, page, overview[0].key)
            card = replace(card, blocks=(*card.blocks, *blocks), buttons=(*buttons, *card.buttons))
    if len(overview) == 1:
        shown = await _shown_by(context, overview[0])
        card = replace(card, blocks=(*card.blocks, *evidence.lines_of(shown, context.sitting.now)))
    return Reply(card=card)


async def _shown_by(context: Context, overview: Overview) -> tuple[Duty, ...]:
    """What was delivered in the period and shown by something; what members showed for themselves is theirs.

    The weekly report shows itself.
    """
    terms, commitment = overview.terms, overview.line.commitment
    promise = commitment.promise
    if not isinstance(promise, Deliverable) or promise.by_every_member or promise.report:
        return ()
    owed = await obligations.of_period(context.sitting.tx, terms.slug, commitment.slug, overview.period.first_on)
    shown = [each for each in owed if each.kind == "slot" and each.done_at is not None and each.evidence.strip()]
    return tuple([await duties.duty_of(context.sitting, each) for each in shown])


async def _who_has_not(context: Context, overview: Overview) -> tuple[str, ...] | None:
    """The names behind a number, for those alone who may know them; None for everybody else."""
    terms, commitment = overview.terms, overview.line.commitment
    promise = commitment.promise
    if not isinstance(promise, Deliverable) or not promise.by_every_member:
        return None
    if not members.may_see_names(terms, commitment, context.member):
        return None
    found = await members.who_has_not(context.sitting, terms, commitment, overview.period)
    return tuple(terms.name_of(each) for each in found)


async def my_part(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`mine`: what I owe, to whom, by when, what I am owed."""
    owes = _sayable(context, await duties.owed_by(context.sitting, context.member))
    gets = _sayable(context, await duties.owed_to(context.sitting, context.member))
    held = () if context.aloud else await healths.held_for(context.sitting, context.member)
    now = context.sitting.now
    return Reply(card=mine.mine(owes, gets, context.member, now, held=held, zone=context.zone, called=_called(context)))


async def at_home(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`home`: everything that concerns me, on one card."""
    page = await homes.page_of(context.sitting, context.member)
    return Reply(card=home_cards.home(page, context.sitting.now, context.zone))


async def what_i_am_owed(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`owed`: what other parties owe mine."""
    gets = _sayable(context, await duties.owed_to(context.sitting, context.member))
    return Reply(card=owed.owed(gets, context.member, context.sitting.now, called=_called(context)))


async def agreement(context: Context, arguments: Arguments) -> Reply:
    """`agreement`, `agreement A-2`: what was agreed, by whom, signed when."""
    key = arguments.maybe("key", str)
    chosen = context.sitting.agreement(key) if key else context.agreement()
    context.require_spoken_of(chosen.slug)
    return Reply(card=agreements.shown(chosen, context.sitting.now))


async def history(context: Context, arguments: Arguments) -> Reply:
    """`history H-41`, `history C-1 [October]`: what happened, in order."""
    about, month = arguments["about"], arguments.maybe("month", Month)
    key = about.key if isinstance(about, CommitmentName) else str(about)
    if key.startswith("L-"):
        page = await items.page_of(context.sitting, await kept_items.find(context.sitting.tx, number_of(key)))
        context.require_spoken_of(page.terms.slug)
        return Reply(card=item_cards.page(page, context.sitting.now))
    terms, happenings = await desk_histories.history(context.sitting, key, _day_of(month, context))
    context.require_spoken_of(terms.slug)
    return Reply(card=histories.history(key, terms, happenings, context.sitting.now, zone=context.zone))


def _sayable(context: Context, found: Sequence[Duty]) -> tuple[Duty, ...]:
    """All of it to the asker; to others only what the place's agreements are about."""
    spoken_of = {each.slug for each in context.agreements}
    return tuple(each for each in found if not context.aloud or each.terms.slug in spoken_of)


def _called(context: Context) -> str:
    """The asker's name where others read along, "" where the answer may say "you"."""
    return called(context.agreements[0].latest.terms, context.member) if context.aloud and context.agreements else ""


def _day_of(month: Month | None, context: Context) -> date | None:
    """A day in the month that was named: its last, or today for the running one."""
    if month is None:
        return None
    today = context.vocabulary.today
    return today if month == Month.of(today) else month.last_on


COMMANDS = (
    Command(
        verb="status",
        summary="See where the promises stand",
        who="everybody",
        shares=True,
        run=status,
        arguments=(
            Argument("about", EitherArg((CommitmentArg(), PartyArg())), "Promise or party", required=False),
            Argument("month", MonthArg(), "Month", after=("for", "in"), bare=True, required=False),
            Argument("page", QuantityArg(most=1_000), "Page", after=("page",), required=False),
        ),
        examples=("status", "status marketing", "status C-1 October"),
    ),
    Command(
        verb="home",
        summary="See your page: what needs you this week, what you are owed, where the promises stand",
        who="everybody",
        run=at_home,
        examples=("home",),
    ),
    Command(
        verb="mine",
        summary="See your part: what you owe, to whom, by when, and what you are owed",
        who="everybody",
        shares=True,
        run=my_part,
        examples=("mine",),
    ),
    Command(
        verb="owed",
        summary="See what other parties owe yours",
        who="everybody",
        shares=True,
        run=what_i_am_owed,
        examples=("owed",),
    ),
    Command(
        verb="agreement",
        summary="See what was agreed, between whom, and who signed when",
        who="everybody",
        shares=True,
        run=agreement,
        arguments=(Argument("key", KeyArg("A"), "Agreement", required=False),),
        examples=("agreement", "agreement A-1"),
    ),
    Command(
        verb="history",
        summary="See what happened to a handoff, an item, a promise or an obligation",
        who="everybody",
        shares=True,
        run=history,
        arguments=(
            Argument("about", EitherArg((KeyArg("HLOBDKPRNWAXV"), CommitmentArg())), "Of what"),
            Argument("month", MonthArg(), "Month", after=("for", "in"), bare=True, required=False),
        ),
        examples=("history H-41", "history C-1", "history C-1 October"),
    ),
)
