"""The record's document says exactly what was signed, whatever was left out and however it was spelt."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.documents import Faults, decode, difference, encode, read, recorded
from bot.documents.schema import schema
from bot.files import shipped
from tests.bot.documents.drafts import Draft, drafts
from tests.bot.documents.files import COMPANY_X, EVERYTHING, TWO_TEAMS
from tests.examples import examples

VALIDATOR = Draft202012Validator(schema())


@examples(20)
@given(drafts())
def test_the_record_s_document_means_what_the_people_s_document_means(draft: Draft) -> None:
    terms = decode(draft)
    document = json.loads(json.dumps(encode(terms)))
    assert decode(document) == terms
    assert encode(decode(document)) == document


@examples(20)
@given(drafts())
def test_the_record_keeps_the_order_that_people_wrote(draft: Draft) -> None:
    document = encode(decode(draft))
    for key in ("people", "parties", "calendars", "commitments"):
        assert list(document[key]) == list(draft[key])


@examples(20)
@given(drafts())
def test_what_the_bot_takes_the_editor_s_schema_takes_too(draft: Draft) -> None:
    assert list(VALIDATOR.iter_errors(draft)) == []
    assert list(VALIDATOR.iter_errors(encode(decode(draft)))) == []


@examples(20)
@given(drafts(), drafts())
def test_two_agreements_differ_exactly_where_their_documents_do(one: Draft, other: Draft) -> None:
    old, new = decode(one), decode(other)
    assert difference(old, old) == ()
    assert bool(difference(old, new)) == (encode(old) != encode(new))
    assert all(change.text and "\n\n" not in change.text for change in difference(old, new))


@examples(20)
@given(drafts(), st.data())
def test_leaving_out_any_key_of_the_record_s_document_never_goes_unnoticed(draft: Draft, data: st.DataObject) -> None:
    document = encode(decode(draft))
    slug = data.draw(st.sampled_from(sorted(document["commitments"])))
    key = data.draw(st.sampled_from(sorted(document["commitments"][slug])))
    shorter = json.loads(json.dumps(document))
    del shorter["commitments"][slug][key]
    with suppress(Faults):  # where the key is needed, that is told
        terms = decode(shorter)
        assert bool(difference(decode(document), terms)) == (encode(terms) != document)


@pytest.mark.parametrize("file", [COMPANY_X, TWO_TEAMS, EVERYTHING], ids=lambda path: path.stem)
def test_files_come_back_from_the_record_as_they_went_in(file: object) -> None:
    document, terms = read(file)  # type: ignore[arg-type]
    assert decode(json.loads(json.dumps(document))) == terms


def test_a_text_of_the_record_is_read_once_and_another_is_another() -> None:
    document, terms = read(TWO_TEAMS)
    kept, renamed = json.dumps(document), json.dumps(document | {"name": "Another"})
    assert recorded(kept) == terms
    assert recorded(kept) is recorded(json.dumps(document))
    assert recorded(renamed).name == "Another"


def test_nothing_in_the_record_depends_on_what_a_program_fills_in() -> None:
    document, _ = read(TWO_TEAMS)
    promise = document["commitments"]["screens"]
    assert {key: promise[key] for key in ("owner", "calendar", "escalation", "urgent", "surplus_banks")} == {
        "owner": "lena",
        "calendar": "office",
        "escalation": "default",
        "urgent": False,
        "surplus_banks": False,
    }
    assert [step["when"] for step in document["escalations"]["default"]["steps"]] == [
        "2wd before",
        "due",
        "1wd after",
        "2wd after",
        "5wd after",
    ]


def test_every_agreement_that_comes_with_the_product_can_be_read() -> None:
    for file in sorted(shipped("agreements").glob("*.yaml")):
        assert read(file)[1].unsigned() == (), file
