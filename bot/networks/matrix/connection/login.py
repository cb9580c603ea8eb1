"""Logs in as one device: its token and identifier are kept beside its keys.

A session that was removed on the server begins again under the same device, whose keys are on our
disk: what was sealed for it in between can be read. A device whose keys are lost is given up.
"""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nio import AsyncClient

from bot.networks.matrix.connection.homeserver import Homeserver, RequestRefused, TokenRefused, path
from bot.networks.matrix.settings import MatrixSettings
from bot.ports.network import NetworkError

_FILE = "session.json"
_LOGIN_REFUSED_FOR = timedelta(minutes=15)
"""Synapse takes one login of an account in 333 s, and counts those it refuses."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who we are to the homeserver; the token is empty until we have logged in.

    `since`: when the device was last made on the server, which remembers nothing it sent before.
    """

    user_id: str
    device_id: str
    access_token: str
    since: str = ""


async def log_in(settings: MatrixSettings, client: AsyncClient, server: Homeserver) -> Session:
    """Resume the session kept in the folder, else begin one; `client` gets its token.

    Raises NetworkError if the account cannot be used, RetryLater if the server does not answer.
    """
    kept = _read(settings)
    session: Session | None = None
    for token in dict.fromkeys(filter(None, (settings.access_token, kept.access_token))):
        with suppress(TokenRefused):
            session = await _recognise(settings, client, server, token)
            break
    if session is None:
        client.access_token = ""
        session = await _log_in_with_password(settings, client, server, kept.device_id)
    if session.device_id == kept.device_id:
        session = replace(session, since=kept.since)
    _keep(settings, session)
    return session


def note_new_device(settings: MatrixSettings, session: Session, now: datetime) -> Session:
    """Keep that the server is about to know the device anew."""
    session = replace(session, since=now.isoformat())
    _keep(settings, session)
    return session


async def give_up_device(settings: MatrixSettings, server: Homeserver) -> None:
    """Sign the session out, so that its device is gone; the next login makes another one."""
    with suppress(RequestRefused, TokenRefused):
        await server.call("POST", path("logout"), {})
    _keep(settings, Session(settings.user, _new_device_id(), ""))


async def _recognise(
    settings: MatrixSettings, client: AsyncClient, server: Homeserver, token: str
) -> Session:
    client.access_token = token
    known = await server.call("GET", path("account", "whoami"))
    if known["user_id"] != settings.user:
        raise NetworkError(f"The access token belongs to {known['user_id']}, not {settings.user}.")
    if not known.get("device_id"):
        raise NetworkError("The access token belongs to no device.")
    return Session(known["user_id"], known["device_id"], token)


async def _log_in_with_password(
    settings: MatrixSettings, client: AsyncClient, server: Homeserver, device_id: str
) -> Session:
    if not settings.password:
        raise TokenRefused(f"{settings.user} has no password to log in with, and no valid token.")
    # The device's name is kept before it is used: a kill in between must not make two of them.
    _keep(settings, replace(_read(settings), device_id=device_id, access_token=""))
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": settings.user},
        "password": settings.password,
        "device_id": device_id,
        "initial_device_display_name": "Fil Rouge",
    }
    try:
        answer = await server.call("POST", path("login"), body)
    except (RequestRefused, TokenRefused) as error:
        why = (
            f"The homeserver refused to log {settings.user} in ({error}): "
            "is matrix.password its present one, and is the account not deactivated?"
        )
        raise NetworkError(why, again_after=_LOGIN_REFUSED_FOR) from error
    client.access_token = answer["access_token"]
    return Session(answer["user_id"], answer["device_id"], answer["access_token"])


def _keep(settings: MatrixSettings, session: Session) -> None:
    write_private(settings.folder / _FILE, asdict(session))


def find_token(folder: Path, user_id: str) -> str:
    """The token of the session kept in that folder for this account; empty if there is none."""
    kept = read_private(folder / _FILE)
    return str(kept["access_token"]) if kept.get("user_id") == user_id else ""


def _read(settings: MatrixSettings) -> Session:
    kept = read_private(settings.folder / _FILE)
    if kept.get("user_id") == settings.user:
        return Session(**kept)
    return Session(settings.user, settings.device_id or _new_device_id(), "")


def _new_device_id() -> str:
    return f"FILROUGE{secrets.token_hex(4).upper()}"


def read_private(file: Path) -> dict[str, Any]:
    """The content of a JSON file; empty if there is no such file."""
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}


def write_private(file: Path, content: dict[str, Any]) -> None:
    """Write a JSON file, readable by us alone: it is wholly on the disk when this returns."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        json.dump(content, opened)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
