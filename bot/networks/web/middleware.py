"""Around every request: security headers, and errors as kind pages."""

import logging
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.networks.web.forms import KEPT
from bot.networks.web.posting import wants_json
from bot.networks.web.site import SITE
from bot.networks.web.templates import render

_log = logging.getLogger(__name__)

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


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Give every answer its security headers; pages are private and never kept by caches."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    if request.app[SITE].cookies.secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")


@web.middleware
async def kind_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors become pages in plain French; what was typed stays in the page's field."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        return _page(request, error.status, error.headers.get("Retry-After"))
    except ConnectionError:
        raise
    except Exception as error:
        # The type alone: messages of database errors quote what people wrote.
        where = request.match_info.route.resource
        _log.error("%s failed: %s", where.canonical if where else "?", type(error).__name__)
        return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR, "2")


def _page(request: web.Request, status: int, retry_after: str | None) -> web.Response:
    request.app[SITE].metrics.refusals.labels(status=str(status)).inc()
    if wants_json(request):
        response = web.json_response({"ok": False}, status=status)
    else:
        kept = request.get(KEPT, {}) if status in _TEXT_KEPT_FOR else {}
        response = render(request, "erreur.html", status=status, statut=status, garde=kept)
    if retry_after is not None:
        response.headers["Retry-After"] = retry_after
    return response
