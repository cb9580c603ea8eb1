"""Entities from rows, on the path that every message takes.

What comes out is what the library's loader would give, known to the session like any entity; but
the loader sets itself up anew for each query, which takes a sixth of a turn's processor time.
"""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, inspect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict, set_committed_value

E = TypeVar("E")


class Restored(Generic[E]):
    """Makes entities of one kind from `columns`, the first of which is at `start` in each row."""

    def __init__(self, entity: type[E], start: int = 0) -> None:
        """`end` is where the columns of the next kind start."""
        self._mapper = inspect(entity, raiseerr=True)
        self._keys = [attribute.key for attribute in self._mapper.column_attrs]
        self._id = start + self._keys.index("id")
        self._start, self.end = start, start + len(self._keys)
        self.columns: list[Column[Any]] = [self._mapper.columns[key] for key in self._keys]

    def get(self, session: Session, row: Sequence[Any]) -> E | None:
        """The entity, as the session has it or else made; None where an outer join found none."""
        id_ = row[self._id]
        if id_ is None:
            return None
        key = self._mapper.identity_key_from_primary_key((id_,))
        entity: E | None = session.identity_map.get(key)
        if entity is None:
            entity = self._mapper.class_manager.new_instance()
            instance_dict(entity).update(zip(self._keys, row[self._start : self.end], strict=True))
            make_transient_to_detached(entity)
            session.add(entity)
            # What listens to the loader: lists that notice their own changes.
            self._mapper.class_manager.dispatch.load(inspect(entity), None)
        return entity


def fill(entity: object, relationship: str, value: Any) -> None:
    """Set a relationship that was read with the entity, unless it is already known."""
    if relationship not in instance_dict(entity):
        set_committed_value(entity, relationship, value)
