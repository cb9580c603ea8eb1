"""What the repositories of one transaction share."""

from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from storage.database.changes import write_new_values
from storage.database.prepared import Prepared


class Work:
    """A connection in a transaction, and the entities loaded through it.

    `queued` tells whether a message was put in the outbox.
    """

    def __init__(self, connection: Connection, *, keeps: bool) -> None:
        """`keeps` tells whether the transaction will be committed; if not, nothing is written."""
        self.connection = connection
        self.session = Session(connection, expire_on_commit=False, autoflush=keeps)
        self.queued = False
        self.keeps = keeps

    def add_row(self, statement: Prepared, row: dict[str, Any]) -> None:
        """Insert a row that is no entity: a message, an entry of a story, a dialogue's state."""
        if self.keeps:
            statement.run(self.connection, [row])

    def write_rows(self) -> None:
        """Entities that came or went are in the database; new values of others may wait."""
        if self.keeps and (self.session.new or self.session.deleted):
            self.session.flush()

    def flush(self) -> None:
        """Entities are in the database as they are here, uncommitted.

        Raises StaleDataError if one of them was changed there since it was read.
        """
        if self.keeps and not write_new_values(self.session, self.connection):
            self.session.flush()
