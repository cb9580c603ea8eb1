"""A message did not arrive, or may not have: somebody is told, and nothing is silent."""

from datetime import datetime

from bot.domain.calendar import zone_of
from bot.domain.conversations import ConversationRef
from bot.domain.people import EMAIL, Person
from bot.domain.projects.project import Project
from bot.ports.message_queue import Outcome
from bot.ports.network import Incoming, Operation, Outgoing, Target
from bot.ports.records import UnitOfWork
from config import french
from config.catalogue import Catalogue
from handlers.context.origins import source_of
from handlers.followups import sending
from handlers.projects import membership


def tell(
    uow: UnitOfWork, catalogue: Catalogue, now: datetime, outgoing: Outgoing, outcome: Outcome
) -> None:
    """Mark a dead address as unreachable, and tell the team of the project the message was about;
    where it carried somebody's words, the room too, and whoever wrote them, in answer to them.

    A follow-up that did not arrive counts for nothing; one dropped because its project has moved on
    is told to nobody. One that is still to be tried (RETRY) is told of once, however often this is
    called.
    A message about no project has nobody to be told of it but the logs.
    """
    if outgoing.operation is Operation.DELETE:
        _still_there(uow, catalogue, now, outgoing)
        return
    if outcome not in {Outcome.UNCERTAIN, Outcome.RETRY}:
        sending.take_back(uow, now, outgoing.key)
    if outcome is Outcome.DROPPED:
        return
    if outcome is Outcome.UNREACHABLE:
        person = uow.people.unreachable(outgoing.conversation, now)
        if person is not None and outgoing.conversation.network == EMAIL:
            _tell_on_page(uow, catalogue, now, outgoing, person)
        elif person is not None:
            membership.note_unreachable(uow, catalogue, now, person)
    _tell(uow, catalogue, now, outgoing, outcome)


def _tell(
    uow: UnitOfWork, catalogue: Catalogue, now: datetime, outgoing: Outgoing, outcome: Outcome
) -> None:
    original = _original(uow, outgoing)
    what = "waits" if outcome is Outcome.RETRY else "undelivered"
    if outgoing.operation is Operation.REMOVE:
        _tell_not_removed(uow, catalogue, now, outgoing)
        return
    for ref in outgoing.projects:
        project = uow.projects.thread(ref)
        if project is None:
            continue
        room = uow.projects.room(project) if outgoing.author is not None else None
        text = _said(uow, catalogue, project, outgoing, outcome, original)
        said = {catalogue.portals[project.portal].team: text}
        if room is not None:
            said[room] = text
        if original is not None and original.conversation not in said:
            about = {"title": project.title, "ref": project.ref}
            said[original.conversation] = catalogue.texts(f"undelivered.{outcome}_author", **about)
        for place, told in said.items():
            if place != outgoing.conversation:
                own = original if original is not None and place == original.conversation else None
                notice = Outgoing(
                    key=f"{outgoing.key}:{what}:{ref}:{place.name}",
                    conversation=place,
                    text=told,
                    kind="error",
                    target=Target(remote_id=own.message) if own and own.message else None,
                    projects=(ref,),
                    backstage=place == room,
                )
                uow.outbox.put(notice, at=now)


def _tell_not_removed(
    uow: UnitOfWork, catalogue: Catalogue, now: datetime, removal: Outgoing
) -> None:
    """Somebody still reads who is to read no more: the team has to see to it, as operators do who
    find it in the log.
    """
    place = ConversationRef(removal.conversation.network, removal.text)
    project = uow.projects.thread(removal.projects[0]) if removal.projects else None
    slug = project.portal if project is not None else place.portal or place.grouped
    portal = catalogue.portals.get(slug or "")
    if portal is None:
        return
    who = _name_of_guest(uow, removal)
    if project is not None:
        about = {"title": project.title, "ref": project.ref}
        text = catalogue.texts("undelivered.removal_room", who=who, **about)
    else:
        text = catalogue.texts("undelivered.removal_portal", who=who, portal=portal.name)
    uow.outbox.put(Outgoing(f"{removal.key}:undelivered", portal.team, text, "error"), at=now)


def _original(uow: UnitOfWork, outgoing: Outgoing) -> Incoming | None:
    """The event whose words a message carries or deletes; None for the assistant's own."""
    source = uow.copies.behind(outgoing.key)
    return uow.copies.original(source) if source is not None else None


def _said(
    uow: UnitOfWork,
    catalogue: Catalogue,
    project: Project,
    outgoing: Outgoing,
    outcome: Outcome,
    original: Incoming | None,
) -> str:
    """What became of the message, named by its author and when they wrote it: never quoted."""
    about = {"title": project.title, "ref": project.ref}
    if outgoing.operation is Operation.INVITE and outcome is not Outcome.RETRY:
        return catalogue.texts("undelivered.invitation", who=_name_of_guest(uow, outgoing), **about)
    if outcome is Outcome.UNCERTAIN and original is not None and outgoing.author is not None:
        moment = french.moment(original.at, zone_of(project.departement))
        about |= {"author": outgoing.author, "moment": moment}
        return catalogue.texts("undelivered.uncertain_of", **about)
    return catalogue.texts(f"undelivered.{outcome}", **about)


def _tell_on_page(
    uow: UnitOfWork, catalogue: Catalogue, now: datetime, mail: Outgoing, person: Person
) -> None:
    """Whoever gave an address that does not work reads so where they can still be written to."""
    address = person.reachable
    if address is not None:
        text = catalogue.texts("reaching.undelivered", address=mail.conversation.name)
        key, place = f"{mail.key}:undelivered", address.conversation_ref
        uow.outbox.put(Outgoing(key, place, text, "error", projects=mail.projects), at=now)


def _name_of_guest(uow: UnitOfWork, invitation: Outgoing) -> str:
    address = invitation.conversation.invited
    place = ConversationRef(invitation.conversation.network, address)
    person = uow.people.correspondent(place, address).person
    return person.name if person is not None else address


def _still_there(uow: UnitOfWork, catalogue: Catalogue, now: datetime, deletion: Outgoing) -> None:
    """Whoever took words back learns that others still see them."""
    original = _original(uow, deletion)
    if original is not None:
        key, place = f"{source_of(original)}:still_there", original.conversation
        text = catalogue.texts("copies.still_there")
        uow.outbox.put(Outgoing(key, place, text, "error", projects=deletion.projects), at=now)
