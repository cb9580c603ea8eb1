"""What was given up in either box, and how it is put back; when something is due in either."""

from datetime import UTC, datetime

from sqlalchemy import BindParameter, bindparam, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.conversations import ConversationRef
from bot.ports.message_queue import DeadLetter
from storage.queue.inbox import DEAD, WAITING
from storage.queue.outbox import GIVEN_UP, PENDING
from storage.tables import inbox, outbox

_LONG_PAST = datetime(1970, 1, 1, tzinfo=UTC)

_now: BindParameter[datetime] = bindparam("now")
_next_due = select(
    select(func.min(inbox.c.again_at))
    .where(inbox.c.state == WAITING, inbox.c.again_at > _now)
    .scalar_subquery(),
    select(func.min(outbox.c.due_at))
    .where(outbox.c.state == PENDING, outbox.c.due_at > _now)
    .scalar_subquery(),
    select(func.min(outbox.c.lease_until))
    .where(outbox.c.state == PENDING, outbox.c.lease_until > _now)
    .scalar_subquery(),
)
_given_up = or_(*(outbox.c.state == state for state in GIVEN_UP))
_BOXES = (
    ("inbox", inbox, inbox.c.again_at, inbox.c.state == DEAD),
    ("outbox", outbox, outbox.c.settled_at, _given_up),
)


def next_due(connection: Connection, now: datetime) -> datetime | None:
    """The earliest instant after `now` at which a retry, a message or a lease falls due."""
    row = connection.execute(_next_due, {"now": now}).one()
    return min((at for at in row if at is not None), default=None)


def given_up(connection: Connection) -> list[DeadLetter]:
    """Parked events, messages given up and messages of unknown fate, oldest first."""
    letters = [
        DeadLetter(id, name, ConversationRef(network, conversation), at, attempts, error or "")
        for name, box, since, dead in _BOXES
        for id, network, conversation, at, attempts, error in connection.execute(
            select(
                box.c.id, box.c.network, box.c.conversation, since, box.c.attempts, box.c.error
            ).where(dead)
        )
    ]
    return sorted(letters, key=lambda letter: (letter.at, letter.box, letter.id))


def replay(connection: Connection, box: str, id: int, now: datetime) -> bool:
    """Put it back in its queue, as if never tried."""
    if box == "inbox":
        back = (
            update(inbox)
            .where(inbox.c.id == id, inbox.c.state == DEAD)
            .values(state="waiting", attempts=0, again_at=_LONG_PAST, error=None)
        )
    elif box == "outbox":
        back = (
            update(outbox)
            .where(outbox.c.id == id, _given_up)
            .values(
                state="pending",
                attempts=0,
                due_at=now,
                held=False,
                interrupted=False,
                claimed_at=None,
                waits_since=None,
                settled_at=None,
                error=None,
            )
        )
    else:
        return False
    return connection.execute(back).rowcount == 1
