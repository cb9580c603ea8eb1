"""Errors of the homeserver that this package handles by itself."""

from bot.ports.network import NetworkError


class TokenRefused(NetworkError):
    """The homeserver does not know the access token (any more)."""


class RequestRefused(Exception):
    """The homeserver refused a request; asking again would be refused again."""

    def __init__(self, status: int, code: str, said: str) -> None:
        """`code` is the specification's `errcode`, `said` the server's message."""
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.said = said
