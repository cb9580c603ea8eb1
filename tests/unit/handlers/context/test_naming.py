"""How a project reads on a small button."""

import pytest

from handlers.context.naming import SHORT_TITLE, short_title
from tests.support.scene import Scene, submitted

LONG = "Rénovation énergétique des bâtiments"


@pytest.mark.parametrize(
    ("title", "place", "short"),
    [
        ("Friche – Luçon (Vendée)", "Luçon", "Friche – Luçon (Vendée)"),
        (
            f"{LONG} – Fontenay-le-Comte (Vendée)",
            "Fontenay-le-Comte",
            "Rénovation… – Fontenay-le-Comte",
        ),
        (f"{LONG} – Luçon (Vendée)", "Luçon", "Rénovation énergétique des… – Luçon"),
        (LONG * 2, "", "Rénovation énergétique des…"),
    ],
)
def test_a_long_title_keeps_its_commune(scene: Scene, title: str, place: str, short: str) -> None:
    project = submitted(scene.elu())
    project.title, project.territory_name = title, place
    assert short == short_title(project)


def test_even_the_longest_names_fit_a_button(scene: Scene) -> None:
    project = submitted(scene.elu())
    project.territory_name = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"
    project.title = f"{LONG} – {project.territory_name} (Marne)"
    assert "Saint-Remy" in short_title(project)
    assert SHORT_TITLE >= len(short_title(project))
