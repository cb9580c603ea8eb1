import pytest

from bot.domain.intake.dialogue import CORRECTIONS, again, choose
from bot.domain.intake.draft import IntakeStep
from bot.domain.intake.effects import Act, Ask, AskWhetherPlace, AskWhichPlace, Say
from tests.unit.bot.domain.describing import DANGER, FONTENAY, LUCON, MILL, begun, complete, heard


@pytest.mark.parametrize(
    "words", ["oui", "Oui, c’est bien ça !", "ok", "Parfait, envoyez", "d’accord", "c’est bon"]
)
def test_yes_sends(words: str) -> None:
    assert (Act.SUBMIT,) == heard(complete(), words)[1]


@pytest.mark.parametrize(
    "words", ["oui mais le lieu est faux", "oui ?", "ok attendez", "oui, sauf la commune"]
)
def test_yes_but_does_not(words: str) -> None:
    assert Act.SUBMIT not in heard(complete(), words)[1]


def test_no_asks_what_to_change() -> None:
    draft, effects = heard(complete(), "Non")
    assert (complete(), (Ask("intake.ask_correction", CORRECTIONS),)) == (draft, effects)


@pytest.mark.parametrize(
    "words",
    [
        "Non, à Luçon",
        "non c’est Luçon",
        "Non : Luçon",
        "le lieu est Luçon",
        "la commune, c’est Luçon",
        "Le lieu c’est plutôt Luçon, merci",
        "c’est à Luçon",
        "En fait c'est à Luçon",
        "pas Fontenay, Luçon",
        "ce n’est pas à Fontenay mais à Luçon",
        "Ah non pardon, je me suis trompée, c’est Luçon",
        "NON LA COMMUNE EST LUCON",
        "changez le lieu par Luçon",
        "oui mais le lieu est Luçon",
        "Luçon et pas Fontenay",
        "Luçon",
        "enfait c pas a fontenay mais a LUCON",
        "cest a luçon",
    ],
)
def test_a_place_said_of_the_summary_corrects_it(words: str) -> None:
    draft, effects = heard(complete(), words)
    assert ((LUCON,), (MILL,), (Act.SUMMARISE,)) == (draft.territories, draft.words, effects)


@pytest.mark.parametrize(
    "words",
    [
        "non, c’est un pont",
        "non, c’est plutôt un pont",
        "ce n’est pas une friche mais un pont",
        "le sujet est un pont",
        "c’est un pont",
        "pas une friche, un pont",
    ],
)
def test_a_theme_said_of_the_summary_corrects_it(words: str) -> None:
    draft, effects = heard(complete(), words)
    assert (("pont",), (FONTENAY,)) == (draft.themes, draft.territories)
    assert ((MILL, words), (Act.SUMMARISE,)) == (draft.words, effects)


def test_somebody_introduced_again_is_the_one_who_writes() -> None:
    draft, effects = heard(complete(), "Jeanne Martin, adjointe")
    assert ("Jeanne Martin", "adjointe", (Act.SUMMARISE,)) == (draft.name, draft.function, effects)


def test_an_office_is_no_place() -> None:
    words = "non, c’est plutôt la maire qui demande : Martine Duval"
    draft, _ = heard(complete(), words)
    assert ((FONTENAY,), True) == (draft.territories, words in draft.words)


def test_two_things_are_corrected_at_once() -> None:
    draft, effects = heard(complete(), "c’est à Luçon et c’est un pont")
    assert ((LUCON,), ("pont",), (Act.SUMMARISE,)) == (draft.territories, draft.themes, effects)


@pytest.mark.parametrize(
    ("words", "name", "function"),
    [
        ("je m’appelle Jeanne Martin", "Jeanne Martin", "maire"),
        ("non pardon le nom c'est MARTIN jeanne", "MARTIN jeanne", "maire"),
        ("adjointe", "Martine Duval", "adjointe"),
        ("mon nom est Jeanne Martin, adjointe", "Jeanne Martin", "adjointe"),
        ("je suis la première adjointe, pas la maire", "Martine Duval", "première adjointe"),
    ],
)
def test_who_one_is_can_be_corrected_in_words(words: str, name: str, function: str) -> None:
    draft, effects = heard(complete(), words)
    assert (name, function, (Act.SUMMARISE,)) == (draft.name, draft.function, effects)


