"""kept serve, apply, check, migrate, audit verify: what an administrator types, and what it answers."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import ANY

import pytest

from bot.__main__ import main
from bot.listeners import alone_with
from bot.settings import read_settings

ROOT = Path(__file__).parent.parent.parent
COMPANY_X = ROOT / "agreements" / "company-x.yaml"


@pytest.fixture
def environment(sqlite_folder: Path) -> dict[str, str]:
    """A deployment with a database of its own."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "KEPT_CONFIG": str(ROOT / "app.yaml"),
        "KEPT_DATABASE_URL": f"sqlite:///{sqlite_folder}/kept.db",
        "KEPT_LISTEN": f"127.0.0.1:{_free_port()}",
        "PYTHONWARNINGS": "",
        "PYTHONUNBUFFERED": "",
    }


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit status."""

    returncode: int
    stdout: str
    stderr: str


Kept = Callable[..., Answer]


@pytest.fixture
def kept(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kept:
    """Types a command: the console script's own function, as an administrator's shell would call it."""

    def run(*words: str, **variables: str) -> Answer:
        for name, value in {**environment, **variables}.items():
            monkeypatch.setenv(name, value)
        status = main(words)
        told = capsys.readouterr()
        return Answer(status, told.out, told.err)

    return run


def test_applying_shows_the_difference_then_nothing_and_the_record_holds(kept: Kept) -> None:
    dry = kept("apply", str(COMPANY_X), "--dry-run")
    assert "Nothing is written down yet." in dry.stdout, dry.stderr
    first = kept("apply", str(COMPANY_X))
    assert "· version 1" in first.stdout, first.stderr
    again = kept("apply", str(COMPANY_X))
    assert "nothing changed" in again.stdout
    verified = kept("audit", "verify")
    assert verified.returncode == 0
    assert "The record holds" in verified.stdout


def test_a_company_keeps_its_name_and_one_that_was_not_there_is_pointed_out(kept: Kept) -> None:
    first = kept("apply", str(COMPANY_X), "--company", "Company X")
    assert "is new here" not in first.stdout, "nothing else is there yet"
    kept("apply", str(COMPANY_X))
    assert "Company X" in kept("connect").stdout
    elsewhere = kept("apply", str(COMPANY_X), "--workspace", "slack-t024")
    assert "slack-t024 is new here. Did you mean one of company? Name it with --workspace." in elsewhere.stdout


def test_whoever_runs_it_gets_a_code_by_which_a_second_platform_joins(kept: Kept) -> None:
    nowhere = kept("connect")
    assert nowhere.returncode == 2
    assert "There is no workspace 'company' here." in nowhere.stderr
    kept("apply", str(COMPANY_X), "--company", "Company X")
    first, second = kept("connect"), kept("connect")
    codes = [re.findall(r"connect ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}) to me by", each.stdout) for each in (first, second)]
    assert all(len(each) == 1 for each in codes), first.stdout + first.stderr
    assert codes[0] != codes[1]
    assert "Company X" in first.stdout


def test_an_amendment_begins_in_the_future_or_not_at_all(kept: Kept, tmp_path: Path) -> None:
    kept("apply", str(COMPANY_X))
    amended = COMPANY_X.read_text(encoding="utf-8").replace("target: 100", "target: 105")
    file = tmp_path / "company-x.yaml"
    file.write_text(amended.replace("quantities: [25, 50, 75, 100]", "quantities: [25, 50, 75, 105]"), encoding="utf-8")
    refused = kept("apply", str(file))
    assert refused.returncode == 2
    assert "cannot begin" in refused.stderr
    file.write_text(
        file.read_text(encoding="utf-8").replace("effective_on: 2026-10-01", "effective_on: 2099-01-01"),
        encoding="utf-8",
    )
    applied = kept("apply", str(file))
    assert "105 instead of 100" in applied.stdout
    assert "· version 2" in applied.stdout
    assert "It waits for Marketing, Sales and Service to sign; nothing counts under it before." in applied.stdout
    file.write_text(file.read_text(encoding="utf-8").replace("on: 2026-09-28", "on: 2026-11-20"), encoding="utf-8")
    signed = kept("apply", str(file))
    assert "· version 2" in signed.stdout
    assert "It waits for" not in signed.stdout


def test_a_wrong_file_is_told_by_line_and_changes_nothing(kept: Kept, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(COMPANY_X.read_text(encoding="utf-8").replace("target: 100", "target: a hundred"), encoding="utf-8")
    answer = kept("apply", str(file))
    assert answer.returncode == 2
    assert "wrong.yaml:" in answer.stderr
    assert "commitments.leads.target" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_check_reads_a_file_or_shows_the_settings(kept: Kept) -> None:
    answer = kept("check", str(COMPANY_X))
    assert answer.returncode == 0
    assert "3 parties, 7 commitments. Sound." in answer.stdout
    assert "second thought" not in answer.stdout
    assert "listen:" not in answer.stdout
    assert "listen: " in kept("check").stdout
    assert kept("check", KEPT_LISTEN="nowhere").returncode == 2


def test_a_second_copy_stops_at_the_port_before_it_has_done_anything(
    kept: Kept, environment: dict[str, str], sqlite_folder: Path
) -> None:
    host, _, port = environment["KEPT_LISTEN"].partition(":")
    with socket.create_server((host, int(port))):
        refused = kept("serve")
    assert refused.returncode == 1
    assert "something listens there already, perhaps another copy. Stop it, or set KEPT_LISTEN" in refused.stderr
    assert not list(sqlite_folder.iterdir())


def test_health_is_told_to_whoever_runs_it_and_ends_with_1_where_something_does_not_work(kept: Kept) -> None:
    kept("apply", str(COMPANY_X), "--company", "Company X")
    told = kept("health")
    assert told.stdout.startswith("company:\n")
    assert "The clock is" in told.stdout, "nobody serves, so nobody looks at what is due"
    assert told.returncode == 1
    assert kept("health", "--workspace", "nowhere").returncode == 2


def test_check_refuses_what_the_start_would(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "app.yaml").write_text("rehearsal: {enabled: false}\n", encoding="utf-8")
    many = {
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "s",
        "SLACK_SIGNING_SECRET": "s",
        "KEPT_KEYS": "2026-11:short",
    }
    refused = kept("check", KEPT_CONFIG=str(tmp_path / "app.yaml"), **many)
    assert refused.returncode == 2
    assert "the one named '2026-11'" in refused.stderr
    assert "short" not in refused.stderr


def test_template_lists_them_and_prints_one_that_check_takes(kept: Kept, tmp_path: Path) -> None:
    listed = kept("template")
    assert listed.returncode == 0, listed.stderr
    assert "support              Cases are answered and settled by priority" in listed.stdout
    ours = tmp_path / "ours.yaml"
    ours.write_text(kept("template", "support", "--zone", "Europe/Berlin").stdout, encoding="utf-8")
    answer = kept("check", str(ours))
    assert answer.returncode == 0, answer.stderr
    assert "Support to customer, 2 parties, 2 commitments. Sound." in answer.stdout
    assert "people: Still to be named: the owner of Support, the deputy of Support" in answer.stdout
    refused = kept("apply", str(ours))
    assert refused.returncode == 2
    assert "has places that nobody has been named for: the owner of Support" in refused.stderr
    assert "did you mean corporate?" in kept("template", "corprate").stderr


def test_check_says_what_a_good_colleague_would_ask(kept: Kept) -> None:
    answer = kept("check", str(ROOT / "agreements" / "two-teams.yaml"))
    assert answer.returncode == 0
    assert "parties.design.deputies: Design has nobody who acts while Lena Vogt is away." in answer.stdout


@pytest.fixture
def serving(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The rehearsal, started as an operator starts it, and well."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_until_well(process, environment)
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _wait_until_well(process: subprocess.Popen[str], environment: dict[str, str]) -> None:
    deadline = time.perf_counter() + 60
    while process.poll() is None and time.perf_counter() < deadline:
        try:
            with urllib.request.urlopen(f"http://{environment['KEPT_LISTEN']}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as unwell:
            unwell.close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        select_nothing(0.1)
    pytest.fail("it did not become well within a minute")


def select_nothing(seconds: float) -> None:
    """Give the other process its turn."""
    with socket.socket() as sock:
        sock.settimeout(seconds)
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        try:
            sock.accept()
        except TimeoutError:
            return


def test_it_becomes_well_and_a_sigterm_ends_it_cleanly(
    serving: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    with urllib.request.urlopen(f"http://{environment['KEPT_LISTEN']}/", timeout=10) as page:
        assert "Company X" in page.read().decode()
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(timeout=30) == 0
    output = serving.stdout.read() if serving.stdout else ""
    assert "Traceback" not in output
    assert environment["KEPT_LISTEN"] in output


def test_killed_at_once_it_starts_again_where_it_was(
    serving: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    serving.send_signal(signal.SIGKILL)
    serving.wait(timeout=10)
    assert serving.stdout is not None
    assert "Opening the database" in serving.stdout.read(), "what it does is said while it does it, into a pipe too"
    second = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_well(second, environment)  # type: ignore[arg-type]
    finally:
        second.send_signal(signal.SIGTERM)
        assert second.wait(timeout=30) == 0


def test_all_that_is_kept_of_one_person_is_given_and_who_still_has_a_part_is_not_forgotten(
    kept: Kept, tmp_path: Path
) -> None:
    assert kept("apply", str(COMPANY_X)).returncode == 0
    listed = kept("person").stdout.splitlines()
    assert [line.split()[0] for line in listed[:2]] == ["amy", "joan"]
    told = json.loads(kept("person", "Amy Chen").stdout)
    assert (told["person"], told["ids"]) == ("amy", [["web", "amy"]])
    (version,) = told["kept"]["agreement_versions"]
    assert version["document"] == {
        "people": {"amy": {"name": "Amy Chen", "title": "Sales manager", "zone": ANY, "identities": {"web": ["amy"]}}}
    }
    table = tmp_path / "amy.csv"
    assert "rows that say something of Amy Chen" in kept("person", "amy", "--csv", "--to", str(table)).stdout
    assert ",name,Amy Chen\n" in table.read_text()
    refused = kept("forget", "amy", "--yes")
    assert refused.returncode == 2
    assert "Amy Chen still has a part in A-1" in refused.stderr


def test_a_second_copy_on_one_sqlite_file_stops_and_says_so(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/kept.db"
    first = alone_with(url)
    assert first is not None
    with pytest.raises(OSError, match=f"Another copy of Kept serves {tmp_path}/kept.db already. Stop it first"):
        alone_with(url)
    other = alone_with(f"sqlite+aiosqlite:///{tmp_path}/other.db")
    first.close()
    again = alone_with(url)
    assert again is not None
    assert other is not None
    again.close()
    other.close()
    assert alone_with("postgresql+psycopg://kept@db.example.com/kept") is None
    assert alone_with(f"sqlite+aiosqlite:///{tmp_path}/nowhere/kept.db") is None


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://kept.example.com", "Slack calls https:// addresses alone, and this is http://kept.example.com."),
        ("kept.example.com", "Where Slack reaches the bot is 'kept.example.com', no address."),
        ("https://kept.example.com/slack/events", "below a path. Give it a host name of its own"),
    ],
)
def test_an_address_that_slack_would_not_call_is_refused_before_the_app_is_made(
    kept: Kept, url: str, told: str
) -> None:
    refused = kept("slack", "manifest", "--url", url)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert told in refused.stderr


def test_a_platform_that_cannot_call_an_address_without_tls_is_named_at_the_start(tmp_path: Path) -> None:
    def unheard(url: str, **more: str) -> str:
        (tmp_path / "app.yaml").write_text("rehearsal: {enabled: false}\n")
        secrets = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "0" * 32} | more
        return read_settings(secrets | {"KEPT_PUBLIC_URL": url}, tmp_path).unheard()

    assert unheard("http://kept.example.com").startswith("Slack and Teams call https:// addresses alone")
    assert unheard("https://kept.example.com") == unheard("http://127.0.0.1:8080") == unheard("") == ""
    assert unheard("http://kept.example.com", SLACK_APP_TOKEN="xapp-1") == "", "nothing has to reach a socket"


def test_help_of_a_command_begins_with_what_it_does(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        kept("migrate", "--help")
    assert ended.value.code == 0
    assert "Bring the database up to date." in capsys.readouterr().out
