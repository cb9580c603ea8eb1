"""Reads one event, in clear, as what somebody did. Pure: it asks no server."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from mimetypes import guess_extension
from pathlib import PurePath
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.domain.wording.markup import ending, said
from bot.domain.wording.mentions import without_mention
from bot.networks.matrix.connection.homeserver import PRESENT
from bot.networks.matrix.messages.html import read_html
from bot.ports.network import EventKind, Incoming

_REPLY_FALLBACK = re.compile(r"\A(?:> .*(?:\n|\Z))+\n?")
_NOT_TAKEN = {
    "m.location": "location",
    "m.sticker": "sticker",
    "m.poll.start": "poll",
    "org.matrix.msc3381.poll.start": "poll",
}
_WORDS = frozenset({"m.text", "m.emote"})
_FILES = frozenset({"m.file", "m.image", "m.audio", "m.video"})
# Notices come from other assistants: by the specification's rule, none may answer them.
_IGNORED = frozenset({"m.notice", "m.key.verification.request"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MatrixFile:
    """A file on the server. `secret` says how to decrypt it; None if it is not encrypted."""

    mxc: str
    name: str
    media_type: str
    secret: Mapping[str, Any] | None


def read_event(
    event: Event,
    conversation: ConversationRef,
    backstage_root: str | None = None,
    our_names: Sequence[str] = (),
) -> Incoming | None:
    """What somebody did; None if the event does not concern us. A file's words are its caption.

    `backstage_root` is the first message of the room's backstage thread. A mention of us that the
    words begin with, by one of `our_names` as clients complete it, is not part of them.
    """
    read = _EventReader(event, conversation, backstage_root).read()
    if read is None or read.kind not in {EventKind.SAID, EventKind.EDITED}:
        return read
    text = without_mention(read.text, our_names)
    return replace(read, text=text, markup=ending(read.markup, text))


def untaken_content(event: Event, conversation: ConversationRef, what: str) -> Incoming:
    """Something came that we do not take; `what` is one of `OTHER_CONTENT`."""
    return _EventReader(event, conversation, None).untaken(what)


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
    name = str(content.get("filename") or content.get("body") or "file")
    media_type = str(_mapping(content.get("info")).get("mimetype") or "application/octet-stream")
    if not PurePath(name).suffix:  # Some clients give a voice message a title alone.
        name += guess_extension(media_type.partition(";")[0]) or ""
    return MatrixFile(mxc, name, media_type, sealed)


@dataclass(frozen=True, slots=True)
class _EventReader:
    event: Event
    conversation: ConversationRef
    backstage_root: str | None

    def read(self) -> Incoming | None:
        match self.event.get("type"):
            case "m.room.message":
                return self._read_message()
            case "m.reaction":
                return self._read_reaction()
            case "m.room.redaction":
                target = self._content.get("redacts") or self.event.get("redacts")
                return self._incoming(EventKind.DELETED, target=target) if target else None
            case "m.room.member":
                return self._read_membership()
            case kind if kind in _NOT_TAKEN and not self._is_edit:
                return self.untaken(_NOT_TAKEN[kind])
        return None

    def untaken(self, what: str) -> Incoming:
        return self._said(EventKind.SENT_OTHER, text=what)

    @property
    def _content(self) -> Mapping[str, Any]:
        return _content(self.event)

    @property
    def _relation(self) -> Mapping[str, Any]:
        return _mapping(self._content.get("m.relates_to"))

    @property
    def _is_edit(self) -> bool:
        return self._relation.get("rel_type") == "m.replace"

    @property
    def _thread_root(self) -> str | None:
        relation = self._relation
        root = relation.get("event_id") if relation.get("rel_type") == "m.thread" else None
        return root if isinstance(root, str) else None

    @property
    def _answered(self) -> str | None:
        """The message named as answered; in a thread, clients name its latest one by default."""
        reply = self._relation.get("m.in_reply_to")
        named = reply.get("event_id") if isinstance(reply, Mapping) else None
        return named if isinstance(named, str) else None

    @property
    def _is_backstage(self) -> bool:
        """On the backstage thread, or in answer to its first message."""
        root = self.backstage_root
        return root is not None and root in {self._thread_root, self._answered}

    def _read_message(self) -> Incoming | None:
        content = self._content
        kind = str(content.get("msgtype"))
        if "msgtype" not in content or kind in _IGNORED:
            return None  # Without a type, it is what is left of a redacted message.
        if self._is_edit:
            words = _words(_mapping(content.get("m.new_content")))
            return self._incoming(EventKind.EDITED, target=self._relation.get("event_id"), **words)
        if kind in _NOT_TAKEN:
            return self.untaken(_NOT_TAKEN[kind])
        if kind not in _WORDS | _FILES or not isinstance(content.get("body"), str):
            return self.untaken("other")
        target = self._reply_target()
        if kind in _FILES and not _caption(content):
            return self._said(EventKind.SAID, target=target)
        words = _words(content, replying=target is not None)
        return self._said(EventKind.SAID, target=target, **words)

    def _read_reaction(self) -> Incoming | None:
        sign, target = self._relation.get("key"), self._relation.get("event_id")
        if not isinstance(sign, str) or not target:
            return None
        return self._incoming(EventKind.REACTED, text=sign, target=target)

    def _read_membership(self) -> Incoming | None:
        """Who came or left; None for a new name or picture."""
        if "state_key" not in self.event:
            return None
        now = str(self._content.get("membership"))
        before = self.event.get("unsigned", {}).get("prev_content", {}).get("membership")
        came = now == "join" and before != "join"
        left = now in {"leave", "ban"} and before in PRESENT
        if not (came or left):
            return None
        kind = EventKind.JOINED if came else EventKind.LEFT
        return self._incoming(kind, sender=str(self.event["state_key"]))

    def _reply_target(self) -> str | None:
        """The message answered: on a thread of the room its first one, unless another is named;
        backstage, where threads are all there is, the one before.
        """
        root = self._thread_root
        if self._is_backstage:
            return self._answered if self._answered != self.backstage_root else None
        if root is not None and (self._relation.get("is_falling_back") or self._answered is None):
            return root
        return self._answered

    def _said(self, kind: EventKind, **more: Any) -> Incoming:
        return self._incoming(
            kind,
            message=self.event["event_id"],
            backstage=self._is_backstage,
            thread_root=self._thread_root,
            **more,
        )

    def _incoming(self, kind: EventKind, **more: Any) -> Incoming:
        """`more` are the other fields, and those that differ from what the event says of itself."""
        fields = {"sender": self.event["sender"], **more}
        if not isinstance(fields.get("target"), str):
            fields["target"] = None
        return Incoming(
            conversation=self.conversation,
            key=self.event["event_id"],
            at=moment(self.event),
            kind=kind,
            **fields,
        )


def moment(event: Event) -> datetime:
    """When its server says it happened; 1970 if that is no date."""
    try:
        return datetime.fromtimestamp(event["origin_server_ts"] / 1000, tz=UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return _EPOCH


def _content(event: Event) -> Mapping[str, Any]:
    return _mapping(event.get("content"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _words(content: Mapping[str, Any], *, replying: bool = False) -> dict[str, str | None]:
    """The words as fields of an event: as others see them set off, else the plain body."""
    body, formatted = _text(content, replying=replying), content.get("formatted_body")
    if content.get("format") == "org.matrix.custom.html" and isinstance(formatted, str):
        text, markup = said(read_html(formatted))
        if text.strip() and markup is not None:
            return {"text": text, "markup": markup}
    return {"text": body}


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
