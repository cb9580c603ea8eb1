"""filrouge themes: the vocabulary by which themes are recognised."""

from pathlib import Path
from typing import Annotated

import typer

import config
from bot.commands.faults import CommandError
from config.themes_prepared import PREPARED, pack, prepare
from config.themes_written import VocabularyError, written_files

app = typer.Typer(add_completion=False, rich_markup_mode=None)
PACKAGED = Path(config.__file__).parent / "themes" / PREPARED


@app.callback()
def themes() -> None:
    """The vocabulary by which themes are recognised."""


@app.command("prepare")
def prepare_files(
    target: Annotated[Path, typer.Option(help="The file to write.")] = PACKAGED,
) -> None:
    """Rebuild the packaged vocabulary.

    To be done each time the files of config/themes were edited.
    """
    try:
        prepared = prepare(written_files())
    except VocabularyError as error:
        raise CommandError(str(error)) from error
    packed = pack(prepared)
    target.write_bytes(packed)
    typer.echo(f"{target}: {len(prepared.phrases.signs)} expressions, {len(packed)} bytes")
