"""The guide for people tells the truth: what it shows is typed, and what it quotes is answered."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.domain.projects.participants import Member
from handlers.routing.commands import COMMANDS
from tests.support.scene import DAY, Actor, Loop, Scene, kinds, spaced, submitted, texts, to

GUIDE = Path(bot.__file__).parents[1] / "docs" / "guide.md"
DESCRIBING, FOLLOWING, ADVISING, TEAM = (
    "Décrire un projet",
    "Suivre un projet",
    "conseill",
    "équipe",
)
REFERENCE = "UV-7K3Q"
DECISIONS = {"/accepter", "/refuser"}
"""Commands about a project that is not accepted yet."""

TYPED_FIRST = {
    "reprend": f"/pause {REFERENCE} jusqu’en mars",
    "est rouvert": f"/clore {REFERENCE}",
    "Votre note est retirée": "/note Le propriétaire voisin serait vendeur.",
}
"""What is typed first, by what is quoted of the answer."""

_A_REFERENCE = re.compile(r"\bUV-\w{4}\b")

Row = tuple[str, str]


def rows(heading: str) -> list[Row]:
    """What is typed (or the label of a button, in stars) and what is quoted, under a heading."""
    text = spaced(GUIDE.read_text(encoding="utf-8"))
    sections = re.split(r"^##+ ", text, flags=re.MULTILINE)[1:]
    return list(_rows(next(s for s in sections if heading in s.partition("\n")[0])))


def _rows(section: str) -> Iterator[Row]:
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        typed = re.search(r"`(.+?)`|(\*\*.+?\*\*)", cells[0]) if cells else None
        if typed is not None:
            quoted = re.search("« (.+?) »", cells[1])
            yield typed[1] or typed[2], quoted[1] if quoted else ""


def commands(heading: str) -> set[str]:
    return {typed[1:].split()[0] for typed, _ in rows(heading) if typed.startswith("/")}


def answer(actor: Actor, typed: str, ref: str = "") -> str:
    """All that is said to anybody when this is typed or tapped, with the guide's reference in the
    place of the project's; never an error.
    """
    if typed.startswith("**"):
        said = actor.taps(typed.strip("*"))
    else:
        said = actor.says(typed.replace(REFERENCE, ref))
    assert "error" not in kinds(said), texts(said)
    return _A_REFERENCE.sub(REFERENCE, texts(said))


@pytest.mark.parametrize(
    ("heading", "who"), [(FOLLOWING, "elu"), (ADVISING, "advisor"), (TEAM, "team")]
)
def test_every_command_has_an_example_where_it_is_used(loop: Loop, heading: str, who: str) -> None:
    listed = set(re.findall(r"^/(\w+) – ", texts(getattr(loop, who).says("/aide")), re.MULTILINE))
    assert listed == commands(heading)
    assert listed <= set(COMMANDS)


def test_a_project_is_described_as_the_guide_says(scene: Scene) -> None:
    elu = scene.elu()
    for typed, quoted in rows(DESCRIBING):
        assert quoted in answer(elu, typed)


@pytest.mark.parametrize(("typed", "quoted"), rows(FOLLOWING))
def test_a_project_is_followed_as_the_guide_says(loop: Loop, typed: str, quoted: str) -> None:
    loop.scene.ways = frozenset({"email"})
    loop.advisor.says("/reco Faire un diagnostic")
    jean = loop.scene.elu("jean")
    jean.says("Bonjour")
    jean.person.name = "Jean Petit"
    loop.project.members.append(Member(jean.person, lead=False, joined_at=loop.scene.now))
    played(loop, loop.elu, typed, quoted)


@pytest.mark.parametrize(("typed", "quoted"), rows(ADVISING))
def test_an_advisor_is_answered_as_the_guide_says(loop: Loop, typed: str, quoted: str) -> None:
    loop.advisor.says("/reco Faire un diagnostic")
    played(loop, loop.advisor, typed, quoted)


@pytest.mark.parametrize(("typed", "quoted"), rows(TEAM))
def test_the_team_is_answered_as_the_guide_says(loop: Loop, typed: str, quoted: str) -> None:
    loop.advisor.says("/reco Faire un diagnostic")
    if typed.split(maxsplit=1)[0] in DECISIONS:
        loop.project = submitted(loop.scene.elu("paul"), who="Paul Petit, maire")
    played(loop, loop.team, typed, quoted)


def played(loop: Loop, actor: Actor, typed: str, quoted: str) -> None:
    if quoted in TYPED_FIRST:
        answer(actor, TYPED_FIRST[quoted], loop.project.ref)
    # Long enough for words to be acknowledged again.
    loop.scene.now += DAY
    elu_read = len(loop.elu.reads())
    assert quoted in answer(actor, typed, loop.project.ref)
    if not quoted:
        assert typed in texts(to(loop.elu.reads()[elu_read:], loop.elu))
