"""Personal links: shown by a GET, which previews also make, and used only by the button's POST."""

from http import HTTPStatus

from aiohttp import web

from bot.networks.web.cookies import Cookie
from bot.networks.web.forms import check_rate, read_form
from bot.networks.web.identity import CHAT, chat_seat, coordinates, find_desk
from bot.networks.web.site import SITE
from bot.networks.web.templates import render
from bot.ports.queries import Desk
from bot.ports.records import Link

_DESK = "desk"


async def show(request: web.Request) -> web.Response:
    """Whom the link is for, and one button; a link that cannot be used says why."""
    site = request.app[SITE]
    link = await site.parts.links.find(request.match_info["token"])
    here = await find_desk(request)
    if link is None:
        check_rate(request, "links")
        return _dead(request, HTTPStatus.NOT_FOUND, "inconnu")
    if link.expires_at <= site.parts.clock.now():
        return _dead(request, HTTPStatus.GONE, "expire")
    if link.used_at is not None and not link.reusable:
        mine = here is not None and here.person_id == link.person_id
        return _dead(request, HTTPStatus.GONE, "utilise", here if mine else None)
    owner = await _owner(request, link)
    if link.opens == _DESK and owner is None:
        return _dead(request, HTTPStatus.GONE, "retire")
    return render(
        request,
        "acces.html",
        desk=here,
        titulaire=owner,
        autre_conversation=_other_chat(request, link),
    )


async def use(request: web.Request) -> web.Response:
    """Use the link: the browser gets the cookie and goes to the page that it opens."""
    site = request.app[SITE]
    await read_form(request, "links")
    link = await site.parts.links.open(request.match_info["token"])
    if link is None:
        return await show(request)
    if link.opens.startswith(CHAT):
        response = web.Response(status=303, headers={"Location": "/#fin"})
        site.cookies.write(response, Cookie.CHAT, link.opens.removeprefix(CHAT))
        return response
    desk = await _owner(request, link)
    if desk is None:
        return _dead(request, HTTPStatus.GONE, "retire")
    response = web.Response(status=303, headers={"Location": home_of(desk)})
    site.cookies.write(response, Cookie.DESK, str(link.person_id))
    return response


async def leave(request: web.Request) -> web.Response:
    """Forget the desk in this browser."""
    await read_form(request)
    response = web.Response(status=303, headers={"Location": "/"})
    request.app[SITE].cookies.forget(response, Cookie.DESK)
    return response


def home_of(desk: Desk) -> str:
    """The page on which a desk begins its day."""
    return "/equipe" if coordinates(desk) else "/salles"


async def _owner(request: web.Request, link: Link) -> Desk | None:
    if link.opens != _DESK:
        return None
    return await request.app[SITE].parts.queries.desk(link.person_id)


def _other_chat(request: web.Request, link: Link) -> bool:
    """Whether the link would replace another conversation held by this browser."""
    seat = chat_seat(request)
    return link.opens.startswith(CHAT) and seat is not None and seat.sender != link.opens


def _dead(
    request: web.Request, status: HTTPStatus, reason: str, desk: Desk | None = None
) -> web.Response:
    return render(request, "lien_mort.html", status=status, desk=desk, raison=reason)
