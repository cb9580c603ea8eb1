"""The whole loop in French, over HTTP, with the real process: from first words to an answer."""

from tests.acceptance.dialogue import MAYOR, MILL, accept, board, room, send, submit
from tests.support.visitor import Visitor

TITLE = "Friche – Fontenay-le-Comte (Vendée)"


async def test_first_words_become_a_summary_after_the_notice_and_one_question(elu: Visitor) -> None:
    await elu.say("/", MILL)
    page = await elu.sees("/", "Qui êtes-vous ?")
    assert ["Vous", "Fil Rouge", "Fil Rouge"] == [message.author for message in page.messages]
    assert "un assistant automatique" in page.messages[1].text
    assert "pendant toute la vie du projet" in page.messages[1].text
    await elu.say("/", MAYOR)
    page = await elu.sees("/", "Est-ce bien cela")
    summary = page.last.text
    assert "Lieu : Fontenay-le-Comte (Vendée)" in summary
    assert "Sujet : friche" in summary
    assert "De la part de : Martine Duval, maire" in summary
    assert "au portail UrbanVitaliz" in summary
    assert MILL in summary
    assert 1 == page.count("un assistant automatique")


async def test_the_team_accepts_and_the_advisors_who_fit_are_told_why(
    elu: Visitor, team: Visitor, advisor: Visitor
) -> None:
    ref = await submit(elu)
    waiting = await team.sees(board(ref), ref)
    assert MILL in waiting.only(ref).text
    assert "par Martine Duval (maire)" in waiting.only(ref).text
    await accept(team, ref)
    chat = await elu.sees("/", "j’ai prévenu")
    assert 1 == chat.count(f"Bonne nouvelle : votre projet « {TITLE} » est accepté.")
    for name in (
        "Martin Brossard (CAUE de la Vendée)",
        "Nadège Poirier (DDTM de la Vendée)",
        "Solène Guérineau (EPF de la Vendée)",
    ):
        assert name in chat.last.text
    opening = (await advisor.sees(room(ref), ref)).last.text
    assert MILL in opening
    assert (
        "Nadège Poirier (DDTM de la Vendée) : connaît le sujet « friche » et intervient dans le "
        "département « Vendée »"
    ) in opening
    assert "Thibaut Vanacker" not in opening


async def test_the_team_refuses_with_a_reason_that_the_elu_reads(
    elu: Visitor, team: Visitor
) -> None:
    ref = await submit(elu)
    page = await team.sees(board(ref), ref)
    reason = "Ce bâtiment appartient à un particulier : la commune ne peut pas encore agir."
    await team.submit(page, page.form(geste="refuser", projet=ref), {"texte": reason})
    chat = await elu.sees("/", "n’a pas été retenu")
    assert reason in chat.last.text
    page = await team.sees(board(ref), "Projet refusé")
    assert "La collectivité a reçu le motif." in page.last.text
    await team.say(board(ref), f"/accepter {ref}")
    await team.sees(board(ref), f"Le projet {ref} a déjà été refusé")
    assert 1 == (await elu.get("/")).count("n’a pas été retenu")


async def test_words_go_both_ways_under_names(
    elu: Visitor, team: Visitor, advisor: Visitor
) -> None:
    ref = await submit(elu)
    await accept(team, ref)
    await advisor.say(room(ref), "Bonjour, avez-vous le plan cadastral ?")
    asked = (await elu.sees("/", "plan cadastral")).only("plan cadastral")
    assert "Nadège Poirier (DDTM de la Vendée)" == asked.author
    await elu.say("/", "Oui, je vous l’envoie demain.")
    told = (await advisor.sees(room(ref), "je vous l’envoie")).only("je vous l’envoie")
    assert "Martine Duval (maire)" == told.author
    chat = await elu.get("/")
    assert (1, 1) == (chat.count("plan cadastral"), chat.count("je vous l’envoie"))


async def test_a_recommendation_with_its_deadline_is_answered_by_one_tap(
    elu: Visitor, team: Visitor, advisor: Visitor
) -> None:
    ref = await submit(elu)
    await accept(team, ref)
    await advisor.say(
        room(ref), "/reco Contacter l’EPF pour une étude de capacité avant le 30 juin 2027"
    )
    chat = await elu.sees("/", "Recommandation n° 1")
    assert "de Nadège Poirier (DDTM de la Vendée)" in chat.last.text
    assert "Contacter l’EPF pour une étude de capacité" in chat.last.text
    assert "avant le 30 juin 2027" in chat.last.text
    assert ["C’est fait", "En cours", "C’est bloqué", "Plus tard", "Pas intéressé"] == (
        chat.last.buttons
    )
    await elu.choose("/", "C’est fait")
    await elu.sees("/", "Bravo ! La recommandation n° 1 est faite")
    page = await advisor.sees(room(ref), "Martine Duval (maire) : recommandation n° 1, faite.")
    assert "échéance le 30 juin 2027" in page.text
    await elu.say("/", "/recos")
    listed = (await elu.sees("/", "Recommandations pour")).last.text
    assert "DDTM de la Vendée, faite" in listed


