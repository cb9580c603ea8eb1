"""Whether the service can do its work at this moment, and what tells it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found. `networks` are those that this process answers for, and whether each is
    connected; `oldest` is how long the message that waits longest has waited; `faults` says what is
    wrong, one line each, in English, naming nobody. Ready means without faults.
    """

    database_writable: bool = True
    disk_free: int = 0
    outbox_moving: bool = True
    oldest: timedelta = timedelta()
    networks: Mapping[str, bool] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


class Probe(Protocol):
    """Tries the database."""

    async def write(self, now: datetime) -> None:
        """Commit a small write. Raises what the database does."""

    async def oldest_waiting(self, networks: Collection[str], now: datetime) -> datetime | None:
        """Since when the message that waits longest to reach one of these networks has been due, or
        has failed; None if none waits.
        """
