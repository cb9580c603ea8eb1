"""filrouge db: the tables of the database."""

import typer

from bot.commands.stores import command_store
from config.settings import load

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def database() -> None:
    """The tables of the database."""


@app.command("upgrade")
def bring_up_to_date() -> None:
    """Bring the tables up to date with this version.

    `filrouge run` does it too when it starts. Back up before.
    """
    with command_store(load()):
        typer.echo("the tables are up to date")
