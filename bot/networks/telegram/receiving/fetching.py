"""Downloads the files that people send."""

import asyncio
import logging
from collections.abc import AsyncIterator

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.domain.attachment import Attachment
from bot.networks.telegram.api.backoff import Backoff
from bot.networks.telegram.api.client import Client
from bot.networks.telegram.api.failures import has_phrase
from bot.networks.telegram.receiving.contents import TelegramFile
from bot.networks.telegram.settings import TelegramSettings
from bot.ports.files import FileRefused, Files

TRIES = 6
PIECE = 65_536

_REFUSED = {"type": "refused_type", "size": "too_large", "empty": "unreadable"}
_log = logging.getLogger(__name__)


async def fetch(
    file: TelegramFile, client: Client, files: Files, settings: TelegramSettings
) -> Attachment | str:
    """Keep the file in our folder; return it, or why it is not kept: one of `OTHER_CONTENT`."""
    content = await _download(file, client, Backoff(settings.pause, settings.longest_pause))
    if isinstance(content, str):
        return content
    try:
        return await files.keep(file.name, file.media_type, _pieces(content))
    except FileRefused as error:
        return _REFUSED.get(error.reason, "refused_type")


async def _download(file: TelegramFile, client: Client, pauses: Backoff) -> bytes | str:
    """The content of the file, or why it cannot be had. Tries are few: more was said after it."""
    for number in range(1, TRIES + 1):
        try:
            remote = await client.get_file(file.id)
            return bytes(await remote.download_as_bytearray())
        except (BadRequest, Forbidden) as error:
            return "too_large" if has_phrase(error, "too big") else "unreadable"
        except TelegramError as error:
            _log.warning("a file could not be fetched (try %d): %s", number, type(error).__name__)
            if number < TRIES:
                await pauses.wait()
    return "unreadable"


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
        await asyncio.sleep(0)
