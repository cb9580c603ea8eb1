"""Rules that find the territory of a message, one by one."""

import pytest

from bot.domain.territory import TerritoryKind
from bot.domain.understanding.reader import Reader
from bot.domain.understanding.reading import TerritoryStatus


def codes(reader: Reader, text: str) -> tuple[str, ...]:
    return reader.understand(text).territory.codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mairie de Fontenay-le-Comte, une friche", "85092"),
        ("mairie de fontenay le comte, une friche", "85092"),
        ("MAIRIE DE FONTENAY LE COMTE UNE FRICHE", "85092"),
        ("Fontenaylecomte : une friche", "85092"),
        ("mairie de fontenay le conte, une friche", "85092"),
        ("Maire de St-Flour, un pont", "15187"),
        ("commune de Ste Enimie, une fuite d'eau", "48146"),
        ("les services de la mairie de chateau meillant", "18057"),
    ],
)
def test_spelling_case_and_hyphens_do_not_matter(reader: Reader, text: str, code: str) -> None:
    assert (code,) == codes(reader, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Maire de Beaumont (63), une école", "63032"),
        ("Maire de Beaumont dans le Puy-de-Dôme, une école", "63032"),
        ("Maire de Beaumont 63, une école", "63032"),
        ("Mairie, 63110 BEAUMONT", "63032"),
        ("Beaumont, juste à côté de Clermont-Ferrand : une école", "63032"),
        ("Mérignac, 237 habitants, le clocher penche. Le maire", "17229"),
    ],
)
def test_what_the_text_says_around_settles_a_homonym(reader: Reader, text: str, code: str) -> None:
    assert (code,) == codes(reader, text)


def test_an_article_chooses_among_homonyms(reader: Reader) -> None:
    pin, le_pin = codes(reader, "mairie de Pin"), codes(reader, "mairie du Pin")

    assert ("70410",) == pin
    assert 9 == len(le_pin)
    assert "70410" not in le_pin


def test_homonyms_come_out_complete_and_ambiguous(reader: Reader) -> None:
    territory = reader.understand("Montpeyroux, le maire. Une école à refaire.").territory

    assert TerritoryStatus.AMBIGUOUS == territory.status
    assert ("12156", "24292", "34173", "63241") == territory.codes


@pytest.mark.parametrize(
    "text",
    [
        "Nous sommes à 10 km de Limoges, il n'y a plus de car",
        "La rue de Paris est défoncée",
        "Mme Bellac ne peut plus aller chez le kiné",
        "Le pont est fermé, la mer monte, l'école aussi",
        "Une commune de montagne cherche un médecin",
        "tout le monde est inquiet pour le pont",
    ],
)
def test_streets_people_neighbours_and_common_words_are_no_territory(
    reader: Reader, text: str
) -> None:
    assert () == codes(reader, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("commune de Mer dans le 41, un silo", "41136"),
        ("Rue, dans la Somme. Une école", "80688"),
        ("mairie d'eu, une école", "76255"),
        ("Je suis maire de Y, dans la Somme", "80829"),
    ],
)
def test_a_common_word_is_a_commune_where_the_text_says_so(
    reader: Reader, text: str, code: str
) -> None:
    assert (code,) == codes(reader, text)


def test_a_former_commune_gives_the_current_one(reader: Reader) -> None:
    assert ("59350",) == codes(reader, "Mairie de Lomme, une école")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Lyon 3, mairie", "69123"), ("mairie de Paris 12e", "75056"), ("Marseille 8e", "13055")],
)
def test_an_arrondissement_gives_its_city(reader: Reader, text: str, code: str) -> None:
    assert (code,) == codes(reader, text)


def test_several_communes_that_are_all_meant_are_one_reading(reader: Reader) -> None:
    territory = reader.understand("RPI Lacapelle-Barrès / Malbo / Brezons").territory

    assert TerritoryStatus.UNIQUE == territory.status
    assert ("15026", "15086", "15112") == territory.codes


