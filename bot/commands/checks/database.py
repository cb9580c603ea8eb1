"""The database: reachable, of a version that we read, on time."""

from datetime import datetime

from bot.commands.stores import place_of
from bot.ports.checkup import Finding, fault, ok, warning
from storage import StorageError
from storage.read_models.inspection import Looked, look

_WHAT = "database"


def database(url: str) -> tuple[Finding, Looked | None]:
    """Whether it can be used; and what was seen there, if anything was."""
    place = place_of(url)
    try:
        looked = look(url)
    except StorageError as error:
        todo = "start it, and compare database_url with its host, name, user and password"
        return fault(_WHAT, f"{error} ({place})", todo), None
    return _tables(looked, place), looked


def _tables(looked: Looked | None, place: str) -> Finding:
    if looked is None or not looked.revision:
        return warning(_WHAT, f"{place}; no tables yet", "the first start makes them")
    if not looked.known:
        todo = "run that newer version, or restore a backup"
        return fault(_WHAT, f"{place}; a newer Fil Rouge made its tables", todo)
    if looked.revision != looked.present:
        todo = "the next start brings them up to date, or filrouge db upgrade; back up before"
        return warning(_WHAT, f"{place}; tables of version {looked.revision}", todo)
    return ok(_WHAT, f"{place}; tables of version {looked.revision}")


def moment(looked: Looked | None) -> datetime | None:
    """The clock of the database's server, if it has one."""
    return None if looked is None else looked.now
