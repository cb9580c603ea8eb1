"""Danger to people now: what fails, at present, with people near; and what calms."""

import pytest

from bot.domain.understanding.reader import Reader
from bot.domain.urgency import Urgency


@pytest.mark.parametrize(
    "text",
    [
        "Le pont bouge quand le car scolaire passe dessus",
        "Un mur vient de s'effondrer sur la rue, il y a des gens dessous",
        "L'eau monte dans la maison de retraite, aidez-nous",
        "Ça sent le gaz dans l'école",
        "Des tuiles tombent sur le trottoir devant l'école",
        "Le feu approche du camping",
        "Le balcon vient de se détacher au-dessus du trottoir",
        "Des tuiles tombent dans la cour de récréation",
        "La passerelle va lâcher, les gens passent quand même",
        "L'eau monte dans les maisons du quartier bas",
        "Odeur de gaz dans la crèche",
        "On craint que le barrage cède avec les pluies annoncées cette nuit",
        "La digue cède cette nuit",
        "L'eau monte, la digue va lâcher",
        "Le toit de l'église est tombé sur la tête du curé",
        "Le barrage menace de céder",
        "La cave de l'école est pleine de gaz",
        "Un siège pend au manège et une petite est dessus",
        "Des élèves ont du mercure renversé sur les mains",
        "La barque s'est retournée avec des enfants",
    ],
)
def test_a_thing_that_fails_near_people_is_a_danger(reader: Reader, text: str) -> None:
    assert Urgency.IMMEDIATE == reader.understand(text).urgency


@pytest.mark.parametrize(
    "text",
    [
        "URGENT !!! dossier à déposer avant vendredi",
        "Notre rue est pleine de trous, les voitures dansent",
        "Sur la route pleine d'ornières, les cars sautent",
        "La charge de travail a explosé, les agents craquent",
        "Les murs se fendent depuis qu'il ne pleut plus, des familles s'inquiètent",
        "Les jeunes jouent au ballon le soir sur la place et font du bruit",
        "La toiture s'est effondrée en 2019, le site est clôturé",
        "Nous préparons un exercice d'évacuation",
        "Le nombre de familles a explosé, il faut une école",
        "Des tuiles sont tombées dans la cour en 2019",
        "Des tuiles tombaient dans la cour l'an dernier",
        "Si un jour des tuiles tombent dans la cour, qui est responsable ?",
        "Des tuiles tombent dans la cour, elle est barrée et l'accès est interdit au public",
        "Un jour on craint que le barrage cède, quelle étude faire ?",
        "Le toit de l'église est tombé sur la tête du curé en 1950",
        "La commune cède un terrain cette nuit",
        "Exercice de sécurité civile : simulation d'un incendie près du camping",
    ],
)
def test_haste_and_what_is_past_feared_or_over_are_none(reader: Reader, text: str) -> None:
    assert Urgency.IMMEDIATE != reader.understand(text).urgency


@pytest.mark.parametrize(
    "text",
    [
        "Notre dossier tombe à l'eau, les rideaux tombent dans la rue",
        "Le serveur lâche, les agents sont bloqués depuis ce matin",
        "L'aménageur nous lâche au milieu de l'écoquartier",
    ],
)
def test_a_manner_of_speaking_is_none(reader: Reader, text: str) -> None:
    assert Urgency.IMMEDIATE != reader.understand(text).urgency


def test_a_verb_tells_what_happens_only_in_the_forms_that_say_so(reader: Reader) -> None:
    now = reader.understand("Le mur s'écroule sur le trottoir")
    to_come = reader.understand("Le mur s'écroulera sur le trottoir")

    assert (Urgency.IMMEDIATE, True) == (now.urgency, to_come.urgency is not Urgency.IMMEDIATE)


def test_a_failure_that_is_named_is_a_danger_where_people_are_and_it_is_now(reader: Reader) -> None:
    now = reader.understand("Un gouffre devant l'école depuis ce matin, les élèves arrivent")
    some_day = reader.understand("Un gouffre devant l'école, on l'étudie")

    assert (Urgency.IMMEDIATE, True) == (now.urgency, some_day.urgency is not Urgency.IMMEDIATE)


def test_people_who_pass_in_spite_of_it_are_in_danger(reader: Reader) -> None:
    assert Urgency.IMMEDIATE == reader.understand("Le tablier, les bus passent toujours").urgency
    assert Urgency.IMMEDIATE != reader.understand("Les bus passent toujours dans la rue").urgency


def test_a_river_called_by_its_name_can_rise(reader: Reader) -> None:
    text = "La Vilaine monte dans la cour du collège"

    assert Urgency.IMMEDIATE == reader.understand(text).urgency


