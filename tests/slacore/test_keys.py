"""A key ends with the number that its thing has in its company."""

from __future__ import annotations

import pytest

from slacore.keys import number_of


def test_a_key_of_any_sort_ends_with_its_number() -> None:
    assert number_of("H-41") == 41
    assert number_of("L-2031") == 2031


def test_what_is_owed_about_an_item_goes_by_the_item() -> None:
    assert number_of("L-2031/2") == 2031


@pytest.mark.parametrize("said", ["41", "", "H41", "H-", "H-x", "2026-10-30", "H--41", "h-41"])
def test_what_is_no_key_has_no_number(said: str) -> None:
    with pytest.raises(ValueError, match="is no key"):
        number_of(said)
