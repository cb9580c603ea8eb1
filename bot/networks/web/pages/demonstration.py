"""The demonstration: moves its time forward."""

from datetime import timedelta

from aiohttp import web

from bot.networks.web.forms import read_form
from bot.networks.web.site import SITE

_WEEKS = {"2": timedelta(weeks=2), "6": timedelta(weeks=6)}


async def forward(request: web.Request) -> web.Response:
    """Move time forward, back to the same page. Raises HTTPNotFound without demonstration."""
    demo = request.app[SITE].parts.demo
    if demo is None:
        raise web.HTTPNotFound
    form = await read_form(request)
    if form["semaines"] not in _WEEKS:
        raise web.HTTPBadRequest
    await demo.forward(_WEEKS[form["semaines"]])
    return web.Response(status=303, headers={"Location": f"{_own_page(form['retour'])}#fin"})


def _own_page(path: str) -> str:
    """The path if it surely stays on this site, else the first page."""
    own = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if own and path.isprintable() else "/"
