"""filrouge check-config: reads everything that is configured, and lists the faults."""

from collections.abc import Callable
from pathlib import Path

import typer

from bot.commands.stores import describe_database
from config.errors import ConfigError
from config.file_types import load_file_types
from config.portals import load_portals, theme_faults
from config.settings import Settings, examine
from config.territory import load_territories
from config.texts import load_texts
from config.themes import load_themes

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("check-config")
def check_config() -> None:
    """Read the settings, portals, texts, themes and territories; list every fault in them.

    If there is none, say what `filrouge run` would run. Nothing is connected to: that is what
    `filrouge doctor` does.
    """
    examined = examine()
    faults = list(examined.faults)

    def check(what: str, say: Callable[[], str]) -> None:
        try:
            _say(what, say())
        except ConfigError as error:
            faults.extend(error.faults)

    check("portals", lambda: _portals(examined.portals_dir))
    check("texts", lambda: f"{len(load_texts().keys)}")
    check("themes", lambda: f"{len(load_themes().slugs)}")
    check("territory", lambda: f"{len(load_territories().communes)} communes")
    settings = examined.settings
    if settings is not None:
        check("files", lambda: " ".join(load_file_types(settings.web.upload_types)))
    if faults or settings is None:
        raise ConfigError(faults)
    _what_would_run(settings)


def _portals(portals_dir: Path | None) -> str:
    portals = load_portals(portals_dir)
    faults = theme_faults(portals, load_themes().slugs)
    if faults:
        raise ConfigError(faults)
    return ", ".join(portals)


def _what_would_run(settings: Settings) -> None:
    demonstration = "a demonstration: whoever opens the page can play the team"
    _say("database", describe_database(settings.database_url))
    _say("data", str(settings.data_dir.absolute()))
    _say("address", f"{settings.web.url} (listens on {settings.web.host}:{settings.web.port})")
    _say("networks", ", ".join(settings.networks))
    _say("would run", demonstration if settings.demo else "a service")
    typer.echo("everything is right")


def _say(what: str, value: str) -> None:
    typer.echo(f"{what:<11}{value}")
