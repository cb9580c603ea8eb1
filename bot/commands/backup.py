"""filrouge backup: the database and the data folder in one file."""

import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.archive import FORMAT, Manifest, pack
from bot.commands.dumps import dump, files_of, kind_of
from bot.commands.faults import CommandError
from bot.commands.stores import describe_database, utc_now
from config.settings import load

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to write, such as filrouge.tar.gz.")
    ],
) -> None:
    """Write the database and the data folder to FILE. The service may be running."""
    settings = load()
    if file.exists():
        raise CommandError(f"{file} exists already; choose another name")
    if not file.parent.is_dir():
        raise CommandError(f"there is no folder {file.parent}")
    with tempfile.TemporaryDirectory(prefix="filrouge-") as folder:
        dumped = Path(folder) / "database"
        revision = dump(settings.database_url, dumped)
        manifest = Manifest(
            format=FORMAT,
            program=version("filrouge"),
            revision=revision,
            kind=kind_of(settings.database_url),
            made_at=utc_now().isoformat(timespec="seconds"),
        )
        left_out = files_of(settings.database_url)
        files = pack(file, manifest, dumped, settings.data_dir, left_out)
    database = describe_database(settings.database_url)
    size = f"{file.stat().st_size} bytes"
    typer.echo(f"{file}: {size}; the database ({database}) and {files} of the data folder's files")
