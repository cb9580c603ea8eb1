"""Sends or edits one piece: words with buttons, or a file with words under it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest

from bot.domain.wording.markup import escape
from bot.networks.telegram.api.client import AskedToWait, Client
from bot.networks.telegram.api.failures import has_phrase
from bot.networks.telegram.api.formatting import Part, parts
from bot.networks.telegram.api.pace import GroupPace
from bot.networks.telegram.rooms.remote_ids import Spot
from bot.networks.telegram.sending.composing import Piece
from bot.networks.telegram.settings import TelegramWords
from bot.ports.files import Files
from bot.ports.network import Choice

HTML = "HTML"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_BAD_MARKS = "can't parse entities"

Call = Callable[..., Awaitable[Any]]


class Poster:
    """Sends and edits single messages. Raises the library's errors (TelegramError)."""

    def __init__(self, client: Client, files: Files, pace: GroupPace, words: TelegramWords) -> None:
        self._client = client
        self._files = files
        self._pace = pace
        self._words = words

    def reserve(self, here: Spot, count: int) -> None:
        """Count `count` messages to be sent or edited there now. Raises RetryLater if too many."""
        self._pace.take(here.chat, count)

    async def post(self, piece: Piece, here: Spot, answers: int | None) -> int:
        """Send a piece, as a reply to `answers` if that message still exists; return its id."""
        where: dict[str, Any] = {
            "chat_id": here.chat,
            "message_thread_id": here.topic,
            "reply_markup": keyboard(piece.choices),
        }
        if answers is not None:
            where["reply_parameters"] = ReplyParameters(answers, allow_sending_without_reply=True)
        content = await self._read_file(piece)
        if content is None:
            text = self._without_file(piece)
            sent = await self._call(here, self._client.send_message, "text", text, where)
        else:
            where["document"] = content
            call = self._client.send_document
            sent = await self._call(here, call, "caption", piece.part, where)
        assert isinstance(sent, Message)  # noqa: S101  the library's return type says no more
        return sent.message_id

    async def edit(
        self, here: Spot, message: int, piece: Piece, *, under_file: bool = False
    ) -> None:
        """Replace the buttons and the words of a message, or the words under its file."""
        buttons = keyboard(piece.choices)
        where = {"chat_id": here.chat, "message_id": message, "reply_markup": buttons}
        client, field = self._client, "caption" if under_file else "text"
        call = client.edit_message_caption if under_file else client.edit_message_text
        try:
            await self._call(here, call, field, piece.part, where)
        except BadRequest as error:
            if not has_phrase(error, "message is not modified"):
                raise

    async def _call(
        self, here: Spot, call: Call, field: str, part: Part, where: dict[str, Any]
    ) -> Any:
        """Call with the words in HTML, or in plain text if Telegram cannot read the HTML."""
        if field == "text":
            where = where | {"link_preview_options": NO_PREVIEW}
        try:
            try:
                return await call(**where, **{field: part.html}, parse_mode=HTML)
            except BadRequest as error:
                if not has_phrase(error, _BAD_MARKS):
                    raise
                return await call(**where, **{field: part.plain})
        except AskedToWait as error:
            self._pace.hold(here.chat, error.after)
            raise

    def _without_file(self, piece: Piece) -> Part:
        """The words of a piece and, if its file is no longer kept, a sentence that says so."""
        if piece.file is None:
            return piece.part
        gone = parts(self._words.file_gone.format(name=escape(piece.file.name)))[0]
        if not piece.part.plain:
            return gone
        return replace(
            piece.part,
            html=f"{piece.part.html}\n{gone.html}",
            plain=f"{piece.part.plain}\n{gone.plain}",
        )

    async def _read_file(self, piece: Piece) -> InputFile | None:
        path = self._files.path(piece.file.sha256) if piece.file else None
        if piece.file is None or path is None:
            return None
        content = await asyncio.to_thread(path.read_bytes)
        return InputFile(content, filename=piece.file.name)


def keyboard(choices: tuple[Choice, ...]) -> InlineKeyboardMarkup | None:
    """The buttons, one under the other: labels are sentences."""
    if not choices:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(choice.label, callback_data=choice.key)] for choice in choices]
    )
