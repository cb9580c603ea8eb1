"""Who, of several processes on one database, may do what only one may do at a time."""

from datetime import timedelta
from typing import Protocol


class Leases(Protocol):
    """Leases by name, on the database's own clock. Each call is one transaction."""

    async def hold(self, name: str, lease: timedelta) -> bool:
        """Take it, or keep it, for that long from now on; False while another process has it."""

    async def release(self, name: str) -> None:
        """Give it up, if it is ours: another process can take it at once."""
