"""Personal links: shown by a GET, which previews also make, and used only by the button's POST."""

from http import HTTPStatus

from aiohttp import web

from bot.networks.web.forms import check_rate, read_form
from bot.networks.web.session import (
    Cookie,
    chat_seat,
    find_desk,
    forget_cookie,
    is_coordinator,
    open_chat,
    write_cookie,
)
from bot.networks.web.site import SITE
from bot.networks.web.templates import dead_link, render
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
        return dead_link(request, HTTPStatus.NOT_FOUND, "inconnu")
    if link.expires_at <= site.parts.clock.now():
        return dead_link(request, HTTPStatus.GONE, "expire")
    if link.used_at is not None and not link.reusable:
        mine = here is not None and here.person_id == link.person_id
        return dead_link(request, HTTPStatus.GONE, "utilise", here if mine else None)
    owner = await _owner(request, link)
    if link.opens == _DESK and owner is None:
        return dead_link(request, HTTPStatus.GONE, "retire")
    return render(
        request,
        "acces.html",
        desk=here,
        titulaire=owner,
        autre_conversation=_replaces_chat(request, link),
    )


async def use(request: web.Request) -> web.Response:
    """Use the link: the browser gets the cookie and goes to the page that it opens."""
    await read_form(request, "links")
    link = await request.app[SITE].parts.links.open(request.match_info["token"])
    if link is None:
        return await show(request)
    if link.opens != _DESK:
        response = web.Response(status=303, headers={"Location": "/#fin"})
        open_chat(request, response, link.opens)
        return response
    desk = await _owner(request, link)
    if desk is None:
        return dead_link(request, HTTPStatus.GONE, "retire")
    home = "/equipe" if is_coordinator(desk) else "/salles"
    response = web.Response(status=303, headers={"Location": home})
    write_cookie(request, response, Cookie.DESK, str(link.person_id))
    return response


async def leave(request: web.Request) -> web.Response:
    """Forget the desk in this browser."""
    await read_form(request)
    response = web.Response(status=303, headers={"Location": "/"})
    forget_cookie(request, response, Cookie.DESK)
    return response


async def _owner(request: web.Request, link: Link) -> Desk | None:
    """The register entry that the link makes of its bearer: None for an élu's, or one removed."""
    if link.opens != _DESK:
        return None
    return await request.app[SITE].parts.queries.desk(link.person_id)


def _replaces_chat(request: web.Request, link: Link) -> bool:
    seat = chat_seat(request)
    return link.opens != _DESK and seat is not None and seat.sender != link.opens
