"""What corrects the draft is carried out."""

from dataclasses import replace

from bot.domain.intake.correction import Correction
from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.intake.effects import Ask, AskWhetherPlace, Effect, Say, Submit
from bot.domain.intake.filling_in import Progress, noted, onward, placed_at, then
from bot.domain.understanding import Reader
from bot.domain.urgency import Urgency


def apply(draft: Draft, words: str, correction: Correction, reader: Reader) -> Progress:
    """What the words correct is changed; what they say besides joins the description, and so do
    words that change nothing. A place that they may mean is asked; until then they belong there.
    """
    before, step = draft, draft.step
    draft = _changed(draft, correction)
    meant = correction.meant
    if meant is not None and meant.codes != draft.territories:
        draft, warning = noted(draft, words, reader.understand(words))
        asked = AskWhetherPlace(meant.codes)
        return replace(draft, step=IntakeStep.MEANT, meant=meant.codes), (*warning, asked)
    needless = draft == before and not (correction.wrong or correction.unknown)
    said: tuple[Effect, ...] = ()
    understood = reader.understand(words)
    if needless or correction.more or understood.urgency is Urgency.IMMEDIATE:
        draft, warning = noted(draft, words, understood)
        said = (*warning, Say("intake.added"))
    elif correction.theme is not None:
        draft, _ = noted(draft, words, understood)  # « c'est une passerelle » is more than a theme
        said = () if step is IntakeStep.CONFIRM else (Say("intake.corrected"),)
    elif step is not IntakeStep.CONFIRM:
        said = (Say("intake.corrected"),)
    if correction.unknown:
        draft = replace(draft, territories=(), candidates=(), step=IntakeStep.PLACE, tries=1)
        return draft, (*said, Ask("intake.place_unknown", (), {"words": correction.unknown}))
    if correction.wrong:
        draft, effects = reopened(draft, correction.wrong)
        return draft, (*said, *effects)
    return then((draft, ()), said)


def _changed(draft: Draft, correction: Correction) -> Draft:
    """The draft with what is said to be right."""
    if correction.place is not None:
        place = replace(draft, territories=(), candidates=(), placeless=False)
        draft = placed_at(place, correction.place)
    if correction.theme is not None:
        draft = replace(draft, themes=(correction.theme,), themeless=False)
    if correction.who is not None:
        who = correction.who
        draft = replace(draft, name=who.name or draft.name, function=who.function or draft.function)
    return replace(draft, title=correction.title or draft.title)


def reopened(draft: Draft, kind: str) -> Progress:
    """What was offered with the summary is done: it is sent, or that part is asked again."""
    match kind:
        case "send":
            return draft, (Submit(),)
        case "place":
            draft = replace(draft, territories=(), candidates=(), placeless=False, tries=0)
        case "theme":
            draft = replace(draft, themes=(), themeless=False)
        case "who":
            draft = replace(draft, name="", function="")
        case "more":
            return replace(draft, step=IntakeStep.MORE), (Ask("intake.ask_more"),)
    return onward(draft)
