"""Templates: whole agreements to start from, made of those that come with the product."""

from __future__ import annotations

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from bot.documents import read
from bot.documents.schema import schema
from bot.documents.starters import STARTERS, begun, printed, starter
from bot.files import read_yaml, shipped
from slacore.advice import advice_on
from slacore.errors import Refusal
from slacore.vacancies import require_filled, vacancies
from tests.docs import templates

LEFT_TO_SAY = {"people", "channels"}
"""What a template leaves open: who it is, and where they talk."""
VALIDATOR = Draft202012Validator(schema())


@pytest.mark.parametrize("slug", STARTERS)
def test_the_files_are_what_the_agreements_say_or_make_docs_was_forgotten(slug: str) -> None:
    assert (shipped("agreements") / "templates" / f"{slug}.yaml").read_text(encoding="utf-8") == templates.text(slug)


@pytest.mark.parametrize("slug", STARTERS)
def test_a_colleague_asks_of_a_template_who_it_is_and_where_they_talk_and_nothing_else(slug: str) -> None:
    asked = {each.path[0] for each in advice_on(starter(slug))}
    assert asked == LEFT_TO_SAY | ({"commitments"} if slug == "supplier" else set())


@pytest.mark.parametrize("slug", STARTERS)
def test_a_template_names_its_parties(slug: str) -> None:
    assert STARTERS[slug].parties == tuple(each.name for each in starter(slug).parties)


@pytest.mark.parametrize("slug", STARTERS)
def test_nobody_s_name_is_left_in_a_template_and_none_can_be_applied_as_it_is(slug: str) -> None:
    terms = starter(slug)
    assert all(each.to_be_named for each in terms.people)
    assert len(vacancies(terms)) == len(terms.people)
    text = (shipped("agreements") / "templates" / f"{slug}.yaml").read_text(encoding="utf-8")
    for word in ("Harbor", "Northwind", "Company X", "Josh", "identities"):
        assert word not in text
    with pytest.raises(Refusal, match="the owner of"):
        require_filled(terms)


@pytest.mark.parametrize("slug", STARTERS)
def test_a_template_begins_on_another_day_in_another_zone(slug: str) -> None:
    text = printed(slug, date(2027, 3, 1), "Europe/Berlin")
    terms = read(text)[1]
    assert (terms.effective_on, terms.zone) == (date(2027, 3, 1), "Europe/Berlin")
    assert {each.zone for each in terms.people} == {each.zone for each in terms.calendars.values()} == {"Europe/Berlin"}
    assert "2026" not in text
    assert list(VALIDATOR.iter_errors(read_yaml(text).value)) == []
    assert begun(terms, starter(slug).effective_on, starter(slug).zone) == starter(slug)


def test_a_template_that_there_is_not_is_told_with_the_likeliest_one() -> None:
    with pytest.raises(Refusal, match="did you mean corporate"):
        starter("corprate")
