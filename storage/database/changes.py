"""Changed values of entities, written without the library's unit of work.

Most turns change a few values of a project and nothing else: no row comes or goes, no relationship
changes. Then one UPDATE of those values says it all. Whatever else a turn does, the library writes.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.orm import Mapper, Session, object_mapper
from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from storage.database.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Change:
    """New values of an entity's columns, by name."""

    entity: Any
    values: dict[str, Any]

    def send(self, connection: Connection) -> DBAPICursor:
        """Write them; `confirm` what became of it once it has arrived."""
        mapper = object_mapper(self.entity)
        version = mapper.version_id_col
        written = self.values | ({} if version is None else {"version": self.entity.version + 1})
        parameters = {f"new_{key}": value for key, value in written.items()}
        if version is not None:
            parameters["old_version"] = self.entity.version
        statement = _update(mapper, tuple(sorted(written)))
        return statement.send(connection, [parameters | {"of": self.entity.id}])[0]

    def confirm(self, sent: DBAPICursor) -> None:
        """The entity is as it is in the database. Raises StaleDataError if it was changed there."""
        mapper = object_mapper(self.entity)
        if 1 != sent.rowcount:
            raise StaleDataError(f"a row of {mapper.local_table} is not as it was read")
        if mapper.version_id_col is not None:
            set_committed_value(self.entity, "version", self.entity.version + 1)
        for key, value in self.values.items():
            set_committed_value(self.entity, key, value)


def changes_of(session: Session) -> list[Change] | None:
    """What is to be written; None if rows came, went or moved: the library has to write those."""
    if session.new or session.deleted:
        return None
    found = [(entity, _changes(entity)) for entity in session.dirty]
    if any(values is None for _, values in found):
        return None
    return [Change(entity, values) for entity, values in found if values]


def _changes(entity: object) -> dict[str, Any] | None:
    """The columns' values that are not as they were; None if more than columns changed."""
    state = instance_state(entity)
    columns = object_mapper(entity).column_attrs
    if any(key not in columns for key in state.committed_state):
        return None
    return {
        key: state.dict[key]
        for key, before in state.committed_state.items()
        if before is not state.dict[key]
    }


@cache
def _update(mapper: Mapper[Any], keys: tuple[str, ...]) -> Prepared:
    new: dict[Any, Any] = {mapper.columns[key]: bindparam(f"new_{key}") for key in keys}
    statement = update(mapper).where(mapper.columns["id"] == bindparam("of")).values(new)
    if mapper.version_id_col is not None:
        statement = statement.where(mapper.version_id_col == bindparam("old_version"))
    return Prepared(statement)
