"""Rate limits, in memory: a bucket of tokens for each session and each network address."""

import math
from collections import OrderedDict
from datetime import datetime, timedelta

_REMEMBERED = 20_000


class Throttle:
    """Buckets that hold `burst` tokens and refill evenly, `burst` a minute."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def take(self, key: str, burst: int, now: datetime) -> timedelta | None:
        """Take a token: None if there was one, else how long until there is."""
        level, since = self._buckets.pop(key, (float(burst), now))
        elapsed = max(0.0, (now - since).total_seconds())
        level = min(float(burst), level + elapsed * burst / 60)
        missing = 1 - level
        if missing <= 0:
            level -= 1
        self._buckets[key] = (level, now)
        # Memory stays bounded: the least recently used are forgotten first.
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        return timedelta(seconds=math.ceil(missing * 60 / burst)) if missing > 0 else None
