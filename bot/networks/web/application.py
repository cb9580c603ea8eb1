"""The application: its addresses and what surrounds them."""

import asyncio

from aiohttp import web

from bot.networks.web import attachments, forms, live, middleware, statics
from bot.networks.web.pages import (
    board,
    chat,
    demonstration,
    email_links,
    personal_links,
    public,
    rooms,
)
from bot.networks.web.site import SITE, Site


def application(site: Site) -> web.Application:
    """The site, ready to be served."""
    app = web.Application(
        middlewares=[middleware.kind_errors], client_max_size=forms.MAX_FIELDS_BYTES
    )
    app[SITE] = site
    app[live.CLOSING] = asyncio.Event()
    app.on_response_prepare.append(middleware.add_headers)
    app.on_shutdown.append(_release_live_pages)
    app.add_routes(_routes())
    app.add_routes([web.post(path, hook) for path, hook in site.parts.hooks.items()])
    return app


async def _release_live_pages(app: web.Application) -> None:
    app[live.CLOSING].set()
    app[SITE].bells.ring_all()


def _routes() -> list[web.RouteDef]:
    get, post = web.get, web.post
    return [
        get("/", chat.show),
        post("/", chat.say),
        post("/lien", chat.return_link),
        post("/fermer", chat.leave),
        get("/acces/{token}", personal_links.show),
        post("/acces/{token}", personal_links.use),
        post("/sortir", personal_links.leave),
        get("/courriel/{token}", email_links.show),
        post("/courriel/{token}", email_links.use),
        get("/salles", rooms.show_all),
        get("/salle/{ref}", rooms.show),
        post("/salle/{ref}", rooms.say),
        get("/equipe", board.home),
        get("/equipe/{portail}", board.show),
        post("/equipe/{portail}", board.say),
        get("/flux/chat", live.chat),
        get("/flux/salle/{ref}", live.room),
        get("/flux/equipe/{portail}", live.team),
        get(r"/fichiers/{id:\d{1,18}}", attachments.download),
        post("/demo/avancer", demonstration.forward),
        get("/stats", public.stats),
        get("/confidentialite", public.privacy),
        get("/healthz", public.health),
        get("/metrics", public.metrics),
        get("/robots.txt", public.robots),
        get("/favicon.ico", statics.favicon),
        get("/static/{version}/{name}", statics.static),
    ]
