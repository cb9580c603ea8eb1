"""A strict local Bot API server: what api.telegram.org would answer, and people to talk with.

It keeps the rules that adapters meet: offsets confirm, a second poller is told of the conflict,
sizes, markup, reactions and rights are checked, what was deleted is gone. https://core.telegram.org/bots/api
"""

from tests.support.botapi.faults import Fault
from tests.support.botapi.remote import RemoteTelegram, remote_telegram
from tests.support.botapi.server import BotApi

__all__ = ["BotApi", "Fault", "RemoteTelegram", "remote_telegram"]
