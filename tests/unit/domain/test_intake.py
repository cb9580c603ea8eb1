import json
from functools import cache

import pytest

from bot.domain.intake import (
    CORRECTIONS,
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
    begin,
    choose,
    hear,
)
from bot.domain.understanding import Reader
from bot.domain.urgency import Urgency
from config.catalogue import load_catalogue

MILL = "Nous avons une ancienne filature vide à Fontenay-le-Comte."
FONTENAY, LUCON = "85092", "85128"
DANGER = "Le mur s’effondre maintenant, des enfants jouent dessous !"


@cache
def reader() -> Reader:
    return load_catalogue().reader


def begun(words: str, draft: Draft | None = None) -> tuple[Draft, tuple[Effect, ...]]:
    return begin(draft or Draft(), words, reader().understand(words), reader())


def heard(draft: Draft, words: str) -> tuple[Draft, tuple[Effect, ...]]:
    return hear(draft, words, reader())


def placed(draft: Draft, code: str) -> Draft:
    return choose(draft, f"code:{code}")[0] if draft.candidates else draft


def complete() -> Draft:
    draft, effects = begun(MILL, Draft(name="Martine Duval", function="maire"))
    assert (Summarise(),) == effects
    return draft


def test_what_is_clear_is_not_asked() -> None:
    draft, effects = begun(MILL)
    assert ((FONTENAY,), ("friche",)) == (draft.territories, draft.themes)
    assert (Ask("intake.ask_who"),) == effects


@pytest.mark.parametrize(
    ("words", "effect", "step"),
    [
        ("Nous avons une friche.", Ask("intake.ask_place"), Step.PLACE),
        ("Je suis maire de Luçon.", AskTheme(), Step.THEME),
    ],
)
def test_the_first_thing_missing_is_asked(words: str, effect: Effect, step: Step) -> None:
    draft, effects = begun(words)
    assert (step, (effect,)) == (draft.step, effects)


def test_homonyms_are_asked_about_and_one_of_them_only_is_taken() -> None:
    draft, effects = begun("Une friche industrielle à Montreuil.")
    assert (AskWhichPlace(draft.candidates),) == effects
    assert 3 == len(draft.candidates)
    again, effects = choose(draft, "code:75056")
    assert (draft, (AskWhichPlace(draft.candidates),)) == (again, effects)
    draft, _ = choose(draft, f"code:{draft.candidates[0]}")
    assert (1, ()) == (len(draft.territories), draft.candidates)


def test_a_departement_settles_homonyms() -> None:
    draft, _ = begun("Une friche à Saint-Sauveur.")
    draft, _ = heard(draft, "en Haute-Saône")
    assert ("70473",) == draft.territories


def test_a_departement_without_a_homonym_is_said_and_the_choices_are_offered_again() -> None:
    draft, _ = begun("Une friche industrielle à Montreuil.")
    after, effects = heard(draft, "dans le Finistère")
    said = Say("intake.place_not_in", {"area": "Finistère"})
    assert (draft.candidates, (said, AskWhichPlace(draft.candidates))) == (
        after.candidates,
        effects,
    )


def test_a_former_commune_of_the_departement_answered_is_found() -> None:
    draft, _ = begun("Une friche industrielle à Aubigny.")
    assert "85008" not in draft.candidates
    assert ("85008",) == heard(draft, "en Vendée")[0].territories


def test_the_nearest_town_is_taken_and_the_words_are_kept() -> None:
    draft, _ = begun("Je suis maire de Trifouilly-les-Oies, notre école est une friche.")
    words = "euh cest pres de LUCON en vendee"
    draft, _ = heard(draft, words)
    assert ((LUCON,), words) == (draft.territories, draft.words[-1])


def test_a_name_said_while_the_place_is_asked_is_not_lost() -> None:
    draft, _ = begun("Nous avons une friche.")
    draft, effects = heard(draft, "Martine Duval, maire")
    assert ("Martine Duval", "maire") == (draft.name, draft.function)
    assert Ask("intake.ask_place") == effects[-1]


def test_another_commune_said_instead_of_a_choice_is_not_taken_for_a_neighbour() -> None:
    draft, _ = begun("Une friche industrielle à Apremont.")
    assert (LUCON,) == heard(draft, "non en fait c’est Luçon")[0].territories
    assert ("85006",) == heard(draft, "près de Luçon")[0].territories


@pytest.mark.parametrize("words", ["je ne sais plus", "pourquoi ?", "je ne veux pas le dire"])
def test_what_names_no_place_is_not_quoted_as_one(words: str) -> None:
    draft, _ = begun("Nous avons une friche.")
    assert (Ask("intake.place_needed"),) == heard(draft, words)[1]


