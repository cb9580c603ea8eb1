"""Core statements compiled once and run straight on the driver.

The library's own way through a statement costs several times what SQLite needs to run it. The path
that every message takes goes this way; all else through the library. Errors are the driver's own:
`storage.faults` knows both.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Delete, Dialect, Insert, Select, Update
from sqlalchemy.engine import Connection
from sqlalchemy.sql.compiler import SQLCompiler

_Processor = Callable[[Any], Any]
_Parameters = Mapping[str, Any]


class _Cursor(Protocol):
    rowcount: int

    def execute(self, sql: str, parameters: Any) -> object: ...
    def executemany(self, sql: str, parameters: Any) -> object: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...
    def close(self) -> None: ...


class Prepared:
    """A statement whose values all come by name: no IN lists, whose length would change its text.

    `columns` are those it gives, if any.
    """

    def __init__(
        self,
        statement: "Select[*tuple[Any, ...]] | Insert | Update | Delete",
        *,
        given: Sequence[str] = (),
    ) -> None:
        """`given` are the columns that an INSERT is given."""
        self._statement = statement
        self._given = list(given) or None
        self._forms: dict[str, _Form] = {}

    def rows(self, connection: Connection, parameters: _Parameters) -> list[tuple[Any, ...]]:
        """Run, and fetch every row."""
        form = self._form(connection.dialect)
        cursor = _cursor(connection)
        cursor.execute(form.sql, form.bind(parameters))
        rows = cursor.fetchall()
        cursor.close()
        return form.read(rows)

    def run(self, connection: Connection, *rows: _Parameters) -> int:
        """Run for each row; return how many rows of the table changed."""
        form = self._form(connection.dialect)
        cursor = _cursor(connection)
        if len(rows) == 1:
            cursor.execute(form.sql, form.bind(rows[0]))
        else:
            cursor.executemany(form.sql, [form.bind(row) for row in rows])
        changed = cursor.rowcount
        cursor.close()
        return changed

    def _form(self, dialect: Dialect) -> "_Form":
        form = self._forms.get(dialect.name)
        if form is None:
            compiled = self._statement.compile(dialect=dialect, column_keys=self._given)
            assert isinstance(compiled, SQLCompiler)
            columns = () if self._given or not isinstance(self._statement, Select) else (
                self._statement.selected_columns
            )
            form = self._forms[dialect.name] = _Form(compiled, dialect, columns)
        return form


class _Form:
    """The statement in the words of one database."""

    def __init__(
        self, compiled: SQLCompiler, dialect: Dialect, columns: Iterable[ColumnElement[Any]]
    ) -> None:
        self.sql = str(compiled)
        self._positional = compiled.positional
        names = list(compiled.positiontup or ()) if compiled.positional else list(compiled.binds)
        self._binds = [
            (name, compiled.binds[name].value, _binder(compiled.binds[name], dialect))
            for name in names
        ]
        self._readers = [
            (at, reader)
            for at, column in enumerate(columns)
            if (reader := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]
