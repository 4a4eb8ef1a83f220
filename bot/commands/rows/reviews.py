"""The regular meeting: review, review content/unhappy, here, decide, learn, action, move, close."""

from __future__ import annotations

from datetime import date, datetime

from bot.cards import reviews as cards
from bot.cards.words import day_text, day_text_of, quoted
from bot.chat.talk import Reply
from bot.commands.arguments import CommitmentArg, DateArg, KeyArg, MomentArg, Month, MonthArg, PersonArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.vocabulary import CommitmentName, PersonName
from bot.desk.reviews import packs, prints
from bot.desk.reviews import reviews as desk
from bot.store import commitments
from slacore.agreements import Agreement, Terms
from slacore.keys import number_of
from slacore.reviews import Review, participants_of


async def show(context: Context, arguments: Arguments) -> Reply:
    """`review`, `review V-3`, `review October`."""
    month = arguments.maybe("month", Month)
    if month is None:
        review = await _the_one(context, arguments)
    else:
        review = await desk.of_month(context.sitting, _agreement(context), month.first_on)
    pack = await packs.of_review(context.sitting, review)
    return Reply(card=cards.pack(pack, context.sitting.now, prints.review_to_read(review, context.member)))


async def content(context: Context, arguments: Arguments) -> Reply:
    """`review content V-3`."""
    review = await _the_one(context, arguments)
    words = arguments.maybe("words", str) or ""
    await desk.speak(context.sitting, review, words, content=True)
    return Reply(card=cards.noted(review, "your side is content"))


async def unhappy(context: Context, arguments: Arguments) -> Reply:
    """`review unhappy because half of the leads never pick up the phone`."""
    review = await _the_one(context, arguments)
    await desk.speak(context.sitting, review, arguments.one("words", str), content=False)
    return Reply(card=cards.noted(review, "your side is unhappy, and why"))


async def here(context: Context, arguments: Arguments) -> Reply:
    """`review here`."""
    review = await desk.attend(context.sitting, await _the_one(context, arguments))
    return Reply(card=cards.noted(review, "you are here"))


async def decide(context: Context, arguments: Arguments) -> Reply:
    """`review decide the target stays at 100 until January`."""
    review = await _the_one(context, arguments)
    words = arguments.one("words", str)
    await desk.write_down(context.sitting, review, "decision", words)
    return Reply(card=cards.noted(review, f"decided: {quoted(words)}"))


async def learn(context: Context, arguments: Arguments) -> Reply:
    """`review learn trade fair leads need a call within a day`."""
    review = await _the_one(context, arguments)
    words = arguments.one("words", str)
    await desk.write_down(context.sitting, review, "lesson", words)
    return Reply(card=cards.noted(review, f"learnt: {quoted(words)}"))


async def action(context: Context, arguments: Arguments) -> Reply:
    """`review action send the new form owner @amy by 20 Nov`."""
    review = await _the_one(context, arguments)
    owner, by = arguments.one("owner", PersonName), arguments.one("by", date)
    under = arguments.maybe("under", CommitmentName)
    slug = ""
    if under is not None:
        keys = await commitments.keys(context.sitting.tx)
        slug = next(
            (name for (agreement, name), key in keys.items() if (agreement, key) == (review.agreement, under.key)), ""
        )
    step = await desk.take_on(context.sitting, review, arguments.one("thing", str), owner.key, by, slug)
    terms = packs.terms_of(context.sitting.agreement(review.agreement), review)
    until = day_text(by, context.sitting.now, terms.zone)
    return Reply(card=cards.noted(review, f"{step.key} is {owner.name}’s, by {until}"))


async def move(context: Context, arguments: Arguments) -> Reply:
    """`review move V-3 to 5 Nov 14:00`."""
    review = await desk.move(context.sitting, await _the_one(context, arguments), arguments.one("to", datetime))
    at = day_text_of(review.meets_at, context.sitting.now, context.zone)
    return Reply(card=cards.noted(review, f"moved to {at}; everybody invited is told"))


