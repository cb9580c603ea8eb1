"""Runs the real program, and kills it (SIGKILL) at the N-th passage of a boundary.

    python -m tests.support.killing BOUNDARY N run

The program itself knows nothing of it: seams of the running program are wrapped from here. A number
greater than the passages of a run never kills.
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any

from sqlalchemy import Table, event

from bot.__main__ import main
from bot.networks.web import WebNetwork
from handlers import followups
from storage import inbox, unit_of_work
from storage.chat import SqlChat
from storage.mail import SqlMail
from storage.transactions import Transactions

Passage = Callable[[], None]


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
    add = inbox.receive

    @wraps(add)
    def receive(*args: Any, **kwargs: Any) -> int:
        new = add(*args, **kwargs)
        if new:
            passage()
        return new

    inbox.receive = receive


def committed(passage: Passage) -> None:
    """Events are in the inbox, committed; nothing else knows of it."""
    _after_commit(passage, SqlMail, "receive", bool)


def dispatched(passage: Passage) -> None:
    """A turn is committed, messages wait in the outbox."""
    _after_commit(passage, SqlMail, "turn", lambda outcome: outcome == (True, True))


def delivered(passage: Passage) -> None:
    """A message is shown to people, and not yet recorded as sent."""
    send = WebNetwork.send

    @wraps(send)
    async def sent(*args: Any) -> str:
        remote_id = await send(*args)
        passage()
        return remote_id

    WebNetwork.send = sent  # type: ignore[method-assign]


def ticking(passage: Passage) -> None:
    """A follow-up is queued and recorded, uncommitted."""
    follow_up, carry_out = followups.follow_up, unit_of_work.carry_out
    following = ContextVar("following", default=False)

    @wraps(follow_up)
    def marked(*args: Any) -> None:
        following.set(True)
        follow_up(*args)

    @wraps(carry_out)
    def carried_out(*args: Any) -> Any:
        following.set(False)
        result, queued = carry_out(*args)
        if following.get() and queued:
            passage()
        return result, queued

    followups.follow_up = marked
    unit_of_work.carry_out = carried_out


def migrating(passage: Passage) -> None:
    """A table was made, others are not yet."""
    event.listen(Table, "after_create", lambda *_, **__: passage())


BOUNDARIES: Mapping[str, Callable[[Passage], None]] = {
    boundary.__name__: boundary
    for boundary in (posted, received, committed, dispatched, delivered, ticking, migrating)
}


def _after_commit(passage: Passage, owner: type, name: str, counts: Callable[[Any], bool]) -> None:
    """Passages right after the commit of a method's transaction, in the thread that made it."""
    method: Callable[..., Awaitable[Any]] = getattr(owner, name)
    inside = ContextVar(f"inside_{name}", default=False)
    write = Transactions.write

    @wraps(method)
    async def entered(*args: Any) -> Any:
        inside.set(True)
        try:
            return await method(*args)
        finally:
            inside.set(False)

    def told(grew: Callable[[Any], Passage | None], result: Any) -> Passage | None:
        if counts(result):
            passage()
        return grew(result)

    @wraps(write)
    async def written(
        self: Transactions,
        work: Callable[..., Any],
        grew: Callable[[Any], Passage | None] = lambda _: None,
    ) -> Any:
        return await write(self, work, partial(told, grew) if inside.get() else grew)

    setattr(owner, name, entered)
    Transactions.write = written  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    boundary, number, *arguments = sys.argv[1:]
    BOUNDARIES[boundary](Countdown(int(number)))
    sys.argv = ["filrouge", *arguments]
    main()
