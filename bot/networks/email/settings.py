"""What the e-mail network is given to work with."""

import ssl
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Security(StrEnum):
    """How the connection is protected: from its first byte, once greeted, or not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class EmailSettings:
    """A server that takes mails. `sender` is the address they come from, `reply_to` where answers
    go ("": to the sender). `patience` bounds each exchange with the server; `tls` None: the
    system's own certificates.
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
