from bot.domain.people import Side
from bot.domain.projects.history import EntryKind
from bot.domain.projects.participants import Member
from tests.support.scene import DAY, PLAN, Actor, Loop, Scene, kinds, submitted, texts, to


def test_words_of_the_room_reach_the_members_under_a_name(loop: Loop) -> None:
    said = loop.advisor.says("Bonjour, avez-vous le plan cadastral ?")
    assert [("relay", "Nadège Poirier (DDTM)")] == [(m.kind, m.author) for m in said]
    assert said == to(said, loop.elu)
    assert loop.project.members_owe_since is not None


def test_words_of_a_member_reach_the_room_under_a_name(loop: Loop) -> None:
    said = loop.elu.says("Oui, je vous l’envoie demain.")
    told = to(said, loop.advisor)
    assert [("relay", "Martine Duval (maire)")] == [(m.kind, m.author) for m in told]
    assert (loop.project.ref,) == told[0].projects
    assert loop.project.advisors_owe_since is not None


def test_the_copies_of_one_word_share_its_source(loop: Loop) -> None:
    loop.elu.says("Oui, demain.")
    relayed = [q for q in loop.scene.records.queued if q.outgoing.kind == "relay"]
    assert [f"web:e{loop.scene.events - 1}"] == [q.source for q in relayed]
    assert [relayed[0].source] == [e.source for e in loop.scene.story(loop.project) if e.source]


def test_the_first_word_in_a_while_is_acknowledged_and_those_that_follow_are_not(
    loop: Loop,
) -> None:
    loop.scene.now += DAY
    assert "C’est transmis" in texts(loop.elu.says("Voici où nous en sommes."))
    assert [] == to(loop.elu.says("Et encore ceci."), loop.elu)
    loop.scene.now += DAY
    assert "C’est transmis" in texts(loop.elu.says("Du nouveau."))


def test_a_bare_thank_you_owes_no_answer(loop: Loop) -> None:
    loop.elu.says("Merci !")
    assert loop.project.advisors_owe_since is None
    loop.elu.says("", file=PLAN)
    assert loop.project.advisors_owe_since is not None


def test_a_file_travels_with_its_words(loop: Loop) -> None:
    told = to(loop.elu.says("Voici le plan.", file=PLAN), loop.advisor)
    assert [PLAN] == [m.attachment for m in told]
    entry = loop.scene.story(loop.project)[-1]
    assert (EntryKind.FILE, "plan.pdf", "Voici le plan.") == (entry.kind, entry.detail, entry.text)


def test_a_file_without_words_is_not_a_name_with_nothing_after_it(loop: Loop) -> None:
    for actor, other in ((loop.elu, loop.advisor), (loop.advisor, loop.elu)):
        (told,) = to(actor.says(" ", file=PLAN), other)
        assert ("(document joint)", PLAN) == (told.text, told.attachment)
    assert ["", ""] == [entry.text.strip() for entry in loop.scene.story(loop.project)[-2:]]


def test_a_file_with_an_answer_or_a_command_is_not_lost(loop: Loop) -> None:
    loop.advisor.says("/reco Faire un plan")
    assert [PLAN] == [m.attachment for m in loop.elu.says("C’est fait", file=PLAN) if m.attachment]
    assert [PLAN] == [m.attachment for m in loop.elu.says("/recos", file=PLAN) if m.attachment]


def test_the_other_members_read_each_other(loop: Loop) -> None:
    jean = loop.scene.elu("jean")
    jean.says("Bonjour")
    jean.person.name = "Jean Petit"
    loop.project.members.append(Member(jean.person, lead=False, joined_at=loop.scene.now))
    assert ["Martine Duval (maire)"] == [m.author for m in to(loop.elu.says("Bonjour"), jean)]
    both = loop.advisor.says("Bonjour à tous deux, quand êtes-vous libres ?")
    assert [loop.elu.conversation, jean.conversation] == [m.conversation for m in both]
    assert ["Jean Petit"] == [m.author for m in to(jean.says("Jeudi."), loop.elu)]


def test_an_observer_comments_under_their_name(loop: Loop) -> None:
    said = loop.observer.says("La sous-préfecture suit ce dossier.")
    assert ["Lucette Dumoulin (Sous-préfecture)"] == [m.author for m in to(said, loop.elu)]


def test_the_team_in_the_room_answers_for_the_advisors_and_is_none_of_them(loop: Loop) -> None:
    loop.elu.says("Qui peut nous aider ?")
    spoke = loop.project.last_advisor_word_at
    Actor(loop.scene, loop.advisor.conversation, loop.team.sender).says("Je cherche, à demain.")
    assert (None, spoke) == (loop.project.advisors_owe_since, loop.project.last_advisor_word_at)
    assert Side.TEAM is loop.scene.story(loop.project)[-1].side


