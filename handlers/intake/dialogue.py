"""The élu describes a project: carries out what `bot.domain.intake` decides."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.dialogues import AfterRefusal, IntakeDialogue
from bot.domain.intake import dialogue as intake
from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.intake.effects import (
    Act,
    Ask,
    AskTheme,
    AskWhetherPlace,
    AskWhichPlace,
    Effect,
    Say,
)
from bot.domain.intake.service_questions import About, about_the_service, asks_the_assistant
from bot.domain.understanding.reading import Intent
from bot.domain.utterance import Utterance, text_of
from bot.domain.wording.command_syntax import CommandCall
from handlers.contact import channels
from handlers.context.turn import Turn
from handlers.context.utterance import utterance_of, waiting_words
from handlers.intake import questions
from handlers.intake.out_of_scope import turn_down
from handlers.intake.questions import SEND, option, version_of
from handlers.intake.submission import submit_draft
from handlers.intake.summary import summarise
from handlers.safety.alert import warn

ANOTHER = "another"

NO_PROJECT = {
    Intent.GREETING: "intake.greeting",
    Intent.HELP: "intake.help",
    Intent.HOSTILE: "intake.hostile",
}
"""What is answered to words that describe no project, even when one was asked for."""

HELP_LENGTH = 4
"""More words that ask for help in the midst of the dialogue say something of the project, unless
they are a question about the assistant.
"""


def start(turn: Turn, words: str, said: Sequence[Utterance] = ()) -> None:
    """A project begins with these words; `said`: their files come along. A question about the
    service begins none.
    """
    about = about_the_service(words, turn.catalogue.listener)
    if about is not None:
        give_notice(turn)
        _tell_about_the_service(turn, about, _with_files(_draft(turn), said))
        return
    draft = _with_files(_draft(turn), said)
    draft, effects = intake.begin(draft, words, turn.understand(words), turn.catalogue.listener)
    urgent = tuple(e for e in effects if e is Act.WARN)
    _carry_out(turn, draft, urgent)
    give_notice(turn)
    _carry_out(turn, draft, tuple(e for e in effects if e is not Act.WARN))


def begin_anew(turn: Turn, call: CommandCall) -> None:
    """`/nouveau`: the person wants to describe a project. One not yet sent is not thrown away:
    what is said now joins it. Words that wait until their project is named describe the new one.
    """
    said = replace(utterance_of(turn), text=call.words)
    draft = draft_under_way(turn)
    if draft is not None and draft.words:
        _join(turn, draft, said)
        turn.ask("intake.under_way", option(turn, "continue"), option(turn, "cancel"))
    else:
        # Words that met a refusal are not those of the project that a command describes.
        refused = isinstance(turn.dialogue.under_way, AfterRefusal)
        kept = () if said.text and refused else waiting_words(turn)
        describe(turn, [*kept, said])


def describe(turn: Turn, said: Sequence[Utterance]) -> None:
    """A project begins with what was said; files alone wait for its description."""
    words = text_of(said)
    if words:
        start(turn, words, said)
        return
    give_notice(turn)
    if any(each.attachment is not None for each in said):
        turn.reply("intake.file_kept")
    ask_description(turn, said)


def ask_description(turn: Turn, said: Sequence[Utterance], words: tuple[str, ...] = ()) -> None:
    """Wait for the description of a project; `words` and the files of `said` belong to it."""
    _keep(turn, replace(_with_files(_draft(turn), said), words=words))
    if not words:
        turn.ask("intake.ask_description")


def hear(turn: Turn, dialogue: IntakeDialogue) -> None:
    """Words within the dialogue. An empty message with a file only adds the file."""
    words = turn.incoming.text.strip()
    draft = _with_files(dialogue.draft, [utterance_of(turn)])
    if not words:
        _keep(turn, draft)
        turn.reply("intake.file_kept")
        return
    about = about_the_service(words, turn.catalogue.listener)
    if about is not None:
        _tell_about_the_service(turn, about, draft)
        return
    intent = turn.understand(words).intent
    if draft.step is IntakeStep.DESCRIBE and (
        intent in NO_PROJECT or _still_private(turn, draft, words)
    ):
        _keep(turn, draft)
        if intent in NO_PROJECT:
            turn.reply(NO_PROJECT[intent])
        else:
            turn_down(turn, words)
        return
    if intent is Intent.HELP and _asks_for_help(turn, words):
        _keep(turn, draft)
        turn.reply("intake.help_midway")
        remind(turn)
        return
    draft, effects = intake.hear(draft, words, turn.catalogue.listener)
    _carry_out(turn, draft, effects)


def _asks_for_help(turn: Turn, words: str) -> bool:
    """Whether words that ask for help ask the assistant: « comment déposer une demande DETR ? » is
    about the project.
    """
    themed = turn.catalogue.reader.theme_named(words) is not None
    about_us = not themed and asks_the_assistant(words, turn.catalogue.listener)
    return about_us or len(words.split()) <= HELP_LENGTH


def _tell_about_the_service(turn: Turn, about: About, draft: Draft) -> None:
    """What it costs, or who reads; then the question that waits, or the first one. Somebody whose
    words were turned down is asked nothing.
    """
    turn.reply(f"intake.help_{about}")
    first = () if draft.words else (Ask("intake.ask_description"),)
    _carry_out(turn, draft, intake.again(draft) or first)


def remind(turn: Turn) -> None:
    """Put the question of the dialogue under way again, with its answers; nothing if there is
    none.
    """
    draft = draft_under_way(turn)
    if draft is not None:
        _carry_out(turn, draft, intake.again(draft))


def choose(turn: Turn, key: str) -> None:
    """An option of the dialogue was taken."""
    kind, _, value = key.partition(":")
    forged = kind == "theme" and value not in {"", *turn.catalogue.themes.slugs}
    draft = draft_under_way(turn)
    if kind == ANOTHER and draft is None:
        # What was kept for another project begins it.
        describe(turn, waiting_words(turn))
    elif kind == ANOTHER:
        remind(turn)
    elif draft is None or forged:
        turn.refuse("choices.stale")
    elif kind == SEND and value not in {"", version_of(draft)}:
        # What an older summary showed is not what would go.
        turn.reply("intake.summary_changed")
        remind(turn)
    else:
        draft, effects = intake.choose(draft, key)
        _carry_out(turn, draft, effects)


def give_notice(turn: Turn) -> None:
    """Tell a person who was never spoken to what this is, who reads, and for how long."""
    if turn.who.person is None:
        turn.person()
        turn.reply("intake.notice")


def _carry_out(turn: Turn, draft: Draft, effects: tuple[Effect, ...]) -> None:
    _keep(turn, draft)
    for effect in effects:
        match effect:
            case Act.WARN:
                warn(turn, draft.themes, then="safety.once_sent")
            case Say(text, values):
                turn.reply(text, **values)
            case Ask() | AskWhichPlace() | AskWhetherPlace() | AskTheme():
                _keep(turn, questions.put_question(turn, draft, effect))
            case Act.SUMMARISE:
                _keep(
                    turn,
                    summarise(turn, draft, [option(turn, k, draft) for k in intake.CORRECTIONS]),
                )
            case Act.SUBMIT:
                turn.dialogue.end()
                submit_draft(turn, draft)
                channels.ask(turn)
            case Act.ABANDON:
                turn.dialogue.end()
                turn.reply("intake.abandoned")


def _still_private(turn: Turn, draft: Draft, words: str) -> bool:
    """Whether words after those of a private person do not speak for a collectivité either."""
    if turn.understand(words).intent is Intent.OUT_OF_SCOPE:
        return True
    served = turn.catalogue.language.out_of_scope
    return bool(draft.words) and not served.collectivite.said_in(words)


def draft_under_way(turn: Turn) -> Draft | None:
    """What is known of the project that is being described; None if there is none."""
    under_way = turn.dialogue.under_way
    return under_way.draft if isinstance(under_way, IntakeDialogue) else None


def _draft(turn: Turn) -> Draft:
    """The draft under way, or a new one of the person."""
    draft, person = draft_under_way(turn), turn.who.person
    if draft is not None:
        return draft
    return Draft(name=person.name, function=person.function) if person else Draft()


def _join(turn: Turn, draft: Draft, said: Utterance) -> None:
    """What was said joins the draft under way, and is acknowledged."""
    draft = _with_files(draft, [said])
    effects: tuple[Effect, ...] = ()
    if said.text:
        understood = turn.understand("\n\n".join([*draft.words, said.text]))
        draft, effects = intake.begin(draft, said.text, understood, turn.catalogue.listener)
    _carry_out(turn, draft, tuple(e for e in effects if e is Act.WARN))
    if said.text:
        turn.reply("intake.added")
    elif said.attachment is not None:
        turn.reply("intake.file_kept")


def _with_files(draft: Draft, said: Iterable[Utterance]) -> Draft:
    files = [words.attachment for words in said if words.attachment is not None]
    return replace(draft, files=(*draft.files, *files))


def _keep(turn: Turn, draft: Draft) -> None:
    turn.dialogue.under_way = IntakeDialogue(draft)
