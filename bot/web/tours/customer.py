"""The tour's last part: a promise to a customer outside the company, kept in minutes of downtime, paid in credits."""

from __future__ import annotations

from bot.web.tour import DIRECT, Meanwhile, TourPart, TourStep
from bot.web.tours.dates import at

_ROOM = "harbor-books"

CUSTOMER = TourPart(
    "A customer’s credit",
    (
        TourStep(
            as_person="sam",
            place=_ROOM,
            travel_to=at(11, 24, 9, 20),
            says="incident start web-shop because payments time out",
            title="A customer’s shop is down",
            narration="Service promised Harbor Books 99.9 % in a month: 43 minutes of downtime. They are counting.",
            expects=("N-1", "web-shop", "down"),
        ),
        TourStep(
            as_person="lena",
            place=_ROOM,
            meanwhile=(Meanwhile(at(11, 24, 10, 20), "sam", _ROOM, "incident restored N-1"),),
            travel_to=at(11, 24, 10, 25),
            says="status",
            title="An hour, and what is left",
            narration="Lena, the customer, reads the same numbers as service. There is one record for both.",
            expects=("Shop open", "99.8"),
        ),
        TourStep(
            as_person="lena",
            place=DIRECT,
            meanwhile=(
                Meanwhile(at(11, 25, 16, 30), "amy", DIRECT, "report approve"),
                Meanwhile(at(11, 30, 11), "amy", DIRECT, "friction report now"),
            ),
            travel_to=at(12, 3, 9, 5),
            says="credit claim K-1",
            title="A service credit, claimed",
            narration=(
                "When the month is certain the miss is worth what its tier says: 10 % of $2,000. Lena claims it; Kept "
                "proposes, people decide."
            ),
            expects=("K-1", "$200.00", "claimed"),
        ),
        TourStep(
            as_person="joan",
            place=DIRECT,
            says="credit approve K-1",
            title="Approved",
            narration="Joan sees the sum and the minutes behind it, and approves. It comes off the next charge.",
            expects=("K-1", "approved"),
        ),
        TourStep(
            as_person="lena",
            place=_ROOM,
            says="credits November",
            title="To the cent",
            narration="The statement of the month adds up every credit, for both sides alike.",
            expects=("K-1", "$200.00"),
        ),
        TourStep(
            as_person="lena",
            place=DIRECT,
            says="agreement change answers priority urgent 30wm because an hour is long when nobody can pay",
            title="What she would change",
            narration=(
                "Times, working hours, tiers, who hears of what: all of it is changed in a line or a form, said in a "
                "sentence, and signed by both before it counts."
            ),
            expects=("draft", "Urgent cases: first answer within 30 working minutes instead of 1 working hour"),
        ),
        TourStep(
            as_person="priya",
            place=DIRECT,
            says="mine",
            title="My part",
            narration=(
                "What each one owes and is owed, his own password and access card too. "
                "The room is yours: be anybody, say anything, move the clock."
            ),
            expects=("Your part",),
        ),
    ),
)
