"""One person on two platforms, one company on two: codes, and what came of them. Always private."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.cards.offers import act
from bot.cards.words import capital, cut, listed, one_line, run, titled
from bot.chat.card import Block, Card, Fact, Moment, Note, Strong, Text


@dataclass(frozen=True, slots=True)
class Connected:
    """Somebody, and where he is known: platforms as people call them, with his user id there."""

    name: str
    member: str
    known: tuple[tuple[str, str], ...]


def code(written: str, until: datetime, who: Connected, *, zone: str) -> Card:
    """The code that makes somebody one person on two platforms; in no notification, since others may see that."""
    said = run(
        "On the other platform, say ", Strong(f"connect {written}"), " to me by ", Moment(until, "time", zone), "."
    )
    warning = "Whoever says it there is you from then on, so show it to nobody. It serves once."
    return Card(
        title="Your code to connect",
        summary="Your code to connect is here, for ten minutes.",
        blocks=(Text(said), *_known(who), Note((warning,))),
    )


def company_code(written: str, until: datetime, company: str, *, zone: str) -> Card:
    """The code that lets another platform's empty workspace become part of this company."""
    said = run(
        "On the platform that is to join ", cut(company, 80), ", an administrator says ",
        Strong(f"connect {written}"), " to me by ", Moment(until, "time", zone), ".",
    )  # fmt: skip
    warning = "It works while nothing has been agreed there yet, and cannot be taken back. It serves once."
    return Card(
        title="Your company's code",
        summary="Your company's code is here, for ten minutes.",
        blocks=(Text(said), Note((warning,))),
    )


def shown_once(again: Literal["connect", "connect company"]) -> Card:
    """What the same request hears again, since no code is kept."""
    said = "I showed the code once and did not keep it."
    return Card(titled(said), said, (), (act("A fresh code", again),))


def connected(who: Connected) -> Card:
    """Two identities are one person from now on."""
    platforms = listed([platform for platform, _ in who.known])
    title = titled(f"{cut(who.name, 60)}, you are one person in {platforms}")
    said = "What you say counts the same in each. What was said before stays as it is on the record."
    return Card(title, f"{title}.", (Text((said,)), *_known(who)), tone="good")


def disconnected(who: Connected, platform: str) -> Card:
    """Somebody is known on a platform no more."""
    title = titled(f"You are no longer connected with {platform}")
    return Card(title, f"{title}.", (*_known(who), Note(("What was said there stays on the record.",))))


def connected_elsewhere(name: str, platform: str, word: str, now: datetime, *, zone: str) -> Card:
    """To whoever made the code: what came of it, and how to undo it."""
    who = cut(one_line(name), 80) or "Somebody"
    title = titled(f"{who} in {platform} is you from now on")
    return Card(
        title=title,
        summary=f"{title}.",
        blocks=(
            Text(run("Your code was said there at ", Moment(now, "day and time", zone), ".")),
            Note(("You get this because you made the code. If that was not you, press the button at once.",)),
        ),
        buttons=(act("That was not me", f"disconnect {word}", style="danger"),),
    )


def joined(company: str, platform: str) -> Card:
    """A platform's workspace has become part of a company."""
    title = titled(f"This is {cut(company, 80)} in {platform} now")
    said = run("Whoever I know on the other platform says ", Strong("connect"), " there, and the code here.")
    return Card(title, f"{title}.", (Text(said),), tone="good")


def _known(who: Connected) -> tuple[Block, ...]:
    return tuple(Fact(capital(platform), (cut(user, 80),)) for platform, user in who.known)