async def test_a_recommendation_is_published_by_the_form_of_the_room(
    elu: Visitor, team: Visitor, advisor: Visitor
) -> None:
    ref = await submit(elu)
    await accept(team, ref)
    page = await advisor.sees(room(ref), ref)
    await advisor.submit(
        page,
        page.form(field_name="echeance", geste="reco"),
        {"texte": "Faire un diagnostic de pollution.", "echeance": "2027-09-15"},
    )
    chat = await elu.sees("/", "Faire un diagnostic de pollution.")
    assert "À faire avant le 15 septembre 2027" in chat.last.text


async def test_a_file_goes_along_with_words(elu: Visitor, team: Visitor, advisor: Visitor) -> None:
    ref = await submit(elu)
    await accept(team, ref)
    plan = b"%PDF-1.7\nplan\n%%EOF\n"
    await elu.say("/", "Voici le plan.", ("plan cadastral.pdf", plan, "application/pdf"))
    page = await advisor.sees(room(ref), "Voici le plan.")
    message = page.only("Voici le plan.")
    assert message.file.startswith("plan cadastral.pdf")
    assert plan == await advisor.download(f"/fichiers/{message.id.removeprefix('m')}")


async def test_a_file_sent_with_the_description_waits_in_the_room(
    elu: Visitor, team: Visitor, advisor: Visitor
) -> None:
    photo = ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png")
    await elu.say("/", MILL, photo)
    await elu.sees("/", "Qui êtes-vous")
    await elu.say("/", MAYOR)
    await elu.sees("/", "Est-ce bien cela")
    ref = await send(elu)
    await accept(team, ref)
    page = await advisor.until(
        room(ref), lambda p: any(m.file.startswith("photo.png") for m in p.messages), "the photo"
    )
    assert 1 == sum(message.file.startswith("photo.png") for message in page.messages)


async def test_a_note_backstage_is_never_shown_to_the_member(
    elu: Visitor, team: Visitor, advisor: Visitor
) -> None:
    ref = await submit(elu)
    await accept(team, ref)
    secret = "Le propriétaire voisin serait vendeur."
    await advisor.say(room(ref), f"/note {secret}")
    await advisor.sees(room(ref), f"Coulisses – Nadège Poirier (DDTM de la Vendée) : {secret}")
    await advisor.say(room(ref), "Bonjour à tous !")
    await elu.sees("/", "Bonjour à tous !")
    await elu.say("/", "/historique")
    page = await elu.sees("/", "Historique de")
    assert "Bonjour à tous" in page.last.text
    assert secret not in page.html
    await advisor.say(room(ref), "/historique")
    assert secret in (await advisor.sees(room(ref), "Historique de")).last.text


async def test_an_observer_comments_and_cannot_recommend(
    elu: Visitor, team: Visitor, observer: Visitor
) -> None:
    ref = await submit(elu)
    await accept(team, ref)
    page = await observer.sees(room(ref), ref)
    assert "Proposer une recommandation" not in page.text
    await observer.say(room(ref), "/reco Contacter le préfet.")
    await observer.sees(room(ref), "les recommandations sont réservées aux conseillers")
    await observer.say(room(ref), "La sous-préfecture suit ce dossier.")
    chat = await elu.sees("/", "La sous-préfecture suit ce dossier.")
    assert "Lucette Dumoulin (Sous-préfecture de la Vendée)" == chat.last.author
    assert 0 == chat.count("Contacter le préfet")


async def test_with_several_projects_a_command_and_words_that_name_a_number_find_theirs(
    elu: Visitor, team: Visitor, advisor: Visitor
) -> None:
    first = await submit(elu)
    await accept(team, first)
    await advisor.say(room(first), "/reco Contacter l’EPF")
    await elu.sees("/", "Recommandation n° 1")
    await elu.say("/", "/nouveau À Luçon, l’ancienne gare est une friche à l’abandon.")
    await elu.sees("/", "Est-ce bien cela")
    await send(elu)
    label = f"{TITLE} ({first})"
    await elu.say("/", "/encours 1")
    assert label in (await elu.sees("/", "Pour quel projet ?")).last.buttons
    await elu.choose("/", label)
    await elu.sees("/", "la recommandation n° 1 est en cours")
    await elu.say("/", "la 1 est faite")
    await elu.sees("/", "De quel projet parlez-vous ?")
    await elu.choose("/", label)
    await elu.sees("/", "Bravo ! La recommandation n° 1 est faite")
    page = await advisor.sees(room(first), "recommandation n° 1, faite.")
    assert 1 == page.count("la 1 est faite")
    assert "faite Martine Duval (maire), " in page.text
