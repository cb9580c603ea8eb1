"""The communes that a text can be about, each with the reasons for and against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding import cues
from bot.domain.understanding.areas import Area, Code, adjoining_number
from bot.domain.understanding.gazetteer import MAX_NAME_WORDS, Fit, Found, Gazetteer
from bot.domain.understanding.ordinary import OrdinaryWords
from bot.domain.understanding.tokens import Token

_FIT_POINTS = {Fit.CURRENT: 2.0, Fit.FORMER: 1.5, Fit.SHORTENED: 0.5, Fit.MISSPELT: 0.5}
_BIG_TOWN = 10_000
_SHORT = 5  # words: « friche Cambrai », « aides europe Sartène »
_CERTAIN = 9.0  # such a mention needs no other reading
MEANT = 2.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at tokens [start, end), what it can mean, and how much it seems meant."""

    start: int
    end: int
    found: Found
    score: float
    departements: frozenset[str] = frozenset()  # those said right beside the name
    other: bool = False  # a street, a neighbour, a person: not the writer's place


@dataclass(frozen=True, slots=True)
class Page:
    """A message prepared for reading: its words, its areas and codes, its manner of writing."""

    tokens: Sequence[Token]
    areas: Sequence[Area]
    codes: Sequence[Code]
    shouted: bool  # all in capitals: they say nothing
    plain: bool  # no capitals at all: they say nothing either


