"""The answers by which the Bot API refuses a call."""

from collections.abc import Mapping


class Refusal(Exception):
    """An answer with `ok` false: `code` is also the HTTP status, `parameters` help the client."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


def bad(reason: str, **parameters: int) -> Refusal:
    """400."""
    return Refusal(400, f"Bad Request: {reason}", parameters)


def forbidden(reason: str) -> Refusal:
    """403."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """409."""
    return Refusal(409, f"Conflict: {reason}")


def flood(seconds: int) -> Refusal:
    """429."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
