"""Limits how fast a bot may write: 20 messages a minute to a group, 30 a second over all.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable

from tests.support.botapi.refusals import flood


class Limits:
    """What was sent lately. No limit holds until `on` is set: most tests are about other things."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._sent: defaultdict[int, deque[float]] = defaultdict(deque)
        self.on = False
        self.group_per_minute = 20
        self.overall_per_second = 30
        self.refused = 0

    def take(self, chat_id: int) -> None:
        """Count one message to a chat. Raises 429 when there are too many."""
        if not self.on:
            return
        windows = [(0, 1.0, self.overall_per_second)]
        if chat_id < 0:
            windows.append((chat_id, 60.0, self.group_per_minute))
        for key, span, most in windows:
            self._check(self._sent[key], span, most)
        for key, _, _ in windows:
            self._sent[key].append(self._now())

    def _check(self, sent: deque[float], span: float, most: int) -> None:
        while sent and sent[0] <= self._now() - span:
            sent.popleft()
        if len(sent) >= most:
            self.refused += 1
            raise flood(max(1, math.ceil(sent[0] + span - self._now())))
