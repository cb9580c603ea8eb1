"""The pages' style sheet, script and icon: browsers keep them, as new content has a new address."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from aiohttp import web

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@cache
def _contents() -> dict[str, bytes]:
    return {
        entry.name: entry.read_bytes()
        for entry in files(__name__).iterdir()
        if PurePath(entry.name).suffix in _TYPES
    }


@cache
def static_path(name: str) -> str:
    """The address of a static file."""
    return f"/static/{hashlib.sha256(_contents()[name]).hexdigest()[:12]}/{name}"


async def serve(request: web.Request) -> web.Response:
    """A static file, for ever: a new content has a new address."""
    name = request.match_info["name"]
    if name not in _contents() or request.path != static_path(name):
        raise web.HTTPNotFound
    return web.Response(
        body=_contents()[name],
        content_type=_TYPES[PurePath(name).suffix],
        charset="utf-8",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


async def favicon(_request: web.Request) -> web.Response:
    """The icon that browsers ask for by themselves."""
    raise web.HTTPMovedPermanently(static_path("fil.svg"))
