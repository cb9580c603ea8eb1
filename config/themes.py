"""What reading a text needs of `config/themes/`: from the prepared form, else from the files."""

from importlib.resources.abc import Traversable

from bot.domain.understanding.vocabulary.associations import Associations
from bot.domain.understanding.vocabulary.vocabulary import ThemeVocabulary
from bot.domain.understanding.words.common_words import CommonWords
from config.themes_prepared import PREPARED, PreparedThemes, prepare, stamp, unpack
from config.themes_written import THEMES, written_files

_COMMON = "common_words.bin"
_ASSOCIATIONS = "associations.txt"


def load_themes() -> ThemeVocabulary:
    """The packaged vocabulary. Raises ConfigError naming the file and the key at fault.

    Files edited since they were prepared are read themselves: the same, a third of a second later.
    """
    prepared = _prepared(THEMES.joinpath(PREPARED))
    return ThemeVocabulary(
        prepared.labels,
        prepared.transversal,
        prepared.expressions,
        CommonWords(THEMES.joinpath(_COMMON).read_bytes()),
        _associations(THEMES.joinpath(_ASSOCIATIONS)),
    )


def _prepared(file: Traversable) -> PreparedThemes:
    files = written_files()
    known = unpack(file.read_bytes()) if file.is_file() else None
    if known is not None and known.stamp == stamp(files):
        return known
    return prepare(files)


def _associations(file: Traversable) -> Associations:
    """Lines of a word and its letters; the first two are the subjects and where they begin."""
    lines = file.read_text(encoding="utf-8").splitlines()
    subjects, always, *words = (line for line in lines if not line.startswith("#"))
    columns = " ".join(sorted(words)).split(" ")
    return Associations(
        tuple(subjects.split(" ")[1:]), always.split(" ")[1], columns[::2], "".join(columns[1::2])
    )
