"""What the e-mail network is given: an operator's settings."""

import ssl
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Security(StrEnum):
    """How the connection is encrypted: from its first byte, after the greeting, or not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class EmailSettings:
    """The server that takes our mails, and our account there.

    Mails come from `sender`; answers go to `reply_to`, if given. An exchange with the server may
    take `patience`; without `tls`, the system's certificates are trusted.
    """

    host: str
    port: int
    sender: str
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = ""
    reply_to: str = ""
    patience: timedelta = timedelta(seconds=15)
    tls: ssl.SSLContext | None = None

    @property
    def domain(self) -> str:
        """The domain of the sender."""
        return self.sender.rpartition("@")[2]
