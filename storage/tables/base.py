"""What all tables share: one metadata, names for constraints that migrations can rely on."""

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, MetaData, Table

from storage.database.types import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def id_column() -> Column[int]:
    """The primary key."""
    return Column("id", Id, primary_key=True)


def reference(name: str, target: str) -> Column[int]:
    """A row that lives and dies with the one it points to."""
    return Column(name, Id, ForeignKey(target, ondelete="CASCADE"), nullable=False)


def partial_index(
    name: str, table: Table, columns: tuple[str, ...], where: ColumnElement[bool]
) -> None:
    """An index of the rows that meet a condition: it does not grow with all the others."""
    Index(name, *(table.c[c] for c in columns), sqlite_where=where, postgresql_where=where)
