"""Names of places as they are written, whether somebody knows them or not."""

from bot.domain.intake.listener import PlaceAnswerWords
from bot.domain.wording.phrases import Match
from bot.domain.wording.tokens import Said

_APOSTROPHES = frozenset("'’")
_JOINTS = frozenset(" -") | _APOSTROPHES
_FEWEST_LETTERS = 3
"""Of what comes before the first hyphen of a name in small letters."""


def is_a_name(text: str, words: PlaceAnswerWords) -> bool:
    """Whether words are written as one name alone, known or not: « Zblorg sur Mer »."""
    said = Said.of(text.strip(" .!"))
    if not said.tokens or said.between(0, len(said)) != said.text:
        return False
    at = words.at.at(said)
    return len(said) in {_name_end(said, start, words) for start in {0, at.end if at else 0}}


def commune_named(text: str, words: PlaceAnswerWords) -> str | None:
    """What follows « commune de », « mairie de », as far as the clause goes."""
    said = Said.of(text)
    for match in words.commune_of.every(said):
        end = next((at for at in range(match.end, len(said)) if said.tokens[at].gap), len(said))
        if match.end < end:
            return said.between(match.slots.get("of_the", (match.end, 0))[0], end)
    return None


def unknown_commune(text: str, words: PlaceAnswerWords) -> str | None:
    """What words name as a commune, as it is written: « maire de Trifouilly-les-Oies », « à … ».

    Asked only of words in which no place was found.
    """
    said = Said.of(text)
    shouted = text.isupper()
    heads = (words.shouted if shouted else words.official).everywhere(said)
    starts = [match.end for match in heads]
    if not shouted:
        starts += [m.end for m in words.to.everywhere(said) if _tells_where(said, m, words)]
    for start in starts:
        if start == len(said) or said.tokens[start].gap:
            continue
        end = _shouted_end(said, start, words) if shouted else _name_end(said, start, words)
        if end is not None:
            return said.between(start, end)
    return None


def _tells_where(said: Said, to: Match, words: PlaceAnswerWords) -> bool:
    """Whether the name after « à » tells where: it is no acronym, and nothing is given to it."""
    before = said.gap(to.start)[-1:].strip(",(")
    if (before and not before.isspace()) or to.end == len(said) or said.tokens[to.end].upper:
        return False
    return not to.start or words.given.at(said, to.start - 1) is None


def _name_end(said: Said, start: int, words: PlaceAnswerWords) -> int | None:
    """Where the name ends that is written at that token, in words with capitals, joined by small
    ones, or in small letters with hyphens; None if no name is.
    """
    if start < len(said) and not said.tokens[start].capital:
        return _hyphened_end(said, start)
    end = None
    for at in range(start, len(said)):
        if at > start and said.gap(at) not in _JOINTS:
            break
        if _is_capitalised(said, at) or (end == at and said.gap(at) in _APOSTROPHES):
            end = at + 1
        elif at == start or said.tokens[at].word not in words.links:
            break
    return end


def _is_capitalised(said: Said, at: int) -> bool:
    """Whether a word has a capital and more letters, or an apostrophe: « L’Île », not « N »."""
    elided = at + 1 < len(said) and said.gap(at + 1) in _APOSTROPHES
    return said.tokens[at].capital and (elided or len(said.tokens[at].word) > 1)


def _hyphened_end(said: Said, start: int) -> int | None:
    end = start + 1
    while end < len(said) and said.gap(end) in {"-", *_APOSTROPHES}:
        end += 1
    first = said.tokens[start].word
    hyphened = end > start + 1 and said.gap(start + 1) == "-" and len(first) >= _FEWEST_LETTERS
    return end if hyphened else None


def _shouted_end(said: Said, start: int, words: PlaceAnswerWords) -> int | None:
    """Where a name in capitals ends, among words in capitals: it goes on past small words only."""
    if not _is_capitalised(said, start):
        return None
    elided = start + 1 < len(said) and said.gap(start + 1) in _APOSTROPHES
    end = link = start + 1 + elided
    while link < len(said) and said.gap(link) in _JOINTS and said.tokens[link].word in words.links:
        link += 1
    if link > end and link < len(said) and said.gap(link) in _JOINTS:
        end = link + 1
    return end
