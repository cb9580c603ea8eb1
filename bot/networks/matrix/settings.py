"""What the Matrix network is given: an operator's settings, and its own sentences."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

NETWORK = "matrix"


@dataclass(frozen=True, slots=True)
class MatrixWords:
    """What the network itself says: its name, what is first in the backstage, on leaving a room not
    for us, on refusing an invitation, and to whoever wrote what cannot be read yet.
    """

    name: str
    backstage: str
    leaving: str
    refusing: str
    unreadable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSettings:
    """One account of one homeserver.

    `user` is the full id (`@name:server`). Either a password (used once, then the token is kept)
    or the token of a device is needed. `folder` holds the device: its token, keys and encryption
    store, which `store_key` encrypts. Rooms are encrypted, except those of `clear_portals`. Only
    people of our own server and of `allowed_servers` may write to us in private or be invited.
    Our texts write `commands` with an exclamation mark: clients take the slash for themselves. An
    encrypted message without its key is given up after `unreadable_after`; its sender is told
    within a minute. A sync waits `poll`.
    """

    homeserver: str
    user: str
    folder: Path
    words: MatrixWords
    store_key: str = field(repr=False)
    password: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    device_id: str | None = None
    commands: tuple[str, ...] = ()
    allowed_servers: frozenset[str] = frozenset()
    encrypted: bool = True
    clear_portals: frozenset[str] = frozenset()
    unreadable_after: timedelta = timedelta(days=1)
    poll: timedelta = timedelta(seconds=30)

    @property
    def names(self) -> tuple[str, ...]:
        """How people's clients may write our name before what they say."""
        local = self.user.removeprefix("@").partition(":")[0]
        return self.user, f"@{local}", local, self.words.name

    def allows(self, user_id: str) -> bool:
        """Whether that person's server is ours or an allowed one."""
        server = server_of(user_id)
        return bool(server) and (server == server_of(self.user) or server in self.allowed_servers)


def server_of(user_id: str) -> str:
    """The server's name in a user id; empty if that is no user id."""
    return user_id.partition(":")[2] if user_id.startswith("@") else ""