def test_a_stranger_in_a_room_is_told_that_nothing_was_passed_on(loop: Loop) -> None:
    said = Actor(loop.scene, loop.advisor.conversation, "desk:99").says("Bonjour")
    assert ["error", "notice"] == kinds(said)
    assert "n’est transmis à personne" in texts(said)


def test_somebody_taken_off_the_register_is_a_stranger(loop: Loop) -> None:
    loop.project.assignments[0].advisor.active = False
    said = loop.advisor.says("Bonjour")
    assert ([], []) == (to(said, loop.elu), to(said, loop.observer)[1:])
    assert "n’est transmis à personne" in texts(to(said, loop.advisor))


def test_words_before_acceptance_are_kept_and_reach_the_room(scene: Scene) -> None:
    scene.register("Nadège Poirier", "DDTM")
    elu = scene.elu()
    project = submitted(elu)
    said = elu.says("Le propriétaire est d’accord pour vendre.", file=PLAN)
    assert ["notice"] == kinds(said)
    assert "je l’ajoute à votre projet" in texts(said)
    scene.now += DAY
    assert project.description.endswith("Le propriétaire est d’accord pour vendre.")
    assert [PLAN] == [e.attachment for e in scene.story(project) if e.attachment]


def test_nobody_reachable_is_said_in_the_room_and_to_the_team(loop: Loop) -> None:
    loop.elu.person.addresses[0].unreachable_since = loop.scene.now
    said = loop.advisor.says("Bonjour, du nouveau ?")
    assert "ne peut être joint" in texts(to(said, loop.advisor))
    assert "ne peut être joint" in texts(to(said, loop.team))


def test_a_closed_project_relays_nothing_more(loop: Loop) -> None:
    loop.project.status = type(loop.project.status).CLOSED
    said = loop.advisor.says("Bonjour ?")
    assert ["error"] == kinds(said)
    assert said == to(said, loop.advisor)


def test_words_show_as_they_were_typed(loop: Loop) -> None:
    said = loop.advisor.says("**gras** > cité {name} [x](http://y)")
    assert r"\*\*gras\*\* \> cité {name} [x](http://y)" == said[0].text


def test_contact_details_are_withheld_both_ways_and_their_author_is_told(loop: Loop) -> None:
    said = loop.elu.says("Appelez-moi au 06 12 34 56 78 ou duval@exemple.fr")
    assert "Appelez-moi au [coordonnées retirées] ou [coordonnées retirées]" == (
        to(said, loop.advisor)[0].text
    )
    assert "standard de son organisme" in texts([loop.elu.last])
    said = loop.advisor.says("Mon direct : 02 51 44 55 66")
    assert "Mon direct : [coordonnées retirées]" == to(said, loop.elu)[0].text
    assert "accueil de la collectivité" in texts(to(said, loop.advisor))
    assert all("06 12" not in entry.text for entry in loop.scene.story(loop.project))


def test_an_advisor_in_a_private_chat_speaks_for_nobody(loop: Loop) -> None:
    place = type(loop.elu.conversation)("web", loop.advisor.sender)
    said = Actor(loop.scene, place, loop.advisor.sender).says("Bonjour la mairie")
    assert ["error"] == kinds(said)
    assert "n’est transmis à personne" in texts(said)


def test_words_that_no_advisor_reads_are_said_to_be_kept_and_the_team_is_told(loop: Loop) -> None:
    loop.advisor.says("/quitter")
    loop.scene.now += DAY
    said = loop.elu.says("Il y a quelqu’un ?")
    assert "Aucun conseiller ne le suit en ce moment" in texts(to(said, loop.elu))
    assert "C’est transmis" not in texts(to(said, loop.elu))
    assert "aucun conseiller ne suit ce projet" in texts(to(said, loop.team))


def test_what_was_set_off_stays_so_both_ways(loop: Loop) -> None:
    for sayer, reader in ((loop.advisor, loop.elu), (loop.elu, loop.advisor)):
        said = sayer.says("Voyez le guide", markup="Voyez **le** \\/guide\\/")
        assert "Voyez **le** \\/guide\\/" in [m.text for m in to(said, reader)]
    assert "Voyez le guide" == loop.scene.story(loop.project)[-1].text


def test_words_with_contact_details_are_relayed_plain_without_them(loop: Loop) -> None:
    said = loop.advisor.says("Appelez le 06 12 34 56 78", markup="Appelez le **06 12** 34 56 78")
    assert "34 56 78" not in texts(to(said, loop.elu))
    assert "**" not in "".join(m.text for m in to(said, loop.elu) if m.kind == "relay")
