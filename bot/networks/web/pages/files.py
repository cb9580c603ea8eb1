"""Files that were sent in a conversation, for those who take part in it."""

from urllib.parse import quote

from aiohttp import web

from bot.networks.web.session import may_read
from bot.networks.web.site import SITE


async def download(request: web.Request) -> web.StreamResponse:
    """The file of a message, as a download. Raises HTTPNotFound for those who may not see it."""
    parts = request.app[SITE].parts
    found = await parts.chat.line(int(request.match_info["id"]))
    if found is None or found[1].attachment is None or not await may_read(request, found[0]):
        raise web.HTTPNotFound
    attachment = found[1].attachment
    path = parts.files.path(attachment.sha256)
    if path is None:
        raise web.HTTPNotFound
    name = quote(attachment.name, safe="")
    return web.FileResponse(
        path,
        headers={
            "Content-Type": attachment.media_type,
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        },
    )
