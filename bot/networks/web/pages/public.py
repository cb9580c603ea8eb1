"""What anybody may see: figures, privacy, health."""

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.networks.web.session import find_desk
from bot.networks.web.site import SITE
from bot.networks.web.templates import render


async def show_figures(request: web.Request) -> web.Response:
    """The public figures."""
    figures = await request.app[SITE].parts.queries.figures()
    return render(request, "stats.html", desk=await find_desk(request), chiffres=figures)


async def show_privacy(request: web.Request) -> web.Response:
    """Who reads, for what, for how long."""
    return render(request, "confidentialite.html", desk=await find_desk(request))


async def tell_health(_request: web.Request) -> web.Response:
    """The process answers; `tell_readiness` says whether it can work."""
    return web.json_response({"status": "ok"})


async def tell_readiness(request: web.Request) -> web.Response:
    """Whether the service can do its work: 200, else 503 and a list of what is wrong."""
    faults = (await request.app[SITE].parts.look()).faults
    if faults:
        return web.json_response({"status": "not ready", "faults": list(faults)}, status=503)
    return web.json_response({"status": "ready"})


async def tell_metrics(request: web.Request) -> web.Response:
    """Figures for Prometheus."""
    site = request.app[SITE]
    readiness = await site.parts.look()
    depths = await site.parts.queries.depths()
    text = site.metrics.exposition(depths, readiness, site.live_pages.count)
    return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def tell_robots(_request: web.Request) -> web.Response:
    """Private pages are not for search engines."""
    private = ("/acces/", "/salle", "/equipe", "/fichiers/", "/flux/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    return web.Response(text="\n".join(lines) + "\n")
