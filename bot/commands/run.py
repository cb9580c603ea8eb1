"""filrouge run: the service."""

import typer

import bot.app
from config.settings import load

app = typer.Typer(rich_markup_mode=None)


@app.command()
def run() -> None:
    """Start the service: pages, conversations and follow-ups, until it is stopped."""
    bot.app.run(load())
