"""The élu's conversation with the assistant, and the way back to it."""

from functools import partial
from http import HTTPStatus

from aiohttp import web

from bot.networks.web.cookies import Cookie
from bot.networks.web.forms import Form, check_rate, read_form
from bot.networks.web.identity import chat_seat, find_desk, first_seat, session_of
from bot.networks.web.saying import keep
from bot.networks.web.site import SITE
from bot.networks.web.templates import chat_zone, lines_wanted, render
from bot.networks.web.views import message_views


async def show(request: web.Request) -> web.Response:
    """The conversation; before its first word, what this is and who reads."""
    return await _page(request)


async def say(request: web.Request) -> web.Response:
    """Keep what the élu says, answers or sends; the first word makes the session."""
    site = request.app[SITE]
    form = await read_form(request)
    seat = chat_seat(request) or first_seat(request)
    response = await keep(request, seat, form, partial(_page, request))
    if response.status != HTTPStatus.UNPROCESSABLE_ENTITY:
        site.cookies.write(response, Cookie.CHAT, session_of(seat))
    return response


async def return_link(request: web.Request) -> web.Response:
    """The private address under which this conversation is found again, once somebody is known."""
    await read_form(request, "links")
    address = await _private_address(request)
    return render(request, "lien.html", desk=await find_desk(request), adresse=address)


async def leave(request: web.Request) -> web.Response:
    """Forget the conversation in this browser, once its private link has been shown."""
    form = await read_form(request)
    if form["garde"] != "oui":
        check_rate(request, "links")
        address = await _private_address(request)
        return render(request, "fermer.html", desk=await find_desk(request), adresse=address)
    response = web.Response(status=303, headers={"Location": "/"})
    for cookie in (Cookie.CHAT, Cookie.BROWSER):
        request.app[SITE].cookies.forget(response, cookie)
    return response


async def _private_address(request: web.Request) -> str | None:
    """Where the conversation of this browser is found again, or None while nobody is known."""
    parts, seat = request.app[SITE].parts, chat_seat(request)
    path = await parts.links.return_link(seat.conversation.name) if seat else None
    return f"{parts.public_url}{path}" if path else None


async def _page(
    request: web.Request, form: Form | None = None, fault: str | None = None
) -> web.Response:
    site = request.app[SITE]
    seat = chat_seat(request)
    lines = (
        await site.parts.chat.lines(seat.conversation.name, lines_wanted(request)) if seat else []
    )
    zone = await chat_zone(request)
    return render(
        request,
        "chat.html",
        status=422 if fault else 200,
        desk=await find_desk(request),
        messages=message_views(lines, seat.sender if seat else "", zone),
        zone=zone,
        brouillon=form["texte"] if form else "",
        faute=fault,
        exemple=request.query.get("exemple", ""),
    )
