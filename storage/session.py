"""What the repositories of one transaction share."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session


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
        self.queued = False
        self.before_flush: list[Callable[[], None]] = []
        self._added: dict[Executable, list[dict[str, Any]]] = {}

    def add_row(self, statement: Executable, row: dict[str, Any]) -> None:
        """Write the row with the statement at the next `flush`."""
        self._added.setdefault(statement, []).append(row)

    def flush(self) -> None:
        """Everything changed or added so far is in the database, uncommitted."""
        self.session.flush()
        for gather in self.before_flush:
            gather()
        if self._added:
            added, self._added = self._added, {}
            for statement, rows in added.items():
                self.connection.execute(statement, rows if len(rows) > 1 else rows[0])
