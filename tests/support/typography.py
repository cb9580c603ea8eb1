"""French typography of the texts that people read: where no-break spaces stand."""

import re

NO_BREAK_SPACES = "\u00a0\u202f"

_NOT_PROSE = re.compile(r"https?://\S+|\{[^{}]*\}|`[^`]*`")
_FAULTS = (
    re.compile(r"[ \t][:;?!%»](?!\w)"),  # not « !aide », a command
    re.compile(r"(?<=[^\W_])[;?!%»]|(?<=[)\]*…”])[;?!»]"),
    re.compile(r"(?<=[^\W\d_]):(?=\s|$)|(?<=[)\]*…\d]):(?=\s|$)"),
    re.compile(rf"«(?![{NO_BREAK_SPACES}])"),
)
_AROUND = 15


def faults(text: str) -> list[str]:
    """The places, each with the words around it, that lack a no-break space; in order of their
    rules.

    One stands before : ; ? ! % » and after «. Web addresses, code between backquotes and what
    braces hold are no prose.
    """
    prose = _NOT_PROSE.sub("x", text)
    return [
        prose[max(0, match.start() - _AROUND) : match.end() + _AROUND].strip()
        for rule in _FAULTS
        for match in rule.finditer(prose)
    ]
