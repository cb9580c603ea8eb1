"""Messages as rows, and back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, RowMapping, Table

from bot.domain.conversations import ConversationRef
from bot.ports.network import Incoming, Outgoing
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
    "command",
    "kind",
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
    "operation",
)
RULE = ("window", "audience", "relevance")


def columns(table: Table, names: tuple[str, ...]) -> list[Column[Any]]:
    """These columns, in this order."""
    return [table.c[name] for name in names]


def incoming_row(incoming: Incoming) -> dict[str, Any]:
    """The columns of `INCOMING`."""
    return {
        "network": incoming.conversation.network,
        "conversation": incoming.conversation.name,
        "key": incoming.key,
        "sender": incoming.sender,
        "at": incoming.at,
        "text": incoming.text,
        "choice": incoming.choice,
        "target": incoming.target,
        "attachment": incoming.attachment,
        "command": incoming.command,
        "kind": incoming.kind,
        "message": incoming.message,
        "backstage": incoming.backstage,
    }


def incoming_of(row: Sequence[Any]) -> Incoming:
    """The event, from the columns of `INCOMING`."""
    network, conversation, *rest = row
    return Incoming(ConversationRef(network, conversation), *rest)


def outgoing_row(
    outgoing: Outgoing, at: datetime, rule: SendingRule, source: str | None
) -> dict[str, Any]:
    """The columns of `OUTGOING` and `RULE`, the due time and the source."""
    return {
        "key": outgoing.key,
        "network": outgoing.conversation.network,
        "conversation": outgoing.conversation.name,
        "text": outgoing.text,
        "kind": outgoing.kind,
        "author": outgoing.author,
        "choices": outgoing.choices,
        "attachment": outgoing.attachment,
        "target": outgoing.target,
        "projects": outgoing.projects,
        "backstage": outgoing.backstage,
        "operation": outgoing.operation,
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
        conversation=ConversationRef(row["network"], row["conversation"]),
        text=row["text"],
        kind=row["kind"],
        author=row["author"],
        choices=row["choices"],
        attachment=row["attachment"],
        target=row["target"],
        projects=tuple(row["projects"]),
        backstage=row["backstage"],
        operation=row["operation"],
    )


def rule_of(row: RowMapping) -> SendingRule:
    """When it may go, from the columns of `RULE`."""
    return SendingRule(row["window"], row["audience"], row["relevance"] or {})
