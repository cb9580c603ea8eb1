import pytest

from bot.domain.projects.project import ProjectStatus
from tests.support.scene import (
    MAYOR,
    MILL,
    PLAN,
    Actor,
    Loop,
    Scene,
    kinds,
    labels,
    submitted,
    texts,
)


def at_summary(scene: Scene) -> Actor:
    elu = scene.elu()
    elu.says(MILL)
    elu.says(MAYOR)
    assert "summary" == elu.last.kind
    return elu


@pytest.mark.parametrize(
    "answer", ["dans les Hautes-Alpes", "05", "05700", "Saint-Sauveur (Hautes-Alpes)"]
)
def test_a_homonym_that_is_not_shown_is_reached_by_typing(scene: Scene, answer: str) -> None:
    elu = scene.elu()
    elu.says("La mairie de Saint-Sauveur veut réhabiliter une friche industrielle.")
    assert "Saint-Sauveur (Hautes-Alpes)" not in labels(elu.last)
    elu.says(answer)
    elu.says(MAYOR)
    assert "Lieu : Saint-Sauveur (Hautes-Alpes)" in texts([elu.last])


@pytest.mark.parametrize("answer", ["2", "la deuxième", "Montreuil (Vendée)", "vendee", "85200"])
def test_a_homonym_that_is_shown_is_reached_by_typing(scene: Scene, answer: str) -> None:
    elu = scene.elu()
    elu.says("Nous voulons réhabiliter une friche industrielle à Montreuil.")
    elu.says(answer)
    elu.says(MAYOR)
    assert "Lieu : Montreuil (Vendée)" in texts([elu.last])


def test_a_departement_without_homonym_is_said_and_the_list_comes_again(scene: Scene) -> None:
    elu = scene.elu()
    elu.says("Nous voulons réhabiliter une friche industrielle à Montreuil.")
    before = labels(elu.last)
    said = elu.says("dans le Finistère")
    assert "Aucun de ces lieux n’est là : Finistère." in texts(said)
    assert before == labels(elu.last)
    elu.taps("Un autre lieu")
    assert "Pour quelle commune" in texts([elu.last])


def test_an_unknown_commune_is_named_back(scene: Scene) -> None:
    elu = scene.elu()
    elu.says("Je suis maire de Trifouilly-les-Oies et notre école est une friche")
    assert "Je ne trouve pas « Trifouilly-les-Oies » parmi les communes" in texts([elu.last])


def test_the_summary_says_what_was_corrected(scene: Scene) -> None:
    elu = at_summary(scene)
    elu.says("c’est à Luçon et c’est un pont")
    summary = texts([elu.last])
    assert summary.startswith(
        "C’est corrigé.\n"
        "Le lieu est maintenant Luçon (Vendée), au lieu de Fontenay-le-Comte (Vendée).\n"
        "Le sujet est maintenant pont et ouvrage d’art, au lieu de friche.\n"
    )
    elu.says("le titre, c’est Le pont du bas")
    assert "Titre : Le pont du bas" in texts([elu.last])
    elu.taps("Oui, envoyer")
    assert "Le pont du bas – Luçon (Vendée)" == scene.projects[0].title


def test_a_correction_through_questions_is_said_in_the_summary_that_follows(scene: Scene) -> None:
    elu = at_summary(scene)
    elu.says("le lieu est Apremont")
    elu.says("en Vendée")
    assert "Le lieu est maintenant Apremont (Vendée)" in texts([elu.last])
    elu.says("Le toit fuit.")
    assert texts([elu.last]).startswith("Voici ce que j’ai compris.")


@pytest.mark.parametrize("command", ["/aide", "/adie", "/xyz", "/projets", "aide"])
def test_help_and_slips_under_a_summary_offer_it_again(scene: Scene, command: str) -> None:
    elu = at_summary(scene)
    offered = labels(elu.last)
    elu.says(command)
    assert ("summary", offered) == (elu.last.kind, labels(elu.last))
    elu.says("1")
    assert MILL == scene.projects[0].description


def test_help_in_the_midst_of_a_question_puts_it_again(scene: Scene) -> None:
    elu = scene.elu()
    elu.says(MILL)
    for words in ("/aide", "/adie", "aide"):
        elu.says(words)
        assert "Qui êtes-vous ?" in texts([elu.last])
    elu.says(MAYOR)
    assert "De la part de : Martine Duval, maire" in texts([elu.last])


def test_few_homonyms_are_offered_by_one_tap(scene: Scene) -> None:
    elu = scene.elu()
    elu.says("Nous voulons réhabiliter une friche industrielle à Montreuil.")
    assert [
        "Montreuil (Seine-Saint-Denis)",
        "Montreuil (Vendée)",
        "Montreuil (Eure-et-Loir)",
        "Un autre lieu",
    ] == labels(elu.last)
    elu.taps("Montreuil (Vendée)")
    elu.says(MAYOR)
    assert "Lieu : Montreuil (Vendée)" in texts([elu.last])


