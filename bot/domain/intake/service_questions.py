"""Questions about the service itself: its price, who reads, what becomes of what is said."""

from enum import StrEnum

from bot.domain.intake.listener import Listener
from bot.domain.wording.tokens import Said

_LONGEST_QUESTION = 10


class About(StrEnum):
    """What a question about the service is about."""

    PRICE = "price"
    DATA = "data"


def about_the_service(text: str, listener: Listener) -> About | None:
    """What words ask of the service, if they ask nothing else."""
    said = Said.of(text)
    words = listener.service
    if ("?" in text or words.asked.first(said)) and words.price.whole(said):
        return About.PRICE
    return About.DATA if _asks_about_data(said, listener) else None


def _asks_about_data(said: Said, listener: Listener) -> bool:
    words, asks = listener.service, listener.consent.asks(said.text)
    if len(said) > _LONGEST_QUESTION or words.about_the_project.first(said):
        return False
    if words.my_data.first(said) and (words.erase.at(said) or (asks and words.kept.first(said))):
        return True
    confidential = "?" in said.text and words.confidential.whole(said) is not None
    return confidential or words.readers.whole(said) is not None


def asks_the_assistant(text: str, listener: Listener) -> bool:
    """Whether words that ask for help are a question about the assistant alone, however it is put:
    « est-ce que c'est vous qui lisez ? », not « pouvez-vous nous aider à… ? ».
    """
    said = Said.of(text)
    if len(said) > _LONGEST_QUESTION or not listener.consent.asks(text):
        return False
    return listener.service.about_the_project.first(said) is None
