"""The command line: one table of commands.

Each command is a module of `bot.commands`, imported only when it is called: understanding a text
opens no database, and `--help` loads none of them.
"""

import gc
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot.commands.faults import report_faults

COMMANDS = {
    "run": ("run", "Run the service: pages, networks, follow-ups."),
    "chat": ("chat", "Talk with the assistant in this terminal, as an élu would."),
    "check-config": (
        "check_config",
        "Read the configuration and list its faults.",
    ),
    "doctor": ("doctor", "Try what the settings name: database, pages, networks, clocks."),
    "db": ("database", "Bring the database's tables up to date."),
    "backup": ("backup", "Write the database and the data folder to one file."),
    "restore": ("restore", "Put back the database and the data folder from a backup."),
    "advisors": ("advisors", "The register of advisors: import, list, make personal links."),
    "followups": (
        "followups",
        "Follow-ups: what would go out soon, how people answer.",
    ),
    "dead-letters": ("dead_letters", "Messages given up after failing: list them, try them again."),
    "understand": ("understand", "Print what the assistant understands of a text, as JSON."),
    "simulate": ("simulate", "Play a scenario in virtual time; print what people would see."),
    "themes": ("themes", "Rebuild the packaged vocabulary of themes."),
    "territory": ("territory", "The territory data: describe it, or rebuild it."),
}
"""By name of command: the module that holds its `app`, and its line in the help."""


class LazyGroup(TyperGroup):
    """The table of commands as a group of the typer library."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command = typer.main.get_command(import_module(f"bot.commands.{module}").app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands in the help, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


YOUNG = 20_000
"""New objects between two searches for garbage. Almost all that a start makes is kept: with the
interpreter's own 700, a tenth of the start would go into searching it.
"""

app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib import metadata  # noqa: PLC0415 - for this option alone

        typer.echo(metadata.version("filrouge"))
        raise typer.Exit


@app.callback()
def filrouge(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print it and exit."),
    ] = False,
) -> None:
    """Fil Rouge, the assistant that keeps the projects of small towns moving.

    Settings: FILROUGE_… variables, then local.toml, then config/default.toml. Commands end with 2
    if something is wrong with their arguments, the settings or the database.
    """


def main() -> None:
    """Run a command; anything wrong is a line on standard error and exit code 2."""
    gc.set_threshold(YOUNG)
    with report_faults():
        app()


if __name__ == "__main__":
    main()
