"""filrouge run: the service."""

import typer

import bot.app
from bot.commands.faults import CommandError
from bot.commands.stores import storage_faults
from bot.networks.web import WebError
from config.settings import load

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def run() -> None:
    """Start the service: pages, conversations and follow-ups, until it is stopped."""
    try:
        with storage_faults():
            bot.app.run(load())
    except WebError as error:
        raise CommandError(str(error)) from error
