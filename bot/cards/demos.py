"""Where one can try all of it without consequences, and what happens there."""

from __future__ import annotations

from bot.cards.offers import act
from bot.cards.words import said, titled
from bot.chat.card import Card, Fact, Note, Text

_STEPS = (
    ("Two weeks", "a handoff is logged, accepted in part, corrected, and shown in Friday's report"),
    ("A miss", "its owner hears first, then the other side, then the channel, and what it comes to is said"),
    ("The review", "both sides say what the numbers do not show, and the next version is drafted from them"),
)


def demo(address: str, *, in_rehearsal: bool) -> Card:
    """Tell somebody where a month can be played; `address` is the rehearsal's page, "" for one yet to be started."""
    if in_rehearsal:
        title = "You are in the rehearsal: nothing here reaches anybody"
        how = "Take the tour, or be anybody, type what people type, and move the clock to see who hears what."
        where = f"It begins at {address}/" if address else "It begins on the first page."
    else:
        title = "A month can be played in the rehearsal, apart from your record"
        how = "There you are anybody, type what people type, and move the clock to see who hears what. Here all stays."
        where = "Whoever runs Kept starts it beside this one, with a database of its own: `make run`."
    return Card(
        title=titled(title),
        summary=f"{title}. {how}",
        blocks=(Text((how,)), *(Fact(name, (what,)) for name, what in _STEPS), Note(said(where))),
        buttons=(act("What can I ask?", "help"),),
    )
