"""Yes, no, giving up and questions, said in one's own words."""

import re

from bot.domain.wording.folding import fold

_LONGEST = 6
_YES = re.compile(
    r"(?:oui|ok|okay|exact|exactement|parfait|d accord|entendu|tout a fait|c est (?:bon|ca|bien ca)"
    r"|c est correct|correct|envoyez|envoyer|envoie|allez y|valide[rz]?|je valide|je confirme)\b"
)
_BUT = re.compile(r"\b(?:non|pas|mais|sauf|ne|n|attend\w*|plutot)\b")
_NO = re.compile(
    r"\s*(?:(?:ah |mais )?non|pas du tout|pas exactement|pas tout à fait|c[’']est faux"
    r"|(?:ce n[’']|c[’'])est pas (?:ça|cela|bon|exact|juste))\b[\s,.;:!–—-]*",
    re.IGNORECASE,
)
_GIVES_UP = re.compile(
    r"(?:non |finalement |stop |on |j |je veux |je voudrais |merci )*"
    r"(?:annule[rz]?|abandonne[rz]?|laisse[rz]? tomber|laisse[rz]?)(?: tout| ca| merci| svp)*"
)
_DECLINES = re.compile(
    r"\b(?:je (?:ne |n )?(?:veux|souhaite|prefere|peux|dirai) (?:pas|rien|rester)|je refuse|anonyme"
    r"|anonymement|sans (?:mon |donner mon )?nom|pas envie)\b"
)
_UNSURE = re.compile(r"\b(?:sai[st] (?:pas|plus)|aucune idee|pas encore|oublie|hesit\w+)\b")
_COURTESY = re.compile(
    r"(?:(?:merci|svp|s il (?:vous|te) plait|pardon|attende?z?|attends|un instant|desolee?|bof|non"
    r"|pas du tout|pas vraiment|c est (?:faux|pas ca)|pas ca|tant pis|rien|beaucoup|bien|cela|ca)"
    r"(?: |$))*"
)
_QUESTION = re.compile(
    r"(?:pourquoi|comment|c est quoi|qu est ce|a quoi|qui (?:lit|lira|etes|es tu)|quoi|pardon)\b"
)


def agrees(words: str) -> bool:
    """Whether the words say yes and nothing else: « oui, c'est bien ça », « ok envoyez »."""
    said = fold(words)
    short = len(said.split()) <= _LONGEST and "?" not in words
    return short and _YES.match(said) is not None and _BUT.search(said) is None


def gives_up(words: str) -> bool:
    """Whether the words drop everything: « annuler »."""
    return _GIVES_UP.fullmatch(fold(words)) is not None


def asks(words: str) -> bool:
    """Whether the words are a question."""
    return "?" in words or _QUESTION.match(fold(words)) is not None


def declines(words: str) -> bool:
    """Whether the words refuse to answer: « non », « je préfère rester anonyme »."""
    return objection(words) is not None or _DECLINES.search(fold(words)) is not None


def unsure(words: str) -> bool:
    """Whether the words say that one does not know: « je ne sais plus »."""
    return _UNSURE.search(fold(words)) is not None


def objection(words: str) -> str | None:
    """What follows « non », « ce n'est pas ça » (perhaps ""); None if they begin otherwise."""
    no = _NO.match(words)
    if no is None:
        return None
    instead = words[no.end() :].strip()
    return "" if says_nothing(instead) else instead


def says_nothing(words: str) -> bool:
    """Whether the words are courtesy, or none: « merci », « attendez »."""
    return _COURTESY.fullmatch(fold(words)) is not None
