"""Somebody asks to follow a project of which they know the reference: its lead decides, or the team
where no member can be asked. Nothing tells them before whether there is such a project.
"""

from datetime import timedelta

from bot.domain.people import Person
from bot.domain.projects.membership import askable, member_of
from bot.domain.projects.project import Project
from bot.domain.projects.reference import without_references
from bot.domain.wording.introduction import read_introduction
from bot.ports.network import Choice
from handlers.context.project_lookup import coordinates, find_own
from handlers.context.turn import Turn, signature
from handlers.projects.membership import admit

KIND = "join"
"""What the keys of the choices that decide begin with."""

ACCEPT, DECLINE = "yes", "no"

MOST_REQUESTS = 5
"""More requests from one person within `REMEMBERED` are guesses: they reach nobody."""

MOST_WORDS = 16
"""Longer words say something else besides."""

_AROUND = " ,;:.-–—\u00a0\n"

REMEMBERED = timedelta(hours=1)


def asks_to_join(turn: Turn, words: str) -> bool:
    """Whether words with a reference ask to follow its project: alone, or with a name, or so said;
    and nothing else.
    """
    said = without_references(words).strip(_AROUND)
    if len(said.split()) > MOST_WORDS:
        return False
    language = turn.catalogue.language
    wanted = language.steering.asks_to_join(said)
    return not said or wanted or read_introduction(said, language.introductions) is not None


def ask(turn: Turn, ref: str) -> None:
    """Whoever names the project and themselves has asked to follow it."""
    person = turn.person()
    _learn_name(turn, person)
    if not person.name:
        turn.refuse("joining.who", ref=ref)
        return
    place, now = turn.conversation, turn.now
    tries = turn.uow.codes.failures(place.network, turn.incoming.sender, now - REMEMBERED)
    project = turn.uow.projects.whole(ref) if tries < MOST_REQUESTS else None
    turn.uow.codes.note_failure(place.network, turn.incoming.sender, now)
    if project is not None and project.open and member_of(project, person) is None:
        _tell_who_decides(turn, project, person)
    turn.reply("joining.asked", ref=ref)


def choose(turn: Turn, key: str) -> None:
    """`join:REF:PERSON:yes` was tapped by a member, or by the team: the person is a member, or
    learns that they are not.
    """
    ref, _, rest = key.partition(":")
    number, _, verdict = rest.partition(":")
    person = turn.uow.people.by_id(int(number)) if number.isdecimal() else None
    decided = find_own(turn, ref)
    if decided is None and coordinates(turn, ref):
        decided = turn.uow.projects.whole(ref)
    if decided is None or person is None or verdict not in {ACCEPT, DECLINE}:
        turn.refuse("choices.stale")
    elif verdict == ACCEPT:
        admit(turn, decided, person)
    else:
        turn.tell(person, decided, turn.text("joining.declined", ref=ref))
        turn.reply_about(decided, "joining.declined_told", name=person.name)


def _learn_name(turn: Turn, person: Person) -> None:
    said = without_references(turn.incoming.text)
    who = read_introduction(said, turn.catalogue.language.introductions)
    if who is not None and not person.name:
        person.name, person.function = who.name, who.function or person.function


def _tell_who_decides(turn: Turn, project: Project, person: Person) -> None:
    about = f"{KIND}:{project.ref}:{person.id}"
    choices = (
        Choice(f"{about}:{ACCEPT}", turn.label("joining.accept")),
        Choice(f"{about}:{DECLINE}", turn.label("joining.decline")),
    )
    text = turn.text_about(project, "joining.request", author=signature(person))
    lead = next(iter(askable(project)), None)
    if lead is None or not turn.tell(lead, project, text, choices=choices, kind="question"):
        turn.tell_team(project, text, choices=choices, kind="question")
