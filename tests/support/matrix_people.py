"""People of a homeserver, seen from outside: one speaks HTTP and nothing else, one encrypts and
trusts only devices that their owner has signed.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import aiohttp
from nio import (
    AsyncClient,
    AsyncClientConfig,
    MegolmEvent,
    RoomEncryptedFile,
    RoomMessageText,
    SyncResponse,
)
from nio.api import Api
from nio.crypto.attachments import decrypt_attachment, encrypt_attachment
from nio.store import SqliteStore
from vodozemac import Ed25519PublicKey, Ed25519Signature, SignatureException

from tests.support.synapse import Account

CLIENT = "/_matrix/client/v3"
_PATIENCE_S = 60
_Seen = TypeVar("_Seen")


class Person:
    """Somebody with a client that does not encrypt."""

    def __init__(self, base: str, account: Account) -> None:
        self.account = account
        self.user_id = account.user_id
        self._session = aiohttp.ClientSession(
            base, headers={"Authorization": f"Bearer {account.access_token}"}
        )
        self._numbers = itertools.count(1)

    async def close(self) -> None:
        await self._session.close()

    async def call(
        self, method: str, address: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """One request; raises aiohttp.ClientResponseError when it is refused."""
        async with self._session.request(method, address, json=body) as answer:
            answer.raise_for_status()
            return dict(await answer.json())

    async def download(self, mxc: str) -> bytes:
        """The content of a file."""
        where = f"/_matrix/client/v1/media/download/{mxc.removeprefix('mxc://')}"
        async with self._session.get(where) as answer:
            answer.raise_for_status()
            return await answer.read()

    async def create(self, **wanted: Any) -> str:
        made = await self.call("POST", f"{CLIENT}/createRoom", {"preset": "private_chat", **wanted})
        return str(made["room_id"])

    async def write_to(self, user_id: str, **more: Any) -> str:
        """Begin a private chat."""
        return await self.create(is_direct=True, invite=[user_id], **more)

    async def join(self, room_id: str) -> None:
        await self.call("POST", f"{CLIENT}/join/{quote(room_id)}", {})

    async def leave(self, room_id: str) -> None:
        await self.call("POST", f"{CLIENT}/rooms/{quote(room_id)}/leave", {})

    async def send(self, room_id: str, content: Mapping[str, Any], kind: str = "") -> str:
        where = f"{CLIENT}/rooms/{quote(room_id)}/send/{kind or 'm.room.message'}"
        number = f"{id(self)}-{next(self._numbers)}"
        return str((await self.call("PUT", f"{where}/{number}", content))["event_id"])

    async def say(self, room_id: str, text: str, **more: Any) -> str:
        return await self.send(room_id, {"msgtype": "m.text", "body": text, **more})

    async def react(self, room_id: str, event_id: str, sign: str) -> str:
        related = {"rel_type": "m.annotation", "event_id": event_id, "key": sign}
        return await self.send(room_id, {"m.relates_to": related}, "m.reaction")

    async def redact(self, room_id: str, event_id: str) -> str:
        where = f"{CLIENT}/rooms/{quote(room_id)}/redact/{quote(event_id)}/{next(self._numbers)}"
        return str((await self.call("PUT", where, {}))["event_id"])

    async def state(self, room_id: str, kind: str, key: str = "") -> dict[str, Any]:
        where = f"{CLIENT}/rooms/{quote(room_id)}/state/{kind}/{quote(key)}"
        return await self.call("GET", where)

    async def members(self, room_id: str) -> set[str]:
        """Who has joined a room."""
        where = f"{CLIENT}/rooms/{quote(room_id)}/joined_members"
        return set((await self.call("GET", where))["joined"])

    async def history(self, room_id: str) -> list[dict[str, Any]]:
        """Every event of a room, oldest first."""
        events: list[dict[str, Any]] = []
        token = ""
        while True:
            where = f"{CLIENT}/rooms/{quote(room_id)}/messages?dir=f&limit=500{token}"
            page = await self.call("GET", where)
            events += page["chunk"]
            if not page.get("end") or not page["chunk"]:
                return events
            token = f"&from={quote(page['end'])}"

    async def read(self, room_id: str) -> list[str]:
        """The words of every message of a room, oldest first."""
        messages = (e for e in await self.history(room_id) if e["type"] == "m.room.message")
        return [event["content"]["body"] for event in messages if "body" in event["content"]]

    async def whole_sync(self) -> dict[str, Any]:
        """A first sync. Never asked twice alike: Synapse gives one answer for two minutes."""
        return await self.call("GET", f"{CLIENT}/sync?timeout={next(self._numbers)}")

    async def invited(self) -> str:
        """Join the first room to which we are invited; return its id."""
        room_id = await self.until(self.invitation)
        await self.join(room_id)
        return room_id

    async def invitation(self) -> str | None:
        """The first room, if any, to which we are invited now; Spaces do not count."""
        invitations = (await self.whole_sync()).get("rooms", {}).get("invite", {})
        return next((id for id, room in invitations.items() if not _is_space(room)), None)

    async def until(self, seen: Callable[[], Awaitable[_Seen | None]]) -> _Seen:
        """What `seen` finds, tried again each time something happens to us on the server."""
        async with asyncio.timeout(_PATIENCE_S):
            since = str((await self.whole_sync())["next_batch"])
            while not (found := await seen()):
                where = f"{CLIENT}/sync?timeout=1000&since={quote(since)}"
                since = str((await self.call("GET", where))["next_batch"])
            return found

    async def until_read(self, room_id: str, words: str) -> list[str]:
        """The words of every message of the room, once `words` are among them."""

        async def seen() -> list[str] | None:
            said = await self.read(room_id)
            return said if any(words in body for body in said) else None

        return await self.until(seen)


def _is_space(invited: Mapping[str, Any]) -> bool:
    events = invited["invite_state"]["events"]
    return any(event["content"].get("type") == "m.space" for event in events)


@asynccontextmanager
async def person(base: str, account: Account) -> AsyncIterator[Person]:
    """Somebody whose client is connected, until the end of the block."""
    somebody = Person(base, account)
    try:
        yield somebody
    finally:
        await somebody.close()


class CarefulPerson:
    """Somebody whose client encrypts, gives keys to devices signed by their owner alone, and shows
    only what such devices sent.
    """

    def __init__(self, base: str, account: Account, folder: Path) -> None:
        self.user_id = account.user_id
        self.http = Person(base, account)
        folder.mkdir(parents=True, exist_ok=True)
        self.client = AsyncClient(
            base,
            account.user_id,
            store_path=str(folder),
            config=AsyncClientConfig(store=SqliteStore, pickle_key="essai", request_timeout=30),
        )
        self.client.restore_login(account.user_id, account.device_id, account.access_token)
        self.shown: dict[str, list[RoomMessageText]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.refused: list[str] = []

    async def close(self) -> None:
        await self.client.close()
        self.client.store.database.close()
        await self.http.close()

    async def sync(self, wait_ms: int = 0) -> None:
        """Sync once; show the messages that trusted devices sent."""
        answer = await self.client.sync(wait_ms, full_state=not self.client.next_batch)
        assert isinstance(answer, SyncResponse), answer
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        await self.judge_devices()
        for room_id, room in answer.rooms.join.items():
            for event in room.timeline.events:
                self._show(room_id, event)

    def _show(self, room_id: str, event: Any) -> None:
        if isinstance(event, RoomMessageText) and event.sender != self.user_id:
            device = self._sender(event)
            if (
                event.decrypted
                and device is not None
                and self.client.olm.is_device_verified(device)
            ):
                self.shown.setdefault(room_id, []).append(event)
            else:
                self.refused.append(event.event_id)
        elif isinstance(event, RoomEncryptedFile) and event.sender != self.user_id:
            self.files[room_id] = event.source["content"]["file"]
        elif isinstance(event, MegolmEvent):
            self.refused.append(event.event_id)

    def _sender(self, event: RoomMessageText) -> Any:
        return self.client.device_store.device_from_sender_key(event.sender, event.sender_key)

    async def judge_devices(self) -> None:
        """Verify the devices that their owner's keys sign; shut out all others."""
        devices = [d for d in self.client.device_store if d.user_id != self.user_id]
        owners: dict[str, list[str]] = {device.user_id: [] for device in devices}
        if not owners:
            return
        known = await self.http.call("POST", f"{CLIENT}/keys/query", {"device_keys": owners})
        for device in devices:
            shown = known["device_keys"].get(device.user_id, {}).get(device.id, {})
            if is_cross_signed(known, device.user_id, shown):
                self.client.verify_device(device)
            else:
                self.client.blacklist_device(device)

    async def invited(self) -> str:
        """Join the first room to which we are invited; return its id.

        The encrypting client alone acknowledges what it is sent: keys come once.
        """
        async with asyncio.timeout(_PATIENCE_S):
            while (room_id := await self.http.invitation()) is None:
                await self.sync(1000)
        await self.http.join(room_id)
        return room_id

    async def say(self, room_id: str, text: str) -> str:
        """Say words that only the trusted devices in the room can read."""
        answer = await self.client.room_send(
            room_id, "m.room.message", {"msgtype": "m.text", "body": text}
        )
        return str(answer.event_id)

    async def send_file(self, room_id: str, name: str, content: bytes) -> None:
        """Send an encrypted file."""
        data, keys = encrypt_attachment(content)
        answer, _ = await self.client.upload(
            lambda *_: data, content_type="application/octet-stream", filesize=len(data)
        )
        file = {**keys, "url": answer.content_uri}
        said = {"msgtype": "m.file", "body": name, "filename": name, "file": file}
        await self.client.room_send(room_id, "m.room.message", said)

    async def file(self, room_id: str) -> bytes:
        """The content of the first file that is shown in a room."""
        async with asyncio.timeout(_PATIENCE_S):
            while room_id not in self.files:
                await self.sync(1000)
        secret = self.files[room_id]
        sealed = await self.http.download(secret["url"])
        hashes, key = secret["hashes"], secret["key"]
        return bytes(decrypt_attachment(sealed, key["k"], hashes["sha256"], secret["iv"]))

    async def until_shown(self, room_id: str, words: str) -> list[str]:
        """The bodies shown in a room, once `words` are among them."""
        async with asyncio.timeout(_PATIENCE_S):
            while not any(words in body for body in self.bodies(room_id)):
                await self.sync(1000)
        return self.bodies(room_id)

    def bodies(self, room_id: str) -> list[str]:
        return [event.body for event in self.shown.get(room_id, [])]


