"""Reads one event, in clear, as what somebody did. Pure: it asks no server."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.ports.network import EventKind, Incoming

_REPLY_FALLBACK = re.compile(r"\A(?:> .*(?:\n|\Z))+\n?")
_NOT_TAKEN = {
    "m.audio": "voice",
    "m.video": "video",
    "m.location": "location",
    "m.sticker": "sticker",
    "m.poll.start": "poll",
    "org.matrix.msc3381.poll.start": "poll",
}
_WORDS = frozenset({"m.text", "m.emote"})
_FILES = frozenset({"m.file", "m.image"})
# Notices come from other assistants: by the specification's rule, none may answer them.
_IGNORED = frozenset({"m.notice", "m.key.verification.request"})
_PRESENT = frozenset({"join", "invite"})
_VOICE = "org.matrix.msc3245.voice"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MatrixFile:
    """A file on the server, of `size` bytes, if that is told. `secret` says how to decrypt it; None
    if it is not encrypted.
    """

    mxc: str
    name: str
    media_type: str
    size: int | None
    secret: Mapping[str, Any] | None


def read_event(
    event: Event, conversation: ConversationRef, backstage_root: str | None = None
) -> Incoming | None:
    """What somebody did; None if the event does not concern us.

    `backstage_root` is the first message of the room's backstage thread. A file's words are its
    caption; the file itself is `file_in(event)`.
    """
    content = _content(event)
    match event.get("type"):
        case "m.room.message":
            return _read_message(event, content, conversation, backstage_root)
        case "m.reaction":
            return _read_reaction(event, content, conversation)
        case "m.room.redaction":
            target = content.get("redacts") or event.get("redacts")
            return (
                _incoming(event, conversation, EventKind.DELETED, target=target) if target else None
            )
        case "m.room.member":
            return _read_membership(event, content, conversation)
        case kind if kind in _NOT_TAKEN and not _is_edit(content):
            return untaken_content(event, conversation, _NOT_TAKEN[kind], backstage_root)
    return None


def untaken_content(
    event: Event, conversation: ConversationRef, what: str, backstage_root: str | None = None
) -> Incoming:
    """Something came that we do not take; `what` is one of `OTHER_CONTENT`."""
    return _incoming(
        event,
        conversation,
        EventKind.SENT_OTHER,
        text=what,
        message=event["event_id"],
        backstage=is_backstage(event, backstage_root),
    )


def file_in(event: Event) -> MatrixFile | None:
    """The file that a message carries, if it is of a kind that we take."""
    content = _content(event)
    if event.get("type") != "m.room.message" or str(content.get("msgtype")) not in _FILES:
        return None
    sealed = content.get("file")
    sealed = sealed if isinstance(sealed, Mapping) else None
    mxc = (sealed or content).get("url")
    if not isinstance(mxc, str) or not mxc.startswith("mxc://"):
        return None
    info = content.get("info")
    info = info if isinstance(info, Mapping) else {}
    name, size = content.get("filename") or content.get("body"), info.get("size")
    return MatrixFile(
        mxc,
        str(name or "file"),
        str(info.get("mimetype") or "application/octet-stream"),
        size if isinstance(size, int) else None,
        sealed,
    )


def is_backstage(event: Event, backstage_root: str | None) -> bool:
    """Whether it was said in the thread that begins with `backstage_root`."""
    relation = _relation(_content(event))
    in_thread = relation.get("rel_type") == "m.thread"
    return in_thread and backstage_root is not None and relation.get("event_id") == backstage_root


def _read_message(
    event: Event,
    content: Mapping[str, Any],
    conversation: ConversationRef,
    backstage_root: str | None,
) -> Incoming | None:
    if "msgtype" not in content:
        return None  # This is what is left of a redacted message.
    kind, relation = str(content["msgtype"]), _relation(content)
    if kind in _IGNORED:
        return None
    if _is_edit(content):
        new = content.get("m.new_content")
        text = _text(new) if isinstance(new, Mapping) else ""
        return _incoming(
            event, conversation, EventKind.EDITED, text=text, target=relation.get("event_id")
        )
    if kind in _NOT_TAKEN or _VOICE in content:
        return untaken_content(event, conversation, _NOT_TAKEN.get(kind, "voice"), backstage_root)
    if kind not in _WORDS | _FILES or not isinstance(content.get("body"), str):
        return untaken_content(event, conversation, "other", backstage_root)
    backstage = is_backstage(event, backstage_root)
    target = _reply_target(relation, in_backstage=backstage)
    text = _caption(content) if kind in _FILES else _text(content, replying=target is not None)
    return _incoming(
        event,
        conversation,
        EventKind.SAID,
        text=text,
        target=target,
        message=event["event_id"],
        backstage=backstage,
    )


def _read_reaction(
    event: Event, content: Mapping[str, Any], conversation: ConversationRef
) -> Incoming | None:
    relation = _relation(content)
    sign, target = relation.get("key"), relation.get("event_id")
    if not isinstance(sign, str) or not target:
        return None
    return _incoming(event, conversation, EventKind.REACTED, text=sign, target=target)


def _read_membership(
    event: Event, content: Mapping[str, Any], conversation: ConversationRef
) -> Incoming | None:
    """Who came or left; None for a new name or picture."""
    if "state_key" not in event:
        return None
    now = str(content.get("membership"))
    before = event.get("unsigned", {}).get("prev_content", {}).get("membership")
    came = now == "join" and before != "join"
    left = now in {"leave", "ban"} and before in _PRESENT
    if not (came or left):
        return None
    kind = EventKind.JOINED if came else EventKind.LEFT
    return _incoming(event, conversation, kind, sender=str(event["state_key"]))


def _incoming(
    event: Event, conversation: ConversationRef, kind: EventKind, **more: Any
) -> Incoming:
    """`more` are the other fields, and those that differ from what the event says of itself."""
    fields = {"sender": event["sender"], **more}
    if not isinstance(fields.get("target"), str):
        fields["target"] = None
    return Incoming(
        conversation=conversation, key=event["event_id"], at=moment(event), kind=kind, **fields
    )


def moment(event: Event) -> datetime:
    """When its server says it happened; 1970 if that is no date."""
    try:
        return datetime.fromtimestamp(event["origin_server_ts"] / 1000, tz=UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return _EPOCH


def _content(event: Event) -> Mapping[str, Any]:
    content = event.get("content")
    return content if isinstance(content, Mapping) else {}


def _relation(content: Mapping[str, Any]) -> Mapping[str, Any]:
    relation = content.get("m.relates_to")
    return relation if isinstance(relation, Mapping) else {}


def _is_edit(content: Mapping[str, Any]) -> bool:
    return _relation(content).get("rel_type") == "m.replace"


def _reply_target(relation: Mapping[str, Any], *, in_backstage: bool) -> str | None:
    """The message answered: in a thread its first message, unless another is named."""
    reply = relation.get("m.in_reply_to")
    named = reply.get("event_id") if isinstance(reply, Mapping) else None
    if relation.get("rel_type") == "m.thread" and (relation.get("is_falling_back") or not named):
        named = None if in_backstage else relation.get("event_id")
    return named if isinstance(named, str) else None


def _text(content: Mapping[str, Any], *, replying: bool = False) -> str:
    body = content.get("body")
    if not isinstance(body, str):
        return ""
    # Older clients repeat the words answered.
    return _REPLY_FALLBACK.sub("", body) if replying and body.startswith("> <") else body


def _caption(content: Mapping[str, Any]) -> str:
    """The words of a file: its body, where that is not its name."""
    body, name = content.get("body"), content.get("filename")
    return body if isinstance(body, str) and isinstance(name, str) and body != name else ""
