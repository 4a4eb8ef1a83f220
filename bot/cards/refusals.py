"""What somebody hears when something cannot be done: what was understood, why not, one next step."""

from __future__ import annotations

from datetime import datetime

from bot.cards.offers import act, ask
from bot.cards.words import called, cut, moment_near, one_line, person, run, said, said_plainly, titled
from bot.chat.card import Block, Button, Card, Note, Text
from slacore.agreements import Terms
from slacore.errors import Refusal

_OPENS_FORM = " …"
_HEADLINE = 240
"""Characters of a reason that is a headline as it is: it is read where it is said, and seldom in a notification."""
_CANNOT = "That cannot be done."


def refusal(refused: Refusal) -> Card:
    """Lay a refusal out: the reason first, then what was understood and what to do, with ready answers as buttons.

    The reason stands there once, and whole: in the headline, or below it where it is too long for one.
    """
    problem = one_line(refused.problem) or _CANNOT
    headline = said_plainly(problem)
    blocks: list[Block] = []
    if len(headline) > _HEADLINE:
        headline = _CANNOT
        blocks.append(Text(said(problem)))
    if understood := one_line(refused.understood):
        blocks.append(Text(said(understood)))
    if next_step := one_line(refused.next_step):
        blocks.append(Note(said(next_step)))
    return Card(
        title=headline,
        summary=said_plainly(" ".join(part for part in (problem, next_step) if part)),
        blocks=tuple(blocks),
        buttons=tuple(_offer(label, says) for label, says in refused.offers if label.strip() and says.strip()),
        tone="warning",
    )


def _offer(label: str, says: str) -> Button:
    if says.endswith(_OPENS_FORM):
        return ask(label.rstrip("…"), says.removesuffix(_OPENS_FORM))
    return act(label, says)


def already(key: str, what: str, *, by: str, at: datetime, terms: Terms, now: datetime) -> Card:
    """Answer a second press: "H-41 is already accepted by Amy, 14:02". `by` is a member, "" for the clock."""
    who = run(" by ", person(terms, by)) if by else ()
    title = titled(f"{key} is already {cut(what, 50)}")
    spans = run(f"{key} is already {what}", who, ", ", moment_near(at, now, terms), ".")
    said_by = f" by {called(terms, by)}" if by else ""
    return Card(title=title, summary=f"{key} is already {what}{said_by}.", blocks=(Text(spans),), ref=key)
