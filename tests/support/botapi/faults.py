"""Faults that a test asks for: the next calls of a method go wrong."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """How a call goes wrong.

    SILENT: it is carried out, and never answered. RESET: the connection breaks before it is read.
    CUT: it is carried out, then the connection breaks. GARBAGE: it is carried out, the answer is no
    JSON. STATUS: `number` is the HTTP status. FLOOD: 429, `number` is retry_after in seconds.
    """

    SILENT = "silent"
    RESET = "reset"
    CUT = "cut"
    GARBAGE = "garbage"
    STATUS = "status"
    FLOOD = "flood"


@dataclass
class Planned:
    """A fault for the next `times` calls of a method ("*": any)."""

    method: str
    fault: Fault
    number: int = 0
    times: int = 1


class Faults:
    """The faults still to come, in the order in which they were planned."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []

    def plan(self, method: str, fault: Fault, number: int = 0, times: int = 1) -> None:
        """Make the next `times` calls of the method go wrong in that way."""
        self._planned.append(Planned(method, fault, number, times))

    def clear(self) -> None:
        """Forget all planned faults."""
        self._planned.clear()

    def next(self, method: str) -> Planned | None:
        """The fault planned for this call, if any; one of its times is used up."""
        for planned in self._planned:
            if planned.method in {method, "*"}:
                planned.times -= 1
                if not planned.times:
                    self._planned.remove(planned)
                return planned
        return None
