"""The operator's settings: FILROUGE_… variables win over local.toml, that over default.toml.

What each setting does is said in default.toml, beside its value; here is what it may be.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from config import settings_values as values
from config.errors import ConfigError
from config.settings_sources import Sources, setting_keys

TELEGRAM = "https://api.telegram.org"
_YES = {"true", "1", "on", "yes"}
TCHAP_PER_MINUTE = 60

_REAL = (("web", "public_url"), ("telegram", "token"), ("matrix", "homeserver"), ("email", "host"))
"""The settings that a demonstration does without."""


class Section(BaseModel):
    """A table of settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Web(Section):
    """The pages. Sizes are in bytes and characters, rates per minute."""

    host: Annotated[str, Field(min_length=1)]
    port: values.Port
    public_url: values.WebAddress
    secret_key: values.SigningKey
    trust_proxy: bool
    message_max_chars: Annotated[int, Field(ge=100, le=60_000)]
    upload_max_bytes: Annotated[int, Field(ge=1024, le=100_000_000)]
    upload_types: values.Words
    posts_per_minute: Annotated[int, Field(ge=1)]
    posts_per_minute_per_address: Annotated[int, Field(ge=1)]
    links_per_minute_per_address: Annotated[int, Field(ge=1)]

    @property
    def url(self) -> str:
        """Where people find the pages, without a final slash."""
        local = "localhost" if self.host in {"0.0.0.0", "::", "127.0.0.1"} else self.host  # noqa: S104
        return self.public_url or f"http://{local}:{self.port}"


class DispatchSettings(Section):
    """Handling what people say. `backoff` is the first wait, doubled at each attempt."""

    attempts: Annotated[int, Field(ge=1, le=20)]
    backoff: values.Duration

    @property
    def pauses(self) -> tuple[timedelta, ...]:
        """The wait before each attempt but the first."""
        return tuple(self.backoff * 2**n for n in range(self.attempts - 1))


class PaceSettings(Section):
    """Messages a minute, to a whole network and to one conversation; 0: no limit."""

    per_minute: values.PerMinute
    place_per_minute: values.PerMinute


class Paces(Section):
    """The pace of each network."""

    web: PaceSettings
    console: PaceSettings
    telegram: PaceSettings
    matrix: PaceSettings
    email: PaceSettings


class OutboxSettings(Section):
    """Delivering."""

    lease: values.Duration
    pace: Paces


class Ready(Section):
    """When the service says that it cannot do its work."""

    oldest_message: values.Duration
    free_mb: Annotated[int, Field(ge=0)]


class Keep(Section):
    """How long a message that was handled is kept: its words, then what finds it again."""

    words: values.DaysKept
    copies: values.Duration

    @field_validator("copies")
    @classmethod
    def _check_copies_outlive_words(cls, copies: timedelta, others: ValidationInfo) -> timedelta:
        if copies < others.data.get("words", copies):
            raise ValueError("no less than keep.words")
        return copies


class RoomsSettings(Section):
    """The network of the advisors' and teams' rooms; "": as each portal says."""

    network: Literal["", "web", "matrix", "telegram"]


class Telegram(Section):
    """A Telegram bot; none without a token. `forums` maps portals to forum groups."""

    token: SecretStr
    base_url: values.WebAddress
    webhook_secret: values.WebhookSecret
    forums: values.Forums


class Matrix(Section):
    """A Matrix account; none without a homeserver."""

    homeserver: values.WebAddress
    user: values.MatrixId
    password: SecretStr
    access_token: SecretStr
    device_id: str
    allowed_servers: values.Words
    encrypted: bool
    clear_portals: values.Words

    @model_validator(mode="after")
    def _check_account(self) -> Self:
        secret = self.password.get_secret_value() or self.access_token.get_secret_value()
        if self.homeserver and not (self.user and secret):
            raise ValueError("a user with a password or an access_token, beside the homeserver")
        return self


class Email(Section):
    """The server that takes our mails; none without a host."""

    host: Annotated[str, Field(pattern=r"^\S*$")]
    port: values.Port
    security: Literal["starttls", "tls", "none"]
    user: str
    password: SecretStr
    sender: values.EmailAddress
    reply_to: values.EmailAddress

    @model_validator(mode="after")
    def _check_account(self) -> Self:
        if self.host and not self.sender:
            raise ValueError("a sender, beside the host")
        if bool(self.user) != bool(self.password.get_secret_value()):
            raise ValueError("a user with a password, or neither")
        return self


