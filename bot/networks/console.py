"""The console: a conversation in a terminal."""

import asyncio
import logging
import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TextIO

from bot.domain.conversations import ConversationRef
from bot.domain.wording.markup import plain
from bot.ports.clock import Clock
from bot.ports.network import Capabilities, Choice, Incoming, Outgoing, Receive

NETWORK = "console"
CONVERSATION = ConversationRef(NETWORK, "terminal")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class ConsoleNetwork:
    """One conversation, the same from one session to the next: each line read is said by the
    person, each message is printed. An event's key is the session's identifier and a count.
    """

    source: TextIO
    sink: TextIO
    clock: Clock
    retry_after: timedelta = timedelta(seconds=1)
    _session: str = field(init=False, default_factory=partial(secrets.token_hex, 8))
    _choices: Sequence[Choice] = field(init=False, default=())
    _shown: set[str] = field(init=False, default_factory=set)
    _count: int = field(init=False, default=0)
    name = NETWORK
    connected = True
    capabilities = Capabilities(idempotent=True)

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Hand over each line, until cancelled or at the end of the input."""
        lines: asyncio.Queue[str] = asyncio.Queue()
        self._start_reading(lines, asyncio.get_running_loop())
        while line := await lines.get():
            words = _CONTROL.sub("", line).strip()
            if words:
                await self._hand_over(self._event(words), receive)

    async def send(self, outgoing: Outgoing) -> str:
        """Print the message with its choices numbered, once for its key."""
        if outgoing.key not in self._shown:
            self._shown.add(outgoing.key)
            self.sink.write(_as_printed(outgoing))
            self.sink.flush()
            if outgoing.choices:
                self._choices = outgoing.choices
        return outgoing.key

    def _event(self, words: str) -> Incoming:
        self._count += 1
        chosen = self._find_choice(words)
        return Incoming(
            conversation=CONVERSATION,
            key=f"{self._session}:{self._count}",
            sender=CONVERSATION.name,
            at=self.clock.now(),
            text=chosen.label if chosen else words,
            choice=chosen.key if chosen else None,
        )

    def _find_choice(self, words: str) -> Choice | None:
        """The choice, among those shown last, whose number or label was typed."""
        for number, choice in enumerate(self._choices, 1):
            if words in {str(number), choice.label} or words.casefold() == choice.label.casefold():
                return choice
        return None

    async def _hand_over(self, event: Incoming, receive: Receive) -> None:
        while True:
            try:
                return await receive([event], None)
            except Exception as error:
                _log.warning("A line could not be handed over: %s", type(error).__name__)
                await asyncio.sleep(self.retry_after.total_seconds())

    def _start_reading(self, lines: asyncio.Queue[str], loop: asyncio.AbstractEventLoop) -> None:
        def read() -> None:
            line = "start"
            while line:
                line = self.source.readline()
                try:
                    loop.call_soon_threadsafe(lines.put_nowait, line)
                except RuntimeError:
                    return  # The loop was closed while the person was typing.

        # A daemon: a person who never presses Enter must not keep the program from ending.
        threading.Thread(target=read, name="console", daemon=True).start()


def _as_printed(outgoing: Outgoing) -> str:
    """The message as a terminal shows it; control characters could drive the terminal."""
    author = f"{outgoing.author}\u00a0: " if outgoing.author else ""
    lines = [f"{author}{plain(outgoing.text)}"]
    if outgoing.attachment:
        lines.append(f"[{outgoing.attachment.name}]")
    lines += [f"  {number}. {choice.label}" for number, choice in enumerate(outgoing.choices, 1)]
    return "\n" + _CONTROL.sub("", "\n".join(lines)) + "\n\n"