@pytest.mark.parametrize(
    "words", ["le titre, c’est La filature du bas", "Titre : La filature du bas"]
)
def test_a_title_can_be_given(words: str) -> None:
    draft, effects = heard(complete(), words)
    assert ("La filature du bas", (MILL,), (Act.SUMMARISE,)) == (draft.title, draft.words, effects)


def test_a_corrected_place_with_homonyms_is_asked_about() -> None:
    draft, effects = heard(complete(), "le lieu est Apremont")
    assert (IntakeStep.WHICH_PLACE, ()) == (draft.step, draft.territories)
    assert (AskWhichPlace(draft.candidates),) == effects


def test_a_corrected_place_that_is_unknown_is_asked_again() -> None:
    draft, effects = heard(complete(), "le lieu est Zblorgueville")
    assert (IntakeStep.PLACE, ()) == (draft.step, draft.territories)
    assert (Ask("intake.place_unknown", (), {"words": "Zblorgueville"}),) == effects


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("le lieu est faux", IntakeStep.PLACE),
        ("oui mais la commune n’est pas la bonne", IntakeStep.PLACE),
        ("ce n’est pas le bon sujet", IntakeStep.THEME),
        ("un autre lieu", IntakeStep.PLACE),
        ("je me suis trompée de commune", IntakeStep.PLACE),
        ("changez mon nom", IntakeStep.WHO),
    ],
)
def test_what_is_called_wrong_is_asked_again(words: str, step: IntakeStep) -> None:
    assert step is heard(complete(), words)[0].step


@pytest.mark.parametrize(
    "words",
    [
        "Le pont de Luçon est tout proche.",
        "le propriétaire habite à Luçon",
        "Il y a aussi une école à côté.",
        "C’est urgent pour nous.",
        "c’est bien une friche",
        "Je suis inquiète pour le toit",
        "C’est quoi une friche ?",
        "Petit",
    ],
)
def test_what_is_no_correction_is_added_and_acknowledged(words: str) -> None:
    draft, effects = heard(complete(), words)
    assert ((FONTENAY,), ("friche",)) == (draft.territories, draft.themes)
    assert ((MILL, words), (Say("intake.added"), Act.SUMMARISE)) == (draft.words, effects)


def test_what_is_said_besides_a_correction_is_added() -> None:
    words = "Non, c’est à Luçon. Le toit menace de tomber dans la cour de l’école."
    draft, effects = heard(complete(), words)
    assert ((LUCON,), (MILL, words)) == (draft.territories, draft.words)
    assert Act.SUMMARISE == effects[-1]


def test_danger_in_a_correction_is_warned_of() -> None:
    assert Act.WARN == heard(complete(), f"Non, c’est à Luçon. {DANGER}")[1][0]


@pytest.mark.parametrize("words", ["En fait c’est à Luçon", "Non, le lieu est Luçon"])
def test_a_place_is_corrected_while_the_name_is_asked(words: str) -> None:
    draft, effects = heard(begun(MILL)[0], words)
    assert ((LUCON,), "") == (draft.territories, draft.name)
    assert (Say("intake.corrected"), Ask("intake.ask_who")) == effects


def test_other_words_at_the_end_are_added() -> None:
    draft, effects = heard(complete(), "Le toit fuit.")
    assert ((MILL, "Le toit fuit."), (Say("intake.added"), Act.SUMMARISE)) == (draft.words, effects)


@pytest.mark.parametrize(
    ("key", "step"),
    [
        ("place", IntakeStep.PLACE),
        ("theme", IntakeStep.THEME),
        ("who", IntakeStep.WHO),
        ("more", IntakeStep.MORE),
        ("send", IntakeStep.CONFIRM),
    ],
)
def test_each_correction_asks_its_question(key: str, step: IntakeStep) -> None:
    assert step is choose(complete(), key)[0].step


def test_the_summary_can_still_be_answered_while_more_is_awaited() -> None:
    draft, _ = choose(complete(), "more")
    assert (Act.SUBMIT,) == choose(draft, "send")[1]


