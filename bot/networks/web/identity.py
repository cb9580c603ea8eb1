"""Who asks: from signed cookies to a seat in a conversation. Looked up again at every request."""

import base64
import hmac
from dataclasses import dataclass

from aiohttp import web

from bot.domain.conversations import ConversationRef
from bot.domain.people import Role
from bot.networks.web.cookies import Cookie
from bot.networks.web.forms import browser_of
from bot.networks.web.site import SITE
from bot.ports.queries import Desk

NETWORK = "web"
CHAT = "chat:"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a conversation: what is posted from it comes from `sender`, shown as `author`."""

    conversation: ConversationRef
    sender: str
    author: str


def chat_seat(request: web.Request) -> Seat | None:
    """The élu's seat of this browser, or None before a first word was posted."""
    session = request.app[SITE].cookies.read(request, Cookie.CHAT)
    return _chat_seat(session) if session else None


def first_seat(request: web.Request) -> Seat:
    """The seat of a browser that posts its first word.

    Two copies of that first form, from a double tap or a retry, make one conversation.
    """
    site = request.app[SITE]
    secret = f"first conversation {site.parts.secret_key}".encode()
    digest = hmac.digest(secret, browser_of(request).encode(), "sha256")
    return _chat_seat(base64.urlsafe_b64encode(digest[:18]).decode())


def session_of(seat: Seat) -> str:
    """The session of an élu's seat."""
    return seat.sender.removeprefix(CHAT)


async def find_desk(request: web.Request) -> Desk | None:
    """The register entry behind this browser's desk, or None; one removed is gone at once."""
    site = request.app[SITE]
    person = site.cookies.read(request, Cookie.DESK)
    if person is None or not person.isdecimal():
        return None
    return await site.parts.queries.desk(int(person))


async def need_desk(request: web.Request) -> Desk:
    """The desk of this browser. Raises HTTPForbidden without one."""
    desk = await find_desk(request)
    if desk is None:
        raise web.HTTPForbidden
    return desk


async def room_seat(request: web.Request, ref: str) -> tuple[Desk, Seat]:
    """The desk and its seat in a project's room.

    Raises HTTPForbidden without a desk, HTTPNotFound where it does not sit: whether the project
    exists is not revealed.
    """
    desk = await need_desk(request)
    if not await request.app[SITE].parts.queries.sits(desk.advisor_id, ref):
        raise web.HTTPNotFound
    return desk, _desk_seat(desk, f"room:{ref}")


async def team_seat(request: web.Request, portal: str) -> tuple[Desk, Seat]:
    """The desk and its seat in a portal's team. Raises HTTPForbidden unless it coordinates it."""
    desk = await need_desk(request)
    if not coordinates(desk) or portal not in desk.portals:
        raise web.HTTPForbidden
    return desk, _desk_seat(desk, f"team:{portal}")


def coordinates(desk: Desk) -> bool:
    """Whether the desk belongs to a portal's team."""
    return desk.role is Role.COORDINATOR


async def may_read(request: web.Request, conversation: str) -> bool:
    """Whether this browser may see what was said in the conversation."""
    seat = chat_seat(request)
    if seat is not None and seat.conversation.name == conversation:
        return True
    kind, _, name = conversation.partition(":")
    desk = await find_desk(request)
    if desk is None:
        return False
    if kind == "room":
        return await request.app[SITE].parts.queries.sits(desk.advisor_id, name)
    return kind == "team" and coordinates(desk) and name in desk.portals


def _chat_seat(session: str) -> Seat:
    conversation = f"{CHAT}{session}"
    return Seat(ConversationRef(NETWORK, conversation), conversation, "")


def _desk_seat(desk: Desk, conversation: str) -> Seat:
    return Seat(ConversationRef(NETWORK, conversation), f"desk:{desk.advisor_id}", desk.name)
