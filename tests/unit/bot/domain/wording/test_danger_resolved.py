"""A danger is dealt with when somebody says so, in any words; not when it is denied or to come."""

import pytest

from bot.domain.wording.danger_resolved import says_dealt_with, says_yes
from config.language import load_language

WORDS = load_language().danger_resolved


@pytest.mark.parametrize(
    "text",
    [
        "Le pont est fermé.",
        "Nous avons fermé le pont à la circulation hier soir, et posé des barrières.",
        "C’est barré depuis ce matin",
        "La route est coupée, une déviation est en place.",
        "On a mis de la rubalise autour",
        "J’ai pris un arrêté ce matin.",
        "L’arrêté est affiché : accès interdit au public.",
        "Les habitants sont évacués et relogés.",
        "L’immeuble a été évacué",
        "Le mur a été étayé par l’entreprise",
        "réparé ce matin !",
        "Il n’y a plus de danger.",
        "Plus personne ne passe dessous : un périmètre de sécurité est en place",
        "Le danger est écarté, merci.",
        "C’est réglé.",
        "Les services techniques ont sécurisé le site",
        "Le pont est fermé et va être réparé.",
        "Le nécessaire a été fait.",
        "On ne peut plus passer, c’est condamné",
        "L’arrêté de fermeture a été pris",
        "J’ai fait fermer le pont",
        "Nous avons fait évacuer l’immeuble",
        "L’accès est bloqué par des plots",
        "Les travaux de réparation sont terminés",
        "Une déviation a été mise en place",
        "La porte est murée",
        "Plus aucun véhicule ne passe",
        "Le péril est levé",
        "On a posé des barrières",
        "Les barrières sont en place",
        "Les barrières ont bien été posées hier",
        "On n’avait pas de barrières mais la route est fermée",
        "La crue a emporté le pont et la route est fermée",
        "Le gaz a été coupé",
    ],
)
def test_words_that_say_that_it_is_dealt_with(text: str) -> None:
    assert says_dealt_with(text, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "Le pont n’est pas fermé.",
        "Pas encore",
        "On va fermer le pont demain.",
        "Le pont sera fermé lundi.",
        "Faut-il que le pont soit fermé ?",
        "Il faudrait mettre des barrières",
        "Le pont n’est plus fermé",
        "Le pont fermé hier a rouvert",
        "Nous n’avons mis aucune barrière.",
        "Comment avoir un périmètre de sécurité",
        "Merci, nous regardons.",
        "L’arrêté de fermeture est en cours",
        "Les barrières sont commandées",
        "Les barrières ont été enlevées, les voitures repassent",
        "L’entreprise viendra réparer lundi",
        "Le pont devait être fermé mais rien n’a été fait",
        "La mairie est fermée le samedi",
        "Les camions passent toujours.",
        "Le pont sera bientôt réparé",
        "la DDT nous dit de poser des barrières, on n’en a pas",
        "on a mis des barrières mais le vent les a emportées",
        "La commune a mis des barrières, le vent les a emportées",
        "les barrières sont au dépôt à 20 km",
        "on a mis des barrières mais les gens passent quand même",
        "on a fermé le pont. Les gens passent quand même",
        "des jeunes ont déplacé les barrières",
        "le pont est fermé aux camions mais les voitures passent",
        "le département a coupé les crédits",
        "le préfet nous a traité d’irresponsables",
        "",
    ],
)
def test_words_that_do_not(text: str) -> None:
    assert not says_dealt_with(text, WORDS)


@pytest.mark.parametrize(
    "text", ["oui", "Oui, c’est fait", "c’est fait", "Oui fermé", "C’est bon."]
)
def test_a_short_yes_answers_the_question(text: str) -> None:
    assert says_yes(text, WORDS)


@pytest.mark.parametrize("text", ["non", "pas encore", "oui ?", "ok", "oui mais pas fait", ""])
def test_what_is_no_yes(text: str) -> None:
    assert not says_yes(text, WORDS)
