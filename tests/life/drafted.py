"""Whatever is agreed, time passes, and drafts of something else are written, put forward, signed or taken back."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.store import tables
from tests.life.company import Company
from tests.life.papers import SIDES

drafters = st.sampled_from(["josh", "amy", "nina", "priya", "morgan", "tom"])
signatories = st.sampled_from(["josh", "josh", "josh", "amy", "amy", "amy", "nina", "morgan"])
back = st.sampled_from([0, 0, 0, 1, 2, 4])
"""How far back from the newest of its kind."""


class Drafted(Company):
    """An agreement whose parties may agree on something else."""

    @rule(hours=st.sampled_from([1, 4, 20, 24, 48, 100, 168]))
    def time_passes(self, hours: int) -> None:
        """Everything that falls due on the way is looked at when it does."""
        self.sound = False
        self.runner.run(self.world.travelling.advance_to(self.world.clock.now() + timedelta(hours=hours)))
        self.papers.a_day_begins(self.today)
        self.is_recorded_by("")

    @rule(who=drafters, ahead=st.sampled_from([0, 3, 30, 60]))
    def an_end_is_drafted(self, who: str, ahead: int) -> None:
        """It is signed like any other draft."""
        on = self.today + timedelta(days=ahead)
        done, said = self.says(who, f"agreement end A-1 on {on} because the teams merge")
        assert not done or (who in SIDES and ahead > 0 and self.papers.versions > 0), said
        if done:
            first = on.replace(day=1)
            self.drafted(who, max(first, self.terms[max(self.terms)].effective_on) if first > self.today else on)

    @precondition(lambda self: self.has("X"))
    @rule(
        who=signatories,
        nth=back,
        verb=st.sampled_from(["propose", "propose", "sign", "sign", "sign", "decline", "withdraw", "comment"]),
    )
    def a_draft_is_spoken_of(self, who: str, nth: int, verb: str) -> None:
        """Proposed, signed, declined, taken back: exactly what the paper allows, and nothing else."""
        number = self.number("X", nth)
        self.says_of(who, verb, number)

    @precondition(lambda self: self.has("X"))
    @rule(nth=back, first=st.booleans())
    def everybody_signs(self, nth: int, first: bool) -> None:
        """A draft goes all the way, if it still can."""
        number = self.number("X", nth)
        if (draft := self.papers.drafts.get(number)) is not None:
            side = draft.side
            self.says_of(next(who for who, own in SIDES.items() if own == side), "propose", number)
        for who in ("josh", "amy") if first else ("amy", "josh"):
            self.says_of(who, "sign", number)

    def drafts_are_what_the_paper_says(self) -> None:
        """Each is what became of it on paper, and as many versions count as everybody has signed."""
        states = {each["number"]: each["state"] for each in self.rows.of(tables.amendments)}
        told = {each.number: each.state for each in self.papers.drafts.values()}
        assert states == told, f"{states}, and the paper says {told}"
        assert len([each for each in self.terms.values() if not each.unsigned()]) == self.papers.versions
