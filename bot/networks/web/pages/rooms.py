"""The advisors' pages: their projects, and each project's room."""

from functools import partial

from aiohttp import web

from bot.domain.calendar import zone_of
from bot.domain.permissions import Right, may
from bot.networks.web.forms import NO_FORM, Form, read_form
from bot.networks.web.live import stream_news
from bot.networks.web.messages import messages_for
from bot.networks.web.posting import keep
from bot.networks.web.session import Seat, need_desk, room_seat
from bot.networks.web.site import SITE
from bot.networks.web.templates import render
from bot.ports.queries import Desk

_COMMANDS = {"reco", "note"}


async def show_all(request: web.Request) -> web.Response:
    """The projects on which the advisor sits, those that wait for the advisors first."""
    desk = await need_desk(request)
    projects = await request.app[SITE].parts.queries.rooms(desk.advisor_id)
    return render(request, "salles.html", desk=desk, projets=projects)


async def show(request: web.Request) -> web.Response:
    """A project's room: what is said, the project, its recommendations, its story."""
    desk, seat = await room_seat(request, request.match_info["ref"])
    return await _page(request, desk, seat)


async def say(request: web.Request) -> web.Response:
    """Keep an advisor's words, recommendation or backstage note."""
    desk, seat = await room_seat(request, request.match_info["ref"])
    form = await read_form(request)
    return await keep(request, seat, form, partial(_page, request, desk, seat), _COMMANDS)


async def stream(request: web.Request) -> web.StreamResponse:
    """News of the room, as long as the advisor may see it."""

    async def find_seat() -> Seat:
        return (await room_seat(request, request.match_info["ref"]))[1]

    return await stream_news(request, find_seat)


async def _page(
    request: web.Request,
    desk: Desk,
    seat: Seat,
    form: Form = NO_FORM,
    fault: str | None = None,
) -> web.Response:
    parts = request.app[SITE].parts
    room = await parts.queries.room(request.match_info["ref"])
    if room is None:
        raise web.HTTPNotFound
    zone = zone_of(room.project.departement)
    return render(
        request,
        "salle.html",
        status=422 if fault else 200,
        desk=desk,
        salle=room,
        projet=room.project,
        actes={right for right in Right if may(desk.role, right)},
        messages=await messages_for(request, seat, zone, parts.texts("contact.withheld")),
        zone=zone,
        brouillon=form["texte"],
        geste=form["geste"],
        echeance=form["echeance"],
        faute=fault,
    )
