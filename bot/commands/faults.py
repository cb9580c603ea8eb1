"""Tells an operator what is wrong with a command, each fault on one line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from config.errors import ConfigError


class CommandError(Exception):
    """The command cannot do this; the message says why."""


@contextmanager
def report_faults() -> Iterator[None]:
    """Write what goes wrong in the block to standard error, and end the program with 2.

    Only faults of this program itself show a traceback.
    """
    try:
        yield
    except (CommandError, ConfigError) as error:
        lines = str(error).splitlines()
    except OSError as error:
        lines = [f"{error.filename}: {error.strerror}" if error.filename else str(error)]
    else:
        return
    for line in lines:
        sys.stderr.write(f"filrouge: {line}\n")
    raise SystemExit(2)
