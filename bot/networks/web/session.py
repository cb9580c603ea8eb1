"""Who asks: from signed cookies to a seat in a conversation. Looked up again at every request."""

import base64
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web
from itsdangerous import BadSignature, URLSafeTimedSerializer

from bot.domain.conversations import ConversationRef
from bot.domain.people import PAGES, Role
from bot.networks.web.site import SITE
from bot.ports.queries import Desk

BROWSER = web.RequestKey("BROWSER", str)
_DAY_S = 24 * 60 * 60


class Cookie(StrEnum):
    """The three cookies; the value is the cookie's name and its signature's salt.

    BROWSER binds forms to the browser that showed them; it says nothing of a person. CHAT holds the
    session of the élu's conversation, DESK the person id behind an advisor's personal link.
    """

    BROWSER = "filrouge_formulaires"
    CHAT = "filrouge_conversation"
    DESK = "filrouge_bureau"


_LIFETIMES_S = {Cookie.BROWSER: 30 * _DAY_S, Cookie.CHAT: 400 * _DAY_S, Cookie.DESK: 90 * _DAY_S}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's seat in a conversation: they post as `sender`, under the name `author`."""

    conversation: ConversationRef
    sender: str
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSeat(Seat):
    """The seat of somebody of the register."""

    desk: Desk


def new_identifier() -> str:
    """An identifier that nobody can guess."""
    return secrets.token_urlsafe(18)


def read_cookie(request: web.Request, cookie: Cookie) -> str | None:
    """The value of the cookie, or None if it is absent, expired or forged."""
    raw = request.cookies.get(_name(request, cookie))
    if raw is None:
        return None
    try:
        value = _signer(request, cookie).loads(raw, max_age=_LIFETIMES_S[cookie])
    except BadSignature:
        return None
    return value if isinstance(value, str) else None


def write_cookie(
    request: web.Request, response: web.StreamResponse, cookie: Cookie, value: str
) -> None:
    """Give the browser the cookie, for its whole lifetime from now on."""
    response.set_cookie(
        _name(request, cookie),
        str(_signer(request, cookie).dumps(value)),
        max_age=_LIFETIMES_S[cookie],
        httponly=True,
        samesite="Lax",
        secure=request.app[SITE].is_secure,
    )


def forget_cookie(request: web.Request, response: web.StreamResponse, cookie: Cookie) -> None:
    """Take the cookie back from the browser."""
    response.del_cookie(
        _name(request, cookie),
        httponly=True,
        samesite="Lax",
        secure=request.app[SITE].is_secure,
    )


def browser_of(request: web.Request) -> str:
    """What forms are bound to: the browser's own cookie, or a new one that goes with the answer."""
    if BROWSER not in request:
        request[BROWSER] = read_cookie(request, Cookie.BROWSER) or new_identifier()
    return request[BROWSER]


def chat_seat(request: web.Request) -> Seat | None:
    """The élu's seat of this browser, or None before a first word was posted."""
    session = read_cookie(request, Cookie.CHAT)
    return _chat_seat(session) if session else None


def first_seat(request: web.Request) -> Seat:
    """The seat of a browser that posts its first word, the same for a second copy of the form."""
    secret = f"first conversation {request.app[SITE].parts.secret_key}".encode()
    digest = hmac.digest(secret, browser_of(request).encode(), "sha256")
    return _chat_seat(base64.urlsafe_b64encode(digest[:18]).decode())


def open_chat(request: web.Request, response: web.StreamResponse, conversation: str) -> None:
    """Let the browser sit in that conversation of an élu from now on."""
    session = ConversationRef(PAGES, conversation).session
    write_cookie(request, response, Cookie.CHAT, session or "")


async def find_desk(request: web.Request) -> Desk | None:
    """The register entry behind this browser's desk, or None; one removed is gone at once."""
    person = read_cookie(request, Cookie.DESK)
    if person is None or not person.isdecimal():
        return None
    return await request.app[SITE].parts.queries.desk(int(person))


async def need_chat_seat(request: web.Request) -> Seat:
    """The élu's seat of this browser. Raises HTTPNotFound before a first word was posted."""
    seat = chat_seat(request)
    if seat is None:
        raise web.HTTPNotFound
    return seat


async def need_desk(request: web.Request) -> Desk:
    """The desk of this browser. Raises HTTPForbidden without one."""
    desk = await find_desk(request)
    if desk is None:
        raise web.HTTPForbidden
    return desk


async def need_room_seat(request: web.Request) -> DeskSeat:
    """The desk's seat in the room of the project `ref` of the address.

    Raises HTTPForbidden without a desk, HTTPNotFound where it does not sit: whether the project
    exists is not revealed.
    """
    desk, ref = await need_desk(request), request.match_info["ref"]
    if not await request.app[SITE].parts.queries.has_seat(desk.advisor_id, ref):
        raise web.HTTPNotFound
    return _desk_seat(desk, ConversationRef.room(PAGES, ref))


async def need_team_seat(request: web.Request) -> DeskSeat:
    """The desk's seat in the team of the address's `portail`. Raises HTTPForbidden without one."""
    desk, portal = await need_desk(request), request.match_info["portail"]
    if not is_in_team(desk, portal):
        raise web.HTTPForbidden
    return _desk_seat(desk, ConversationRef.team(PAGES, portal))


def is_coordinator(desk: Desk) -> bool:
    """Whether the desk belongs to a portal's team."""
    return desk.role is Role.COORDINATOR


def is_in_team(desk: Desk, portal: str) -> bool:
    """Whether the desk belongs to that portal's team."""
    return is_coordinator(desk) and portal in desk.portals


async def may_read(request: web.Request, conversation: str) -> bool:
    """Whether this browser may see what was said in the conversation."""
    seat = chat_seat(request)
    if seat is not None and seat.conversation.name == conversation:
        return True
    desk = await find_desk(request)
    asked = ConversationRef(PAGES, conversation)
    if desk is None:
        return False
    if asked.reference is not None:
        return await request.app[SITE].parts.queries.has_seat(desk.advisor_id, asked.reference)
    return asked.portal is not None and is_in_team(desk, asked.portal)


def _chat_seat(session: str) -> Seat:
    conversation = ConversationRef.chat(PAGES, session)
    return Seat(conversation, conversation.name)


def _desk_seat(desk: Desk, conversation: ConversationRef) -> DeskSeat:
    sender = ConversationRef.desk(PAGES, desk.advisor_id).name
    return DeskSeat(conversation, sender, desk.name, desk=desk)


def _name(request: web.Request, cookie: Cookie) -> str:
    # The prefix makes browsers refuse the cookie from a sibling domain or over plain HTTP.
    return f"__Host-{cookie.value}" if request.app[SITE].is_secure else cookie.value


def _signer(request: web.Request, cookie: Cookie) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(request.app[SITE].parts.secret_key, salt=cookie.value)
