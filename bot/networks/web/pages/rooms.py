"""The advisors' pages: their projects, and each project's room."""

from functools import partial

from aiohttp import web

from bot.domain.calendar import zone_of
from bot.domain.permissions import Right, may
from bot.networks.web.forms import NO_FORM, Form, read_form
from bot.networks.web.messages import messages_for
from bot.networks.web.posting import keep
from bot.networks.web.session import DeskSeat, need_desk, need_room_seat
from bot.networks.web.site import SITE
from bot.networks.web.templates import render


async def show_all(request: web.Request) -> web.Response:
    """The projects on which the advisor sits, those that wait for the advisors first."""
    desk = await need_desk(request)
    projects = await request.app[SITE].parts.queries.rooms(desk.advisor_id)
    return render(request, "salles.html", desk=desk, projets=projects)


async def show(request: web.Request) -> web.Response:
    """A project's room: what is said, the project, its recommendations, its story."""
    return await _page(request, await need_room_seat(request))


async def say(request: web.Request) -> web.Response:
    """Keep an advisor's words, recommendation or backstage note."""
    seat = await need_room_seat(request)
    form = await read_form(request)
    return await keep(request, seat, form, partial(_page, request, seat))


async def _page(
    request: web.Request, seat: DeskSeat, form: Form = NO_FORM, fault: str | None = None
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
        desk=seat.desk,
        salle=room,
        projet=room.project,
        peut_ecrire=may(seat.desk.role, Right.SAY),
        gestes=request.app[SITE].gestures(seat.conversation.kind, seat.desk.role),
        messages=await messages_for(request, seat, zone, parts.texts("contact.withheld")),
        zone=zone,
        brouillon=form["texte"],
        geste=form["geste"],
        saisie=form,
        faute=fault,
    )
