"""The real program on Telegram and Matrix: its settings, and its people, seen from outside."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from tests.support.botapi import RemoteTelegram
from tests.support.service import Service, filrouge
from tests.support.synapse import Synapse

PATIENCE = timedelta(seconds=60)
LOOK_EVERY = timedelta(milliseconds=50)

_HEADING = "nom;organisation;role;portails;themes;departements;matrix"

_Seen = TypeVar("_Seen")


def networked(
    folder: Path,
    telegram: RemoteTelegram,
    homeserver: Synapse,
    roster: Sequence[str],
    **settings: str,
) -> Service:
    """A service on both networks, its rooms on Matrix, with a register of those lines; not started
    yet.
    """
    account = homeserver.register()
    settings = {
        "FILROUGE_ROOMS__NETWORK": "matrix",
        "FILROUGE_TELEGRAM__TOKEN": telegram.token,
        "FILROUGE_TELEGRAM__BASE_URL": telegram.url,
        "FILROUGE_MATRIX__HOMESERVER": homeserver.base,
        "FILROUGE_MATRIX__USER": account.user_id,
        "FILROUGE_MATRIX__PASSWORD": account.password,
        **settings,
    }
    database = settings.pop("FILROUGE_DATABASE_URL", "")
    service = Service(folder, database, settings=settings)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "advisors.csv"
    file.write_text("\n".join((_HEADING, *roster)), encoding="utf-8")
    if database:
        settings = {**settings, "FILROUGE_DATABASE_URL": database}
    imported = filrouge(folder, "advisors", "import", str(file), port=service.port, **settings)
    assert 0 == imported.code, imported.err
    return service


@dataclass(frozen=True, slots=True)
class Texter:
    """Somebody on Telegram, in their chat with the bot."""

    telegram: RemoteTelegram
    user_id: int

    async def does(self, action: str, **arguments: Any) -> Any:
        """One of the actions of `botapi.control`, done by them."""
        return await asyncio.to_thread(
            self.telegram.does, action, user_id=self.user_id, **arguments
        )

    async def say(self, text: str, **more: Any) -> int:
        """Write; returns the id of the message."""
        return int(await self.does("says", text=text, **more))

    async def shown(self) -> Sequence[dict[str, Any]]:
        """Every message of the chat, oldest first; none before it began."""
        return list(await asyncio.to_thread(self.telegram.does, "shown", chat_id=self.user_id))

    async def read(self) -> list[str]:
        """The words of every message, oldest first."""
        return [words(message) for message in await self.shown()]

    async def sees(self, text: str) -> dict[str, Any]:
        """The latest message that holds these words, once there is one."""

        async def seen() -> dict[str, Any] | None:
            found = [message for message in await self.shown() if text in words(message)]
            return found[-1] if found else None

        return await until(seen, self.read)

    async def does_not_see(self, text: str) -> None:
        """Return once no message holds these words any more."""

        async def gone() -> bool:
            return not any(text in said for said in await self.read())

        await until(gone, self.read)


async def until(
    seen: Callable[[], Awaitable[_Seen | None]],
    read: Callable[[], Awaitable[object]],
    *,
    every: timedelta = LOOK_EVERY,
    patience: timedelta = PATIENCE,
) -> _Seen:
    """What is seen, once it is; `read` tells what was there instead."""
    deadline = time.monotonic() + patience.total_seconds()
    while not (found := await seen()):
        assert time.monotonic() < deadline, await read()
        await asyncio.sleep(every.total_seconds())
    return found


def words(message: dict[str, Any]) -> str:
    """What a message of Telegram says."""
    return plain(str(message.get("text") or message.get("caption") or ""))


def plain(text: str) -> str:
    """It, its unbreakable spaces as any other."""
    return text.replace("\u00a0", " ")
