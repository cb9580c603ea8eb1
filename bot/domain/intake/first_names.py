"""The first names that most people in France bear: whoever says one means somebody, rather than a
place whose name is only near. « C'est Thierry » is not Thiéry.
"""

from bot.domain.wording.folding import folded_words

_COMMON = frozenset(
    """
    adam adele adeline adrien adrienne agathe agnes ahmed aime aimee alain alban albert alex
    alexandra alexandre alexia alexis alfred ali alice alicia aline alix alphonse amandine ambre
    amelie amina anais andre andrea andree ange angela angele angelique anita ann anna annabelle
    anne annette annick annie anthony antoine antoinette antonin antonio apolline ariane arlette
    armand armelle arnaud arthur astrid aude audrey auguste augustin aurelie aurelien aurore axel
    axelle aymeric baptiste barbara bastien beatrice benedicte benjamin benoit berengere bernadette
    bernard berthe bertrand blaise blanche blandine boris brice brigitte bruno camille carine carla
    carole caroline cassandra catherine cathy cecile cecilia cedric celestin celestine celia celine
    chantal charlene charles charlie charline charlotte chloe christel christelle
    christian christiane christine christophe cindy claire clara clarisse claude claudette claudie
    claudine clemence clement clementine clothilde clotilde colette coline constance corentin
    corinne cyril cyrille damien daniel daniele danielle dany daphne david deborah delphine denis
    denise desire didier dimitri dominique donatien dorothee dylan edgar edith edmond edouard
    eleonore elian eliane elias eliott elisa elisabeth elise elodie eloise elsa elvire emeline
    emile emilie emilien emma emmanuel emmanuelle enzo eric erika ernest erwan esteban estelle
    esther ethan etienne eugene eugenie eva eve evelyne fabien fabienne fabrice fanny fatima
    faustine felix ferdinand fernand fernande fiona flavie flavien flora florence florent florian
    florine france francine francis franck francois francoise frank fred frederic frederique
    gabriel gabrielle gael gaelle gaetan gaston gauthier gautier genevieve geoffrey geoffroy
    georges georgette gerald geraldine gerard germain germaine ghislain ghislaine gilbert gilberte
    gilles gisele gregoire gregory guilhem guillaume gustave guy gwenaelle hassan helene heloise
    henri henriette herve honore hortense hubert hugo hugues huguette ibrahim ines ingrid irene
    iris isabelle ismael ivan jacky jacqueline jacques jade jean jeanine jeanne jeannette jennifer
    jeremie jeremy jerome jessica joan joel joelle johan johanna john jonathan jordan jose joseph
    josephine josette josiane josselin juan jules julia julie julien juliette justin justine karen
    karim karima karine katia kelly kevin khadija killian laetitia lambert laura laure laurence
    laurent laurie laurine lea leila lena leo leon leonard leonie leontine leopold liliane lilian
    lilou lina lionel lisa lise loic lola lou louane louis louise louisette loup luc luca lucas
    luce lucette lucie lucien lucienne ludivine ludovic lydia lydie lylou maelle maeva magali
    magalie maite malika malo manon manuel marc marceau marcel marceline marcelle margaux margot
    marguerite maria mariam marianne marie marielle marilyne marin marina marine marion marius
    marjorie marlene marthe martial martin martine maryline maryse maryvonne mathias mathieu
    mathilde mathis matteo matthias matthieu maud maurice maurine max maxence maxime maximilien
    maya mehdi melanie melina melissa melodie michael michel michele micheline mickael miguel
    mireille mohamed moise monique morgan morgane mustapha myriam nadege nadia nadine naima
    nancy nans nathalie nathan nelly nicolas nicole nina noe noel noelle noemie nolwenn norbert
    oceane octave odette odile olga olivia olivier ophelie oscar pascal pascale patrice patricia
    patrick paul paula paule paulette pauline perrine philippe philomene pierre pierrette
    pierrick priscilla prosper quentin rachel rachid raoul raphael raphaelle raymond raymonde
    rebecca regine regis reine remi remy renaud rene renee richard robert roberte robin rodolphe
    rodrigue roger roland rolande romain romane romuald ronan rosalie rose roseline roxane sabine
    sabrina said salome samir samira samuel sandra sandrine sandy sara sarah sebastien serge
    severine sidonie simon simone sofia solange solene solenne sonia sophie stanislas stella
    stephane stephanie steve steven suzanne suzette suzie swann sybille sylvain sylvaine sylvestre
    sylvette sylvia sylviane sylvie tanguy tatiana teddy teo thea theo theodore theophile therese
    thibaud thibault thibaut thierry thomas tiffany timothee titouan tom tony tristan ugo valentin
    valentine valerie vanessa veronique victoire victor victoria victorien vincent violaine
    violette virgile virginie viviane vivien wilfried william xavier yann yannick yasmina yohan
    yolande youssef yoann yvan yves yvette yvon yvonne zoe
    """.split()
)


def is_a_first_name(words: str) -> bool:
    """Whether words begin with a common first name: « Thierry », « jean-pierre »."""
    said = folded_words(words)
    return bool(said) and said[0] in _COMMON
