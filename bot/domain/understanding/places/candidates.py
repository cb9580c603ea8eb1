"""The communes that a text can be about, each with the reasons for and against."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding.places.context import (
    beside,
    by_arrondissement,
    by_position,
    other_head,
    own_head,
    stretch,
)
from bot.domain.understanding.places.gazetteer import Fit, Found, Gazetteer
from bot.domain.understanding.places.mentions import (
    MEANT,
    Mention,
    Page,
    coordinated,
    without_overlap,
)
from bot.domain.understanding.places.place_words import PlaceWords
from bot.domain.understanding.words.common_words import CommonWords
from bot.domain.wording.tokens import Token

_FIT_POINTS = {Fit.CURRENT: 2.0, Fit.FORMER: 1.5, Fit.SHORTENED: 0.5, Fit.MISSPELT: 0.5}
_CITIES = frozenset({"75056", "69123", "13055"})  # Paris, Lyon, Marseille
_BIG_TOWN = 10_000
_SHORT = 5  # words: « friche Cambrai », « aides europe Sartène »
_CERTAIN = 7.0  # a mention that needs no other reading, but perhaps a longer one
_GUESSES = 8  # places of one text compared to all names


class PlaceFinder:
    """Finds mentions of communes. Immutable after construction."""

    def __init__(
        self, index: TerritoryIndex, gazetteer: Gazetteer, common: CommonWords, words: PlaceWords
    ) -> None:
        self._index = index
        self._gazetteer = gazetteer
        self._common = common
        self._words = words
        self._no_names = frozenset(
            words.articles.keys() | words.prepositions | words.own_heads | words.times
        )

    def mentions(self, page: Page) -> list[Mention]:
        """Every mention, in order, without overlap, scored."""
        taken = {
            at
            for area in page.areas
            # « Haute-Vienne » is not Vienne, but « Saint-Martin-Vésubie » begins like Saint-Martin
            for at in range(area.start + (not area.placed), area.end)
        }
        exact = self._without_areas(page, list(self._exact(page, taken)))
        scored = [self._scored(page, m) for m in exact]
        best = max((m.score for m in scored), default=0.0)
        covered = {
            at
            for m in scored
            for at in range(m.start + (not m.other), m.end)
            if m.score >= MEANT or m.end - m.start > 1
        }
        if best < _CERTAIN:
            open_places = [at for at in range(len(page.tokens)) if at not in covered | taken]
        else:
            open_places = [m.start for m in scored if m.score == best]
        ends = {m.start: m.end for m in scored if m.found.fit is Fit.CURRENT}
        guesses = [
            self._scored(page, m)
            for m in self._misspelt(page, open_places)
            if m.end > ends.get(m.start, 0)
        ]
        scored = without_overlap([*scored, *guesses])
        return coordinated(page, sorted(scored, key=lambda m: m.start))

    def _without_areas(self, page: Page, mentions: Sequence[Mention]) -> list[Mention]:
        """Without what only tells where another name is: « La Grand-Croix, Loire »."""
        placing = {
            at
            for m in mentions
            if page.tokens[m.start].word not in self._words.mayoral  # « Ville de Vienne »
            for at in range(m.end, m.end + 4)
            if at in page.area_at
            and beside(page, m.start, m.end, self._index) == page.area_at[at].departements
        }
        return [m for m in mentions if m.start not in placing]

    def _exact(self, page: Page, taken: set[int]) -> Iterator[Mention]:
        tokens = page.tokens
        place = 0
        while place < len(tokens):
            mention = self._longest(page, place, taken)
            if mention is None:
                place += 1
            else:
                yield mention
                place = mention.end

    def _longest(self, page: Page, place: int, taken: set[int]) -> Mention | None:
        tokens = page.tokens
        if place in taken or tokens[place].word in self._words.articles:
            return None
        size = stretch(tokens, place)
        article = self._words.articles.get(tokens[place - 1].word, "") if place else ""
        if place and tokens[place].gap:
            article = ""
        for length in range(size, 0, -1):
            words = [t.word for t in tokens[place : place + length]]
            found = self._gazetteer.exact(words, article)
            if found is None or (length == 1 and words[0].isdigit()):
                continue
            if length == 1 < size and words[0] in self._words.saints:
                continue
            doubtful = words[0] in self._words.prepositions or self._all_common(words)
            if length > 1 and doubtful and not self._gazetteer.written(words):
                continue  # « tout le monde » is not Toutlemonde, nor « à Brest » Abrest
            return Mention(place, place + length, found, 0.0)
        if len(tokens[place].word) >= 4 and self._could_be_cut_short(page, place):
            for length in range(min(size, 3), 0, -1):
                words = [t.word for t in tokens[place : place + length]]
                # Hundreds of names begin with « Saint » alone: none of them is meant.
                shortened = (
                    None if words[-1] in self._words.saints else self._gazetteer.shortened(words)
                )
                if shortened is not None:
                    return Mention(place, place + length, shortened, 0.0)
        return None

    def _could_be_cut_short(self, page: Page, place: int) -> bool:
        tokens = page.tokens
        if tokens[place].word not in self._common:
            return True
        if tokens[place].word in self._words.saints and tokens[place].capital:
            return stretch(tokens, place) > 1  # « Saint-Quay », of which there are two
        head = own_head(page, place)
        doubtless = head is not None and tokens[head].word in self._words.mayoral
        return doubtless and tokens[place].capital

    def _all_common(self, words: Sequence[str]) -> bool:
        return words[0] not in self._words.saints and all(
            len(word) < 3 or word in self._common for word in words
        )

    def _misspelt(self, page: Page, places: Sequence[int]) -> Iterator[Mention]:
        tokens = page.tokens
        named = {at for area in page.areas for at in range(area.start, area.end)}
        tried = 0
        for place in places:
            word = tokens[place].word
            if tried >= _GUESSES:
                return
            if word in self._no_names or word.isdigit() or len(word) < 3 or place in named:
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
        if len(token.word) > 3 and token.word not in self._common:
            return True
        if token.word in self._words.saints:
            return True
        if len(token.word) > 3 and beside(page, place, place + 1, self._index):
            return True
        head = own_head(page, place)
        if head is None:
            return False
        telling = token.capital and not page.shouted
        goes_on = self._goes_on(page.tokens, place)
        doubtless = page.tokens[head].word in self._words.mayoral
        located = page.tokens[place - 1].word in self._words.locating
        return telling or (not located and (goes_on or doubtless))

    def _goes_on(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether a name seems to go on after this word: « chatelus le marchex »."""
        after = tokens[place + 1 : place + 3]
        if len(after) < 2 or after[0].gap:
            return False
        return after[0].word in self._words.links or any(
            len(t.word) > 3 and t.word not in self._common and not t.word.isdigit()
            for t in after
            if not t.gap and t.word not in self._words.own_heads
        )

    def _nearest(self, page: Page, place: int) -> Mention | None:
        size = min(stretch(page.tokens, place), 5)
        best: Mention | None = None
        for length in range(size, 0, -1):
            words = [t.word for t in page.tokens[place : place + length]]
            if words[-1] in self._words.between or words[-1].isdigit():
                continue
            if not self._words.verbs.isdisjoint(words[1:]) and not self._gazetteer.written(words):
                continue  # « Mer a une friche » is not Meyronne
            said = beside(page, place, place + length, self._index)
            found = self._gazetteer.misspelt(words, said)
            if found is None:
                continue
            mention = Mention(place, place + length, found, 0.0)
            if best is None or _closeness(found, length) < _closeness(best.found, best.end - place):
                best = mention
        return best

    def _scored(self, page: Page, mention: Mention) -> Mention:
        said = beside(page, mention.start, mention.end, self._index)
        own, other = _head(page, mention)
        score = _FIT_POINTS[mention.found.fit] - mention.found.cost
        score += self._by_words(page, mention)
        score += 5.0 * own - 6.0 * other
        score += by_position(page, mention)
        if mention.found.codes[0] in _CITIES and by_arrondissement(page.tokens, mention):
            score, other = score + 5.0 + 6.0 * other, False
        agreeing = said & {d for c in mention.found.codes for d in self._index.departements_of(c)}
        score += 4.0 if agreeing else (-3.0 if said else 0.0)
        return replace(mention, score=score, departements=said, other=other)

    def _by_words(self, page: Page, mention: Mention) -> float:
        tokens = page.tokens[mention.start : mention.end]
        telling = not page.shouted and not page.plain
        points = 0.6 + 0.4 * len(tokens) if len(tokens) > 1 else 0.0
        if mention.found.fit is Fit.MISSPELT and len(tokens) > 2:
            points += 0.4 * len(tokens)  # so many words are not near a name by chance
        if mention.found.fit is Fit.SHORTENED and len(mention.found.codes) == 1:
            points += 0.5
        if telling and tokens[0].capital and tokens[0].gap < 2:
            points += 1.0
        if len(tokens) < 3 and self._all_common([t.word for t in tokens]):
            big = any(
                (self._index.communes[c].population or 0) > _BIG_TOWN for c in mention.found.codes
            )
            capital = telling and tokens[0].capital
            points -= (0.5 if big else 1.5) if capital else (2.0 if big else 3.5)
            if not capital and len(tokens) == 1 and tokens[0].word in self._words.descriptive:
                points -= 3.0
        elif telling and not tokens[0].capital:
            points -= 0.5
        if mention.start and page.tokens[mention.start - 1].word in self._words.at:
            points += 1.0 if page.tokens[mention.start - 1].gap < 2 else 2.0
        if len(page.tokens) <= _SHORT and mention.end == len(page.tokens):
            points += 2.0
        return points


def _head(page: Page, mention: Mention) -> tuple[bool, bool]:
    """Whether a word before the name makes it the writer's own place, or another one."""
    own = own_head(page, mention.start)
    other = other_head(page, mention)
    if own is not None and (other is None or own > other):
        return True, False
    return False, other is not None


def _closeness(found: Found, length: int) -> float:
    return found.cost - 0.6 * length
