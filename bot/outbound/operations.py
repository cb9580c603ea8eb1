"""What can be done of an act on a network, once it is known what the network can do, and under
which remote id it knows the message that the act is about.
"""

from dataclasses import replace

from bot.ports.message_queue import MessageQueue
from bot.ports.network import Capabilities, DeliveryError, Operation, Outgoing, Target

REPEATABLE = frozenset(
    {Operation.EDIT, Operation.DELETE, Operation.REACT, Operation.INVITE, Operation.REFRESH}
)
"""Acts that change nothing the second time: they may be tried again when nobody knows whether they
succeeded.
"""

OPTIONAL = frozenset({Operation.DELETE, Operation.REACT, Operation.REFRESH})
"""Acts whose failure says nothing of whether the place can be reached."""

_OF_A_MESSAGE = frozenset({Operation.EDIT, Operation.DELETE, Operation.REACT})


class Incapable(DeliveryError):
    """The network cannot do this."""


async def prepared(
    mail: MessageQueue, capabilities: Capabilities, outgoing: Outgoing
) -> Outgoing | None:
    """The act with its target's remote id; None if its target never arrived. Raises Incapable.

    An edit that cannot be made is said as new words; an answer to a message that is not there is
    said without it.
    """
    act = outgoing.operation
    if act is Operation.SAY and outgoing.target is None:
        return outgoing
    if act is not Operation.SAY and act not in capabilities.operations:
        if act is Operation.EDIT:
            return said_anew(outgoing)
        raise Incapable
    remote_id = await _remote_id(mail, outgoing)
    if remote_id is not None:
        return replace(outgoing, target=Target(remote_id=remote_id))
    if act in {Operation.SAY, Operation.EDIT}:
        return said_anew(outgoing)
    return None if act in _OF_A_MESSAGE else outgoing


def said_anew(outgoing: Outgoing) -> Outgoing:
    """Said as new words: a file that came with the first ones is there already."""
    if outgoing.operation is Operation.SAY:
        return replace(outgoing, target=None)
    return replace(outgoing, operation=Operation.SAY, target=None, attachment=None)


async def _remote_id(mail: MessageQueue, outgoing: Outgoing) -> str | None:
    target = outgoing.target
    if target is None or target.remote_id is not None or target.key is None:
        return None if target is None else target.remote_id
    return await mail.remote_id(outgoing.conversation, target.key)
