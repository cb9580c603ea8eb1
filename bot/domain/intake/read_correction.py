"""Words that correct the summary: « le lieu est Apremont », « non, c'est plutôt un pont »."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.intake.consent import says_nothing
from bot.domain.intake.correction import Correction, together
from bot.domain.intake.place_certainty import is_doubtful, is_proper, is_somebody, is_sure
from bot.domain.intake.place_names import names, place_in
from bot.domain.understanding import Evidence, Reader, TerritoryReading, TerritoryStatus
from bot.domain.wording.folding import fold, folded_words
from bot.domain.wording.introduction import Introduction, read_introduction

LONGEST_TITLE = 80
_LONGEST = 30
"""More words than that tell a story rather than correct."""

_LONGEST_VALUE = 8
_MOST_LETTERS = 300
_OFFICE_WORDS = 3

_FIELDS = {
    "place": ("lieu", "commune", "ville", "village", "endroit", "territoire", "mairie"),
    "theme": ("sujet", "thème", "theme", "domaine"),
    "title": ("titre", "intitulé", "intitule", "nom du projet"),
    "who": ("nom", "prénom", "prenom", "fonction"),
}
_OF_WORD = {word: field for field, words in _FIELDS.items() for word in words}
_FIELD = (
    r"(?:(?:le|la|ma|mon|notre|du|de la|de)\s+|l'|d'|de l'|de l’)?(?P<field>nom du projet|"
    + "|".join(word for word in _OF_WORD if " " not in word)
    + r")(?:\s+du projet)?"
)
_GREETING = re.compile(
    r"(?:(?:bonjour|euh|hum|alors|bon|bah|ben|ah|oh|merci|oui|ok)\b[\s,.!:;–—-]*)+", re.IGNORECASE
)
_OBJECTS = re.compile(
    r"(?:(?:mais|non|si|oups|pardon|désolée?|attention|erreur|correction|en fait|en réalité"
    r"|finalement|plutôt|sauf que|excusez[- ]moi|je me suis trompée?|je voulais dire|ah|oh"
    r"|en vérité)\b[\s,.!:;–—-]*)+",
    re.IGNORECASE,
)
_IS = re.compile(
    r"(?:c'est|ce serait|ce sera|il s'agit|ça se passe|cela se passe|ça concerne|cela concerne"
    r"|mettez|mets|écrivez|disons|on est|nous sommes|je préfère parler|parlons|je veux parler)\s+"
    r"(?:(?:plutôt|bien|en fait|surtout|d'un|d'une|du|de|à|au|aux)\s+)*",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"{_FIELD}\s*,?\s*(?:c'est|est|serait|sera|doit être|devrait être|:|=|,)\s*"
    r"(?:(?:plutôt|bien|en fait|à|au|aux)\s+)*(?P<value>.+)",
    re.IGNORECASE | re.DOTALL,
)
_CHANGE = re.compile(
    r"(?:(?:je (?:veux|voudrais|souhaite)|il faut|on peut|pouvez-vous|vous pouvez)\s+)?"
    rf"(?:chang|remplac|corrig|modifi|rectifi)\w*\s+(?:de\s+)?{_FIELD}"
    r"(?:\s+(?:par|en|pour|:)\s+(?P<value>.+))?",
    re.IGNORECASE | re.DOTALL,
)
_WRONG = re.compile(
    rf"(?:{_FIELD}\s+(?:n'est|est)\s+(?:pas\s+(?:le |la )?(?:bonn?e?|juste|exacte?)|fau(?:x|sse)"
    r"|erronée?|mauvaise?|incorrecte?)"
    r"|(?:ce n'est pas|c'est pas|pas)\s+(?:le|la)\s+bon(?:ne)?\s+(?P<other>\w+)"
    r"|(?:je me suis |on s'est )?tromp\w+\s+(?:de|sur)\s+(?:(?:le|la)\s+|l')?(?P<third>\w+)"
    r"|(?:une? )?(?:autre|mauvaise?|erreur (?:de|sur))\s+(?:(?:le|la)\s+|l')?(?P<fourth>\w+))",
    re.IGNORECASE,
)
_SLIPS = (
    (re.compile("’"), "'"),
    (re.compile(r"\bc ?est\b", re.IGNORECASE), "c'est"),
    (re.compile(r"\bc (?=pas\b|à\b|un\b|une\b)", re.IGNORECASE), "c'est "),
    (re.compile(r"\benfait\b", re.IGNORECASE), "en fait"),
)
"""As people type on a phone, and as it is read."""

_CONTRASTS = (
    re.compile(
        r"(?:.*?\bpas\b)\s*.+?(?:\s*,\s*|\s+)(?:mais|c'est|plutôt)\b(?P<value>.+)",
        re.IGNORECASE,
    ),
    re.compile(r"pas\s+[^,]+,\s*(?P<value>.+)", re.IGNORECASE),
    re.compile(r"remplac\w+\s+.+?\s+par\s+(?P<value>.+)", re.IGNORECASE),
    re.compile(
        r"(?P<value>.+?)(?:\s*,\s*|\s+)(?:et (?:non |pas )(?:pas )?|pas |au lieu d|à la place d).+",
        re.IGNORECASE,
    ),
)
_WHO = re.compile(
    r"(?:moi\s+)?(?:je m'appelle|je me nomme|mon nom est|moi,? c'est)\b", re.IGNORECASE
)
_I_AM = re.compile(r"je suis\s+(?!pas\b)", re.IGNORECASE)
_NEXT = re.compile(
    r"\s*[;.\n]\s*|,\s+(?=(?:c'est|le |la |l'|je |mon )\S)"
    r"|(?:\s*,)?\s+et\s+(?=(?:c'est|le (?:lieu|sujet|titre|thème)|la commune|je |mon )\b)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\s+(?:que|qui|svp|s'il (?:vous|te) plaît|merci)\b.*$|\s+qu'.*$", re.IGNORECASE
)
_LITTLE = re.compile(
    r"^(?:(?:à|au|aux|en|dans|sur|bien|plutôt|l[ae]s?|de|du|d'un|d'une)\s+)+", re.IGNORECASE
)
_ONE = re.compile(r"(?:un|une|des|d'un|d'une|du)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:aussi|egalement|en plus|ainsi que)\b")


def read_correction(words: str, reader: Reader) -> Correction | None:
    """What the words correct; None if they correct nothing, or ask."""
    if "?" in words or len(words) > _MOST_LETTERS or len(folded_words(words)) > _LONGEST:
        return None
    said = words.strip()
    for slip, meant in _SLIPS:
        said = slip.sub(meant, said)
    greeting = _GREETING.match(said)
    said = said[greeting.end() :] if greeting else said
    wrong = _wrong(said.strip(" .!"))
    if wrong:
        return Correction(wrong=wrong, stated=True)
    objects = _OBJECTS.match(said)
    objected = objects is not None
    said = said[objects.end() :] if objects else said
    found = Correction()
    for piece in filter(str.strip, _NEXT.split(said)):
        part = _piece(piece.strip(" .!,:"), reader, objected)
        found = together(found, part) if part else replace(found, more=True)
    if found.meant and (found.place or found.who or found.more):
        found = replace(found, meant=None, more=True)  # « c'est Marcet, le maire » is somebody
    return None if found.empty else found


def _piece(said: str, reader: Reader, objected: bool) -> Correction | None:
    wrong = _wrong(said)
    if wrong:
        return Correction(wrong=wrong, stated=True)
    stated = _STATED.fullmatch(said) or _CHANGE.fullmatch(said)
    if stated is not None:
        field = _OF_WORD[stated["field"].lower()]
        value = stated["value"]
        return (
            _of_field(field, value, reader)
            if value
            else Correction(wrong=field if field != "title" else "", stated=True)
        )
    who = _who(said)
    if who is not None:
        return Correction(who=who, stated=True)
    contrast = next((m for m in (c.fullmatch(said) for c in _CONTRASTS) if m), None)
    is_ = _IS.match(said)
    value = contrast["value"] if contrast else said
    inner = _IS.match(value.strip())
    value = value.strip()[inner.end() :] if inner else value
    firm = objected or contrast is not None
    found = _valued(value.strip(), said, reader, 1 / 3 if firm else 2 / 3)
    if found is None or found.place is None:
        return found and replace(found, stated=firm)
    return _of_a_place(found, found.place, said, reader, firm, said_so=firm or is_ is not None)


def _of_a_place(
    found: Correction,
    place: TerritoryReading,
    said: str,
    reader: Reader,
    firm: bool,
    *,
    said_so: bool,
) -> Correction | None:
    """The correction, if its place is one: asked, where the words only come near its name."""
    if not is_sure(place, said, reader, firm, said_so):
        return None
    if is_doubtful(place, said, reader):
        if is_somebody(place, said) or (found.more and not firm):
            return None
        if not firm:
            return Correction(meant=place, stated=said_so)
    if not said_so:
        # A name alone is a place only if it is read as one at first sight: « Petit » is a person.
        sure = reader.understand(said).territory.status is not TerritoryStatus.ABSENT
        return found if sure else None
    return replace(found, stated=True)


def _wrong(said: str) -> str:
    """The field that is called wrong, or ""."""
    match = _WRONG.fullmatch(said)
    if match is None:
        return ""
    word = match["field"] or match["other"] or match["third"] or match["fourth"] or ""
    return _OF_WORD.get(word.lower(), "").replace("title", "")


def _of_field(field: str, value: str, reader: Reader) -> Correction | None:
    """What is said of a field that is named."""
    if field == "title":
        return Correction(title=_unquoted(value)[:LONGEST_TITLE], stated=True)
    for contrast in _CONTRASTS[:2]:
        match = contrast.fullmatch(value)
        value = match["value"] if match else value
    value = _bare(value)
    match field:
        case "who":
            who = read_introduction(value)
            return None if who is None else Correction(who=who, stated=True)
        case "place":
            place = place_in(value, reader)
            found = place.status is not TerritoryStatus.ABSENT
            if found and is_doubtful(place, value, reader) and is_somebody(place, value):
                return None
            if found and names(place, value, share=1 / 3):
                return Correction(place=place, stated=True)
            short = len(folded_words(value)) <= _LONGEST_VALUE
            return Correction(unknown=value, stated=True) if short else None
    theme = reader.theme_named(value)
    return (
        Correction(theme=theme.slug, stated=True)
        if theme
        else Correction(wrong="theme", stated=True, more=True)
    )


def _valued(said: str, written: str, reader: Reader, share: float) -> Correction | None:
    """The place or the theme that words are, for such a share of them."""
    value = _bare(said)
    long = len(folded_words(value)) > _LONGEST_VALUE
    if long or says_nothing(value) or _MORE.search(fold(said)):
        return None
    theme = reader.theme_named(value)
    by_theme = _covered(theme.evidence, value) if theme else 0.0
    if not _ONE.match(said):
        place = place_in(value, reader)
        named = place.status is not TerritoryStatus.ABSENT and is_proper(place, written)
        if named and names(place, value, max(share, 1 / 2)):
            return Correction(place=place, more=_says_beside(said))
    if theme is not None and by_theme >= share:
        return Correction(theme=theme.slug, more=by_theme < 1 / 2 or _says_beside(said))
    return None


def _who(said: str) -> Introduction | None:
    """Who the person says they are; « je suis inquiète » says nothing of it."""
    said = re.sub(r"\s*,\s*(?:et )?(?:non )?pas\s.+$", "", said)
    who = read_introduction(said)
    if who is None or who.rest:
        return None
    named = len([word for word in who.name.split() if word[:1].isupper()]) > 1
    if _I_AM.match(said):
        return who if who.function or named else None
    if who.function and not who.name:
        return who if len(said.split()) <= _OFFICE_WORDS else None
    return who if _WHO.match(said) or (named and who.function) else None


def _says_beside(said: str) -> bool:
    """Whether more than courtesy follows the value."""
    beside = _BESIDE.search(said)
    return beside is not None and not says_nothing(beside[0])


def _unquoted(value: str) -> str:
    return value.strip(' .!,:;«»"\u00a0')


def _bare(value: str) -> str:
    """The value without what leads to it and what is said after it."""
    value = _BESIDE.sub("", value.strip(' .!,:«»"\u00a0'))
    return _LITTLE.sub("", value).strip(' .!,:«»"\u00a0')


def _covered(evidence: Sequence[Evidence], value: str) -> float:
    """The share of the letters of a value that the evidence holds, little words aside."""
    letters = len("".join(fold(_ONE.sub("", value)).split())) or 1
    spans = {at for e in evidence for at in range(e.start, e.end)}
    return sum(value[at].isalnum() for at in spans if at < len(value)) / letters
