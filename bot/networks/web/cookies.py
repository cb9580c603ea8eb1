"""Signed cookies: which browser this is, which chat session and which desk it holds."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from aiohttp import web
from itsdangerous import BadSignature, URLSafeTimedSerializer


class Cookie(StrEnum):
    """The three cookies; the value is the cookie's name and its signature's salt.

    BROWSER binds forms to the browser that showed them; it says nothing of a person. CHAT holds the
    session of the élu's conversation, DESK the person id behind an advisor's personal link.
    """

    BROWSER = "filrouge_formulaires"
    CHAT = "filrouge_conversation"
    DESK = "filrouge_bureau"


_LIFETIMES = {
    Cookie.BROWSER: timedelta(days=30),
    Cookie.CHAT: timedelta(days=400),
    Cookie.DESK: timedelta(days=90),
}


def new_session() -> str:
    """An identifier that nobody can guess."""
    return secrets.token_urlsafe(18)


@dataclass(frozen=True, slots=True)
class Cookies:
    """Reads and writes the signed cookies."""

    secret_key: str
    secure: bool

    def read(self, request: web.Request, cookie: Cookie) -> str | None:
        """The value of the cookie, or None if it is absent, expired or forged."""
        raw = request.cookies.get(self._name(cookie))
        if raw is None:
            return None
        try:
            value = self._signer(cookie).loads(raw, max_age=int(_LIFETIMES[cookie].total_seconds()))
        except BadSignature:
            return None
        return value if isinstance(value, str) else None

    def write(self, response: web.StreamResponse, cookie: Cookie, value: str) -> None:
        """Give the browser the cookie, for its whole lifetime from now on."""
        response.set_cookie(
            self._name(cookie),
            str(self._signer(cookie).dumps(value)),
            max_age=int(_LIFETIMES[cookie].total_seconds()),
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self.secure,
        )

    def forget(self, response: web.StreamResponse, cookie: Cookie) -> None:
        """Take the cookie back from the browser."""
        response.del_cookie(
            self._name(cookie), path="/", httponly=True, samesite="Lax", secure=self.secure
        )

    def _name(self, cookie: Cookie) -> str:
        # The prefix makes browsers refuse the cookie from a sibling domain or over plain HTTP.
        return f"__Host-{cookie.value}" if self.secure else cookie.value

    def _signer(self, cookie: Cookie) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.secret_key, salt=cookie.value)
