"""Changed values of entities, written without the library's unit of work.

Most turns change a few values of a project and nothing else: no row comes or goes, no relationship
changes. Then one UPDATE of those values says it all. Whatever else a turn does, the library writes.
"""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper, Session, object_mapper
from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from storage.prepared import Prepared


def write_changes(connection: Connection, session: Session) -> None:
    """The database has what changed in the session's entities. Raises StaleDataError."""
    changed = [(entity, _changes(entity)) for entity in session.dirty]
    if session.new or session.deleted or any(values is None for _, values in changed):
        session.flush()
        return
    for entity, values in changed:
        if values:
            _write(connection, entity, values)


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


def _write(connection: Connection, entity: Any, values: dict[str, Any]) -> None:
    mapper = object_mapper(entity)
    parameters = {f"new_{key}": value for key, value in values.items()} | {"of": entity.id}
    if mapper.version_id_col is not None:
        values["version"] = entity.version + 1
        parameters |= {"new_version": values["version"], "old_version": entity.version}
    if 1 != _update(mapper, tuple(sorted(values))).run(connection, [parameters]):
        raise StaleDataError(f"a row of {mapper.local_table} is not as it was read")
    for key, value in values.items():
        set_committed_value(entity, key, value)


@cache
def _update(mapper: Mapper[Any], keys: tuple[str, ...]) -> Prepared:
    new: dict[Any, Any] = {mapper.columns[key]: bindparam(f"new_{key}") for key in keys}
    statement = update(mapper).where(mapper.columns["id"] == bindparam("of")).values(new)
    if mapper.version_id_col is not None:
        statement = statement.where(mapper.version_id_col == bindparam("old_version"))
    return Prepared(statement)
