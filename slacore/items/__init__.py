"""One handed-over thing that must be acted on, such as a lead or a case: people call it `L-2031`.

An item is the fold of its ledger (`retell`): nothing of it is edited, every fact is an `Entry` with
two times, when it happened (`occurred_at`) and when it was said (`logged_at`). What turns out to be
wrong is taken back by a reversing entry and said anew; both stay readable.

    happened       to          note     about   what it means
    handed over                                 the giver gave it; always the first entry, seq 1
    assigned       member      why              somebody is to act on it; the first ends the routing
    offered        member      why              somebody is asked to take it over; till he does nothing changes
    declined                   why              he does not take it
    responded                  words            a person answered; the first is "the response"
    auto-replied               words            a machine answered; it is on record and counts for nothing
    updated                    words            a person said how it goes
    attempted                  words            a person tried to reach somebody (a follow-up)
    outcome        slug        words            how it ended, by the agreement's list, final or not; `amount` is the
                                                price of a sale in its currency's smallest unit, if said
    resolved                   words            it is done with
    staged         stage       words            where it is in its life cycle; `amount` is the score, if said
    paused                     reason           no working time passes from here (to `until_at`, if known)
    resumed                                     working time passes again
    contested                  why      entry   the other side holds an answer, a resolution or a pause to be hollow;
                                                by nobody, where a word restates a closed period and waits for it
    settled        stands or   why      entry   how that ended; `about` is the contest
                   hollow
    disputed                   why              its handoff is disputed in this item: nobody need act meanwhile
    readmitted                                  that dispute ended: it counts again, and its time has run on
    withdrawn                  why              it was never owed (undone, or conceded)
    reversed                   why      entry   takes that entry back, as if it had never been said

Any human act towards the item (responded, updated, attempted, outcome, resolved) answers it: whoever
logs a call need not log a response beside it. What is contested does not count until it is settled;
what was settled as hollow never does. Entries are told in the order in which things happened, then in
which they were said. Who may say what is checked where people are known, at the desk.

What a promise makes of an item (until when, done or not) is an `ItemDuty`: `response_duties` gives
those of a response promise; follow-ups have theirs in `slacore.followups`, from the same ledger.
"""

from slacore.items.acts import (
    assign,
    attempt,
    auto_reply,
    contest,
    decline,
    dispute,
    end,
    hold,
    offer,
    pause,
    readmit,
    resolve,
    respond,
    resume,
    reverse,
    settle,
    stage,
    take,
    update,
    withdraw,
)
from slacore.items.delays import Delay, delay_of
from slacore.items.duties import (
    ITEM_KINDS,
    ItemDuty,
    applied,
    counter_of,
    item_of,
    owed_no_more,
    response_duties,
)
from slacore.items.ledger import (
    ANSWERS,
    Change,
    Contest,
    Entry,
    Handed,
    Happened,
    Item,
    Listed,
    Pause,
    Standing,
    handed_over,
    retell,
)

__all__ = [
    "ANSWERS",
    "ITEM_KINDS",
    "Change",
    "Contest",
    "Delay",
    "Entry",
    "Handed",
    "Happened",
    "Item",
    "ItemDuty",
    "Listed",
    "Pause",
    "Standing",
    "applied",
    "assign",
    "attempt",
    "auto_reply",
    "contest",
    "counter_of",
    "decline",
    "delay_of",
    "dispute",
    "end",
    "handed_over",
    "hold",
    "item_of",
    "offer",
    "owed_no_more",
    "pause",
    "readmit",
    "resolve",
    "respond",
    "response_duties",
    "resume",
    "retell",
    "reverse",
    "settle",
    "stage",
    "take",
    "update",
    "withdraw",
]
