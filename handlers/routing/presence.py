"""People come and go, or send what is not taken; strangers write in rooms."""

from hashlib import sha256

from bot.domain.people import EMAIL
from bot.domain.projects.project import Project
from bot.ports.network import OTHER_CONTENT, EventKind, Outgoing, Target
from handlers.contact import channels
from handlers.context.turn import Turn
from handlers.intake import dialogue
from handlers.routing.commands import show_help
from handlers.thread import catching_up

_WORDS = frozenset({EventKind.SAID, EventKind.EDITED, EventKind.SENT_OTHER})


def greet_newcomer(turn: Turn) -> None:
    """Whoever opens a private chat is greeted, once; who comes to a room reads where it stands."""
    if turn.who.room is not None:
        catching_up.tell_newcomer(turn)
    elif turn.private and turn.who.person is None:
        _greet(turn)
    elif turn.private and turn.advisor is not None:
        turn.reply("presence.advisor")


def start(turn: Turn) -> None:
    """Telegram's « /start », which opens a private chat, is answered each time."""
    if turn.who.person is None:
        _greet(turn)
    elif turn.advisor is not None:
        turn.reply("presence.advisor")
    elif turn.projects:
        show_help(turn)
    else:
        turn.reply("intake.greeting")


def note_departure(turn: Turn) -> None:
    """Whoever left their private chat cannot be written to there; the team learns that, and that an
    advisor left a room.
    """
    if turn.who.room is not None:
        _left_room(turn, turn.who.room)
    elif turn.private and turn.who.person is not None and turn.conversation.network == EMAIL:
        channels.stop_mails(turn, turn.who.person)
    elif turn.private and turn.who.person is not None:
        turn.uow.people.unreachable(turn.conversation, turn.now)
        if turn.advisor is None:
            turn.tell_teams("presence.member_left")


def turn_stranger_away(turn: Turn) -> None:
    """Nothing of what a stranger does in a room goes further. Who speaks is told once how to be
    invited, and so is the team that they are there; one of the register, each time, how to sit
    there.
    """
    if turn.incoming.kind is EventKind.SENT_OTHER and turn.incoming.text == "anonymous":
        refuse_content(turn)
    elif turn.incoming.kind in _WORDS and turn.advisor is not None and turn.who.room:
        turn.refuse("presence.unseated")
    elif turn.incoming.kind in _WORDS:
        _once(turn, "presence.stranger")
        project = turn.uow.projects.thread(turn.who.room) if turn.who.room else None
        if project is not None:
            _once(turn, "presence.stranger_team", project)


def turn_guest_away(turn: Turn) -> None:
    """In a private chat its owner alone counts: nothing of what somebody does whom they let in goes
    further, nor is it taken for theirs. Who speaks is told once where to write instead.
    """
    if turn.incoming.kind in _WORDS | {EventKind.JOINED}:
        _once(turn, "presence.guest")


def refuse_content(turn: Turn) -> None:
    """What was sent cannot be taken: it is said which sort it is, and what to do instead, in answer
    to it.
    """
    kind, answered = turn.incoming.text, turn.incoming.message
    turn.send(
        turn.conversation,
        turn.text(f"other.{kind if kind in OTHER_CONTENT else 'other'}"),
        kind="error",
        target=Target(remote_id=answered) if answered is not None else None,
    )


def _greet(turn: Turn) -> None:
    dialogue.give_notice(turn)
    turn.reply("intake.greeting")


def _left_room(turn: Turn, ref: str) -> None:
    project = turn.uow.projects.thread(ref)
    if project is not None and project.open and turn.advisor is not None:
        told = turn.text_about(project, "presence.advisor_left", author=turn.author)
        turn.tell_team(project, told)


def _once(turn: Turn, key: str, project: Project | None = None) -> None:
    """Say it where the event happened, or to the team of a project, once for each person there."""
    sender = turn.incoming.sender
    if project is None:
        place, text = turn.conversation, turn.text(key)
    else:
        place = turn.catalogue.portals[project.portal].team
        text = turn.text_about(project, key, sender=sender)
    here = f"{turn.conversation.network}:{turn.conversation.name}:{sender}"
    digest = sha256(here.encode("utf-8", "replace")).hexdigest()[:32]
    outgoing = Outgoing(
        key=f"{key}:{digest}",
        conversation=place,
        text=text,
        kind="error" if project is None else "notice",
        projects=(project.ref,) if project is not None else (),
    )
    turn.uow.outbox.put(outgoing, at=turn.now)
