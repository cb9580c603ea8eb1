"""What becomes of a message that could not be sent, and whether somebody has to know."""

import logging
from datetime import datetime, timedelta
from functools import partial

from bot.ports.message_queue import Delivery, Outcome, Settlement
from bot.ports.network import (
    DeliveryError,
    Operation,
    Refused,
    RetryLater,
    RoomGone,
    Uncertain,
    Unreachable,
)

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)
MOST_TRIES = 100
"""About a day of tries, 15 minutes apart: after that the message is a dead letter."""

LONG_WAIT = timedelta(days=1)
"""People are told, once, of a message that has waited so long; it goes on being tried."""

OPTIONAL = frozenset({Operation.DELETE, Operation.REACT, Operation.REFRESH})
"""Operations whose failure says nothing of whether the conversation can be reached."""

WITHOUT_CONSEQUENCES = frozenset({Outcome.SENT, Outcome.RETRY, Outcome.POSTPONED})
"""Outcomes of which nobody is told. After the others what was counted as sent is not."""


MOST_DOUBLES = 4
"""After so many tries, words of our own whose fate is unknown are repeated no more."""

_OF_SOMEBODY = frozenset({"relay", "recommendation"})


def is_worth_a_double(delivery: Delivery) -> bool:
    """Whether it is words of the assistant alone, of which a double is harmless and silence is not.

    Words of somebody are never sent twice: their author is told.
    """
    outgoing = delivery.outgoing
    is_somebodys = outgoing.author is not None or outgoing.kind in _OF_SOMEBODY
    is_said = outgoing.operation is Operation.SAY
    return is_said and not is_somebodys and delivery.attempts < MOST_DOUBLES


class Incapable(DeliveryError):
    """The network cannot do this."""


def outcome_of(
    delivery: Delivery, error: Exception, now: datetime, *, idempotent: bool, repeatable: bool
) -> Settlement:
    """What becomes of a message whose sending failed so.

    `idempotent`: what is sent twice shows once; `repeatable`: or it would show nothing new.
    """
    settle = partial(Settlement, delivery.id, at=now, error=type(error).__name__)
    match error:
        case Incapable():
            return settle(Outcome.DROPPED)
        case Unreachable() | RoomGone() | Refused():
            given_up = Outcome.REFUSED if isinstance(error, Refused) else Outcome.UNREACHABLE
            is_optional = delivery.outgoing.operation in OPTIONAL
            return settle(Outcome.DROPPED if is_optional else given_up)
        case Uncertain() if not idempotent:
            return settle(Outcome.UNCERTAIN)
        case TimeoutError() if not repeatable:
            return settle(Outcome.UNCERTAIN)
        case RetryLater(after=after, maybe_done=maybe_done):
            maybe_done = maybe_done and idempotent
            return settle(Outcome.RETRY, again_at=now + after, maybe_done=maybe_done)
    if delivery.attempts + 1 >= MOST_TRIES:
        return settle(Outcome.DEAD)
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(delivery.attempts, 10))
    return settle(Outcome.RETRY, again_at=now + pause, maybe_done=idempotent)


def has_waited_long(delivery: Delivery, settlement: Settlement) -> bool:
    """Whether people have to know that the message still waits."""
    since = delivery.waits_since
    if settlement.outcome is not Outcome.RETRY or delivery.outgoing.operation in OPTIONAL:
        return False
    return since is not None and settlement.at - since >= LONG_WAIT


def has_consequences(delivery: Delivery, settlement: Settlement) -> bool:
    """Whether people have to know what became of it, and of words that could not be taken back."""
    operation = delivery.outgoing.operation
    if settlement.outcome is Outcome.DROPPED and operation is not Operation.SAY:
        return operation is Operation.DELETE and bool(settlement.error)
    return settlement.outcome not in WITHOUT_CONSEQUENCES and operation is not Operation.REACT


def log_failure(delivery: Delivery, settlement: Settlement) -> None:
    """Write one line for operators, without any words, unless it will soon be tried again."""
    is_given_up = settlement.outcome is not Outcome.RETRY
    if not settlement.error or not (is_given_up or has_waited_long(delivery, settlement)):
        return
    log.warning(
        "message %d (%s, %s): %s, %s",
        delivery.id,
        delivery.outgoing.conversation.network,
        delivery.outgoing.kind,
        settlement.outcome if is_given_up else "still waits",
        settlement.error,
    )
