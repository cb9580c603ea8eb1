"""Where the same words are seen, place by place."""

from collections.abc import Mapping

from bot.ports.network import Act, Incoming, Place, Target
from bot.ports.records import Copy, UnitOfWork


def source_of(incoming: Incoming) -> str:
    """The source of the words of an event, and of all their copies."""
    return f"{incoming.place.network}:{incoming.key}"


def copies(uow: UnitOfWork, source: str) -> list[Copy]:
    """The copies of the words, without the edits that were made of them."""
    return [copy for copy in uow.copies.of(source) if copy.outgoing.act is Act.SAY]


def seats(uow: UnitOfWork, source: str) -> dict[Place, Target]:
    """Each place where the words are seen, and how they are named there.

    Where they are seen twice (a recommendation in its room), the assistant's message counts.
    """
    found: dict[Place, Target] = {}
    original = uow.copies.original(source)
    if original is not None and original.message is not None:
        found[original.place] = Target(remote_id=original.message)
    return found | {copy.outgoing.place: copy.target for copy in copies(uow, source)}


def answered_at(uow: UnitOfWork, incoming: Incoming) -> Mapping[Place, Target]:
    """The message to which the event answers, at each place where it is seen."""
    if incoming.target is None:
        return {}
    source = uow.copies.source(incoming.place, incoming.target)
    return seats(uow, source) if source is not None else {}
