"""How soon something must be done."""

from enum import StrEnum


class Urgency(StrEnum):
    """From idle curiosity to danger now; `immediate` is danger to people, never haste."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    IMMEDIATE = "immediate"
