"""Sends files to the server and fetches them from it, encrypted where the room is."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from nio.crypto.attachments import decrypt_attachment, encrypt_attachment
from nio.exceptions import EncryptionError

from bot.domain.attachment import Attachment
from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import MALFORMED, RequestRefused
from bot.networks.matrix.messages.events import MatrixFile
from bot.ports.files import FileRefused, Files
from bot.ports.network import Refused, RetryLater

_TRIES = 3
_LONGEST_PAUSE_S = 5.0
_MOST_BYTES = 64 * 1024 * 1024
"""The largest encrypted file that is read: it has to be whole in memory to be decrypted."""

_REASONS = {"type": "refused_type", "size": "too_large", "empty": "other"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class FileTransfers:
    """Copies files between our folder and the server."""

    account: Account
    files: Files

    async def upload(self, attachment: Attachment, *, encrypted: bool) -> dict[str, Any]:
        """Put the file on the server; return the part of a message's content that shows it."""
        found = self.files.path(attachment.sha256)
        if found is None:
            raise Refused("The file is not there any more.")
        data, media_type = await asyncio.to_thread(found.read_bytes), attachment.media_type
        where: dict[str, Any]
        if encrypted:
            data, keys = await asyncio.to_thread(encrypt_attachment, data)
            mxc = await self.account.server.upload(data, "application/octet-stream")
            where = {"file": {**keys, "url": mxc}}
        else:
            where = {"url": await self.account.server.upload(data, media_type)}
        return {
            **where,
            "msgtype": "m.image" if media_type.startswith("image/") else "m.file",
            "filename": attachment.name,
            "info": {"mimetype": media_type, "size": attachment.size},
        }

    async def fetch(self, remote: MatrixFile) -> Attachment | str:
        """Keep the file in our folder; return it, or why it is not kept: one of `OTHER_CONTENT`."""
        for _ in range(_TRIES):
            try:
                return await self.files.keep(remote.name, remote.media_type, self._read(remote))
            except FileRefused as error:
                return _REASONS.get(error.reason, "other")
            except RetryLater as error:
                # What was said after it must not wait for ever for a file.
                await asyncio.sleep(min(_LONGEST_PAUSE_S, error.after.total_seconds()))
            except (RequestRefused, EncryptionError, *MALFORMED) as error:
                _log.warning("A file could not be read: %s", type(error).__name__)
                return "other"
        return "other"

    async def _read(self, remote: MatrixFile) -> AsyncIterator[bytes]:
        chunks = self.account.server.download(remote.mxc)
        if remote.secret is None:
            async for chunk in chunks:
                yield chunk
            return
        sealed = bytearray()
        async for chunk in chunks:
            sealed += chunk
            if len(sealed) > _MOST_BYTES:
                raise FileRefused("size")
        secret = remote.secret
        yield await asyncio.to_thread(
            decrypt_attachment,
            bytes(sealed),
            secret["key"]["k"],
            secret["hashes"]["sha256"],
            secret["iv"],
        )
