"""The two clocks: the machine's, and the demonstration's, which can be moved forward."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC)


class DemoClock:
    """The machine's time, moved forward by an offset, kept in a file (seconds)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = timedelta(seconds=float(path.read_text()) if path.exists() else 0)

    def now(self) -> datetime:
        """The demonstration's present, aware, UTC."""
        return datetime.now(UTC) + self._offset

    def move_to(self, instant: datetime) -> None:
        """Go on from that instant; nothing happens if it is past."""
        self._offset = max(self._offset, instant - datetime.now(UTC))
        draft = self._path.with_suffix(".new")
        draft.write_text(str(self._offset.total_seconds()))
        draft.replace(self._path)
