"""What people call things whose names are longer: the end of a name, the trade's letters for it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands.words import fold

LEADS = ("mql", "mqls", "sql", "sqls")
"""What the trade calls leads; it tells nothing where a company counts several sorts of them."""
_INDICATORS = {
    "customer satisfaction": ("csat", "satisfaction"),
    "availability": ("uptime",),
    "mean time to restore": ("mttr",),
    "mean time to repair": ("mttr",),
    "mean time between failures": ("mtbf",),
    "net promoter score": ("nps",),
}


def of_an_indicator(name: str) -> tuple[str, ...]:
    """Other words for what a promise measures, with its own."""
    return (name, *_INDICATORS.get(fold(name), ())) if name else ()


def endings(name: str, *, least: int = 1) -> Iterable[str]:
    """What people leave of a name, with its article: "status reports" of "Lead status reports", "the shop".

    `least` is how many words have to stay. What two names share an end of means neither.
    """
    words = name.replace("-", " ").split()
    shorter = [" ".join(words[at:]) for at in range(len(words) - least + 1)]
    one = [each[:-1] for each in shorter if each.endswith("s") and not each.endswith("ss")]
    return dict.fromkeys(f"{the}{each}" for each in (*shorter, *one) for the in ("", "the "))
