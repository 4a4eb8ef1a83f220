"""What a deployment chooses is read once, and what is wrong with it stops the start with the mend."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.files import FileError, shipped
from bot.redactions import redact_url
from bot.settings import Settings, read_settings

LIVE = "rehearsal: {enabled: false}\n"


def chosen(folder: Path, text: str, **environ: str) -> Settings:
    (folder / "app.yaml").write_text(text, encoding="utf-8")
    return read_settings(environ, folder)


def said(folder: Path, text: str, **environ: str) -> str:
    with pytest.raises(FileError) as caught:
        chosen(folder, text, **environ)
    return str(caught.value)


def test_the_app_yaml_that_travels_with_the_product_works_as_it_stands() -> None:
    settings = read_settings({}, shipped("app.yaml").parent)
    assert str(settings.listen) == "127.0.0.1:8080"
    assert settings.database.url == "sqlite+aiosqlite:///var/rehearsal.db"
    assert settings.log_level == "info"
    assert settings.rehearsal.enabled
    assert settings.rehearsal.starts_at == datetime(2026, 10, 1, 12, 30, tzinfo=UTC)
    assert settings.rehearsal.agreements[0] == shipped("agreements") / "company-x.yaml"
    assert all(file.is_file() for file in settings.rehearsal.agreements)


def test_a_folder_without_app_yaml_gets_the_one_that_travels_with_the_product(tmp_path: Path) -> None:
    assert read_settings({}, tmp_path).file == shipped("app.yaml")


def test_an_empty_app_yaml_chooses_what_the_shipped_one_chooses(tmp_path: Path) -> None:
    empty, full = chosen(tmp_path, "# nothing\n"), read_settings({}, shipped("app.yaml").parent)
    assert {**empty.redacted(), "file": "", "rehearsal.agreements": ""} == {
        **full.redacted(),
        "file": "",
        "rehearsal.agreements": "",
    }


def test_a_section_with_all_its_lines_commented_out_is_as_good_as_left_out(tmp_path: Path) -> None:
    assert chosen(tmp_path, "database:\n  # url: x\nrehearsal:\n").database.url.endswith("rehearsal.db")


def test_settings_cannot_be_changed_once_read(tmp_path: Path) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        chosen(tmp_path, "").log_level = "debug"  # type: ignore[misc]


def test_a_rehearsal_and_the_real_thing_do_not_share_a_database_by_default(tmp_path: Path) -> None:
    assert chosen(tmp_path, "rehearsal: {enabled: false}").database.url == "sqlite+aiosqlite:///var/kept.db"
    assert chosen(tmp_path, "rehearsal: {enabled: true}").database.url == "sqlite+aiosqlite:///var/rehearsal.db"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    settings = chosen(
        tmp_path,
        "listen: 127.0.0.1:1\ndatabase: {url: 'sqlite:///file.db'}",
        KEPT_LISTEN="0.0.0.0:9000",
        KEPT_DATABASE_URL="postgresql://kept:pw@db/kept",
    )
    assert (settings.listen.host, settings.listen.port) == ("0.0.0.0", 9000)
    assert settings.database.url == "postgresql+psycopg://kept:pw@db/kept"


def test_an_empty_variable_chooses_nothing(tmp_path: Path) -> None:
    assert str(chosen(tmp_path, "listen: 127.0.0.1:1", KEPT_LISTEN="").listen) == "127.0.0.1:1"


def test_another_config_file_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "kept.yaml").write_text("log_level: debug\nrehearsal: {agreements: [ours.yaml]}")
    settings = read_settings({"KEPT_CONFIG": "etc/kept.yaml"}, tmp_path)
    assert settings.log_level == "debug"
    assert settings.rehearsal.agreements == (tmp_path / "etc" / "ours.yaml",), "seen from the file's own folder"


def test_a_config_file_that_is_not_there_is_no_silent_default(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"^kept\.yaml: is not there .* — check the path"):
        read_settings({"KEPT_CONFIG": "kept.yaml"}, tmp_path)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("sqlite:///var/kept.db", "sqlite+aiosqlite:///var/kept.db"),
        ("sqlite:////srv/kept.db", "sqlite+aiosqlite:////srv/kept.db"),
        ("sqlite+aiosqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("postgres://kept@db/kept", "postgresql+psycopg://kept@db/kept"),
        ("postgresql://kept@db:5433/kept?sslmode=require", "postgresql+psycopg://kept@db:5433/kept?sslmode=require"),
        ("postgresql+psycopg:///kept?host=/run/pg", "postgresql+psycopg:///kept?host=/run/pg"),
    ],
)
def test_a_database_url_gets_the_driver_that_this_house_uses(tmp_path: Path, written: str, url: str) -> None:
    assert chosen(tmp_path, "", KEPT_DATABASE_URL=written).database.url == url
    assert chosen(tmp_path, f"database: {{url: '{written}'}}").database.url == url


@pytest.mark.parametrize(
    ("written", "host", "port"),
    [("localhost:0", "localhost", 0), ("0.0.0.0:65535", "0.0.0.0", 65535), ("'[::1]:8080'", "::1", 8080)],
)
def test_where_to_listen_is_host_and_port(tmp_path: Path, written: str, host: str, port: int) -> None:
    listen = chosen(tmp_path, f"listen: {written}").listen
    assert (listen.host, listen.port) == (host, port)
    assert str(listen) == written.strip("'")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("\nlisten: 8080", "app.yaml:2: listen: is '8080', not host:port — write for example 127.0.0.1:8080"),
        ("listen: here:99999", "app.yaml:1: listen: is 'here:99999', not host:port — write for example"),
        ("listen: http://x:80", "app.yaml:1: listen: is 'http://x:80', not host:port"),
        ("listen:", "app.yaml:1: listen: is empty, not host:port"),
        ("lisen: a:1", "app.yaml:1: lisen: is no setting — did you mean 'listen'?"),
        (
            "colour: red",
            "app.yaml:1: colour: is no setting — there are: listen, public_url, database, log_level, log_fo",
        ),
        ("database:\n  ulr: x", "app.yaml:2: database.ulr: is no setting — did you mean 'url'?"),
        ("database: sqlite:///x", "app.yaml:1: database: is not a section — write under it, indented: url"),
        ("- listen", "app.yaml:1: is not a section — write under it, indented: listen, public_url, database"),
        (
            "database:\n  url: mysql://db/x",
            "app.yaml:2: database.url: is 'mysql://db/x', no database that the bot knows",
        ),
        ("database: {url: var/x.db}", "app.yaml:1: database.url: is 'var/x.db', no database"),
        ("database: {url: 'sqlite://'}", "app.yaml:1: database.url: is a database in memory, which forgets every"),
        ("database: {url: 'sqlite:///:memory:'}", "app.yaml:1: database.url: is a database in memory"),
        ("log_level: loud", "app.yaml:1: log_level: is 'loud' — write one of debug, info, warning, error"),
        ("log_format: xml", "app.yaml:1: log_format: is 'xml' — write one of text, json"),
        ("log_level: [info]", "app.yaml:1: log_level: is a list — write one of"),
        ("rehearsal:\n  enabled: yes", "app.yaml:2: rehearsal.enabled: is 'yes', neither true nor false — write true"),
        ("rehearsal: {agreements: x.yaml}", "app.yaml:1: rehearsal.agreements: is not a list — write each file"),
        ("rehearsal:\n  agreements:\n  - a.yaml\n  - 7", "app.yaml:4: rehearsal.agreements[2]: is '7', not a text"),
        ("rehearsal: {starts_at: 2026-10-01}", "app.yaml:1: rehearsal.starts_at: is '2026-10-01', no moment with its"),
        (
            "rehearsal: {starts_at: soon}",
            "app.yaml:1: rehearsal.starts_at: is 'soon', no moment with its offset — write",
        ),
        ("listen: a:1\nlisten: b:1", "app.yaml:2: listen: is written twice (first on line 1) — keep one of them"),
    ],
)
def test_a_wrong_value_is_told_with_its_line_key_and_mend(tmp_path: Path, text: str, answer: str) -> None:
    assert said(tmp_path, text).startswith(answer)


@pytest.mark.parametrize(
    ("variable", "value", "answer"),
    [
        ("KEPT_LISTEN", "8080", "KEPT_LISTEN: is '8080', not host:port — write for example 127.0.0.1:8080"),
        (
            "KEPT_DATABASE_URL",
            "oracle://x",
            "KEPT_DATABASE_URL: is 'oracle://x', no database that the bot knows — write",
        ),
        ("SLACK_SIGNING_SECRET", '"shh"', "SLACK_SIGNING_SECRET: stands in quotes, which are part of it where it stan"),
        ("KEPT_LOG_LEVEL", "INFO", "KEPT_LOG_LEVEL: is 'INFO' — write one of debug, info, warning, error"),
        ("KEPT_LOG_FORMAT", "xml", "KEPT_LOG_FORMAT: is 'xml' — write one of text, json"),
        ("KEPT_PUBLIC_URL", "kept.example.com", "KEPT_PUBLIC_URL: is 'kept.example.com', no address — write it like"),
        ("KEPT_PUBLIC_URL", "https://x.example/kept/", "KEPT_PUBLIC_URL: is 'https://x.example/kept/', below a path"),
        ("KEPT_DATABASE_URL", "sqlite://kept.db", "KEPT_DATABASE_URL: has too few slashes — write three slashes"),
        *(
            (
                "KEPT_DATABASE_URL",
                f"postgres://kept:{word}@db/kept",
                "KEPT_DATABASE_URL: has a password that an address",
            )
            for word in ("p@ss", "pa/ss", "p?ss", "p#ss", "p:ss")
        ),
        (
            "KEPT_DATABSE_URL",
            "x",
            "KEPT_DATABSE_URL: is no variable that the bot reads — did you mean KEPT_DATABASE_URL?",
        ),
    ],
)
def test_a_wrong_variable_is_told_by_its_name(tmp_path: Path, variable: str, value: str, answer: str) -> None:
    assert said(tmp_path, "", **{variable: value}).startswith(answer)


@pytest.mark.parametrize(
    ("environ", "answer"),
    [
        ({"SLACK_BOTTOKEN": "xoxb-1"}, "SLACK_BOTTOKEN: is no variable that the bot reads — did you mean SLACK_BOT_TO"),
        ({"TEAMS_APPID": "a"}, "TEAMS_APPID: is no variable that the bot reads — did you mean TEAMS_APP_ID?"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN: is missing, and SLACK_SIGNING_SECRET alone opens no door"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN: is missing, and SLACK_APP_TOKEN alone opens no door"),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "xapp-1"},
            "SLACK_SIGNING_SECRET: is a token, not the signing secret — copy Signing Secret",
        ),
        ({"TEAMS_APP_SECRET": "s"}, "TEAMS_APP_ID: is missing, and what proves it alone opens no door — copy Applicat"),
        (
            {"TEAMS_APP_ID": "a", "TEAMS_APP_SECRET": "0d8b2f4e-8d1c-4c8e-9d1f-2a3b4c5d6e7f"},
            "TEAMS_APP_SECRET: is a secret's id, not its value — make one anew",
        ),
        (
            {"TEAMS_APP_ID": "a", "TEAMS_APP_CERTIFICATE": "-----BEGIN CERTIFICATE-----"},
            "TEAMS_APP_CERTIFICATE: is not a certificate with its key — name a file with both, in PEM",
        ),
    ],
)
def test_secrets_that_would_fail_with_every_request_stop_the_start(
    tmp_path: Path, environ: dict[str, str], answer: str
) -> None:
    assert said(tmp_path, LIVE, **environ).startswith(answer)
    assert chosen(tmp_path, "", **environ).rehearsal.enabled, "a rehearsal leaves platforms alone, whatever is set"


def test_a_newline_that_came_along_with_a_value_is_no_part_of_it(tmp_path: Path) -> None:
    settings = chosen(
        tmp_path,
        LIVE,
        KEPT_LISTEN=" 127.0.0.1:1\n",
        KEPT_DATABASE_URL="sqlite:///x.db\n",
        SLACK_BOT_TOKEN="xoxb-1\n",
        SLACK_SIGNING_SECRET="\tshh\r\n",
    )
    assert (settings.listen.port, settings.database.url) == (1, "sqlite+aiosqlite:///x.db")
    assert (settings.slack.bot_token, settings.slack.signing_secret) == ("xoxb-1", "shh")


def test_variables_of_other_programs_that_speak_with_slack_are_let_be(tmp_path: Path) -> None:
    assert not chosen(tmp_path, LIVE, SLACK_API_TOKEN="xoxp-1", SLACK_WEBHOOK_URL="x").slack.enabled


def test_variables_that_a_cluster_adds_for_a_workload_of_our_name_are_let_be(tmp_path: Path) -> None:
    chosen(tmp_path, "", KEPT_PORT="tcp://10.0.0.1:80", KEPT_SERVICE_HOST="10.0.0.1")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("slack:\n  bot_token: x", "app.yaml:2: slack.bot_token: is a secret"),
        ("signing_secret: x", "app.yaml:1: signing_secret: is a secret"),
        ("database: {password: x}", "app.yaml:1: database.password: is a secret"),
        ("database: {url: 'postgresql://kept:hush@db/kept'}", "app.yaml:1: database.url: holds a password"),
        ("database: {url: 'postgresql:///kept?password=hush'}", "app.yaml:1: database.url: holds a password"),
        ("rehearsal: {agreements: [xoxb-1-2]}", "app.yaml:1: rehearsal.agreements[1]: holds a token"),
    ],
)
def test_a_secret_has_no_place_in_app_yaml(tmp_path: Path, text: str, answer: str) -> None:
    told = said(tmp_path, text)
    assert told.startswith(answer)
    assert "environment" in told or "KEPT_DATABASE_URL" in told
    assert "hush" not in told


def test_settings_are_shown_without_the_password(tmp_path: Path) -> None:
    settings = chosen(tmp_path, "", KEPT_DATABASE_URL="postgresql://kept:hush@db/kept?sslpassword=hush")
    shown = settings.redacted()
    assert shown["database.url"] == "postgresql+psycopg://kept:***@db/kept?sslpassword=***"
    assert "hush" not in str(shown)


def test_a_wrong_database_url_is_told_without_the_password(tmp_path: Path) -> None:
    assert "hush" not in said(tmp_path, "", KEPT_DATABASE_URL="mysql://kept:hush@db/kept")


def test_settings_do_not_print_the_password_by_accident(tmp_path: Path) -> None:
    assert "hush" not in repr(chosen(tmp_path, "", KEPT_DATABASE_URL="postgresql://kept:hush@db/kept"))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite+aiosqlite:////srv/kept.db", "sqlite+aiosqlite:////srv/kept.db"),
        ("postgresql://kept:p@ss/w@db/x", "postgresql://kept:***@db/x"),
        ("postgresql://kept:p@ss@db/x", "postgresql://kept:***@db/x"),
        ("postgresql://kept@db/x?sslmode=require", "postgresql://kept@db/x?sslmode=require"),
        ("postgresql:///x?user=a&password=b&host=/run", "postgresql:///x?user=a&password=***&host=/run"),
        ("https://example.com/a?b=c%20d", "https://example.com/a?b=c%20d"),
        ("no address", "no address"),
    ],
)
def test_a_url_keeps_its_shape_when_its_password_is_hidden(url: str, shown: str) -> None:
    assert redact_url(url) == shown


def test_teams_is_off_until_an_app_id_is_given_and_its_secrets_come_from_the_environment(tmp_path: Path) -> None:
    assert not chosen(tmp_path, "").teams.enabled
    teams = chosen(tmp_path, "", TEAMS_APP_ID="a", TEAMS_APP_SECRET="s3cret", TEAMS_TENANT_ID="t").teams
    assert (teams.app_id, teams.secret, teams.tenant_id, teams.enabled) == ("a", "s3cret", "t", True)
    assert "s3cret" not in repr(teams)


def test_a_teams_app_without_anything_to_prove_it_stops_the_start(tmp_path: Path) -> None:
    assert "TEAMS_APP_SECRET" in said(tmp_path, LIVE, TEAMS_APP_ID="a")
    assert chosen(tmp_path, "teams:\n  managed_identity: true\n", TEAMS_APP_ID="a").teams.managed_identity


def test_a_teams_certificate_may_be_named_by_its_file(tmp_path: Path) -> None:
    pem = "-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----"
    (tmp_path / "kept.pem").write_text(pem, encoding="utf-8")
    named = str(tmp_path / "kept.pem")
    assert chosen(tmp_path, "", TEAMS_APP_ID="a", TEAMS_APP_CERTIFICATE=named).teams.certificate.startswith("-----")
    assert "cannot be read" in said(tmp_path, "", TEAMS_APP_ID="a", TEAMS_APP_CERTIFICATE=named + "x")


def test_the_addresses_of_microsoft_can_be_pointed_elsewhere(tmp_path: Path) -> None:
    text = "teams:\n  services:\n    - http://127.0.0.1:56150\n  login_url: https://login.example\n"
    teams = chosen(tmp_path, text).teams
    assert (teams.services, teams.login_url) == (("http://127.0.0.1:56150",), "https://login.example")
    assert "no address" in said(tmp_path, "teams:\n  services:\n    - evil\n")
