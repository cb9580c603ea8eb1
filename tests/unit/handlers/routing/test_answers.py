"""A reply to a question answers that question, whichever was asked last."""

import pytest

from bot.domain.people import Role
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus
from bot.ports.network import Outgoing
from tests.support.scene import DAY, Loop, Scene, labels, submitted, texts, to


def recommended(loop: Loop, *texts_: str) -> list[Outgoing]:
    """The recommendations as the élu reads them."""
    shown = []
    for text in texts_:
        loop.advisor.says(f"/reco {text}")
        shown.append(loop.elu.last)
    return shown


def states(loop: Loop) -> list[RecommendationStatus]:
    return [r.status for r in loop.project.recommendations]


@pytest.mark.parametrize("said", ["1", "fait", "Fait", "c’est fait", "on l’a fait hier"])
def test_a_reply_to_an_older_recommendation_marks_that_one(loop: Loop, said: str) -> None:
    first, _ = recommended(loop, "Contacter l’EPF", "Relire le PLU")
    loop.elu.says(said, reply_to=first)
    assert [RecommendationStatus.DONE, RecommendationStatus.PROPOSED] == states(loop)


@pytest.mark.parametrize("said", ["2", "En cours", "c’est en cours"])
def test_a_reply_to_an_older_question_is_not_only_relayed(loop: Loop, said: str) -> None:
    (shown,) = recommended(loop, "Contacter l’EPF")
    loop.advisor.says("Avez-vous un plan ?")
    loop.elu.says(said, reply_to=shown)
    assert [RecommendationStatus.IN_PROGRESS] == states(loop)


def test_a_reply_answers_in_the_midst_of_a_description(loop: Loop) -> None:
    (shown,) = recommended(loop, "Contacter l’EPF")
    loop.elu.says("/nouveau")
    loop.elu.says("bloqué, le propriétaire refuse", reply_to=shown)
    assert [RecommendationStatus.BLOCKED] == states(loop)


def test_a_reply_to_an_advisor_s_words_answers_them_and_no_question(loop: Loop) -> None:
    recommended(loop, "Contacter l’EPF")
    loop.advisor.says("Avez-vous écrit au préfet ?")
    asked = loop.elu.last
    recommended(loop, "Relire le PLU")
    said = loop.elu.says("C’est fait", reply_to=asked)
    assert [RecommendationStatus.PROPOSED] * 2 == states(loop)
    assert "C’est fait" in texts(to(said, loop.advisor))


def test_a_reply_to_an_earlier_when_sets_the_day_of_that_one(loop: Loop) -> None:
    first, _ = recommended(loop, "Contacter l’EPF", "Relire le PLU")
    loop.elu.says("plus tard", reply_to=first)
    asked = loop.elu.last
    loop.elu.says("Bonjour, avez-vous des nouvelles de l’EPF ?")
    loop.elu.says("dans 3 semaines", reply_to=asked)
    one, two = loop.project.recommendations
    assert loop.scene.now + 20 * DAY < (one.later_until or loop.scene.now)
    assert None is two.later_until


def test_a_follow_up_is_answered_by_a_reply_after_others_came(loop: Loop) -> None:
    recommended(loop, "Contacter l’EPF")
    loop.scene.move_to(loop.scene.now + 15 * DAY)
    asked = loop.elu.last
    assert asked.kind.startswith("followup")
    recommended(loop, "Relire le PLU")
    loop.elu.says("fait", reply_to=asked)
    assert [RecommendationStatus.DONE, RecommendationStatus.PROPOSED] == states(loop)


def test_the_team_accepts_by_typing(scene: Scene) -> None:
    coordinator = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR, themes=())
    team = scene.in_team(coordinator)
    for name, said in (("martine", "1"), ("jeanne", "Accepter")):
        project = submitted(scene.elu(name))
        team.says(said)
        assert ProjectStatus.ACCEPTED is project.status


def test_the_team_that_types_while_several_projects_wait_is_asked_which(scene: Scene) -> None:
    coordinator = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR, themes=())
    team = scene.in_team(coordinator)
    first, second = (submitted(scene.elu(name)) for name in ("martine", "jeanne"))
    told = [m for m in team.reads() if m.choices]

    team.says("Accepter")

    assert [ProjectStatus.SUBMITTED] * 2 == [first.status, second.status]
    assert [first.ref, second.ref] == [label[-8:-1] for label in labels(team.last)]
    team.says("2")
    assert [ProjectStatus.SUBMITTED, ProjectStatus.ACCEPTED] == [first.status, second.status]
    team.says("1", reply_to=told[0])
    assert ProjectStatus.ACCEPTED is first.status


def test_an_observer_at_the_team_s_place_cannot_accept_by_typing(scene: Scene) -> None:
    advisor = scene.register("Nadège Poirier", "DDTM")
    project = submitted(scene.elu())
    scene.in_team(advisor).says("1")
    assert ProjectStatus.SUBMITTED is project.status
