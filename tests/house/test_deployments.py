"""What ships for running it, a Containerfile and a systemd unit, holds together as far as can be seen without them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import read_settings
from tests.docs.documents import ROOT

UNIT = ROOT / "deploy" / "kept.service"


def steps() -> list[tuple[str, str]]:
    """The Containerfile's instructions, each on a line of its own."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    pairs = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    return [(name, " ".join(rest.split())) for name, _, rest in pairs]


def last(name: str) -> str:
    return next(rest for each, rest in reversed(steps()) if each == name)


def copied() -> dict[str, str]:
    """What is taken from the checkout, and where it goes."""
    found: dict[str, str] = {}
    for name, rest in steps():
        if name == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            found |= {each: f"{target}{each}" if target.endswith("/") else target for each in sources}
    return found


def test_a_container_runs_with_nobodys_privileges_on_packages_whose_hashes_are_locked() -> None:
    assert last("USER") == "10001:10001"
    installs = [rest for name, rest in steps() if name == "RUN" and "pip install" in rest]
    assert all("--require-hashes" in each and "--only-binary :all:" in each for each in installs)
    assert installs


def test_only_what_is_copied_is_sent_to_whoever_builds_it() -> None:
    lines = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    rules = [each for each in lines if each and not each.startswith("#")]
    assert rules[0] == "*"
    assert {each[1:] for each in rules if each.startswith("!")} == set(copied())


def test_what_a_container_holds_is_enough_to_open_a_database(tmp_path: Path) -> None:
    for source, target in copied().items():
        inside = tmp_path / target.lstrip("/")
        inside.parent.mkdir(parents=True, exist_ok=True)
        bring = shutil.copytree if (ROOT / source).is_dir() else shutil.copyfile
        bring(ROOT / source, inside)
    chosen = dict(each.split("=", 1) for each in last("ENV").split())
    chosen |= {name: value.replace("/opt/kept", f"{tmp_path}/opt/kept") for name, value in chosen.items()}
    chosen |= {
        "KEPT_CONFIG": f"{tmp_path}{chosen['KEPT_CONFIG']}",
        "KEPT_DATABASE_URL": f"sqlite:///{tmp_path}/state/kept.db",
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
    }
    assert not read_settings(chosen, tmp_path).rehearsal.enabled, "a rehearsal lets whoever reaches it speak as anybody"
    command = [sys.executable, "-P", *json.loads(last("ENTRYPOINT"))[1:], "migrate"]
    done = subprocess.run(command, env=chosen, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "state" / "kept.db").is_file()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_takes_the_unit_and_finds_it_fenced_in(tmp_path: Path) -> None:
    unit = tmp_path / "kept.service"
    unit.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/kept/.venv/bin/kept", sys.executable))
    for check in (["verify", "--man=no"], ["security", "--offline=true", "--threshold=20"]):
        done = subprocess.run(
            ["systemd-analyze", *check, str(unit)], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "kept.service:" not in done.stderr, done.stderr
