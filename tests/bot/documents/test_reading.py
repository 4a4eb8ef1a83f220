"""What is wrong with a file is told all at once, each fault with its line, its key and the mend."""

from pathlib import Path

import pytest

from bot.documents import Faults, decode, read
from bot.files import FileError
from slacore.errors import Refusal
from tests.bot.documents.files import COMPANY_X, company_x, faults_in, line_of, only_fault_in

KIND = "add it: the kind of promise, such as volume or deliverable"
SHORT = "write it in small letters, digits and hyphens: company-x"
LIST = "write it like [a, b], or each on a line after '- '"
YES = "write true or false"
COUNTRY = "no holidays are known for a country 'USA'"
CODE = "use its two-letter code in capitals, such as US, GB or DE"
PERIOD = 'write "day", "week", "month", "quarter", "year" or "every 10 days from 2026-10-01"'
DIGITS = "write it in digits, such as 100"
DATE = "write year, month and day like 2026-10-01"
YEARS = "2126-10-01 lies outside the years that calendars know, 1970 to 2099"
SIGNED = "add it: the date of signing, in the agreement's time zone; or the moment, where it is known"
SLOTS = (
    'write "last four Fridays 16:00", "every Friday 16:00", "25th 17:00", "last working day 17:00", '
    '"3rd working day 12:00", "first Monday 09:00" or "day 5 of each week 17:00"'
)