def test_many_homonyms_are_told_apart_by_their_departement(scene: Scene) -> None:
    elu = scene.elu()
    elu.says("La mairie de Saint-Sauveur veut réhabiliter une friche industrielle.")
    assert "Dans quel département" in texts([elu.last])
    assert "11 lieux pourraient convenir" in texts([elu.last])
    assert "Voici les 8 plus peuplés ; il y en a 3 de plus" in texts([elu.last])
    assert ("Un autre lieu", 9) == (labels(elu.last)[-1], len(labels(elu.last)))
    elu.says("en Haute-Saône")
    elu.says(MAYOR)
    assert "Lieu : Saint-Sauveur (Haute-Saône)" in texts([elu.last])


def test_the_place_the_theme_and_the_name_can_be_corrected(scene: Scene) -> None:
    elu = at_summary(scene)
    elu.taps("Changer le lieu")
    elu.says("Luçon")
    elu.taps("Changer le sujet")
    elu.says("un pont")
    elu.taps("Changer mon nom")
    elu.says("Jean Petit, adjoint")
    summary = texts([elu.last])
    assert "Lieu : Luçon (Vendée)" in summary
    assert "Sujet : pont" in summary
    assert "De la part de : Jean Petit, adjoint" in summary
    assert "portail SOS Ponts" in summary


def test_a_place_that_is_nearly_named_is_asked_before_the_summary_changes(scene: Scene) -> None:
    elu = at_summary(scene)
    assert "Voulez-vous dire Chenou (Seine-et-Marne) ?" in texts(elu.says("c’est Chenout"))
    elu.says("non")
    assert "Lieu : Fontenay-le-Comte" in texts([elu.last])
    assert "Voulez-vous dire Apremont ?" in texts(elu.says("c’est Apremond"))
    elu.says("oui")
    assert "Lequel est le vôtre" in texts([elu.last])
    elu.says("en Vendée")
    assert "Lieu : Apremont (Vendée)" in texts([elu.last])
    elu.taps("Oui, envoyer")
    assert f"{MILL}\n\nc’est Chenout" == scene.projects[0].description


def test_more_words_join_the_description(scene: Scene) -> None:
    elu = at_summary(scene)
    elu.taps("Ajouter quelque chose")
    elu.says("Le toit fuit.")
    assert ["notice", "summary"] == kinds(elu.says("Les fenêtres sont murées."))
    elu.taps("Oui, envoyer")
    expected = f"{MILL}\n\nLe toit fuit.\n\nLes fenêtres sont murées."
    assert expected == scene.projects[0].description


def test_dropping_the_draft_keeps_nothing(scene: Scene) -> None:
    elu = at_summary(scene)
    assert "rien n’est transmis" in texts(elu.taps("Ne pas envoyer"))
    assert [] == scene.projects
    assert scene.records.dialogue(elu.conversation).under_way is None


def test_the_summary_is_answered_by_number_by_label_or_by_yes(scene: Scene) -> None:
    for answer in ("1", "oui envoyer", "Oui, c’est bien ça", "ok"):
        elu = scene.elu(answer)
        elu.says(MILL)
        elu.says(MAYOR)
        elu.says(answer)
        assert "Sa référence" in texts([elu.last]), answer


def test_a_number_answers_the_question_put_last_and_no_other(scene: Scene) -> None:
    elu = at_summary(scene)
    elu.taps("Changer le sujet")
    elu.says("un écoquartier")
    elu.says("2")
    assert "Pour quelle commune" in texts([elu.last])
    elu.says("2")
    assert "Je ne trouve pas « 2 »" in texts([elu.last])


def test_a_file_is_acknowledged_and_waits_for_the_answer(scene: Scene) -> None:
    elu = at_summary(scene)
    assert "le fichier" in texts(elu.says(file=PLAN))
    elu.says("1")
    assert [PLAN] == [e.attachment for e in scene.story(scene.projects[0]) if e.attachment]


def test_an_option_that_is_no_longer_open_never_submits_twice(scene: Scene) -> None:
    elu = at_summary(scene)
    elu.taps("Oui, envoyer")
    assert ["error"] == kinds(elu.taps("Oui, envoyer"))
    assert 1 == len(scene.projects)


def test_a_new_project_does_not_throw_away_the_one_being_described(scene: Scene) -> None:
    elu = at_summary(scene)
    elu.says("/nouveau Un pont à Luçon")
    assert ["Continuer", "Ne pas envoyer"] == labels(elu.last)
    elu.taps("Continuer")
    assert MILL in texts([elu.last])


def test_nouveau_takes_the_words_that_follow_it(scene: Scene) -> None:
    elu = scene.elu()
    submitted(elu)
    elu.says("/nouveau Le pont de la rue du Moulin à Luçon se fissure")
    assert "summary" == elu.last.kind
    assert "De la part de : Martine Duval, maire" in texts([elu.last])


def test_a_member_known_by_name_is_not_asked_again(scene: Scene) -> None:
    elu = scene.elu()
    submitted(elu)
    elu.says("/nouveau")
    assert ["summary"] == kinds(elu.says("À Luçon, l’ancienne gare est une friche à l’abandon."))


