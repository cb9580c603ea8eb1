"""filrouge run: the service."""

import typer

import bot.composition.app
from bot.commands.faults import CommandError
from bot.commands.stores import storage_faults
from bot.networks.web import WebError
from config.settings import load

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def run() -> None:
    """Start the service: pages, conversations and follow-ups, until it is stopped."""
    settings = load()
    try:
        with storage_faults(settings):
            bot.composition.app.run(settings)
    except WebError as error:
        raise CommandError(
            f"{error} Choose another address: PORT=8081, or web.host and web.port."
        ) from error
