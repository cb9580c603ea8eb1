"""filrouge chat: the assistant in a terminal."""

import typer

import bot.composition.app
from bot.commands.stores import storage_faults
from config.settings import load

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def chat() -> None:
    """Talk with the assistant in this terminal."""
    settings = load()
    with storage_faults(settings):
        bot.composition.app.chat(settings)
