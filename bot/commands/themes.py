"""filrouge themes: the vocabulary by which themes are recognised."""

from pathlib import Path
from typing import Annotated

import typer

import config
from bot.commands import command_group
from config.themes_prepared import PREPARED, pack, prepare
from config.themes_written import written_files

app = command_group("The vocabulary by which themes are recognised.")
PACKAGED = Path(config.__file__).parent / "themes" / PREPARED


@app.command("prepare")
def prepare_files(
    target: Annotated[Path, typer.Option(help="The file to write.")] = PACKAGED,
) -> None:
    """Rebuild the packaged vocabulary.

    To be done each time the files of config/themes were edited.
    """
    prepared = prepare(written_files())
    packed = pack(prepared)
    target.write_bytes(packed)
    typer.echo(f"{target}: {len(prepared.expressions.signs)} expressions, {len(packed)} bytes")
