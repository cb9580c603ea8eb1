"""Columns and tables bear the names that the program gives to what they hold, each kind of dialogue
has a state of its own shape, and events can be commands of a page.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.domain.wording.command_syntax import CommandCall, parse

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_RENAMED = (("inbox", "did", "kind"), ("outbox", "act", "operation"))
_WITH_COMMANDS = ("inbox", "web_lines")

_THAT_WAITED = tuple(
    "recos fait encours bloque plustard historique pause reprendre clore passer quitter".split()
)
"""The commands that could wait for their project."""

_State = dict[str, Any] | None


def upgrade() -> None:
    """What an event is, what is done to a conversation, and which remote room it is."""
    for table, before, after in _RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {before} TO {after}")
    for table in _WITH_COMMANDS:
        op.add_column(table, sa.Column("command", sa.Text))
    _rename_rooms("seats", "remote_rooms")
    _move_dialogues(
        _dialogues("conversations", "flow", "data", needed="data"),
        _dialogues("dialogues", "kind", "state"),
        _TYPED,
    )


def downgrade() -> None:
    """The names of before."""
    _move_dialogues(
        _dialogues("dialogues", "kind", "state"),
        _dialogues("conversations", "flow", "data", needed="data"),
        _UNTYPED,
    )
    _rename_rooms("remote_rooms", "seats")
    for table in _WITH_COMMANDS:
        op.drop_column(table, "command")
    for table, before, after in _RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {after} TO {before}")


def _rename_rooms(before: str, after: str) -> None:
    """A new table, so that its constraints bear its name."""
    op.create_table(
        after,
        sa.Column("network", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("remote", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("network", "conversation", name=f"pk_{after}"),
        sa.UniqueConstraint("network", "remote", name=f"uq_{after}_network_remote"),
    )
    op.execute(f"INSERT INTO {after} SELECT network, conversation, remote, since FROM {before}")  # noqa: S608 - our own names
    op.drop_table(before)


def _dialogues(name: str, kind: str, state: str, needed: str = "") -> sa.Table:
    return sa.Table(
        name,
        sa.MetaData(),
        sa.Column("network", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column(kind, sa.Text),
        sa.Column(state, sa.Text, nullable=state != needed),
        sa.Column("asked", sa.Text),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("network", "conversation", name=f"pk_{name}"),
    )


def _move_dialogues(
    before: sa.Table, after: sa.Table, states: Mapping[str, Callable[[Any], _State]]
) -> None:
    """Each dialogue goes on where it was. `states` turns a state into that of the other table; a
    kind that is not there is over, and what was asked can still be answered.
    """
    connection = op.get_bind()
    after.create(connection)
    moved = []
    for network, conversation, kind, state, asked, saved_at in connection.execute(before.select()):
        goes_on = states[kind](json.loads(state)) if kind in states else None
        kept = kind if goes_on is not None else None
        needed = "{}" if not after.columns[3].nullable else None
        state_now = json.dumps(goes_on) if goes_on is not None else needed
        row = (network, conversation, kept, state_now, asked, saved_at)
        moved.append(dict(zip(after.columns.keys(), row, strict=True)))
    if moved:
        connection.execute(after.insert(), moved)
    before.drop(connection)


def _waiting_command(data: Any) -> _State:
    """How commands are written did not change; what was said without a sign is asked no more."""
    call = parse(data["said"], _THAT_WAITED)
    if not isinstance(call, CommandCall):
        return None
    return {"call": {"name": call.name, "words": call.words, "reference": None, "day": None}}


def _written_command(state: Any) -> _State:
    call = state["call"]
    return {"said": " ".join(filter(None, (f"/{call['name']}", call["reference"], call["words"])))}


def _as_it_is(state: Any) -> _State:
    return dict(state)


_TYPED: dict[str, Callable[[Any], _State]] = {
    "intake": lambda data: {"draft": data},
    "which": _as_it_is,
    "command": _waiting_command,
    "later": _as_it_is,
    "reaching": lambda _: {},
    "refused": _as_it_is,
}
_UNTYPED: dict[str, Callable[[Any], _State]] = _TYPED | {
    "intake": lambda state: dict(state["draft"]),
    "command": _written_command,
}
