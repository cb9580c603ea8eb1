"""filrouge territory: the packaged data on communes, EPCI and départements."""

from pathlib import Path
from typing import Annotated

import typer

import config
from bot.commands import command_group
from config.territory import load_territories
from config.territory_build import build

app = command_group(
    "The territory data, on communes, EPCI and départements: describe it, or rebuild it."
)
PACKAGED = Path(config.__file__).parent / "territory_data" / "france.tsv.gz"


@app.command()
def info() -> None:
    """Print the date of the data, its sources, and how much it holds."""
    index = load_territories()
    typer.echo(f"vintage       {index.vintage}")
    typer.echo(f"communes      {len(index.communes)}")
    typer.echo(f"former names  {len(index.former)}")
    typer.echo(f"EPCI          {len(index.epcis)}")
    typer.echo(f"départements  {len(index.departements)}")
    for source in index.sources:
        typer.echo(f"source        {source}")


@app.command("build")
def build_from(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            help="Holds communes.json, epci.json, departements.json and regions.json.",
        ),
    ],
    vintage: Annotated[
        str, typer.Option(help="The date of the official files, as people will read it.")
    ],
    target: Annotated[Path, typer.Option(help="The file to write.")] = PACKAGED,
) -> None:
    """Rebuild the packaged data from the official files."""
    size = build(folder, target, vintage)
    typer.echo(f"{target}: {size} bytes")
