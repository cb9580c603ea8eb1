"""What an operator decides about Matrix."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MatrixWords:
    """What is said to people by the network itself: `backstage` opens the thread of that name,
    `leaving` is the reason given when a room is left that is neither a private chat nor ours.
    """

    backstage: str
    leaving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSettings:
    """One account of one homeserver.

    `user` is the full id (`@name:server`). Either a password (used once, then the token is kept)
    or the token of a device is needed. `folder` holds the device: its token, keys and encryption
    store; `store_key` encrypts them. Rooms are encrypted, but for those of `clear_portals`.
    People of `allowed_servers` alone, and of our own, may write to us in private or be invited.
    """

    homeserver: str
    user: str
    folder: Path
    words: MatrixWords
    store_key: str = field(repr=False)
    password: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    device_id: str | None = None
    device_name: str = "Fil Rouge"
    allowed_servers: frozenset[str] = frozenset()
    encrypted: bool = True
    clear_portals: frozenset[str] = frozenset()
    unreadable_after: timedelta = timedelta(hours=1)
    poll: timedelta = timedelta(seconds=30)

    def allows(self, user_id: str) -> bool:
        """Whether that person is on a server whose people are welcome."""
        server = server_of(user_id)
        return bool(server) and (server == server_of(self.user) or server in self.allowed_servers)


def server_of(user_id: str) -> str:
    """The server's name in a user id; empty if it is none."""
    return user_id.partition(":")[2] if user_id.startswith("@") else ""
