"""Words that somebody passes on are not theirs: they order nothing, answer nothing, and say whose
they are.
"""

import pytest

from bot.domain.projects.project import ProjectStatus
from bot.ports.network import EventKind, Incoming
from tests.support.scene import Loop, Scene, spaced, texts, to

NOTARY = "Maître Durand"


def anonymous(loop: Loop) -> Incoming:
    place, at = loop.advisor.conversation, loop.scene.now
    key = f"hidden{loop.scene.events}"
    return Incoming(place, key, "-100", at, "anonymous", kind=EventKind.SENT_OTHER, message=key)


@pytest.mark.parametrize("said", ["/clore", "stop", "ne m’envoyez plus rien", "pause"])
def test_forwarded_words_are_never_a_command_nor_a_stop(loop: Loop, said: str) -> None:
    told = loop.elu.says(said, forwarded_from=NOTARY)
    assert ProjectStatus.ACCEPTED is loop.project.status
    assert None is loop.elu.person.stopped_at
    assert None is loop.project.paused_until
    assert f"Transféré de {NOTARY} : {said}" in texts(to(told, loop.advisor))


@pytest.mark.parametrize("said", ["1", "C’est fait", "fait"])
def test_forwarded_words_answer_nothing(loop: Loop, said: str) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    loop.elu.says(said, forwarded_from=NOTARY, reply_to=loop.elu.last)
    assert None is loop.project.recommendations[0].status_at


def test_forwarded_words_are_not_under_the_name_of_who_passes_them_on(loop: Loop) -> None:
    for speaker, reader in ((loop.elu, loop.advisor), (loop.advisor, loop.elu)):
        said = to(speaker.says("Le bien est libre.", forwarded_from=NOTARY), reader)
        assert f"Transféré de {NOTARY} : Le bien est libre." in texts(said)
    assert f"Transféré de {NOTARY}" in loop.scene.story(loop.project)[-1].text


def test_forwarded_words_that_describe_a_project_say_whose_they_are(scene: Scene) -> None:
    elu = scene.elu()
    words = "Nous avons une ancienne filature vide à Fontenay-le-Comte."
    elu.says(words, forwarded_from=NOTARY)
    elu.says("Martine Duval, maire")
    elu.taps("Oui, envoyer")
    assert f"Transféré de {NOTARY} : {words}" in spaced(scene.projects[0].description)


def test_a_forwarded_note_or_word_to_the_team_orders_nothing(loop: Loop) -> None:
    said = loop.team.says(f"/refuser {loop.project.ref} non", forwarded_from=NOTARY)
    assert ProjectStatus.ACCEPTED is loop.project.status
    assert said == to(said, loop.team)


def test_what_is_quoted_is_relayed_with_the_words_that_quote_it(loop: Loop) -> None:
    loop.advisor.says("Qui possède le moulin ? Et le bief ?")
    said = loop.elu.says("L’État.", reply_to=loop.elu.last, quoted="Et le bief ?")
    (shown,) = to(said, loop.advisor)
    assert shown.text.startswith("> Et le bief ?")
    assert shown.text.endswith("L’État.")


def test_contact_details_are_withheld_from_what_is_quoted(loop: Loop) -> None:
    said = loop.elu.says("C’est lui.", quoted="Appelez le 06 12 34 56 78")
    assert "06 12" not in texts(to(said, loop.advisor))


def test_an_administrator_who_hides_is_told_each_time_how_to_write(loop: Loop) -> None:
    for _ in range(2):
        said = loop.scene.receive(anonymous(loop))
        assert "Rester anonyme" in texts(to(said, loop.advisor))
        assert [] == to(said, loop.elu)
