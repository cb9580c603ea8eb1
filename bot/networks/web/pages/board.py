"""The team's board: what awaits moderation, every project of the portal, the team's notices."""

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest

from aiohttp import web

from bot.domain.calendar import zone_of
from bot.domain.projects.project import ProjectStatus
from bot.networks.web.forms import NO_FORM, Form, read_form
from bot.networks.web.messages import messages_for
from bot.networks.web.posting import keep
from bot.networks.web.session import DeskSeat, is_coordinator, need_desk, need_team_seat
from bot.networks.web.site import SITE
from bot.networks.web.templates import render
from bot.ports.queries import ProjectRow, RoomPage
from config.portals import stand_in_of, unattended

_DESCRIBED = 20


async def show_first(request: web.Request) -> web.Response:
    """On to the board of the first portal that the desk coordinates."""
    desk = await need_desk(request)
    if not is_coordinator(desk) or not desk.portals:
        raise web.HTTPForbidden
    raise web.HTTPSeeOther(f"/equipe/{desk.portals[0]}")


async def show(request: web.Request) -> web.Response:
    """A portal's board."""
    return await _page(request, await need_team_seat(request))


async def say(request: web.Request) -> web.Response:
    """Keep the team's decision on a project, or the words of one of its members."""
    seat = await need_team_seat(request)
    form = await read_form(request)
    if form["geste"] in request.app[SITE].forms(seat.conversation.kind):
        await _need_own_project(request, form["projet"])
    return await keep(request, seat, form, partial(_page, request, seat))


async def _need_own_project(request: web.Request, ref: str) -> None:
    projects = await request.app[SITE].parts.queries.board(request.match_info["portail"])
    if ref not in {project.ref for project in projects}:
        raise web.HTTPForbidden


async def _describe(
    request: web.Request, projects: Sequence[ProjectRow]
) -> list[tuple[ProjectRow, RoomPage | None]]:
    """The projects that await the team, the first ones with what is needed to decide."""
    waiting = [p for p in projects if p.status is ProjectStatus.SUBMITTED]
    queries = request.app[SITE].parts.queries
    pages = [await queries.room(p.ref) for p in waiting[:_DESCRIBED]]
    return list(zip_longest(waiting, pages))


async def _stood_in_for(request: web.Request, portal: str) -> list[str]:
    """The names of the portals without a team whose projects come to this one."""
    parts = request.app[SITE].parts
    alone = unattended(parts.portals, await parts.queries.coordinated())
    return [p.name for p in alone if stand_in_of(parts.portals, p).slug == portal != p.slug]


async def _page(
    request: web.Request, seat: DeskSeat, form: Form = NO_FORM, fault: str | None = None
) -> web.Response:
    parts = request.app[SITE].parts
    portal = request.match_info["portail"]
    projects = await parts.queries.board(portal)
    # The team works for the whole country: its own clock is the mainland's.
    zone = zone_of("")
    return render(
        request,
        "equipe.html",
        status=422 if fault else 200,
        desk=seat.desk,
        gestes=request.app[SITE].gestures(seat.conversation.kind, seat.desk.role),
        portail=parts.portals.get(portal),
        slug=portal,
        sans_equipe=await _stood_in_for(request, portal),
        en_attente=await _describe(request, projects),
        projets=[p for p in projects if p.status is not ProjectStatus.SUBMITTED],
        messages=await messages_for(request, seat, zone),
        zone=zone,
        brouillon=form["texte"],
        geste=form["geste"],
        projet_vise=form["projet"],
        faute=fault,
    )
