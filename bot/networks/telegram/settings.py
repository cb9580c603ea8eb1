"""What the Telegram network is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class TelegramWords:
    """What the network adds to messages, in their markup.

    `said` puts `{author}` before `{text}`; `backstage` marks `{text}` as said among advisors;
    `deleted` stands in the place of what Telegram does not let a bot delete any more; `file_gone`
    says of the file `{name}` that it is kept no more.
    """

    said: str
    backstage: str
    deleted: str
    file_gone: str


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """One bot.

    `forums` maps a portal's slug to the id of the forum group of its advisors. `commands` are
    (name, description) of the menu. With a `webhook_url` updates are taken there, each with
    `webhook_secret` (`A-Z a-z 0-9 _ -`, at most 256), else they are polled for. `answers_within` is
    how long a call may take; `pause`, doubled up to `longest_pause`, how long to wait after a
    fault. At most `group_per_minute` messages a minute are sent to one group.
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