def test_after_a_refusal_the_person_can_describe_another_project(scene: Scene) -> None:
    elu = scene.elu()
    project = submitted(elu)
    project.refuse("hors sujet", scene.now)
    said = elu.says("Toujours pas de nouvelles ?")
    assert "n’a pas été retenu par l’équipe UrbanVitaliz" in texts(said)
    assert "hors sujet" in texts(said)
    assert "la sous-préfecture (Vendée)" in texts(said)
    assert "/historique" in texts(said)
    assert "/nouveau" in texts(said)
    assert ["Décrire un autre projet"] == labels(elu.last)
    elu.says("À Luçon, l’ancienne gare est une friche à l’abandon.")
    elu.taps("Oui, envoyer")
    assert [ProjectStatus.REFUSED, ProjectStatus.SUBMITTED] == [p.status for p in scene.projects]


def test_words_that_met_a_refusal_begin_the_other_project_when_it_is_asked_for(
    scene: Scene,
) -> None:
    elu = scene.elu()
    submitted(elu).refuse("hors sujet", scene.now)
    words = "Notre ancienne filature est toujours vide à Fontenay-le-Comte."
    assert "n’a pas été retenu" in texts(elu.says(words))
    assert 1 == len(scene.projects)
    elu.says("décrire un autre projet")
    assert ("summary", True) == (elu.last.kind, words in texts([elu.last]))


def test_another_project_asked_for_by_button_or_by_command_begins_afresh(scene: Scene) -> None:
    elu = scene.elu()
    submitted(elu).refuse("hors sujet", scene.now)
    elu.says("Merci quand même")
    elu.taps("Décrire un autre projet")
    assert "Décrivez votre projet" in texts([elu.last])
    elu.taps("Décrire un autre projet")
    elu.says("/nouveau Le pont de la rue du Moulin à Luçon se fissure")
    assert MILL not in texts([elu.last])


def test_danger_after_a_refusal_is_heard_first(scene: Scene) -> None:
    elu = scene.elu()
    submitted(elu).refuse("hors sujet", scene.now)
    said = elu.says("Le mur s’effondre maintenant, des enfants jouent dessous !")
    assert "safety" == said[0].kind


def test_hostile_words_show_as_they_were_typed(scene: Scene) -> None:
    elu = scene.elu()
    elu.says(f"{MILL} **gras** > cité \\ <b>x</b> {{name}} {{0}}")
    elu.says("Martine **Duval**, maire")
    elu.says("Martine Duval, **maire**")
    raw = elu.last.text
    assert r"\*\*gras\*\* \> cité \\ <b\>x</b\> {name} {0}" in raw
    assert r"Martine Duval, \*\*maire\*\*" in raw


def test_contact_details_are_no_part_of_a_name(scene: Scene) -> None:
    elu = scene.elu()
    elu.says(MILL)
    elu.says("Martine Duval, maire, 06 12 34 56 78")
    assert "De la part de : Martine Duval, maire\n" in texts(elu.reads())
    assert "J’ai retiré de votre message" in texts([elu.last])


def test_nouveau_adds_its_words_and_its_file_to_the_project_being_described(scene: Scene) -> None:
    elu = at_summary(scene)
    elu.says("/nouveau Le toit de la filature fuit.", file=PLAN)
    assert ["Continuer", "Ne pas envoyer"] == labels(elu.last)
    assert "C’est ajouté" in texts(elu.reads())
    elu.taps("Continuer")
    elu.taps("Oui, envoyer")
    project = scene.projects[0]
    assert f"{MILL}\n\nLe toit de la filature fuit." == project.description
    assert [PLAN] == [e.attachment for e in scene.story(project) if e.attachment]


def test_danger_after_nouveau_is_answered_at_once_in_the_midst_of_a_description(
    scene: Scene,
) -> None:
    elu = at_summary(scene)
    said = elu.says("/nouveau Le mur s’effondre maintenant, des enfants jouent dessous !")
    assert "safety" == said[0].kind


def test_nouveau_with_a_file_alone_keeps_it_for_the_description(scene: Scene) -> None:
    elu = scene.elu()
    submitted(elu)
    assert "le fichier" in texts(elu.says("/nouveau", file=PLAN))
    elu.says("/nouveau À Luçon, l’ancienne gare est une friche à l’abandon.")
    elu.taps("Oui, envoyer")
    story = scene.story(scene.projects[-1])
    assert [PLAN] == [e.attachment for e in story if e.attachment]


def test_a_recommendation_that_arrives_meanwhile_takes_no_answer_meant_for_the_summary(
    loop: Loop,
) -> None:
    loop.elu.says("/nouveau À Luçon, l’ancienne gare est une friche à l’abandon.")
    loop.advisor.says("/reco Contacter l’EPF")
    loop.elu.says("1")
    assert 2 == len(loop.scene.projects)
    assert "proposed" == loop.project.recommendations[0].status
    loop.elu.taps("C’est fait")
    assert "done" == loop.project.recommendations[0].status
