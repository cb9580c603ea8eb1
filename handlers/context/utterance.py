"""What somebody says on a thread, without the contact details that nobody else needs to read."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.domain.attachment import Attachment
from bot.domain.wording.answers import asks_for_answer
from bot.domain.wording.contact_details import without_contact_details
from bot.ports.network import Incoming
from config.texts import Texts
from handlers.context.dialogues import REFUSED, WHICH
from handlers.context.origins import Origin
from handlers.context.turn import Turn


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said: text, file, or both; in which event."""

    text: str
    origin: Origin
    attachment: Attachment | None = None

    def to_data(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "text": self.text,
            "origin": asdict(self.origin),
            "attachment": asdict(self.attachment) if self.attachment else None,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Utterance":
        """What `to_data` gave."""
        file = data["attachment"]
        return cls(data["text"], Origin(**data["origin"]), Attachment(**file) if file else None)

    @classmethod
    def of(cls, turn: Turn) -> "Utterance":
        """The words of the event."""
        return cls(turn.incoming.text, Origin.of(turn.incoming), turn.incoming.attachment)


def joined(said: Sequence[Utterance]) -> str:
    """The texts among them, in the order they were said."""
    texts = (words.text.strip() for words in said)
    return "\n\n".join(text for text in texts if text)


def waiting(turn: Turn) -> list[Utterance]:
    """The words that wait until their project is named or described, oldest first."""
    if turn.dialogue.flow not in {WHICH, REFUSED}:
        return []
    return [Utterance.from_data(data) for data in turn.dialogue.data["words"]]


def let_go(turn: Turn, source: str) -> bool:
    """Whether words of that event waited; they do not any more, nor does the question for their
    project once it has none to wait for.
    """
    before = waiting(turn)
    kept = [words for words in before if words.origin.source != source]
    if len(kept) == len(before):
        return False
    conversation = turn.dialogue
    conversation.data = {"words": [words.to_data() for words in kept]}
    if not kept and conversation.flow == WHICH:
        conversation.flow, conversation.data, conversation.asked = None, {}, ()
    return True


def asks(turn: Turn, words: str) -> bool:
    """Whether the other side owes an answer: not to a bare « merci »."""
    return asks_for_answer(words, turn.catalogue.language.answers)


def shareable(texts: Texts, incoming: Incoming) -> str:
    """The words of an event without phone numbers and e-mail addresses."""
    return without_contact_details(incoming.text, texts("contact.withheld"))


def tell_withheld(turn: Turn) -> None:
    """Tell whoever wrote contact details that they were not passed on, and how to share them."""
    turn.reply("contact.told_members" if turn.private else "contact.told_room")
