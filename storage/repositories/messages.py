"""Messages as rows, and back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, RowMapping, Table

from bot.ports.network import Incoming, Outgoing, Place
from bot.ports.records import SendingRule

INCOMING = (
    "network",
    "conversation",
    "key",
    "sender",
    "at",
    "text",
    "choice",
    "target",
    "attachment",
    "did",
    "message",
    "backstage",
)
OUTGOING = (
    "key",
    "network",
    "conversation",
    "text",
    "kind",
    "author",
    "choices",
    "attachment",
    "target",
    "projects",
    "backstage",
    "act",
)
RULE = ("window", "audience", "relevance")


def columns(table: Table, names: tuple[str, ...]) -> list[Column[Any]]:
    """These columns, in this order."""
    return [table.c[name] for name in names]


def incoming_row(incoming: Incoming) -> dict[str, Any]:
    """The columns of `INCOMING`."""
    return {
        "network": incoming.place.network,
        "conversation": incoming.place.conversation,
        "key": incoming.key,
        "sender": incoming.sender,
        "at": incoming.at,
        "text": incoming.text,
        "choice": incoming.choice,
        "target": incoming.target,
        "attachment": incoming.attachment,
        "did": incoming.did,
        "message": incoming.message,
        "backstage": incoming.backstage,
    }


def incoming_of(row: Sequence[Any]) -> Incoming:
    """The event, from the columns of `INCOMING`."""
    network, conversation, *rest = row
    return Incoming(Place(network, conversation), *rest)


def outgoing_row(
    outgoing: Outgoing, at: datetime, rule: SendingRule, source: str | None
) -> dict[str, Any]:
    """The columns of `OUTGOING` and `RULE`, the due time and the source."""
    return {
        "key": outgoing.key,
        "network": outgoing.place.network,
        "conversation": outgoing.place.conversation,
        "text": outgoing.text,
        "kind": outgoing.kind,
        "author": outgoing.author,
        "choices": outgoing.choices,
        "attachment": outgoing.attachment,
        "target": outgoing.target,
        "projects": outgoing.projects,
        "backstage": outgoing.backstage,
        "act": outgoing.act,
        "window": rule.window,
        "audience": rule.audience,
        "relevance": dict(rule.relevance) or None,
        "due_at": at,
        "source": source,
    }


def outgoing_of(row: RowMapping) -> Outgoing:
    """The message, from the columns of `OUTGOING`."""
    return Outgoing(
        key=row["key"],
        place=Place(row["network"], row["conversation"]),
        text=row["text"],
        kind=row["kind"],
        author=row["author"],
        choices=row["choices"],
        attachment=row["attachment"],
        target=row["target"],
        projects=tuple(row["projects"]),
        backstage=row["backstage"],
        act=row["act"],
    )


def rule_of(row: RowMapping) -> SendingRule:
    """When it may go, from the columns of `RULE`."""
    return SendingRule(row["window"], row["audience"], row["relevance"] or {})
