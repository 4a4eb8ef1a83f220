"""How long a property is looked at: a few examples in every run, a hundred times as many where that is asked for."""

from __future__ import annotations

from hypothesis import settings

_ORDINARY = 50
"""How many the quick profile has where nothing else is said."""


def examples(few: int) -> settings:
    """So many in every run; choose them so that a property takes half a second. HYPOTHESIS_PROFILE=thorough adds."""
    return settings(max_examples=few * settings().max_examples // _ORDINARY)
