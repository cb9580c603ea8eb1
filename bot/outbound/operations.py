"""What can be done of an act on a network, once it is known what the network can do, and under
which remote id it knows the message that the act is about.
"""

from dataclasses import replace

from bot.ports.message_queue import Mail
from bot.ports.network import Act, Capabilities, DeliveryError, Outgoing, Target

REPEATABLE = frozenset({Act.EDIT, Act.DELETE, Act.REACT, Act.INVITE, Act.REFRESH})
"""Acts that change nothing the second time: they may be tried again when nobody knows whether they
succeeded.
"""

OPTIONAL = frozenset({Act.DELETE, Act.REACT, Act.REFRESH})
"""Acts whose failure says nothing of whether the place can be reached."""

_OF_A_MESSAGE = frozenset({Act.EDIT, Act.DELETE, Act.REACT})


class Incapable(DeliveryError):
    """The network cannot do this."""


async def prepared(mail: Mail, capabilities: Capabilities, outgoing: Outgoing) -> Outgoing | None:
    """The act with its target's remote id; None if its target never arrived. Raises Incapable.

    An edit that cannot be made is said as new words; an answer to a message that is not there is
    said without it.
    """
    act = outgoing.act
    if act is Act.SAY and outgoing.target is None:
        return outgoing
    if act is not Act.SAY and act not in capabilities.acts:
        if act is Act.EDIT:
            return said_anew(outgoing)
        raise Incapable
    remote_id = await _remote_id(mail, outgoing)
    if remote_id is not None:
        return replace(outgoing, target=Target(remote_id=remote_id))
    if act in {Act.SAY, Act.EDIT}:
        return said_anew(outgoing)
    return None if act in _OF_A_MESSAGE else outgoing


def said_anew(outgoing: Outgoing) -> Outgoing:
    """Said as new words: a file that came with the first ones is there already."""
    if outgoing.act is Act.SAY:
        return replace(outgoing, target=None)
    return replace(outgoing, act=Act.SAY, target=None, attachment=None)


async def _remote_id(mail: Mail, outgoing: Outgoing) -> str | None:
    target = outgoing.target
    if target is None or target.remote_id is not None or target.key is None:
        return None if target is None else target.remote_id
    return await mail.remote_id(outgoing.place, target.key)
