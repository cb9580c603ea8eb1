"""Runs the real program, and kills it (SIGKILL) at the N-th passage of a boundary.

    python -m tests.support.killing BOUNDARY N run

The program itself knows nothing of it: seams of the running program are wrapped from here. A number
greater than the passages of a run never kills.
"""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any

from sqlalchemy import Table, event

from bot.__main__ import main
from bot.networks.matrix.network import MatrixNetwork
from bot.networks.telegram.network import TelegramNetwork
from bot.networks.web import WebNetwork
from handlers import followups
from storage import inbox, unit_of_work
from storage.chat import SqlChat
from storage.mail import SqlMail
from storage.transactions import Transactions

Passage = Callable[[], None]
Function = Callable[..., Any]


class Countdown:
    """Ends this process, as a power cut would, when it has been called `left` times."""

    def __init__(self, left: int) -> None:
        self._left = left

    def __call__(self) -> None:
        """Count one passage."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def posted(passage: Passage) -> None:
    """The web page kept what somebody wrote, and has not answered them yet."""
    _after_commit(passage, SqlChat, "post", bool)


def received(passage: Passage) -> None:
    """Events are in the inbox, uncommitted."""

    def receive(add: Function, *args: Any) -> Any:
        new = add(*args)
        if new:
            passage()
        return new

    _replace(inbox, "receive", receive)


def committed(passage: Passage) -> None:
    """Events are in the inbox, committed; nothing else knows of it."""
    _after_commit(passage, SqlMail, "receive", bool)


def dispatched(passage: Passage) -> None:
    """A turn is committed, messages wait in the outbox."""
    _after_commit(passage, SqlMail, "turn", lambda outcome: outcome == (True, True))


def delivered(passage: Passage) -> None:
    """A message is shown to people on the pages, and not yet recorded as sent."""
    _after_sending(passage, WebNetwork)


def delivered_on_telegram(passage: Passage) -> None:
    """The same, on Telegram."""
    _after_sending(passage, TelegramNetwork)


def delivered_on_matrix(passage: Passage) -> None:
    """The same, on Matrix."""
    _after_sending(passage, MatrixNetwork)


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
            passage()
        return result, queued

    _replace(followups, "follow_up_all", marked)
    _replace(unit_of_work, "carry_out", carried_out)


def migrating(passage: Passage) -> None:
    """A table was made, others are not yet."""
    event.listen(Table, "after_create", lambda *_, **__: passage())


BOUNDARIES: Mapping[str, Callable[[Passage], None]] = {
    boundary.__name__: boundary
    for boundary in (
        posted,
        received,
        committed,
        dispatched,
        delivered,
        delivered_on_telegram,
        delivered_on_matrix,
        ticking,
        migrating,
    )
}


def _after_sending(passage: Passage, network: type) -> None:
    async def sent(send: Function, *args: Any) -> Any:
        remote_id = await send(*args)
        passage()
        return remote_id

    _replace(network, "send", sent)


def _after_commit(passage: Passage, owner: type, name: str, counts: Callable[[Any], bool]) -> None:
    """Passages right after the commit of a method's transaction, in the thread that made it."""
    inside = ContextVar(f"inside_{name}", default=False)

    async def entered(method: Function, *args: Any) -> Any:
        inside.set(True)
        try:
            return await method(*args)
        finally:
            inside.set(False)

    def told(grew: Function, result: Any) -> Any:
        if counts(result):
            passage()
        return grew(result)

    async def written(
        write: Function, self: Transactions, work: Function, grew: Function = lambda _: None
    ) -> Any:
        return await write(self, work, partial(told, grew) if inside.get() else grew)

    _replace(owner, name, entered)
    _replace(Transactions, "write", written)


def _replace(owner: Any, name: str, around: Function) -> None:
    """From now on `around` is called instead, with the original before the arguments."""
    original = getattr(owner, name)
    setattr(owner, name, wraps(original)(lambda *args: around(original, *args)))


if __name__ == "__main__":
    boundary, number, *arguments = sys.argv[1:]
    BOUNDARIES[boundary](Countdown(int(number)))
    sys.argv = ["filrouge", *arguments]
    main()
