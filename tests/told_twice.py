"""Which tests of behaviour are told on PostgreSQL too: few that together ask all that any of them asks.

`python -m tests.told_twice` tells them all on SQLite, notes each statement that each of them makes, and writes the
list anew: after new statements, and after many new tests.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

BEHAVIOUR = ("tests/spec/", "tests/slack/", "tests/teams/")
LIST = Path(__file__).with_suffix(".txt")


def listed() -> Mapping[str, frozenset[str]]:
    """The chosen tests of each file that was looked at, by what stands before their database."""
    found: dict[str, set[str]] = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        found.setdefault(line.partition("::")[0], set()).update({line} if "::" in line else ())
    return {file: frozenset(names) for file, names in found.items()}


def chosen_of(file: str, names: list[str], known: Mapping[str, frozenset[str]]) -> set[str]:
    """Which of a file's tests are told twice; its first one where the list does not know the file as it is now."""
    wanted = known.get(file)
    if wanted is None or not wanted <= set(names):
        return {*names[:1], *((wanted or frozenset()) & set(names))}
    return set(wanted)


def fewest(asked: Mapping[str, Counter[str]]) -> list[str]:
    """Tests that together make every statement, the most new ones for their number of statements first.

    Those whose statements the ones chosen after them came to make as well are left out, the longest first.
    """
    left = set().union(*asked.values())
    found = []
    while left:
        best = max(asked, key=lambda name: (len(left & asked[name].keys()) / (50 + asked[name].total()), name))
        found.append(best)
        left -= asked[best].keys()
    made = Counter(statement for name in found for statement in asked[name])
    for name in sorted(found, key=lambda name: asked[name].total(), reverse=True):
        if all(made[statement] > 1 for statement in asked[name]):
            found.remove(name)
            made.subtract(asked[name].keys())
    return found


class Noted:
    """Notes which statements each test makes, and how often. A plugin of pytest's."""

    def __init__(self) -> None:
        """Begin with nothing noted."""
        self.asked: dict[str, Counter[str]] = {}
        self.files: set[str] = set()
        self._now: Counter[str] = Counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        if "[sqlite" not in item.nodeid:
            return (yield)
        self.files.add(item.nodeid.partition("::")[0])
        self._now = self.asked[item.nodeid.replace("[sqlite", "[postgres")] = Counter()
        return (yield)

    def listen(self) -> None:
        """Note what is asked and written from now on."""
        from bot.store.engine.statements import Shape
        from bot.store.everywhere import Everywhere
        from bot.store.tx import Tx

        def noted(owner: Any, name: str, text_of: Any) -> None:
            plain = getattr(owner, name)

            def noting(*given: Any, **values: Any) -> Any:
                done = plain(*given, **values)
                self._now[text_of(given, done)] += 1
                return done

            setattr(owner, name, noting)

        texts: dict[Any, str] = {}
        for owner in (Tx, Everywhere):
            noted(owner, "rows", lambda given, _: texts.get(given[1]) or texts.setdefault(given[1], str(given[1])))
        for name in ("inserting", "updating", "adding", "topping_up", "reading", "reading_many"):
            noted(Shape, name, lambda _, done: done[0])


def main() -> int:
    """Write the list anew."""
    noted = Noted()
    noted.listen()
    status = pytest.main(["-q", "-k", "sqlite", *BEHAVIOUR], plugins=[noted])
    if status:
        return int(status)
    chosen = fewest(noted.asked)
    LIST.write_text("".join(f"{line}\n" for line in sorted({*noted.files, *chosen})), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
