"""What becomes of a message that could not be sent."""

from datetime import datetime, timedelta

from bot.outbound.operations import OPTIONAL, Incapable
from bot.ports.message_queue import Delivery, Outcome, Settlement
from bot.ports.network import Refused, RetryLater, RoomGone, Uncertain, Unreachable

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)
MOST_TRIES = 100
"""About a day of tries, 15 minutes apart: after that the message is a dead letter."""


def outcome_of(
    delivery: Delivery, error: Exception, now: datetime, *, idempotent: bool, repeatable: bool
) -> Settlement:
    """What becomes of a message whose sending failed so.

    `idempotent`: the network shows once what is sent twice; `repeatable`: or a second time would
    show nothing new.
    """
    why = type(error).__name__
    match error:
        case Incapable():
            return Settlement(delivery.id, Outcome.DROPPED, now, error=why)
        case Unreachable() | RoomGone() | Refused():
            given_up = Outcome.REFUSED if isinstance(error, Refused) else Outcome.UNREACHABLE
            optional = delivery.outgoing.operation in OPTIONAL
            outcome = Outcome.DROPPED if optional else given_up
            return Settlement(delivery.id, outcome, now, error=why)
        case Uncertain() if not idempotent:
            return Settlement(delivery.id, Outcome.UNCERTAIN, now, error=why)
        case TimeoutError() if not repeatable:
            return Settlement(delivery.id, Outcome.UNCERTAIN, now, error=why)
        case RetryLater(after=after, maybe_done=maybe_done):
            again = now + after
            return Settlement(
                delivery.id,
                Outcome.RETRY,
                now,
                again_at=again,
                error=why,
                maybe_done=maybe_done and idempotent,
            )
    if delivery.attempts + 1 >= MOST_TRIES:
        return Settlement(delivery.id, Outcome.DEAD, now, error=why)
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(delivery.attempts, 10))
    return Settlement(
        delivery.id,
        Outcome.RETRY,
        now,
        again_at=now + pause,
        error=why,
        maybe_done=idempotent,
    )
