"""Run the benches: `python -m tests.bench` for all, `python -m tests.bench calendars` for some."""

from __future__ import annotations

import os
import pkgutil
import sys
import time
from importlib import import_module

import tests.bench
from tests.bench.table import Row, print_table


def main(named: list[str]) -> int:
    """Measure, print a table a bench, and answer 1 where a bar is missed, 2 where a name is unknown."""
    modules = sorted(found.name for found in pkgutil.iter_modules(tests.bench.__path__) if found.name != "__main__")
    unknown = sorted(set(named) - set(modules))
    if unknown:
        print(f"There is no bench called {', '.join(unknown)}. There are: {', '.join(_benches(modules))}.")
        return 2
    missed: list[Row] = []
    for name in named or modules:
        run = getattr(import_module(f"tests.bench.{name}"), "run", None)
        if run is None:
            continue
        print(f"{name}: measuring", file=sys.stderr, flush=True)
        began = time.perf_counter()
        rows: list[Row] = run()
        # Others at work on the machine make every figure worse, and ratios less sure.
        busy = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        print_table(f"{name} ({time.perf_counter() - began:.0f} s, {busy})", rows)
        missed += [row for row in rows if not row.ok]
    print(f"\n{len(missed)} bars missed: {'; '.join(row.name for row in missed)}" if missed else "\nAll bars met.")
    return 1 if missed else 0


def _benches(modules: list[str]) -> list[str]:
    return [name for name in modules if hasattr(import_module(f"tests.bench.{name}"), "run")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