def test_a_fault_names_file_line_key_and_mend(tmp_path: Path) -> None:
    text = company_x(("target: 100", "target: a hundred"))
    file = tmp_path / "company-x.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Faults) as caught:
        read(file)
    assert str(caught.value) == (
        f"company-x.yaml:{line_of(text, 'target: a hundred')}: commitments.leads.target: "
        "is 'a hundred', no whole number — write it in digits, such as 100"
    )


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = company_x(
        ("zone: America/New_York ", "zone: America/New York "),
        ("effective_on: 2026-10-01", "effective_on: 1 October"),
        ("owner: josh", "ownr: josh"),
        ("Mon-Fri: 09:00-17:00", "Mon-Fri: 9 to 5 pm or so"),
        ("quantities: [25, 50, 75, 100]", "quantities: [25, fifty, 75, 100]"),
        ("close_rate: 50 %", "close_rate: 50"),
        ("average_sale: $100", "average_sale: 100"),
        ("slots: last working day 12:00", "slots: at the end"),
        ("  - {party: sales, by: amy, on: 2026-09-28}", "  - {party: sales, by: amy}"),
    )
    told = [(fault.key, fault.problem, fault.mend) for fault in faults_in(text)]
    assert told == [
        ("zone", "there is no time zone called 'America/New York'", "did you mean America/New_York?"),
        ("effective_on", "'1 October' is no date", "write year, month and day like 2026-10-01"),
        ("parties.marketing.owner", "is missing", "add it: the one person who is accountable for it"),
        ("parties.marketing.ownr", "is no key here", "did you mean 'owner'?"),
        (
            "calendars.office.hours.Mon-Fri",
            "'9 to 5 pm or so' is no opening",
            'write hours like "09:00-12:00, 13:00-17:00", "22:00-06:00", "00:00-24:00" or "closed"',
        ),
        (
            "commitments.leads.checkpoints.quantities[2]",
            "is 'fifty', no whole number",
            "write it in digits, such as 100",
        ),
        ("commitments.leads.worth.close_rate", "is the number 50, not a share", "write it like 50 %"),
        (
            "commitments.leads.worth.average_sale",
            "is the number 100, not an amount of money",
            "write it like $100",
        ),
        ("commitments.friction-report.slots", "'at the end' names no time of day", SLOTS),
        ("signed[2].on", "is missing", SIGNED),
    ]
    assert [fault.line for fault in faults_in(text)] == [
        line_of(text, words)
        for words in (
            "zone: America",
            "effective_on",
            "  marketing:",
            "ownr",
            "Mon-Fri",
            "quantities",
            "close_rate",
            "average_sale",
            "at the end",
            "by: amy}",
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "key", "problem", "mend"),
    [
        ("kind: SLA ", "kind: sla ", "kind", "is 'sla'", "did you mean 'SLA'?"),
        ("kind: volume", "kind: volumes", "commitments.leads.kind", "is 'volumes'", "did you mean 'volume'?"),
        ("kind: volume ", "#", "commitments.leads.kind", "is missing", KIND),
        ("agreement: company-x ", "agreement: Company X ", "agreement", "'Company X' is no short name", SHORT),
        ("members: [nina, omar]", "members: nina", "parties.marketing.members", "is 'nina', not a list", LIST),
        ("Josh Lindqvist", "2026", "people.josh.name", "is the number 2026, not a text", "put it in quotes"),
        ("Josh Lindqvist", "", "people.josh.name", "is empty", "write a value, or take the line out"),
        ("Josh Lindqvist", '" "', "people.josh.name", "is empty", "write a text, or take the line out"),
        ("report: true ", "report: yes ", "commitments.status-reports.report", "is 'yes', neither true nor false", YES),
        ("web: josh", "irc: josh", "people.josh.identities.irc", "is 'irc'", "there are: slack, teams, web"),
        ("holidays: US ", "holidays: USA ", "calendars.office.holidays", COUNTRY, CODE),
        ("month\n    due", "fortnight\n    due", "commitments.leads.period", "'fortnight' is no period", PERIOD),
        ("target: 100", "target: 0", "commitments.leads.target", "is 0", "give a whole number from 1 to 1,000,000,000"),
        ("target: 100", "target: 99.5", "commitments.leads.target", "is the number 99.5, no whole number", DIGITS),
        ("[recovery plan, carry-over]", "[]", "consequences.make-good.options", "is empty", "write one entry at least"),
        ("amy, on: 2026-09-28", "amy, on: 2026-02-30", "signed[2].on", "'2026-02-30' is no date", DATE),
        ("effective_on: 2026", "effective_on: 2126", "effective_on", YEARS, "choose a date or a duration within them"),
        ("{singular: qualified lead, plural: qualified leads, aliases: [lead, leads]}", "3", "commitments.leads.unit",
         "is the number 3, not a section", "write under it, indented: singular, plural, aliases"),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_plain_words(old: str, new: str, key: str, problem: str, mend: str) -> None:
    line, _, words = only_fault_in(company_x((old, new))).partition(": ")
    assert words == f"{key}: {problem} — {mend}"
    assert int(line) > 1


def test_a_name_that_leads_nowhere_is_told_where_it_was_written_and_not_where_it_was_filled_in() -> None:
    text = company_x(("    owner: joan", "    owner: joanne\n    signatory: joan"))
    line = line_of(text, "owner: joanne")
    assert only_fault_in(text) == f"{line}: parties.service.owner: there is no person 'joanne' — did you mean 'joan'?"


def test_nothing_is_said_of_names_while_the_wording_is_still_wrong() -> None:
    faults = faults_in(company_x(("target: 100", "target: many"), ("decider: morgan", "decider: nobody")))
    assert [fault.key for fault in faults] == ["commitments.leads.target"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "says nothing"),
        ("# only a remark\n", "says nothing"),
        ("just words", "is 'just words', not a section"),
        ("[a, list]", "is a list, not a section"),
        ("5", "is the number 5, not a section"),
    ],
)
def test_a_file_that_is_no_agreement_says_what_one_is_made_of(text: str, said: str) -> None:
    (fault,) = faults_in(text)
    assert (fault.key, fault.line, fault.problem) == ("", 1, said)
    assert fault.mend


def test_faults_are_a_refusal_that_tells_the_first_and_counts_the_rest() -> None:
    with pytest.raises(Refusal) as caught:
        read(company_x(("target: 100", "target: many"), ("$100\n", "hundred\n"), ("goal: 45", "goal: 0")))
    assert caught.value.problem == "is 'many', no whole number (2 more after it)"
    assert caught.value.next_step == "write it in digits, such as 100"
    assert len(str(caught.value).splitlines()) == 3


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"^gone\.yaml: is not there"):
        read(tmp_path / "gone.yaml")


def test_a_document_without_a_file_is_told_by_its_keys_alone() -> None:
    document, _ = read(COMPANY_X)
    del document["zone"]
    with pytest.raises(Faults) as caught:
        decode(document)
    assert [fault.key for fault in caught.value.errors] == ["zone"]
