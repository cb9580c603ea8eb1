import pytest

from bot.domain.intake.dialogue import choose, hear
from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.intake.effects import Ask, AskWhichPlace, Say
from tests.unit.bot.domain.describing import LUCON, begun, heard, listener, placed


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


def test_a_name_given_instead_of_a_choice_of_places_is_not_taken_for_a_commune() -> None:
    draft = Draft(step=IntakeStep.WHICH_PLACE, words=("Une friche",), candidates=("85092", "85191"))
    after, effects = hear(draft, "Jean Dupont adjoint au maire", listener())
    assert ("85092", "85191") == after.candidates
    assert () == after.territories
    assert AskWhichPlace(("85092", "85191")) == effects[-1]


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


@pytest.mark.parametrize("words", ["85", "le 85", "c’est le 85", "c’est celle du 85", "en 85"])
def test_the_number_of_a_departement_answers_which_place_or_where(words: str) -> None:
    assert ("85006",) == heard(begun("Une friche à Apremont.")[0], words)[0].territories
    draft, effects = heard(begun("Nous avons une friche.")[0], words)
    assert ("Vendée", ("Nous avons une friche.",)) == (draft.area, draft.words)
    assert (Ask("intake.place_in_area", (), {"area": "Vendée"}),) == effects


def test_the_number_of_another_departement_puts_the_choice_again() -> None:
    draft, effects = heard(begun("Une friche à Apremont.")[0], "le 87")
    assert Say("intake.place_not_in", {"area": "Haute-Vienne"}) == effects[0]
    assert (AskWhichPlace(draft.candidates),) == effects[1:]
