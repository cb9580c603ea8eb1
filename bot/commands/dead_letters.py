"""filrouge dead-letters: messages given up after failing too often."""

import asyncio
from typing import Annotated

import typer

from bot.commands.faults import CommandError
from bot.commands.stores import command_store
from bot.commands.table import show
from config.settings import load

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Messages given up after failing too often: list them, try them again.",
)


@app.command("list")
def list_letters() -> None:
    """Show when and why messages were given up.

    Their words are never shown.
    """
    with command_store(load()) as store:
        letters = asyncio.run(store.queue.dead_letters())
    if not letters:
        typer.echo("no dead letter")
        return
    rows = [
        (
            f"{letter.box}:{letter.id}",
            f"{letter.at:%Y-%m-%d %H:%M} UTC",
            letter.conversation.network,
            str(letter.attempts),
            letter.error,
        )
        for letter in letters
    ]
    show(("LETTER", "AT", "NETWORK", "ATTEMPTS", "ERROR"), rows)


@app.command()
def replay(
    letters: Annotated[
        list[str] | None, typer.Argument(help="As listed, such as inbox:12.", metavar="LETTER")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Try all of them.")] = False,
) -> None:
    """Put dead letters back in their queue.

    The service tries them as if for the first time.
    """
    if everything == bool(letters):
        raise CommandError("name the letters to replay, or give --all")
    with command_store(load()) as store:

        async def put_back() -> int:
            chosen = [_parse_letter(letter) for letter in letters or []] or [
                (letter.box, letter.id) for letter in await store.queue.dead_letters()
            ]
            for box, number in chosen:
                if not await store.queue.replay(box, number):
                    raise CommandError(f"there is no dead letter {box}:{number}")
            return len(chosen)

        typer.echo(f"{asyncio.run(put_back())} put back in the queue")


def _parse_letter(letter: str) -> tuple[str, int]:
    box, _, number = letter.partition(":")
    if box not in {"inbox", "outbox"} or not number.isdecimal():
        raise CommandError(f"“{letter}” is not a letter; they are named inbox:12 or outbox:34")
    return box, int(number)
