"""Wakes the live pages that wait for news of a conversation."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class LivePages:
    """One bell for each conversation somebody listens to in this process."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def ring(self, conversation: str) -> None:
        """Wake everybody who listens to the conversation."""
        for listener in self._listeners.get(conversation, ()):
            listener.set()

    def ring_all(self) -> None:
        """Wake everybody, for instance to let them leave."""
        for conversation in tuple(self._listeners):
            self.ring(conversation)

    @property
    def count(self) -> int:
        """How many listen."""
        return sum(len(listeners) for listeners in self._listeners.values())

    @contextmanager
    def listening(self, conversation: str) -> Iterator[asyncio.Event]:
        """An event that is set at each ring, as long as the block lasts; the listener clears it."""
        listener = asyncio.Event()
        self._listeners[conversation].add(listener)
        try:
            yield listener
        finally:
            self._listeners[conversation].discard(listener)
            if not self._listeners[conversation]:
                del self._listeners[conversation]
