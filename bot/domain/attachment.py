"""Files that travel with words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file, kept in the data folder under the hexadecimal SHA-256 of its content. `size` in bytes."""

    sha256: str
    name: str
    media_type: str
    size: int
