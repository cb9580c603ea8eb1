"""Telegram as a network: takes updates, hands over what people do, does what messages ask."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import BotCommand
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.networks.telegram.api.client import ALLOWED_UPDATES, AskedToWait, client
from bot.networks.telegram.api.errors import WebhookRefused, WrongToken
from bot.networks.telegram.api.pace import GroupPace
from bot.networks.telegram.api.pauses import Pauses
from bot.networks.telegram.receiving.listening import Listener
from bot.networks.telegram.receiving.polling import Poller, RawUpdate
from bot.networks.telegram.receiving.update_reader import NETWORK, UpdateReader
from bot.networks.telegram.receiving.webhook import Handler, handler
from bot.networks.telegram.rooms.known_messages import Whereabouts
from bot.networks.telegram.rooms.topics import Topics
from bot.networks.telegram.sending.posting import Poster
from bot.networks.telegram.sending.speaking import Speaker
from bot.networks.telegram.settings import TelegramSettings
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.network import Capabilities, Leader, Operation, Outgoing, Receive
from bot.ports.remote_rooms import RemoteRooms

ACTS = frozenset({Operation.EDIT, Operation.DELETE, Operation.REACT, Operation.REFRESH})
ANSWERED_WITHIN_S = 10.0

_log = logging.getLogger(__name__)


class TelegramNetwork:
    """One bot. Updates are polled for, or brought to a webhook, as the settings say."""

    name = NETWORK

    def __init__(
        self,
        settings: TelegramSettings,
        seats: RemoteRooms,
        files: Files,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._client = client(settings.token, settings.base_url, settings.answers_within)
        pace = GroupPace(settings.group_per_minute)
        topics = Topics(self._client, seats, settings.forums, pace)
        poster = Poster(self._client, files, pace, settings.words)
        whereabouts = Whereabouts(seats)
        self._speaker = Speaker(self._client, topics, poster, whereabouts, settings.words)
        self._listener = Listener(
            self._client,
            settings,
            topics,
            seats=seats,
            files=files,
            clock=clock,
            whereabouts=whereabouts,
        )
        self._reader: UpdateReader | None = None
        self._answering: set[asyncio.Task[None]] = set()
        self.capabilities = Capabilities(
            operations=ACTS,
            # Telegram has one poller, or brings to whoever serves the webhook.
            leader=Leader.NOBODY if settings.webhook_url else Leader.RECEIVES,
        )

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Hand over what people do, until cancelled. Raises WrongToken, WebhookRefused.

        With a webhook, it is only told to Telegram here; `webhook` takes what comes.
        """
        await self._connect()
        if self._settings.webhook_url:
            await asyncio.Event().wait()

        async def hand_over(updates: Sequence[RawUpdate], next_cursor: str) -> None:
            await self._hand_over(updates, next_cursor, receive)

        poller = Poller(self._client, self._bot_id, self._settings, hand_over)
        await poller.run(cursor)

    async def send(self, outgoing: Outgoing) -> str:
        """Do what the message asks, and return its remote id. Raises DeliveryError."""
        return await self._speaker.perform(outgoing)

    def webhook(self, receive: Receive) -> Handler:
        """What answers POST at the webhook's address: 200 once an update is committed."""

        async def take(update: Mapping[str, Any]) -> None:
            await self._hand_over([update], None, receive)

        return handler(self._settings.webhook_secret, take)

    async def close(self) -> None:
        """Let go of the connections, once nothing is sent any more."""
        if self._answering:
            await asyncio.wait(self._answering)
        await self._client.request.shutdown()

    @property
    def _bot_id(self) -> int:
        """A token begins with the bot's id."""
        number = self._settings.token.partition(":")[0]
        if not number.isdecimal():
            raise WrongToken
        return int(number)

    async def _identity(self) -> UpdateReader:
        if self._reader is None:
            me = await self._client.get_me()
            self._reader = UpdateReader(self._bot_id, me.username or "")
        return self._reader

    async def _connect(self) -> None:
        """Say who we are, which commands there are, and how updates come; wait for Telegram."""
        pauses = Pauses(self._settings.pause, self._settings.longest_pause)
        said = ""
        while True:
            try:
                await self._identity()
                await self._set_up()
            except InvalidToken as error:
                raise WrongToken from error
            except AskedToWait as error:
                await pauses.wait(error.after)
            except TelegramError as error:
                if said != (said := type(error).__name__):
                    _log.warning("Telegram cannot be reached (%s); trying again", said)
                await pauses.wait()
            else:
                return

    async def _set_up(self) -> None:
        settings = self._settings
        commands = [BotCommand(name, description) for name, description in settings.commands]
        try:
            await self._client.set_my_commands(commands)
        except BadRequest as error:
            _log.error("Telegram refuses the menu of commands: %s", error.message)
        if not settings.webhook_url:
            await self._client.delete_webhook()
            return
        try:
            # One at a time: what a person writes is committed in order.
            await self._client.set_webhook(
                settings.webhook_url,
                secret_token=settings.webhook_secret,
                max_connections=1,
                allowed_updates=ALLOWED_UPDATES,
            )
        except BadRequest as error:
            raise WebhookRefused from error

    async def _hand_over(
        self, updates: Sequence[RawUpdate], cursor: str | None, receive: Receive
    ) -> None:
        """Events and cursor are committed when this returns; then taps are answered."""
        events = await self._listener.events(updates, await self._identity())
        await receive(events, cursor)
        for update in updates:
            query = update.get("callback_query")
            if query:
                task = asyncio.create_task(self._answer(str(query["id"])))
                self._answering.add(task)
                task.add_done_callback(self._answering.discard)

    async def _answer(self, query: str) -> None:
        """The tapped button stops turning. It is no loss if that fails."""
        try:
            async with asyncio.timeout(ANSWERED_WITHIN_S):
                await self._client.answer_callback_query(query)
        except (TelegramError, TimeoutError) as error:
            _log.debug("a tap could not be answered: %s", type(error).__name__)
