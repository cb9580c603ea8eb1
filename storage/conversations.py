"""The states of dialogues."""

from datetime import datetime
from functools import cache
from typing import Any

from bot.ports.network import Choice, Place
from bot.ports.records import Conversation
from storage.engine import insert_into
from storage.prepared import Prepared
from storage.session import Work
from storage.tables import conversations

_STATE = ("flow", "data", "asked", "saved_at")
_QUESTION = ("asked", "saved_at")


@cache
def _save(dialect: str, changed: tuple[str, ...]) -> Prepared:
    saving = insert_into(dialect, conversations)
    saving = saving.on_conflict_do_update(
        index_elements=["network", "conversation"],
        set_={name: saving.excluded[name] for name in changed},
    )
    return Prepared(saving, conversations.c.keys())


class ConversationRecords:
    """The states of dialogues. What a transaction says last of a place is written at its end."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._changed: dict[Place, tuple[tuple[str, ...], dict[str, Any]]] = {}
        work.before_flush.append(self._write)

    def save(self, conversation: Conversation, now: datetime) -> None:
        """Keep the state."""
        row = {
            "network": conversation.place.network,
            "conversation": conversation.place.conversation,
            "flow": conversation.flow,
            "data": conversation.data,
            "asked": conversation.asked,
            "saved_at": now,
        }
        self._changed[conversation.place] = _STATE, row

    def asked(self, place: Place, choices: tuple[Choice, ...], now: datetime) -> None:
        """These choices were put last at another place; its dialogue under way is left as it is."""
        if place not in self._changed:
            self._changed[place] = _QUESTION, _blank(place)
        self._changed[place][1].update(asked=choices, saved_at=now)

    def _write(self) -> None:
        dialect = self._work.connection.dialect.name
        for columns, row in self._changed.values():
            self._work.add_row(_save(dialect, columns), row)
        self._changed.clear()


def _blank(place: Place) -> dict[str, Any]:
    return {"network": place.network, "conversation": place.conversation, "flow": None, "data": {}}
