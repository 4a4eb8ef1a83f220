"""`plan` works out what to promise, and `plan capacity` whether it can be kept; only who asks hears it."""

from __future__ import annotations

from pathlib import Path

from bot.chat.card import Form
from tests.bot.cards.printing import lines
from tests.world import COMPANY_X, World, private


async def test_bare_plan_takes_what_is_agreed_and_where_the_month_stands(world: World) -> None:
    await world.channel().says("josh", "handoff 43 qualified leads to sales")
    world.channel().hears("H-1")
    assert private(await world.channel().says("amy", "plan")) == lines(
        """
        Plan · Qualified leads (C-1) · 100 to promise
        Customers: $5,000 × 100 % from marketing ÷ $100 a sale = 50
        Qualified leads: 50 customers ÷ 50 % that close = 100
        By the checkpoints: 25, 50, 75, 100
        That is the 100 qualified leads that are agreed: the target stands.
        October so far: 43 qualified leads handed over, worth $2,150 at this close rate and sale
        [What if…] [Hours for them…] [Share in #smarketing]
        """
    )
    world.channel().hears_nothing()


async def test_at_a_close_rate_of_48_percent_it_says_what_would_have_to_change(world: World) -> None:
    assert private(await world.direct("josh").says("josh", "plan close 48 %")) == lines(
        """
        Plan · Qualified leads (C-1) · 105 to promise
        Customers: $5,000 × 100 % from marketing ÷ $100 a sale = 50
        Qualified leads: 50 customers ÷ 48 % that close ≈ 104.17, rounded up to 105
        By the checkpoints: 27, 53, 79, 105
        5 qualified leads more than the 100 that are agreed, since 48 % close (not 50 %).
        With the 100 as agreed: 100 × 48 % × $100 = $4,800, $200 short of $5,000
        October so far: no qualified lead handed over yet
        In the agreement's file, under commitments: leads
        Line                     Now                Then
        target                   100                105
        checkpoints: quantities  [25, 50, 75, 100]  [27, 53, 79, 105]
        campaigns: goals         100 in all         105 in all
        worth: close_rate        50 %               48 %
        Proposing it drafts an amendment; nothing counts before everybody has signed it.
        [Propose as amendment] [What if…] [Hours for them…]
        """
    )


async def test_figures_that_are_given_take_the_place_of_what_is_agreed(world: World) -> None:
    said = private(await world.direct("amy").says("amy", "plan target quota $5,000 sale $100 close 50 %"))
    assert "50 customers ÷ 50 % that close = 100" in said
    said = private(await world.direct("amy").says("amy", "plan share 80 % sale $90.50"))
    assert "$5,000 × 80 % from marketing ÷ $90.50 a sale ≈ 44.20" in said
    assert "11 qualified leads fewer than the 100 that are agreed, since a sale is $90.50 (not $100)." in said


async def test_a_quota_for_each_month_gives_a_target_for_each(world: World) -> None:
    assert private(await world.direct("amy").says("amy", "plan quota $5,000, $6,000 and $7,500")) == lines(
        """
        Plan · 370 qualified leads over 3 quotas
        Each quota × 100 % from marketing ÷ $100 a sale ÷ 50 % that close, rounded up once, at the end.
          Quota  Customers  Qualified leads  By the checkpoints
         $5,000         50              100  25, 50, 75, 100
         $6,000         60              120  30, 60, 90, 120
         $7,500         75              150  38, 75, 113, 150
        $18,500        185              370  in all
        100 qualified leads are agreed (C-1). A target of its own for a month takes a new version.
        [What if…]
        """
    )


async def test_what_if_opens_the_form_filled_in_with_what_was_asked(world: World) -> None:
    reply = await world.direct("amy").says("amy", "plan close 48 %")
    assert reply.card is not None
    what_if = next(each for each in reply.card.buttons if each.label == "What if…")
    form = (await world.direct("amy").says("amy", what_if.says)).form
    assert form is not None
    assert values(form) == {"about": "", "quota": "", "sale": "", "close": "48 %", "share": ""}
    said = private(await world.direct("amy").fills("amy", form, sale="$125"))
    assert "Qualified leads: 40 customers ÷ 48 % that close ≈ 83.33, rounded up to 84" in said


async def test_hours_for_them_opens_the_capacity_form_with_the_leads(world: World) -> None:
    form = (await world.direct("amy").says("amy", "plan capacity leads 105 …")).form
    assert form is not None
    assert values(form)["leads"] == "105"
    said = private(await world.direct("amy").fills("amy", form, reps="2", hours="37.5", minutes="10"))
    assert said.startswith("Capacity · four follow-ups a lead, not six")


async def test_where_nothing_is_agreed_the_form_asks_for_all_three(world: World, tmp_path: Path) -> None:
    file = tmp_path / "company-x.yaml"
    text = amended()
    before, _, after = text.partition("    worth: ")
    file.write_text(before + after[after.index("    campaigns:") :], encoding="utf-8")
    await world.agrees(file)
    world.everyone_heard_all()
    await world.travel_to("Mon 05 Oct 2026 10:00")
    world.everyone_heard_all()
    form = (await world.direct("josh").says("josh", "plan close 50 %")).form
    assert form is not None
    assert [each.name for each in form.fields if each.error] == ["quota", "sale"]
    reply = await world.direct("josh").fills("josh", form, quota="$6,000")
    assert list(reply.errors) == ["sale"]
    said = private(await world.direct("josh").fills("josh", form, quota="$6,000", sale="$100"))
    assert "20 qualified leads more than the 100 that are agreed." in said


