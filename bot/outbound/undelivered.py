"""What became of a message, and whether somebody has to know."""

import logging
from datetime import timedelta

from bot.outbound.operations import OPTIONAL
from bot.ports.message_queue import Delivery, Outcome, Settlement
from bot.ports.network import Operation

log = logging.getLogger(__name__)

TOLD = frozenset(Outcome) - {Outcome.SENT, Outcome.RETRY, Outcome.POSTPONED}
"""Outcomes that have consequences: somebody is told, or what was counted as sent is not."""

LONG_WAIT = timedelta(days=1)
"""A message that has waited so long for its network is told of, once; it goes on being tried."""


def log_failed(delivery: Delivery, settlement: Settlement) -> None:
    """One line for operators: which message, where, what error; none of its words."""
    network, kind = delivery.outgoing.conversation.network, delivery.outgoing.kind
    outcome = "still waits" if settlement.outcome is Outcome.RETRY else settlement.outcome
    log.warning(
        "message %d (%s, %s): %s, %s", delivery.id, network, kind, outcome, settlement.error
    )


def has_waited_long(delivery: Delivery, settlement: Settlement) -> bool:
    """Whether people have to know that it still waits."""
    since = delivery.waits_since
    if settlement.outcome is not Outcome.RETRY or delivery.outgoing.operation in OPTIONAL:
        return False
    return since is not None and settlement.at - since >= LONG_WAIT


def is_told(delivery: Delivery, settlement: Settlement) -> bool:
    """Whether people have to know. What was taken back and stays to be seen is one of those."""
    act = delivery.outgoing.operation
    if settlement.outcome is Outcome.DROPPED and act is not Operation.SAY:
        return act is Operation.DELETE and bool(settlement.error)
    return settlement.outcome in TOLD and act is not Operation.REACT