async def close(context: Context, arguments: Arguments) -> Reply:
    """`review close`."""
    review = await desk.close(context.sitting, await _the_one(context, arguments))
    pack = await packs.of_review(context.sitting, review)
    return Reply(card=cards.noted(review, f"closed with {cards.in_words(pack)}"))


async def _the_one(context: Context, arguments: Arguments) -> Review:
    key = arguments.maybe("key", str)
    if key is not None:
        review = await desk.the_one(context.sitting, context.sitting.agreements[0], number_of(key))
        context.require_spoken_of(review.agreement)
        return review
    return await desk.the_one(context.sitting, _agreement(context), None)


def _agreement(context: Context) -> Agreement:
    return context.agreement(_meets, lambda terms: _meets(terms) and context.member in participants_of(terms))


def _meets(terms: Terms) -> bool:
    return terms.review is not None


KEY = Argument("key", KeyArg("V"), "Review", required=False)
PARTIES = "members of the parties"

COMMANDS = (
    Command(
        verb="review",
        summary="See the review: numbers, misses, what each side says, decisions and actions",
        who="everybody",
        run=show,
        writes=True,
        arguments=(KEY, Argument("month", MonthArg(), "Month", after=("of", "for"), bare=True, required=False)),
        examples=("review", "review V-3", "review October"),
    ),
    Command(
        verb="review content",
        summary="Say before a review that your side is content",
        who=PARTIES,
        run=content,
        writes=True,
        arguments=(
            KEY,
            Argument("words", TextArg(long=True), "Anything to add", after=("because", "note"), required=False),
        ),
        examples=("review content", "review content V-3 because the webinar leads were a joy"),
    ),
    Command(
        verb="review unhappy",
        summary="Say before a review what the numbers do not show",
        who=PARTIES,
        run=unhappy,
        writes=True,
        arguments=(KEY, Argument("words", TextArg(long=True), "What the numbers do not show", after=("because",))),
        examples=("review unhappy because half of them never pick up the phone",),
    ),
    Command(
        verb="review here",
        summary="Be there: the first one opens the meeting",
        who=f"{PARTIES}, and the sponsor",
        run=here,
        writes=True,
        arguments=(KEY,),
        examples=("review here",),
    ),
    Command(
        verb="review decide",
        summary="Write down what was decided; it needs a quorum",
        who=PARTIES,
        run=decide,
        writes=True,
        arguments=(KEY, Argument("words", TextArg(long=True), "Decision")),
        examples=("review decide the target stays at 100 until January",),
    ),
    Command(
        verb="review learn",
        summary="Write down what was learnt, for the register of lessons",
        who=PARTIES,
        run=learn,
        writes=True,
        arguments=(KEY, Argument("words", TextArg(long=True), "Lesson")),
        examples=("review learn trade fair leads need a call within a day",),
    ),
    Command(
        verb="review action",
        summary="Give somebody something to do by a day: it is owed like any promise",
        who=PARTIES,
        run=action,
        writes=True,
        arguments=(
            KEY,
            Argument("thing", TextArg(rest=False, most=300), "What"),
            Argument("owner", PersonArg(), "Who", after=("owner", "by whom")),
            Argument("by", DateArg(toward="future"), "By", after=("by",)),
            Argument("under", CommitmentArg(), "Promise it serves", after=("under", "for promise"), required=False),
        ),
        examples=("review action send Sales the new form owner Amy by 2026-11-20",),
    ),
    Command(
        verb="review move",
        summary="Hold a review at another time; everybody invited is told",
        who=PARTIES,
        run=move,
        writes=True,
        arguments=(KEY, Argument("to", MomentArg(), "To", after=("to",))),
        examples=("review move V-3 to 5 Nov 14:00",),
    ),
    Command(
        verb="review close",
        summary="End a review: its decisions and actions stand",
        who=PARTIES,
        run=close,
        writes=True,
        arguments=(KEY,),
        examples=("review close",),
    ),
)
