"""The vocabulary of themes and of situations, as the portals' teams write it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.understanding.vocabulary.associations import Associations
from bot.domain.understanding.vocabulary.expressions import Expression, ExpressionTables
from bot.domain.understanding.words.common_words import CommonWords

SURE, LIKELY, HINT = 4.0, 2.0, 1.0
NOT = "not:"
THEME = "theme:"
DANGER = "danger"  # a subject of the associations that is no theme


@dataclass(frozen=True, slots=True)
class SituationWords:
    """Expressions for one theme or situation, by how much they tell.

    One of `sure` is enough by itself; `likely` speaks of it in most messages; `hint` tips the
    balance. `excluded` are expressions that hold a word of the above and mean something else.
    """

    sure: Sequence[str] = ()
    likely: Sequence[str] = ()
    hint: Sequence[str] = ()
    excluded: Sequence[str] = ()

    def expressions(
        self, sign: str, shared: Mapping[str, int] | None = None
    ) -> Iterator[Expression]:
        """All of them as expressions of this sign; one that `shared` counts several times
        weighs that much less."""
        for weight, words in ((SURE, self.sure), (LIKELY, self.likely), (HINT, self.hint)):
            for one in words:
                yield Expression(one, sign, weight / (shared.get(one, 1) if shared else 1))
        for one in self.excluded:
            yield Expression(one, NOT + sign, 0.0)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its French label, in lower case, and its words.

    A `transversal` theme goes with others: where another one is clear, that one comes first.
    """

    slug: str
    label: str
    words: SituationWords
    transversal: bool = False


@dataclass(frozen=True, slots=True)
class WrittenVocabulary:
    """Themes by slug, and situations (intents, urgency, danger) by name, as they are written."""

    themes: Mapping[str, Theme]
    situations: Mapping[str, SituationWords]

    def expressions(self) -> Iterator[Expression]:
        """Every expression: sign `theme:SLUG` for themes, the situation's name for the others."""
        shared = self._shared()
        for slug, theme in self.themes.items():
            yield from theme.words.expressions(THEME + slug, shared)
        for name, words in self.situations.items():
            yield from words.expressions(name)

    def _shared(self) -> Counter[str]:
        """In how many themes each expression is: what several claim tells less."""
        return Counter(
            words
            for theme in self.themes.values()
            for words in {*theme.words.sure, *theme.words.likely, *theme.words.hint}
        )


@dataclass(frozen=True, slots=True)
class ThemeVocabulary:
    """What reading a text needs: the labels of the themes by slug, those that go with others, and
    the words in the forms in which they are looked up."""

    labels: Mapping[str, str]
    transversal: frozenset[str]
    expressions: ExpressionTables
    common: CommonWords
    associations: Associations

    @property
    def slugs(self) -> tuple[str, ...]:
        """The themes' slugs, in the order they were given."""
        return tuple(self.labels)

    def label(self, slug: str) -> str:
        """The theme as said to people, in lower case; the slug itself if it is unknown."""
        return self.labels.get(slug, slug)