@pytest.mark.parametrize(
    "words",
    [
        "c'est pas mal",
        "c'est pas la mienne",
        "c’est pas possible",
        "c'est long",
        "c'est grand",
        "c'est la honte",
        "c'est mon jardin à moi",
        "oui mais le titre n'est pas bon",
        "c'est vide",
        "c'est sale",
        "C'EST MORT",
        "non c'est fermé",
        "c'est nickel",
    ],
)
def test_what_is_said_of_the_summary_in_common_words_is_no_place(words: str) -> None:
    draft, effects = heard(complete(), words)
    assert ((FONTENAY,), (), True) == (draft.territories, draft.candidates, words in draft.words)
    assert Say("intake.added") in effects


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("c’est Grand", "88212"),
        ("non c'est Limoge", "87085"),
        ("c’est Limoge, pas Fontenay", "87085"),
    ],
)
def test_a_capital_makes_a_place_of_a_name(words: str, code: str) -> None:
    assert (code,) == heard(complete(), words)[0].territories


@pytest.mark.parametrize("first", ["Nous avons une friche.", "Une friche à Naves."])
@pytest.mark.parametrize("words", ["en fait c’est une passerelle", "et un pont"])
def test_the_words_of_another_theme_are_kept(first: str, words: str) -> None:
    draft, _ = begun(first)
    after, _ = heard(draft, words)
    assert ((first, words), ("pont",)) == (after.words, after.themes)


def test_a_misspelt_place_with_its_departement_corrects_the_summary() -> None:
    draft, _ = heard(complete(), "c’est Apremond (85)")
    assert (("85006",), (MILL,)) == (draft.territories, draft.words)


@pytest.mark.parametrize("words", ["c’est Apremond", "c'est apremond", "c'est à Apremond"])
def test_a_name_that_is_only_near_is_asked_before_it_replaces_the_place(words: str) -> None:
    draft, effects = heard(complete(), words)
    assert ((FONTENAY,), (AskWhetherPlace(draft.meant),)) == (draft.territories, effects)
    yes, effects = heard(draft, "oui")
    assert ((MILL,), IntakeStep.WHICH_PLACE) == (yes.words, yes.step)
    assert "85006" in yes.candidates
    no, effects = heard(draft, "non")
    assert ((FONTENAY,), (MILL, words)) == (no.territories, no.words)
    assert (Say("intake.place_kept"), Act.SUMMARISE) == effects


def test_the_only_place_that_was_nearly_said_is_taken_once_it_is_confirmed() -> None:
    draft, effects = choose(heard(complete(), "c’est Chenout")[0], "meant")
    assert (("77110",), (MILL,), (Act.SUMMARISE,)) == (draft.territories, draft.words, effects)


def test_what_is_said_instead_of_yes_or_no_is_heard() -> None:
    asked, effects = heard(complete(), "c’est chelou")
    assert (AskWhetherPlace(("77110",)),) == effects == again(asked)
    draft, _ = heard(asked, "non, c’est Luçon")
    assert ((LUCON,), (MILL, "c’est chelou")) == (draft.territories, draft.words)
    draft, effects = heard(asked, f"Attendez. {DANGER}")
    assert (Act.WARN, (FONTENAY,)) == (effects[0], draft.territories)


@pytest.mark.parametrize(
    "words",
    [
        "c’est Thierry",
        "c'est martine",
        "c’est Valérie",
        "c’est Laurent, merci",
        "mettez Martine",
        "C’est Marcel, l’adjoint",
        "c’est Bertrand qui suit le dossier",
        "c’est Françoise",
        "non, c’est Thierry",
        "la mairie, c’est Martine",
        "c’est Chenout, le maire",
        "c’est Chenout qui suit le dossier",
    ],
)
def test_somebody_is_no_place(words: str) -> None:
    draft, effects = heard(complete(), words)
    assert ((FONTENAY,), (), ()) == (draft.territories, draft.candidates, draft.meant)
    assert (words in draft.words, True) == (True, Say("intake.added") in effects)


def test_the_place_of_the_project_nearly_said_again_is_not_asked() -> None:
    draft, effects = heard(complete(), "c’est Fontenay-le-Conte")
    assert ((FONTENAY,), (Say("intake.added"), Act.SUMMARISE)) == (draft.territories, effects)


@pytest.mark.parametrize("words", ["c’est Urgent", "c’est compliqué", "c’est polué", "c’est grav"])
def test_what_may_be_no_name_is_added(words: str) -> None:
    draft, _ = heard(complete(), words)
    assert ((FONTENAY,), (MILL, words)) == (draft.territories, draft.words)