class FollowUpSettings(Section):
    """The clockwork."""

    tick: values.Duration


class Settings(Section):
    """Everything an operator can set, complete and valid: `demo` is never "auto", `database_url`
    never empty.
    """

    database_url: values.DatabaseUrl
    data_dir: values.Folder
    demo: bool
    log_level: Literal["debug", "info", "warning", "error"]
    portals_dir: values.OptionalFolder
    portals_off: tuple[str, ...]
    web: Web
    dispatch: DispatchSettings
    outbox: OutboxSettings
    ready: Ready
    keep: Keep
    rooms: RoomsSettings
    telegram: Telegram
    matrix: Matrix
    email: Email
    followup: FollowUpSettings

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks that are configured, the pages first."""
        set_by = {
            "telegram": self.telegram.token.get_secret_value(),
            "matrix": self.matrix.homeserver,
            "email": self.email.host,
        }
        return ("web", *(name for name, value in set_by.items() if value))

    @model_validator(mode="after")
    def _check_rooms(self) -> Self:
        rooms = self.rooms.network
        if rooms and rooms not in self.networks:
            raise ValueError(f"rooms.network is {rooms}, and [{rooms}] is not configured")
        return self

    @model_validator(mode="after")
    def _check_webhook(self) -> Self:
        telegram = self.telegram
        if not telegram.webhook_secret.get_secret_value():
            return self
        if not telegram.token.get_secret_value():
            raise ValueError("telegram.webhook_secret needs telegram.token beside it")
        # A Bot API server of one's own takes other addresses.
        if telegram.base_url == TELEGRAM and not self.web.public_url.startswith("https://"):
            raise ValueError(
                "telegram.webhook_secret has Telegram bring updates to web.public_url, which must "
                "begin with https://; without a webhook_secret the bot asks for them itself"
            )
        return self

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: dict[str, Any]) -> dict[str, Any]:
        if given.get("demo") == "auto":
            sections = ((given.get(section), name) for section, name in _REAL)
            real = [s.get(name) for s, name in sections if isinstance(s, Mapping)]
            given["demo"] = not (any(real) or given.get("database_url"))
        if given.get("database_url") == "":
            name = "demo" if str(given["demo"]).lower() in _YES else "filrouge"
            given["database_url"] = f"sqlite:///{given.get('data_dir')}/{name}.sqlite3"
        _fill_in_pace(given)
        return given


def _fill_in_pace(given: dict[str, Any]) -> None:
    """`auto` is the pace that the server of Matrix asks for."""
    try:
        pace, homeserver = given["outbox"]["pace"]["matrix"], given["matrix"]["homeserver"]
        if pace["per_minute"] == "auto":
            pace["per_minute"] = TCHAP_PER_MINUTE if ".tchap.gouv.fr" in str(homeserver) else 0
    except (KeyError, TypeError):
        return  # What is missing, or is no table, is named by the validation.


@dataclass(frozen=True, slots=True)
class Examined:
    """The settings, or every fault in them. The portals' folder is given in both cases."""

    settings: Settings | None
    faults: tuple[str, ...]
    portals_dir: Path | None


def examine() -> Examined:
    """The settings of this process, or everything that is wrong with them at once."""
    sources = Sources(os.environ)
    faults = [*sources.faults, *sources.unknown_names(Settings)]
    settings = None
    try:
        settings = Settings.model_validate(sources.tables(setting_keys(Settings)))
    except ValidationError as error:
        # Unknown names are among the faults already, with the names probably meant.
        wrong = [fault for fault in error.errors() if fault["type"] != "extra_forbidden"]
        faults += map(sources.explain, wrong)
    if not faults and settings is not None:
        return Examined(settings, (), settings.portals_dir)
    folder = sources.find_text("portals_dir")
    return Examined(None, tuple(faults), Path(folder) if folder else None)


def load() -> Settings:
    """The settings of this process. Raises ConfigError, one line for each fault."""
    examined = examine()
    if examined.settings is None:
        raise ConfigError(examined.faults)
    return examined.settings
