"""Plain words and files go from the members to the room, and from the room to the members."""

from datetime import datetime, timedelta

from bot.domain.people import Person, Role
from bot.domain.projects.description import with_words
from bot.domain.projects.history import EntryKind
from bot.domain.projects.membership import advised
from bot.domain.projects.project import Project
from bot.domain.utterance import Utterance
from bot.domain.wording.markup import escape, quote
from handlers.context.origins import origin_of
from handlers.context.turn import Manner, Turn
from handlers.context.utterance import calls_for_answer, utterance_of
from handlers.safety import resolution
from handlers.safety.alert import alert, speaks_of_danger, warn

ACKNOWLEDGED_FOR = timedelta(hours=1)
"""Within that time of their last word, a member is not told again that their words went to the
room.
"""


def from_room(turn: Turn, ref: str, said: Utterance | None = None) -> None:
    """Somebody wrote in a project's room, now or before: its members read it, under their name."""
    project = turn.uow.projects.thread(ref)
    if project is None or not project.open:
        turn.refuse("relay.ended")
        return
    words = said if said is not None else utterance_of(turn)
    _record(turn, project, words)
    told = [_tell(turn, member.person, project, words) for member in project.members]
    if not any(told):
        turn.refuse("relay.nobody_reached")
        turn.tell_team(project, turn.text_about(project, "relay.team_nobody_reached"))
    advises = turn.role is not Role.OBSERVER
    project.hear(turn.side, turn.now, asks=_asks(turn, words), advises=advises)


def from_member(
    turn: Turn,
    project: Project,
    words: Utterance,
    *,
    named: bool,
    warned: bool = False,
    confirmed: bool = False,
) -> None:
    """The member's words go to the room, or wait in the project's description until one opens.

    `named`: the acknowledgement names the project. `warned`: the safety instructions were given
    already. `confirmed`: another answer follows, which acknowledges the words.
    """
    danger = speaks_of_danger(turn, words.text)
    if danger and not warned:
        warn(turn, project.themes, then="safety.alerting")
    _record(turn, project, words)
    in_room = turn.tell_room(project, _shown(turn, words), **_manner(turn, words))
    for member in project.members:
        if member.person is not turn.who.person:
            _tell(turn, member.person, project, words)
    if not in_room and words.text:
        project.description = with_words(project.description, words.text)
    if danger:
        alert(turn, project)
    elif resolution.is_dealt_with(turn, project, words.text):
        resolution.secure(turn, project)
        # The thanks say that the advisors were told.
        turn.reply_about(project, "danger.thanks_secured")
    elif not confirmed and (named or not in_room or _first_in_a_while(project, turn.now)):
        _acknowledge(turn, project, in_room=in_room, named=named)
    project.hear(turn.side, turn.now, asks=_asks(turn, words))


def head(turn: Turn, person: Person, project: Project) -> str:
    """What words begin with for whoever has several projects: which one they are about."""
    if not turn.uow.projects.several(person):
        return ""
    return turn.text_about(project, "relay.about")


def _acknowledge(turn: Turn, project: Project, *, in_room: bool, named: bool) -> None:
    """Say where the words are. In a room that no advisor follows nobody reads them: the team is
    told.
    """
    where = "sent" if in_room else "kept"
    whole = turn.uow.projects.whole(project.ref) if in_room else None
    if whole is not None and not advised(whole):
        where = "unread"
        turn.tell_team(project, turn.text_about(project, "relay.team_unread"))
    turn.reply_about(project, f"relay.{where}_named" if named else f"relay.{where}")


def _tell(turn: Turn, person: Person, project: Project, words: Utterance) -> bool:
    text = head(turn, person, project) + _shown(turn, words)
    return turn.tell(person, project, text, **_manner(turn, words))


def _manner(turn: Turn, words: Utterance) -> Manner:
    file, origin = words.attachment, words.origin
    return Manner(kind="relay", author=turn.author, attachment=file, relayed=origin)


def _shown(turn: Turn, words: Utterance) -> str:
    """What others read; of a file without words, that it is there: under a name there are words."""
    if not words.text.strip() and words.attachment is not None:
        return turn.text("relay.file_alone")
    said = escape(words.text) if words.markup is None else words.markup
    quoted = turn.incoming.quoted
    if quoted is None or words.origin != origin_of(turn.incoming):
        return said
    return f"{quote(quoted)}\n{said}"


def _record(turn: Turn, project: Project, words: Utterance) -> None:
    file = words.attachment
    entry = turn.entry(
        EntryKind.FILE if file else EntryKind.SAID,
        words.text,
        detail=file.name if file else "",
        source=words.origin.source,
        attachment=file,
    )
    turn.uow.projects.record(project, entry)


def _asks(turn: Turn, words: Utterance) -> bool:
    """A file asks for an answer, too."""
    return words.attachment is not None or calls_for_answer(turn, words.text)


def _first_in_a_while(project: Project, now: datetime) -> bool:
    last = project.last_member_word_at
    return last is None or now - last > ACKNOWLEDGED_FOR
