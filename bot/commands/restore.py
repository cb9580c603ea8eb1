"""filrouge restore: puts back the database and the data folder from a backup."""

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.archive import ATTACHMENTS, DATA, DATABASE, FORMAT, Manifest, unpack
from bot.commands.dumps import holds_data, kind_of, load_dump
from bot.commands.faults import CommandError
from bot.commands.stores import describe_database, report_storage_faults
from config.data_folder import make_data_folder
from config.settings import Settings, load
from storage.migrations import revisions

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A file that `filrouge backup` wrote.")
    ],
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Replace the database and the files that are there: they are lost."
        ),
    ] = False,
) -> None:
    """Put back the database and the data folder from a backup. Stop the service first."""
    settings = load()
    make_data_folder(settings.data_dir)
    # On the disk of the data folder, so that what was extracted only has to be renamed.
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.data_dir) as folder:
        manifest = unpack(file, Path(folder))
        _check(manifest, settings)
        if not force:
            _refuse_to_overwrite(settings)
        with report_storage_faults(settings):
            load_dump(settings.database_url, Path(folder) / DATABASE)
        _replace_files(Path(folder) / DATA, settings.data_dir, Path(folder) / "replaced")
    typer.echo(
        f"restored what was saved on {manifest.made_at}, by version {manifest.program}:"
        f" {describe_database(settings.database_url)}; the service can start"
    )


def _refuse_to_overwrite(settings: Settings) -> None:
    if holds_data(settings.database_url):
        raise CommandError("there is a database already; --force replaces it and the files")
    attachments = settings.data_dir / ATTACHMENTS
    if attachments.is_dir() and any(attachments.iterdir()):
        raise CommandError(f"there are files already in {attachments}; --force replaces them")


def _check(manifest: Manifest, settings: Settings) -> None:
    known, _ = revisions()
    if manifest.format > FORMAT or manifest.revision not in known:
        raise CommandError(
            f"the backup was made by a newer version of Fil Rouge ({manifest.program});"
            " restore it with that version"
        )
    kind = kind_of(settings.database_url)
    if manifest.kind != kind:
        raise CommandError(f"the backup is of a {manifest.kind} database, this one is {kind}")


def _replace_files(saved: Path, data_dir: Path, replaced: Path) -> None:
    """Put what was saved in the place of what is there. Present attachments go in any case."""
    replaced.mkdir()
    saved.mkdir(exist_ok=True)
    for name in sorted({ATTACHMENTS, *(entry.name for entry in saved.iterdir())}):
        if (data_dir / name).exists():
            shutil.move(data_dir / name, replaced / name)
        if (saved / name).exists():
            shutil.move(saved / name, data_dir / name)