@pytest.mark.parametrize("answer", ["un autre lieu", "aucun", "Aucune des deux", "elsewhere"])
def test_a_place_that_is_not_offered_can_be_named(answer: str) -> None:
    draft, _ = begun("Une friche industrielle à Montreuil.")
    draft, effects = choose(draft, answer) if answer == "elsewhere" else heard(draft, answer)
    assert ((), (Ask("intake.ask_place"),)) == (draft.candidates, effects)
    assert (LUCON,) == heard(draft, "Luçon")[0].territories


@pytest.mark.parametrize(
    "words",
    [
        "Je suis maire de Trifouilly-les-Oies, notre école est une friche.",
        "À Trifouilly-les-Oies nous avons une friche.",
        "La mairie de Trifouilly-les-Oies a une friche.",
    ],
)
def test_a_commune_that_nobody_knows_is_named_back(words: str) -> None:
    draft, effects = begun(words)
    assert (Ask("intake.commune_unknown", (), {"words": "Trifouilly-les-Oies"}),) == effects
    assert (LUCON,) == heard(draft, "Luçon")[0].territories
    again = heard(draft, "Zblorgueville")[1][0]
    assert isinstance(again, Ask)
    assert ("placeless",) == again.options


@pytest.mark.parametrize(
    "words", ["Notre friche appartient à Monsieur Dupont.", "La mairie de ma commune a une friche."]
)
def test_what_is_no_commune_is_not_named_back(words: str) -> None:
    assert (Ask("intake.ask_place"),) == begun(words)[1]


@pytest.mark.parametrize("words", ["Zblorgueville-les-Bains", "Zblorg sur Mer", "Saint Machin"])
def test_a_name_is_not_read_as_its_tail(words: str) -> None:
    draft, _ = begun("Nous avons une friche.")
    assert () == heard(draft, words)[0].territories


def test_an_unknown_place_is_asked_again_then_one_may_go_on_without() -> None:
    draft, _ = begun("Nous avons une friche.")
    draft, effects = heard(draft, "Zblorgueville")
    assert (Ask("intake.place_unknown", (), {"words": "Zblorgueville"}),) == effects
    draft, effects = heard(draft, "Trucmuche sur Machin")
    assert isinstance(effects[0], Ask)
    assert ("placeless",) == effects[0].options
    draft, effects = choose(draft, "placeless")
    assert (True, (Ask("intake.ask_who"),)) == (draft.placeless, effects)


@pytest.mark.parametrize("words", ["on ne sait pas", "je ne sais pas trop", "plus tard"])
def test_a_place_is_not_made_up(words: str) -> None:
    draft, _ = begun("Nous avons une friche.")
    assert () == heard(draft, words)[0].territories


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
    assert (Summarise(),) == heard(draft, "Martine Duval")[1]


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("words", ["annule", "j’annule tout", "finalement laissez tomber"])
def test_giving_up_in_words_is_possible_at_any_step(step: Step, words: str) -> None:
    assert (Abandon(),) == heard(Draft(step=step, words=(MILL,)), words)[1]


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
    assert ("Martine Duval", "maire de Fontenay", (Summarise(),)) == (
        draft.name,
        draft.function,
        effects,
    )


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.DESCRIBE])
def test_danger_said_at_any_step_is_warned_of_first_and_kept(step: Step) -> None:
    draft = Draft(step=step, words=(MILL,), themes=("friche",), candidates=())
    draft, effects = heard(draft, DANGER)
    assert Warn() == effects[0]
    assert (Urgency.IMMEDIATE, True) == (draft.urgency, DANGER in draft.words)
    assert Warn() not in heard(draft, DANGER)[1]


def test_danger_in_the_first_words_is_warned_of_before_any_question() -> None:
    assert Warn() == begun(DANGER)[1][0]


@pytest.mark.parametrize(
    "words", ["oui", "Oui, c’est bien ça !", "ok", "Parfait, envoyez", "d’accord", "c’est bon"]
)
def test_yes_sends(words: str) -> None:
    assert (Submit(),) == heard(complete(), words)[1]


@pytest.mark.parametrize(
    "words", ["oui mais le lieu est faux", "oui ?", "ok attendez", "oui, sauf la commune"]
)
def test_yes_but_does_not(words: str) -> None:
    assert Submit() not in heard(complete(), words)[1]


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
    assert ((LUCON,), (MILL,), (Summarise(),)) == (draft.territories, draft.words, effects)


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
    assert ((MILL, words), (Summarise(),)) == (draft.words, effects)


