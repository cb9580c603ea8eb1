"""What anybody may see: figures, privacy, health."""

import logging

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.networks.web.session import find_desk
from bot.networks.web.site import SITE
from bot.networks.web.templates import render

_log = logging.getLogger(__name__)


async def show_figures(request: web.Request) -> web.Response:
    """The public figures."""
    figures = await request.app[SITE].parts.queries.figures()
    return render(request, "stats.html", desk=await find_desk(request), chiffres=figures)


async def show_privacy(request: web.Request) -> web.Response:
    """Who reads, for what, for how long."""
    return render(request, "confidentialite.html", desk=await find_desk(request))


async def tell_health(request: web.Request) -> web.Response:
    """Whether the service answers and its database too: 200, else 503."""
    try:
        await request.app[SITE].parts.queries.depths()
    except Exception as error:
        _log.error("The health probe could not read: %s", type(error).__name__)
        return web.json_response({"status": "unavailable"}, status=503)
    return web.json_response({"status": "ok"})


async def tell_metrics(request: web.Request) -> web.Response:
    """Figures for Prometheus."""
    site = request.app[SITE]
    text = site.metrics.exposition(await site.parts.queries.depths(), site.live_pages.count)
    return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def tell_robots(_request: web.Request) -> web.Response:
    """Private pages are not for search engines."""
    private = ("/acces/", "/salle", "/equipe", "/fichiers/", "/flux/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    return web.Response(text="\n".join(lines) + "\n")
