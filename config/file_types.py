"""The types of files that can be accepted, and how their contents begin (file_types.toml)."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from config.errors import ConfigError
from config.strict_toml import nearest, read_toml

SHIPPED = Path(__file__).with_name("file_types.toml")


class FileSignature(NamedTuple):
    """The media types of a file, and how its content may begin (empty: any content)."""

    media_types: tuple[str, ...]
    beginnings: tuple[bytes, ...]


def load_file_types(extensions: Sequence[str]) -> dict[str, FileSignature]:
    """The types of files with these extensions (without dot), by extension with dot.

    Raises ConfigError, which names each unknown extension.
    """
    known = read_toml(SHIPPED)
    faults = [
        f"web.upload_types: unknown type “{name}”; did you mean “{nearest(name, known)}”?"
        for name in extensions
        if name not in known
    ]
    if faults:
        raise ConfigError(faults)
    return {
        f".{name}": FileSignature(
            tuple(known[name]["media_types"]),
            tuple(bytes.fromhex(beginning) for beginning in known[name]["beginnings"]),
        )
        for name in extensions
    }
