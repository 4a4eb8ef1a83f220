"""Terms become a file again: short, with a remark on each key, and read back as the same terms."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from jsonschema import Draft202012Validator

from bot.documents import decode, encode, read
from bot.documents.schema import schema
from bot.documents.writing import write
from bot.files import read_yaml
from tests.bot.documents.drafts import Draft, drafts
from tests.bot.documents.files import COMPANY_X, EVERYTHING, TWO_TEAMS

VALIDATOR = Draft202012Validator(schema())


@settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(drafts())
def test_what_is_written_is_read_back_as_the_same_terms(draft: Draft) -> None:
    terms = decode(draft)
    written = write(terms, "Anything at all.")
    assert read(written)[1] == terms
    assert list(VALIDATOR.iter_errors(read_yaml(written).value)) == []


@pytest.mark.parametrize("file", [COMPANY_X, TWO_TEAMS, EVERYTHING], ids=lambda path: path.stem)
def test_files_that_people_wrote_come_back_too(file: object) -> None:
    terms = read(file)[1]  # type: ignore[arg-type]
    assert read(write(terms))[1] == terms


def test_what_may_be_left_out_is_left_out() -> None:
    written = read_yaml(write(read(TWO_TEAMS)[1])).value
    assert isinstance(written, dict)
    assert written["commitments"] == {
        "screens": {
            "kind": "volume",
            "giver": "design",
            "receiver": "engineering",
            "period": "month",
            "target": 12,
            "unit": "screen",
            "silence_accepts_after": "3wd",
        }
    }
    assert written["parties"] == {"design": {"owner": "lena"}, "engineering": {"owner": "marc"}}
    assert "escalations" not in written


def test_each_key_is_explained_where_it_stands_first() -> None:
    text = write(read(COMPANY_X)[1])
    lines = text.splitlines()
    assert "zone: America/New_York  # The IANA time zone that its dates, periods and slots are local to" in lines
    assert "# The promises, by short name; one at least." in lines
    assert text.count("# How many units are promised each period") == 1
    assert max(map(len, lines)) <= 120


def test_words_that_look_like_something_else_stay_words() -> None:
    terms = read(TWO_TEAMS)[1]
    for name in ("true", "12", "1.5", "#tag", "- dash", "a: b", "null", "it's # here", "~", "12:30", "@x", "% y", "<<"):
        again = decode({**encode(terms), "name": name})
        assert read(write(again))[1].name == name
