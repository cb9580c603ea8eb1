"""In which conversations the same words are seen."""

from collections.abc import Mapping

from bot.domain.conversations import ConversationRef
from bot.domain.utterance import Origin
from bot.ports.network import Incoming, Operation, Target
from bot.ports.records import Copy, UnitOfWork


def origin_of(incoming: Incoming) -> Origin:
    """The origin of the words of an event."""
    return Origin(source_of(incoming), incoming.target)


def source_of(incoming: Incoming) -> str:
    """The source of the words of an event, and of all their copies."""
    return f"{incoming.conversation.network}:{incoming.key}"


def copies(uow: UnitOfWork, source: str) -> list[Copy]:
    """The copies of the words, without the edits that were made of them."""
    return [copy for copy in uow.copies.of(source) if copy.outgoing.operation is Operation.SAY]


def seats(uow: UnitOfWork, source: str) -> dict[ConversationRef, Target]:
    """Each conversation where the words are seen, and how they are named there.

    Where they are seen twice (a recommendation in its room), the assistant's message counts.
    """
    found: dict[ConversationRef, Target] = {}
    original = uow.copies.original(source)
    if original is not None and original.message is not None:
        found[original.conversation] = Target(remote_id=original.message)
    return found | {copy.outgoing.conversation: copy.target for copy in copies(uow, source)}


def answered_targets(
    uow: UnitOfWork, conversation: ConversationRef, answered: str | None
) -> Mapping[ConversationRef, Target]:
    """The message that words answered, as it is named in each conversation that shows it."""
    if answered is None:
        return {}
    source = uow.copies.source(conversation, answered)
    return seats(uow, source) if source is not None else {}
