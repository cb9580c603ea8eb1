"""Prints tables that people read and tools can cut, and lines of what people may have typed."""

import sys
from collections.abc import Iterable, Sequence

import typer


def show(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print the rows under their headings, columns aligned and two spaces apart."""
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def write_lines(lines: Iterable[str]) -> None:
    """Print each as it comes, in UTF-8; halves of surrogate pairs are written out, as JSON does."""
    for line in lines:
        sys.stdout.buffer.write(line.encode(errors="backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
