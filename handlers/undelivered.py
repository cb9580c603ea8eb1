"""A message did not arrive, or may not have: somebody is told, and nothing is silent."""

from datetime import datetime

from bot.ports.mail import Outcome
from bot.ports.network import Outgoing
from bot.ports.records import UnitOfWork
from config.catalogue import Catalogue
from handlers.places import team_place


def tell(
    uow: UnitOfWork, catalogue: Catalogue, now: datetime, outgoing: Outgoing, outcome: Outcome
) -> None:
    """Mark a dead address as unreachable, and tell the team of the project the message was about.

    A message about no project has nobody to be told of it but the logs.
    """
    if outcome is Outcome.UNREACHABLE:
        uow.people.unreachable(outgoing.place, now)
    text_key = (
        "undelivered.uncertain" if outcome is Outcome.UNCERTAIN else "undelivered.unreachable"
    )
    for ref in outgoing.projects:
        project = uow.projects.thread(ref)
        if project is None:
            continue
        team = team_place(catalogue.portals[project.portal])
        if team == outgoing.place:
            continue
        notice = Outgoing(
            key=f"{outgoing.key}:undelivered:{ref}",
            place=team,
            text=catalogue.texts(text_key, title=project.title, ref=project.ref),
            kind="error",
            projects=(ref,),
        )
        uow.outbox.put(notice, at=now)
