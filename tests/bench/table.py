"""What every bench is made of: two sides timed in turns, and a table of ratios with a bar for each."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

ROUNDS = 5
_HEADINGS = ("measured", "ours", "theirs", "ratio", "bar", "")


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, both sides, their ratio, the bar and whether it is met."""

    name: str
    ours: str
    theirs: str
    ratio: float
    bar: str
    ok: bool


@dataclass(frozen=True)
class Sides:
    """Seconds a call takes on either side, and the median of the rounds' own ratios."""

    ours: float
    theirs: float
    times_faster: float


def median_of_five(ours: Callable[[], object], theirs: Callable[[], object], seconds: float = 0.05) -> Sides:
    """Time two calls in turns, five rounds of about `seconds` a side, so that a slow moment hits both."""
    loops = [_loops(side, seconds) for side in (ours, theirs)]
    rounds = [[_seconds(side, count) for side, count in zip((ours, theirs), loops, strict=True)] for _ in range(ROUNDS)]
    return Sides(
        median(mine for mine, _ in rounds),
        median(other for _, other in rounds),
        median(other / mine for mine, other in rounds),
    )


def median_seconds(call: Callable[[], object]) -> float:
    """The median of five single calls, for what does its work only the first time it is asked."""
    return median(_seconds(call, 1) for _ in range(ROUNDS))


def progress(text: str) -> None:
    """Say what is being measured now, so that a long bench is not taken for a hung one."""
    print(f"  … {text}", file=sys.stderr, flush=True)


def print_table(title: str, rows: Iterable[Row]) -> None:
    """The rows under their headings, numbers to the right."""
    cells = [_HEADINGS] + [
        (row.name, row.ours, row.theirs, _plain(row.ratio), row.bar, "pass" if row.ok else "FAIL") for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADINGS))]
    print(f"\n{title}")
    for place, line in enumerate(cells):
        name, *rest = line
        padded = [name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        print("  ".join(padded).rstrip())
        if place == 0:
            print("  ".join("-" * width for width in widths))


def human_seconds(seconds: float) -> str:
    """A time with the unit that suits it: "1.38 µs", "54.8 ms"."""
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def _plain(ratio: float) -> str:
    return f"{ratio:,.0f}x" if ratio >= 100 else f"{ratio:.2f}x"


def _loops(call: Callable[[], object], seconds: float) -> int:
    call()  # what is built lazily is built now
    loops = 1
    while (taken := _seconds(call, loops) * loops) < seconds / 2:
        loops = max(loops * 2, int(loops * seconds / 2 / max(taken, 1e-9)))
    return loops


def _seconds(call: Callable[[], object], loops: int) -> float:
    collecting = gc.isenabled()
    gc.disable()
    try:
        began = time.perf_counter()
        for _ in range(loops):
            call()
        return (time.perf_counter() - began) / loops
    finally:
        if collecting:
            gc.enable()
