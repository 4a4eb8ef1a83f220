"""Our token comes from Microsoft Entra, or from where it was pointed to, over https with a private authority too."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from bot.app import make_app
from bot.chat.messenger import DeliveryFailed
from bot.settings import Settings, read_settings
from bot.teams.grants import Credential, MicrosoftGrant
from tests.teams.fake_connector import APP, TENANT, a_key

SCOPE = "https://api.botframework.com/.default"


def certificate(folder: Path) -> Path:
    """A certificate for this machine that only its own file vouches for, with its key, in PEM."""
    key, now = a_key("tls"), datetime.now(UTC)  # noqa: TID251  # certificates live in the world's time
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )  # fmt: skip
    file = folder / "kept.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + pem)
    return file


@dataclass
class Entra:
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    answer: dict[str, Any] = field(
        default_factory=lambda: {"access_token": "t1", "expires_in": 3600, "token_type": "Bearer"}
    )


@asynccontextmanager
async def entra(pem: Path) -> AsyncIterator[Entra]:
    fake = Entra()

    async def document(request: web.Request) -> web.Response:
        base = f"{fake.url}/{TENANT}"
        return web.json_response(
            {"issuer": f"{base}/v2.0", "authorization_endpoint": f"{base}/authorize", "token_endpoint": f"{base}/token"}
        )

    async def token(request: web.Request) -> web.Response:
        fake.asked.append(dict(await request.post()))
        return web.json_response(fake.answer, status=200 if "access_token" in fake.answer else 401)

    app = web.Application()
    app.router.add_get(f"/{TENANT}/v2.0/.well-known/openid-configuration", document)
    app.router.add_post(f"/{TENANT}/token", token)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = TestServer(app, scheme="https")
    await server.start_server(ssl=context)
    fake.url = str(server.make_url("")).rstrip("/")
    try:
        yield fake
    finally:
        await server.close()


def credential(fake: Entra, **parts: str) -> Credential:
    return Credential(APP, TENANT, fake.url, SCOPE, **({"secret": "s3cret"} | parts))  # type: ignore[arg-type]


async def test_a_token_is_asked_for_once_and_renewed_before_it_runs_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    seconds = [0.0]
    async with entra(pem) as fake:
        grant = MicrosoftGrant(credential(fake), lambda: seconds[0])
        assert [await grant.token() for _ in range(3)] == ["t1"] * 3
        (asked,) = fake.asked
        assert (asked["client_id"], asked["client_secret"], asked["grant_type"]) == (
            APP,
            "s3cret",
            "client_credentials",
        )
        assert asked["scope"] == SCOPE
        fake.answer = fake.answer | {"access_token": "t2"}
        grant.forget()
        assert await grant.token() == "t2"


async def test_a_certificate_signs_instead_of_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    async with entra(pem) as fake:
        grant = MicrosoftGrant(credential(fake, secret="", certificate=pem.read_text()), lambda: 0.0)
        assert await grant.token() == "t1"
        assert "client_secret" not in fake.asked[0]
        assert fake.asked[0]["client_assertion"].count(".") == 2


async def test_a_wrong_secret_says_so_and_is_not_asked_about_at_every_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    async with entra(pem) as fake:
        fake.answer = {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret."}
        grant = MicrosoftGrant(credential(fake), lambda: 0.0)
        for _ in range(3):
            with pytest.raises(DeliveryFailed, match="AADSTS7000215") as failed:
                await grant.token()
            assert failed.value.outcome == "not sent"
        assert len(fake.asked) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"access_token": "t1", "expires_in": 3600, "token_type": "Bearer"}, [f"it speaks in Teams as {APP}"]),
        (
            {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret."},
            [
                "Microsoft gave no token: AADSTS7000215: Invalid client secret.",
                "it cannot speak in Teams; look at TEAMS_APP_ID, its secret or certificate, and TEAMS_TENANT_ID",
            ],
        ),
    ],
)
async def test_the_start_says_whether_it_can_speak(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    answer: dict[str, Any],
    said: list[str],
) -> None:
    caplog.set_level(logging.INFO, "bot.teams")
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    async with entra(pem) as fake:
        fake.answer = answer
        settings = chosen(tmp_path, f"rehearsal: {{enabled: false}}\nteams: {{login_url: '{fake.url}'}}\n")
        async with TestServer(await make_app(settings)):
            await asyncio.wait([each for each in asyncio.all_tasks() if "to Microsoft" in each.get_name()], timeout=5)
    assert [each.getMessage() for each in caplog.records if each.name.startswith("bot.teams")] == said


def chosen(folder: Path, text: str) -> Settings:
    (folder / "app.yaml").write_text(text, encoding="utf-8")
    environ = {"TEAMS_APP_ID": APP, "TEAMS_TENANT_ID": TENANT, "TEAMS_APP_SECRET": "s3cret"}
    return read_settings(environ | {"KEPT_DATABASE_URL": f"sqlite:///{folder}/kept.db"}, folder)


@asynccontextmanager
async def machine(pem: Path | None = None) -> AsyncIterator[Entra]:
    """What a machine in Azure asks about itself."""
    fake = Entra()

    async def token(request: web.Request) -> web.Response:
        fake.asked.append({"path": request.path, **request.query, **request.headers})
        until = datetime.now(UTC) + timedelta(hours=1)  # noqa: TID251  # tokens live in the world's time
        found = fake.answer | {"expires_on": str(int(until.timestamp())), "resource": "x"}
        return web.json_response(found, status=200 if "access_token" in fake.answer else 400)

    app = web.Application()
    app.router.add_get("/metadata/identity/oauth2/token", token)
    app.router.add_get("/msi/token", token)
    server = TestServer(app, scheme="https" if pem else "http")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if pem else None
    if context is not None:
        context.load_cert_chain(str(pem))
    await server.start_server(ssl=context)
    fake.url = str(server.make_url("")).rstrip("/")
    try:
        yield fake
    finally:
        await server.close()


def identity() -> MicrosoftGrant:
    return MicrosoftGrant(Credential(APP, TENANT, "https://nowhere.invalid", SCOPE, managed=True), lambda: 0.0)


async def test_a_virtual_machine_is_its_own_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    async with machine() as fake:
        monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", fake.url)
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # no proxy reaches what a machine asks about itself
        assert await identity().token() == "t1"
        (asked,) = fake.asked
        assert asked["path"] == "/metadata/identity/oauth2/token"
        assert asked["Metadata"] == "true"
        assert (asked["client_id"], asked["resource"]) == (APP, SCOPE.removesuffix("/.default"))


async def test_so_is_an_app_service_over_https_with_a_private_authority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    async with machine(pem) as fake:
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{fake.url}/msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", "this-machine")
        assert await identity().token() == "t1"
        (asked,) = fake.asked
        assert (asked["path"], asked["X-IDENTITY-HEADER"]) == ("/msi/token", "this-machine")
        assert (asked["client_id"], asked["resource"]) == (APP, SCOPE.removesuffix("/.default"))


async def test_a_machine_without_that_identity_says_so_and_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    async with machine() as fake:
        fake.answer = {"error": "invalid_request", "error_description": "Identity not found"}
        monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", fake.url)
        grant = identity()
        for _ in range(2):
            with pytest.raises(DeliveryFailed, match="Identity not found") as failed:
                await grant.token()
            assert failed.value.outcome == "not sent"
        assert len(fake.asked) == 1


async def test_an_authority_that_nobody_vouches_for_gets_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    async with entra(pem) as fake:
        grant = MicrosoftGrant(credential(fake), lambda: 0.0)
        with pytest.raises(DeliveryFailed):
            await grant.token()
        assert fake.asked == []
