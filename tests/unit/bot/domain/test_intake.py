import pytest

from bot.domain.intake.dialogue import choose
from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.intake.effects import Act, Ask, AskTheme, Effect, Say
from bot.domain.urgency import Urgency
from tests.unit.bot.domain.describing import DANGER, FONTENAY, LUCON, MILL, begun, heard


def test_what_is_clear_is_not_asked() -> None:
    draft, effects = begun(MILL)
    assert ((FONTENAY,), ("friche",)) == (draft.territories, draft.themes)
    assert (Ask("intake.ask_who"),) == effects


@pytest.mark.parametrize(
    ("words", "effect", "step"),
    [
        ("Nous avons une friche.", Ask("intake.ask_place"), IntakeStep.PLACE),
        ("Je suis maire de Luçon.", AskTheme(), IntakeStep.THEME),
    ],
)
def test_the_first_thing_missing_is_asked(words: str, effect: Effect, step: IntakeStep) -> None:
    draft, effects = begun(words)
    assert (step, (effect,)) == (draft.step, effects)


def test_words_beyond_an_answer_join_the_description() -> None:
    draft, _ = begun("Nous avons une friche.")
    answer = "C’est à Luçon, le bâtiment fait 4 000 m² et le propriétaire habite à Paris."
    draft, _ = heard(draft, answer)
    assert ((LUCON,), ("Nous avons une friche.", answer)) == (draft.territories, draft.words)


def test_a_short_answer_does_not() -> None:
    draft, _ = begun("Nous avons une friche.")
    draft, _ = heard(draft, "à Luçon")
    assert ((LUCON,), ("Nous avons une friche.",)) == (draft.territories, draft.words)


def test_words_that_name_no_theme_are_kept_and_the_theme_is_left() -> None:
    draft, _ = begun("Je suis maire de Luçon.")
    draft, effects = heard(draft, "on hésite encore beaucoup")
    assert (True, (Ask("intake.ask_who"),)) == (draft.themeless, effects)
    assert "on hésite encore beaucoup" in draft.words


def test_a_theme_is_taken_in_words_or_by_choice() -> None:
    draft, _ = begun("Je suis maire de Luçon.")
    assert ("pont",) == heard(draft, "un pont")[0].themes
    assert ("pont",) == choose(draft, "theme:pont")[0].themes
    assert choose(draft, "themeless")[0].themeless


@pytest.mark.parametrize(
    ("words", "question", "options"),
    [
        ("oui", "intake.who_first", ()),
        ("envoyez", "intake.who_first", ()),
        ("Pourquoi ?", "intake.who_why", ()),
        ("c’est quoi ?", "intake.who_why", ()),
        ("à quoi ça sert de donner mon nom ?", "intake.who_why", ()),
        ("non merci", "intake.who_needed", ("cancel",)),
        ("je préfère rester anonyme", "intake.who_needed", ("cancel",)),
        ("bof", "intake.who_unclear", ()),
        ("oui cé bon envoyez", "intake.who_first", ()),
        ("Vendée", "intake.who_unclear", ()),
        ("continuer", "intake.who_unclear", ()),
    ],
)
def test_who_is_asked_otherwise_of_whoever_does_not_say(
    words: str, question: str, options: tuple[str, ...]
) -> None:
    draft, _ = begun(MILL)
    after, effects = heard(draft, words)
    assert ("", (MILL,), (Ask(question, options),)) == (after.name, after.words, effects)


def test_a_second_failure_to_say_who_is_answered_in_other_words_with_a_way_out() -> None:
    draft, first = heard(begun(MILL)[0], "bof")
    draft, second = heard(draft, "voilà")
    assert (Ask("intake.who_again", ("cancel",)),) == second != first
    assert (Act.SUMMARISE,) == heard(draft, "Martine Duval")[1]


@pytest.mark.parametrize("step", list(IntakeStep))
@pytest.mark.parametrize("words", ["annule", "j’annule tout", "finalement laissez tomber"])
def test_giving_up_in_words_is_possible_at_any_step(step: IntakeStep, words: str) -> None:
    assert (Act.ABANDON,) == heard(Draft(step=step, words=(MILL,)), words)[1]


def test_a_sentence_instead_of_a_name_is_kept() -> None:
    draft, _ = begun(MILL)
    words = "C’est un bâtiment de quatre étages au bord de la rivière."
    draft, effects = heard(draft, words)
    assert ((MILL, words), "") == (draft.words, draft.name)
    assert (Say("intake.added"), Ask("intake.ask_who")) == effects


def test_a_function_alone_leaves_the_name_to_be_asked() -> None:
    draft, effects = heard(begun(MILL)[0], "je suis maire de Fontenay")
    assert ("maire de Fontenay", (Ask("intake.ask_name"),)) == (draft.function, effects)
    draft, effects = heard(draft, "Martine Duval")
    assert ("Martine Duval", "maire de Fontenay", (Act.SUMMARISE,)) == (
        draft.name,
        draft.function,
        effects,
    )


@pytest.mark.parametrize("step", [step for step in IntakeStep if step is not IntakeStep.DESCRIBE])
def test_danger_said_at_any_step_is_warned_of_first_and_kept(step: IntakeStep) -> None:
    draft = Draft(step=step, words=(MILL,), themes=("friche",), candidates=())
    draft, effects = heard(draft, DANGER)
    assert Act.WARN == effects[0]
    assert (Urgency.IMMEDIATE, True) == (draft.urgency, DANGER in draft.words)
    assert Act.WARN not in heard(draft, DANGER)[1]


def test_danger_in_the_first_words_is_warned_of_before_any_question() -> None:
    assert Act.WARN == begun(DANGER)[1][0]


@pytest.mark.parametrize("step", list(IntakeStep))
def test_not_to_send_is_possible_at_any_step(step: IntakeStep) -> None:
    assert (Act.ABANDON,) == choose(Draft(step=step), "cancel")[1]


@pytest.mark.parametrize("key", ["", ":", "send", "code:", "theme:", "wrong:x", "placeless"])
def test_a_choice_that_is_not_open_asks_the_present_question_again(key: str) -> None:
    draft, effects = begun(MILL)
    assert (draft, effects) == choose(draft, key)


def test_urgency_only_rises() -> None:
    draft = Draft(
        step=IntakeStep.MORE, words=(MILL,), territories=(FONTENAY,), urgency=Urgency.HIGH
    )
    assert Urgency.HIGH is heard(draft, "Le toit fuit.")[0].urgency
