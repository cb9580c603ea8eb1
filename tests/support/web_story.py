"""A realistic story for the pages: a portal, its people, a few projects at various stages."""

from datetime import date, timedelta

from bot.domain.people import Role, Side
from bot.domain.portal import Portal
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import Recommendation, RecommendationStatus
from bot.ports.queries import Desk, Figures, ProjectRow, RoomPage
from tests.support.memory_pages import MemoryQueries
from tests.support.memory_ports import START

URBAN = Portal(
    slug="urbanvitaliz",
    name="UrbanVitaliz",
    prefix="UV",
    presentation="UrbanVitaliz aide les collectivités à faire revivre leurs friches.",
    reads="l’équipe d’UrbanVitaliz et les conseillers de votre département",
    themes=("friche",),
)
BRIDGES = Portal(
    slug="sosponts",
    name="SOS Ponts",
    prefix="SP",
    presentation="SOS Ponts aide les communes à entretenir leurs ponts.",
    reads="l’équipe de SOS Ponts et le Cerema",
    themes=("pont",),
    fallback=True,
)
PORTALS = {portal.slug: portal for portal in (URBAN, BRIDGES)}
THEMES = {"friche": "friche à reconvertir", "pont": "pont et ouvrage d’art"}

DEPARTEMENTS = {"59": "Nord", "85": "Vendée"}

CLAIRE = Desk(11, 1, "Claire Morel", "DDT du Nord", Role.ADVISOR, ("urbanvitaliz",))
SAMUEL = Desk(12, 2, "Samuel Petit", "EPF des Hauts-de-France", Role.OBSERVER, ("urbanvitaliz",))
NADIA = Desk(13, 3, "Nadia Roux", "UrbanVitaliz", Role.COORDINATOR, ("urbanvitaliz", "sosponts"))


def row(ref: str, title: str, territory: str, **changes: object) -> ProjectRow:
    """A project of UrbanVitaliz, accepted, whose advisors owe the next step."""
    values: dict[str, object] = {
        "ref": ref,
        "portal": "urbanvitaliz",
        "title": title,
        "territory": territory,
        "departement": "59",
        "theme": "friche",
        "status": ProjectStatus.ACCEPTED,
        "lead": "Marie Lenoir, maire",
        "submitted_at": START - timedelta(days=40),
        "last_activity_at": START - timedelta(days=12),
        "ball": Side.ADVISORS,
        "ball_since": START - timedelta(days=12),
        "advisors": ("Claire Morel", "Samuel Petit"),
        "open_recommendations": 0,
    }
    return ProjectRow(**{**values, **changes})  # type: ignore[arg-type]


MILL = row(
    "UV-7K3Q",
    "Reconvertir l’ancienne filature du centre",
    "Fourmies",
    ball=Side.MEMBERS,
    ball_since=START - timedelta(days=3),
    open_recommendations=2,
)
STATION = row("UV-M4TR", "Donner un usage à la gare désaffectée", "Aulnoye-Aymeries")
SCHOOL = row(
    "UV-9PXC",
    "L’ancienne école et son préau, vides depuis 2019",
    "Wignehies",
    status=ProjectStatus.SUBMITTED,
    lead="Paul Dumont, adjoint à l’urbanisme",
    submitted_at=START - timedelta(days=2),
    ball=Side.TEAM,
    ball_since=START - timedelta(days=2),
    advisors=(),
)


def queries(more: int = 0) -> MemoryQueries:
    """The read models of the story, with `more` further projects."""
    kept = MemoryQueries(
        desks={desk.person_id: desk for desk in (CLAIRE, SAMUEL, NADIA)},
        shown_figures=Figures(
            projects=1284,
            accepted=1107,
            departements=87,
            recommendations=5120,
            recommendations_done=1975,
            followups=3302,
            followups_answered=2214,
            by_portal=(("urbanvitaliz", 912), ("sosponts", 372)),
        ),
    )
    others = [
        row(f"UV-{n:04}", f"Friche n° {n}, route de la Gare", _TOWNS[n % len(_TOWNS)])
        for n in range(more)
    ]
    for project in (MILL, STATION, SCHOOL, *others):
        kept.pages[project.ref] = room(project)
        if project.status is ProjectStatus.ACCEPTED:
            kept.seats |= {(CLAIRE.advisor_id, project.ref), (SAMUEL.advisor_id, project.ref)}
    return kept


def room(project: ProjectRow) -> RoomPage:
    """The sheet of a project: two recommendations and a short story when it is the mill."""
    mill = project.ref == MILL.ref
    return RoomPage(
        project=project,
        description=(
            "Nous avons une ancienne filature de 4 000 m² au centre, vide depuis 2011. Le toit "
            "fuit, des jeunes y entrent. Nous voudrions des logements et une salle, sans savoir "
            "par où commencer."
        ),
        members=(project.lead or "",),
        reasons=(("Claire Morel, DDT du Nord", ("theme:friche", "departement:59")),),
        recommendations=_RECOMMENDATIONS if mill else (),
        story=_STORY if mill else (),
    )


_TOWNS = ("Anor", "Trélon", "Avesnes-sur-Helpe", "Sains-du-Nord", "Glageon", "Féron")

_RECOMMENDATIONS = (
    Recommendation(
        "Demander à l’EPF une étude de capacité du site, gratuite pour la commune.",
        "Claire Morel",
        "DDT du Nord",
        START - timedelta(days=20),
        date(2027, 6, 30),
        number=1,
        status=RecommendationStatus.IN_PROGRESS,
    ),
    Recommendation(
        "Mettre le bâtiment hors d’eau avant l’hiver : bâchage de la partie nord.",
        "Samuel Petit",
        "EPF des Hauts-de-France",
        START - timedelta(days=12),
        None,
        number=2,
        status=RecommendationStatus.PROPOSED,
    ),
)

_STORY = (
    Entry(START - timedelta(days=40), EntryKind.SUBMITTED, Side.MEMBERS, "Marie Lenoir"),
    Entry(START - timedelta(days=38), EntryKind.ACCEPTED, Side.TEAM, "Nadia Roux"),
    Entry(
        START - timedelta(days=38),
        EntryKind.ASSIGNED,
        Side.ASSISTANT,
        "",
        detail="Claire Morel, DDT du Nord",
    ),
    Entry(
        START - timedelta(days=20), EntryKind.RECOMMENDED, Side.ADVISORS, "Claire Morel", number=1
    ),
    Entry(
        START - timedelta(days=15),
        EntryKind.MARKED,
        Side.MEMBERS,
        "Marie Lenoir",
        number=1,
        detail=RecommendationStatus.IN_PROGRESS,
    ),
    Entry(
        START - timedelta(days=13),
        EntryKind.NOTE,
        Side.ADVISORS,
        "Samuel Petit",
        "Le propriétaire voisin serait vendeur : à vérifier avant d’en parler.",
        backstage=True,
    ),
)
