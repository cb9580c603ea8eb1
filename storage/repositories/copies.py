"""Where the same words are seen: where they were said, and where they were relayed."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam, func, literal, literal_column, select
from sqlalchemy.engine import Connection, RowMapping

from bot.domain.conversations import ConversationRef
from bot.ports.network import Incoming, Outgoing
from bot.ports.records import Copy, standing_signs
from bot.ports.remote_rooms import FoundMessage
from storage.database.prepared import Prepared
from storage.database.session import Work
from storage.repositories.messages import INCOMING, OUTGOING, columns, incoming_of, outgoing_of
from storage.tables import inbox, outbox

_SAID: ColumnElement[str] = literal_column("'said'")
_said_there = Prepared(
    select(inbox.c.key)
    .where(
        inbox.c.network == bindparam("network"),
        inbox.c.conversation == bindparam("conversation"),
        inbox.c.message == bindparam("remote_id"),
        inbox.c.kind == _SAID,
    )
    .order_by(inbox.c.id)
    .limit(1)
)
_shown_there = Prepared(
    select(outbox.c.source)
    .where(
        outbox.c.network == bindparam("network"),
        outbox.c.conversation == bindparam("conversation"),
        outbox.c.remote_id == bindparam("remote_id"),
        outbox.c.source.is_not(None),
    )
    .order_by(outbox.c.id)
    .limit(1)
)
_sent_there = (
    select(*columns(outbox, OUTGOING))
    .where(
        outbox.c.network == bindparam("network"),
        outbox.c.conversation == bindparam("conversation"),
        outbox.c.remote_id == bindparam("remote_id"),
    )
    .order_by(outbox.c.id)
    .limit(1)
)
_inbox_there = (
    inbox.c.network == bindparam("of_network"),
    inbox.c.conversation.in_(bindparam("among", expanding=True)),
)
_outbox_there = (
    outbox.c.network == bindparam("of_network"),
    outbox.c.conversation.in_(bindparam("among", expanding=True)),
    outbox.c.remote_id.is_not(None),
)
_REACTED: ColumnElement[str] = literal_column("'reacted'")
_reactions = Prepared(
    select(inbox.c.sender, inbox.c.text)
    .where(
        inbox.c.network == bindparam("network"),
        inbox.c.conversation == bindparam("conversation"),
        inbox.c.target == bindparam("remote_id"),
        inbox.c.kind == _REACTED,
    )
    .order_by(inbox.c.id)
)
_parts = literal(",").concat(func.replace(outbox.c.remote_id, ";", ",")).concat(",")
# An edit may have given a message other parts: the latest that names it counts.
_find = (
    select(inbox.c.conversation, inbox.c.message)
    .where(*_inbox_there, inbox.c.message == bindparam("of_message"))
    .limit(1),
    select(outbox.c.conversation, outbox.c.remote_id)
    .where(*_outbox_there, func.replace(_parts, bindparam("of_part"), "") != _parts)
    .order_by(outbox.c.id.desc())
    .limit(1),
)
_behind = select(outbox.c.source).where(outbox.c.key == bindparam("of"))
_original = Prepared(
    select(*columns(inbox, INCOMING)).where(
        inbox.c.network == bindparam("network"), inbox.c.key == bindparam("key")
    )
)
_of = (
    select(*columns(outbox, OUTGOING), outbox.c.remote_id)
    .where(outbox.c.source == bindparam("of"))
    .order_by(outbox.c.id)
)


class CopyRecords:
    """Where the same words are seen."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def source(self, conversation: ConversationRef, remote_id: str) -> str | None:
        """The source of a message seen there: said there, or relayed there."""
        there = _message_at(conversation, remote_id)
        said = _said_there.row(self._work.connection, there)
        if said is not None:
            return f"{conversation.network}:{said[0]}"
        shown = _shown_there.row(self._work.connection, there)
        return None if shown is None else shown[0]

    def shown(self, conversation: ConversationRef, remote_id: str) -> Outgoing | None:
        """What we sent that is seen there as that message; None if it is not ours."""
        there = _message_at(conversation, remote_id)
        row = self._work.connection.execute(_sent_there, there).mappings().first()
        return None if row is None else outgoing_of(row)

    def behind(self, key: str) -> str | None:
        """The source of what was queued under that key."""
        return self._work.connection.scalar(_behind, {"of": key})

    def original(self, source: str) -> Incoming | None:
        """The event."""
        network, _, key = source.partition(":")
        row = _original.row(self._work.connection, {"network": network, "key": key})
        return None if row is None else incoming_of(row)

    def of(self, source: str) -> list[Copy]:
        """All that was queued with that source, edits included, oldest first."""
        return [_copy(row) for row in self._work.connection.execute(_of, {"of": source}).mappings()]

    def signs(self, conversation: ConversationRef, remote_id: str) -> list[tuple[str, str]]:
        """Whose reactions stand there, and their signs, the latest last."""
        there = _message_at(conversation, remote_id)
        return standing_signs(
            (sender, sign) for sender, sign in _reactions.rows(self._work.connection, there)
        )


def find_message(
    connection: Connection, conversations: Sequence[ConversationRef], message: str
) -> FoundMessage | None:
    """The message of that id, or of which it is a part; the conversations are of one network."""
    network = conversations[0].network
    asked = {
        "of_network": network,
        "among": [conversation.name for conversation in conversations],
        "of_message": message,
        "of_part": f",{message.replace(';', ',')},",
    }
    for statement in _find:
        row = connection.execute(statement, asked).first()
        if row is not None:
            return FoundMessage(ConversationRef(network, row[0]), row[1])
    return None


def _message_at(conversation: ConversationRef, remote_id: str) -> dict[str, str]:
    return {
        "network": conversation.network,
        "conversation": conversation.name,
        "remote_id": remote_id,
    }


def _copy(row: RowMapping) -> Copy:
    return Copy(outgoing_of(row), row["remote_id"])
