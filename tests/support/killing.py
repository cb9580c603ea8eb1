"""Kills the program (SIGKILL) at the N-th passage of a boundary.

The program itself knows nothing of it: seams of the running program are wrapped from here.
"""

import os
import signal
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any

from sqlalchemy import Table, event

from bot.networks.email.network import EmailNetwork
from bot.networks.matrix.network import MatrixNetwork
from bot.networks.telegram.network import TelegramNetwork
from bot.networks.web.network import WebNetwork
from bot.ports.message_queue import Waiting
from bot.ports.network import Network, Outgoing
from handlers.followups import sending
from storage.database.transactions import Transactions
from storage.networks.web_chat import SqlChat
from storage.queue import inbox
from storage.queue.message_queue import SqlMessageQueue
from storage.repositories import unit_of_work

Passage = Callable[[str], None]
"""Told of each passage, with the network on which it is; empty where there is none."""

Function = Callable[..., Any]


class Countdown:
    """Ends this process, as a power cut would, when it has been called `left` times for that
    network; for any, if it is empty.
    """

    def __init__(self, left: int, network: str = "") -> None:
        self._left = left
        self._network = network

    def __call__(self, network: str) -> None:
        """Count one passage."""
        self._left -= self._network in {"", network}
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def posted(passage: Passage) -> None:
    """The web page kept what somebody wrote, and has not answered them yet."""
    _after_commit(passage, SqlChat, "post", bool, lambda *_: "web")


def received(passage: Passage) -> None:
    """Events are in the inbox, uncommitted."""

    def receive(add: Function, connection: Any, network: str, *args: Any) -> Any:
        new = add(connection, network, *args)
        if new:
            passage(network)
        return new

    _replace(inbox, "receive", receive)


def committed(passage: Passage) -> None:
    """Events are in the inbox, committed; nothing else knows of it."""
    _after_commit(passage, SqlMessageQueue, "receive", bool, lambda network, *_: str(network))


def dispatched(passage: Passage) -> None:
    """A turn is committed, messages wait in the outbox."""

    def handled(outcome: Any) -> bool:
        return bool(outcome == (True, True))

    def network(waiting: Waiting, *_: Any) -> str:
        return waiting.incoming.conversation.network

    _after_commit(passage, SqlMessageQueue, "take_turn", handled, network)


def delivered(passage: Passage) -> None:
    """A message is shown to people, and not yet recorded as sent."""

    async def sent(send: Function, network: Network, outgoing: Outgoing) -> Any:
        remote_id = await send(network, outgoing)
        passage(network.name)
        return remote_id

    for network in (WebNetwork, TelegramNetwork, MatrixNetwork, EmailNetwork):
        _replace(network, "send", sent)


def ticking(passage: Passage) -> None:
    """A follow-up is queued and recorded, uncommitted."""
    following = ContextVar("following", default=False)

    def marked(follow_up: Function, *args: Any) -> None:
        following.set(True)
        follow_up(*args)

    def carried_out(carry_out: Function, *args: Any) -> Any:
        following.set(False)
        result, queued = carry_out(*args)
        if following.get() and queued:
            passage("")
        return result, queued

    _replace(sending, "follow_up", marked)
    _replace(unit_of_work, "carry_out", carried_out)


def migrating(passage: Passage) -> None:
    """A table was made, others are not yet."""
    event.listen(Table, "after_create", lambda *_, **__: passage(""))


BOUNDARIES: Mapping[str, Callable[[Passage], None]] = {
    boundary.__name__: boundary
    for boundary in (
        posted,
        received,
        committed,
        dispatched,
        delivered,
        ticking,
        migrating,
    )
}


def _after_commit(
    passage: Passage,
    owner: type,
    name: str,
    counts: Callable[[Any], bool],
    network_of: Callable[..., str],
) -> None:
    """Passages right after the commit of a method's transaction, in the thread that made it."""
    inside: ContextVar[str | None] = ContextVar(f"inside_{name}", default=None)

    async def entered(method: Function, self: Any, *args: Any) -> Any:
        inside.set(network_of(*args))
        try:
            return await method(self, *args)
        finally:
            inside.set(None)

    def told(grew: Function, network: str, result: Any) -> Any:
        if counts(result):
            passage(network)
        return grew(result)

    async def written(
        write: Function, self: Transactions, work: Function, grew: Function = lambda _: None
    ) -> Any:
        network = inside.get()
        return await write(self, work, grew if network is None else partial(told, grew, network))

    _replace(owner, name, entered)
    _replace(Transactions, "write", written)


def _replace(owner: Any, name: str, around: Function) -> None:
    """From now on `around` is called instead, with the original before the arguments."""
    original = getattr(owner, name)
    setattr(owner, name, wraps(original)(lambda *args: around(original, *args)))


def at(death: str, number: int) -> None:
    """From now on this process dies at that passage of BOUNDARY or BOUNDARY@NETWORK: then only the
    passages of that network count. A number greater than the passages of a run never kills.
    """
    boundary, _, network = death.partition("@")
    BOUNDARIES[boundary](Countdown(number, network))
