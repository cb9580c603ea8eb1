"""The command line.

Each command is a module of `bot.commands`, imported only when it is called: understanding a text
opens no database, and `--help` loads none of them.
"""

import gc
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot.commands.faults import reported

COMMANDS = {
    "run": ("run", "Start the service: pages, conversations, follow-ups."),
    "chat": ("chat", "Talk with the assistant in this terminal."),
    "check-config": ("check_config", "Read all the configuration, and say every fault in it."),
    "doctor": ("doctor", "Look at what the settings name: database, address, networks, clocks."),
    "db": ("database", "The database's tables: bring them up to date."),
    "backup": ("backup", "Write the database and the data folder to one file."),
    "restore": ("restore", "Put back what a backup holds."),
    "advisors": ("advisors", "The register of advisors: import, list, personal links."),
    "followups": ("followups", "What would go out in the next days; how people answer."),
    "dead-letters": ("dead_letters", "What was given up: list it, try it again."),
    "understand": ("understand", "Say what is understood of a text, as JSON."),
    "explain": ("explain", "Say who takes some words: the rows of the routing table, and why."),
    "simulate": ("simulate", "Play a scenario in virtual time; print what people would see."),
    "themes": ("themes", "The vocabulary of themes: make its packaged form."),
    "territory": ("territory", "The territory data: what it holds, how it is made."),
}
"""The commands: their names, the modules that hold their `app`, and what the help says of them."""


class LazyGroup(TyperGroup):
    """The table of commands as a group."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, its module imported now; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command = typer.main.get_command(import_module(f"bot.commands.{module}").app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list that the help shows, from the table alone."""
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
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it and stop.")
    ] = False,
) -> None:
    """The thread of conversation that keeps a town's project awake."""


def main() -> None:
    """Run a command; anything wrong is a line on standard error and exit code 2."""
    gc.set_threshold(YOUNG)
    with reported():
        app()


if __name__ == "__main__":
    main()
