"""How a posted form is answered: by the next page, or to the page's script."""

from aiohttp import web

from bot.networks.web.posting import wants_json
from bot.networks.web.templates import fault_text


def done(request: web.Request, path: str) -> web.Response:
    """The form was kept: on to the page, where the newest message is."""
    if wants_json(request):
        return web.json_response({"ok": True})
    return web.Response(status=303, headers={"Location": f"{path}#fin"})


def refused(request: web.Request, fault: str) -> web.Response | None:
    """For the page's script, why the form was not kept; None when a whole page must say it."""
    if not wants_json(request):
        return None
    return web.json_response({"faute": fault_text(request, fault)}, status=422)
