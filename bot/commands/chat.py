"""filrouge chat: the assistant in a terminal."""

import typer

import bot.composition.app
from bot.commands.stores import report_storage_faults
from config.settings import load

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def chat() -> None:
    """Talk with the assistant in this terminal, as an élu would; Ctrl-D ends."""
    settings = load()
    with report_storage_faults(settings):
        bot.composition.app.chat(settings)
