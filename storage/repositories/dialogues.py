"""What waits for an answer in each conversation."""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import and_

from bot.domain.conversations import ConversationRef
from bot.domain.dialogues import DIALOGUES, Dialogue, Unreadable
from bot.ports.network import Choice
from bot.ports.records import DialogueState
from storage.database.engine import insert_into
from storage.database.prepared import Prepared
from storage.database.session import Work
from storage.tables import dialogues

_STATE = ("kind", "state", "asked", "saved_at")
_QUESTION = ("asked", "saved_at")
_KINDS = {each.kind: each for each in DIALOGUES}
_HOLDING_WORDS = sorted(each.kind for each in DIALOGUES if each.holds_words)
_log = logging.getLogger(__name__)


@cache
def _save(dialect: str, changed: tuple[str, ...]) -> Prepared:
    """Adds a row; where there is one, changes these columns, a mere question only while no dialogue
    there holds words.
    """
    saving = insert_into(dialect, dialogues)
    free = and_(*(dialogues.c.kind.is_distinct_from(kind) for kind in _HOLDING_WORDS))
    saving = saving.on_conflict_do_update(
        index_elements=["network", "conversation"],
        set_={name: saving.excluded[name] for name in changed},
        where=free if changed == _QUESTION else None,
    )
    return Prepared(saving, dialogues.c.keys())


class DialogueRecords:
    """What waits for an answer."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def save(self, state: DialogueState, now: datetime) -> None:
        """Keep the state."""
        self._add(_STATE, state, now)

    def offer(
        self, conversation: ConversationRef, choices: Sequence[Choice], now: datetime
    ) -> None:
        """Words typed there answer these choices, unless a dialogue there holds words."""
        self._add(_QUESTION, DialogueState(conversation, asked=tuple(choices)), now)

    def _add(self, changed: tuple[str, ...], state: DialogueState, now: datetime) -> None:
        self._work.add_row(_save(self._work.connection.dialect.name, changed), _row(state, now))


def _row(state: DialogueState, now: datetime) -> dict[str, Any]:
    dialogue = state.under_way
    return {
        "network": state.conversation.network,
        "conversation": state.conversation.name,
        "kind": dialogue.kind if dialogue is not None else None,
        "state": json.dumps(asdict(dialogue), default=str) if dialogue is not None else None,
        "asked": json.dumps([(c.key, c.label) for c in state.asked]) if state.asked else None,
        "saved_at": now,
    }


def dialogue_state(
    conversation: ConversationRef, kind: str | None, state: str | None, asked: str | None
) -> DialogueState:
    """What waits for an answer, from its row. What cannot be read stops nobody: operators find it
    in the log, without its words.
    """
    under_way = _dialogue(kind, state) if kind is not None else None
    return DialogueState(conversation, under_way, _choices(asked) if asked is not None else ())


def _dialogue(kind: str, state: str | None) -> Dialogue:
    found: Any = None
    try:
        found = json.loads(state or "null")
        return _reader(kind).validate_python(found)
    except (ValueError, KeyError) as error:
        _log.warning("a dialogue of kind %s cannot be read: %s", kind, type(error).__name__)
        return Unreadable.salvage(found)


def _choices(asked: str) -> tuple[Choice, ...]:
    try:
        return tuple(Choice(str(key), str(label)) for key, label in json.loads(asked))
    except (ValueError, TypeError) as error:
        _log.warning("the choices put last cannot be read: %s", type(error).__name__)
        return ()


@cache
def _reader(kind: str) -> TypeAdapter[Dialogue]:
    return TypeAdapter(_KINDS[kind])
