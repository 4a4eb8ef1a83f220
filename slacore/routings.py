"""Who of a party gets what it is handed: in turn, whoever has least, or whoever is on the rota that day.

Who is here, how much each has and who got the last one are arguments, and so is the day: chance
plays no part. People who are away are passed over. Nobody is given more than his capacity: what
nobody can take is left to be given by hand, with the reason said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

Rule = Literal["round robin", "load", "rota"]


@dataclass(frozen=True, slots=True)
class Routing:
    """A party's rule for what it is handed.

    `members` are those who get things, in their turn. `capacity` is how many things one person acts on
    at once, `capacities` whose differs; None for no limit. `rota` says who gets things on a weekday
    (Monday is 0), in turn where there are several.
    """

    by: Rule
    members: tuple[str, ...]
    capacity: int | None = None
    capacities: tuple[tuple[str, int], ...] = ()
    rota: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def capacity_of(self, member: str) -> int | None:
        """How many things somebody acts on at once; None for no limit."""
        return dict(self.capacities).get(member, self.capacity)

    def on_duty(self, weekday: int) -> tuple[str, ...]:
        """Who gets things on a weekday."""
        return dict(self.rota).get(weekday, ()) if self.by == "rota" else self.members


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets a thing; "" where nobody can, and then `full` have their capacity and `away` are not here."""

    member: str
    full: tuple[str, ...] = ()
    away: tuple[str, ...] = ()


def choose(routing: Routing, here: Collection[str], loads: Mapping[str, int], last: str, weekday: int) -> Choice:
    """Who gets the next thing.

    In turn, it is the first behind whoever got the `last` one; by load, whoever has least, the first of
    equals. `loads` counts what each acts on now.
    """
    on_duty = routing.on_duty(weekday)
    away = tuple(each for each in on_duty if each not in here)
    full = tuple(each for each in on_duty if each in here and _is_full(routing, each, loads))
    free = [each for each in on_duty if each not in away and each not in full]
    if not free:
        return Choice("", full, away)
    if routing.by == "load":
        return Choice(min(free, key=lambda each: (loads.get(each, 0), on_duty.index(each))))
    turn = on_duty.index(last) + 1 if last in on_duty else 0
    in_turn = (*on_duty[turn:], *on_duty[:turn])
    return Choice(next(each for each in in_turn if each in free))


def _is_full(routing: Routing, member: str, loads: Mapping[str, int]) -> bool:
    capacity = routing.capacity_of(member)
    return capacity is not None and loads.get(member, 0) >= capacity
