"""Does what outgoing messages ask, in their room or, if it is gone, in the one that replaces it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.domain.wording.command_syntax import with_sign
from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import RequestRefused, path
from bot.networks.matrix.messages.backstage import Backstage
from bot.networks.matrix.messages.files import FileTransfers
from bot.networks.matrix.messages.formatting import MOST_BYTES, content_of, contents
from bot.networks.matrix.messages.posting import REACTION, Poster, number_in
from bot.networks.matrix.messages.signs import AnswerSigns
from bot.networks.matrix.rooms.healing import Healing
from bot.networks.matrix.rooms.invitations import Invitations
from bot.networks.matrix.rooms.opening import RoomOpener
from bot.networks.matrix.settings import NETWORK
from bot.ports.network import DeliveryError, Operation, Outgoing, Refused, RetryLater, Unreachable

_RELATIONS = "/_matrix/client/v1"
_TOO_LARGE = 413
_OF_THE_CONTENT = frozenset({400, _TOO_LARGE})
_OF_THE_FILE = frozenset({"msgtype", "url", "file", "filename", "info"})
_PRESENTS = frozenset({"routed", "safety"})
"""The kinds of the message that begins a project's room."""

_TEXT, _NOTICE = "m.text", "m.notice"
_PINNED = "m.room.pinned_events"
_DUPLICATE = "M_DUPLICATE_ANNOTATION"


