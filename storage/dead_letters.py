"""What was given up in either box, and how it is put back."""

from datetime import UTC, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.engine import Connection

from bot.ports.mail import DeadLetter
from bot.ports.network import Place
from storage.inbox import DEAD
from storage.outbox import GIVEN_UP
from storage.tables import inbox, outbox

_LONG_PAST = datetime(1970, 1, 1, tzinfo=UTC)

_given_up = or_(*(outbox.c.state == state for state in GIVEN_UP))


def given_up(connection: Connection) -> list[DeadLetter]:
    """Parked events, messages given up and messages of unknown fate, oldest first."""
    events = connection.execute(
        select(
            inbox.c.id,
            inbox.c.network,
            inbox.c.conversation,
            inbox.c.again_at,
            inbox.c.attempts,
            inbox.c.error,
        ).where(inbox.c.state == DEAD)
    )
    messages = connection.execute(
        select(
            outbox.c.id,
            outbox.c.network,
            outbox.c.conversation,
            outbox.c.settled_at,
            outbox.c.attempts,
            outbox.c.error,
        ).where(_given_up)
    )
    letters = [
        DeadLetter(id, box, Place(network, conversation), at, attempts, error or "")
        for box, rows in (("inbox", events), ("outbox", messages))
        for id, network, conversation, at, attempts, error in rows
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
                settled_at=None,
                error=None,
            )
        )
    else:
        return False
    return connection.execute(back).rowcount == 1
