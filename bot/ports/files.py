"""Where attachments lie: files named by the hash of their content."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from bot.domain.attachment import Attachment


class FileRefused(Exception):
    """The file is not of an accepted type or size."""

    def __init__(self, reason: str) -> None:
        """`reason` is "type", "size" or "empty"."""
        super().__init__(reason)
        self.reason = reason


class Files(Protocol):
    """The data folder of attachments."""

    async def keep(self, name: str, media_type: str, content: AsyncIterator[bytes]) -> Attachment:
        """Store the content (flushed to the disk) and return what it is. Raises FileRefused.

        The type is checked by extension and by the first bytes; the name is stripped of any path.
        """

    def path(self, sha256: str) -> Path | None:
        """Where the content lies, or None if it does not."""
