"""The words of the pages for what the code calls by slugs: those that the assistant says."""

from datetime import UTC, datetime, timedelta

import pytest
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.domain.people import Side
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.wording.markup import plain
from config import french
from config.texts import load_texts

NOW = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
TEXTS = load_texts()
PAGES = Environment(
    loader=PackageLoader("config", "pages"), autoescape=True, undefined=StrictUndefined
)
PAGES.filters["depuis"] = lambda since: french.ago(NOW - since)
PAGES.globals.update(
    mot=lambda key, **values: plain(TEXTS(key, **values)),
    theme=lambda slug: f"sujet {slug}",
    departement=lambda code: f"pays {code}",
)


def word(macro: str, *values: object) -> str:
    """What a macro writes, with plain spaces."""
    module = PAGES.get_template("_mots.html").module
    return str(getattr(module, macro)(*values)).strip().replace("\u00a0", " ")


@pytest.mark.parametrize("kind", EntryKind)
def test_every_kind_of_entry_has_words(kind: EntryKind) -> None:
    detail = "done" if kind is EntryKind.MARKED else ""
    assert word("acte", Entry(NOW, kind, Side.MEMBERS, "Marie", number=1, detail=detail))


@pytest.mark.parametrize(
    ("kind", "number", "detail", "words"),
    [
        (EntryKind.ASSIGNED, None, "Claire Morel", "conseillers choisis : Claire Morel"),
        (EntryKind.FILE, None, "<b>.pdf", "Marie : fichier « &lt;b&gt;.pdf »"),
        (EntryKind.RECOMMENDED, 2, "", "recommandation n° 2 de Marie :"),
        (EntryKind.MARKED, 2, "done", "Marie : recommandation n° 2 faite"),
        (EntryKind.POSTPONED, None, "3 mai 2027", "Marie : à revoir à partir du 3 mai 2027"),
        (EntryKind.FOLLOWED_UP, 2, "", "relance de l’assistant"),
    ],
)
def test_an_entry_tells_what_it_is_about(
    kind: EntryKind, number: int | None, detail: str, words: str
) -> None:
    entry = Entry(NOW, kind, Side.MEMBERS, "Marie", "les mots", number=number, detail=detail)
    assert words == word("acte", entry)


@pytest.mark.parametrize("status", [*RecommendationStatus, *ProjectStatus])
def test_every_state_has_a_word(status: RecommendationStatus | ProjectStatus) -> None:
    assert word("statut_reco" if isinstance(status, RecommendationStatus) else "statut", status)


def test_the_ball_is_told_as_the_assistant_tells_it() -> None:
    told = word("balle_depuis", Side.MEMBERS, NOW - timedelta(days=3))
    assert "La balle est chez la collectivité depuis 3 jours." == told


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("theme:friche", "connaît le sujet « sujet friche »"),
        ("departement:59", "intervient dans le département « pays 59 »"),
        ("national", "intervient dans toute la France"),
        ("every_theme", "suit tous les sujets"),
    ],
)
def test_why_an_advisor_was_chosen_is_said_in_words(slug: str, words: str) -> None:
    assert words == word("raison", slug)


def test_the_notice_says_who_reads_observers_included() -> None:
    notice = TEXTS("intake.notice")

    assert "observateurs publics de votre territoire" in notice
    assert "personne d’autre" not in notice
    assert "pendant toute la vie du projet" in notice
