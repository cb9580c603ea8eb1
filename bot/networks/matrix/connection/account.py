"""Our account once it is connected, and what it knows of its rooms."""

import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from nio import AsyncClient, AsyncClientConfig
from nio.store import SqliteStore

from bot.networks.matrix.connection.cross_signing import sign_device
from bot.networks.matrix.connection.encryption import Encryption
from bot.networks.matrix.connection.errors import RequestRefused
from bot.networks.matrix.connection.homeserver import Homeserver, path
from bot.networks.matrix.connection.login import log_in
from bot.networks.matrix.settings import MatrixSettings
from bot.ports.network import NetworkError

_STORE = "crypto.db"


@dataclass
class Account:
    """The connected account. `encrypted` holds the rooms known to be so; `joined` all of ours."""

    user_id: str
    client: AsyncClient
    server: Homeserver
    encryption: Encryption
    encrypted: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)

    async def joined_rooms(self) -> list[str]:
        """The rooms that we are in, now, as the server sees it."""
        return list((await self.server.call("GET", path("joined_rooms")))["joined_rooms"])

    async def whole_state(self, room_id: str) -> list[dict[str, Any]]:
        """The state of a room, event by event; empty where it is not for us to see."""
        try:
            # The only answer of the specification that is a list.
            found = await self.server.call("GET", path("rooms", room_id, "state"))
        except RequestRefused:
            return []
        return list(found["list"])

    def learn(self, room_id: str, state: Iterable[Mapping[str, Any]]) -> None:
        """Remember a room that is ours, and whether it is encrypted."""
        self.joined.add(room_id)
        if any(event["type"] == "m.room.encryption" for event in state):
            self.encrypted.add(room_id)

    async def event(self, room_id: str, event_id: str) -> dict[str, Any] | None:
        """One event, in clear where its key is here; None where it is not to be had."""
        try:
            found = await self.server.call("GET", path("rooms", room_id, "event", event_id))
        except RequestRefused:
            return None
        if found["type"] != "m.room.encrypted":
            return found
        return self.encryption.decrypt(room_id, found)

    async def state(self, room_id: str, kind: str, key: str = "") -> dict[str, Any] | None:
        """A piece of a room's state, or None where there is none or it is not for us to see."""
        with suppress(RequestRefused):
            return await self.server.call("GET", path("rooms", room_id, "state", kind, key))
        return None

    async def members(self, room_id: str) -> set[str]:
        """Who is in a room or invited there; after we left, who was."""
        address = path("rooms", room_id, "members", query={"not_membership": "leave"})
        found = (await self.server.call("GET", address))["chunk"]
        present = {"join", "invite"}
        return {e["state_key"] for e in found if e["content"].get("membership") in present}

    async def put_state(
        self, room_id: str, kind: str, content: Mapping[str, Any], key: str = ""
    ) -> None:
        """Set a piece of a room's state."""
        await self.server.call("PUT", path("rooms", room_id, "state", kind, key), content)

    async def leave(self, room_id: str, reason: str | None = None) -> None:
        """We are not in that room any more."""
        with suppress(RequestRefused):
            body = {"reason": reason} if reason else {}
            await self.server.call("POST", path("rooms", room_id, "leave"), body)
        self.gone(room_id)

    def gone(self, room_id: str) -> None:
        """Forget what was known of a room that is not ours any more."""
        self.joined.discard(room_id)
        self.encrypted.discard(room_id)
        self.encryption.forget(room_id)

    async def close(self) -> None:
        """Nothing is open any more."""
        await self.client.close()
        if self.client.store is not None:
            self.client.store.database.close()


async def connect(settings: MatrixSettings) -> Account:
    """Log in, open the store, publish and sign our device's keys.

    Raises NetworkError if the account cannot be used so, RetryLater if the server is not there.
    """
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
        account = Account(session.user_id, client, server, Encryption(client, server))
        # Once encrypted, a room is so for ever, whatever the server says of it later.
        account.encrypted |= client.encrypted_rooms
        if client.should_upload_keys:
            await account.encryption.publish_keys()
        await sign_device(settings, session, server)
    except BaseException:
        await client.close()
        raise
    return account


def _open_store(settings: MatrixSettings, client: AsyncClient, device_id: str) -> None:
    client.user_id, client.device_id = settings.user, device_id
    try:
        client.load_store()
    except Exception as error:
        store = settings.folder / _STORE
        raise NetworkError(f"{store} cannot be opened with this store key.") from error
    (settings.folder / _STORE).chmod(0o600)
