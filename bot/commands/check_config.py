"""filrouge check-config: whether everything that is configured can be used."""

from collections.abc import Callable
from pathlib import Path

import typer

from config.catalogue import theme_vocabulary
from config.errors import ConfigError
from config.portals import load_portals, theme_faults
from config.settings import Settings, load
from config.territory import load_territories
from config.texts import load_texts

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("check-config")
def check_config() -> None:
    """Read all the configuration; say what it is, or every fault in it."""
    faults: list[str] = []

    def check(what: str, say: Callable[[], str]) -> None:
        try:
            typer.echo(f"{what:<11}{say()}")
        except ConfigError as error:
            faults.extend(error.faults)

    settings: list[Settings] = []
    check("settings", lambda: _settings(settings))
    portals_dir = settings[0].portals_dir if settings else None
    check("portals", lambda: _portals(portals_dir))
    check("texts", lambda: f"{len(load_texts().keys)}")
    check("themes", lambda: f"{len(theme_vocabulary().slugs)}")
    check("territory", lambda: f"{len(load_territories().communes)} communes")
    if faults:
        raise ConfigError(faults)


def _settings(loaded: list[Settings]) -> str:
    settings = load()
    loaded.append(settings)
    kind = settings.database_url.partition(":")[0]
    mode = "demonstration" if settings.demo else "service"
    return f"{mode}, {kind}, {settings.web.url}"


def _portals(portals_dir: Path | None) -> str:
    portals = load_portals(portals_dir)
    faults = theme_faults(portals, theme_vocabulary().slugs)
    if faults:
        raise ConfigError(faults)
    return ", ".join(portals)
