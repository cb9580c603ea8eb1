"""Packs and unpacks backups: a compressed file with a manifest, the database, the data folder."""

import gzip
import json
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from bot.commands.faults import CommandError

FORMAT = 1
MANIFEST, DATABASE, DATA = "manifest.json", "database", "data"
ATTACHMENTS = "files"
"""The folder, in the data folder, of files that never change once they have their names."""

# Databases are dumped, not copied; files that begin with a dot are being written.
_LEFT_OUT = ("*.sqlite3", "*.sqlite3-wal", "*.sqlite3-shm", "*.lock", ".*", "*.restored")
_SIDECARS = ("-wal", "-shm", "-journal")
_SQLITE = b"SQLite format 3\0"
_DAMAGED = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError, TypeError)
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of. `revision` is the version of the tables, `program` that of Fil Rouge,
    `kind` the kind of database.
    """

    format: int
    program: str
    revision: str
    kind: str
    made_at: str


def pack(
    target: Path, manifest: Manifest, dump: Path, data_dir: Path, left_out: Collection[Path]
) -> int:
    """Write the backup, readable by its owner only; return the count of the data folder's files.

    `left_out` are the files of the database, which the dump stands for. The dump was made before:
    a file that it names is in the folder by now, and files are whole once they have their names.
    """
    beside = target.with_name(f".{target.name}")
    described = dump.with_name(MANIFEST)
    described.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    try:
        beside.touch(mode=0o600)
        with tarfile.open(beside, "w:gz", compresslevel=6) as archive:
            archive.add(described, MANIFEST)
            archive.add(dump, DATABASE)
            kept = 0
            for path in _files_to_keep(data_dir, {path.resolve() for path in (target, *left_out)}):
                within = path.relative_to(data_dir)
                # It may have been erased since it was listed.
                with suppress(FileNotFoundError):
                    whole = path
                    if within.parts[0] != ATTACHMENTS and _is_sqlite(path):
                        whole = sqlite_copy(path, dump.with_name("copied"))
                    archive.add(whole, f"{DATA}/{within}", recursive=False)
                    kept += 1
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return kept


def sqlite_copy(source: Path, target: Path) -> Path:
    """Copy an SQLite database in one consistent state, while others write; return `target`, which
    gets the permissions of `source`. Raises CommandError.
    """
    target.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(source)) as written, closing(sqlite3.connect(target)) as copy:
            written.backup(copy)
            # The copy is one file: it must not need a log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise CommandError(f"{source}: {error}") from error
    shutil.copymode(source, target)
    return target


def unpack(source: Path, folder: Path) -> Manifest:
    """Extract the backup into an empty folder. Raises CommandError if it is not one of ours."""
    try:
        with gzip.open(source) as content:
            with tarfile.open(fileobj=content, mode="r:") as archive:
                for member in archive:
                    _extract(archive, member, folder)
            # Read to the very end, where the checksum is.
            while content.read(_MEGABYTE):
                pass
        described = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**described)
    except _DAMAGED as error:
        raise CommandError(f"{source}: not a backup of Fil Rouge, or damaged") from error
    except FileNotFoundError as error:
        if error.filename == str(source):
            raise
        raise CommandError(f"{source}: not a backup of Fil Rouge") from error
    if not (folder / DATABASE).is_file():
        raise CommandError(f"{source}: the backup has no database in it")
    return manifest


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file of a backup; ValueError for anything else that a tar file may hold."""
    path = PurePosixPath(member.name)
    ours = member.name in {MANIFEST, DATABASE} or path.parts[:1] == (DATA,)
    content = archive.extractfile(member) if member.isreg() else None
    if not ours or ".." in path.parts or content is None:
        raise ValueError(member.name)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(content, file)
    target.chmod(member.mode & 0o700)


def _files_to_keep(data_dir: Path, left_out: Collection[Path]) -> Iterator[Path]:
    for path in sorted(data_dir.rglob("*")):
        passing = any(path.match(pattern) for pattern in _LEFT_OUT) or _is_sidecar(path)
        if path.is_file() and not passing and path.resolve() not in left_out:
            yield path


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _is_sidecar(path: Path) -> bool:
    """Whether SQLite keeps it beside a database that is in use: the copy needs none of these."""
    beside = (path.name.removesuffix(end) for end in _SIDECARS if path.name.endswith(end))
    return any(path.with_name(name).is_file() for name in beside)