class PlaceFinder:
    """Finds mentions of communes. Immutable after construction."""

    def __init__(
        self, index: TerritoryIndex, gazetteer: Gazetteer, ordinary: OrdinaryWords
    ) -> None:
        self._index = index
        self._gazetteer = gazetteer
        self._ordinary = ordinary

    def mentions(self, page: Page) -> list[Mention]:
        """Every mention, in order, without overlap, scored."""
        taken = {at for area in page.areas if area.placed for at in range(area.start, area.end)}
        exact = self._without_areas(page, list(self._exact(page, taken)))
        scored = [self._scored(page, m) for m in exact]
        best = max((m.score for m in scored), default=0.0)
        if best < _CERTAIN:
            covered = {at for m in scored if m.score >= MEANT for at in range(m.start + 1, m.end)}
            guesses = [
                self._scored(page, m) for m in self._misspelt(page, covered | taken)
            ]
            scored = _without_overlap([*scored, *guesses])
        return _coordinated(page, sorted(scored, key=lambda m: m.start))

    def _without_areas(self, page: Page, mentions: Sequence[Mention]) -> list[Mention]:
        """Without what only tells where another name is: « La Grand-Croix, Loire »."""
        placing = {
            area.start
            for m in mentions
            for area in page.areas
            if m.end <= area.start <= m.end + 3 and self._beside(page, m.start, m.end) == area.departements
        }
        return [m for m in mentions if m.start not in placing]

    def _exact(self, page: Page, taken: set[int]) -> Iterator[Mention]:
        tokens = page.tokens
        place = 0
        while place < len(tokens):
            mention = self._longest(tokens, place, taken)
            if mention is None:
                place += 1
            else:
                yield mention
                place = mention.end

    def _longest(self, tokens: Sequence[Token], place: int, taken: set[int]) -> Mention | None:
        if place in taken or tokens[place].word in cues.ARTICLE_HEARD:
            return None
        size = _stretch(tokens, place)
        article = cues.ARTICLE_HEARD.get(tokens[place - 1].word, "") if place else ""
        if place and tokens[place].gap:
            article = ""
        for length in range(size, 0, -1):
            words = [t.word for t in tokens[place : place + length]]
            found = self._gazetteer.exact(words, article)
            if found is None or (length == 1 and words[0].isdigit()):
                continue
            doubtful = words[0] in cues.PREPOSITIONS or self._all_ordinary(words)
            if length > 1 and doubtful and not self._gazetteer.written(words):
                continue  # « tout le monde » is not Toutlemonde, nor « à Brest » Abrest
            return Mention(place, place + length, found, 0.0)
        if tokens[place].word not in self._ordinary and len(tokens[place].word) >= 4:
            for length in range(min(size, 3), 0, -1):
                words = [t.word for t in tokens[place : place + length]]
                shortened = self._gazetteer.shortened(words)
                if shortened is not None and words != ["saint"] and words != ["sainte"]:
                    return Mention(place, place + length, shortened, 0.0)
        return None

    def _all_ordinary(self, words: Sequence[str]) -> bool:
        return all(len(word) < 3 or word in self._ordinary for word in words)

    def _misspelt(self, page: Page, covered: set[int]) -> Iterator[Mention]:
        tokens = page.tokens
        tried = 0
        for place, token in enumerate(tokens):
            if tried >= 10:
                return
            if place in covered or token.word in cues.ARTICLE_HEARD or token.word.isdigit():
                continue
            if token.word in cues.PREPOSITIONS or token.word in cues.OWN_HEADS:
                continue
            if not self._could_be_name(page, place):
                continue
            tried += 1
            mention = self._nearest(page, place)
            if mention is not None:
                yield mention

    def _could_be_name(self, page: Page, place: int) -> bool:
        """Whether a word that is no known name is worth comparing to the names."""
        token = page.tokens[place]
        if len(token.word) > 3 and token.word not in self._ordinary:
            return True
        if token.word in {"saint", "sainte"} or self._goes_on(page.tokens, place):
            return True
        if len(token.word) > 3 and self._beside(page, place, place + 1):
            return True
        head = self._own_head(page.tokens, place)
        if head is None:
            return False
        telling = token.capital and not page.shouted
        return telling or page.tokens[head].word in cues.MAYORAL

    def _goes_on(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether a name seems to go on after this word: « chatelus le marchex »."""
        after = [t for t in tokens[place + 1 : place + 4]]
        return bool(after) and not after[0].gap and any(
            not t.gap and len(t.word) > 3 and t.word not in self._ordinary and not t.word.isdigit()
            for t in after[:2] if t.word not in cues.OWN_HEADS
        )

    def _nearest(self, page: Page, place: int) -> Mention | None:
        size = min(_stretch(page.tokens, place), 5)
        best: Mention | None = None
        for length in range(size, 0, -1):
            words = [t.word for t in page.tokens[place : place + length]]
            if words[-1] in cues.BETWEEN or words[-1].isdigit():
                continue
            said = self._beside(page, place, place + length)
            found = self._gazetteer.misspelt(words, said)
            if found is None:
                continue
            mention = Mention(place, place + length, found, 0.0)
            if best is None or _closeness(found, length) < _closeness(best.found, best.end - place):
                best = mention
        return best

    def _scored(self, page: Page, mention: Mention) -> Mention:
        said = self._beside(page, mention.start, mention.end)
        own, other = self._head(page, mention)
        score = _FIT_POINTS[mention.found.fit] - mention.found.cost
        score += self._by_words(page, mention)
        score += 5.0 * own - 6.0 * other
        score += _by_position(page, mention)
        agreeing = said & {d for c in mention.found.codes for d in self._index.departements_of(c)}
        score += 4.0 if agreeing else (-3.0 if said else 0.0)
        return replace(mention, score=score, departements=said, other=other)

    def _by_words(self, page: Page, mention: Mention) -> float:
        tokens = page.tokens[mention.start : mention.end]
        telling = not page.shouted and not page.plain
        points = 0.6 + 0.4 * len(tokens) if len(tokens) > 1 else 0.0
        if mention.found.fit is Fit.SHORTENED and len(mention.found.codes) == 1:
            points += 0.5
        if telling and tokens[0].capital and tokens[0].gap < 2:
            points += 1.0
        if self._all_ordinary([t.word for t in tokens]):
            big = any(
                (self._index.communes[c].population or 0) > _BIG_TOWN for c in mention.found.codes
            )
            capital = telling and tokens[0].capital
            points -= (0.5 if big else 1.5) if capital else (2.0 if big else 3.5)
            if not capital and len(tokens) == 1 and tokens[0].word in cues.DESCRIPTIVE:
                points -= 3.0
        elif telling and not tokens[0].capital:
            points -= 0.5
        if mention.start and page.tokens[mention.start - 1].word in {"a", "au", "aux"}:
            points += 1.0 if page.tokens[mention.start - 1].gap < 2 else 2.0
        if len(page.tokens) <= _SHORT and mention.end == len(page.tokens):
            points += 2.0
        return points

    def _head(self, page: Page, mention: Mention) -> tuple[bool, bool]:
        """Whether a word before the name makes it the writer's own place, or another one."""
        tokens = page.tokens
        own = self._own_head(tokens, mention.start)
        other = _other_head(tokens, mention)
        if own is not None and (other is None or own > other):
            return True, False
        return False, other is not None

    def _own_head(self, tokens: Sequence[Token], place: int) -> int | None:
        at = place - 1
        while at >= 0 and place - at < 6 and not tokens[at + 1].gap:
            word = tokens[at].word
            if word in cues.OWN_HEADS:
                return at
            if word not in cues.BETWEEN and not (word.isdigit() and len(word) == 5):
                return None
            at -= 1
        return None

    def _beside(self, page: Page, start: int, end: int) -> frozenset[str]:
        """The départements named right after, or by a postcode right before, tokens [start, end)."""
        tokens = page.tokens
        for area in page.areas:
            if 0 <= area.start - end <= 3 and all(
                t.word in cues.ARTICLE_HEARD or t.word in {"en", "dans", "departement", "de", "d"}
                for t in tokens[end : area.start]
            ):
                if not any(t.gap == 2 and "(" not in t.stop for t in tokens[end : area.start + 1]):
                    return area.departements
        number = adjoining_number(tokens, end, self._index.departements)
        if number is not None:
            return frozenset({number})
        for code in page.codes:
            if code.at == start - 1 or code.at == end:
                if not any(t.gap == 2 and "(" not in t.stop for t in tokens[code.at + 1 : start + 1]):
                    inside = code.departements
                    if code.by_insee:
                        inside |= {d for c in code.by_insee for d in self._index.departements_of(c)}
                    return inside
        return frozenset()


def _stretch(tokens: Sequence[Token], place: int) -> int:
    size = 1
    while (
        size < MAX_NAME_WORDS and place + size < len(tokens) and tokens[place + size].gap == 0
    ):
        size += 1
    return size


def _closeness(found: Found, length: int) -> float:
    return found.cost - 0.6 * length


def _other_head(tokens: Sequence[Token], mention: Mention) -> int | None:
    at = mention.start - 1
    if at < 0 or tokens[mention.start].gap:
        return None
    if tokens[at].word in cues.TITLES and tokens[at].word not in {"saint", "sainte"}:
        return at
    if tokens[at].word in cues.FIRST_NAMES and tokens[at].capital == tokens[mention.start].capital:
        return at
    heads = cues.AWAY_HEADS if tokens[at].word in {"a", "au", "aux"} else cues.OTHER_HEADS
    while at >= 0 and mention.start - at < 5 and not tokens[at + 1].gap:
        if tokens[at].word in heads:
            return at
        if tokens[at].word not in cues.BETWEEN:
            return None
        at -= 1
    return None


def _by_position(page: Page, mention: Mention) -> float:
    """A name alone between stops, first or last in the message, is a heading or a signature."""
    tokens = page.tokens
    first = mention.start
    while first and not tokens[first].gap and tokens[first - 1].word in cues.ARTICLE_HEARD:
        first -= 1
    if first and not tokens[first].gap:
        return 0.0
    after = mention.end
    if after < len(tokens) and tokens[after].gap == 0:
        return 0.0
    at_start, at_end = first == 0, after >= len(tokens) - 2
    return 3.0 if at_start or at_end else 1.0


def _without_overlap(mentions: Sequence[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: -m.score):
        if all(mention.end <= k.start or mention.start >= k.end for k in kept):
            kept.append(mention)
    return kept


def _coordinated(page: Page, mentions: list[Mention]) -> list[Mention]:
    """Names in a list share the standing of the first: « A, B et C », « entre A et B »."""
    tokens = page.tokens
    result: list[Mention] = []
    for mention in mentions:
        if result and mention.found.fit <= Fit.FORMER:
            between = tokens[result[-1].end : mention.start]
            linked = len(between) <= 2 and all(
                t.word in cues.COORDINATING or t.word in cues.ARTICLE_HEARD or t.word in {"d", "de", "a"}
                for t in between
            )
            listed = linked and (
                any(t.word in cues.COORDINATING for t in between)
                or tokens[mention.start].stop in {",", "/", "+", "&"}
            )
            if listed and (result[-1].other or result[-1].score > mention.score):
                mention = replace(mention, score=result[-1].score, other=result[-1].other)
        result.append(mention)
    return result
