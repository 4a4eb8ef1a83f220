"""The command that docs/add-a-command.md adds step by step works when it is put together."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bot.commands.answering import Answering
from bot.commands.command import CommandTable
from bot.commands.table import COMMANDS
from tests.docs.documents import ROOT
from tests.world import World, moment

TEXT = (ROOT / "docs" / "add-a-command.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```python (\S+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))
SPECIFICATION = "tests/spec/test_contacts.py"
SENTENCES = re.findall(r"^async def (test_\w+)", FILES[SPECIFICATION], re.MULTILINE)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The page's files as modules, in the order in which they are written."""
    made = {}
    for path, code in FILES.items():
        name = path.removesuffix(".py").replace("/", ".")
        module = ModuleType(name)
        monkeypatch.setitem(sys.modules, name, module)
        parent, _, last = name.rpartition(".")
        if parent in sys.modules:
            monkeypatch.setattr(sys.modules[parent], last, module, raising=False)
        exec(compile(code, path, "exec"), module.__dict__)
        made[path] = module
    return made


@pytest.fixture
async def world(sqlite_folder: Path, written: dict[str, ModuleType]) -> World:
    opened = await World.open(f"sqlite:///{sqlite_folder}/kept.db", moment("Thu 01 Oct 2026 08:30"))
    table = CommandTable((*COMMANDS, *written["bot/commands/rows/contacts.py"].COMMANDS))
    opened.house.answering = Answering(opened.house.database, opened.clock, table)
    await opened.agrees()
    return opened


@pytest.mark.parametrize("sentence", SENTENCES)
async def test_its_specification_holds(sentence: str, world: World, written: dict[str, ModuleType]) -> None:
    try:
        await getattr(written[SPECIFICATION], sentence)(world)
        world.everyone_else_heard_nothing()
    finally:
        await world.close()


def test_its_specification_says_something() -> None:
    assert len(SENTENCES) == 2


@pytest.mark.parametrize("path", FILES)
def test_its_files_would_pass_lint(path: str) -> None:
    for step in (["check", "--quiet"], ["format", "--check", "--quiet"]):
        done = subprocess.run(
            [Path(sys.executable).parent / "ruff", *step, "--stdin-filename", path, "-"],
            cwd=ROOT,
            input=FILES[path],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_its_imports_run_down_the_floors() -> None:
    floors = ("bot.commands", "bot.desk", "bot.cards", "bot.chat", "slacore")
    for path, code in FILES.items():
        here = path.replace("/", ".")
        mine = next((at for at, floor in enumerate(floors) if here.startswith(floor)), 0)
        for name in re.findall(r"^from (\S+) import", code, re.MULTILINE):
            below = next((at for at, floor in enumerate(floors) if name.startswith(floor)), len(floors))
            assert below >= mine, f"{path} imports {name}"
