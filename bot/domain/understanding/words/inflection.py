"""Words whatever their number, gender or conjugation: the keys that all their forms share."""

import re

LITTLE = frozenset(
    "le la les l un une des du de d au aux a en et ou ce cet cette ces c notre nos votre vos mon ma"
    " mes son sa ses leur leurs dans sur pour par qui que qu est y on nous vous il elle ils elles"
    " je j se s me m te t ne n chez avec tres".split()
)
# Words that are whole: their ending is no mark of number, gender or conjugation.
_WHOLE = frozenset(
    "plus sous tous pris mars cours temps corps fois alors sans sens vers mais puis depuis donnees"
    " tres moins apres dehors prix choix voix deux gaz acces proces succes mauvais bus radis place"
    " boucher clocher plancher potager passager course courses classee classees arrete arretes"
    " tombe tombes tombee tombees presse porter tour poste postes mail mails".split()
)
# What ends a conjugated form of a verb in -er; what is before is its root.
_VERBAL = re.compile(
    r"(?:er|ez|e|es|ent|ons|ee|ees|ait|ais|aient|ant|era|erai|erons|eront|erait|eraient)$"
)
_INFINITIVE = re.compile(r"[a-z]{3,}er$")


def stem(word: str) -> str:
    """A folded word without its marks of number and gender."""
    if word in _WHOLE:
        return word
    if len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    if word in _WHOLE:
        return word
    if len(word) > 4 and word.endswith("ee"):
        word = word[:-1]
    if len(word) > 5 and word.endswith("e"):
        return word[:-1]
    return word


def verb_root(word: str) -> str | None:
    """The key that all forms of a verb in -er share; None where `word` can be none of them."""
    if word in _WHOLE:
        return None
    if word.endswith("ers"):
        word = word[:-1]  # « ateliers », whose singular ends as an infinitive
    match = _VERBAL.search(word)
    return f"{word[: match.start()]}~" if match and match.start() >= 3 else None


def key_of(word: str, initial: bool) -> str:
    """The key of a word of the vocabulary: an infinitive stands for all its forms."""
    if initial:
        return f"{word}*"
    return (_INFINITIVE.match(word) and verb_root(word)) or stem(word)
