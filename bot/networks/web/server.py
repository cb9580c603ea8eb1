"""The site: its addresses, and what surrounds every request: security headers, kind errors."""

import logging
from functools import partial
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.networks.web import forms, live, static
from bot.networks.web.pages import (
    board,
    chat,
    demonstration,
    email_links,
    files,
    personal_links,
    public,
    rooms,
)
from bot.networks.web.posting import wants_json
from bot.networks.web.session import need_chat_seat, need_room_seat, need_team_seat
from bot.networks.web.site import SITE, Site
from bot.networks.web.templates import render

ROUTES = (
    web.get("/", chat.show),
    web.post("/", chat.say),
    web.get("/flux/chat", partial(live.stream_news, find_seat=need_chat_seat)),
    web.post("/lien", chat.show_return_link),
    web.post("/fermer", chat.leave),
    web.get("/acces/{token}", personal_links.show),
    web.post("/acces/{token}", personal_links.use),
    web.post("/sortir", personal_links.leave),
    web.get("/courriel/{token}", email_links.show),
    web.post("/courriel/{token}", email_links.use),
    web.get("/salles", rooms.show_all),
    web.get("/salle/{ref}", rooms.show),
    web.post("/salle/{ref}", rooms.say),
    web.get("/flux/salle/{ref}", partial(live.stream_news, find_seat=need_room_seat)),
    web.get("/equipe", board.show_first),
    web.get("/equipe/{portail}", board.show),
    web.post("/equipe/{portail}", board.say),
    web.get("/flux/equipe/{portail}", partial(live.stream_news, find_seat=need_team_seat)),
    web.get(r"/fichiers/{id:\d{1,18}}", files.download),
    web.post("/demo/avancer", demonstration.forward),
    web.get("/stats", public.show_figures),
    web.get("/confidentialite", public.show_privacy),
    web.get("/healthz", public.tell_health),
    web.get("/readyz", public.tell_readiness),
    web.get("/metrics", public.tell_metrics),
    web.get("/robots.txt", public.tell_robots),
    web.get("/favicon.ico", static.favicon),
    web.get("/static/{version}/{name}", static.serve),
)
"""Who answers each address. A page is its lines here, a module of `pages`, and its template."""

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # Personal links stand in addresses. `no-referrer` would make browsers hide the origin of forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_TEXT_KEPT_FOR = {429, 500, 503}
"""The errors whose page shows again what was typed, to be sent later."""

_log = logging.getLogger(__name__)


def application(site: Site) -> web.Application:
    """The site, ready to be served."""
    app = web.Application(middlewares=[_show_errors], client_max_size=forms.MAX_FIELDS_BYTES)
    app[SITE] = site
    app.on_response_prepare.append(_add_headers)
    app.on_shutdown.append(_release_live_pages)
    app.add_routes(ROUTES)
    app.add_routes([web.post(path, hook) for path, hook in site.parts.hooks.items()])
    return app


async def _release_live_pages(app: web.Application) -> None:
    app[SITE].closing.set()
    app[SITE].live_pages.wake_all()


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Give every answer its security headers; pages are private and never kept by caches."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    if request.app[SITE].is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")


@web.middleware
async def _show_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors become pages in plain French; what was typed stays in the page's field."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        return _error_page(request, error.status, error.headers.get("Retry-After"))
    except ConnectionError:
        raise
    except Exception as error:
        # The type alone: messages of database errors quote what people wrote.
        where = request.match_info.route.resource
        _log.error("%s failed: %s", where.canonical if where else "?", type(error).__name__)
        return _error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR, "2")


def _error_page(request: web.Request, status: int, retry_after: str | None) -> web.Response:
    request.app[SITE].metrics.refusals.labels(status=str(status)).inc()
    if wants_json(request):
        response = web.json_response({"ok": False}, status=status)
    else:
        kept = request.get(forms.POSTED, {}) if status in _TEXT_KEPT_FOR else {}
        response = render(request, "erreur.html", status=status, statut=status, garde=kept)
    if retry_after is not None:
        response.headers["Retry-After"] = retry_after
    return response