@dataclass(frozen=True, eq=False)
class Sender:
    """Does the operations of outgoing messages."""

    account: Account
    opener: RoomOpener
    poster: Poster
    invitations: Invitations
    healing: Healing
    transfers: FileTransfers
    backstage: Backstage
    signs: AnswerSigns
    commands: Collection[str]

    async def send(self, outgoing: Outgoing) -> str:
        """Do it; return the event's id (the room's, for an invitation). Raises DeliveryError."""
        conversation = _conversation(outgoing)
        if outgoing.operation is Operation.REMOVE:
            return await self._remove(outgoing, conversation)
        room_id = await self.opener.find_or_open(conversation)
        try:
            return await self._do(outgoing, room_id)
        except RequestRefused as error:
            replacement = await self.healing.heal(conversation, room_id)
            if replacement is None:
                raise _delivery_error(outgoing, error) from error
        if outgoing.operation not in {Operation.SAY, Operation.INVITE}:
            raise Refused("What it was about went with its room.")
        try:
            return await self._do(outgoing, replacement)
        except RequestRefused as error:
            raise _delivery_error(outgoing, error) from error

    async def _remove(self, outgoing: Outgoing, conversation: ConversationRef) -> str:
        try:
            return await self.invitations.remove(outgoing.conversation.invited, conversation)
        except RequestRefused as error:
            raise Unreachable(f"The server refused: {error.code}") from error

    async def _do(self, outgoing: Outgoing, room_id: str) -> str:
        match outgoing.operation:
            case Operation.SAY:
                return await self._say(outgoing, room_id)
            case Operation.INVITE:
                person = outgoing.conversation.invited
                return await self.invitations.invite(person, _conversation(outgoing))
            case Operation.REFRESH:
                return await self.opener.refresh(outgoing.conversation)
        target = outgoing.target.remote_id if outgoing.target else None
        if target is None:
            raise Unreachable("What it is about is not on this network.")
        match outgoing.operation:
            case Operation.EDIT:
                return await self._edit(outgoing, room_id, target)
            case Operation.DELETE:
                return await self.poster.redact(room_id, outgoing.key, target)
            case _:
                return await self._react(outgoing, room_id, target)

    async def _say(self, outgoing: Outgoing, room_id: str, most: int = MOST_BYTES) -> str:
        """Say it, in parts if it is long; others refer to it by the first part."""
        relation = await self._relation(outgoing, room_id)
        parts = contents(self._as_said_here(outgoing), most)
        if outgoing.attachment is not None:
            encrypted = room_id in self.account.encrypted
            file = await self.transfers.upload(outgoing.attachment, encrypted=encrypted)
            # A file without words has its name for a body.
            words = parts[0] if parts[0]["body"] else {"body": file["filename"]}
            parts[0] = words | file
        if outgoing.quiet:
            # Notices ring nobody. A file has a type of its own.
            parts = [{**p, "msgtype": _NOTICE} if p["msgtype"] == _TEXT else p for p in parts]
        sent: list[str] = []
        for number, part in enumerate(parts):
            key = f"{outgoing.key}#{number}" if number else outgoing.key
            try:
                sent.append(await self.poster.post(room_id, key, part | relation))
            except RequestRefused as error:
                if error.status != _TOO_LARGE or sent or most < 1_000:
                    raise
                return await self._say(outgoing, room_id, most // 4)
            except RetryLater as error:
                error.maybe_done |= bool(sent)
                raise
        self.signs.put(room_id, sent[-1], len(outgoing.choices))
        if outgoing.kind in _PRESENTS and outgoing.conversation.reference is not None:
            await self._pin_first(room_id, sent[0])
        return sent[0]

    def _as_said_here(self, outgoing: Outgoing) -> Outgoing:
        """Our own words name commands with the sign that clients leave to us."""
        if outgoing.author is not None:
            return outgoing
        return replace(outgoing, text=with_sign(outgoing.text, self.commands, "!"))

    async def _pin_first(self, room_id: str, event_id: str) -> None:
        """What presents the project stays at the top of its room; a convenience: it may fail."""
        try:
            if await self.account.state(room_id, _PINNED) is None:
                await self.account.put_state(room_id, _PINNED, {"pinned": [event_id]})
        except (RequestRefused, RetryLater):
            return

    async def _edit(self, outgoing: Outgoing, room_id: str, target: str) -> str:
        content = content_of(outgoing.text, outgoing.author)
        if outgoing.attachment is not None:
            content |= await self._find_file(room_id, target)
        return await self.poster.post(room_id, outgoing.key, _edit_content(content, target))

    async def _find_file(self, room_id: str, event_id: str) -> dict[str, Any]:
        """The part of a message's content that is its file, which an edit without it takes away."""
        event = await self.account.event(room_id, event_id)
        file = {k: v for k, v in event["content"].items() if k in _OF_THE_FILE} if event else {}
        if not file.keys() & {"url", "file"}:
            raise Refused("The file whose words are edited is not there.")
        return file

    async def _relation(self, outgoing: Outgoing, room_id: str) -> dict[str, Any]:
        """The part of the content that says what it answers, and that it is backstage."""
        target = outgoing.target.remote_id if outgoing.target else None
        reply = {"m.in_reply_to": {"event_id": target}} if target else {}
        reference = outgoing.conversation.reference
        if outgoing.backstage and reference is not None:
            root = await self.backstage.find_or_write_root(reference, room_id)
            first = {"m.in_reply_to": {"event_id": root}}
            thread = {"rel_type": "m.thread", "event_id": root, "is_falling_back": not reply}
            return {"m.relates_to": {**thread, **(reply or first)}}
        return {"m.relates_to": reply} if reply else {}

    async def _react(self, outgoing: Outgoing, room_id: str, target: str) -> str:
        await self._take_back(outgoing, room_id, target)
        if not outgoing.text:
            return target
        relation = {"rel_type": "m.annotation", "event_id": target, "key": outgoing.text}
        content = {"m.relates_to": relation}
        try:
            return await self.poster.post(room_id, outgoing.key, content, REACTION)
        except RequestRefused as error:
            if error.code != _DUPLICATE:
                raise
            return target

    async def _take_back(self, outgoing: Outgoing, room_id: str, target: str) -> None:
        """Take back our reactions to a message, but the one that is asked for, and the
        numbers of its choices.
        """
        address = path(
            "rooms", room_id, "relations", target, "m.annotation", REACTION, version=_RELATIONS
        )
        for event in (await self.account.server.call("GET", address))["chunk"]:
            sign = event["content"].get("m.relates_to", {}).get("key", "")
            ours = event["sender"] == self.account.user_id and number_in(sign) is None
            if ours and sign != outgoing.text:
                key = f"{outgoing.key}#{event['event_id']}"
                await self.poster.redact(room_id, key, event["event_id"])


def _conversation(outgoing: Outgoing) -> ConversationRef:
    """The conversation in whose room something is done: an invitation names it in its text."""
    is_named = outgoing.operation in {Operation.INVITE, Operation.REMOVE}
    return ConversationRef(NETWORK, outgoing.text) if is_named else outgoing.conversation


def _delivery_error(outgoing: Outgoing, error: RequestRefused) -> DeliveryError:
    """Refused if the server may have refused this message alone, Unreachable if not."""
    of_the_message = outgoing.operation is not Operation.INVITE and error.status in _OF_THE_CONTENT
    return (Refused if of_the_message else Unreachable)(f"The server refused: {error.code}")


def _edit_content(content: dict[str, Any], target: str) -> Mapping[str, Any]:
    return {
        **content,
        "body": f"* {content['body']}",
        "formatted_body": f"* {content['formatted_body']}",
        "m.new_content": content,
        "m.relates_to": {"rel_type": "m.replace", "event_id": target},
    }
