"""filrouge run: the service."""

import typer

import bot.app
from bot.commands.stores import storage_faults
from config.settings import load

app = typer.Typer(rich_markup_mode=None)


@app.command()
def run() -> None:
    """Start the service: pages, conversations and follow-ups, until it is stopped."""
    with storage_faults():
        bot.app.run(load())
