"""What single settings may be. A value that is wrong raises ValueError with what is expected."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from bot.domain.wording.email_address import is_address
from config.durations import duration


def _split(value: object) -> object:
    return [word.strip() for word in value.split(",")] if isinstance(value, str) else value


def _check_database_url(url: str) -> str:
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


def _check_folder(path: object) -> object:
    if path == "":
        raise ValueError("a folder")
    return path


def _check_web_address(url: str) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise ValueError("an address that begins with https:// or http://, or nothing")
    return url.rstrip("/")


def _check_two_days(kept: timedelta) -> timedelta:
    # Telegram hands over again for 24 hours, and Synapse knows a message again for as long.
    if kept < timedelta(days=2):
        raise ValueError("2 days or more")
    return kept


def _check_webhook_secret(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret.get_secret_value()):
        raise ValueError("letters, digits, _ and -, at most 256, or nothing")
    return secret


def _check_matrix_id(user: str) -> str:
    if user and not re.fullmatch(r"@[^:\s]+:\S+", user):
        raise ValueError("a full Matrix address, @name:server, or nothing")
    return user


def _parse_forums(value: object) -> object:
    """Pairs of a portal and its group's id, from « portal=-1001234567890 »."""
    words = _split(value)
    if not isinstance(words, list | tuple):
        return value
    pairs = [str(word).partition("=") for word in words]
    if any(not re.fullmatch(r"-\d+", group) for _, _, group in pairs):
        raise ValueError("a list of PORTAL=GROUP, where a group's id begins with -")
    return [(portal.strip(), int(group)) for portal, _, group in pairs]


def _check_email_address(address: str) -> str:
    if address and not is_address(address):
        raise ValueError("an e-mail address, or nothing")
    return address


def _check_length(key: SecretStr) -> SecretStr:
    if 0 < len(key.get_secret_value()) < 32:
        raise ValueError("32 characters or more, or nothing")
    return key


DatabaseUrl = Annotated[str, AfterValidator(_check_database_url), Field(repr=False)]
Duration = Annotated[timedelta, BeforeValidator(duration)]
DaysKept = Annotated[Duration, AfterValidator(_check_two_days)]
EmailAddress = Annotated[str, AfterValidator(_check_email_address)]
Folder = Annotated[Path, BeforeValidator(_check_folder)]
Forums = Annotated[tuple[tuple[str, int], ...], BeforeValidator(_parse_forums)]
MatrixId = Annotated[str, AfterValidator(_check_matrix_id)]
OptionalFolder = Annotated[Path | None, BeforeValidator(lambda path: path or None)]
PerMinute = Annotated[int, Field(ge=0, le=100_000)]
Port = Annotated[int, Field(ge=1, le=65535)]
SigningKey = Annotated[SecretStr, AfterValidator(_check_length)]
WebAddress = Annotated[str, AfterValidator(_check_web_address)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_check_webhook_secret)]
Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
