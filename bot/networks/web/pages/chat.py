"""The élu's conversation with the assistant, and the way back to it."""

from functools import partial
from http import HTTPStatus

from aiohttp import web

from bot.domain.calendar import zone_of
from bot.networks.web.forms import NO_FORM, Form, check_rate, read_form
from bot.networks.web.messages import messages_for
from bot.networks.web.posting import keep
from bot.networks.web.session import (
    Cookie,
    chat_seat,
    find_desk,
    first_seat,
    forget_cookie,
    open_chat,
)
from bot.networks.web.site import SITE
from bot.networks.web.templates import render


async def show(request: web.Request) -> web.Response:
    """The conversation; before its first word, what this is and who reads."""
    return await _page(request)


async def say(request: web.Request) -> web.Response:
    """Keep what the élu says, answers or sends; the first word makes the session."""
    form = await read_form(request)
    seat = chat_seat(request) or first_seat(request)
    response = await keep(request, seat, form, partial(_page, request))
    if response.status != HTTPStatus.UNPROCESSABLE_ENTITY:
        open_chat(request, response, seat.conversation.name)
    return response


async def show_return_link(request: web.Request) -> web.Response:
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
        forget_cookie(request, response, cookie)
    return response


async def _private_address(request: web.Request) -> str | None:
    """Where the conversation of this browser is found again, or None while nobody is known."""
    parts, seat = request.app[SITE].parts, chat_seat(request)
    path = await parts.links.create_return_link(seat.conversation.name) if seat else None
    return f"{parts.public_url}{path}" if path else None


async def _page(
    request: web.Request, form: Form = NO_FORM, fault: str | None = None
) -> web.Response:
    seat = chat_seat(request)
    departement = None
    if seat is not None:
        queries = request.app[SITE].parts.queries
        departement = await queries.departement(seat.conversation.network, seat.conversation.name)
    # That of the élu's territory: mainland France before it is known.
    zone = zone_of(departement or "")
    return render(
        request,
        "chat.html",
        status=422 if fault else 200,
        desk=await find_desk(request),
        messages=await messages_for(request, seat, zone) if seat else [],
        zone=zone,
        brouillon=form["texte"],
        faute=fault,
        exemple=request.query.get("exemple", ""),
    )
