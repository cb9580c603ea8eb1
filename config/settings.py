"""The operator's settings: FILROUGE_… variables over local.toml over default.toml.

What each setting does is said in default.toml, beside its value; here is what it may be.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.domain.wording.email_address import is_address
from config.durations import duration
from config.errors import SettingsError
from config.settings_sources import Sources, setting_keys

Duration = Annotated[timedelta, BeforeValidator(duration)]
TELEGRAM = "https://api.telegram.org"
_YES = {"true", "1", "on", "yes"}
PerMinute = Annotated[int, Field(ge=0, le=100_000)]


def _words(value: object) -> object:
    return [word.strip() for word in value.split(",")] if isinstance(value, str) else value


def _said(section: object, name: str) -> object:
    return section.get(name) if isinstance(section, Mapping) else None


def _database(url: str) -> str:
    if url.startswith("sqlite:///") and url != "sqlite:///":
        return url
    if url.startswith("postgresql://") and _names_a_database(url):
        return url
    raise ValueError(
        "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
        " (in a password, @ is written %40, : %3A, / %2F, # %23, % %25)"
    )


def _names_a_database(url: str) -> bool:
    try:
        parts = urlsplit(url)
        whole = parts.netloc.count("@") <= 1 and not parts.fragment
        return whole and parts.port != 0 and len(parts.path) > 1
    except ValueError:
        return False


def _folder(path: object) -> object:
    if path == "":
        raise ValueError("a folder")
    return path


def _address(url: str) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise ValueError("an address that begins with https:// or http://, or nothing")
    return url.rstrip("/")


def _two_days(kept: timedelta) -> timedelta:
    # Telegram hands over again for 24 hours, and Synapse knows a message again for as long.
    if kept < timedelta(days=2):
        raise ValueError("2 days or more")
    return kept


def _in_an_address(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret.get_secret_value()):
        raise ValueError("letters, digits, _ and -, at most 256, or nothing")
    return secret


def _user_id(user: str) -> str:
    if user and not re.fullmatch(r"@[^:\s]+:\S+", user):
        raise ValueError("a full Matrix address, @name:server, or nothing")
    return user


def _forums(value: object) -> object:
    """Pairs of a portal and its group, from « portal=-1001234567890 »."""
    words = _words(value)
    if not isinstance(words, list | tuple):
        return value
    pairs = [str(word).partition("=") for word in words]
    if any(not re.fullmatch(r"-\d+", group) for _, _, group in pairs):
        raise ValueError("a list of PORTAL=GROUP, where a group's id begins with -")
    return [(portal.strip(), int(group)) for portal, _, group in pairs]


def _e_mail(address: str) -> str:
    if address and not is_address(address):
        raise ValueError("an e-mail address, or nothing")
    return address


def _long_enough(key: SecretStr) -> SecretStr:
    if 0 < len(key.get_secret_value()) < 32:
        raise ValueError("32 characters or more, or nothing")
    return key


class Section(BaseModel):
    """A table of settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Web(Section):
    """The pages. Sizes are in bytes and characters, rates per minute."""

    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65535)]
    public_url: Annotated[str, AfterValidator(_address)]
    secret_key: Annotated[SecretStr, AfterValidator(_long_enough)]
    trust_proxy: bool
    message_max_chars: Annotated[int, Field(ge=100, le=60_000)]
    upload_max_bytes: Annotated[int, Field(ge=1024, le=100_000_000)]
    upload_types: Annotated[tuple[str, ...], BeforeValidator(_words)]
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
    backoff: Duration

    @property
    def pauses(self) -> tuple[timedelta, ...]:
        """The wait before each attempt but the first."""
        return tuple(self.backoff * 2**n for n in range(self.attempts - 1))


class PaceSettings(Section):
    """Messages a minute, to a whole network and to one conversation; 0 is no limit."""

    per_minute: PerMinute
    place_per_minute: PerMinute


class Paces(Section):
    """The pace of each network."""

    web: PaceSettings
    console: PaceSettings
    telegram: PaceSettings
    matrix: PaceSettings
    email: PaceSettings


class OutboxSettings(Section):
    """Delivering."""

    lease: Duration
    pace: Paces


class Keep(Section):
    """How long messages that are done with are kept: their words, then what is left of them."""

    words: Annotated[Duration, AfterValidator(_two_days)]
    copies: Duration

    @field_validator("copies")
    @classmethod
    def _outlive_words(cls, copies: timedelta, others: ValidationInfo) -> timedelta:
        if copies < others.data.get("words", copies):
            raise ValueError("no less than keep.words")
        return copies


class RoomsSettings(Section):
    """Where advisors and teams sit; "" is as each portal says."""

    network: Literal["", "web", "matrix", "telegram"]


