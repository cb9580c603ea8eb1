"""filrouge advisors: the register of advisors and teams."""

import asyncio
import dataclasses
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import command_group
from bot.commands.faults import CommandError
from bot.commands.stores import command_store, utc_now
from bot.commands.table import show
from bot.domain.people import Advisor, Role
from bot.domain.portal import Portal
from bot.domain.wording.folding import fold
from bot.networks.matrix.settings import server_of
from bot.ports.records import UnitOfWork
from config.catalogue import load_known
from config.errors import ConfigError
from config.portals import load_portals, stand_in_of, unattended
from config.register import DESK_PAGE, Summary, register
from config.roster import Known, decode, read_roster
from config.settings import Settings, load
from config.strict_toml import nearest
from handlers.rooms.invitations import places_of_everybody, settle

app = command_group(
    "The register of advisors and teams: who answers, for which portals and territories."
)


@app.command("import")
def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="CSV: nom, organisation, role, portails, themes, departements;"
            " optional columns: matrix, telegram.",
        ),
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put everybody who is not in the file out of service.")
    ] = False,
) -> None:
    """Add or update the people of a file. If one line has a fault, nothing is changed.

    People are known by name and organisation; those out of service are put back in service. Whoever
    is out of service, or of a portal no more, is removed from its rooms, and their links die.
    """
    settings = load()
    if settings.demo:
        typer.echo("in demonstration mode: this is the demonstration's register", err=True)
    text, notice = decode(file.read_bytes())
    if notice:
        typer.echo(f"{file}: {notice}", err=True)
    try:
        lines = read_roster(text, _known_names(settings))
    except ConfigError as error:
        raise ConfigError(f"{file}: {fault}" for fault in error.faults) from error
    portals = load_portals(settings.portals_dir, settings.rooms.network, settings.portals_off)
    now = utc_now()

    def take(uow: UnitOfWork) -> tuple[Summary, list[Portal]]:
        before = places_of_everybody(uow, portals)
        summary = register(lines, uow, now, replace=replace)
        settle(uow, before, places_of_everybody(uow, portals), now)
        return summary, unattended(portals, _coordinated(uow))

    with command_store(settings) as store:
        summary, without_team = asyncio.run(store.database.transact(take))
    _show_outcomes(summary)
    for portal in without_team:
        typer.echo(
            f"portal {portal.slug} has no team (nobody with the role equipe):"
            f" its projects go to {stand_in_of(portals, portal).slug}",
            err=True,
        )


@app.command("list")
def list_entries() -> None:
    """Show everybody in the register."""
    with command_store(load()) as store:
        entries = asyncio.run(
            store.database.read(lambda uow: [_row(a) for a in uow.advisors.all()])
        )
    show(("NAME", "ORGANISATION", "ROLE", "PORTALS", "THEMES", "DÉPARTEMENTS", "STATE"), entries)


@app.command()
def link(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name, as in the register.")],
    organisation: Annotated[
        str, typer.Option(help="Theirs, if several people have that name.")
    ] = "",
    days: Annotated[int, typer.Option(min=1, max=90, help="How long the link is valid.")] = 7,
) -> None:
    """Print a personal link, which opens somebody's page once.

    Whoever has the link is taken for that person: hand it over privately.
    """
    settings = load()
    now = utc_now()

    def make(uow: UnitOfWork) -> str:
        advisor = _find_advisor(uow.advisors.all(), name, organisation)
        return uow.links.create(advisor.person, DESK_PAGE, now + timedelta(days=days), False, now)

    with command_store(settings) as store:
        token = asyncio.run(store.database.transact(make))
    typer.echo(f"{settings.web.url}/acces/{token}")


def _coordinated(uow: UnitOfWork) -> set[str]:
    teams = (a for a in uow.advisors.all() if a.active and a.role is Role.COORDINATOR)
    return {slug for advisor in teams for slug in advisor.portals}


def _known_names(settings: Settings) -> Known:
    """What a roster may name: people of any Matrix server, while there is no Matrix account."""
    known, matrix = load_known(settings.portals_dir), settings.matrix
    if not matrix.homeserver:
        return known
    return dataclasses.replace(known, servers=(server_of(matrix.user), *matrix.allowed_servers))


def _show_outcomes(summary: Summary) -> None:
    outcomes = {
        "added": summary.added,
        "updated": summary.updated,
        "unchanged": summary.unchanged,
        "out of service": summary.deactivated,
    }
    show(
        ("OUTCOME", "NAME"), [(outcome, name) for outcome, who in outcomes.items() for name in who]
    )
    typer.echo(", ".join(f"{len(who)} {outcome}" for outcome, who in outcomes.items()))


def _row(advisor: Advisor) -> tuple[str, ...]:
    return (
        advisor.person.name,
        advisor.organisation,
        advisor.role.value,
        " ".join(advisor.portals),
        " ".join(advisor.themes) or "all",
        " ".join(advisor.departements) or "all",
        "active" if advisor.active else "out of service",
    )


def _find_advisor(register: list[Advisor], name: str, organisation: str) -> Advisor:
    """The one active entry of that name (and organisation, if given)."""
    active = [advisor for advisor in register if advisor.active]
    found = [
        advisor
        for advisor in active
        if fold(advisor.person.name) == fold(name)
        and fold(organisation) in {"", fold(advisor.organisation)}
    ]
    if len(found) > 1:
        raise CommandError(
            f"several people are called “{name}”; add --organisation: "
            + ", ".join(f"“{advisor.organisation}”" for advisor in found)
        )
    if not found:
        hint = nearest(name, [advisor.person.name for advisor in active])
        raise CommandError(
            f"nobody active in the register is called “{name}”"
            + (f"; did you mean “{hint}”?" if hint else "")
        )
    return found[0]
