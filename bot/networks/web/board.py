"""The team's board: what awaits moderation, every project of the portal, the team's notices."""

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest

from aiohttp import web

from bot.domain.calendar import zone_of
from bot.domain.projects.project import ProjectStatus
from bot.networks.web.forms import Form, read_form
from bot.networks.web.identity import Seat, coordinates, need_desk, team_seat
from bot.networks.web.pages import lines_wanted, render
from bot.networks.web.saying import keep
from bot.networks.web.site import SITE
from bot.networks.web.views import message_views
from bot.ports.queries import Desk, ProjectRow, RoomPage

_DESCRIBED = 20


async def home(request: web.Request) -> web.Response:
    """The board of the first portal that the desk coordinates."""
    desk = await need_desk(request)
    if not coordinates(desk) or not desk.portals:
        raise web.HTTPForbidden
    raise web.HTTPSeeOther(f"/equipe/{desk.portals[0]}")


async def show(request: web.Request) -> web.Response:
    """A portal's board."""
    desk, seat = await team_seat(request, request.match_info["portail"])
    return await _page(request, desk, seat)


async def say(request: web.Request) -> web.Response:
    """Keep the team's decision on a project, or the words of one of its members."""
    desk, seat = await team_seat(request, request.match_info["portail"])
    form = await read_form(request)
    if form["geste"] in request.app[SITE].forms(seat.conversation.kind):
        await _need_own_project(request, form["projet"])
    return await keep(request, seat, form, partial(_page, request, desk, seat))


async def _need_own_project(request: web.Request, ref: str) -> None:
    projects = await request.app[SITE].parts.queries.board(request.match_info["portail"])
    if ref not in {project.ref for project in projects}:
        raise web.HTTPForbidden


async def _described(
    request: web.Request, projects: Sequence[ProjectRow]
) -> list[tuple[ProjectRow, RoomPage | None]]:
    """The projects that await the team, the first ones with what is needed to decide."""
    waiting = [p for p in projects if p.status is ProjectStatus.SUBMITTED]
    queries = request.app[SITE].parts.queries
    pages = [await queries.room(p.ref) for p in waiting[:_DESCRIBED]]
    return list(zip_longest(waiting, pages))


async def _page(
    request: web.Request,
    desk: Desk,
    seat: Seat,
    form: Form | None = None,
    fault: str | None = None,
) -> web.Response:
    parts = request.app[SITE].parts
    portal = request.match_info["portail"]
    projects = await parts.queries.board(portal)
    lines = await parts.chat.lines(seat.conversation.name, lines_wanted(request))
    # The team works for the whole country: its own clock is the mainland's.
    zone = zone_of("")
    return render(
        request,
        "equipe.html",
        status=422 if fault else 200,
        desk=desk,
        gestes=request.app[SITE].gestures(seat.conversation.kind, desk.role),
        portail=parts.portals.get(portal),
        slug=portal,
        en_attente=await _described(request, projects),
        projets=[p for p in projects if p.status is not ProjectStatus.SUBMITTED],
        messages=message_views(lines, seat.sender, zone),
        zone=zone,
        brouillon=form["texte"] if form else "",
        geste=form["geste"] if form else "",
        projet_vise=form["projet"] if form else "",
        faute=fault,
    )
