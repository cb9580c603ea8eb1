"""What is to be done in a room, done; a room that is gone is opened again first."""

from collections.abc import Mapping
from typing import Any

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.errors import RequestRefused
from bot.networks.matrix.connection.homeserver import path
from bot.networks.matrix.messages.backstage import Backstage
from bot.networks.matrix.messages.files import Uploads
from bot.networks.matrix.messages.formatting import MOST_BYTES, content_of, contents
from bot.networks.matrix.messages.posting import REACTION, Posting
from bot.networks.matrix.rooms.healing import Healing
from bot.networks.matrix.rooms.invitations import Invitations
from bot.networks.matrix.rooms.known_rooms import ROOM
from bot.networks.matrix.rooms.opening import Rooms
from bot.ports.network import DeliveryError, Operation, Outgoing, Refused, RetryLater, Unreachable

_INVITE = "invite:"
_RELATIONS = "/_matrix/client/v1"
_TOO_LARGE = 413
_OF_THE_CONTENT = frozenset({400, _TOO_LARGE})
_OF_THE_FILE = frozenset({"msgtype", "url", "file", "filename", "info"})
_DUPLICATE = "M_DUPLICATE_ANNOTATION"


class Sending:
    """Does the acts of outgoing messages."""

    def __init__(
        self,
        account: Account,
        rooms: Rooms,
        posting: Posting,
        *,
        invitations: Invitations,
        healing: Healing,
        uploads: Uploads,
        backstage: Backstage,
    ) -> None:
        self._account = account
        self._rooms = rooms
        self._posting = posting
        self._invitations = invitations
        self._healing = healing
        self._uploads = uploads
        self._backstage = backstage

    async def send(self, outgoing: Outgoing) -> str:
        """The remote id of what was done. Raises DeliveryError."""
        conversation = (
            outgoing.text if outgoing.operation is Operation.INVITE else outgoing.conversation.name
        )
        room_id = await self._rooms.of(conversation)
        try:
            return await self._do(outgoing, room_id)
        except RequestRefused as error:
            if not await self._healing.heal(conversation, room_id):
                raise _judged(outgoing, error) from error
        if outgoing.operation not in {Operation.SAY, Operation.INVITE}:
            raise Refused("What it was about went with its room.")
        try:
            return await self._do(outgoing, await self._rooms.of(conversation))
        except RequestRefused as error:
            raise _judged(outgoing, error) from error

    async def _do(self, outgoing: Outgoing, room_id: str) -> str:
        target = outgoing.target.remote_id if outgoing.target else None
        match outgoing.operation:
            case Operation.SAY:
                return await self._say(outgoing, room_id)
            case Operation.INVITE:
                person = outgoing.conversation.name.removeprefix(_INVITE)
                return await self._invitations.invite(person, outgoing.text)
            case Operation.REFRESH:
                await self._rooms.refresh(outgoing.conversation.name)
                return room_id
        if target is None:
            raise Unreachable("What it is about is not on this network.")
        match outgoing.operation:
            case Operation.EDIT:
                content = content_of(outgoing.text, outgoing.author)
                if outgoing.attachment is not None:
                    content |= await self._file(room_id, target)
                return await self._posting.post(room_id, outgoing.key, _edit(content, target))
            case Operation.DELETE:
                return await self._posting.redact(room_id, outgoing.key, target)
            case _:
                return await self._react(outgoing, room_id, target)

    async def _say(self, outgoing: Outgoing, room_id: str, most: int = MOST_BYTES) -> str:
        """Long words go in parts; the first one is what others refer to."""
        related = await self._related(outgoing, room_id)
        parts = contents(outgoing, most)
        if outgoing.attachment is not None:
            encrypted = room_id in self._account.encrypted
            file = await self._uploads.content(outgoing.attachment, encrypted=encrypted)
            parts[0] = {**parts[0], **file} if parts[0]["body"] else _bare(file)
        sent = []
        for number, part in enumerate(parts):
            key = f"{outgoing.key}#{number}" if number else outgoing.key
            try:
                sent.append(await self._posting.post(room_id, key, {**part, **related}))
            except RequestRefused as error:
                if error.status != _TOO_LARGE or sent or most < 1_000:
                    raise
                return await self._say(outgoing, room_id, most // 4)
            except RetryLater as error:
                error.maybe_done |= bool(sent)
                raise
        return sent[0]

    async def _file(self, room_id: str, event_id: str) -> dict[str, Any]:
        """The part of a message's content that is its file: an edit that left it out would take the
        file away. Raises Refused where it is not to be had.
        """
        event = await self._account.event(room_id, event_id)
        file = {k: v for k, v in event["content"].items() if k in _OF_THE_FILE} if event else {}
        if not file.keys() & {"url", "file"}:
            raise Refused("The file whose words are edited is not there.")
        return file

    async def _related(self, outgoing: Outgoing, room_id: str) -> dict[str, Any]:
        target = outgoing.target.remote_id if outgoing.target else None
        reply = {"m.in_reply_to": {"event_id": target}} if target else {}
        conversation = outgoing.conversation.name
        if outgoing.backstage and conversation.startswith(ROOM):
            root = await self._backstage.root(conversation, room_id)
            first = {"m.in_reply_to": {"event_id": root}}
            thread = {"rel_type": "m.thread", "event_id": root, "is_falling_back": not reply}
            return {"m.relates_to": {**thread, **(reply or first)}}
        return {"m.relates_to": reply} if reply else {}

    async def _react(self, outgoing: Outgoing, room_id: str, target: str) -> str:
        if not outgoing.text:
            return await self._take_back(outgoing, room_id, target)
        related = {"rel_type": "m.annotation", "event_id": target, "key": outgoing.text}
        content = {"m.relates_to": related}
        try:
            return await self._posting.post(room_id, outgoing.key, content, REACTION)
        except RequestRefused as error:
            if error.code != _DUPLICATE:
                raise
            return target

    async def _take_back(self, outgoing: Outgoing, room_id: str, target: str) -> str:
        """Our reactions to a message are gone."""
        address = path(
            "rooms", room_id, "relations", target, "m.annotation", REACTION, version=_RELATIONS
        )
        for event in (await self._account.server.call("GET", address))["chunk"]:
            if event["sender"] == self._account.user_id:
                key = f"{outgoing.key}#{event['event_id']}"
                await self._posting.redact(room_id, key, event["event_id"])
        return target


def _judged(outgoing: Outgoing, error: RequestRefused) -> DeliveryError:
    """What the server will not have may be the message alone: its place still works."""
    of_the_message = outgoing.operation is not Operation.INVITE and error.status in _OF_THE_CONTENT
    return (Refused if of_the_message else Unreachable)(f"The server refused: {error.code}")


def _bare(file: Mapping[str, Any]) -> dict[str, Any]:
    """A file without words: its body is its name."""
    return {**file, "body": file["filename"]}


def _edit(content: dict[str, Any], target: str) -> Mapping[str, Any]:
    return {
        **content,
        "body": f"* {content['body']}",
        "formatted_body": f"* {content['formatted_body']}",
        "m.new_content": content,
        "m.relates_to": {"rel_type": "m.replace", "event_id": target},
    }
