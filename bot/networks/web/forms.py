"""Reads a posted form: from our own page, within the limits, its file kept."""

import logging
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from aiohttp import BodyPartReader, web
from itsdangerous import BadSignature, URLSafeSerializer

from bot.domain.attachment import Attachment
from bot.networks.web.session import Cookie, browser_of, read_cookie
from bot.networks.web.site import SITE
from bot.ports.files import FileRefused

Rate = Literal["posts", "links"]
"""What is counted: forms of a conversation, or personal links and those of mails."""

MAX_FIELDS_BYTES = 1024 * 1024
"""The most that the words of one form may weigh."""

POSTED = web.RequestKey("POSTED", Mapping[str, str])
"""Where a request holds the fields that were posted, once they are proven to be ours."""

_DETAIL = "detail."
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_log = logging.getLogger(__name__)


class TooMany(web.HTTPTooManyRequests):
    """Too much came from one session or one network address."""

    def __init__(self, pause: timedelta) -> None:
        super().__init__(headers={"Retry-After": str(int(pause.total_seconds()))})


@dataclass(frozen=True, slots=True)
class Form:
    """What was posted; other fields are empty. `refused` is the reason of a `FileRefused`."""

    fields: Mapping[str, str]
    attachment: Attachment | None = None
    refused: str | None = None

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def details(self) -> Iterator[tuple[str, str]]:
        """What was filled in of the fields called `detail.<name>`, by these names."""
        for field, said in self.fields.items():
            if field.startswith(_DETAIL) and said.strip():
                yield field.removeprefix(_DETAIL), said.strip()


NO_FORM = Form({})
"""That of a page which is opened, not posted."""


async def read_form(request: web.Request, rate: Rate = "posts") -> Form:
    """The form, once it is proven to be ours and within the rates.

    Raises HTTPForbidden for a foreign or forged form, HTTPBadRequest for a garbled one,
    HTTPRequestEntityTooLarge, and TooMany.
    """
    if _is_foreign(request):
        _log.info("A form from another site was refused.")
        raise web.HTTPForbidden
    pause = _take_tokens(request, rate)
    form = await _parse(request, keep_file=pause is None)
    _check_proof(request, form.fields)
    request[POSTED] = form.fields
    if pause is not None:
        raise TooMany(pause)
    return form


def check_rate(request: web.Request, rate: Rate) -> None:
    """Count one more. Raises TooMany."""
    pause = _take_tokens(request, rate)
    if pause is not None:
        raise TooMany(pause)


def proof_of(request: web.Request) -> str:
    """The hidden field that proves that a form was shown to this browser."""
    return str(_signer(request).dumps(browser_of(request)))


def clean(words: str) -> str:
    """The words with line ends as "\\n" and without control characters, which no field can type."""
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def _signer(request: web.Request) -> URLSafeSerializer:
    return URLSafeSerializer(request.app[SITE].parts.secret_key, salt="form")


def _check_proof(request: web.Request, fields: Mapping[str, str]) -> None:
    browser = read_cookie(request, Cookie.BROWSER)
    try:
        bound = _signer(request).loads(fields.get("jeton", ""))
    except BadSignature:
        raise web.HTTPForbidden from None
    if browser is None or bound != browser:
        raise web.HTTPForbidden


def _is_foreign(request: web.Request) -> bool:
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        return True
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return True
    return host not in {request.host, urlsplit(request.app[SITE].parts.public_url).netloc}


def _take_tokens(request: web.Request, rate: Rate) -> timedelta | None:
    """Count one more for the address and the browser: how long they have to wait, None if not."""
    site = request.app[SITE]
    limits, now = site.parts.limits, site.parts.clock.now()
    address = _client_address(request)
    if rate == "links":
        return site.throttle.take(f"links {address}", limits.links_per_minute_per_address, now)
    browser = read_cookie(request, Cookie.BROWSER)
    pauses = [site.throttle.take(f"address {address}", limits.posts_per_minute_per_address, now)]
    if browser is not None:
        pauses.append(site.throttle.take(f"session {browser}", limits.posts_per_minute, now))
    return max((pause for pause in pauses if pause is not None), default=None)


def _client_address(request: web.Request) -> str:
    """The network address of the browser; behind a trusted proxy, the one that the proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For")
    if request.app[SITE].parts.limits.trust_proxy and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return request.remote or ""


async def _parse(request: web.Request, *, keep_file: bool) -> Form:
    try:
        if request.content_type == "multipart/form-data":
            return await _parse_parts(request, keep_file=keep_file)
        posted = await request.post()
    except (UnicodeError, ValueError, LookupError, AssertionError, RuntimeError):
        raise web.HTTPBadRequest from None
    return Form({name: clean(value) for name, value in posted.items() if isinstance(value, str)})


async def _parse_parts(request: web.Request, *, keep_file: bool) -> Form:
    fields: dict[str, str] = {}
    bytes_left = MAX_FIELDS_BYTES
    attachment: Attachment | None = None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise web.HTTPBadRequest
        if part.filename is None:
            content = await _read_at_most(part, bytes_left)
            bytes_left -= len(content)
            fields[part.name or ""] = clean(content.decode("utf-8"))
        elif part.filename and keep_file:
            # Fields come before the file in our pages: nothing is kept for a forged form.
            _check_proof(request, fields)
            try:
                attachment = await _keep_file(request, part)
            except FileRefused as error:
                # The rest of the body is not read: it may have no end.
                return Form(fields, refused=error.reason)
    return Form(fields, attachment)


async def _read_at_most(part: BodyPartReader, limit: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > limit:
            raise web.HTTPRequestEntityTooLarge(limit, len(content))
    return bytes(content)


async def _keep_file(request: web.Request, part: BodyPartReader) -> Attachment:
    async def chunks() -> AsyncIterator[bytes]:
        while chunk := await part.read_chunk(64 * 1024):
            yield chunk

    media_type = part.headers.get("Content-Type", "application/octet-stream")
    files = request.app[SITE].parts.files
    return await files.keep(part.filename or "", media_type, chunks())
