"""filrouge simulate: plays a scenario in virtual time."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.faults import CommandError
from bot.commands.table import write_lines
from bot.simulation.play import Message, play
from bot.simulation.scenario import ScenarioError, read_scenario
from config.catalogue import load_catalogue
from config.settings import load

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def simulate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The scenario, in JSON Lines.")],
) -> None:
    """Play a scenario in virtual time; print what people would see, in JSON Lines.

    The real application plays it, on a database in memory: nothing is kept, nothing is sent.
    """
    settings = load()
    try:
        scenario = read_scenario(file.read_text(encoding="utf-8").splitlines())
        catalogue = load_catalogue(settings.portals_dir, off=settings.portals_off)
        messages = asyncio.run(play(scenario, catalogue, settings))
    except ScenarioError as error:
        raise CommandError(f"{file}: {error}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file}: not UTF-8") from error
    write_lines(json.dumps(_as_dict(message), ensure_ascii=False) for message in messages)


def _as_dict(message: Message) -> dict[str, object]:
    return {
        "at": message.at.isoformat(),
        "to": message.to,
        "project": message.projects[0] if message.projects else None,
        "projects": list(message.projects),
        "kind": message.kind,
        "text": message.text,
        "choices": list(message.choices),
    }
