"""Files that travel with words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file, kept under the hexadecimal SHA-256 of its content. `size` is in bytes."""

    sha256: str
    name: str
    media_type: str
    size: int
