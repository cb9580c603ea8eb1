"""Brings the files that people send to where files lie."""

import asyncio
import logging
from collections.abc import AsyncIterator

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.domain.attachment import Attachment
from bot.networks.telegram.api.client import Client
from bot.networks.telegram.api.failures import says
from bot.networks.telegram.api.pauses import Pauses
from bot.networks.telegram.receiving.contents import TelegramFile
from bot.networks.telegram.settings import TelegramSettings
from bot.ports.files import FileRefused, Files

TRIES = 6
PIECE = 65_536

_REFUSED = {"type": "refused_type", "size": "too_large", "empty": "unreadable"}
_log = logging.getLogger(__name__)


class NotTaken(Exception):
    """A file that cannot be taken."""

    def __init__(self, kind: str) -> None:
        """`kind` is one of `bot.ports.network.OTHER`."""
        super().__init__(kind)
        self.kind = kind


async def fetched(
    file: TelegramFile, client: Client, files: Files, settings: TelegramSettings
) -> Attachment:
    """The file, kept. Raises NotTaken."""
    content = await _content(file, client, Pauses(settings.pause, settings.longest_pause))
    try:
        return await files.keep(file.name, file.media_type, _pieces(content))
    except FileRefused as error:
        raise NotTaken(_REFUSED.get(error.reason, "refused_type")) from error


async def _content(file: TelegramFile, client: Client, pauses: Pauses) -> bytes:
    """What is in the file. One that is never given up to us must not hold up what follows."""
    for number in range(1, TRIES + 1):
        try:
            remote = await client.get_file(file.id)
            return bytes(await remote.download_as_bytearray())
        except (BadRequest, Forbidden) as error:
            raise NotTaken("too_large" if says(error, "too big") else "unreadable") from error
        except TelegramError as error:
            _log.warning("a file could not be fetched (try %d): %s", number, type(error).__name__)
            if number < TRIES:
                await pauses.wait()
    raise NotTaken("unreadable")


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
        await asyncio.sleep(0)
