"""How we look to people: a name, and a picture where the account has none."""

import logging
from pathlib import Path

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import RequestRefused, path
from bot.ports.network import RetryLater

_PICTURE = Path(__file__).parent.parent / "picture.png"
_log = logging.getLogger(__name__)


async def introduce(account: Account, name: str) -> None:
    """The account bears the name, and has a picture; those that an operator chose stay."""
    us, server = account.user_id, account.server
    given = us.removeprefix("@").partition(":")[0]
    try:
        seen = await server.call("GET", path("profile", us))
        if seen.get("displayname") in {None, "", given}:
            await server.call("PUT", path("profile", us, "displayname"), {"displayname": name})
        if not seen.get("avatar_url"):
            picture = await server.upload(_PICTURE.read_bytes(), "image/png")
            await server.call("PUT", path("profile", us, "avatar_url"), {"avatar_url": picture})
    except (RequestRefused, RetryLater) as error:
        _log.info("The account's name and picture stay as they are: %s", error)
