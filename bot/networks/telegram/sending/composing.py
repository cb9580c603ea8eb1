"""What is sent for one message: its texts, its file, and where its buttons go."""

from dataclasses import dataclass

from bot.domain.attachment import Attachment
from bot.domain.wording.markup import escape
from bot.networks.telegram.api.formatting import LONGEST_CAPTION, Part, parts
from bot.networks.telegram.settings import TelegramWords
from bot.ports.network import Choice, Outgoing

NOTHING = Part("", "")


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of Telegram's: words, or a file with words under it."""

    part: Part
    file: Attachment | None = None
    choices: tuple[Choice, ...] = ()


def composed(outgoing: Outgoing, words: TelegramWords) -> list[Piece]:
    """The pieces, in order. Choices are under the last words; a file bears them if they fit."""
    markup = marked(outgoing, words)
    if outgoing.attachment is None:
        return _texts(parts(markup), outgoing.choices)
    caption = parts(markup, LONGEST_CAPTION)
    if len(caption) <= 1:
        part = caption[0] if caption else NOTHING
        return [Piece(part, outgoing.attachment, outgoing.choices)]
    return [
        *_texts(parts(markup), outgoing.choices),
        Piece(NOTHING, outgoing.attachment),
    ]


def marked(outgoing: Outgoing, words: TelegramWords) -> str:
    """The markup with its author before it, marked if it is backstage."""
    text = outgoing.text
    if outgoing.author is not None:
        # A quotation begins a line.
        text = f"\n{text}" if text.startswith("> ") else text
        text = words.said.format(author=escape(outgoing.author), text=text)
    return words.backstage.format(text=text) if outgoing.backstage else text


def _texts(texts: list[Part], choices: tuple[Choice, ...]) -> list[Piece]:
    return [Piece(part) for part in texts[:-1]] + [
        Piece(part, choices=choices) for part in texts[-1:]
    ]
