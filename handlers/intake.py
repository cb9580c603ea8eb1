"""The élu describes a project: carries out what `bot.domain.intake` decides."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from bot.domain import intake
from bot.domain.intake import (
    Abandon,
    Ask,
    AskTheme,
    AskWhichPlace,
    Draft,
    Effect,
    Say,
    Step,
    Submit,
    Summarise,
    Warn,
)
from bot.domain.markup import quote
from bot.domain.understanding import Intent
from bot.ports.network import Choice
from config.texts import Raw
from handlers.dialogues import INTAKE, WHICH
from handlers.places import place_names
from handlers.safety import warn
from handlers.submission import submit_draft
from handlers.turn import Turn
from handlers.words import Words, joined, waiting

FLOW = INTAKE

PLACES_SHOWN = 8
"""More homonyms than that are not listed: the person is asked for the département instead."""

THEMES_SHOWN = 9
"""The first themes of the vocabulary are offered; the others can be said in words."""

NO_PROJECT = {
    Intent.GREETING: "intake.greeting",
    Intent.HELP: "intake.help",
    Intent.HOSTILE: "intake.hostile",
    Intent.OUT_OF_SCOPE: "intake.out_of_scope",
}
"""What is answered to words that describe no project, even when one was asked for."""


def start(turn: Turn, words: str, said: Sequence[Words] = ()) -> None:
    """A project begins with these words; `said`: their files come along."""
    draft = _with_files(_draft(turn), said)
    draft, effects = intake.begin(draft, words, turn.understand(words))
    urgent = tuple(e for e in effects if isinstance(e, Warn))
    _carry_out(turn, draft, urgent)
    notice(turn)
    _carry_out(turn, draft, tuple(e for e in effects if not isinstance(e, Warn)))


def afresh(turn: Turn, words: str) -> None:
    """`/nouveau`: the person wants to describe a project. One not yet sent is not thrown away:
    what is said now joins it. Words that wait until their project is named describe the new one.
    """
    said = Words(words, turn.incoming.attachment)
    if turn.conversation.flow == FLOW and turn.conversation.data.get("words"):
        _join(turn, said)
        turn.ask("intake.under_way", _option(turn, "continue"), _option(turn, "cancel"))
    else:
        describe(turn, [*waiting(turn), said])


def describe(turn: Turn, said: Sequence[Words]) -> None:
    """A project begins with what was said; files alone wait for its description."""
    words = joined(said)
    if words:
        start(turn, words, said)
        return
    notice(turn)
    if any(each.attachment is not None for each in said):
        turn.reply("intake.file_kept")
    ask_description(turn, said)


def ask_description(turn: Turn, said: Sequence[Words], words: tuple[str, ...] = ()) -> None:
    """Wait for the description of a project; `words` and the files of `said` belong to it."""
    _keep(turn, replace(_with_files(_draft(turn), said), words=words))
    if not words:
        turn.ask("intake.ask_description")


def heard(turn: Turn, words: str) -> None:
    """Words within the dialogue. An empty message with a file only adds the file."""
    draft = _with_files(Draft.from_data(turn.conversation.data), [Words.of(turn)])
    if not words:
        _keep(turn, draft)
        turn.reply("intake.file_kept")
        return
    answer = NO_PROJECT.get(turn.understand(words).intent)
    if draft.step is Step.DESCRIBE and answer is not None:
        _keep(turn, draft)
        turn.reply(answer)
        return
    draft, effects = intake.hear(draft, words, turn.catalogue.reader)
    _carry_out(turn, draft, effects)


def chosen(turn: Turn, key: str) -> None:
    """An option of the dialogue was taken."""
    kind, _, value = key.partition(":")
    forged = kind == "theme" and value not in {"", *turn.catalogue.themes.slugs}
    if turn.conversation.flow != FLOW or forged:
        turn.refuse("choices.stale")
        return
    draft, effects = intake.choose(Draft.from_data(turn.conversation.data), key)
    _carry_out(turn, draft, effects)


def notice(turn: Turn) -> None:
    """Tell a person who was never spoken to what this is, who reads, and for how long."""
    if turn.who.person is None:
        turn.person()
        turn.reply("intake.notice")


def drop(turn: Turn) -> bool:
    """End the dialogue under way, if there is one; return whether words were given up with it.

    Words that wait until their project is named are no draft: they go on waiting.
    """
    if turn.conversation.flow == WHICH:
        return False
    given_up = turn.conversation.flow == FLOW and bool(turn.conversation.data.get("words"))
    turn.conversation.flow, turn.conversation.data, turn.conversation.asked = None, {}, ()
    return given_up


def _carry_out(turn: Turn, draft: Draft, effects: tuple[Effect, ...]) -> None:
    _keep(turn, draft)
    for effect in effects:
        match effect:
            case Warn():
                warn(turn, draft.themes, then="safety.once_sent")
            case Say(text):
                turn.reply(text)
            case Ask(text, options, values):
                turn.ask(text, *(_option(turn, key) for key in options), **values)
            case AskWhichPlace(candidates):
                _ask_which_place(turn, candidates)
            case AskTheme():
                _ask_theme(turn)
            case Summarise():
                _summarise(turn, draft)
            case Submit():
                drop(turn)
                submit_draft(turn, draft)
            case Abandon():
                drop(turn)
                turn.reply("intake.abandoned")


def _ask_which_place(turn: Turn, candidates: Sequence[str]) -> None:
    known = [turn.catalogue.territories.get(code) for code in candidates]
    places = [place for place in known if place is not None]
    if len(places) > PLACES_SHOWN:
        turn.ask("intake.ask_departement", name=places[0].name, count=len(places))
        return
    choices = (
        Choice(f"{FLOW}:code:{place.code}", place_names(turn.catalogue, [place.code]))
        for place in places
    )
    turn.ask("intake.ask_which_place", *choices)


def _ask_theme(turn: Turn) -> None:
    themes = turn.catalogue.themes
    choices = [
        Choice(f"{FLOW}:theme:{slug}", _capital(themes.label(slug))) for slug in themes.slugs
    ]
    turn.ask("intake.ask_theme", *choices[:THEMES_SHOWN], _option(turn, "themeless"))


def _summarise(turn: Turn, draft: Draft) -> None:
    catalogue = turn.catalogue
    portal = catalogue.portal_of(draft.themes[0] if draft.themes else None)
    known_theme = draft.themes and catalogue.themes.label(draft.themes[0])
    turn.reply(
        "intake.summary",
        *(_option(turn, key) for key in intake.CORRECTIONS),
        kind="summary",
        place=place_names(catalogue, draft.territories) or turn.label("intake.no_place"),
        theme=known_theme or turn.label("intake.no_theme"),
        portal=portal.name,
        reads=portal.reads,
        words=Raw(quote(draft.description)),
        who=f"{draft.name}, {draft.function}" if draft.function else draft.name,
    )


def _option(turn: Turn, key: str) -> Choice:
    return Choice(f"{FLOW}:{key}", turn.label(f"intake.option_{key}"))


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _draft(turn: Turn) -> Draft:
    """The draft under way, or a new one of the person."""
    if turn.conversation.flow == FLOW:
        return Draft.from_data(turn.conversation.data)
    person = turn.who.person
    return Draft(name=person.name, function=person.function) if person else Draft()


def _join(turn: Turn, said: Words) -> None:
    """What was said joins the draft under way, and is acknowledged."""
    draft = _with_files(_draft(turn), [said])
    effects: tuple[Effect, ...] = ()
    if said.text:
        understood = turn.understand("\n\n".join([*draft.words, said.text]))
        draft, effects = intake.begin(draft, said.text, understood)
    _carry_out(turn, draft, tuple(e for e in effects if isinstance(e, Warn)))
    if said.text:
        turn.reply("intake.added")
    elif said.attachment is not None:
        turn.reply("intake.file_kept")


def _with_files(draft: Draft, said: Iterable[Words]) -> Draft:
    files = [asdict(words.attachment) for words in said if words.attachment is not None]
    return replace(draft, files=(*draft.files, *files))


def _keep(turn: Turn, draft: Draft) -> None:
    turn.conversation.flow, turn.conversation.data = FLOW, draft.to_data()
