"""Keeps a secret in a folder, such as the one that signs cookies when the operator gives none."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

_NAME = "secret_key"
_BYTES = 48


def find_or_make_secret(folder: Path) -> str:
    """The secret kept in the folder, readable by its owner only; made there the first time.

    Processes that start together all get the same one.
    """
    path = folder / _NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=folder, prefix=".", encoding="ascii") as made:
            made.write(secrets.token_urlsafe(_BYTES))
            made.flush()
            os.fsync(made.fileno())
            with suppress(FileExistsError):
                os.link(made.name, path)
    return path.read_text(encoding="ascii").strip()
