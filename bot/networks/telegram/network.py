"""The Telegram network: one bot, through which people are heard and written to."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from telegram import BotCommand
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.networks.telegram.api.backoff import Backoff
from bot.networks.telegram.api.client import ALLOWED_UPDATES, AskedToWait, make_client
from bot.networks.telegram.api.pace import GroupPace
from bot.networks.telegram.receiving.listening import Listener
from bot.networks.telegram.receiving.polling import Poller, RawUpdate, unreached
from bot.networks.telegram.receiving.update_reader import UpdateReader
from bot.networks.telegram.receiving.webhook import Handler, make_handler
from bot.networks.telegram.rooms.known_messages import KnownMessages
from bot.networks.telegram.rooms.topics import Topics
from bot.networks.telegram.sending.posting import Poster
from bot.networks.telegram.sending.speaking import Speaker
from bot.networks.telegram.settings import NETWORK, TelegramSettings, WebhookRefused, WrongToken
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.network import Capabilities, Leader, Operation, Outgoing, Receive
from bot.ports.remote_rooms import RemoteRooms

OPERATIONS = frozenset(Operation) - {Operation.SAY, Operation.INVITE}
ANSWERED_WITHIN_S = 10.0

_log = logging.getLogger(__name__)


class TelegramNetwork:
    """Updates are polled for, or brought to a webhook, as the settings say."""

    name = NETWORK

    def __init__(
        self,
        settings: TelegramSettings,
        remote_rooms: RemoteRooms,
        files: Files,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._client = make_client(settings.token, settings.base_url, settings.answers_within)
        pace = GroupPace(settings.group_per_minute)
        topics = Topics(self._client, remote_rooms, settings.forums, pace)
        poster = Poster(self._client, files, pace, settings.words)
        known_messages = KnownMessages(remote_rooms)
        self._speaker = Speaker(self._client, topics, poster, known_messages, settings.words)
        self._listener = Listener(
            self._client, settings, topics, remote_rooms, files, clock, known_messages
        )
        self._reader: UpdateReader | None = None
        self._is_set_up = False
        self._poller: Poller | None = None
        self._answering: set[asyncio.Task[None]] = set()
        self.capabilities = Capabilities(
            operations=OPERATIONS,
            # There may be one poller; any process that serves the webhook takes what it brings.
            leader=Leader.NOBODY if settings.webhook_url else Leader.RECEIVES,
        )

    @property
    def connected(self) -> bool:
        """Whether Telegram answered the last poll, or took the address of the webhook."""
        return self._is_set_up and (self._poller is None or self._poller.answered)

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Hand over what people do, until cancelled. Raises WrongToken, WebhookRefused.

        With a webhook, Telegram only gets its address; what comes there, `webhook` takes.
        """
        try:
            await self._connect()
            self._is_set_up = True
            if self._settings.webhook_url:
                await asyncio.Event().wait()
            hand_over = partial(self._hand_over, receive)
            self._poller = Poller(self._client, self._bot_id, self._settings, hand_over)
            await self._poller.run(cursor)
        finally:
            self._is_set_up, self._poller = False, None

    async def send(self, outgoing: Outgoing) -> str:
        """Do what is asked; return the message's remote id. Raises DeliveryError."""
        return await self._speaker.perform(outgoing)

    def webhook(self, receive: Receive) -> Handler:
        """The handler of the webhook's address: it answers 200 once an update is committed."""

        async def take(update: Mapping[str, Any]) -> None:
            await self._hand_over(receive, [update], None)

        return make_handler(self._settings.webhook_secret, take)

    async def close(self) -> None:
        """Close the connections; nothing may be sent after this."""
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

    async def _get_reader(self) -> UpdateReader:
        if self._reader is None:
            me = await self._client.get_me()
            self._reader = UpdateReader(self._bot_id, me.username or "")
        return self._reader

    async def _connect(self) -> None:
        """Learn who we are, set the menu of commands and how updates come; wait for Telegram."""
        backoff = Backoff(self._settings.pause, self._settings.longest_pause)
        while True:
            try:
                await self._get_reader()
                await self._set_up()
            except InvalidToken as error:
                raise WrongToken from error
            except AskedToWait as error:
                await backoff.wait(error.after)
            except TelegramError as error:
                await backoff.warn_and_wait(unreached(error))
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
            # One connection: what a person writes is committed in order.
            await self._client.set_webhook(
                settings.webhook_url,
                secret_token=settings.webhook_secret,
                max_connections=1,
                allowed_updates=ALLOWED_UPDATES,
            )
        except BadRequest as error:
            raise WebhookRefused from error

    async def _hand_over(
        self, receive: Receive, updates: Sequence[RawUpdate], cursor: str | None
    ) -> None:
        """Commit what people did and the cursor, then tell Telegram that taps were taken."""
        events = await self._listener.read(updates, await self._get_reader())
        await receive(events, cursor)
        for update in updates:
            query = update.get("callback_query")
            if query:
                task = asyncio.create_task(self._answer_tap(str(query["id"])))
                self._answering.add(task)
                task.add_done_callback(self._answering.discard)

    async def _answer_tap(self, query: str) -> None:
        """Make the tapped button stop turning. It is no loss if that fails."""
        try:
            async with asyncio.timeout(ANSWERED_WITHIN_S):
                await self._client.answer_callback_query(query)
        except (TelegramError, TimeoutError) as error:
            _log.debug("a tap could not be answered: %s", type(error).__name__)
