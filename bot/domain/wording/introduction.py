"""How people say who they are: « Martine Duval, maire », « je suis Jean Petit, le DGS »."""

import re
from dataclasses import dataclass

from bot.domain.wording.folding import fold, folded_words

LONGEST_NAME = 60
LONGEST_FUNCTION = 100
_NAME_WORDS = 5
_SMALL_NAME_WORDS = 3

_SENTENCE_END = re.compile(r"(?<=\w{3})[.!]\s+|\n+")
_WITHHELD = re.compile(r"\[[^\]]*\]")
_OPENING = re.compile(
    r"(?:(?:bonjour|bonsoir|salut|alors|oui|et|voil[àa]|bon|ben|bah|euh|donc|ok)\b[\s,.!:]*)*"
    r"(?:moi\b[\s,]*)?"
    r"(?:(?:je m[’']appelle|je me nomme|mon nom(?: est)?|nom|c[’']est|ici|je suis|moi)\b[\s:,]*)?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[,;:(/]\s*|\s+[-–—]\s+|\s+et (?=je suis\b)", re.IGNORECASE)
_BEFORE_A_FUNCTION = re.compile(
    r"(?:(?:et|je suis|c[’']est|en tant que|actuellement|fonction)\b[\s:,]*)*(?:l[ae]\s+|l[’'])?",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"(?:\b(?:et|je suis|la|le)\s+|\bl[’'])*\b(?:maires?|adjointe?|conseill(?:er|[èe]re)|[ée]lue?|"
    r"(?:premier|premi[èe]re|vice|secr[ée]taire|directeur|directrice|pr[ée]sidente?|dgs|dga|dst|"
    r"technicien|technicienne|agente?|charg[ée]e?|cheffe?|responsable|animateur|animatrice|"
    r"stagiaire|maire-adjointe?|mairie)\b)",
    re.IGNORECASE,
)
_PARTICLES = frozenset("de du des la le les van von der ben el al dit".split())
_TITLES = frozenset("m mr mme mlle monsieur madame mademoiselle".split())
_ELIDED = re.compile(r"[dl][’'](?=[^\W\d_])", re.IGNORECASE)
_NOT_IN_A_NAME = frozenset(
    "ne pas je nous vous il elle ils elles on est sont suis que qui quoi pourquoi comment un une"
    " des ce cela ca oui non merci bonjour ok rien sais peut notre votre nos vos pour avec dans sur"
    " plus tard bof voila rien personne test hein euh salut coucou hello bonsoir bien anonyme ici"
    " lui eux moi toi suivant stop retour commune ville village projet nom prenom pareil idem c"
    " est nouveau nouvelle".split()
)
# What people order, in the forms they order it: « annule », « envoyez », « continuer ».
_ORDER = re.compile(
    r"\b(?:annul|envoy|envoi|continu|valid|confirm|recommenc|arret|chang|corrig|modifi|ajout"
    r"|supprim|effac|quitt|abandonn|laiss|transmett|attend|explique?|repet|pass|aid)"
    r"(?:e|es|er|ez|ons|ant)?\b"
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """A name, a function, or both ("" for what was not said); `rest` is what was said besides."""

    name: str
    function: str
    rest: str = ""


def read_introduction(text: str) -> Introduction | None:
    """Who somebody says they are; None if the words are no introduction."""
    said = _WITHHELD.sub(" ", text).strip()
    end = _SENTENCE_END.search(said)
    first, rest = (said[: end.start()], said[end.end() :]) if end else (said, "")
    if "?" in first:
        return None
    opening = _OPENING.match(first)
    body = first[opening.end() if opening else 0 :].strip(" .!,")
    if not body:
        return read_introduction(rest) if rest else None
    name, function = _parts(body)
    if function and _TITLES.issuperset(folded_words(name)):
        name = ""  # « Monsieur le maire »
    if name and not function and _FUNCTION.match(rest):
        function, rest = _bare_function(rest), ""
    if name and not _is_name(name):
        return None
    return (
        Introduction(name, function[:LONGEST_FUNCTION], rest.strip()) if name or function else None
    )


def _parts(body: str) -> tuple[str, str]:
    """The name and the function of « NAME, FUNCTION », in either order, or without the comma."""
    separator = _SEPARATOR.search(body)
    before, after = (
        (body[: separator.start()], body[separator.end() :]) if separator else (body, "")
    )
    function = _FUNCTION.search(before)
    if function is None:
        return before.strip(), _bare_function(after)
    if function.start() == 0:
        return (after.strip(" .)"), _bare_function(before)) if after else ("", _bare_function(body))
    stated = f"{before[function.start() :]}{body[separator.start() :] if separator else ''}"
    return before[: function.start()].strip(" -–—"), _bare_function(stated)


def _bare_function(words: str) -> str:
    words = words.strip(" .,;:)")
    opening = _BEFORE_A_FUNCTION.match(words)
    return words[opening.end() if opening else 0 :].strip()


def _is_name(words: str) -> bool:
    if not _written_as_a_name(words.split()):
        return False
    letters = words.replace("-", "").replace("’", "").replace("'", "").replace(".", "")
    return (
        len(words) <= LONGEST_NAME
        and len(words.split()) <= _NAME_WORDS
        and letters.replace(" ", "").isalpha()
        and _NOT_IN_A_NAME.isdisjoint(folded_words(words))
        and _ORDER.search(fold(words)) is None
    )


def _written_as_a_name(words: list[str]) -> bool:
    """All in small letters, as on a phone, but a surname in capitals; or each word but the
    titles and particles with a capital: « monsieur Roux », « Jean d’Arc ».
    """
    small = [
        word
        for word in words
        if _ELIDED.sub("", word, 1)[0].islower() and word.strip(".") not in _PARTICLES | _TITLES
    ]
    return not small or (
        len(words) <= _SMALL_NAME_WORDS and all(w[0].islower() or w.isupper() for w in words)
    )
