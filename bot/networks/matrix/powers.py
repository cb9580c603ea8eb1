"""What our account may do in a portal's Space."""

from typing import Any

from bot.networks.matrix.connection.errors import RequestRefused
from bot.networks.matrix.connection.homeserver import Homeserver, path
from bot.ports.checkup import Finding, fault, ok, warning

_ADD_ROOMS = "m.space.child"
_BY_DEFAULT = 50


async def space_power(server: Homeserver, user: str, portal: str, space: str) -> Finding:
    """Whether we may still put rooms into it and invite people there. Raises RetryLater."""
    what = f"matrix space {portal}"
    try:
        levels = await server.call("GET", path("rooms", space, "state", "m.room.power_levels"))
        opened = await server.call("GET", path("rooms", space, "state", "m.room.create"))
    except RequestRefused:
        todo = "have the account invited again; until then rooms stand outside the Space"
        return fault(what, f"{user} is not in it any more", todo)
    if user in levels.get("users", {}) or not _creator(opened):
        ours = _number(levels.get("users", {}).get(user, levels.get("users_default", 0)))
        asked = levels.get("events", {}).get(_ADD_ROOMS, levels.get("state_default", _BY_DEFAULT))
        needed = max(_number(asked), _number(levels.get("invite", 0)))
        if ours < needed:
            todo = f"have an administrator of the Space give it {needed}"
            return warning(what, f"the account has power {ours}, and needs {needed}", todo)
    return ok(what, "the account may add rooms and invite people")


def _creator(opened: dict[str, Any]) -> bool:
    """Since version 12 of rooms, whoever opened one may do everything, and has no level."""
    version = str(opened.get("room_version", "1"))
    return version.isdigit() and int(version) >= 12


def _number(level: object) -> int:
    return int(level) if isinstance(level, int | str) else 0
