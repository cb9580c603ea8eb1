"""Events whose key is not here yet: kept on the disk, tried again, told of after a while."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.networks.matrix.connection.login import read_private, write_private
from bot.ports.clock import Clock

_FILE = "unreadable.json"


class Unreadable:
    """The sealed events that wait, by their id, each with its room and since when."""

    def __init__(self, folder: Path, patience: timedelta, clock: Clock) -> None:
        self._file = folder / _FILE
        self._patience = patience
        self._clock = clock
        self._kept: dict[str, Any] = read_private(self._file)

    def keep(self, room_id: str, event: Mapping[str, Any]) -> bool:
        """The event is on the disk when this returns; false if it already was."""
        if event["event_id"] in self._kept:
            return False
        since = self._clock.now().isoformat()
        self._kept[event["event_id"]] = {"event": {**event, "room_id": room_id}, "since": since}
        write_private(self._file, self._kept)
        return True

    def waiting(self) -> list[dict[str, Any]]:
        """The events, oldest first, each with its `room_id`."""
        return [kept["event"] for kept in self._kept.values()]

    def is_late(self, event_id: str) -> bool:
        """Whether its key was waited for long enough."""
        since = datetime.fromisoformat(self._kept[event_id]["since"])
        return self._clock.now() - since >= self._patience

    def drop(self, event_ids: set[str]) -> None:
        """They were handed over."""
        if event_ids & self._kept.keys():
            self._kept = {id: kept for id, kept in self._kept.items() if id not in event_ids}
            write_private(self._file, self._kept)
