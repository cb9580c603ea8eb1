"""The embedded web network: its own chat server, the advisors' rooms, the team's board."""

from bot.networks.web.network import WebNetwork
from bot.networks.web.parts import Limits, LinkGateway, WebParts

__all__ = ["Limits", "LinkGateway", "WebNetwork", "WebParts"]
