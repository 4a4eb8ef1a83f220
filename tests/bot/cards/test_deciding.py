"""Whoever decides over a miss has a button for each way that is agreed and possible, and no other."""

from __future__ import annotations

from dataclasses import replace

from bot.cards.deciding import Ways, to_decide, ways
from bot.cards.duties import Duty
from bot.chat.plain import text_of
from slacore.breaches import Breach
from slacore.calendars import Duration
from slacore.credits import Repeated, Then
from slacore.handoffs import Piles
from slacore.repeats import Repetition
from tests.company_x import NEW_YORK, TERMS, at, month_of_leads, standing

NOW = at(5, 12, month=11)
MISS = Breach(3, 12, "company-x", 1, "leads", "marketing", 9, provisional=False, recorded_at=at(30, 17))
DUTY = Duty(replace(month_of_leads(), state="missed"), TERMS, standing(NOW, on_time=Piles(accepted=91)))


NOTHING = "If you do nothing, nothing follows; it stays on the record."


def repeated(then: Then) -> Repetition:
    return Repetition(Repeated(3, Duration(365, "d"), then), (1, 2, 3))


def labels(possible: Ways, breach: Breach = MISS) -> list[tuple[str, str]]:
    return [(each.label, each.says) for each in ways(DUTY, breach, possible)]


def test_what_is_not_possible_is_not_offered() -> None:
    plan, excuse = ("Recovery plan", "recovery B-3"), ("Excuse…", "excuse B-3 …")
    assert labels(Ways()) == [plan, excuse]
    assert labels(Ways(carriable=9)) == [plan, ("Carry 9 over", "carry B-3"), excuse]
    assert labels(Ways(notice=True)) == [plan, ("Notice", "notice B-3"), excuse]
    chosen = ("Recovery plan", "choose B-3 recovery plan")
    assert labels(Ways(pending=True)) == [chosen, excuse]
    credit = ("Service credit", "choose B-3 service credit")
    assert labels(Ways(pending=True, plan=False, credit=True)) == [credit, excuse]
    assert labels(Ways(), replace(MISS, made_good_at=NOW)) == [excuse]


def test_misses_that_repeat_add_what_was_agreed_for_that() -> None:
    assert ("Meet sooner…", "review move V-2 to …") in labels(Ways(repeated=(repeated("review"),), review="V-2"))
    assert ("Meet", "review") in labels(Ways(repeated=(repeated("review"),)))
    assert ("End the agreement…", "agreement end A-1 …") in labels(Ways(repeated=(repeated("end"),), agreement="A-1"))


def test_the_question_says_how_much_what_for_why_and_what_happens_if_he_does_nothing() -> None:
    explained = replace(MISS, why="the fair was put off")
    card = to_decide(DUTY, explained, ways(DUTY, explained, Ways(carriable=9)), NOW, (repeated("end"),))
    assert text_of(card, NEW_YORK).splitlines() == [
        "B-3 · to decide · Qualified leads, October",
        "9 qualified leads short: a miss of Marketing, owed to Sales. It is certain now.",
        "Lost revenue: 9 × 50 % × $100 = $450",
        "Agreed consequence: recovery plan within 3 working days, or 9 qualified leads carried over",
        "Repeated: B-1, B-2, B-3. Agreed for 3 misses within 365 days: proposal to end the agreement",
        "Why: “the fair was put off”",
        f"Morgan, you choose one of them, which closes the others. {NOTHING}",
        "[Recovery plan] [Carry 9 over] [Excuse…] [History]",
    ]
