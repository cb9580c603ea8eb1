from bot.domain.people import Role
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import ProjectStatus
from bot.ports.network import Operation
from handlers.rooms.plan import plan
from tests.support.scene import WEEK, Loop, Scene, kinds, submitted, texts, to
from tests.support.shipped import catalogue


def test_the_reason_of_an_end_is_kept_and_told_with_the_way_back(loop: Loop) -> None:
    said = loop.elu.says(f"/clore {loop.project.ref} on a vendu à un privé")
    assert ProjectStatus.CLOSED is loop.project.status
    assert "on a vendu à un privé" == loop.scene.story(loop.project)[-1].text
    for reader in (loop.advisor, loop.team):
        assert "on a vendu à un privé" in texts(to(said, reader))
    assert f"/reprendre {loop.project.ref}" in texts(to(said, loop.elu))
    assert "on a vendu à un privé" in texts(loop.elu.says("/historique"))


def test_a_project_closed_without_a_reason_tells_none(loop: Loop) -> None:
    loop.elu.says("/clore")
    assert "" == loop.scene.story(loop.project)[-1].text


def test_a_project_closed_by_mistake_goes_on_as_it_was(loop: Loop) -> None:
    loop.elu.says("/clore")
    said = loop.elu.says(f"/reprendre {loop.project.ref}")
    project = loop.scene.projects[0]
    assert (ProjectStatus.ACCEPTED, None) == (project.status, project.ended_at)
    assert loop.scene.now == project.followup_due_at
    for reader in (loop.advisor, loop.team):
        assert "rouvre le projet" in texts(to(said, reader))
    assert "est rouvert" in texts(to(said, loop.elu))
    assert EntryKind.REOPENED is loop.scene.story(project)[-1].kind
    assert "projet rouvert par" in texts(loop.elu.says("/historique"))
    relayed = loop.elu.says("Nous avons finalement trouvé un repreneur.")
    assert "trouvé un repreneur" in texts(to(relayed, loop.advisor))


def test_a_question_open_before_the_end_is_owed_again_after_it(loop: Loop) -> None:
    loop.advisor.says("Avez-vous le plan ?")
    asked = loop.project.members_question_at
    assert asked is not None
    loop.elu.says("/clore")
    loop.elu.says("/reprendre")
    assert (asked, asked) == (loop.project.members_owe_since, loop.project.members_question_at)
    sent = loop.scene.move_to(loop.scene.now + 2 * WEEK)
    assert ["followup.question"] == kinds(to(sent, loop.elu))


def test_a_project_closed_before_it_was_accepted_waits_for_the_team_again(scene: Scene) -> None:
    elu = scene.elu()
    submitted(elu)
    elu.says("/clore")
    elu.says("/reprendre")
    assert ProjectStatus.SUBMITTED is scene.projects[0].status


def test_an_advisor_does_not_open_what_others_closed(loop: Loop) -> None:
    loop.elu.says("/clore")
    said = loop.advisor.says("/reprendre")
    assert "ou le rouvrir" in texts(to(said, loop.advisor))
    assert ProjectStatus.CLOSED is loop.scene.projects[0].status


def test_the_team_opens_a_project_again(loop: Loop) -> None:
    loop.team.says(f"/clore {loop.project.ref}")
    said = loop.team.says(f"/reprendre {loop.project.ref}")
    assert ProjectStatus.ACCEPTED is loop.scene.projects[0].status
    assert "rouvre le projet" in texts(to(said, loop.elu))


def test_what_was_refused_is_not_opened_again(scene: Scene) -> None:
    elu = scene.elu()
    project = submitted(elu)
    coordinator = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR, themes=())
    scene.in_team(coordinator).says(f"/refuser {project.ref} terrain privé")
    said = elu.says("/reprendre")
    assert "je ne peux pas le rouvrir" in texts(said)
    assert ProjectStatus.REFUSED is scene.projects[0].status


def test_of_several_projects_the_one_to_open_again_is_asked(loop: Loop) -> None:
    loop.elu.says("/clore")
    loop.elu.says("/nouveau Notre pont de la Vendée à Fontenay-le-Comte est fissuré.")
    loop.elu.taps("Oui, envoyer")
    asked = loop.elu.says("/reprendre")
    assert "Pour quel projet" in texts(asked)
    loop.elu.says(loop.project.ref)
    assert ProjectStatus.ACCEPTED is loop.project.status


def test_somebody_who_had_stopped_opens_the_project_again_too(loop: Loop) -> None:
    loop.elu.says("/stop")
    loop.elu.says("/clore")
    said = loop.elu.says(f"/reprendre {loop.project.ref}")
    assert (ProjectStatus.ACCEPTED, None) == (loop.project.status, loop.elu.person.stopped_at)
    assert "les relances reprennent" in texts(to(said, loop.elu))
    assert "est rouvert" in texts(to(said, loop.elu))
    assert "rouvre le projet" in texts(to(said, loop.advisor))


def test_somebody_who_had_stopped_is_followed_up_again_where_a_project_was_refused(
    scene: Scene,
) -> None:
    elu = scene.elu()
    submitted(elu).refuse("terrain privé", scene.now)
    elu.person.stopped_at = scene.now
    assert "rouvrir" not in texts(elu.says("/reprendre"))
    assert elu.person.stopped_at is None


def test_who_cannot_open_a_closed_project_is_told_who_can(loop: Loop) -> None:
    loop.elu.says("/clore")
    said = texts(to(loop.advisor.says("/pause"), loop.advisor))
    assert "la collectivité ou l’équipe du portail peut le rouvrir" in said
    assert "/reprendre" not in said
    assert f"/reprendre {loop.project.ref}" in texts(loop.elu.says("/clore"))


def test_nobody_is_sent_to_open_a_refused_project(scene: Scene) -> None:
    elu = scene.elu()
    project = submitted(elu)
    coordinator = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR, themes=())
    team = scene.in_team(coordinator)
    team.says(f"/refuser {project.ref} terrain privé")
    for said in (elu.says("/clore"), elu.says("/pause"), team.says(f"/clore {project.ref}")):
        assert "n’a pas été retenu" in texts(said)
        assert "/reprendre" not in texts(said)
    told = texts(team.says(f"/reprendre {project.ref}"))
    assert "La collectivité peut le décrire autrement" in told
    assert "/nouveau" not in told


def test_words_after_an_end_meet_the_way_back(loop: Loop) -> None:
    loop.elu.says("/clore")
    assert "/reprendre" in texts(loop.elu.says("Toujours pas de nouvelles ?"))


def test_the_room_says_that_the_project_has_ended_and_that_it_goes_on(loop: Loop) -> None:
    room = loop.advisor.conversation
    for command, ended in ((f"/clore {loop.project.ref}", True), ("/reprendre", False)):
        said = loop.elu.says(command)
        assert [room] == [m.conversation for m in said if m.operation is Operation.REFRESH]
        planned = plan(loop.scene.records, catalogue(), room)
        assert planned is not None
        assert ended == ("n’est plus transmis" in planned.topic)


def test_answers_ring_nobody_and_news_do(loop: Loop) -> None:
    said = loop.elu.says("Le conseil a voté.")
    assert [True] == [m.quiet for m in to(loop.elu.says("/aide"), loop.elu)]
    assert [False] == [m.quiet for m in to(said, loop.advisor)]
