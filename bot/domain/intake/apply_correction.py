"""What corrects the draft is carried out."""

from dataclasses import replace

from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.intake.effects import Act, Ask, AskWhetherPlace, Effect, Say
from bot.domain.intake.filling_in import Progress, add, ask_next, go_on, note, with_place
from bot.domain.intake.listener import Listener
from bot.domain.intake.read_correction import Correction
from bot.domain.urgency import Urgency


def apply(draft: Draft, words: str, correction: Correction, listener: Listener) -> Progress:
    """What the words correct is changed; what they say besides joins the description, and so do
    words that change nothing. A place that they may mean is asked; until then they belong there.
    """
    before, draft = draft, _change(draft, correction)
    meant = correction.meant
    if meant is not None and meant.codes != draft.territories:
        draft, warning = add(draft, words, listener)
        asked = AskWhetherPlace(meant.codes)
        return replace(draft, step=IntakeStep.MEANT, meant=meant.codes), (*warning, asked)
    draft, said = _add_what_is_besides(before, draft, words, correction, listener)
    if correction.unknown:
        draft = replace(draft, territories=(), candidates=(), step=IntakeStep.PLACE, tries=1)
        return draft, (*said, Ask("intake.place_unknown", (), {"words": correction.unknown}))
    if correction.wrong:
        draft, effects = reopen(draft, correction.wrong)
        return draft, (*said, *effects)
    return go_on((draft, ()), *said)


def _add_what_is_besides(
    before: Draft, draft: Draft, words: str, correction: Correction, listener: Listener
) -> Progress:
    """The corrected draft with the words that say more than the correction, and what is said of
    it: nothing where the summary shows it.
    """
    understood = listener.reader.understand(words)
    needless = draft == before and not (correction.wrong or correction.unknown)
    if needless or correction.more or understood.urgency is Urgency.IMMEDIATE:
        draft, warning = note(draft, words, understood)
        return draft, (*warning, Say("intake.added"))
    if correction.theme is not None:
        draft, _ = note(draft, words, understood)  # « c'est une passerelle » is more than a theme
    summarised = before.step is IntakeStep.CONFIRM
    said: tuple[Effect, ...] = () if summarised else (Say("intake.corrected"),)
    return draft, said


def _change(draft: Draft, correction: Correction) -> Draft:
    """The draft with what is said to be right."""
    if correction.place is not None:
        place = replace(draft, territories=(), candidates=(), placeless=False)
        draft = with_place(place, correction.place)
    if correction.theme is not None:
        draft = replace(draft, themes=(correction.theme,), themeless=False)
    if correction.who is not None:
        who = correction.who
        draft = replace(draft, name=who.name or draft.name, function=who.function or draft.function)
    return replace(draft, title=correction.title or draft.title)


def reopen(draft: Draft, kind: str) -> Progress:
    """What was offered with the summary is done: it is sent, or that part is asked again."""
    match kind:
        case "send":
            return draft, (Act.SUBMIT,)
        case "place":
            draft = replace(draft, territories=(), candidates=(), placeless=False, tries=0)
        case "theme":
            draft = replace(draft, themes=(), themeless=False)
        case "who":
            draft = replace(draft, name="", function="")
        case "more":
            return replace(draft, step=IntakeStep.MORE), (Ask("intake.ask_more"),)
    return ask_next(draft)
