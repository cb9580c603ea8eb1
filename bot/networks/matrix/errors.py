"""What goes wrong between us and a homeserver."""


class NetworkError(Exception):
    """The Matrix account cannot be used as it is configured."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__class__.__doc__)


class TokenRefused(NetworkError):
    """The homeserver does not know the access token (any more)."""


class Refused(Exception):
    """The homeserver refused a request; asking again would be refused again."""

    def __init__(self, status: int, code: str, said: str) -> None:
        """`code` is the specification's `errcode`, `said` the server's own words."""
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.said = said
