"""The parameters of a call: form fields, files, or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.support.botapi.refusals import bad


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    media_type: str
    content: bytes


class Parameters:
    """What a call says; nested values may come as JSON text."""

    def __init__(self, fields: Mapping[str, Any], uploads: Mapping[str, Upload]) -> None:
        self._fields = fields
        self._uploads = uploads

    def text(self, name: str, default: str = "") -> str:
        value = self._fields.get(name)
        return default if value is None else str(value)

    def integer(self, name: str) -> int | None:
        value = self._fields.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except ValueError:
            raise bad(f"{name} must be an integer") from None

    def required(self, name: str) -> int:
        value = self.integer(name)
        if value is None:
            raise bad(f"{name} is empty")
        return value

    def flag(self, name: str) -> bool:
        return self._fields.get(name) in {True, "true", "True", "1"}

    def json(self, name: str) -> Any:
        value = self._fields.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file of that field, sent in it or attached under another name."""
        value = self._fields.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self._uploads.get(value.removeprefix("attach://"))
        return self._uploads.get(name)


async def parameters(request: web.Request) -> Parameters:
    """What a request says, in its address and in its body."""
    fields: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        fields |= await request.json()
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                fields[name] = value
    return Parameters(fields, uploads)
