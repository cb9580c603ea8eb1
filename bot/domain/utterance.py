"""What somebody said, and in which event: words and files that may wait to be passed on."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.attachment import Attachment


@dataclass(frozen=True, slots=True)
class Origin:
    """Which event said some words: their source (« network:key »), and the remote id of the message
    that they answered where they were said.
    """

    source: str
    answered: str | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said in one event: text, file, or both. `markup` is the text as it was set off,
    None where it says it all.
    """

    text: str
    origin: Origin
    attachment: Attachment | None = None
    markup: str | None = None


def text_of(said: Sequence[Utterance]) -> str:
    """The texts among them, in the order they were said; empty for files alone."""
    texts = (each.text.strip() for each in said)
    return "\n\n".join(text for text in texts if text)
