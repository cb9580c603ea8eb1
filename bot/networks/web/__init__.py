"""The embedded web network: its own chat server, the advisors' rooms, the team's board."""

from bot.networks.web.network import AddressInUse, WebNetwork
from bot.networks.web.site import Hook, Limits, LinkGateway, WebParts

__all__ = ["AddressInUse", "Hook", "Limits", "LinkGateway", "WebNetwork", "WebParts"]
