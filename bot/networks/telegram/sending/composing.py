"""Decides what is sent for one of our messages: which texts, which file, buttons under which."""

from dataclasses import dataclass

from bot.domain.attachment import Attachment
from bot.domain.wording.markup import escape, on_lines_of_its_own
from bot.networks.telegram.api.formatting import LONGEST_CAPTION, Part, parts
from bot.networks.telegram.settings import TelegramWords
from bot.ports.network import Choice, Outgoing

NOTHING = Part("", "")


@dataclass(frozen=True, slots=True)
class Piece:
    """One message on Telegram: words, or a file with words under it; then buttons."""

    part: Part
    file: Attachment | None = None
    choices: tuple[Choice, ...] = ()


def compose(outgoing: Outgoing, words: TelegramWords) -> list[Piece]:
    """The pieces, in order. Words that fit stand under the file; choices follow the last words."""
    markup = add_marks(outgoing, words)
    if outgoing.attachment is None:
        return text_pieces(parts(markup), outgoing.choices)
    caption = parts(markup, LONGEST_CAPTION)
    if len(caption) <= 1:
        part = caption[0] if caption else NOTHING
        return [Piece(part, outgoing.attachment, outgoing.choices)]
    words_first = text_pieces(parts(markup), outgoing.choices)
    return [*words_first, Piece(NOTHING, outgoing.attachment)]


def add_marks(outgoing: Outgoing, words: TelegramWords) -> str:
    """The message's markup, its author before it, with the mark of the backstage if it is there."""
    text = outgoing.text
    if outgoing.author is not None:
        text = on_lines_of_its_own(text)
        text = words.said.format(author=escape(outgoing.author), text=text)
    return words.backstage.format(text=text) if outgoing.backstage else text


def text_pieces(texts: list[Part], choices: tuple[Choice, ...]) -> list[Piece]:
    """The pieces that are these texts, with the choices under the last."""
    last = [Piece(part, choices=choices) for part in texts[-1:]]
    return [Piece(part) for part in texts[:-1]] + last
