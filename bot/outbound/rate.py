"""How fast a network may be written to: over all its conversations, and in each of them."""

_MINUTE_S = 60.0
_REMEMBERED = 10_000
"""Conversations whose next slot is kept; past slots are forgotten beyond that."""


class Pace:
    """Gives out slots, evenly spaced, at instants of a monotonic clock; a rate of 0 is no limit."""

    def __init__(self, per_minute: int, conversation_per_minute: int) -> None:
        self._interval = _MINUTE_S / per_minute if per_minute else 0.0
        self._own_interval = _MINUTE_S / conversation_per_minute if conversation_per_minute else 0.0
        self._next = float("-inf")
        self._next_own: dict[str, float] = {}

    def fitting(self, now: float, within: float, at_most: int) -> int:
        """How many messages, `at_most`, can still be given a slot within that many seconds."""
        if not self._interval:
            return at_most
        free = now + within - max(now, self._next)
        return min(at_most, int(free / self._interval) + 1) if free >= 0 else 0

    def reserve(self, conversation: str, now: float) -> float:
        """Take the next slot for a conversation; return how many seconds to wait for it."""
        own = max(now, self._next)
        self._next = own + self._interval
        # A conversation that waits for its own slot does not hold back the others.
        slot = max(own, self._next_own.get(conversation, now))
        if self._own_interval:
            self._next_own[conversation] = slot + self._own_interval
        if len(self._next_own) > _REMEMBERED:
            self._next_own = {name: at for name, at in self._next_own.items() if at > now}
        return slot - now
