"""What makes up for a miss: recovery, recovery step, recovery drop, recovery agree."""

from __future__ import annotations

from datetime import date

from bot.cards import recoveries as cards
from bot.chat.talk import Reply
from bot.commands.arguments import DateArg, KeyArg, PersonArg, QuantityArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.versions import require_current
from bot.commands.vocabulary import PersonName
from bot.desk.misses import recoveries as desk
from bot.store import breaches, plans
from slacore.keys import number_of
from slacore.plans import RecoveryPlan


async def recovery(context: Context, arguments: Arguments) -> Reply:
    """`recovery B-3` opens the plan for a miss, or shows it; `recovery P-1` shows it."""
    key = arguments.one("key", str)
    if key.startswith("P"):
        return await _answer(context, await plans.find(context.sitting.tx, number_of(key)))
    plan, _ = await desk.open_(context.sitting, await breaches.find(context.sitting.tx, number_of(key)))
    return await _answer(context, plan)


async def step(context: Context, arguments: Arguments) -> Reply:
    """`recovery step P-1 call the oldest leads again owner @nina by 6 Nov`."""
    plan = await plans.find(context.sitting.tx, number_of(arguments.one("key", str)))
    owner, by = arguments.one("owner", PersonName), arguments.one("by", date)
    longer = await desk.add_step(context.sitting, plan, arguments.one("thing", str), owner.key, by)
    return await _answer(context, longer)


async def drop(context: Context, arguments: Arguments) -> Reply:
    """`recovery drop P-1 2`."""
    plan = await plans.find(context.sitting.tx, number_of(arguments.one("key", str)))
    return await _answer(context, await desk.drop_step(context.sitting, plan, arguments.one("step", int)))


async def agree(context: Context, arguments: Arguments) -> Reply:
    """`recovery agree P-1`."""
    plan = await plans.find(context.sitting.tx, number_of(arguments.one("key", str)))
    require_current(context.utterance, plan.revision, plan.key, f"recovery agree {plan.key}")
    return await _answer(context, await desk.agree(context.sitting, plan))


async def _answer(context: Context, plan: RecoveryPlan) -> Reply:
    shown = await desk.shown(context.sitting, plan)
    return Reply(card=cards.plan(shown, context.sitting.now, reader=context.member))


PLAN = Argument("key", KeyArg("P"), "Plan")
BOTH = "the owners of both sides, their deputies"

COMMANDS = (
    Command(
        verb="recovery",
        summary="Open the recovery plan for a miss, with what the miss cost, or see where it stands",
        who=BOTH,
        run=recovery,
        writes=True,
        arguments=(Argument("key", KeyArg("BP"), "Miss or plan"),),
        examples=("recovery B-3", "recovery P-1"),
    ),
    Command(
        verb="recovery step",
        summary="Add a step to a recovery plan: what, who, by when",
        who=BOTH,
        run=step,
        writes=True,
        submit="Add it",
        arguments=(
            PLAN,
            Argument("thing", TextArg(rest=False, most=300), "What"),
            Argument("owner", PersonArg(), "Who", after=("owner",)),
            Argument("by", DateArg(toward="future"), "By", after=("by",)),
        ),
        examples=("recovery step P-1 call the oldest leads again owner @Nina by 6 Nov",),
    ),
    Command(
        verb="recovery drop",
        summary="Take a step out of a recovery plan that is not agreed yet",
        who=BOTH,
        run=drop,
        writes=True,
        submit="Take it out",
        arguments=(PLAN, Argument("step", QuantityArg(), "Step")),
        examples=("recovery drop P-1 2",),
    ),
    Command(
        verb="recovery agree",
        summary="Agree to a recovery plan for your side; with both its steps are owed",
        who=BOTH,
        run=agree,
        writes=True,
        arguments=(PLAN,),
        examples=("recovery agree P-1",),
    ),
)