class Telegram(Section):
    """A Telegram bot; none without a token. `forums` maps portals to forum groups."""

    token: SecretStr
    base_url: Annotated[str, AfterValidator(_address)]
    webhook_secret: Annotated[SecretStr, AfterValidator(_in_an_address)]
    forums: Annotated[tuple[tuple[str, int], ...], BeforeValidator(_forums)]


class Matrix(Section):
    """A Matrix account; none without a homeserver."""

    homeserver: Annotated[str, AfterValidator(_address)]
    user: Annotated[str, AfterValidator(_user_id)]
    password: SecretStr
    access_token: SecretStr
    device_id: str
    allowed_servers: Annotated[tuple[str, ...], BeforeValidator(_words)]
    encrypted: bool
    clear_portals: Annotated[tuple[str, ...], BeforeValidator(_words)]

    @model_validator(mode="after")
    def _who(self) -> Self:
        said = self.password.get_secret_value() or self.access_token.get_secret_value()
        if self.homeserver and not (self.user and said):
            raise ValueError("a user with a password or an access_token, beside the homeserver")
        return self


class Email(Section):
    """A server that takes mails; none without a host."""

    host: Annotated[str, Field(pattern=r"^\S*$")]
    port: Annotated[int, Field(ge=1, le=65535)]
    security: Literal["starttls", "tls", "none"]
    user: str
    password: SecretStr
    sender: Annotated[str, AfterValidator(_e_mail)]
    reply_to: Annotated[str, AfterValidator(_e_mail)]

    @model_validator(mode="after")
    def _from_whom(self) -> Self:
        if self.host and not self.sender:
            raise ValueError("a sender, beside the host")
        if bool(self.user) != bool(self.password.get_secret_value()):
            raise ValueError("a user with a password, or neither")
        return self


class FollowUpSettings(Section):
    """The clockwork."""

    tick: Duration


class Settings(Section):
    """Everything an operator can set, complete and valid.

    `demo` and `database_url` are settled: never "auto", never empty.
    """

    database_url: Annotated[str, AfterValidator(_database), Field(repr=False)]
    data_dir: Annotated[Path, BeforeValidator(_folder)]
    demo: bool
    log_level: Literal["debug", "info", "warning", "error"]
    portals_dir: Annotated[Path | None, BeforeValidator(lambda path: path or None)]
    web: Web
    dispatch: DispatchSettings
    outbox: OutboxSettings
    keep: Keep
    rooms: RoomsSettings
    telegram: Telegram
    matrix: Matrix
    email: Email
    followup: FollowUpSettings

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks that are configured, the pages first."""
        told = {
            "telegram": self.telegram.token.get_secret_value(),
            "matrix": self.matrix.homeserver,
            "email": self.email.host,
        }
        return ("web", *(name for name, value in told.items() if value))

    @model_validator(mode="after")
    def _seated(self) -> Self:
        rooms = self.rooms.network
        if rooms and rooms not in self.networks:
            raise ValueError(f"rooms.network is {rooms}, and [{rooms}] is not configured")
        return self

    @model_validator(mode="after")
    def _brought(self) -> Self:
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
    def _settle(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values.get("demo") == "auto":
            real = [
                ("web", "public_url"),
                ("telegram", "token"),
                ("matrix", "homeserver"),
                ("email", "host"),
            ]
            told = [_said(values.get(section), name) for section, name in real]
            values["demo"] = not (any(told) or values.get("database_url"))
        if values.get("database_url") == "":
            name = "demo" if str(values["demo"]).lower() in _YES else "filrouge"
            values["database_url"] = f"sqlite:///{values.get('data_dir')}/{name}.sqlite3"
        return values


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found: the settings, or every fault in them and the portals' folder all the same."""

    settings: Settings | None
    faults: tuple[str, ...]
    portals_dir: Path | None


def examine() -> Examined:
    """The settings of this process, and everything that is wrong with them at once."""
    sources = Sources(os.environ)
    faults = [*sources.faults, *sources.unknown_names(Settings)]
    settings = None
    try:
        settings = Settings.model_validate(sources.tables(setting_keys(Settings)))
    except ValidationError as error:
        # A name that nobody knows was told above, with the one probably meant.
        wrong = [fault for fault in error.errors() if fault["type"] != "extra_forbidden"]
        faults += map(sources.explain, wrong)
    if not faults and settings is not None:
        return Examined(settings, (), settings.portals_dir)
    folder = sources.stated("portals_dir")
    return Examined(None, tuple(faults), Path(folder) if folder else None)


def load() -> Settings:
    """The settings of this process. Raises SettingsError, one line for each fault."""
    examined = examine()
    if examined.settings is None:
        raise SettingsError(examined.faults)
    return examined.settings
