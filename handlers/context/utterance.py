"""What somebody says on a thread, without the contact details that nobody else needs to read."""

from dataclasses import replace
from functools import partial

from bot.domain.dialogues import AfterRefusal, WhichProject
from bot.domain.utterance import Utterance
from bot.domain.wording.answers import asks_for_answer
from bot.domain.wording.contact_details import without_contact_details
from bot.domain.wording.markup import ending, escape
from bot.ports.network import EventKind, Incoming
from config.texts import Raw, Texts
from handlers.context.origins import origin_of
from handlers.context.turn import Turn


def utterance_of(turn: Turn) -> Utterance:
    """The words and the file of the event."""
    said = turn.incoming
    return Utterance(said.text, origin_of(said), said.attachment, said.markup)


def as_set_off(said: Incoming, words: str) -> str:
    """The markup of these words, which the event ends with, as their author set them off."""
    markup = ending(said.markup, words)
    return escape(words) if markup is None else markup


def waiting_words(turn: Turn) -> tuple[Utterance, ...]:
    """The words that wait until their project is named or described, oldest first."""
    under_way = turn.dialogue.under_way
    return under_way.words if isinstance(under_way, WhichProject | AfterRefusal) else ()


def waits_here(turn: Turn, source: str) -> bool:
    """Whether words of that event are among those that wait."""
    return any(words.origin.source == source for words in waiting_words(turn))


def let_go(turn: Turn, source: str) -> None:
    """Words of that event wait no more; nor is their project asked once no other words wait."""
    under_way = turn.dialogue.under_way
    kept = tuple(words for words in waiting_words(turn) if words.origin.source != source)
    if isinstance(under_way, WhichProject) and not kept:
        turn.dialogue.end()
    elif isinstance(under_way, WhichProject | AfterRefusal):
        turn.dialogue.under_way = replace(under_way, words=kept)


def calls_for_answer(turn: Turn, words: str) -> bool:
    """Whether the other side owes an answer: not to a bare « merci »."""
    return asks_for_answer(words, turn.catalogue.language.answers)


def with_author_named(texts: Texts, incoming: Incoming) -> Incoming:
    """The event whose words, if they are passed on, begin with whose they are."""
    author = incoming.forwarded_from
    if author is None or incoming.kind is not EventKind.SAID:
        return incoming
    said = texts.label("relay.forwarded", author=author, text=incoming.text)
    marked = incoming.markup
    if marked is not None:
        marked = texts("relay.forwarded", author=author, text=Raw(marked))
    return replace(incoming, text=said.strip(), markup=marked)


def without_private_details(texts: Texts, incoming: Incoming) -> Incoming:
    """The event without phone numbers and e-mail addresses; words that had some are plain."""
    clean = partial(without_contact_details, instead=texts("contact.withheld"))
    call = incoming.command
    if call is not None:
        details = tuple((name, clean(said)) for name, said in call.details)
        call = replace(call, words=clean(call.words), details=details)
    text = clean(incoming.text)
    markup = incoming.markup if text == incoming.text else None
    quoted = clean(incoming.quoted) if incoming.quoted is not None else None
    return replace(incoming, text=text, markup=markup, command=call, quoted=quoted)


def tell_withheld(turn: Turn) -> None:
    """Tell whoever wrote contact details that they were not passed on, and how to share them."""
    turn.reply("contact.told_members" if turn.private else "contact.told_room")
