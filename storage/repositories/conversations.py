"""The states of dialogues."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_

from bot.domain.conversations import ConversationRef
from bot.ports.network import Choice
from bot.ports.records import DialogueState
from storage.database.engine import insert_into
from storage.database.prepared import Prepared
from storage.database.session import Work
from storage.tables import conversations

_STATE = ("flow", "data", "asked", "saved_at")
_QUESTION = ("asked", "saved_at")


@cache
def _save(dialect: str, changed: tuple[str, ...], unless: frozenset[str]) -> Prepared:
    saving = insert_into(dialect, conversations)
    others = (conversations.c.flow.is_distinct_from(flow) for flow in sorted(unless))
    saving = saving.on_conflict_do_update(
        index_elements=["network", "conversation"],
        set_={name: saving.excluded[name] for name in changed},
        where=and_(*others) if unless else None,
    )
    return Prepared(saving, conversations.c.keys())


class ConversationRecords:
    """The states of dialogues. What a transaction says last of a place is written at its end."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._changed: dict[
            ConversationRef, tuple[tuple[str, ...], dict[str, Any], frozenset[str]]
        ] = {}
        work.before_flush.append(self._write)

    def save(self, conversation: DialogueState, now: datetime) -> None:
        """Keep the state."""
        row = {
            "network": conversation.conversation.network,
            "conversation": conversation.conversation.name,
            "flow": conversation.flow,
            "data": conversation.data,
            "asked": conversation.asked,
            "saved_at": now,
        }
        self._changed[conversation.conversation] = _STATE, row, frozenset()

    def asked(
        self,
        conversation: ConversationRef,
        choices: tuple[Choice, ...],
        now: datetime,
        unless: frozenset[str],
    ) -> None:
        """These choices were put last at another place; its dialogue under way is left as it is.
        Nothing changes where one of these flows is under way.
        """
        columns, row, _ = self._changed.get(conversation, (_QUESTION, _blank(conversation), unless))
        if row["flow"] not in unless:
            row.update(asked=choices, saved_at=now)
        known = columns is _STATE
        self._changed[conversation] = columns, row, frozenset() if known else unless

    def _write(self) -> None:
        dialect = self._work.connection.dialect.name
        for columns, row, unless in self._changed.values():
            self._work.add_row(_save(dialect, columns, unless), row)
        self._changed.clear()


def _blank(conversation: ConversationRef) -> dict[str, Any]:
    return {
        "network": conversation.network,
        "conversation": conversation.name,
        "flow": None,
        "data": {},
    }
