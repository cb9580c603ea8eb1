"""Core statements compiled once and run straight on the driver.

The library's own way through a statement costs several times what SQLite needs to run it: with the
dozen of a turn, a sixth of its processor time. The path that every message takes goes this way; all
else through the library. Errors are the driver's own: `storage.database.error_mapping` knows both.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Delete, Dialect, Insert, Select, Update
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler

_Parameters = Mapping[str, Any]
_Process = Callable[[Any], Any]


class Prepared:
    """A statement without IN lists, whose length would change its text."""

    def __init__(
        self,
        statement: Select[*tuple[Any, ...]] | Insert | Update | Delete,
        given: Iterable[str] = (),
    ) -> None:
        """`given` are the columns for which an INSERT is given values."""
        self._statement = statement
        self._given = list(given) or None
        self._forms: dict[str, _Form] = {}

    def rows(self, connection: Connection, parameters: _Parameters) -> list[tuple[Any, ...]]:
        """Run, and fetch every row."""
        form = self._form(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.execute(form.sql, form.bind(parameters))
        rows = list(cursor.fetchall())
        cursor.close()
        return form.read(rows) if form.readers else rows

    def row(self, connection: Connection, parameters: _Parameters) -> tuple[Any, ...] | None:
        """Run, and give the only row, if there is one."""
        rows = self.rows(connection, parameters)
        return rows[0] if rows else None

    def run(self, connection: Connection, rows: list[dict[str, Any]]) -> int:
        """Run for each of these values; return how many rows of the table changed."""
        form = self._form(connection.dialect)
        cursor = connection.connection.cursor()
        if len(rows) == 1:
            cursor.execute(form.sql, form.bind(rows[0]))
        else:
            cursor.executemany(form.sql, [form.bind(row) for row in rows])
        changed: int = cursor.rowcount
        cursor.close()
        return changed

    def send(self, connection: Connection, rows: list[dict[str, Any]]) -> "list[DBAPICursor]":
        """Run for each of these values. They may travel with others: what became of them, each
        cursor tells once all have arrived.
        """
        form = self._form(connection.dialect)
        cursors = []
        for row in rows:
            cursor = connection.connection.cursor()
            cursor.execute(form.sql, form.bind(row))
            cursors.append(cursor)
        return cursors

    def given_by(
        self, connection: Connection, cursors: "Iterable[DBAPICursor]"
    ) -> list[tuple[Any, ...]]:
        """The rows that came back of statements sent (RETURNING), once all have arrived."""
        rows = [row for cursor in cursors for row in cursor.fetchall()]
        form = self._form(connection.dialect)
        return form.read(rows) if form.readers else rows

    def _form(self, dialect: Dialect) -> "_Form":
        form = self._forms.get(dialect.name)
        if form is None:
            compiled = self._statement.compile(dialect=dialect, column_keys=self._given)
            given = self._statement.exported_columns
            form = self._forms[dialect.name] = _Form(compiled, dialect, given)
        return form


class _Form:
    """The statement in the words of one database."""

    def __init__(
        self, compiled: SQLCompiler, dialect: Dialect, selected: Iterable[ColumnElement[Any]]
    ) -> None:
        self.sql = str(compiled)
        self._positional = compiled.positional
        names = compiled.positiontup or [] if compiled.positional else list(compiled.params)
        self._binds = [_bind(compiled, dialect, name) for name in names]
        self.readers = [
            (at, read)
            for at, column in enumerate(selected)
            if (read := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]

    def bind(self, parameters: _Parameters) -> Any:
        """The values as the driver takes them. Raises KeyError for one that is missing."""
        if self._positional:
            return [
                constant if write is None else write(parameters[name])
                for name, constant, write in self._binds
            ]
        return {
            name: constant if write is None else write(parameters[name])
            for name, constant, write in self._binds
        }

    def read(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The values as the program knows them."""
        known = [list(row) for row in rows]
        for at, read in self.readers:
            for values in known:
                values[at] = read(values[at])
        return [tuple(values) for values in known]


def _bind(compiled: SQLCompiler, dialect: Dialect, name: str) -> tuple[str, Any, _Process | None]:
    """A value that comes by name, with what makes it ready; or, with nothing, a constant."""
    parameter = compiled.binds[name]
    write = parameter.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is
    if parameter.required:
        return name, None, write
    return name, write(parameter.value), None


def _as_it_is(value: Any) -> Any:
    return value
