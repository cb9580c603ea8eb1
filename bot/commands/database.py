"""filrouge db: the database's tables."""

import typer

from bot.commands.stores import opened
from config.settings import load

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def database() -> None:
    """The database's tables."""


@app.command("upgrade")
def bring_up_to_date() -> None:
    """Bring the tables to this version; `run` does it too when it starts."""
    with opened(load()):
        typer.echo("the tables are up to date")
