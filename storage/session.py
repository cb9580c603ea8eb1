"""What the repositories of one transaction share."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from storage.changes import write_changes
from storage.engine import together
from storage.prepared import Prepared


class Work:
    """A connection in a transaction, the entities loaded through it, and the rows to be added.

    `queued` tells whether messages are among them.

    Rows that a turn only adds (story, messages, states of dialogues) are gathered and written
    together: each statement costs more than its rows.
    """

    def __init__(self, connection: Connection, *, keeps: bool) -> None:
        """`keeps` tells whether the transaction will be committed."""
        self.connection = connection
        self.session = Session(connection, expire_on_commit=False, autoflush=keeps)
        self._keeps = keeps
        self.queued = False
        self.before_flush: list[Callable[[], None]] = []
        self._added: dict[Prepared, list[dict[str, Any]]] = {}

    def add_row(self, statement: Prepared, row: dict[str, Any]) -> None:
        """Write the row with the statement at the next `flush`."""
        self._added.setdefault(statement, []).append(row)

    def write_entities(self) -> None:
        """What changed in entities is in the database, uncommitted."""
        if self._keeps:
            write_changes(self.connection, self.session)

    def flush(self) -> None:
        """Everything changed or added so far is in the database, uncommitted."""
        self.write_entities()
        for gather in self.before_flush:
            gather()
        if self._added:
            added, self._added = self._added, {}
            with together(self.connection):
                for statement, rows in added.items():
                    statement.send(self.connection, rows)
