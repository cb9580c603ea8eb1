"""What the repositories of one transaction share."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from bot.domain.conversations import ConversationRef
from storage.database.changes import Change, changes_of
from storage.database.engine import together
from storage.database.prepared import Prepared

ReadAhead = dict[tuple[ConversationRef, str], list[tuple[Any, ...]]]
"""Rows of `storage.repositories.people.AT_PLACE`, by place and sender."""


class Work:
    """A connection in a transaction, the entities loaded through it, and the rows to be added.

    `queued` tells whether messages are among them. `rooms` are those of projects, by id, that
    were read before; `correspondents` serve for one reading each, which is the first.

    Rows that a turn only adds (story, messages, states of dialogues) are gathered and written
    together: each statement costs more than its rows.
    """

    def __init__(
        self, connection: Connection, *, keeps: bool, correspondents: ReadAhead | None = None
    ) -> None:
        """`keeps` tells whether the transaction will be committed."""
        self.connection = connection
        self.session = Session(connection, expire_on_commit=False, autoflush=keeps)
        self._keeps = keeps
        self.queued = False
        self.rooms: dict[int | None, ConversationRef | None] = {}
        self.correspondents = correspondents or {}
        self.before_flush: list[Callable[[], None]] = []
        self._added: dict[Prepared, list[dict[str, Any]]] = {}

    def add_row(self, statement: Prepared, row: dict[str, Any]) -> None:
        """Write the row with the statement at the next `flush`."""
        self._added.setdefault(statement, []).append(row)

    def write_rows(self) -> None:
        """Entities that came, went or moved are in the database; new values of others may wait."""
        self._values_to_write()

    def flush(self) -> None:
        """Everything changed or added so far is in the database, uncommitted.

        Raises StaleDataError if an entity was changed there since it was read.
        """
        changes = self._values_to_write()
        for gather in self.before_flush:
            gather()
        added, self._added = self._added, {}
        if not changes and not added:
            return
        with together(self.connection):
            sent = [change.send(self.connection) for change in changes]
            for statement, rows in added.items():
                statement.send(self.connection, rows)
        for change, cursor in zip(changes, sent, strict=True):
            change.confirm(cursor)

    def _values_to_write(self) -> list[Change]:
        """What is left to write when the library has written what it must."""
        changes = changes_of(self.session) if self._keeps else []
        if changes is None:
            self.session.flush()
        return changes or []
