"""Checks that an account can do its work, by questions to its homeserver that change nothing."""

import logging
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nio import AsyncClient

from bot.networks.matrix.connection.homeserver import Homeserver, RequestRefused, TokenRefused, path
from bot.networks.matrix.connection.login import find_token
from bot.networks.matrix.settings import server_of
from bot.ports.checkup import Finding, fault, ok, warning
from bot.ports.network import RetryLater

_SERVER = re.compile(r"[a-z0-9.-]+(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?")
_PACED = 60
_ADD_ROOMS = "m.space.child"
_BY_DEFAULT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedAccount:
    """The account to check, with its settings. `folder` holds its device, `has_password` tells
    whether another session can be begun; we send `per_minute` messages at most (0: no limit);
    `spaces` maps portals to the room ids of their Spaces.
    """

    homeserver: str
    user: str
    folder: Path
    access_token: str = field(default="", repr=False)
    has_password: bool = False
    allowed_servers: Collection[str] = ()
    per_minute: int = 0
    spaces: Mapping[str, str] = field(default_factory=dict)


async def checkup(asked: CheckedAccount) -> list[Finding]:
    """The findings on the allowed servers, the homeserver, and the account with its Spaces."""
    logging.getLogger("nio").setLevel(logging.CRITICAL)
    client = AsyncClient(asked.homeserver, asked.user)
    try:
        return [_check_servers(asked), *await _check_account(asked, client)]
    finally:
        await client.close()


async def _check_account(asked: CheckedAccount, client: AsyncClient) -> list[Finding]:
    what, server = "matrix", Homeserver(client)
    try:
        versions = await server.call("GET", path("versions", version="/_matrix/client"))
        spoken = str(versions["versions"][-1])
    except (RetryLater, RequestRefused, KeyError, IndexError) as error:
        todo = "look at the network and matrix.homeserver: the address of the client API"
        said = f"no homeserver answers at {asked.homeserver}: {type(error).__name__}"
        return [fault(what, said, todo)]
    findings = [ok(what, f"{asked.homeserver} speaks up to {spoken}")]
    # The token is not given before: one that is refused would hide what the server speaks.
    client.access_token = asked.access_token or find_token(asked.folder, asked.user)
    if not client.access_token:
        todo = "the first start logs in; run filrouge doctor again after it"
        return [*findings, warning("matrix account", "not logged in yet", todo)]
    return findings + await _check_session(asked, server)


async def _check_session(asked: CheckedAccount, server: Homeserver) -> list[Finding]:
    what = "matrix account"
    try:
        known = await server.call("GET", path("account", "whoami"))
        if known["user_id"] != asked.user:
            todo = "set matrix.user to the token's account, or give the other account's token"
            return [fault(what, f"the token belongs to {known['user_id']}", todo)]
        device = str(known.get("device_id") or "")
        findings = [
            ok(what, f"{asked.user}, device {device}"),
            await _check_device(asked, server, device),
        ]
        findings.append(await _check_limits(asked, server))
        for portal, space in asked.spaces.items():
            findings.append(await _check_space(server, asked.user, portal, space))
    except TokenRefused:
        return [_session_removed(asked)]
    except (RetryLater, RequestRefused) as error:
        return [warning(what, f"the homeserver does not answer well: {error}", "try again")]
    return findings


def _session_removed(asked: CheckedAccount) -> Finding:
    """The service begins another session by itself, as long as it has the right password."""
    what, said = "matrix account", "its session was removed on the homeserver, or the account was"
    if asked.has_password:
        todo = (
            "the running service logs in again by itself and publishes its device's keys; if its "
            "log says that the login is refused, set matrix.password to the account's present one"
        )
        return warning(what, said, f"{todo}, and restart")
    todo = "set matrix.password (the device is then made again), or a new matrix.access_token"
    return fault(what, said, todo)


async def _check_device(asked: CheckedAccount, server: Homeserver, device: str) -> Finding:
    """Clients are closing to devices that their account has not signed."""
    what = "matrix device"
    body: dict[str, Any] = {"device_keys": {asked.user: []}}
    known = await server.call("POST", path("keys", "query"), body)
    shown = known.get("device_keys", {}).get(asked.user, {}).get(device)
    if shown is None:
        todo = "restart the service: it publishes them at its start"
        return warning(what, f"the keys of {device} are not published", todo)
    signing = known.get("self_signing_keys", {}).get(asked.user, {}).get("keys", {})
    signatures = shown.get("signatures", {}).get(asked.user, {})
    if not any(key in signatures for key in signing):
        todo = "restart with matrix.password set, so that the account's signing keys can be ours"
        return warning(what, f"{device} is not cross-signed: some clients will refuse it", todo)
    return ok(what, f"{device} is cross-signed")


async def _check_limits(asked: CheckedAccount, server: Homeserver) -> Finding:
    what = "matrix limits"
    if 0 < asked.per_minute <= _PACED:
        return ok(what, f"we keep to {asked.per_minute} messages a minute")
    api = "/_synapse/admin/v1/users"
    try:
        lifted = await server.call("GET", path(asked.user, "override_ratelimit", version=api))
    except RequestRefused:
        todo = "ask its administrator for override_ratelimit, or set outbox.pace.matrix.per_minute"
        return warning(what, "not ours to see; rooms may be slow to open", f"{todo} = {_PACED}")
    if lifted.get("messages_per_second") == 0:
        return ok(what, "the homeserver has lifted them for this account")
    todo = "lift them (override_ratelimit), or set outbox.pace.matrix.per_minute"
    return warning(what, "those of everybody", f"{todo} = {_PACED}")


def _check_servers(asked: CheckedAccount) -> Finding:
    what = "matrix servers"
    wrong = [name for name in asked.allowed_servers if not _SERVER.fullmatch(name)]
    if wrong:
        todo = "write names as after the colon of user ids, without https:// nor *"
        return fault(what, f"no names of servers: {', '.join(wrong)}", todo)
    everybody = {server_of(asked.user): None} | dict.fromkeys(asked.allowed_servers)
    return ok(what, f"people of {', '.join(everybody)} are welcome")


async def _check_space(server: Homeserver, user: str, portal: str, space: str) -> Finding:
    """Whether we may put rooms into a portal's Space and invite people there. Raises RetryLater."""
    what = f"matrix space {portal}"
    try:
        levels = await server.call("GET", path("rooms", space, "state", "m.room.power_levels"))
        opened = await server.call("GET", path("rooms", space, "state", "m.room.create"))
    except RequestRefused:
        todo = "have the account invited again; until then rooms stand outside the Space"
        return fault(what, f"{user} is not in it any more", todo)
    if user in levels.get("users", {}) or not _makes_creators_all_powerful(opened):
        ours = _number(levels.get("users", {}).get(user, levels.get("users_default", 0)))
        asked = levels.get("events", {}).get(_ADD_ROOMS, levels.get("state_default", _BY_DEFAULT))
        needed = max(_number(asked), _number(levels.get("invite", 0)))
        if ours < needed:
            todo = f"have an administrator of the Space give it {needed}"
            return warning(what, f"the account has power {ours}, and needs {needed}", todo)
    return ok(what, "the account may add rooms and invite people")


def _makes_creators_all_powerful(opened: dict[str, Any]) -> bool:
    """Since version 12 of rooms, whoever created one may do everything, and has no power level."""
    version = str(opened.get("room_version", "1"))
    return version.isdigit() and int(version) >= 12


def _number(level: object) -> int:
    return int(level) if isinstance(level, int | str) else 0
