"""The data folder of attachments: files named by the hash of their content.

A file is complete as soon as it bears its name: it is written beside, flushed, then renamed.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from bot.domain.attachment import Attachment
from bot.ports.files import FileRefused

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 120
# Enough of the beginning to recognise any type.
_HEAD = 16


@dataclass(frozen=True, slots=True)
class FileType:
    """An accepted type: the media types it is announced under, and how such files may begin.

    No beginnings means that any content is taken (plain text has none).
    """

    media_types: tuple[str, ...]
    beginnings: tuple[bytes, ...] = ()


class DataFolder:
    """Where attachments lie. `accepted` maps an extension (".pdf", lower case) to its type."""

    def __init__(self, folder: Path, accepted: Mapping[str, FileType], max_size: int) -> None:
        """`max_size` is in bytes."""
        self._folder = folder
        self._accepted = accepted
        self._max_size = max_size

    async def keep(self, name: str, media_type: str, content: AsyncIterator[bytes]) -> Attachment:
        """Store the content (flushed to the disk) and return what it is. Raises FileRefused."""
        name = _bare(name)
        expected = self._accepted.get(Path(name).suffix.lower())
        media_type = media_type.partition(";")[0].strip().lower()
        if expected is None or media_type not in expected.media_types:
            raise FileRefused("type")
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as beside:
            try:
                digest, size = await self._copy(content, beside, expected)
                await asyncio.to_thread(self._name, beside, digest)
            except BaseException:
                _discard(beside)
                raise
        return Attachment(digest, name, media_type, size)

    def path(self, sha256: str) -> Path | None:
        """Where the content lies, or None if it does not."""
        if not _DIGEST.fullmatch(sha256):
            return None
        path = self._place(sha256)
        return path if path.is_file() else None

    async def _copy(
        self, content: AsyncIterator[bytes], beside: IO[bytes], expected: FileType
    ) -> tuple[str, int]:
        """Write the content as it comes; its hash and size. Refuses as soon as it can."""
        digest, size, head = sha256(), 0, b""
        async for piece in content:
            size += len(piece)
            if size > self._max_size:
                raise FileRefused("size")
            if len(head) < _HEAD:
                head += piece[: _HEAD - len(head)]
            digest.update(piece)
            await asyncio.to_thread(beside.write, piece)
        if not size:
            raise FileRefused("empty")
        if expected.beginnings and not head.startswith(expected.beginnings):
            raise FileRefused("type")
        return digest.hexdigest(), size

    def _name(self, beside: IO[bytes], digest: str) -> None:
        beside.flush()
        os.fsync(beside.fileno())
        place = self._place(digest)
        place.parent.mkdir(exist_ok=True)
        Path(beside.name).replace(place)
        _flush_folder(place.parent)
        _flush_folder(self._folder)

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def _bare(name: str) -> str:
    """The last part of a path of any system, without control characters, not too long."""
    last = re.split(r"[/\\]", name)[-1]
    last = "".join(c for c in last if c.isprintable()).strip(" .")
    stem, suffix = Path(last).stem, Path(last).suffix
    return stem[: _LONGEST_NAME - len(suffix)] + suffix


def _discard(beside: IO[bytes]) -> None:
    Path(beside.name).unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """A rename is lasting once its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
