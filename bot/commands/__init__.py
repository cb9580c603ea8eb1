"""The commands of the command line, one module for each group."""

import typer


def command_group(help: str) -> typer.Typer:  # noqa: A002 - the library's name
    """A command that has commands of its own, and shows its help when it is called alone."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=help)
    # Without a callback, a group of one command would be that command.
    app.callback()(lambda: None)
    return app
