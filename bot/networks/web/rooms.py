"""The advisors' pages: their projects, and each project's room."""

from functools import partial

from aiohttp import web

from bot.domain.calendar import zone_of
from bot.domain.permissions import Right, may
from bot.networks.web.forms import Form, read_form
from bot.networks.web.identity import Seat, need_desk, room_seat
from bot.networks.web.pages import lines_wanted, render
from bot.networks.web.saying import keep
from bot.networks.web.site import SITE
from bot.networks.web.views import message_views
from bot.ports.queries import Desk


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
    return await keep(request, seat, form, partial(_page, request, desk, seat))


async def _page(
    request: web.Request,
    desk: Desk,
    seat: Seat,
    form: Form | None = None,
    fault: str | None = None,
) -> web.Response:
    parts = request.app[SITE].parts
    room = await parts.queries.room(request.match_info["ref"])
    if room is None:
        raise web.HTTPNotFound
    lines = await parts.chat.lines(seat.conversation.name, lines_wanted(request))
    zone = zone_of(room.project.departement)
    return render(
        request,
        "salle.html",
        status=422 if fault else 200,
        desk=desk,
        salle=room,
        projet=room.project,
        peut_ecrire=may(desk.role, Right.SAY),
        gestes=request.app[SITE].gestures(seat.conversation.kind, desk.role),
        messages=message_views(lines, seat.sender, zone, parts.texts("contact.withheld")),
        zone=zone,
        brouillon=form["texte"] if form else "",
        geste=form["geste"] if form else "",
        echeance=form["echeance"] if form else "",
        faute=fault,
    )
