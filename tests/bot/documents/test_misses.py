"""What is wrong in the part about misses is told with line, key and mend; what is left out has a default."""

import pytest

from slacore.calendars import Duration
from slacore.misses import Misses
from tests.bot.documents.files import company_x, faults_in, line_of, terms_of

SECTION = "misses:\n  reasons: [ill, ill health]\n  dispute_within: 3wd\n  excused_by: [amy]\n\nchannels:"


def with_misses(old: str, new: str) -> str:
    return company_x(("channels:", SECTION.replace(old, new)))


def test_left_out_it_is_five_working_days_any_reason_and_the_other_side() -> None:
    assert terms_of(company_x()).misses == Misses(dispute_within=Duration(5, "wd"))


@pytest.mark.parametrize(
    ("old", "new", "key", "problem", "mend"),
    [
        ("3wd", "three days", "misses.dispute_within", "'three days' is no duration", None),
        ("[amy]", "[ammy]", "misses.excused_by", "there is no party or person 'ammy'", "did you mean 'amy'?"),
        ("ill health", "Ill", "misses.reasons", "'ill' stands there twice", "keep one of them"),
        ("excused_by", "excusedby", "misses.excusedby", "is no key here", "did you mean 'excused_by'?"),
        ("[ill, ill health]", "[]\n  disputes_decided_by: gone", "misses.disputes_decided_by",
         "there is no person 'gone'", "known: josh, nina, omar, amy, priya, tom, joan, morgan"),
        ("[ill, ill health]", "[a, b, c, d, e, f, g, h, i, j, k]", "misses.reasons",
         "has 11, too many", "keep 10 at most"),
    ],
)  # fmt: skip
def test_a_fault_points_at_its_line(old: str, new: str, key: str, problem: str, mend: str | None) -> None:
    text = with_misses(old, new)
    (fault,) = faults_in(text)
    assert (fault.key, fault.problem) == (key, problem)
    assert mend is None or fault.mend == mend
    assert fault.line == line_of(text, f"  {key.removeprefix('misses.')}:")
