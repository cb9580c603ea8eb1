"""The words of the pages for what the code calls by slugs."""

from datetime import UTC, datetime

import pytest
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.domain.people import Side
from bot.domain.project import Entry, EntryKind
from bot.domain.recommendation import RecommendationStatus
from config.texts import load_texts

NOW = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
WORDS = (
    Environment(loader=PackageLoader("config", "pages"), autoescape=True, undefined=StrictUndefined)
    .get_template("_mots.html")
    .make_module({"theme": str})
)


def told(kind: EntryKind, number: int | None = None, detail: str = "") -> str:
    """What the story says of such an entry, with plain spaces."""
    entry = Entry(NOW, kind, Side.MEMBERS, "Marie", number=number, detail=detail)
    return str(WORDS.acte(entry)).strip().replace("\u00a0", " ")  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", EntryKind)
def test_every_kind_of_entry_has_words(kind: EntryKind) -> None:
    assert told(kind)


@pytest.mark.parametrize(
    ("kind", "number", "detail", "words"),
    [
        (EntryKind.ASSIGNED, None, "Claire Morel", "conseillers prévenus : Claire Morel"),
        (EntryKind.ASSIGNED, None, "", "conseillers prévenus : aucun"),
        (EntryKind.FILE, None, "plan.pdf", "a joint le fichier « <bdi>plan.pdf</bdi> »"),
        (EntryKind.FILE, None, "<b>.pdf", "a joint le fichier « <bdi>&lt;b&gt;.pdf</bdi> »"),
        (EntryKind.RECOMMENDED, 2, "", "a publié la recommandation n° 2"),
        (EntryKind.MARKED, 2, "done", "a répondu à la recommandation n° 2 : faite"),
        (
            EntryKind.POSTPONED,
            2,
            "3 mai 2027",
            "préfère reparler de la recommandation n° 2 à partir du 3 mai 2027",
        ),
        (
            EntryKind.POSTPONED,
            None,
            "3 mai 2027",
            "préfère reparler du projet à partir du 3 mai 2027",
        ),
        (EntryKind.FOLLOWED_UP, 2, "", "a relancé sur la recommandation n° 2"),
        (EntryKind.FOLLOWED_UP, None, "", "a relancé"),
    ],
)
def test_an_entry_tells_what_it_is_about(
    kind: EntryKind, number: int | None, detail: str, words: str
) -> None:
    assert words == told(kind, number, detail)


@pytest.mark.parametrize("status", RecommendationStatus)
def test_the_pages_name_states_as_the_assistant_does(status: RecommendationStatus) -> None:
    named = str(WORDS.statut_reco(status))  # type: ignore[attr-defined]
    assert load_texts()(f"recommendation_status.{status}") == named


def test_the_notice_says_who_reads_observers_included() -> None:
    notice = load_texts()("intake.notice")

    assert "observateurs publics de votre territoire" in notice
    assert "personne d’autre" not in notice
    assert "pendant toute la vie du projet" in notice
