"""Rules that find the themes of a message, and the vocabulary's own coherence."""

from collections import defaultdict

import pytest

from bot.domain.understanding.reader import Reader
from bot.domain.understanding.vocabulary.expressions import Expression, compile_expressions
from bot.domain.understanding.vocabulary.vocabulary import SURE, ThemeVocabulary, WrittenVocabulary
from bot.domain.understanding.words.inflection import LITTLE
from bot.domain.wording.tokens import tokenise


def slugs(reader: Reader, text: str) -> list[str]:
    return [theme.slug for theme in reader.understand(text).themes]


@pytest.mark.parametrize(
    "text",
    [
        "une frich industrielle",
        "LA FRICHE",
        "des friches",
        "lusine desafectée",
    ],
)
def test_typos_and_inflections_do_not_hide_a_theme(reader: Reader, text: str) -> None:
    assert "friche" == reader.understand(f"Notre commune a un souci : {text}").theme


@pytest.mark.parametrize(
    "text", ["Ce n'est pas une friche, c'est la voirie", "Ce n'est plus une friche. La voirie"]
)
def test_a_denied_theme_is_not_read(reader: Reader, text: str) -> None:
    assert "friche" not in slugs(reader, text)


def test_a_settled_matter_is_not_the_theme(reader: Reader) -> None:
    text = "Plus de problème avec le pont, il est réparé. Reste le trottoir de la rue."

    assert "pont" not in slugs(reader, text)


def test_a_longer_expression_hides_the_word_in_it(reader: Reader) -> None:
    assert "pont" not in slugs(reader, "sauver le pont-bascule classé")


def test_two_themes_are_both_read(reader: Reader) -> None:
    read = slugs(reader, "une usine désaffectée et un pont fissuré")

    assert {"friche", "pont"} <= set(read)


def test_the_title_of_the_writer_is_not_the_theme(reader: Reader) -> None:
    text = "Adjointe au logement, je vous écris pour la station d'épuration."

    assert "eau_assainissement" == reader.understand(text).theme


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Nos saisonniers dorment dans leur voiture, rien à louer", "logement"),
        ("On grelotte dans les bureaux, l'été on étouffe", "batiment_energie"),
        ("Un pontet dont les murettes s'écartent", "pont"),
        ("Le torrent a mangé la berge sous les maisons", "risques_adaptation"),
        ("La buse ne suffit plus, le talweg passe là", "eau_assainissement"),
        ("Louer le toit du boulodrome à une société", "energie_renouvelable"),
        ("Les footballeuses se changent dans un couloir", "equipement_public"),
        ("Les camions coupent par le bourg", "voirie_espace_public"),
        ("Plus qu'un seul guichet, et il ferme", "sante_services"),
        ("On rase les tours, que ce soit un quartier modèle", "ecoquartier"),
        ("L'ancien silo de la coopérative, au bord du rail", "friche"),
        ("Que faire d'un silo de béton vide ?", "friche"),
        ("Les terrasses des cafés débordent, il faut une charte", "centre_ville_commerce"),
        ("Plus rien pour s'habiller ni acheter des chaussures", "centre_ville_commerce"),
        ("Notre banque ne suit plus", "financement"),
    ],
)
def test_everyday_words_name_a_theme(reader: Reader, text: str, slug: str) -> None:
    assert slug == reader.understand(text).theme


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("La maison est au nom d'un aïeul, elle menace ruine", "equipement_public"),
        ("Les terrasses agricoles et les murets s'éboulent", "centre_ville_commerce"),
        ("Le silo de conservation de la bibliothèque est plein", "friche"),
        ("Nos services travaillent en silo", "friche"),
        ("Le musée du sabotier veut s'agrandir", "centre_ville_commerce"),
    ],
)
def test_a_word_that_neighbours_share_names_no_theme(reader: Reader, text: str, slug: str) -> None:
    assert slug not in slugs(reader, text)


def test_a_landmark_is_not_the_theme(reader: Reader) -> None:
    text = "Refaire les trottoirs et les bancs de la place derrière l'église"

    assert "voirie_espace_public" == reader.understand(text).theme


def test_money_comes_after_what_it_is_for(reader: Reader) -> None:
    text = "Quelle subvention pour la toiture de l'église ?"

    assert ["patrimoine", "financement"] == slugs(reader, text)[:2]


def test_the_label_of_each_theme_names_it(reader: Reader, vocabulary: ThemeVocabulary) -> None:
    for slug in vocabulary.slugs:
        named = reader.theme_named(vocabulary.label(slug))
        assert named is not None
        assert slug == named.slug


def test_each_theme_has_words_and_a_label_in_lower_case(written: WrittenVocabulary) -> None:
    for slug, theme in written.themes.items():
        assert len(theme.words.sure) >= 20, slug
        assert theme.label == theme.label.lower()


def test_no_expression_is_sure_for_two_themes(written: WrittenVocabulary) -> None:
    sure = defaultdict(set)
    for slug, theme in written.themes.items():
        for expression in theme.words.expressions(slug):
            if expression.weight == SURE and not set("+=") & set(expression.words):
                words = (t.word for t in tokenise(expression.words))
                sure[tuple(w for w in words if w not in LITTLE)].add(slug)
    clashes = {" ".join(words): sorted(on) for words, on in sure.items() if len(on) > 1 and words}

    assert {} == clashes


def test_no_exclusion_is_an_expression_of_its_own_theme(written: WrittenVocabulary) -> None:
    for slug, theme in written.themes.items():
        words = theme.words
        own = {*words.sure, *words.likely, *words.hint}
        assert set() == own & set(words.excluded), slug


def test_an_expression_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        compile_expressions([Expression("€", "x", 1.0)])
