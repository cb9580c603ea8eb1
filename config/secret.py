"""The secret that cookies and forms are signed with, when the operator gives none."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

_NAME = "secret_key"
_BYTES = 48


def kept_secret(data_dir: Path) -> str:
    """The secret kept in the data folder, readable by its owner only; made there the first time.

    Processes that start together all get the same one.
    """
    path = data_dir / _NAME
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=data_dir, prefix=".", encoding="ascii") as made:
            made.write(secrets.token_urlsafe(_BYTES))
            made.flush()
            os.fsync(made.fileno())
            with suppress(FileExistsError):
                os.link(made.name, path)
    return path.read_text(encoding="ascii").strip()
