"""Our account once it is connected, what it knows of its rooms, and what it asks of them."""

import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nio import AsyncClient, AsyncClientConfig
from nio.store import SqliteStore

from bot.networks.matrix.connection.cross_signing import sign_device
from bot.networks.matrix.connection.encryption import Encryption
from bot.networks.matrix.connection.homeserver import PRESENT, Homeserver, RequestRefused, path
from bot.networks.matrix.connection.login import (
    Session,
    give_up_device,
    log_in,
    note_new_device,
)
from bot.networks.matrix.settings import MatrixSettings
from bot.ports.network import NetworkError

_STORE = "crypto.db"
_log = logging.getLogger(__name__)


@dataclass
class Account:
    """The connected account, with the ids of the rooms joined, and of those known as encrypted.

    `since`: the server may have forgotten what the account sent before.
    """

    user_id: str
    client: AsyncClient
    server: Homeserver
    encryption: Encryption
    since: datetime | None = None
    encrypted: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)

    async def joined_rooms(self) -> list[str]:
        """The rooms that we are in, as the server sees it now."""
        return list((await self.server.call("GET", path("joined_rooms")))["joined_rooms"])

    async def whole_state(self, room_id: str) -> list[dict[str, Any]]:
        """All the state events of a room; none where the server does not let us see them."""
        found = await self._find("rooms", room_id, "state")
        return list(found["list"]) if found else []

    def learn(self, room_id: str, state: Iterable[Mapping[str, Any]]) -> None:
        """Remember that we are in that room, and whether it is encrypted."""
        self.joined.add(room_id)
        if any(event["type"] == "m.room.encryption" for event in state):
            self.encrypted.add(room_id)

    async def event(self, room_id: str, event_id: str) -> dict[str, Any] | None:
        """One event, decrypted; None where we may not see it or have no key for it."""
        found = await self._find("rooms", room_id, "event", event_id)
        is_sealed = found is not None and found["type"] == "m.room.encrypted"
        return self.encryption.decrypt(room_id, found) if found and is_sealed else found

    async def state(self, room_id: str, kind: str, key: str = "") -> dict[str, Any] | None:
        """The content of one state event; None where there is none or we may not see it."""
        return await self._find("rooms", room_id, "state", kind, key)

    async def _find(self, *parts: str) -> dict[str, Any] | None:
        with suppress(RequestRefused):
            return await self.server.call("GET", path(*parts))
        return None

    async def members(self, room_id: str) -> set[str]:
        """The ids of those in a room or invited there; if we left it, of those at that time."""
        address = path("rooms", room_id, "members", query={"not_membership": "leave"})
        found = (await self.server.call("GET", address))["chunk"]
        return {e["state_key"] for e in found if e["content"].get("membership") in PRESENT}

    async def put_state(
        self, room_id: str, kind: str, content: Mapping[str, Any], key: str = ""
    ) -> None:
        """Set the content of one state event."""
        await self.server.call("PUT", path("rooms", room_id, "state", kind, key), content)

    async def leave(self, room_id: str, reason: str | None = None) -> None:
        """Leave a room, or refuse an invitation to it."""
        with suppress(RequestRefused):
            body = {"reason": reason} if reason else {}
            await self.server.call("POST", path("rooms", room_id, "leave"), body)
        self.forget(room_id)

    def forget(self, room_id: str) -> None:
        """Forget what was known of a room that we are not in any more."""
        self.joined.discard(room_id)
        self.encrypted.discard(room_id)
        self.encryption.forget(room_id)

    async def close(self) -> None:
        """Close the connections and the encryption store."""
        await _close(self.client)


async def _close(client: AsyncClient) -> None:
    await client.close()
    if client.store is not None:
        client.store.database.close()


class _KeysLost(Exception):
    """The server shows keys of our device that our store does not hold."""


async def connect(settings: MatrixSettings, now: datetime) -> Account:
    """Log in, open the encryption store, publish and sign our device's keys.

    Raises NetworkError if the account cannot be used, RetryLater if the server does not answer.
    """
    try:
        try:
            return await _connect(settings, now)
        except _KeysLost:
            _log.warning("The device's keys are lost: another device takes its place.")
            return await _connect(settings, now)
    except (RequestRefused, _KeysLost) as error:
        raise NetworkError(f"The homeserver does not take our device: {error}") from error


async def _connect(settings: MatrixSettings, now: datetime) -> Account:
    # The library's own loggers name rooms and people.
    logging.getLogger("nio").setLevel(logging.CRITICAL)
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    client = AsyncClient(
        settings.homeserver.rstrip("/"),
        settings.user,
        store_path=str(settings.folder),
        config=AsyncClientConfig(
            store=SqliteStore,
            store_name=_STORE,
            pickle_key=settings.store_key,
            store_sync_tokens=False,
            max_limit_exceeded=0,
            max_timeouts=0,
        ),
    )
    try:
        server = Homeserver(client)
        session = await log_in(settings, client, server)
        _open_store(settings, client, session.device_id)
        encryption = Encryption(client, server)
        session = await _publish_device(settings, session, encryption, server, now)
        since = datetime.fromisoformat(session.since) if session.since else None
        account = Account(session.user_id, client, server, encryption, since)
        # Once encrypted, a room is so for ever, whatever the server says of it later.
        account.encrypted |= client.encrypted_rooms
        await sign_device(settings, session, server)
    except BaseException:
        await _close(client)
        raise
    return account


async def _publish_device(
    settings: MatrixSettings,
    session: Session,
    encryption: Encryption,
    server: Homeserver,
    now: datetime,
) -> Session:
    """The server shows our device's keys. Raises _KeysLost if it shows others: the device is given
    up then, as other clients would never take new keys for it.
    """
    asked: dict[str, Any] = {"device_keys": {session.user_id: []}}
    known = await server.call("POST", path("keys", "query"), asked)
    shown = known["device_keys"].get(session.user_id, {}).get(session.device_id)
    if shown is None:
        session = note_new_device(settings, session, now)
        encryption.must_publish_all()
    elif not encryption.owns(shown):
        if not settings.password:
            why = f"{settings.folder / _STORE} does not hold the keys of {session.device_id}"
            raise NetworkError(f"{why}: restore it, or set matrix.password for a new device.")
        await give_up_device(settings, server)
        raise _KeysLost
    await encryption.publish_missing()
    return session


def _open_store(settings: MatrixSettings, client: AsyncClient, device_id: str) -> None:
    client.user_id, client.device_id = settings.user, device_id
    try:
        client.load_store()
    except Exception as error:
        store = settings.folder / _STORE
        raise NetworkError(f"{store} cannot be opened with this store key.") from error
    (settings.folder / _STORE).chmod(0o600)
