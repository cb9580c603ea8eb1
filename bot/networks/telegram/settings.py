"""What the Telegram network is given: an operator's settings, and its own sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.ports.network import NetworkError

NETWORK = "telegram"


class WrongToken(NetworkError):
    """Telegram refuses the bot's token: check it with @BotFather."""


class WebhookRefused(NetworkError):
    """Telegram refuses the webhook: its address must be public and begin with https://."""


@dataclass(frozen=True, slots=True)
class TelegramWords:
    """What the network adds to messages, in their markup.

    `said` puts `{author}` before `{text}`; `backstage` marks `{text}` as said among advisors;
    `deleted` replaces words that cannot be deleted any more, `file_gone` the file `{name}`.
    """

    said: str
    backstage: str
    deleted: str
    file_gone: str


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """One bot.

    `forums` maps a portal's slug to the id of the forum group of its advisors. `commands` are
    (name, description) of the menu. With a `webhook_url`, Telegram brings updates there, each with
    `webhook_secret` (at most 256 of `A-Z a-z 0-9 _ -`); without, they are polled for, each poll
    waiting `poll_for`. A call may take `answers_within`. After a fault we wait `pause`, then twice
    as long each time up to `longest_pause`. A group gets at most `group_per_minute` messages.
    """

    token: str = field(repr=False)
    words: TelegramWords
    base_url: str = "https://api.telegram.org"
    forums: Mapping[str, int] = field(default_factory=dict)
    commands: Sequence[tuple[str, str]] = ()
    webhook_url: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    poll_for: timedelta = timedelta(seconds=30)
    answers_within: timedelta = timedelta(seconds=20)
    pause: timedelta = timedelta(seconds=2)
    longest_pause: timedelta = timedelta(minutes=1)
    group_per_minute: int = 20
