"""Public holidays of one country, without loading every other.

The holidays' library knows which module holds a country, and loads it when it is asked; but the package that the
modules stand in imports all two hundred as soon as any is loaded, which is a tenth of a start and stops the first
request that needs a calendar. So the package stands there empty, and is filled where somebody wants more of it.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType

import holidays

_PACKAGE = "holidays.countries"


def one_by_one() -> None:
    """Let the library load each country by itself, unless all are there."""
    if _PACKAGE in sys.modules:
        return
    spec = find_spec(_PACKAGE)
    if spec is not None:
        holidays.countries = sys.modules[_PACKAGE] = _empty(spec)


def _empty(spec: ModuleSpec) -> ModuleType:
    """The package as it is before it is run; what it should have by then runs it."""
    package = module_from_spec(spec)

    def fill(name: str) -> object:
        del package.__getattr__
        if spec.loader is not None:
            spec.loader.exec_module(package)
        return getattr(package, name)

    package.__getattr__ = fill  # type: ignore[method-assign]  # a module's own, as PEP 562 has it
    return package
