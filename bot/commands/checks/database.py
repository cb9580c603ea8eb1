"""Checks that the database can be reached and has tables that this version reads."""

from collections.abc import Mapping

from bot.commands.stores import describe_database
from bot.domain.portal import Portal
from bot.ports.checkup import Finding, fault, ok, warning
from config.portals import stand_in_of, unattended
from storage import StorageError
from storage.read_models.inspection import Looked, look

_WHAT = "database"


def check_database(url: str) -> tuple[Finding, Looked | None]:
    """Whether it can be used, and what was seen there; None if there is no database yet."""
    where = describe_database(url)
    try:
        looked = look(url)
    except StorageError as error:
        todo = "start it, and compare database_url with its host, name, user and password"
        return fault(_WHAT, f"{error} ({where})", todo), None
    return _check_tables(looked, where), looked


def _check_tables(looked: Looked | None, where: str) -> Finding:
    if looked is None or not looked.revision:
        return warning(_WHAT, f"{where}; no tables yet", "the first start makes them")
    if not looked.known:
        todo = "run that newer version, or restore a backup"
        return fault(_WHAT, f"{where}; a newer Fil Rouge made its tables", todo)
    if looked.revision != looked.present:
        todo = "the next start brings them up to date, or filrouge db upgrade; back up before"
        return warning(_WHAT, f"{where}; tables of version {looked.revision}", todo)
    return ok(_WHAT, f"{where}; tables of version {looked.revision}")


def check_teams(looked: Looked, portals: Mapping[str, Portal]) -> list[Finding]:
    """Whether somebody coordinates each portal that takes projects."""
    alone = unattended(portals, looked.coordinated)
    todo = "register somebody with the role equipe, or switch it off with portals_off"
    said = [(p.slug, stand_in_of(portals, p).slug) for p in alone]
    return [
        warning(f"portal {slug}", f"has no team; its projects go to {stand_in}", todo)
        for slug, stand_in in said
    ]