def test_a_number_of_people_is_not_a_year(reader: Reader) -> None:
    text = "La tribune se déboulonne, 2000 spectateurs dessus"

    assert Urgency.IMMEDIATE == reader.understand(text).urgency


def test_what_does_not_come_is_no_danger(reader: Reader) -> None:
    assert Urgency.IMMEDIATE != reader.understand("L'eau n'arrive plus à l'école").urgency


@pytest.mark.parametrize(
    "text",
    [
        "Le feu est dans le gymnase, il y a des enfants dedans",
        "Le mur se fend quand il pleut, et là il est en train de s'écrouler sur l'école",
        "Le mur s'écroule sur les enfants quand il pleut",
        "Le pont tremble quand le vent souffle, les gens passent",
        "Des familles se chauffent au charbon, un petit ne se réveille pas",
        "Fuite de gaz de ville rue du Marché, les habitants sont encore chez eux",
        "L'eau coule dans l'école, les enfants ont de l'eau jusqu'à la taille",
        "La rivière coule dans les maisons, on évacue",
        "Le mur muré s'effondre sur la rue, des passants sont dessous",
        "Il y a le feu à la mairie, venez vite",
        "Le feu a pris dans la cantine, il y a des enfants dedans",
        "Un incendie ravage l'école, des élèves sont à l'intérieur",
        "Un homme est sous le mur, il ne répond plus",
        "Une femme accouche sur la route bloquée par la neige, l'ambulance n'arrive pas",
        "Il y a des gens sous les gravats",
        "L'ambulance ne passe pas, un homme fait un malaise cardiaque",
        "Des gens tirent sur la foule",
        "On tire sur les passants depuis une fenêtre",
        "Un homme avec un couteau dans l'école",
        "Les habitants sont réfugiés sur les toits",
        "Des familles réfugiées sur le toit, l'eau monte",
        "Les plongeurs ne remontent pas, on est au bord de l'étang",
        "La glace a cédé, des enfants sont dans l'étang",
        "Un chien vient de mordre une fillette, il court toujours devant l'école",
        "Une fumée toxique sort de l'usine, la sirène sonne, les élèves sont dehors",
        "Les parkings se remplissent d'eau, des gens sont dans leurs voitures",
        "Le groupe électrogène tourne dans la cave, ils ont mal à la tête",
        "On a trouvé une bombe de la guerre dans le jardin de l'école",
        "Une bousculade à la sortie du stade, des gens sont piétinés",
        "Mouvement de foule au concert, des gens sont piétinés",
        "Le diabétique du hameau isolé par la neige n'a plus d'insuline",
        "Débordement de la cuve d'acide, les ouvriers sont brûlés",
        "Le pont est coupé en deux, un car est dessus",
        "Des élèves se sentent mal, il y a une odeur dans la classe",
        "Ils se chauffent au barbecue à l'intérieur de l'appartement avec des enfants",
        "La passerelle lâche, des poussettes sont bloquées au milieu",
        "Un enfant est tombé dans la rivière, il ne remonte pas",
        "L'ambulance est bloquée sur le pont qui bouge",
        "Une grange en feu, le feu gagne les maisons",
        "Le mur d'escalade s'effondre sur les enfants",
        "La grande roue penche, des enfants sont dedans",
        "Le feu a pris dans les combles de la mairie",
        "Il y a le feu à l'école",
        "Un incendie ravage la grange, le feu gagne le toit voisin",
        "Le toit se soulève quand le vent souffle, les élèves sont en classe dessous",
        "Le plafond est en train de tomber sur les élèves, comme chaque hiver",
        "Une fuite de gaz dans la cave de l'immeuble, les habitants sont dedans",
        "Un ouvrier est sous les gravats",
        "On entend appeler sous les décombres",
        "La fillette ne se réveille plus, le poêle fume",
        "Des habitants sont réfugiés à l'étage, l'eau monte",
        "Le manège s'est cassé net, des enfants sont dessus",
        "Une femme est en train d'accoucher, la route est bloquée par la neige",
        "Au feu ! la grange brûle et le feu gagne les maisons",
        "Deux gamins sont passés à travers la glace de l'étang",
        "Le torrent vient de prendre la route, un bus est au milieu",
        "La maison brûle, des enfants sont dedans",
        "Un enfant est coincé sous une poutre tombée du préau",
        "La crue emporte le pont, il y a un bus dessus",
        "Il y a le feu dans l'EHPAD, les résidents sont dedans",
        "Le feu ravage la garrigue et court vers le camping",
        "Le mur de l'école est en train de s'effondrer, les élèves sont dans la cour",
        "L'eau monte dans la salle, des familles sont coincées à l'étage",
        "Y a le feu chez le voisin de la mairie, au secours",
        "Le plafond de la cantine tombe, les enfants mangent dessous",
        "Ça sent le gaz de ville dans la crèche",
        "Le pont s'effondre, des voitures sont tombées dans la rivière",
        "Un arbre vient de tomber sur un passant",
        "Un car est coincé dans la crue, des élèves sont dedans",
        "Le train arrive et un camion est coincé sur le passage à niveau",
        "Le balcon de l'immeuble tombe, des gens attendent dessous",
        "Le totem de la place s'arrache avec le vent, des gens passent dessous",
    ],
)
def test_danger_is_heard_in_other_words_and_whatever_stands_beside_it(
    reader: Reader, text: str
) -> None:
    assert Urgency.IMMEDIATE == reader.understand(text).urgency