async def test_six_follow_ups_that_people_have_the_hours_for(world: World) -> None:
    asked = "plan capacity reps 4 hours 160 minutes 10"
    assert private(await world.direct("amy").says("amy", asked)) == lines(
        """
        Capacity · six follow-ups a lead can be kept
        Hours for follow-ups: 4 reps × 160 h = 640 h
        Time for: 640 h × 60 min ÷ 10 min = 3,840 follow-ups
        For each lead: 3,840 follow-ups ÷ 100 leads = 38.4, rounded down to 38
        What is owed takes: 100 leads × 6 follow-ups × 10 min ÷ 60 min = 100 h
        Reps that takes: 100 h ÷ 160 h ≈ 0.63 reps, rounded up to 1 rep
        Six follow-ups a lead can be kept: that takes 100 h of the 640 h there are. There is time for 38 each.
        [What if…]
        """
    )


async def test_six_follow_ups_that_cannot_be_kept_say_what_could_be(world: World) -> None:
    people = "reps 2 hours 80 leave 8 prospecting share 25 % deals 25 hours a deal 1"
    asked = f"plan capacity {people} minutes 15 leads 100 backlog 4"
    assert private(await world.direct("amy").says("amy", asked)) == lines(
        """
        Capacity · three follow-ups a lead, not six
        Hours a rep has: 80 h − 8 h leave = 72 h
        Hours a rep has: 72 h × 75 % left by prospecting = 54 h
        Deals take: 25 deals × 1 h a deal = 25 h
        Hours for follow-ups: 2 reps × 54 h − 25 h = 83 h
        Time for: 83 h × 60 min ÷ 15 min = 332 follow-ups
        To follow up: 100 leads + 4 from before = 104 leads
        For each lead: 332 follow-ups ÷ 104 leads ≈ 3.19, rounded down to 3
        What is owed takes: 104 leads × 6 follow-ups × 15 min ÷ 60 min = 156 h
        With the deals: 156 h + 25 h = 181 h
        Reps that takes: 181 h ÷ 54 h ≈ 3.35 reps, rounded up to 4 reps
        Six follow-ups a lead cannot be kept: that takes 156 h, and there are 83 h. Each lead can really get three.
        Before anybody signs it, agree on one of these: 4 reps (2 more); or at most 51 leads a month;
            or three follow-ups a lead.
        [What if…]
        """
    )


async def test_deals_without_their_hours_are_asked_for(world: World) -> None:
    form = (await world.direct("amy").says("amy", "plan capacity reps 2 hours 40 minutes 15 deals 50")).form
    assert form is not None
    assert [each.name for each in form.fields if each.error] == ["deal"]


async def test_of_several_promises_one_is_asked_for(world: World, tmp_path: Path) -> None:
    file = tmp_path / "company-x.yaml"
    text = amended()
    demos = "  demos:\n    kind: volume\n    giver: marketing\n    receiver: sales\n    unit: demo\n    target: 10\n"
    demos += "    period: month\n    silence_accepts_after: 2wd\n"
    file.write_text(text.replace("commitments:\n", f"commitments:\n{demos}", 1), encoding="utf-8")
    await world.agrees(file)
    await world.travel_to("Fri 02 Oct 2026 10:00")
    world.everyone_heard_all()
    reply = await world.direct("amy").says("amy", "plan close 48 %")
    assert reply.card is not None
    assert private(reply).startswith("Several promises of a quantity are spoken of here.")
    says = next(each.says for each in reply.card.buttons if "leads" in each.label)
    assert "rounded up to 105" in private(await world.direct("amy").says("amy", says))
    said = private(await world.direct("amy").says("amy", "plan quota $500 sale $100 close 50 %"))
    assert "To promise it, write target: 10 and quantities: [3, 5, 8, 10] into an agreement's file." in said
    form = (await world.direct("amy").says("amy", "plan capacity reps 2 hours 40 minutes 15")).form
    assert form is not None
    assert [each.name for each in form.fields if each.error] == ["leads"]


async def test_only_a_quantity_has_a_target_to_plan(world: World) -> None:
    reply = await world.direct("amy").says("amy", "plan C-2")
    assert reply.refused
    assert "not a promise of a quantity" in private(reply)


def values(form: Form) -> dict[str, str]:
    return {each.name: each.value for each in form.fields}


def amended() -> str:
    """Company X's file as a second version: in force a day later, and signed anew."""
    text = COMPANY_X.read_text(encoding="utf-8")
    return text.replace("effective_on: 2026-10-01", "effective_on: 2026-10-02").replace("2026-09-28", "2026-10-01")


async def test_what_was_worked_out_is_drafted_at_a_press(world: World) -> None:
    card = (await world.direct("josh").says("josh", "plan close 48 %")).card
    assert card is not None
    button = next(each for each in card.buttons if each.label == "Propose as amendment")
    draft = private(await world.direct("josh").says("josh", button.says))
    assert "Qualified leads: 105 instead of 100 a month, from 1 November 2026." in draft
    assert "close rate 48 % instead of 50 %" in draft
    assert "Because: 48 % close (not 50 %)" in draft
    world.everyone_else_heard_nothing()


async def test_where_the_target_stands_there_is_nothing_to_propose(world: World) -> None:
    card = (await world.direct("josh").says("josh", "plan")).card
    assert card is not None
    assert "Propose as amendment" not in [each.label for each in card.buttons]
