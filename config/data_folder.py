"""The folder where the service keeps what is not in the database."""

import os
from pathlib import Path

from config.errors import ConfigError


def make_data_folder(data_dir: Path) -> Path:
    """Make the folder, closed to others, if there is none. Raises ConfigError if nothing can be
    written there.
    """
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(_fault(data_dir, f"cannot be made: {error.strerror}")) from error
    if not os.access(data_dir, os.W_OK | os.X_OK):
        raise ConfigError(_fault(data_dir, "cannot be written to"))
    return data_dir


def _fault(data_dir: Path, why: str) -> str:
    return f"data_dir: {data_dir} {why}; name a folder in which this user may write"
