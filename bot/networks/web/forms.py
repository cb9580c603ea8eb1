"""Reads a posted form: from our own page, within the limits, its file kept."""

import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from aiohttp import BodyPartReader, web
from itsdangerous import BadSignature, URLSafeSerializer

from bot.domain.attachment import Attachment
from bot.networks.web.cookies import Cookie, new_session
from bot.networks.web.rendering import clean
from bot.networks.web.site import SITE, Site
from bot.ports.files import FileRefused

MAX_FIELDS_BYTES = 1024 * 1024
_log = logging.getLogger(__name__)

BROWSER = web.RequestKey("BROWSER", str)
KEPT = web.RequestKey("KEPT", Mapping[str, str])


class TooMany(web.HTTPTooManyRequests):
    """Too much came from one session or one network address."""

    def __init__(self, pause: timedelta) -> None:
        super().__init__(headers={"Retry-After": str(int(pause.total_seconds()))})


@dataclass(frozen=True, slots=True)
class Form:
    """What was posted. `refused` is why a file was not kept: "type", "size" or "empty"."""

    fields: Mapping[str, str]
    attachment: Attachment | None = None
    refused: str | None = None

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


def browser_of(request: web.Request) -> str:
    """What forms are bound to: the browser's own cookie, or a new one that goes with the answer."""
    if BROWSER not in request:
        known = request.app[SITE].cookies.read(request, Cookie.BROWSER)
        request[BROWSER] = known or new_session()
    return request[BROWSER]


def token_for(site: Site, browser: str) -> str:
    """The hidden field that proves a form was shown to this browser."""
    return str(_signer(site).dumps(browser))


async def read_form(request: web.Request, rate: str = "posts") -> Form:
    """The form, once it is proven to be ours and within the rates.

    Raises HTTPForbidden for a foreign or forged form, HTTPBadRequest for a garbled one,
    HTTPRequestEntityTooLarge, and TooMany.
    """
    if _foreign(request):
        _log.info("A form from another site was refused.")
        raise web.HTTPForbidden
    pause = _pause(request, rate)
    form = await _parse(request, keep_file=pause is None)
    _check_token(request, form.fields)
    request[KEPT] = form.fields
    if pause is not None:
        raise TooMany(pause)
    return form


def check_rate(request: web.Request, rate: str) -> None:
    """Count one more. Raises TooMany."""
    pause = _pause(request, rate)
    if pause is not None:
        raise TooMany(pause)


def _signer(site: Site) -> URLSafeSerializer:
    return URLSafeSerializer(site.parts.secret_key, salt="form")


def _check_token(request: web.Request, fields: Mapping[str, str]) -> None:
    site = request.app[SITE]
    browser = site.cookies.read(request, Cookie.BROWSER)
    try:
        bound = _signer(site).loads(fields.get("jeton", ""))
    except BadSignature:
        raise web.HTTPForbidden from None
    if browser is None or bound != browser:
        raise web.HTTPForbidden


def _foreign(request: web.Request) -> bool:
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        return True
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return True
    return host not in {request.host, request.app[SITE].public_host}


def _pause(request: web.Request, rate: str) -> timedelta | None:
    site = request.app[SITE]
    limits, now = site.parts.limits, site.parts.clock.now()
    address = client_address(request)
    if rate == "links":
        return site.throttle.wait(f"links {address}", limits.links_per_minute_per_address, now)
    browser = site.cookies.read(request, Cookie.BROWSER)
    pauses = [site.throttle.wait(f"address {address}", limits.posts_per_minute_per_address, now)]
    if browser is not None:
        pauses.append(site.throttle.wait(f"session {browser}", limits.posts_per_minute, now))
    return max((pause for pause in pauses if pause is not None), default=None)


def client_address(request: web.Request) -> str:
    """The network address of the browser; behind a trusted proxy, the one that the proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For")
    if request.app[SITE].parts.limits.trust_proxy and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return request.remote or ""


async def _parse(request: web.Request, *, keep_file: bool) -> Form:
    try:
        if request.content_type == "multipart/form-data":
            return await _multipart(request, keep_file=keep_file)
        posted = await request.post()
    except (UnicodeError, ValueError, LookupError, AssertionError, RuntimeError):
        raise web.HTTPBadRequest from None
    return Form({name: clean(value) for name, value in posted.items() if isinstance(value, str)})


async def _multipart(request: web.Request, *, keep_file: bool) -> Form:
    fields: dict[str, str] = {}
    room = MAX_FIELDS_BYTES
    attachment: Attachment | None = None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise web.HTTPBadRequest
        if part.filename is None:
            content = await _bounded(part, room)
            room -= len(content)
            fields[part.name or ""] = clean(content.decode("utf-8"))
        elif part.filename and keep_file:
            # Fields come before the file in our pages: nothing is kept for a forged form.
            _check_token(request, fields)
            try:
                attachment = await _kept(request, part)
            except FileRefused as error:
                # The rest of the body is not read: it may have no end.
                return Form(fields, refused=error.reason)
    return Form(fields, attachment)


async def _bounded(part: BodyPartReader, room: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > room:
            raise web.HTTPRequestEntityTooLarge(room, len(content))
    return bytes(content)


async def _kept(request: web.Request, part: BodyPartReader) -> Attachment:
    async def chunks() -> AsyncIterator[bytes]:
        while chunk := await part.read_chunk(64 * 1024):
            yield chunk

    media_type = part.headers.get("Content-Type", "application/octet-stream")
    files = request.app[SITE].parts.files
    return await files.keep(part.filename or "", media_type, chunks())
