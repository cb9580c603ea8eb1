"""Messages as rows, and back: a column for each field, two for the conversation."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Column, RowMapping, Table

from bot.domain.conversations import ConversationRef
from bot.ports.network import Incoming, Outgoing
from bot.ports.records import SendingRule


def _names(kind: type[Incoming] | type[Outgoing]) -> tuple[str, ...]:
    others = [field.name for field in fields(kind) if field.name != "conversation"]
    return ("network", "conversation", *others)


INCOMING, OUTGOING = _names(Incoming), _names(Outgoing)
RULE = ("window", "audience", "relevance")


def columns(table: Table, names: Sequence[str]) -> list[Column[Any]]:
    """These columns, in this order."""
    return [table.c[name] for name in names]


def incoming_row(incoming: Incoming) -> dict[str, Any]:
    """The columns of `INCOMING`."""
    return _row(incoming, INCOMING)


def incoming_of(row: Sequence[Any]) -> Incoming:
    """The event, from the columns of `INCOMING`."""
    network, conversation, *rest = row
    return Incoming(ConversationRef(network, conversation), *rest)


def outgoing_fields(outgoing: Outgoing) -> dict[str, Any]:
    """The columns of `OUTGOING`."""
    return _row(outgoing, OUTGOING)


def outgoing_row(
    outgoing: Outgoing, at: datetime, rule: SendingRule, source: str | None
) -> dict[str, Any]:
    """The columns of `OUTGOING` and `RULE`, the due time and the source."""
    return outgoing_fields(outgoing) | {
        "window": rule.window,
        "audience": rule.audience,
        "relevance": dict(rule.relevance) or None,
        "due_at": at,
        "source": source,
    }


def outgoing_of(row: RowMapping) -> Outgoing:
    """The message, from the columns of `OUTGOING`."""
    network, conversation, *names = OUTGOING
    given = {name: row[name] for name in names} | {"projects": tuple(row["projects"])}
    return Outgoing(conversation=ConversationRef(row[network], row[conversation]), **given)


def rule_of(row: RowMapping) -> SendingRule:
    """When it may go, from the columns of `RULE`."""
    return SendingRule(row["window"], row["audience"], row["relevance"] or {})


def _row(message: Incoming | Outgoing, names: Sequence[str]) -> dict[str, Any]:
    there = {"network": message.conversation.network, "conversation": message.conversation.name}
    return there | {name: getattr(message, name) for name in names[2:]}
