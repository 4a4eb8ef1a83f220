"""A service is watched: it fails and is restored, figures are reported and set right, and a last day draws near."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from bot.store import tables
from tests.life import measures, truths
from tests.life.drafted import Drafted, back, drafters
from tests.life.papers import SIDES

AGREEMENT = Path(__file__).with_name("watched.yaml")

reporters = st.sampled_from(["josh", "josh", "nina", "amy", "morgan", "a stranger"])
both = st.sampled_from([("josh", "amy"), ("priya", "nina"), ("amy", "amy"), ("josh", "nina")])
"""Two who say the same: of either side, or of one side only."""
ago = st.sampled_from([0, 1, 2, 3, 6, 12, 40, 100, 250, 500])
"""Half-hours before now."""
figures = st.sampled_from(["content 9 of 10", "content 1 of 2", "content 4 of 5", "slowest 300 ms", "slowest 900 ms"])
REPORTS = {"content": ("amy", "priya"), "slowest": ("josh", "nina"), "web-shop": ("josh", "nina")}


class Watched(Drafted):
    """From the signing on, past the last day unless it is renewed."""

    closed: dict[tuple[str, date], Fraction | None]

    @initialize(weeks=st.integers(0, 4))
    def an_agreement_is_applied(self, weeks: int) -> None:
        """Some weeks may be over already, in which nothing happened and nobody reported anything."""
        self.closed = {}
        self.agrees(AGREEMENT)
        self.time_passes(weeks * 168)

    # ---- incidents -----------------------------------------------------------------------------------------

    @rule(who=reporters, half_hours=ago)
    def the_shop_fails(self, who: str, half_hours: int) -> None:
        """Now, or as somebody finds out later."""
        done, said = self.says(who, f"incident start web-shop at {self.exact(half_hours)}")
        assert not done or who in REPORTS["web-shop"], said

    @precondition(lambda self: self.has("N"))
    @rule(
        who=reporters, nth=back, verb=st.sampled_from(["ack", "restored", "restored", "end", "started"]), half_hours=ago
    )
    def an_incident_comes_to_a_stage(self, who: str, nth: int, verb: str, half_hours: int) -> None:
        """Or did earlier, or later, than was said."""
        self.says(who, f"incident {verb} {self.key('N', nth)} at {self.exact(half_hours)} because it showed")

    @precondition(lambda self: self.has("N"))
    @rule(who=both, nth=back, verb=st.sampled_from(["restored", "end", "started"]), half_hours=ago)
    def two_say_the_same_of_an_incident(self, who: tuple[str, str], nth: int, verb: str, half_hours: int) -> None:
        """What lies in a week that was judged is changed by both sides, or not at all."""
        key, at = self.key("N", nth), self.exact(half_hours)
        for each in who:
            self.says(each, f"incident {verb} {key} at {at} because we looked")

    @precondition(lambda self: self.has("N"))
    @rule(who=both, nth=back, length=st.sampled_from(["30m", "1h", "10h", "none"]), half_hours=ago)
    def time_is_excluded(self, who: tuple[str, str], nth: int, length: str, half_hours: int) -> None:
        """Or counted again."""
        since = "" if length == "none" else f" from {self.exact(half_hours)}"
        for each in who:
            self.says(each, f"incident exclude {self.key('N', nth)} {length}{since} because it was planned")

    # ---- readings ------------------------------------------------------------------------------------------

    @rule(who=reporters, figure=figures, days=st.sampled_from([None, 0, 1, 5, 8, 20]))
    def a_figure_is_reported(self, who: str, figure: str, days: int | None) -> None:
        """Of today, of a day before, or of whichever week it is owed for."""
        on = "" if days is None else f" on {self.today - timedelta(days=days)}"
        done, said = self.says(who, f"log {figure}{on} note {self.acts}")
        assert not done or who in REPORTS[figure.partition(" ")[0]], said

    @precondition(lambda self: self.has("R"))
    @rule(who=both, nth=back, to=st.sampled_from(["9 of 10", "1 of 3", "200 ms", "700 ms", "none", "none"]))
    def a_figure_is_set_right(self, who: tuple[str, str], nth: int, to: str) -> None:
        """By whoever reports it; once its week is judged by both sides, or not at all."""
        key = self.key("R", nth)
        for each in who:
            self.says(each, f"correct reading {key} to {to} because it was misread")

    # ---- what follows --------------------------------------------------------------------------------------

    @precondition(lambda self: self.has("O"))
    @rule(who=drafters, nth=st.integers(0, 12), what=st.sampled_from(["done {}", "ack {}", "excuse {} because no"]))
    def what_is_owed_is_spoken_of(self, who: str, nth: int, what: str) -> None:
        """Done, taken, forgiven."""
        self.says(who, what.format(self.key("O", nth)))

    @precondition(lambda self: self.has("B"))
    @rule(
        who=drafters, nth=back, what=st.sampled_from(["dispute {} because it was up", "recovery {}", "why {} a fire"])
    )
    def a_miss_is_spoken_of(self, who: str, nth: int, what: str) -> None:
        """Doubted, explained, made up for."""
        self.says(who, what.format(self.key("B", nth)))

    @precondition(lambda self: self.has("D"))
    @rule(who=drafters, nth=back, verdict=st.sampled_from(["stands", "falls"]))
    def a_dispute_is_answered(self, who: str, nth: int, verdict: str) -> None:
        """By the other side, or by whoever decides."""
        self.says(who, f"answer {self.key('D', nth)} {verdict} because we looked")

    # ---- the last day --------------------------------------------------------------------------------------

    @rule(who=drafters, days=st.sampled_from([None, 0, 7, 30]))
    def it_is_to_be_renewed(self, who: str, days: int | None) -> None:
        """For as long again, or until a day that is later than the last one."""
        terms = self.terms[max(self.terms)]
        assert terms.ends_on is not None
        until = "" if days is None else f" until {terms.ends_on + timedelta(days=days)}"
        done, said = self.says(who, f"agreement renew A-1{until}")
        assert done == (who in SIDES and days != 0 and terms.ends_on >= self.today), said
        if done:
            begins = max(terms.ends_on.replace(day=1), terms.effective_on)
            self.drafted(who, begins if begins > self.today else terms.ends_on + timedelta(days=1))

    @rule(who=drafters)
    def it_is_let_end(self, who: str) -> None:
        """Said once by a side; nothing else follows from it."""
        before = self.marks
        done, said = self.says(who, "agreement expire A-1")
        assert not done or who in SIDES, said
        if done:
            assert before["agreement_versions"] == self.marks["agreement_versions"]

    # ---- what is always true ----------------------------------------------------------------------------------

    @invariant()
    def what_has_to_be_true_is_true(self) -> None:
        """Told from the raw rows alone."""
        if not self.marks:
            return
        self.sound = False
        told = measures.Measures(self.rows, self.world.clock.now())
        truths.nothing_is_in_force_unsigned_or_early(self.rows, self.terms)
        measures.incidents_are_what_their_ledgers_tell(self.rows, told.told)
        measures.levels_are_judged_by_their_ledgers(self.rows, told)
        self.weeks_that_were_judged_stand_unless_both_sides_say_so(told)
        measures.every_week_in_force_owes_every_level_once(self.rows, self.terms, self.today)
        measures.an_end_is_told_once(self.rows)
        self.drafts_are_what_the_paper_says()
        self.sound = True

    def weeks_that_were_judged_stand_unless_both_sides_say_so(self, told: measures.Measures) -> None:
        """A figure that was judged is another only where each side has said the same."""
        for owed in self.rows.of(tables.obligations):
            if owed["kind"] != "period" or owed["due_at"] > self.world.clock.now():
                continue
            week = owed["commitment"], owed["period_starts_on"]
            figure = told.figure(*week)
            before = self.closed.setdefault(week, figure)
            if figure != before and not (before is None and week[0] in ("content", "slowest")):
                assert self.both_sides_wanted_it(), f"{week} was {before} and is {figure}"
            self.closed[week] = figure

    def both_sides_wanted_it(self) -> bool:
        """Whether the newest line of the record restates something, and both sides have asked for it."""
        lines = [each for each in self.rows.of(tables.audit, "seq") if each["what"].endswith(("Restated", "Proposed"))]
        asked = [each for each in lines if each["subject"] == lines[-1]["subject"]] if lines else []
        return (
            bool(asked)
            and asked[-1]["what"].endswith("Restated")
            and {SIDES[each["actor"]] for each in asked}
            >= {
                "marketing",
                "sales",
            }
        )

    def exact(self, half_hours: int) -> str:
        """A moment so long ago, as a button says it."""
        return (self.world.clock.now() - half_hours * measures.HALF_HOUR).strftime("%Y-%m-%dT%H:%MZ")
