"""What a document tells its reader to type is typed here as well, in a copy of the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.documents import PASSED_BY, ROOT, Block, blocks, documents

RUNNABLE = [
    pytest.param(blocks(text), id=str(path.relative_to(ROOT)))
    for path in documents()
    if blocks(text := path.read_text(encoding="utf-8"))
]


def typed(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type commands into a shell as a newcomer has it, with this Python first on the PATH."""
    environ = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
    }
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,  # a guard against a hang, not a promise of speed
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(
        shutil.copytree(ROOT, tmp_path / "kept", ignore=shutil.ignore_patterns(*PASSED_BY, ".*_cache", "tests"))
    )


@pytest.mark.parametrize("in_order", RUNNABLE)
def test_the_commands_of_a_document_work_in_the_order_they_stand(in_order: list[Block], copy: Path) -> None:
    for block in in_order:
        done = typed(block.commands, copy)
        assert done.returncode == 0, f"line {block.line} ended with {done.returncode}:\n{done.stdout}{done.stderr}"


def test_a_command_that_fails_half_way_is_found(copy: Path) -> None:
    assert typed("false | true\necho never", copy).returncode != 0


def test_only_blocks_that_say_so_are_run() -> None:
    text = "```sh\nrm -rf /\n```\n\n```sh run\necho one\necho two\n```\n"
    assert blocks(text) == [Block(6, "echo one\necho two\n")]
