"""filrouge run: the service."""

import typer

import bot.composition.app
from bot.commands.faults import CommandError
from bot.commands.stores import report_storage_faults
from bot.networks.web.network import AddressInUse
from config.settings import load

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def run() -> None:
    """Run the service until it is stopped: pages, networks and follow-ups."""
    settings = load()
    try:
        with report_storage_faults(settings):
            bot.composition.app.run(settings)
    except AddressInUse as error:
        raise CommandError(
            f"{error} Choose another address: PORT=8081, or web.host and web.port."
        ) from error
