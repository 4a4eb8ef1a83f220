"""Terms that are well-formed and still cannot stand are told before anybody signs them."""

from dataclasses import replace

import pytest

from bot.documents import Faults, read
from slacore.problems import problems_of
from tests.bot.documents.files import COMPANY_X, company_x, faults_in, terms_of


def keys_and_words(*replacements: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(fault.key, fault.problem, fault.mend) for fault in faults_in(company_x(*replacements))]


def test_company_x_can_be_signed() -> None:
    assert list(problems_of(terms_of(COMPANY_X))) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "problem", "mend"),
    [
        ("giver: marketing", "giver: marketting", "commitments.leads.giver",
         "there is no party 'marketting'", "did you mean 'marketing'?"),
        ("deputies: [nina]", "deputies: [gone]", "parties.marketing.deputies",
         "there is no person 'gone'", "known: josh, nina, omar, amy, priya, tom, joan, morgan"),
        ("sponsor: morgan ", "sponsor: gone ", "sponsor",
         "there is no person 'gone'", "known: josh, nina, omar, amy, priya, tom, joan, morgan"),
        ("sponsor: morgan ", "sponsor: morgan\nobservers: [ammy] ", "observers",
         "there is no person 'ammy'", "did you mean 'amy'?"),
        ("decider: morgan", "decider: morgana", "consequences.make-good.decider",
         "there is no person 'morgana'", "did you mean 'morgan'?"),
        ("consequence: make-good", "consequence: make-god", "commitments.leads.consequence",
         "there is no consequence 'make-god'", "did you mean 'make-good'?"),
        ("consequence: make-good", "escalation: steep", "commitments.leads.escalation",
         "there is no escalation policy 'steep'", "known: default"),
        ("consequence: make-good", "reporter: omer", "commitments.leads.reporter",
         "there is no person 'omer'", "did you mean 'omar'?"),
        ("consequence: make-good", "depends_on: [ledes]", "commitments.leads.depends_on",
         "there is no commitment 'ledes'", "did you mean 'leads'?"),
        ("consequence: make-good", "calendar: offices", "commitments.leads.calendar",
         "there is no calendar 'offices'", "did you mean 'office'?"),
        ("parties: [marketing, sales]", "parties: [marketing, sale]", "channels[1].parties",
         "there is no party 'sale'", "did you mean 'sales'?"),
        ("reporter: amy", "reporter: ammy", "reports[1].reporter",
         "there is no person 'ammy'", "did you mean 'amy'?"),
        ("commitment: status-reports", "commitment: leads", "reports[1].commitment",
         "'leads' is no deliverable of this agreement",
         "name the commitment that approving the report keeps, or leave the key out"),
        ("by: joan", "by: amy", "signed[3].by", "'amy' does not sign for Service",
         "'joan' does; or name another signatory under the party"),
        ("by: joan, on: 2026-09-28}", "by: joan, on: 2026-09-28}\n  - {party: service, by: joan, on: 2026-09-29}",
         "signed[4].party", "'service' has signed already", "keep one of them"),
        ("receiver: service", "receiver: sales", "commitments.friction-report.receiver",
         "a promise needs two parties", "name the party that is owed"),
        ("[25, 50, 75, 100]", "[25, 75, 50, 100]", "commitments.leads.checkpoints.quantities",
         "checkpoints must rise", "write them in order, such as 25, 50, 75, 100"),
        ("[25, 50, 75, 100]", "[25, 50, 75, 110]", "commitments.leads.checkpoints.quantities",
         "the last checkpoint (110) lies above the target (100)", "lower the checkpoint or raise the target"),
        ("[25, 50, 75, 100]", "[50, 100]", "commitments.leads.checkpoints.quantities",
         "2 quantities for 4 dates", "give one quantity a date"),
        ("due: last Friday 17:00", "due: every Friday 17:00", "commitments.leads.due",
         "it names more than one date", "name one, such as last Friday 17:00"),
        ("    slots: last working day 12:00", "    due: 25th 12:00\n    slots: last working day 12:00",
         "commitments.friction-report.due", "a deliverable is due at its slots", "take it out"),
        ("aliases: [customer service]", "aliases: [Sales]", "parties.service",
         "'Sales' is what 'sales' is called too", "give them names apart"),
        ("sponsor: morgan ", "ends_on: 2026-09-30\nsponsor: morgan ", "ends_on",
         "it ends before it begins", "give a date on or after effective_on"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_told_where_it_stands(old: str, new: str, key: str, problem: str, mend: str) -> None:
    assert (key, problem, mend) in keys_and_words((old, new))


def test_a_report_that_nobody_posts_cannot_keep_its_promise() -> None:
    assert keys_and_words(("    commitment: status-reports\n", "")) == [
        (
            "commitments.status-reports.report",
            "no report of the agreement keeps this promise",
            "name it under reports with commitment: status-reports",
        )
    ]


def test_where_nobody_decides_both_sides_do_it_together() -> None:
    terms = terms_of(company_x(("sponsor: morgan ", ""), ("    decider: morgan ", "    #")))
    assert [terms.decider_of(each) for each in terms.commitments if each.consequence] == [""]


def test_what_follows_without_a_plan_waits_for_one_and_is_something_else() -> None:
    follows = "    plan_within: 3wd\n    otherwise: carry-over"
    assert keys_and_words(("    plan_within: 3wd", "    otherwise: carry-over")) == [
        (
            "consequences.make-good.otherwise",
            "it follows where no recovery plan was agreed in time, and none is due by any time",
            "give `plan_within`, with `recovery plan` among the options; or take `otherwise` out",
        )
    ]
    ((key, problem, _),) = keys_and_words(("    plan_within: 3wd", follows), ("one of them", "all of them"))
    assert (key, problem) == ("consequences.make-good.otherwise", "carry-over applies in any case")


def test_promises_that_need_one_another_in_a_circle_are_told_once() -> None:
    circle = keys_and_words(
        ("    thing: lead status report", "    depends_on: [leads]\n    thing: lead status report"),
        ("    consequence: make-good", "    depends_on: [status-reports]\n    consequence: make-good"),
    )
    ((key, problem, mend),) = circle
    assert key in {"commitments.leads.depends_on", "commitments.status-reports.depends_on"}
    assert problem.startswith("it leads in a circle: ")
    assert problem.count(" → ") == 2
    assert mend == "cut it once"


def test_a_promise_that_needs_itself_is_a_circle_of_one() -> None:
    ((_, problem, _),) = keys_and_words(("    consequence: make-good", "    supports: [leads]"))
    assert problem == "it leads in a circle: leads → leads"


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(Faults) as caught:
        read(company_x(("sponsor: morgan ", "sponsor: gone "), ("decider: morgan", "decider: lost")))
    assert [fault.key for fault in caught.value.errors] == ["sponsor", "consequences.make-good.decider"]


def test_nobody_is_known_where_nobody_is_declared() -> None:
    terms = replace(terms_of(COMPANY_X), people=())
    assert {problem.mend for problem in problems_of(terms) if "no person" in problem.what} == {
        "Declare the person first."
    }


FOLLOW_UPS = """  follow-ups:
    kind: follow-up
    giver: sales
    receiver: marketing
    unit: lead
    period: month
    attempts: 6
    within: 10wd
    outcomes:
      won: {name: Won, final: true, opens: welcome}
      no-answer: {name: No answer, final: false}
  welcome:
    kind: deliverable
    giver: service
    receiver: sales
    thing: welcome
    period: month
    within: 2wd
"""


def test_company_x_can_promise_follow_ups_and_a_welcome() -> None:
    with_both = company_x(("\n  status-reports:", f"\n{FOLLOW_UPS}\n  status-reports:"))
    assert list(problems_of(terms_of(with_both))) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("opens: welcome", "opens: welcom",
         [("follow-ups.outcomes.won.opens", "'welcom' is no deliverable with a within", "name one of these: welcome"),
          ("welcome.within", "no outcome opens this promise",
           "say opens: welcome of one under outcomes, or give it slots")]),
        ("Won, final: true", "Won, final: false",
         [("follow-ups.outcomes.won.opens", "only a final outcome opens a promise",
           "say final: true, or take it out")]),
        ("within: 2wd", "slots: last Friday 17:00",
         [("follow-ups.outcomes.won.opens", "'welcome' is no deliverable with a within",
           "give a deliverable a within instead of slots")]),
    ],
)  # fmt: skip
def test_an_outcome_opens_a_promise_that_waits_for_one(old: str, new: str, told: list[tuple[str, str, str]]) -> None:
    section = FOLLOW_UPS.replace("No answer, final: false", "No answer, final: true").replace(old, new, 1)
    found = keys_and_words(("\n  status-reports:", f"\n{section}\n  status-reports:"))
    assert found == [(f"commitments.{key}", problem, mend) for key, problem, mend in told]


