"""What happened on a project: the entries of its story, and the follow-ups that went out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.attachment import Attachment
from bot.domain.people import Side


class EntryKind(StrEnum):
    """What an entry of the project's story tells."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ASSIGNED = "assigned"
    SAID = "said"
    FILE = "file"
    NOTE = "note"
    RECOMMENDED = "recommended"
    MARKED = "marked"
    POSTPONED = "postponed"
    FOLLOWED_UP = "followed_up"
    STOPPED = "stopped"
    RESTARTED = "restarted"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    PAUSED = "paused"
    RESUMED = "resumed"
    CLOSED = "closed"
    REOPENED = "reopened"
    JOINED = "joined"
    LEFT = "left"
    LEADS = "leads"
    SECURED = "secured"


@dataclass(eq=False)
class Entry:
    """One line of a project's story. `backstage` entries are never shown to a member.

    `source` is the key of the event from which the entry comes.
    """

    at: datetime
    kind: EntryKind
    side: Side
    author: str
    text: str = ""
    number: int | None = None
    detail: str = ""
    backstage: bool = False
    source: str | None = None
    attachment: Attachment | None = None
    id: int | None = None


@dataclass(eq=False)
class FollowUpSent:
    """A follow-up that went out, perhaps about a recommendation, perhaps to one person.

    It is answered by the first entry of that side after it. `key` is that of the message that
    carried it: one message may carry several.
    """

    kind: str
    to: Side
    at: datetime
    number: int | None = None
    person_id: int | None = None
    key: str = ""
    id: int | None = None
