"""A real Matrix homeserver for tests: Synapse on SQLite, on a free port, killed at the end."""

import atexit
import base64
import hashlib
import hmac
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp.test_utils import unused_port

SERVER_NAME = "essai.test"
_READY_WITHIN_S = 60
_PLENTY = {"per_second": 10_000, "burst_count": 10_000}
_LIMITS_RAISED: dict[str, Any] = {
    "rc_message": _PLENTY,
    "rc_registration": _PLENTY,
    "rc_joins": {"local": _PLENTY, "remote": _PLENTY},
    "rc_joins_per_room": _PLENTY,
    "rc_invites": {"per_room": _PLENTY, "per_user": _PLENTY, "per_issuer": _PLENTY},
    "rc_login": {"address": _PLENTY, "account": _PLENTY, "failed_attempts": _PLENTY},
    "rc_room_creation": _PLENTY,
    "rc_admin_redaction": _PLENTY,
    "rc_media_create": _PLENTY,
}


@dataclass(frozen=True, slots=True)
class Account:
    """A registered user, with one device and its token."""

    user_id: str
    password: str
    device_id: str
    access_token: str


@dataclass
class Synapse:
    """A running homeserver."""

    base: str
    process: subprocess.Popen[bytes]
    folder: Path
    _secret: str
    _count: int = field(default=0)

    def register(self, name: str | None = None, *, admin: bool = False) -> Account:
        """Register a user, under a new name if none is given."""
        self._count += 1
        user, password = name or f"personne{self._count}", secrets.token_hex(8)
        address = "/_synapse/admin/v1/register"
        nonce = call(self.base, "GET", address)["nonce"]
        parts = (nonce, user, password, "admin" if admin else "notadmin")
        mac = hmac.new(self._secret.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": user, "password": password, "mac": mac, "admin": admin}
        made = call(self.base, "POST", address, body)
        return Account(made["user_id"], password, made["device_id"], made["access_token"])

    def upload(self, content: bytes, token: str) -> str:
        """Upload a file; return its `mxc:` address."""
        request = urllib.request.Request(
            f"{self.base}/_matrix/media/v3/upload",
            content,
            {"Authorization": f"Bearer {token}", "Content-Type": "application/octet-stream"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(json.load(answer)["content_uri"])

    def stop(self) -> None:
        """Kill it; `start` starts it again with the same data."""
        self.process.kill()
        self.process.wait()

    def start(self) -> None:
        """Start again on the same port."""
        self.process = _spawn(self.folder)
        _wait_until_ready(self)


def call(
    base: str,
    method: str,
    path: str,
    body: Mapping[str, Any] | None = None,
    token: str | None = None,
) -> dict[str, Any]:
    """One JSON request, as any HTTP client would do it. Raises urllib.error.HTTPError."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return dict(json.load(answer))


@cache
def synapse() -> Synapse:
    """The server shared by all tests, its rate limits raised."""
    return start_synapse(_LIMITS_RAISED)


@cache
def default_synapse() -> Synapse:
    """A server with the rate limits that Synapse comes with."""
    return start_synapse({})


@cache
def reserved_synapse() -> Synapse:
    """A server with Synapse's limits on invitations, and no other limits; tests may stop and start
    it.
    """
    return start_synapse(
        {name: _LIMITS_RAISED[name] for name in _LIMITS_RAISED if "inv" not in name}
    )


def start_synapse(settings: Mapping[str, Any]) -> Synapse:
    """A new server, with these settings besides those that any test needs."""
    folder = Path(tempfile.mkdtemp(prefix="filrouge-synapse-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    port, secret = unused_port(), secrets.token_hex(16)
    _write_configuration(folder, port, secret, settings)
    server = Synapse(f"http://127.0.0.1:{port}", _spawn(folder), folder, secret)
    atexit.register(server.stop)
    _wait_until_ready(server)
    return server


def _write_configuration(folder: Path, port: int, secret: str, settings: Mapping[str, Any]) -> None:
    key = secrets.token_urlsafe(32)
    (folder / "signing.key").write_text(f"ed25519 a_essai {_signing_seed()}\n", encoding="ascii")
    (folder / "log.yaml").write_text(
        json.dumps({"version": 1, "disable_existing_loggers": True, "root": {"level": "ERROR"}}),
        encoding="utf-8",
    )
    configuration = {
        "server_name": SERVER_NAME,
        "report_stats": False,
        "listeners": [
            {
                "port": port,
                "type": "http",
                "tls": False,
                "bind_addresses": ["127.0.0.1"],
                "resources": [{"names": ["client"]}],
            }
        ],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "media_store_path": str(folder / "media"),
        "log_config": str(folder / "log.yaml"),
        "signing_key_path": str(folder / "signing.key"),
        "macaroon_secret_key": key,
        "form_secret": key,
        "registration_shared_secret": secret,
        "suppress_key_server_warning": True,
        "trusted_key_servers": [],
        "bcrypt_rounds": 4,
        "presence": {"enabled": False},
        **settings,
    }
    # YAML reads JSON.
    (folder / "homeserver.yaml").write_text(json.dumps(configuration), encoding="utf-8")


def _signing_seed() -> str:
    """32 random bytes in unpadded base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def _spawn(folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "output.log").open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "synapse.app.homeserver", "-c", str(folder / "homeserver.yaml")],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def _wait_until_ready(server: Synapse) -> None:
    until = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < until:
        try:
            call(server.base, "GET", "/_matrix/client/versions")
        except (urllib.error.URLError, OSError):
            if server.process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    output = (server.folder / "output.log").read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"Synapse did not start: {output[-2000:]}")
