"""Company X with what sales owes each lead: six follow-ups in ten working days, and service's welcome to who buys."""

from __future__ import annotations

from pathlib import Path

from bot.desk.handoffs import handoffs
from bot.desk.items import items as desk
from bot.desk.sitting import Sitting, sit
from bot.store import items as kept
from bot.store.tx import Tx
from slacore.agreements import Candidate
from slacore.items import Change, Item, Listed
from tests.world import COMPANY_X, WORKSPACE, World

PROMISES = """
  follow-ups:
    kind: follow-up         # each lead gets an outcome, or so many attempts in so much time
    name: Follow-ups
    intent: No lead that marketing has found is let go without six honest attempts.
    giver: sales
    receiver: marketing
    unit: {singular: qualified lead, plural: qualified leads, aliases: [lead, leads]}
    attempts: 6
    within: 10wd            # working days of sales, ending at the close of the tenth
    cadence: [1, 2, 4, 6, 8, 10]
    by_class:
      hot: [0, 1, 2, 4, 6, 8]   # a lead that comes hot is called the day it comes
    share: 95 %             # of a month's leads; a late one within the other 5 % is no breach
    minimum_sample: 20      # in a month with fewer leads each is judged alone
    period: month
    depends_on: [leads]
    outcomes:               # a final one ends the duty to follow up
      qualified: {name: Qualified, final: true}
      won: {name: Won, final: true, counts_as: won, opens: welcome}
      lost: {name: Lost, final: true, counts_as: lost}
      not-interested: {name: Not interested, final: true, counts_as: lost}
      unreachable: {name: Unreachable, final: true}
      call-back: {name: Call back, final: false}

  welcome:
    kind: deliverable
    name: Welcome
    intent: Whoever buys meets somebody of service before there is a reason to.
    giver: service
    receiver: sales
    thing: welcome to the new customer
    within: 2wd             # of the outcome that opens it: won
    period: month
"""
"""What Company X's file says of it."""


def company_x_with_leads(folder: Path, *changes: tuple[str, str]) -> Path:
    """Company X's file with those promises, where it does not make them itself, and with its words changed."""
    text = COMPANY_X.read_text(encoding="utf-8")
    if "\n  follow-ups:" not in text:
        text = text.replace("\n  status-reports:\n", f"{PROMISES}\n  status-reports:\n", 1)
    if "sales_cycle:" not in text:
        text = text.replace("      average_sale: $100\n", "      average_sale: $100\n      sales_cycle: 30d\n", 1)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file = folder / "company-x.yaml"
    file.write_text(text, encoding="utf-8")
    return file


async def hands_over(world: World, *listed: Listed, by: str = "josh", campaign: str = "") -> tuple[Item, ...]:
    """Josh hands over named leads; what the channel hears of it is not this test's business."""

    async def job(tx: Tx) -> tuple[Item, ...]:
        sitting = await sit(tx, world.clock.now(), by, "web")
        (agreement,) = sitting.agreements
        candidate = Candidate(agreement, agreement.latest, agreement.latest.terms.commitment("leads"))
        handoff = await handoffs.log(sitting, handoffs.Given(candidate, len(listed), campaign=campaign, items=listed))
        return await kept.of_handoff(tx, handoff.number)

    found = await world.house.database.write(WORKSPACE, job)
    await world.house.deliverer.run_once()
    return found


async def act(sitting: Sitting, change: Change, fact: str = "Acted") -> Item:
    """Write an act down as the desk does."""
    before = await kept.find(sitting.tx, change[0].handed.number)
    return await desk.apply(sitting, before, change, fact)
