"""Future days in plain French: « dans 3 semaines », « à la rentrée », « avant le 30 juin »."""

from bot.domain.dates.reading import (
    bare_date,
    is_ahead,
    read_date,
    read_deadline,
    unread_deadline,
)
from bot.domain.dates.words import DateWords, Delay

__all__ = [
    "DateWords",
    "Delay",
    "bare_date",
    "is_ahead",
    "read_date",
    "read_deadline",
    "unread_deadline",
]
