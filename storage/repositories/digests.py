"""Who receives a weekly digest, and when next."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.database.engine import insert_into
from storage.database.session import Work
from storage.tables import digests

_known = select(digests.c.recipient, digests.c.due_at)
_due = (
    select(digests.c.recipient)
    .where(digests.c.due_at <= bindparam("now"))
    .order_by(digests.c.id)
    .with_for_update(skip_locked=True)
)
_cancel = delete(digests).where(digests.c.recipient == bindparam("whose"))


class DigestRecords:
    """Who receives a weekly digest, and when next."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def known(self) -> dict[str, datetime]:
        """When each is due."""
        return {row.recipient: row.due_at for row in self._work.connection.execute(_known)}

    def plan(self, recipient: str, due_at: datetime) -> None:
        """The next one goes out then."""
        insert = insert_into(self._work.connection.dialect.name, digests)
        statement = insert.values(recipient=recipient, due_at=due_at).on_conflict_do_update(
            index_elements=["recipient"], set_={"due_at": due_at}
        )
        self._work.connection.execute(statement)

    def cancel(self, recipient: str) -> None:
        """No more for this one."""
        self._work.connection.execute(_cancel, {"whose": recipient})

    def due(self, now: datetime) -> list[str]:
        """The recipients whose digest is due, held until the end of the transaction."""
        return list(self._work.connection.scalars(_due, {"now": now}))
