"""The little words around a name that tell what it is doing there."""

# Before a name (articles and prepositions between): the writer speaks for that place.
OWN_HEADS = frozenset(
    "mairie maire mairies maires commune communes ville village villages municipalite adjoint"
    " adjointe adjoints conseiller conseillere elu elue elus elues secretaire secretariat"
    " dgs dga ccas cias bourgmestre echevin bourg ici sommes services service municipal municipale"
    " municipaux delegue deleguee dst dsi habitants police techniques"
    " habitons municipalites municipaux collectivite bourgade chez directeur directrice"
    " technicien technicienne rpi sivos regie".split()
)
# Words that can stand between such a head and the name.
BETWEEN = frozenset(
    "de d du des la le les l a au aux en sur dans nous je suis municipal municipale rural rurale"
    " delegue deleguee generale general mairie nommee nomme appelee nouvelle petite petit belle"
    " historique urbaine touristique communal communale premier premiere 1er 1ere adjoint adjointe"
    " ancien ancienne rurales annexe mer".split()
)
# Before a name: it names a street, a bridge, a body, a neighbour; not the writer's place.
OTHER_HEADS = frozenset(
    "rue rues avenue av ave boulevard bd bld place quai impasse allee allees chemin sentier square"
    " cours esplanade faubourg passage villa voie route hameau lieudit dit quartier lotissement"
    " residence cite ferme moulin etang lac riviere ruisseau vallee foret bois col plateau domaine"
    " prefecture prefet prefete sous-prefecture ddt ddtm dreal chu chr tribunal cour universite"
    " hopital clinique km kms kilometres kilometre minutes min heures pres proche proches cote"
    " loin autour environs alentours vers direction entre voisine voisin voisins voisines"
    " limitrophe limitrophes habite vient venu venue venus venant parti partie sud nord est ouest"
    " portes peripherie banlieue comme exemple jusqu jusque ligne train gare tgv entreprise"
    " cabinet societe antiquaire notaire architecte architecture avocat bureau bureaux vendeur"
    " departementale rn rd autoroute sortie pont diocese eveche academie rectorat caf msa cpam"
    " canton arrondissement bassin boucle boucles bords bord monsieur madame famille association"
    " marche plage port baie golfe zone za zi zac parc caserne camp cimetiere accent saucisse"
    " tour porte croix fontaine source grotte gorges mont montagne pic cirque ile iles pays"
    " aeroport aerodrome echangeur dijonnais lycee college consulat ambassade dessus"
    " dessous".split()
)
# Times are told by these: no name is misspelt so.
TIMES = frozenset("demain hier aujourd hui".split())
# A verb that stands alone in small letters: what is before it and after it is not one name.
VERBS = frozenset("a est ont sont".split())
# A name does not begin with these, though what is glued to them can look like one.
PREPOSITIONS = frozenset("a au aux de d du des en dans sur sous par pour chez et ou".split())
# Before a name, these leave no doubt, however common the word that follows.
MAYORAL = frozenset("mairie maire commune ville village ccas".split())
# Those that still hold across « à »: « il habite à X », « de A à B ».
AWAY_HEADS = frozenset(
    "km kms kilometres kilometre minutes min heures habite habitent vient venu venue comme"
    " exemple jusqu"
    " jusque parti partie ligne train tgv route direction pres proche cote entre marche".split()
)
# After a name that begins a message: the place speaks of itself.
WISHES = frozenset(
    "cherche veut voudrait souhaite souhaiterait aimerait envisage porte lance prepare projette"
    " demande recherche construit possede dispose compte reflechit hesite manque perd".split()
)
TITLES = frozenset(
    "m mr mme mlle monsieur madame mademoiselle dr docteur maitre me messieurs mesdames mm mmes"
    " abbe pere soeur general marechal colonel capitaine president presidente famille veuve"
    " saint sainte".split()
)
ARTICLE_HEARD = {
    "le": "le",
    "du": "le",
    "au": "le",
    "la": "la",
    "l": "l",
    "les": "les",
    "des": "les",
    "aux": "les",
}
# Names of communes that describe a commune when written small: « commune de montagne ».
DESCRIPTIVE = frozenset(
    "montagne plaine campagne bourg mer village ville ecole centre coeur port pont rue place"
    " marche moyen grande taille moins environ plus cours cote bord fond haut bas milieu sable"
    " france chef nord sud est ouest".split()
)
COORDINATING = frozenset({"et", "ou", "puis", "avec"})
FIRST_NAMES = frozenset(
    "jean pierre michel claude philippe alain bernard christian daniel patrick jacques gerard andre"
    " rene louis paul marcel roger robert henri francois christophe nicolas david laurent eric"
    " thierry pascal bruno olivier stephane frederic julien sebastien thomas antoine maxime"
    " alexandre guillaume vincent arnaud benoit fabrice herve yves yannick gilles didier denis"
    " dominique serge guy raymond maurice georges joseph lucien emile albert charles etienne"
    " mathieu matthieu romain jerome cedric ludovic mickael anthony kevin lucas hugo theo leo"
    " gabriel arthur jules adam raphael ethan nathan enzo noah paul simon martin marc xavier"
    " damien emmanuel fabien franck gregory joel lionel loic norbert regis remi roland sylvain"
    " victor yvon yann marie martine nathalie isabelle sylvie catherine francoise christine"
    " monique valerie sandrine stephanie veronique sophie celine chantal patricia anne brigitte"
    " julie nicole laurence annie aurelie jacqueline virginie claire corinne caroline jeanne"
    " josiane therese elodie camille laetitia emilie florence christiane genevieve lea sarah"
    " delphine michele simone denise helene danielle colette bernadette beatrice yvette lucie"
    " carole emma manon chloe ines louise alice juliette lina eva rose agathe madeleine suzanne"
    " odile elisabeth evelyne fabienne karine magali marion mathilde muriel myriam odette paulette"
    " pauline sabrina severine solange sonia viviane yvonne anais angelique audrey charlotte"
    " clemence elise estelle fanny gaelle ginette gisele huguette jocelyne laure lydie maryse"
    " melanie nadine nadia nadege noemie raymonde regine renee roselyne samira fatima mohamed"
    " karim ahmed said rachid farid kader moussa mamadou awa aissatou".split()
)
# What is named after a saint without « de ».
DEDICATED = frozenset(
    "eglise chapelle abbaye abbatiale prieure basilique collegiale cathedrale couvent paroisse"
    " ecole college lycee institution institut hopital clinique hospice foyer salle halle quartier"
    " fontaine oratoire tour porte croix moulin".split()
)
