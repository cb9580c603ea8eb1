"""« Où vous prévenir ? »: whoever describes a project on the page says where else to be told.

An address is written to once, to be confirmed; until then it counts as not working, and nothing of
the project goes there.
"""

from datetime import timedelta

from bot.domain.conversations import ConversationRef
from bot.domain.dialogues import AskedForAddress
from bot.domain.people import EMAIL, PAGES, Address, Person
from bot.domain.wording.email_address import read_address
from bot.ports.network import Choice
from handlers.contact import linking
from handlers.context.turn import Turn

_KIND = AskedForAddress.kind

TELEGRAM = "telegram"
MATRIX = "matrix"

ADDRESS_LENGTH = 12
"""More words than that are no answer to « à quelle adresse ? »."""

MOST_ADDRESSES = 3
"""Nobody has mails sent to a list of strangers."""

AGAIN_AFTER = timedelta(minutes=10)
"""An address is not asked to confirm more often than that."""


def ask(turn: Turn) -> None:
    """Ask a person of the page who can be told nowhere else; nothing if there is nowhere."""
    person = turn.who.person
    if person is None or turn.conversation.network != PAGES or not _choices(turn):
        return
    if all(a.network == PAGES for a in person.addresses if a.unreachable_since is None):
        _put_question(turn)


def ask_again(turn: Turn) -> None:
    """`/prevenir`: the question again, whoever asks."""
    if turn.conversation.network == PAGES and _choices(turn):
        _put_question(turn)
    else:
        turn.reply("reaching.nothing")


def choose(turn: Turn, key: str) -> None:
    """One of the answers was taken, or an address confirmed."""
    if key == "confirm":
        _confirm(turn)
        return
    if isinstance(turn.dialogue.under_way, AskedForAddress):
        turn.dialogue.under_way = None
    if key == EMAIL and EMAIL in turn.catalogue.ways and turn.dialogue.holds_words:
        turn.refuse("reaching.busy")
    elif key == EMAIL and EMAIL in turn.catalogue.ways:
        turn.dialogue.under_way = AskedForAddress()
        turn.ask("reaching.ask_address")
    elif key in {TELEGRAM, MATRIX}:
        linking.give_code(turn)
    elif key == "page":
        turn.reply("reaching.noted_page")
    else:
        turn.refuse("choices.stale")


def is_like_address(words: str) -> bool:
    """Whether the words are an e-mail address, or meant as one."""
    short = len(words.split()) <= ADDRESS_LENGTH
    return "@" in words and short and not words.startswith(("/", "!"))


def take_address(turn: Turn, words: str) -> None:
    """Write to the address that was asked for; ask again if it is none."""
    address = read_address(words)
    if address is None:
        turn.ask("reaching.unreadable")
    else:
        turn.dialogue.end()
        _keep(turn, turn.person(), address)


def stop_mails(turn: Turn, person: Person) -> None:
    """The person wants no more mails: they read so on their page; without one, teams are told."""
    turn.uow.people.unreachable(turn.conversation, turn.now)
    elsewhere = person.reachable
    if elsewhere is not None:
        text = turn.text("reaching.stopped", address=turn.conversation.name)
        turn.send(elsewhere.conversation_ref, text)
    else:
        turn.tell_teams("reaching.stopped_team")


def _choices(turn: Turn) -> list[Choice]:
    """Where people can be told, besides the page."""
    return [
        Choice(f"{_KIND}:{way}", turn.label(f"reaching.{way}"))
        for way in (EMAIL, TELEGRAM, MATRIX)
        if way in turn.catalogue.ways
    ]


def _put_question(turn: Turn) -> None:
    by_mail = EMAIL in turn.catalogue.ways
    page = Choice(f"{_KIND}:page", turn.label("reaching.page"))
    turn.ask("reaching.ask" if by_mail else "reaching.ask_where", *_choices(turn), page)
    if by_mail and turn.dialogue.under_way is None:
        turn.dialogue.under_way = AskedForAddress()


def _keep(turn: Turn, person: Person, address: str) -> None:
    """Write to the address, once, to be confirmed. To the person on the page, an address that is
    somebody else's looks like any other: its owner alone learns of it.
    """
    place = ConversationRef(EMAIL, address)
    mine = _find_mail(person, address)
    if mine is not None and mine.unreachable_since is None:
        turn.reply("reaching.already", address=address)
        return
    if mine is None and sum(a.network == EMAIL for a in person.addresses) >= MOST_ADDRESSES:
        turn.refuse("reaching.too_many")
        return
    turn.reply("reaching.sent", address=address)
    owner = turn.uow.people.correspondent(place, address).person
    theirs = _find_mail(owner, address) if owner is not None and owner is not person else None
    if theirs is not None and theirs.unreachable_since is None:
        turn.send(place, turn.text("reaching.known"))
        return
    if mine is not None and (mine.unreachable_since or turn.now) > turn.now - AGAIN_AFTER:
        return
    if mine is None:
        mine = theirs or Address(EMAIL, address, address, turn.now)
        if owner is not None and theirs is not None:
            owner.addresses.remove(theirs)
        person.addresses.append(mine)
    mine.unreachable_since, mine.last_word_at = turn.now, None
    yes = Choice(f"{_KIND}:confirm", turn.label("reaching.confirm_yes"))
    about = tuple(project.ref for project in turn.open_projects[:1])
    text = turn.text("reaching.confirm")
    turn.send(place, text, kind="question", choices=(yes,), projects=about)


def _confirm(turn: Turn) -> None:
    """Whoever answers from an address has it: it works from now on."""
    person = turn.who.person
    if turn.conversation.network != EMAIL or person is None or person.reachable is None:
        turn.refuse("choices.stale")
        return
    there = person.reachable.conversation_ref
    turn.send(there, turn.text("reaching.confirmed", address=turn.conversation.name))


def _find_mail(person: Person, address: str) -> Address | None:
    own = (a for a in person.addresses if (a.network, a.conversation) == (EMAIL, address))
    return next(own, None)