def test_somebody_introduced_again_is_the_one_who_writes() -> None:
    draft, effects = heard(complete(), "Jeanne Martin, adjointe")
    assert ("Jeanne Martin", "adjointe", (Summarise(),)) == (draft.name, draft.function, effects)


def test_an_office_is_no_place() -> None:
    words = "non, c’est plutôt la maire qui demande : Martine Duval"
    draft, _ = heard(complete(), words)
    assert ((FONTENAY,), True) == (draft.territories, words in draft.words)


def test_two_things_are_corrected_at_once() -> None:
    draft, effects = heard(complete(), "c’est à Luçon et c’est un pont")
    assert ((LUCON,), ("pont",), (Summarise(),)) == (draft.territories, draft.themes, effects)


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
    assert (name, function, (Summarise(),)) == (draft.name, draft.function, effects)


@pytest.mark.parametrize(
    "words", ["le titre, c’est La filature du bas", "Titre : La filature du bas"]
)
def test_a_title_can_be_given(words: str) -> None:
    draft, effects = heard(complete(), words)
    assert ("La filature du bas", (MILL,), (Summarise(),)) == (draft.title, draft.words, effects)


def test_a_corrected_place_with_homonyms_is_asked_about() -> None:
    draft, effects = heard(complete(), "le lieu est Apremont")
    assert (Step.WHICH_PLACE, ()) == (draft.step, draft.territories)
    assert (AskWhichPlace(draft.candidates),) == effects


def test_a_corrected_place_that_is_unknown_is_asked_again() -> None:
    draft, effects = heard(complete(), "le lieu est Zblorgueville")
    assert (Step.PLACE, ()) == (draft.step, draft.territories)
    assert (Ask("intake.place_unknown", (), {"words": "Zblorgueville"}),) == effects


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("le lieu est faux", Step.PLACE),
        ("oui mais la commune n’est pas la bonne", Step.PLACE),
        ("ce n’est pas le bon sujet", Step.THEME),
        ("un autre lieu", Step.PLACE),
        ("je me suis trompée de commune", Step.PLACE),
        ("changez mon nom", Step.WHO),
    ],
)
def test_what_is_called_wrong_is_asked_again(words: str, step: Step) -> None:
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
    assert ((MILL, words), (Say("intake.added"), Summarise())) == (draft.words, effects)


def test_what_is_said_besides_a_correction_is_added() -> None:
    words = "Non, c’est à Luçon. Le toit menace de tomber dans la cour de l’école."
    draft, effects = heard(complete(), words)
    assert ((LUCON,), (MILL, words)) == (draft.territories, draft.words)
    assert Summarise() == effects[-1]


def test_danger_in_a_correction_is_warned_of() -> None:
    assert Warn() == heard(complete(), f"Non, c’est à Luçon. {DANGER}")[1][0]


@pytest.mark.parametrize("words", ["En fait c’est à Luçon", "Non, le lieu est Luçon"])
def test_a_place_is_corrected_while_the_name_is_asked(words: str) -> None:
    draft, effects = heard(begun(MILL)[0], words)
    assert ((LUCON,), "") == (draft.territories, draft.name)
    assert (Say("intake.corrected"), Ask("intake.ask_who")) == effects


def test_other_words_at_the_end_are_added() -> None:
    draft, effects = heard(complete(), "Le toit fuit.")
    assert ((MILL, "Le toit fuit."), (Say("intake.added"), Summarise())) == (draft.words, effects)


@pytest.mark.parametrize("step", list(Step))
def test_not_to_send_is_possible_at_any_step(step: Step) -> None:
    assert (Abandon(),) == choose(Draft(step=step), "cancel")[1]


@pytest.mark.parametrize(
    ("key", "step"),
    [
        ("place", Step.PLACE),
        ("theme", Step.THEME),
        ("who", Step.WHO),
        ("more", Step.MORE),
        ("send", Step.CONFIRM),
    ],
)
def test_each_correction_asks_its_question(key: str, step: Step) -> None:
    assert step is choose(complete(), key)[0].step


def test_the_summary_can_still_be_answered_while_more_is_awaited() -> None:
    draft, _ = choose(complete(), "more")
    assert (Submit(),) == choose(draft, "send")[1]


@pytest.mark.parametrize("key", ["", ":", "send", "code:", "theme:", "wrong:x", "placeless"])
def test_a_choice_that_is_not_open_asks_the_present_question_again(key: str) -> None:
    draft, effects = begun(MILL)
    assert (draft, effects) == choose(draft, key)


def test_urgency_only_rises() -> None:
    draft = Draft(step=Step.MORE, words=(MILL,), territories=(FONTENAY,), urgency=Urgency.HIGH)
    assert Urgency.HIGH is heard(draft, "Le toit fuit.")[0].urgency


