"""filrouge followups: what would go out, and how people answer."""

import asyncio
from datetime import timedelta
from statistics import median
from typing import Annotated

import typer

from bot.commands.faults import CommandError
from bot.commands.stores import command_store, utc_now
from bot.commands.table import show
from bot.domain.calendar import zone_of
from bot.ports.queries import FollowUpAnswer
from bot.ports.records import UnitOfWork
from config.catalogue import load_catalogue
from config.settings import load
from handlers.followups.preview import Planned, rehearse

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    help="Follow-ups: what would go out (--dry-run), how they are answered (stats).",
)


@app.callback()
def followups(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would go out if nobody said a word.")
    ] = False,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days ahead.")] = 7,
) -> None:
    """Show what would go out in the days to come, to whom, why. Nothing is sent nor kept."""
    if context.invoked_subcommand is not None:
        return
    if not dry_run:
        raise CommandError("say --dry-run, or stats")
    settings, now = load(), utc_now()
    catalogue = load_catalogue(settings.portals_dir, off=settings.portals_off)

    def look(uow: UnitOfWork) -> list[tuple[str, ...]]:
        planned = rehearse(uow, catalogue, now, now + timedelta(days=days))
        return [_planned_row(uow, each) for each in planned]

    with command_store(settings) as store:
        rows = asyncio.run(store.database.read(look))
    if rows:
        show(("WHEN", "TO", "KIND", "PROJECTS", "TITLES"), rows)
    typer.echo(f"{len(rows) or 'nothing'} to go out in the next {days} days")


@app.command()
def stats() -> None:
    """How many of each kind went out, how many were answered, how soon."""
    with command_store(load()) as store:
        answered = asyncio.run(store.queries.followup_answers())
    if not answered:
        typer.echo("no follow-up went out yet")
        return
    kinds: dict[tuple[str, str], list[FollowUpAnswer]] = {}
    for each in answered:
        kinds.setdefault((each.kind, each.to.value), []).append(each)
    rows = [(*key, *_figures(sent)) for key, sent in sorted(kinds.items())]
    show(("KIND", "TO", "SENT", "ANSWERED", "SHARE", "MEDIAN DAYS TO ANSWER"), rows)


def _planned_row(uow: UnitOfWork, planned: Planned) -> tuple[str, ...]:
    threads = [uow.projects.thread(ref) for ref in planned.projects]
    projects = [project for project in threads if project is not None]
    zone = zone_of(projects[0].departement if projects else "")
    return (
        f"{planned.at.astimezone(zone):%Y-%m-%d %H:%M}",
        planned.to,
        planned.kind.removeprefix("followup."),
        " ".join(planned.projects),
        " · ".join(project.title for project in projects),
    )


def _figures(sent: list[FollowUpAnswer]) -> tuple[str, ...]:
    delays = [each.answered_at - each.at for each in sent if each.answered_at is not None]
    share = f"{len(delays) / len(sent):.0%}"
    days = f"{median(delay / timedelta(days=1) for delay in delays):.1f}" if delays else "-"
    return str(len(sent)), str(len(delays)), share, days
