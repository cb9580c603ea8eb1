"""End-to-end encryption: matrix-nio's, and what matrix-nio leaves to be done around it.

A bot has no human to verify devices: words are encrypted for every device of a room's members.
Each device is given the room's key before the first word (nio takes a key for given even when the
server refused it); one-time keys are on our disk before they are on the server; all that a sync
brings is kept in one transaction of the store.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from nio import AsyncClient, KeysClaimError, KeysQueryError, MatrixRoom, MegolmEvent
from nio.event_builders import ToDeviceMessage
from nio.events import RoomMemberEvent
from nio.exceptions import EncryptionError
from nio.responses import KeysUploadResponse, SyncResponse, ToDeviceError

from bot.networks.matrix.connection.homeserver import (
    MALFORMED,
    PRESENT,
    Homeserver,
    path,
    room_events,
)
from bot.ports.network import RetryLater

_GRANTED = frozenset({"m.room.member", "m.room.redaction", "m.room.encrypted"})
_STATE = frozenset({"m.room.member", "m.room.encryption"})
_PAUSE = timedelta(seconds=5)
_log = logging.getLogger(__name__)


class Encryption:
    """What one device encrypts and decrypts, with its keys."""

    def __init__(self, client: AsyncClient, server: Homeserver) -> None:
        self._client = client
        self._server = server
        self._olm = client.olm
        self._members_known: set[str] = set()
        self._sharing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._querying = asyncio.Lock()

    async def take_in(self, answer: Mapping[str, Any], encrypted: frozenset[str]) -> None:
        """Keep the keys, and the changes of devices and members, that a sync brought."""
        for room_id, room in answer.get("rooms", {}).get("join", {}).items():
            if room_id in encrypted:
                self._look_again_at_newcomers(room)
        reduced = SyncResponse.from_dict(_crypto_part(answer, encrypted))
        if not isinstance(reduced, SyncResponse):
            _log.error("A sync could not be read for its keys.")
            return
        # A kill between two of nio's own writes could lose a key for good.
        with self._client.store.database.atomic():
            await self._client.receive_response(reduced)
        if "device_one_time_keys_count" in answer:
            # nio overlooks that there are none left, and would never make any again.
            left = answer["device_one_time_keys_count"].get("signed_curve25519", 0)
            self._olm.uploaded_key_count = left

    async def keep_up(self) -> None:
        """Publish keys that the server lacks, learn devices that changed, send what waits."""
        await self.publish_missing()
        await self._query_devices()
        if self._client.should_claim_keys:
            _check(await self._client.keys_claim(self._client.get_users_for_key_claiming()))
        for answer in await self._client.send_to_device_messages():
            if isinstance(answer, ToDeviceError):
                _log.warning("A key request was not sent: %s", answer.status_code)

    async def publish_missing(self) -> None:
        """Put the keys that the server lacks of our device on our disk, then on the server."""
        if not self._client.should_upload_keys:
            return
        keys = self._olm.share_keys()
        self._olm.save_account()
        answer = await self._server.call("POST", path("keys", "upload"), keys)
        await self._client.receive_response(KeysUploadResponse.from_dict(answer))

    def must_publish_all(self) -> None:
        """The server knows none of our device's keys any more: the next ones are all of them."""
        self._olm.account.shared = False

    def owns(self, shown: Mapping[str, Any]) -> bool:
        """Whether the keys of a device, as the server shows them, are those of our store."""
        ours: dict[str, str] = self._olm.account.identity_keys
        keys, device_id = shown["keys"], self._client.device_id
        return all(keys.get(f"{kind}:{device_id}") == key for kind, key in ours.items())

    async def encrypt(
        self, room_id: str, kind: str, content: Mapping[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        """The encrypted event's type and content; by then every device in the room has its key."""
        async with self._sharing[room_id]:
            await self._know_members(room_id)
            await self._query_devices()
            if self._olm.should_share_group_session(room_id):
                await self._share_key(room_id)
            sealed: tuple[str, dict[str, Any]] = self._client.encrypt(room_id, kind, dict(content))
            return sealed

    def decrypt(self, room_id: str, event: Mapping[str, Any]) -> dict[str, Any] | None:
        """The decrypted event; None if we have no key for it, or the key is not its sender's.

        Only the server may grant state and redactions: encrypted ones come out as empty events.
        """
        sealed = MegolmEvent.from_dict(event)
        if not isinstance(sealed, MegolmEvent):
            return None
        try:
            opened = self._olm.decrypt_megolm_event(sealed, room_id)
        except (EncryptionError, *MALFORMED) as error:
            _log.info("A message stays sealed: %s", type(error).__name__)
            return None
        device = self._olm.device_store[sealed.sender].get(sealed.device_id)
        if device is not None and device.curve25519 != sealed.sender_key:
            _log.warning("A message was not sealed by its sender's device.")
            return None
        said = opened.source
        if said["type"] in _GRANTED:
            return {**event, "type": "", "content": {}}
        return {**event, "type": said["type"], "content": said["content"]}

    def ask_for_key(self, event: Mapping[str, Any]) -> None:
        """Ask the sender's devices for the key of an event, at the next `keep_up`."""
        sealed = MegolmEvent.from_dict(event)
        if isinstance(sealed, MegolmEvent):
            asked = ("algorithm", "sender_key", "session_id")
            body = {name: event["content"][name] for name in asked}
            content = {
                "action": "request",
                "body": {**body, "room_id": event["room_id"]},
                "request_id": sealed.session_id,
                "requesting_device_id": self._client.device_id,
            }
            self._client.outgoing_to_device_messages.append(
                ToDeviceMessage("m.room_key_request", sealed.sender, "*", content)
            )

    def forget(self, room_id: str) -> None:
        """Forget a room that we are not in any more."""
        self._members_known.discard(room_id)
        self._client.rooms.pop(room_id, None)
        self._olm.outbound_group_sessions.pop(room_id, None)

    def _look_again_at_newcomers(self, room: Mapping[str, Any]) -> None:
        """Devices of people whom we shared no room with for a while may have changed unseen."""
        for event in _crypto_events(room):
            if event.get("content", {}).get("membership") in PRESENT:
                self._olm.add_changed_users({event["state_key"]})

    async def _know_members(self, room_id: str) -> None:
        if room_id in self._members_known:
            return
        room = self._client.rooms.setdefault(
            room_id, MatrixRoom(room_id, self._client.user_id, encrypted=True)
        )
        room.encrypted = True
        address = path("rooms", room_id, "members", query={"not_membership": "leave"})
        for event in (await self._server.call("GET", address))["chunk"]:
            member = RoomMemberEvent.from_dict(event)
            if isinstance(member, RoomMemberEvent):
                room.handle_membership(member)
        room.members_synced = True
        self._olm.update_tracked_users(room)
        self._members_known.add(room_id)

    async def _query_devices(self) -> None:
        if not self._client.should_query_keys:
            return
        async with self._querying:
            asked = set(self._olm.users_for_key_query)
            if asked:
                _check(await self._client.keys_query())
                # Those whose server did not answer are asked for again when their room moves.
                self._olm.users_for_key_query -= asked

    async def _share_key(self, room_id: str) -> None:
        missing = self._client.get_missing_sessions(room_id)
        if missing:
            _check(await self._client.keys_claim(missing))
        members = list(self._client.rooms[room_id].users)
        for given, messages in self._olm.share_group_session_parallel(
            room_id, members, ignore_unverified_devices=True
        ):
            address = path("sendToDevice", "m.room.encrypted", uuid4().hex)
            await self._server.call("PUT", address, messages)
            self._olm.outbound_group_sessions[room_id].users_shared_with.update(given)
        self._olm.outbound_group_sessions[room_id].shared = True


def _crypto_part(answer: Mapping[str, Any], encrypted: frozenset[str]) -> dict[str, Any]:
    """The part of a sync that concerns encryption: nothing else may make nio fail."""
    rooms = answer.get("rooms", {}).get("join", {})
    return {
        "next_batch": answer["next_batch"],
        "device_one_time_keys_count": answer.get("device_one_time_keys_count", {}),
        "device_lists": answer.get("device_lists", {}),
        "to_device": {"events": answer.get("to_device", {}).get("events", [])},
        "rooms": {
            "invite": {},
            "leave": {},
            "join": {
                room_id: {
                    "state": {"events": _crypto_events(room)},
                    "timeline": {"events": [], "limited": False, "prev_batch": ""},
                    "ephemeral": {"events": []},
                    "account_data": {"events": []},
                }
                for room_id, room in rooms.items()
                if room_id in encrypted
            },
        },
    }


def _crypto_events(room: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The state events that concern encryption, oldest first."""
    return [e for e in room_events(room) if e["type"] in _STATE and "state_key" in e]


def _check(answer: object) -> None:
    """Raise RetryLater for an error, which nio returns instead of raising it."""
    if isinstance(answer, KeysClaimError | KeysQueryError):
        raise RetryLater(_PAUSE, f"The server did not give keys: {answer.status_code}")