@asynccontextmanager
async def careful_person(base: str, account: Account, folder: Path) -> AsyncIterator[CarefulPerson]:
    """Somebody whose client is ready: its keys are on the server."""
    somebody = CarefulPerson(base, account, folder)
    try:
        await somebody.sync()
        yield somebody
    finally:
        await somebody.close()


def is_cross_signed(known: Mapping[str, Any], user_id: str, device: Mapping[str, Any]) -> bool:
    """Whether a device is signed by its owner's key for devices, and that by their master key."""
    master = known.get("master_keys", {}).get(user_id)
    signing = known.get("self_signing_keys", {}).get(user_id)
    if not master or not signing or not device:
        return False
    return _signed(signing, user_id, _key(master)) and _signed(device, user_id, _key(signing))


def _key(shown: Mapping[str, Any]) -> str:
    return str(next(iter(shown["keys"].values())))


def _signed(shown: Mapping[str, Any], user_id: str, key: str) -> bool:
    bare = {name: shown[name] for name in shown if name not in {"signatures", "unsigned"}}
    signature = shown.get("signatures", {}).get(user_id, {}).get(f"ed25519:{key}")
    if signature is None:
        return False
    try:
        Ed25519PublicKey.from_base64(key).verify_signature(
            Api.to_canonical_json(bare).encode(), Ed25519Signature.from_base64(signature)
        )
    except SignatureException:
        return False
    return True
