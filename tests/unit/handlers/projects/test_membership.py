import pytest

from bot.domain.projects.participants import Member
from tests.support.scene import Actor, Loop, texts, to


def member(loop: Loop, name: str) -> Actor:
    """Another member of the project, of that name."""
    actor = loop.scene.elu(name.split(maxsplit=1)[0].lower())
    actor.says("Bonjour")
    actor.person.name = name
    loop.project.members.append(Member(actor.person, lead=False, joined_at=loop.scene.now))
    return actor


def lead(loop: Loop) -> str:
    assert loop.project.lead is not None
    return loop.project.lead.person.name


@pytest.mark.parametrize("typed", ["Paul", "paul petit", "à Paul Petit, merci", "PETIT"])
def test_the_lead_goes_to_the_member_whose_name_has_the_words_typed(loop: Loop, typed: str) -> None:
    for name in ("Odile Brun", "Paul Petit"):
        member(loop, name)
    loop.elu.says(f"/passer {typed}")
    assert "Paul Petit" == lead(loop)


def test_without_a_name_the_only_other_member_takes_over(loop: Loop) -> None:
    odile = member(loop, "Odile Brun")
    said = loop.elu.says(f"/passer {loop.project.ref}")
    assert "Odile Brun" == lead(loop)
    assert "à la suite de Martine Duval" in texts(to(said, odile))


def test_a_name_that_no_member_has_asks_to_whom(loop: Loop) -> None:
    member(loop, "Odile Brun")
    said = texts(loop.elu.says("/passer Paul Nexon"))
    assert ("Martine Duval", True) == (lead(loop), "suivi d’un nom : Odile Brun" in said)


def test_only_the_lead_passes_the_lead_on_while_they_can_be_asked(loop: Loop) -> None:
    odile = member(loop, "Odile Brun")
    said = odile.says("/passer Martine")
    assert odile.conversation == said[0].conversation
    assert "Martine Duval qui est la personne référente" in texts(said)
    loop.elu.person.stopped_at = loop.scene.now
    member(loop, "Paul Petit")
    odile.says("/passer Paul")
    assert "Paul Petit" == lead(loop)


def test_a_name_takes_the_form_of_de_that_it_needs(loop: Loop) -> None:
    odile, paul = member(loop, "Odile Brun"), member(loop, "Paul Petit")
    loop.elu.says("/passer Odile")
    assert "à la suite d’Odile Brun" in texts(to(odile.says("/passer Paul"), paul))