def test_a_draft_is_kept_as_json_and_comes_back_the_same() -> None:
    draft, _ = begun("Une friche à Saint-Sauveur.", Draft(files=({"name": "plan.pdf"},)))
    kept = json.loads(json.dumps(draft.to_data()))
    assert draft == Draft.from_data(kept)
    assert draft == Draft.from_data(kept | {"from_another_version": 1})


def test_a_name_given_instead_of_a_choice_of_places_is_not_taken_for_a_commune() -> None:
    draft = Draft(step=Step.WHICH_PLACE, words=("Une friche",), candidates=("85092", "85191"))
    after, effects = hear(draft, "Jean Dupont adjoint au maire", reader())
    assert ("85092", "85191") == after.candidates
    assert () == after.territories
    assert AskWhichPlace(("85092", "85191")) == effects[-1]


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
    ("words", "code"), [("c’est Grand", "88212"), ("non c'est Limoge", "87085")]
)
def test_a_capital_makes_a_place_of_a_name(words: str, code: str) -> None:
    assert (code,) == heard(complete(), words)[0].territories


@pytest.mark.parametrize("words", ["c'est grave ?", "c'est tout", "c'est long", "c’est la honte"])
@pytest.mark.parametrize("first", ["Nous avons une friche.", "Une friche à Naves."])
def test_common_words_after_it_is_are_no_answer_about_the_place(first: str, words: str) -> None:
    draft, _ = begun(first)
    after, _ = heard(draft, words)
    assert (draft.step, draft.candidates, ()) == (after.step, after.candidates, after.territories)


@pytest.mark.parametrize("first", ["Nous avons une friche.", "Une friche à Naves."])
@pytest.mark.parametrize("words", ["il y a aussi un pont", "le toit a brûlé en mai"])
def test_what_is_told_while_the_place_is_asked_is_kept(first: str, words: str) -> None:
    draft, asked = begun(first)
    after, effects = heard(draft, words)
    assert ((first, words), (Say("intake.added"), *asked)) == (after.words, effects)


@pytest.mark.parametrize("first", ["Nous avons une friche.", "Une friche à Naves."])
def test_the_title_said_while_the_place_is_asked_is_kept(first: str) -> None:
    draft, asked = begun(first)
    after, effects = heard(draft, "le titre c'est Ancienne caserne")
    assert ("Ancienne caserne", (Say("intake.corrected"), *asked)) == (after.title, effects)


@pytest.mark.parametrize("first", ["Nous avons une friche.", "Une friche à Naves."])
@pytest.mark.parametrize("words", ["en fait c’est une passerelle", "et un pont"])
def test_the_words_of_another_theme_are_kept(first: str, words: str) -> None:
    draft, _ = begun(first)
    after, _ = heard(draft, words)
    assert ((first, words), ("pont",)) == (after.words, after.themes)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("commune de Saint-Priest-sous-Aixe", ""),
        ("Mairie de Saint-Priest-sous-Aixe", ""),
        ("Jean Roux, mairie de Saint-Priest-sous-Aixe", "Jean Roux"),
    ],
)
def test_the_commune_of_who_writes_corrects_the_place(words: str, name: str) -> None:
    draft, _ = begun("Une friche à La Grave.")
    draft = placed(draft, "05063")
    after, effects = heard(draft, words)
    assert (("87177",), name, draft.words) == (after.territories, after.name, after.words)
    assert Say("intake.corrected") == effects[0]


@pytest.mark.parametrize(
    "words", ["Jean Roux, mairie de La Grave", "Jean Roux, communauté de communes du Briançonnais"]
)
def test_an_office_that_names_no_other_commune_changes_no_place(words: str) -> None:
    draft = placed(begun("Une friche à La Grave.")[0], "05063")
    assert ("05063",) == heard(draft, words)[0].territories


@pytest.mark.parametrize("words", ["87", "Haute-Vienne", "c’est dans la Haute-Vienne"])
def test_a_departement_answered_for_the_place_is_evidence_of_the_commune(words: str) -> None:
    draft, effects = heard(begun("Nous avons une friche.")[0], words)
    assert (Ask("intake.place_in_area", (), {"area": "Haute-Vienne"}),) == effects
    assert ("87200", "87201") == heard(draft, "Verneuil")[0].candidates
    assert (LUCON,) == heard(draft, "Luçon")[0].territories


def test_a_departement_of_the_description_is_evidence_of_the_commune() -> None:
    draft, effects = begun("Nous avons une friche en Haute-Vienne.")
    assert (Ask("intake.ask_place"),) == effects
    assert ("87200", "87201") == heard(draft, "Verneuil")[0].candidates