@pytest.mark.parametrize(
    ("cadence", "told"),
    [
        ("cadence: [1, 2, 12]", ("cadence", "goes to day 12, beyond the 10 working days of within",
                                 "end it within them")),
        ("by_class: {hot: [2, 1]}", ("by_class", "does not rise", "write the days in order, such as [1, 2, 4, 7, 10]")),
        ("by_class: {hot: [0, 1, 2, 3, 4, 5, 6]}", ("by_class", "names 7 days for 6 attempts",
                                                   "name at most one day an attempt")),
    ],
)  # fmt: skip
def test_a_cadence_keeps_within_its_window_and_its_attempts(cadence: str, told: tuple[str, str, str]) -> None:
    section = FOLLOW_UPS.replace("within: 10wd", f"within: 10wd\n    {cadence}")
    key, problem, mend = told
    found = keys_and_words(("\n  status-reports:", f"\n{section}\n  status-reports:"))
    assert found == [(f"commitments.follow-ups.{key}", problem, mend)]


def test_a_deliverable_has_slots_or_waits_for_an_outcome_and_not_both() -> None:
    both = FOLLOW_UPS.replace("within: 2wd", "within: 2wd\n    slots: last Friday 17:00")
    assert keys_and_words(("\n  status-reports:", f"\n{both}\n  status-reports:")) == [
        ("commitments.welcome.within", "goes without slots", "keep one of the two")
    ]
    neither = FOLLOW_UPS.replace("within: 2wd", "")
    assert keys_and_words(("\n  status-reports:", f"\n{neither}\n  status-reports:")) == [
        ("commitments.welcome.slots", "is missing", "say when it is owed, such as last four Fridays 16:00")
    ]
