"""filrouge themes: the vocabulary of themes."""

from pathlib import Path
from typing import Annotated

import typer

import config
from bot.commands.faults import CommandError
from config.themes_prepared import PREPARED, pack, prepare
from config.themes_written import VocabularyError, written_files

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, help="The vocabulary of themes: how it is made."
)
PACKAGED = Path(config.__file__).parent / "themes" / PREPARED


@app.callback()
def themes() -> None:
    """The vocabulary of themes: how it is made."""


@app.command("prepare")
def prepare_files(
    target: Annotated[Path, typer.Option(help="The file to write.")] = PACKAGED,
) -> None:
    """Make the packaged form of the vocabulary, after its files were edited."""
    try:
        prepared = prepare(written_files())
    except VocabularyError as error:
        raise CommandError(str(error)) from error
    packed = pack(prepared)
    target.write_bytes(packed)
    typer.echo(f"{target}: {len(prepared.expressions.signs)} expressions, {len(packed)} bytes")
