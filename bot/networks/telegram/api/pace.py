"""Limits how fast each group is written to: all topics of a forum share one limit.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import timedelta

from bot.ports.network import RetryLater

SPAN_S = 60.0


class GroupPace:
    """When messages were sent to each group, and until when Telegram asked us to wait."""

    def __init__(self, per_minute: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._monotonic = monotonic
        self._sent: defaultdict[int, deque[float]] = defaultdict(deque)
        self._held: dict[int, float] = {}

    def take(self, chat: int, count: int = 1) -> None:
        """Count `count` messages as sent to a chat now. Raises RetryLater while they have to wait;
        more than a minute's worth wait only for what was sent before them.
        """
        now = self._monotonic()
        free = self._held.get(chat, now)
        if chat < 0:
            sent = self._sent[chat]
            while sent and sent[0] <= now - SPAN_S:
                sent.popleft()
            too_many = min(len(sent) + count - self._per_minute, len(sent))
            if too_many > 0:
                free = max(free, sent[too_many - 1] + SPAN_S)
        if free > now:
            raise RetryLater(timedelta(seconds=free - now), "paced")
        self._held.pop(chat, None)
        if chat < 0:
            self._sent[chat].extend([now] * count)

    def hold(self, chat: int, wait: timedelta) -> None:
        """Telegram asked us to wait so long before we write to this chat again."""
        self._held[chat] = self._monotonic() + wait.total_seconds()