@pytest.mark.parametrize(
    "text",
    [
        "Beaucoup de gens sous contrat précaire travaillent à la mairie",
        "Chez nous les femmes accouchent à 60 km",
        "Les saumons ne remontent pas la rivière à cause du seuil",
        "Les commandes ne remontent pas au siège",
        "Les agents tirent sur la corde",
        "On cherche le couteau suisse numérique de la mairie",
        "L'ambulance ne passe pas dans la ruelle",
        "L'ambulance ne passe pas dans la ruelle, on veut l'élargir",
        "Réfugiés sur la commune : logement",
        "Des réfugiés sur la commune cherchent un logement",
        "Une bousculade au portail de l'école chaque matin",
        "Le village est coupé en deux par la voie ferrée, les voitures attendent",
        "Glace cassée à la patinoire, les jeunes attendent",
        "Il manque d'oxygène dans l'étang, les poissons souffrent",
        "La sirène de l'usine ne marche plus",
        "Le réservoir se remplit d'eau marron, les gens se plaignent",
        "Le débordement de la cuve d'eau de pluie inonde le jardin",
        "Une bombe de la guerre est exposée au musée",
        "Le groupe électrogène en panne à la cave de la mairie",
        "Notre site est plein de gaz à effet de serre à réduire",
        "Un barbecue à l'intérieur de l'écoquartier pour les habitants",
        "La foule en mouvement au marché nous fait plaisir",
        "La pharmacie manque d'insuline",
        "Le loup a mordu un chien ce matin",
        "Les agents se sentent mal dans les bureaux trop chauds",
        "Les poussettes sont bloquées au milieu du trottoir par les poteaux",
        "Le contrat de gaz de ville augmente",
        "L'eau coule sous le pont, il faut le restaurer",
        "Les élèves sentent mal le projet d'école",
        "On veut un treuil pour l'atelier",
        "Les brûlures de cigarette sur le mobilier urbain",
        "Les landaus ne passent pas sur le trottoir",
        "Les enfants ont mal au ventre après la cantine, l'an dernier",
        "Les chevaux piétinent la prairie",
        "Le bourg est coupé en deux par la route",
        "Un bateau coule des jours paisibles dans notre port",
        "L'arrêt cardiaque : on veut un défibrillateur",
        "Formation aux hémorragies pour les agents",
        "On n'ose pas sortir le soir, il n'y a pas d'éclairage",
        "La grue a traversé le village",
        "Entend-on frapper à la porte de la mairie",
        "Le toit vitré laisse traverser la lumière",
        "Des ambulances bloquées par les travaux du carrefour, on veut un giratoire",
        "Au bord de la mer la population est prise au piège des prix",
        "Le feu a pris la forme d'une tradition ici, feu de la Saint-Jean",
        "Le feu à l'entrée du bourg est trop long",
        "On veut mettre un feu à la sortie du collège",
        "L'incendie a ravagé l'école en 2019",
        "Nous sommes en train de réparer le mur de l'école tombé en 2019",
        "Le bloc sanitaire de l'école : il faut refaire la maison",
        "Aménager la traversée du bourg : un arbre, un mur et des maisons gênent",
        "Des guirlandes accrochées aux arbres de la place pour les enfants",
        "Le bus est arrêté, la ligne est suspendue depuis ce matin",
        "La rivière : notre communauté vient de prendre la compétence",
        "Coulée verte jusqu'au hameau, elle arrive aux maisons",
        "Les gens attendent sous l'abri de la place ce matin",
        "Le projet piétine et les enfants attendent",
        "Les petits commerces appellent à l'aide",
        "Une hémorragie de commerces dans le bourg",
        "Le feu tricolore gagne du temps aux voitures devant l'école",
        "Il y a le feu vert du conseil pour l'école",
        "Il n'y a pas le feu, la mairie attend",
        "La rue soulève des questions à l'école",
        "Le conseil se penche sur le pont et la rue de l'école",
        "La route descend de l'église vers l'école",
        "Un incendie a ravagé l'école l'an dernier, il faut la rebâtir",
        "L'incendie de 2019 a détruit la salle",
        "Le mur d'escalade du gymnase bouge les habitudes des jeunes",
        "La grande roue attire des familles ce samedi",
        "Des logements pour les réfugiés à l'étage de la mairie",
        "Le village se réveille pas assez tôt, les gens partent",
        "Un bateau est retourné au port pour l'hiver",
        "Nous allons dans le mur si la rue n'est pas refaite",
        "Les gens vont prendre la route du col, le bus passe à 8 h",
        "L'ambulance met trente minutes, on n'arrive pas à attirer un médecin",
        "Un jeune veut sauter le pas et reprendre la boulangerie",
        "Les chiens mordus de chasse gênent les promeneurs",
        "Les agents vont sauter de joie si le toit est refait",
        "Le cabinet de la mairie appelle à l'aide pour le pont",
        "Le feu d'artifice du 14 juillet près de la forêt",
        "Les pompiers ne sont pas là le week-end, on veut un centre",
        "Il manque un treuil au port",
        "La sirène du village hurle chaque mercredi",
        "L'école est en train de se vider, elle a perdu 20 élèves en 2024",
        "Nous sommes en train d'étudier le mur fissuré de l'école",
        "L'eau coule dans la fontaine du village",
        "Le chauffage au gaz de ville de l'école coûte trop cher",
        "La ruelle est trop étroite pour une ambulance",
        "Le marché est plein, les gens passent, on veut l'agrandir",
        "Le bateau-lavoir coulé dans la rivière est notre patrimoine",
        "Les enfants mangent la cantine bio et n'ont plus mal au ventre",
        "Les poussettes passent mal sur les trottoirs de la passerelle",
        "Le feu à la sortie de l'école dure trop longtemps",
        "La bombe aérosol a taché le mur de la mairie",
        "Les parkings se remplissent, les gens se garent partout",
        "Une nacelle suspendue permettrait aux agents de tailler les arbres",
        "Les élèves ont chaud, l'école surchauffe et les agents étouffent",
        "Le bus et les voitures sont bloqués par la neige chaque hiver, il faut un déneigement",
        "Les gens se jettent sur les places de parking devant la gare",
        "La bombe à retardement de nos réseaux d'eau",
        "Les enfants ont trouvé un nid dans le jardin de l'école",
        "Les chiens errants ont mordu des brebis, les éleveurs sont toujours inquiets",
        "Le chauffage au charbon de l'école coûte cher, les enfants dorment mal",
        "Le parking se remplit d'eau à chaque orage",
        "Les arbres et le mur de la maison cachent la vue",
        "On entend crier les enfants dans la cour, les voisins se plaignent",
        "On entend frapper les cloches, un riverain est gêné dans sa maison",
        "Les jeunes mettent le feu aux poubelles de la place, que faire ?",
        "Le feu de l'école est en panne, les voitures passent",
        "Un incendie a détruit la salle des fêtes en 2021, il faut reconstruire",
        "L'incendie de l'an dernier a ravagé la forêt, on veut replanter",
        "Nous sommes en train de monter un dossier pour le pont fissuré",
        "Les bus passent encore devant l'école, c'est dangereux pour les enfants",
        "La rivière traverse le village, les gens passent sur le gué",
        "Notre mur s'effondre peu à peu, il faut un devis",
        "Une école coupée en deux par la route, les enfants traversent",
        "Les gens passent dans la rue, les murs sont gris, nous voulons une fresque",
        "Ce matin les agents ont vu que le toit de l'école est sale",
        "Les jeunes jouent sous le préau, le mur est sale",
        "Nous sommes en train d'aménager la digue pour les promeneurs",
        "Le petit bateau coulé au port est à enlever",
        "Le projet de rue s'appuie sur le mur de l'église et l'école",
        "La commune se sépare de la maison de l'école",
        "Les enfants s'appuient sur le mur, on veut un banc",
        "Ce samedi la scène du bal est sur la place, les jeunes dansent",
        "Un agent est monté tout seul à l'étage de l'école",
        "Les usagers attendent au guichet, la conduite d'eau fuit",
        "On a mis une table et un panneau dans la rue, les jeunes jouent",
    ],
)
def test_a_frightening_word_in_peaceful_company_is_no_danger(reader: Reader, text: str) -> None:
    assert Urgency.IMMEDIATE != reader.understand(text).urgency
