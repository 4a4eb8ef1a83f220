"""Whoever signs reads everything that is agreed: no change of terms leaves the text as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.documents import decode, encode
from bot.documents.prose import passages
from slacore.agreements import Terms
from tests.bot.documents.files import EVERYTHING, company_x, terms_of

NOT_READ = {"identities", "agreement", "signed"}
"""Ids of chat platforms, the short name and the signatures are shown elsewhere or nowhere."""


def test_it_reads_as_an_agreement() -> None:
    text = {each.heading: each for each in passages(terms_of(company_x()))}
    promise = text["The promises"].clauses[0]
    assert promise.about == "Qualified leads"
    assert promise.lines[0] == "Marketing owes Sales 100 qualified leads a month, due last Friday 17:00"
    assert "Expected by the last four Fridays 17:00: 25, 50, 75, 100" in promise.lines
    assert text["What is not"].clauses[0].lines[1] == "Days on which the CRM is down for planned maintenance."
    assert text["What follows a miss"].clauses[0].lines[0] == "What makes up for it: recovery plan, carry-over"
    ladder = text["Who hears of a miss"].clauses[0].lines
    assert ladder[0] == "2 working days before it is due, if it is at risk: the owner (level 0)"
    assert (
        "1 working day after it was due: the owner, the point of contact, the other side's owner and the channel"
        in (ladder[2])
    )


def test_every_number_and_word_that_is_agreed_stands_in_it() -> None:
    compared = 0
    for terms in (terms_of(EVERYTHING), terms_of(company_x())):
        whole = _text(terms)
        document = encode(terms)
        for path in _numbers(document):
            changed = _with(document, path, _get(document, path) + 1)
            try:
                other = decode(changed)
            except Exception:  # noqa: BLE001 -- a number that may not be another is no choice of anybody's
                continue
            assert _text(other) != whole, f"{path} is not in the text"
            compared += 1
    assert compared > 20


def test_who_signed_is_no_part_of_the_text() -> None:
    terms = terms_of(company_x())
    assert passages(replace(terms, signatures=())) == passages(terms)


def _text(terms: Terms) -> str:
    return "\n".join(
        line for passage in passages(terms) for clause in passage.clauses for line in (clause.about, *clause.lines)
    )


def _numbers(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if path and path[-1] in NOT_READ:
        return []
    if isinstance(value, dict):
        return [found for key, each in value.items() for found in _numbers(each, (*path, key))]
    if isinstance(value, list):
        return [found for index, each in enumerate(value) for found in _numbers(each, (*path, index))]
    return [path] if isinstance(value, int) and not isinstance(value, bool) else []


def _get(value: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        value = value[part]
    return value


def _with(value: Any, path: tuple[Any, ...], leaf: Any) -> Any:
    if not path:
        return leaf
    first, *rest = path
    if isinstance(value, list):
        return [_with(each, tuple(rest), leaf) if index == first else each for index, each in enumerate(value)]
    return {key: _with(each, tuple(rest), leaf) if key == first else each for key, each in value.items()}
