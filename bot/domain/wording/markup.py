"""The small markup of messages: `**strong**`, lines that begin with `> ` (quoted words), web
addresses.

Whatever a person wrote goes through `escape` before it is put into a message, so that it shows as
typed.
"""

import re

_SPECIAL = re.compile(r"([\\*>])")
_ESCAPED = re.compile(r"\\([\\*>])")
_STRONG = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", re.DOTALL)


def escape(words: str) -> str:
    """The markup that shows these words as they are."""
    return _SPECIAL.sub(r"\\\1", words)


def quote(words: str) -> str:
    """The markup that shows these words as quoted, line by line."""
    return "\n".join(f"> {escape(line)}" for line in words.splitlines() or [""])


def plain(markup: str) -> str:
    """The message without its marks, for places that show none."""
    return _ESCAPED.sub(r"\1", _STRONG.sub(r"\1", markup))


def strong_spans(markup: str) -> list[tuple[str, bool]]:
    """The message cut into pieces, each with whether it is strong; escapes are still in place."""
    pieces = enumerate(_STRONG.split(markup))  # what is strong at every second place
    return [(piece, bool(at % 2)) for at, piece in pieces if piece]


def unescape(piece: str) -> str:
    """The words of a piece that has no marks left."""
    return _ESCAPED.sub(r"\1", piece)
