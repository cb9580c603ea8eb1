"""The élu's conversation with the assistant, and the way back to it."""

from aiohttp import web

from bot.networks.web import posting
from bot.networks.web.answers import done, refused
from bot.networks.web.cookies import Cookie
from bot.networks.web.forms import Form, read_form
from bot.networks.web.identity import chat_seat, find_desk, first_seat, session_of
from bot.networks.web.pages import chat_zone, lines_wanted, render
from bot.networks.web.saying import fault_of, word_of
from bot.networks.web.site import SITE
from bot.networks.web.views import message_views


async def show(request: web.Request) -> web.Response:
    """The conversation; before its first word, what this is and who reads."""
    return await _page(request)


async def say(request: web.Request) -> web.Response:
    """Keep what the élu says, answers or sends; the first word makes the session."""
    site = request.app[SITE]
    form = await read_form(request)
    seat = chat_seat(request) or first_seat(request)
    fault = fault_of(site, form)
    if fault is not None:
        return refused(request, fault) or await _page(request, form, fault)
    await posting.post(request, seat, form, await word_of(site, seat, form))
    response = done(request, "/")
    site.cookies.write(response, Cookie.CHAT, session_of(seat))
    return response


async def return_link(request: web.Request) -> web.Response:
    """The private address under which this conversation is found again, once somebody is known."""
    await read_form(request, "links")
    site = request.app[SITE]
    seat = chat_seat(request)
    path = await site.parts.links.return_link(seat.place.conversation) if seat else None
    address = f"{site.parts.public_url}{path}" if path else None
    return render(request, "lien.html", desk=await find_desk(request), adresse=address)


async def leave(request: web.Request) -> web.Response:
    """Forget the conversation in this browser; it is found again by its private link."""
    await read_form(request)
    response = web.Response(status=303, headers={"Location": "/"})
    for cookie in (Cookie.CHAT, Cookie.BROWSER):
        request.app[SITE].cookies.forget(response, cookie)
    return response


async def _page(
    request: web.Request, form: Form | None = None, fault: str | None = None
) -> web.Response:
    site = request.app[SITE]
    seat = chat_seat(request)
    lines = (
        await site.parts.chat.lines(seat.place.conversation, lines_wanted(request)) if seat else []
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
