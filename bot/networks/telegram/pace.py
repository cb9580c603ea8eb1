"""How fast a group is written to: all topics of a forum share one limit.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import timedelta

from bot.ports.network import RetryLater

SPAN_S = 60.0


class GroupPace:
    """What was lately sent to each group, and until when Telegram asked to wait."""

    def __init__(self, per_minute: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._monotonic = monotonic
        self._sent: defaultdict[int, deque[float]] = defaultdict(deque)
        self._held: dict[int, float] = {}

    def take(self, chat: int) -> None:
        """Count one message to a chat. Raises RetryLater while it has to wait."""
        now = self._monotonic()
        free = self._held.get(chat, now)
        if chat < 0:
            sent = self._sent[chat]
            while sent and sent[0] <= now - SPAN_S:
                sent.popleft()
            if len(sent) >= self._per_minute:
                free = max(free, sent[0] + SPAN_S)
        if free > now:
            raise RetryLater(timedelta(seconds=free - now), "paced")
        self._held.pop(chat, None)
        if chat < 0:
            self._sent[chat].append(now)

    def hold(self, chat: int, wait: timedelta) -> None:
        """Telegram asked to wait before this chat is written to again."""
        self._held[chat] = self._monotonic() + wait.total_seconds()
