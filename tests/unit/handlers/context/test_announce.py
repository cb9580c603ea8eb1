"""What somebody did on a project is announced: who reads it, and who is answered."""

from bot.domain.conversations import ConversationRef
from bot.domain.projects.history import EntryKind
from bot.domain.projects.participants import Member
from tests.support.scene import Actor, Loop, texts, to


def deputy(loop: Loop) -> Actor:
    """Another member of the project."""
    actor = loop.scene.elu("odile")
    actor.says("Bonjour")
    loop.project.members.append(Member(actor.person, lead=False, joined_at=loop.scene.now))
    return actor


def test_others_are_told_and_whoever_did_it_is_answered(loop: Loop) -> None:
    odile = deputy(loop)
    said = loop.elu.says("/pause jusqu’au 1er mars 2027")
    for other in (odile, loop.advisor):
        assert "Martine Duval (maire)" in texts(to(said, other))
    assert "Martine Duval" not in texts(to(said, loop.elu))
    assert [1, 1, 1] == [len(to(said, actor)) for actor in (loop.elu, odile, loop.advisor)]
    assert EntryKind.PAUSED is loop.scene.story(loop.project)[-1].kind


def test_in_the_room_the_answer_stands_alone(loop: Loop) -> None:
    said = loop.advisor.says("/pause jusqu’au 1er mars 2027")
    assert 1 == len(to(said, loop.advisor))
    assert "Nadège Poirier" not in texts(to(said, loop.advisor))
    assert "Nadège Poirier (DDTM)" in texts(to(said, loop.elu))


def test_without_an_answer_it_is_read_where_it_was_done(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    said = loop.advisor.says("/fait 1")
    assert texts(to(said, loop.elu)) == texts(to(said, loop.advisor))
    assert 1 == len(to(said, loop.advisor))


def test_an_advisor_who_leaves_from_their_own_chat_reads_it_there(loop: Loop) -> None:
    desk = Actor(loop.scene, ConversationRef("web", loop.advisor.sender), loop.advisor.sender)
    said = desk.says(f"/quitter {loop.project.ref}")
    assert texts(to(said, loop.elu)) == texts(to(said, desk))
    assert texts(to(said, loop.elu)) == texts(to(said, loop.advisor))
    assert [] == [a for a in loop.project.assignments if a.advisor.id == 1]
