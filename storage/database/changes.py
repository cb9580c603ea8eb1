"""New values of entities, written with one UPDATE for each entity.

Most turns change a few values of a person and of a project; no entity comes, goes or moves. The
library's flush would do the same UPDATE after it has sorted every kind of entity by what depends on
what, which takes a sixth of a turn's processor time. Whatever else a turn does, the library writes.
"""

from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, inspect, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper, Session, object_mapper
from sqlalchemy.orm.attributes import get_history, set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from storage.database.prepared import Prepared


def write_new_values(session: Session, connection: Connection) -> bool:
    """Entities of the session are in the database as they are here; False, and nothing is written,
    if more than values of their columns changed.

    Raises StaleDataError if an entity was changed in the database since it was read.
    """
    if session.new or session.deleted:
        return False
    changed = [(entity, _changed(entity)) for entity in session.dirty]
    if any(keys.difference(object_mapper(entity).columns.keys()) for entity, keys in changed):
        return False
    for entity, keys in changed:
        if keys:
            _write(connection, entity, {key: getattr(entity, key) for key in sorted(keys)})
    return True


def _changed(entity: object) -> set[str]:
    """The attributes, columns and relationships, that are not as they were read."""
    state = inspect(entity, raiseerr=True)
    touched = set(object_mapper(entity).attrs.keys()) - state.unmodified
    return {key for key in touched if get_history(entity, key).has_changes()}


def _write(connection: Connection, entity: Any, values: dict[str, Any]) -> None:
    mapper = object_mapper(entity)
    parameters = {"of": entity.id}
    if mapper.version_id_col is not None:
        parameters["read"] = entity.version
        values["version"] = entity.version + 1
    parameters |= {f"new_{key}": value for key, value in values.items()}
    if 1 != _update(mapper, tuple(values)).run(connection, [parameters]):
        raise StaleDataError(f"a row of {mapper.local_table} is not as it was read")
    for key, value in values.items():
        set_committed_value(entity, key, value)


@cache
def _update(mapper: Mapper[Any], keys: tuple[str, ...]) -> Prepared:
    new: dict[Any, Any] = {mapper.columns[key]: bindparam(f"new_{key}") for key in keys}
    table = cast("Table", mapper.local_table)
    statement = update(table).where(mapper.columns["id"] == bindparam("of"))
    if mapper.version_id_col is not None:
        statement = statement.where(mapper.version_id_col == bindparam("read"))
    return Prepared(statement.values(new))
