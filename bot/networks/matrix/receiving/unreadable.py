"""Encrypted events whose key has not come yet: kept on the disk, their senders told, given up after
a while.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.networks.matrix.connection.login import read_private, write_private
from bot.ports.clock import Clock

_FILE = "unreadable.json"

TOLD_AFTER = timedelta(seconds=20)
"""A key that is on its way comes sooner."""


class Unreadable:
    """The events that wait for their key. `patience` is how long each one waits."""

    def __init__(self, folder: Path, patience: timedelta, clock: Clock) -> None:
        self._file = folder / _FILE
        self._patience = patience
        self._clock = clock
        self._kept: dict[str, Any] = read_private(self._file)

    def __contains__(self, event_id: str) -> bool:
        return event_id in self._kept

    def keep(self, room_id: str, event: Mapping[str, Any]) -> None:
        """Keep an event: it is on the disk when this returns."""
        since = self._clock.now().isoformat()
        self._kept[event["event_id"]] = {"event": {**event, "room_id": room_id}, "since": since}
        write_private(self._file, self._kept)

    def waiting(self) -> list[dict[str, Any]]:
        """The events that wait, oldest first, each with its `room_id`."""
        return [kept["event"] for kept in self._kept.values()]

    def is_late(self, event_id: str) -> bool:
        """Whether that event has waited long enough."""
        since = datetime.fromisoformat(self._kept[event_id]["since"])
        return self._clock.now() - since >= self._patience

    def is_to_be_told(self, event: Mapping[str, Any]) -> bool:
        """Whether its sender is to know by now: once, however many of their words wait there."""
        since = datetime.fromisoformat(self._kept[event["event_id"]]["since"])
        known = any(
            kept.get("told") and _author(kept["event"]) == _author(event)
            for kept in self._kept.values()
        )
        return not known and self._clock.now() - since >= TOLD_AFTER

    def note_told(self, event_id: str) -> None:
        """The sender of that event knows."""
        self._kept[event_id]["told"] = True
        write_private(self._file, self._kept)

    def drop(self, event_ids: set[str]) -> None:
        """Forget events that were handed over."""
        if event_ids & self._kept.keys():
            self._kept = {id: kept for id, kept in self._kept.items() if id not in event_ids}
            write_private(self._file, self._kept)


def _author(event: Mapping[str, Any]) -> tuple[str, str]:
    return event["room_id"], event["sender"]
