"""Questions about the service itself: its price, who reads, what becomes of what is said."""

import re
from enum import StrEnum

from bot.domain.intake.consent import asks
from bot.domain.wording.folding import fold


class About(StrEnum):
    """What a question about the service is about."""

    PRICE = "price"
    DATA = "data"


_OPENING = r"(?:(?:bonjour|euh|alors|et|mais|ok|oui|merci|au fait|d abord|pardon|attendez) )*"
_SERVICE = r"(?:ca|cela|(?:le|ce|votre) service|votre (?:aide|accompagnement)|l accompagnement)"
_FOR_US = r"(?: pour (?:nous|(?:la|ma|notre|une) (?:commune|mairie|collectivite)|les communes))?"
_PRICE = re.compile(
    rf"{_OPENING}"
    rf"(?:combien (?:est ce que )?{_SERVICE} (?:nous |me |vous |va )*(?:coute|coutera|couter)"
    rf"|combien (?:coute|coutera) {_SERVICE}|{_SERVICE} (?:nous |me )?coute combien|c est combien"
    rf"|(?:est ce que |est ce )?(?:(?:c|{_SERVICE}) est |ce sera )?(?:bien |vraiment )?"
    r"(?:payant|gratuit)"
    r"|quels? (?:est|sont) (?:les?|votre|vos) (?:prix|couts?|tarifs?)(?: d[eu] (?:ce )?service)?"
    r"|(?:est ce qu (?:il|on) |il |on |je |nous )?(?:faut|doit|dois|devons)(?: il| on| je| nous)?"
    rf" payer(?: quelque chose)?){_FOR_US}"
)
_ASKED = re.compile(r"\b(?:combien|quels?|est ce)\b")
"""What makes a question without its mark: « il faut payer » is said of the project."""

_ABOUT_THE_PROJECT = re.compile(r"\b(?:aid\w+|infos?|renseignements?|nous|notre|nos)\b")
_LONGEST_QUESTION = 10

_MINE = r"mes (?:donnees|messages?|informations|coordonnees)"
_SAID = r"ce que (?:j |je |je vous )(?:ecris|dis|raconte)"
_READERS = re.compile(
    rf"{_OPENING}qui (?:est ce qui |d autre )?(?:va |vont |peut |peuvent |pourra )?"
    r"(?:me )?(?:lire|lit|lira|liront|voir|voit|verra|verront)"
    rf"(?: tous| tout)*(?: {_MINE}| {_SAID}| ca| cela| ici)*"
)
_MY_DATA = re.compile(rf"\b(?:{_MINE}|{_SAID})\b")
_ERASE = re.compile(
    rf"{_OPENING}(?:(?:je (?:veux|voudrais|souhaite|souhaiterais|demande)(?: que vous| a)?"
    r"|pouvez vous|pourriez vous|merci de|veuillez) )?(?:supprim|effac|retir)(?:ez|er|iez)\b"
)
"""What one's data are said to be erased with: « j'ai retiré mes informations » tells of a file."""

_KEPT = re.compile(
    r"\b(?:(?:gard|conserv|stock|proteg|utilis|devien|confidentiel|public|vend|partag|transm"
    r"|securi)\w*|fai(?:tes|re|t)|acces|vont|va|lue?s?|li(?:t|re|sent))\b"
)
_CONFIDENTIAL = re.compile(r"(?:(?:est ce que )?c est (?:bien )?confidentiel|(?:et )?(?:le )?rgpd)")


def about_the_service(words: str) -> About | None:
    """What words ask of the service, if they ask nothing else."""
    said = fold(words)
    if ("?" in words or _ASKED.search(said)) and _PRICE.fullmatch(said):
        return About.PRICE
    return About.DATA if _asks_about_data(words, said) else None


def _asks_about_data(words: str, said: str) -> bool:
    if len(said.split()) > _LONGEST_QUESTION or _ABOUT_THE_PROJECT.search(said):
        return False
    if _MY_DATA.search(said) and (_ERASE.match(said) or (asks(words) and _KEPT.search(said))):
        return True
    confidential = "?" in words and _CONFIDENTIAL.fullmatch(said) is not None
    return confidential or _READERS.fullmatch(said) is not None


def asks_the_assistant(words: str) -> bool:
    """Whether words that ask for help are a question about the assistant alone, however it is put:
    « est-ce que c'est vous qui lisez ? », not « pouvez-vous nous aider à… ? ».
    """
    said = fold(words)
    short = len(said.split()) <= _LONGEST_QUESTION
    return short and asks(words) and _ABOUT_THE_PROJECT.search(said) is None
