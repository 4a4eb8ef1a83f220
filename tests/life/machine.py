"""People of two sides do anything, in any order, and time passes; what has to be true is true all the while."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from bot.desk.sitting import Sitting
from bot.store import tables
from tests.life import truths
from tests.life.answers import answers_equal_a_recount
from tests.life.drafted import Drafted, back, drafters
from tests.life.papers import SIDES, Draft
from tests.life.rows import changed

AGREEMENT = Path(__file__).with_name("agreement.yaml")

people = st.sampled_from(["josh", "amy", "nina", "priya", "tom", "morgan", "a stranger"])
givers = st.sampled_from(["josh", "josh", "nina", "nina", "amy", "a stranger"])
receivers = st.sampled_from(["amy", "amy", "priya", "priya", "tom", "josh", "morgan"])
deciders = st.sampled_from(["morgan", "morgan", "josh", "amy", "priya"])
"""Those who mostly may, and somebody who may not: a life in which everything is refused is none."""
days = st.sampled_from([-1, 0, 1, 2, 5, 9])
quantities = st.sampled_from([2, 6, 11, 20, 30])
REDUNDANT = ("says already", "so nothing would count from")
"""Why a change that somebody may draft is refused all the same: it changes nothing, or what it changes is over."""
figures = st.sampled_from(
    ["leads target 25", "leads target 12", "leads silence 2wd", "answers first response 2wh", "answers share 75 %"]
)


class Life(Drafted):
    """From the signing of an agreement on."""

    @initialize(signed=st.sampled_from([True, True, True, False]), week=st.integers(0, 3))
    def an_agreement_is_applied(self, signed: bool, week: int) -> None:
        """It comes as a file: signed by both, or by one of them only. Some weeks of it may be over already."""
        text = AGREEMENT.read_text(encoding="utf-8")
        file = self.folder / "agreement.yaml"
        file.write_text(text if signed else text[: text.index("  - {party: sales, by: amy")], encoding="utf-8")
        self.agrees(file, versions=int(signed))
        for quantity in (20, 13, 4)[:week]:
            self.leads_are_handed_over("josh", quantity, quantity == 4)
            self.time_passes(168)

    # ---- what is handed over -----------------------------------------------------------------------

    @rule(who=givers, quantity=quantities, named=st.booleans())
    def leads_are_handed_over(self, who: str, quantity: int, named: bool) -> None:
        """Some of them by name, so that answers to each are owed."""
        items = " items Ann; Bob @tom; Cem; Dia @priya" if named else ""
        self.says(who, f"handoff {4 if named else quantity} leads to sales note n{self.acts}{items}")

    @precondition(lambda self: self.has("H"))
    @rule(
        who=receivers,
        nth=back,
        what=st.sampled_from(["accept {}", "accept {}", "accept {} 2 because too few", "dispute {} because fake",
                              "dispute {} 2 because fake", "undo {}", "correct {} to 5 because miscounted",
                              "correct {} to 25 because miscounted"]),
    )  # fmt: skip
    def a_handoff_is_answered(self, who: str, nth: int, what: str) -> None:
        """By whoever: most of it is refused."""
        self.says(who, what.format(self.key("H", nth)))

    @precondition(lambda self: self.has("L"))
    @rule(
        who=receivers,
        nth=back,
        what=st.sampled_from(["respond {}", "resolve {}", "contest {} because hollow", "settle {} stands",
                              "settle {} hollow", "pause {} waiting", "resume {}", "assign {} to Priya", "take {}"]),
    )  # fmt: skip
    def an_item_is_acted_on(self, who: str, nth: int, what: str) -> None:
        """Answered, resolved, doubted, put off, given to somebody else."""
        self.says(who, what.format(self.key("L", nth)))

    # ---- drafts and signatures ------------------------------------------------------------------------

    @rule(who=drafters, figure=figures, ahead=days)
    def a_change_is_drafted(self, who: str, figure: str, ahead: int) -> None:
        """A draft of the same side that nobody has seen yet is added to."""
        on = self.today + timedelta(days=ahead)
        done, said = self.says(who, f"agreement amend A-1 {figure} from {on} because numbers moved")
        allowed = who in SIDES and ahead > 0 and self.papers.versions > 0
        assert allowed or not done, said
        assert done or not allowed or any(each in said for each in REDUNDANT), said
        if done:
            self.drafted(who, on)

    @precondition(lambda self: self.has("X"))
    @rule(who=drafters, nth=back, figure=figures, ahead=days)
    def a_draft_is_countered(self, who: str, nth: int, figure: str, ahead: int) -> None:
        """Only by the other side, and only while it is before them."""
        number, on = self.number("X", nth), self.today + timedelta(days=ahead)
        draft = self.papers.drafts.get(number)
        done, said = self.says(who, f"agreement counter X-{number} {figure} from {on} because numbers moved")
        allowed = (
            draft is not None and who in SIDES and SIDES[who] != draft.side and ahead > 0
            and draft.state in ("proposed", "declined") and self.papers.is_current(draft)
        )  # fmt: skip
        assert allowed or not done, said
        assert done or not allowed or any(each in said for each in REDUNDANT), said
        if done:
            self.drafted(who, on, answers=number)

    @rule(figure=figures, other=figures, ahead=st.sampled_from([1, 5]))
    def two_are_signed_at_once(self, figure: str, other: str, ahead: int) -> None:
        """Of two that everybody signs in the same moment one counts, and the other is told that it came too late."""
        numbers = []
        for who, what in (("josh", figure), ("amy", other)):
            known = set(self.papers.drafts)
            self.a_change_is_drafted(who, what, ahead)
            for number in self.papers.drafts.keys() - known:
                self.says_of(who, "propose", number)
                numbers.append(number)
        proposed = [each for each in numbers if self.papers.drafts[each].state == "proposed"]
        if len(proposed) < 2:
            return
        for number, who in zip(proposed, ("amy", "josh"), strict=True):
            self.says_of(who, "sign", number)

        async def both() -> list[bool]:
            asked = (self.world.direct(who).says(who, f"agreement sign X-{number}")
                     for number, who in zip(proposed, ("josh", "amy"), strict=True))  # fmt: skip
            return [not each.refused for each in await asyncio.gather(*asked)]

        done = self.runner.run(both())
        assert sorted(done) == [False, True]
        first = done.index(True)
        self.papers.did(("josh", "amy")[first], "sign", proposed[first])
        self.is_recorded_by(("josh", "amy")[first])
        self.settle()

    @precondition(lambda self: self.papers.versions == 0)
    @rule(who=people)
    def the_file_is_proposed(self, who: str) -> None:
        """Terms that came unsigned are put before those who have not signed."""
        done, said = self.says(who, "agreement propose A-1")
        if done:
            number = self.number("X", 0)
            known = self.papers.drafts.get(number)
            assert known is None or known.state == "draft", said
            assert who in SIDES, said
            if known is None:
                known = self.papers.drafts[number] = Draft(number, SIDES[who], self.today, 0, file=True)
                known.signed.add("marketing")
            self.papers.did(who, "propose", number)

    # ---- misses and what follows from them --------------------------------------------------------------

    @precondition(lambda self: self.has("B"))
    @rule(who=people, nth=back)
    def a_miss_is_disputed(self, who: str, nth: int) -> None:
        """By whoever missed, once, within five working days; no clock stands still for it."""
        number = self.number("B", nth)
        breach = self.row(tables.breaches, number)
        allowed = breach is not None and truths.may_dispute(self.rows, breach, who, self.world.clock.now())
        before = self.marks
        done, said = self.says(who, f"dispute B-{number} because it did come", settles=False)
        assert done == allowed, said
        if done:
            assert not changed(before, self.marks) & {"obligations", "breaches", "credits", "schedules"}, said
            self.settle()

    @precondition(lambda self: self.has("D"))
    @rule(who=deciders, nth=back, verdict=st.sampled_from(["stands", "stands", "falls"]))
    def a_dispute_is_answered(self, who: str, nth: int, verdict: str) -> None:
        """The other side gives in or contests; whoever decides has the last word."""
        self.says(who, f"answer {self.key('D', nth)} {verdict} because we looked")

    @precondition(lambda self: self.has("B"))
    @rule(who=people, nth=back, what=st.sampled_from(["why {} it was late", "excuse {} because of the storm"]))
    def a_miss_is_explained_or_excused(self, who: str, nth: int, what: str) -> None:
        """Why, by whoever missed; excused, by whoever it was owed to."""
        self.says(who, what.format(self.key("B", nth)))

    @precondition(lambda self: self.has("O"))
    @rule(
        who=people,
        nth=st.integers(0, 12),
        what=st.sampled_from(["done {}", "done {}", "ack {}", "excuse {} because no"]),
    )
    def what_is_owed_is_spoken_of(self, who: str, nth: int, what: str) -> None:
        """Done, taken, forgiven."""
        self.says(who, what.format(self.key("O", nth)))

    @precondition(lambda self: self.has("B"))
    @rule(who=people, nth=back)
    def a_plan_is_opened(self, who: str, nth: int) -> None:
        """For a miss that counts."""
        number = self.number("B", nth)
        breach = self.row(tables.breaches, number)
        known = any(each["breach"] == number for each in self.rows.of(tables.recovery_plans))
        done, said = self.says(who, f"recovery B-{number}")
        assert not done or known or (breach is not None and truths.counts(breach) and who in SIDES), said

    @precondition(lambda self: self.has("B"))
    @rule(who=deciders, nth=back, units=st.sampled_from(["", " 2", " 30"]))
    def units_are_carried_over(self, who: str, nth: int, units: str) -> None:
        """Once a miss, by whoever decides, and only of what counts."""
        number = self.number("B", nth)
        breach = self.row(tables.breaches, number)
        known = any(each["breach"] == number for each in self.rows.of(tables.carry_entries))
        done, said = self.says(who, f"carry B-{number}{units}")
        counts = breach is not None and truths.counts(breach) and breach["commitment"] == "leads"
        assert not done or (who == "morgan" and counts and not known), said

    @precondition(lambda self: self.has("B"))
    @rule(who=deciders, nth=back, option=st.sampled_from(["recovery plan", "recovery plan", "notice", "carry-over"]))
    def a_way_is_chosen(self, who: str, nth: int, option: str) -> None:
        """One of two that were agreed for what sales misses; once, by whoever decides, of what counts undisputed."""
        number = self.number("B", nth)
        breach = self.row(tables.breaches, number)
        known = any(each["breach"] == number for each in self.rows.of(tables.choices))
        allowed = breach is not None and who == "morgan" and not known and truths.may_choose(self.rows, breach, option)
        done, said = self.says(who, f"choose B-{number} {option}")
        mends = breach is not None and breach["commitment"] in truths.MENDED
        assert done == allowed or not mends, said

    @precondition(lambda self: self.has("P"))
    @rule(who=people, nth=back, owner=st.sampled_from(["Nina", "Tom", "Morgan"]), ahead=days)
    def a_step_is_added(self, who: str, nth: int, owner: str, ahead: int) -> None:
        """By a day that is still to come."""
        by = self.today + timedelta(days=ahead)
        done, said = self.says(who, f'recovery step {self.key("P", nth)} "call them all" owner {owner} by {by}')
        assert not done or (ahead >= 0 and who in SIDES and owner != "Morgan"), said

    @precondition(lambda self: self.has("P"))
    @rule(who=people, nth=back, seq=st.integers(1, 3))
    def a_step_is_dropped(self, who: str, nth: int, seq: int) -> None:
        """While the plan is not agreed."""
        self.says(who, f"recovery drop {self.key('P', nth)} {seq}")

    @precondition(lambda self: self.has("P"))
    @rule(who=people, nth=back)
    def a_plan_is_agreed_to(self, who: str, nth: int) -> None:
        """By both sides, to the same steps."""
        self.says(who, f"recovery agree {self.key('P', nth)}")

    @precondition(lambda self: self.has("K"))
    @rule(who=people, nth=back, verb=st.sampled_from(["claim", "claim", "approve", "approve", "refuse", "apply"]))
    def a_credit_is_spoken_of(self, who: str, nth: int, verb: str) -> None:
        """In its order, by the right people, in time, and never while its miss is disputed."""
        number = self.number("K", nth)
        credit = self.row(tables.credits, number)
        allowed = credit is not None and truths.may_credit(self.rows, credit, who, verb, self.world.clock.now())
        done, said = self.says(who, f"credit {verb} K-{number}" + (" because no" if verb == "refuse" else ""))
        assert done == allowed, said

    # ---- the meeting --------------------------------------------------------------------------------------

    @rule(who=people, what=st.sampled_from(["review", "review content", "review unhappy because no calls",
                                            "review here", "review learn a lesson", "review close"]))  # fmt: skip
    def the_parties_meet(self, who: str, what: str) -> None:
        """Asked beforehand, there, and over."""
        self.says(who, what)

    @precondition(lambda self: self.has("V"))
    @rule(who=people)
    def something_is_decided(self, who: str) -> None:
        """Only while they meet, and only with both sides there."""
        newest = max(self.rows.of(tables.reviews), key=lambda each: each["number"], default=None)
        there = {each["member"] for each in self.rows.of(tables.review_attendances)
                 if newest is not None and each["review"] == newest["number"]}  # fmt: skip
        quorum = bool(there & {"josh", "nina"}) and bool(there & {"amy", "priya", "tom"})
        done, said = self.says(who, "review decide we go on as we are")
        assert done == (who != "a stranger" and newest is not None and newest["state"] == "open" and quorum), said

    @precondition(lambda self: self.has("V"))
    @rule(who=people, owner=st.sampled_from(["Nina", "Tom", "Morgan"]), ahead=days)
    def something_is_taken_on(self, who: str, owner: str, ahead: int) -> None:
        """An action of the review is owed like anything else."""
        by = self.today + timedelta(days=ahead)
        done, said = self.says(who, f'review action "send the form" owner {owner} by {by}')
        assert not done or (ahead >= 0 and owner != "Morgan"), said

    @precondition(lambda self: self.has("V"))
    @rule(who=people, ahead=days)
    def the_review_is_moved(self, who: str, ahead: int) -> None:
        """To a moment that is still to come."""
        to = self.today + timedelta(days=ahead)
        done, said = self.says(who, f"review move to {to} 11:00")
        assert not done or ahead >= 0, said

    async def recounted(self, sitting: Sitting) -> None:
        """Answers, counted anew."""
        await answers_equal_a_recount(sitting)

    # ---- what is always true --------------------------------------------------------------------------------

    @invariant()
    def what_has_to_be_true_is_true(self) -> None:
        """Told from the raw rows alone."""
        if not self.marks:
            return
        self.sound = False
        terms, now = self.terms, self.world.clock.now()
        targets = self.targets(terms)
        truths.nothing_is_in_force_unsigned_or_early(self.rows, terms)
        truths.credits_add_up(self.rows)
        truths.credits_are_what_misses_are_worth(self.rows, targets)
        truths.clocks_go_on(self.rows, now, targets)
        truths.tallies_are_the_sum_of_every_ledger(self.rows)
        truths.what_is_carried_over_is_missing_elsewhere(self.rows)
        truths.plans_are_agreed_by_both_to_what_they_are(self.rows)
        truths.what_was_chosen_closes_the_other(self.rows)
        truths.no_plan_was_agreed_where_its_time_is_said_to_be_over(self.rows, now)
        truths.steps_lie_ahead_when_they_are_taken_on(self.rows)
        self.drafts_are_what_the_paper_says()
        self.sound = True