@pytest.mark.parametrize(
    ("text", "siren"),
    [
        ("l'agglo de Saint-Brieuc veut une ZAC", "200069409"),
        ("La métropole de Dijon végétalise", "242100410"),
        ("CC du Pays de Lamastre, la piscine", "200016905"),
        ("Grand Cubzaguais Communauté de Communes", "243301223"),
    ],
)
def test_an_epci_is_known_by_its_usual_names(reader: Reader, text: str, siren: str) -> None:
    territory = reader.understand(text).territory

    assert (TerritoryKind.EPCI, (siren,)) == (territory.kind, territory.codes)


def test_a_departement_alone_is_no_territory_but_is_named(reader: Reader) -> None:
    territory = reader.understand("Une école à isoler en Lozère").territory

    assert (TerritoryKind.DEPARTEMENT, (), "Lozère") == (
        territory.kind,
        territory.codes,
        territory.area,
    )


def test_a_number_that_counts_is_no_postcode(reader: Reader) -> None:
    assert () == codes(reader, "on brule 14000 litres de fioul par an")


def test_evidence_quotes_the_message(reader: Reader) -> None:
    text = "Bonjour, mairie de Bellac (87), une friche"
    for evidence in reader.understand(text).territory.evidence:
        assert evidence.words == text[evidence.start : evidence.end]


def test_a_common_word_after_the_village_is_no_name(reader: Reader) -> None:
    text = "Que les touristes achètent dans le village au lieu de filer à la grande surface"

    assert () == codes(reader, text)


def test_a_saint_whom_a_building_or_a_feast_is_named_after_is_no_place(reader: Reader) -> None:
    assert () == codes(reader, "La chapelle Sainte-Anne a perdu ses vitraux")
    assert () == codes(reader, "Le feu de la Saint-Jean sur la place du village")


def test_a_saint_cut_short_is_found_as_a_signature(reader: Reader) -> None:
    assert ("03253", "03254") == codes(reader, "Un pont à réparer. Saint-Pourçain")


@pytest.mark.parametrize(
    "text",
    [
        "la mairie demain sera fermée",
        "le pont au-dessus de la Loire est fissuré",
        "au-dessus de la Vienne le pont est fissuré",
        "le pont en dessous de la Loire est fissuré",
    ],
)
def test_a_time_or_what_flows_below_is_no_commune(reader: Reader, text: str) -> None:
    assert () == codes(reader, text)


def test_no_name_is_made_across_a_verb(reader: Reader) -> None:
    assert ("41136",) == codes(reader, "la commune de Mer a une friche")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("une crèche commune à Linards et Châteauneuf", ("87040", "87086")),
        ("3 communes : Ambazac, Bessines et Razès, un dojo", ("87002", "87014", "87122")),
        ("un car à Linards et à Sussac", ("87086", "87194")),
        ("Mulhouse, quartier des Coteaux : on démolit six tours", ("68224",)),
    ],
)
def test_names_in_a_list_are_all_meant_and_near_each_other(
    reader: Reader, text: str, found: tuple[str, ...]
) -> None:
    assert found == codes(reader, text)


@pytest.mark.parametrize("text", ["19330 une école à rénover", "une école à rénover 19330"])
def test_a_postcode_at_an_end_is_a_place(reader: Reader, text: str) -> None:
    assert ("19038", "19042", "19082", "19207", "19227") == codes(reader, text)


@pytest.mark.parametrize("text", ["un devis de 15000", "la toiture coûte 48250"])
def test_a_sum_is_no_postcode(reader: Reader, text: str) -> None:
    assert () == codes(reader, text)


@pytest.mark.parametrize("text", ["le 87", "87", "La Haute-Vienne"])
def test_a_departement_alone_is_an_area(reader: Reader, text: str) -> None:
    place = reader.understand(text).territory

    assert (TerritoryKind.DEPARTEMENT, "Haute-Vienne") == (place.kind, place.area)


def test_a_commune_that_bears_the_name_of_a_departement_is_found(reader: Reader) -> None:
    assert ("38544",) == codes(reader, "Il fait trop chaud dans nos écoles. Ville de Vienne")
