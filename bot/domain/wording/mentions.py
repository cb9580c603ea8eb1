"""Who is meant by the words of a message: clients write their names before what is said."""

from collections.abc import Sequence

_AFTER_NAME = ":,"
_SIGNS = "/!"


def without_mention(text: str, names: Sequence[str]) -> str:
    """The words without one of these names at their beginning, as clients complete a mention:
    « Fil Rouge: /note … ».

    A bare name counts before a command alone, since it may be a word; one with an @ is none.
    """
    said = text.lstrip()
    for name in sorted(names, key=len, reverse=True):
        if not said.casefold().startswith(name.casefold()):
            continue
        rest = said[len(name) :]
        after = rest.lstrip()
        is_apart = after != rest and (name.startswith("@") or after[:1] in tuple(_SIGNS))
        if is_apart or (after and after[0] in _AFTER_NAME):
            return after.lstrip(_AFTER_NAME).lstrip()
    return text
