"""The dialogues that can be under way in a conversation, and what each keeps between two messages.

Each is a plain value. What its steps do is written beside its subject: `handlers.intake.dialogue`
for the description of a project, `handlers.recommendations.postponing` for « quand ? »…
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.domain.attachment import Attachment
from bot.domain.intake.draft import Draft
from bot.domain.utterance import Utterance
from bot.domain.wording.command_syntax import CommandCall


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What is under way in a conversation, until it is answered, dropped or replaced.

    `kind` names it in the database and begins the keys of its choices. One that `holds_words` keeps
    words that nobody else has yet: no other dialogue takes its place, and what is typed is taken as
    its answer alone.
    """

    kind: ClassVar[str]
    holds_words: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class IntakeDialogue(Dialogue):
    """A project is being described."""

    kind = "intake"
    holds_words = True

    draft: Draft = field(default_factory=Draft)


@dataclass(frozen=True, slots=True)
class WhichProject(Dialogue):
    """Words wait until their project is named, or until they begin a new one; oldest first."""

    kind = "which"
    holds_words = True

    words: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class CommandWaiting(Dialogue):
    """A command waits until its project is named."""

    kind = "command"

    call: CommandCall


@dataclass(frozen=True, slots=True)
class AskedWhen(Dialogue):
    """After « plus tard », the member is asked when to come back to the recommendation of that
    number (0: to the whole project). `unread`: words came in which no date could be read.
    """

    kind = "later"

    ref: str
    number: int
    unread: bool


@dataclass(frozen=True, slots=True)
class AskedForAddress(Dialogue):
    """The person is asked at which e-mail address to write to them."""

    kind = "reaching"


@dataclass(frozen=True, slots=True)
class AfterRefusal(Dialogue):
    """The person was told again why their project was refused. `words` describe another one, should
    they want to: they begin it. They are in the story of the refused one, so others may take their
    place.
    """

    kind = "refused"

    words: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class Unreadable(Dialogue):
    """What this version cannot read: words and files that could be saved from it, oldest first."""

    kind = "unreadable"
    holds_words = True

    texts: tuple[str, ...] = ()
    files: tuple[Attachment, ...] = ()

    @classmethod
    def salvage(cls, state: Any) -> "Unreadable":
        """Whatever looks like words or a file in a state of unknown shape, read from JSON."""
        found = list(_words_and_files(state))
        texts = tuple(each for each in found if isinstance(each, str) and each.strip())
        files = tuple(each for each in found if isinstance(each, Attachment))
        return cls(texts, files)


def _words_and_files(state: Any) -> Iterator[str | Attachment]:
    """Every text of a list called `words`, every value called `text`, every file."""
    if isinstance(state, list):
        for each in state:
            yield from _words_and_files(each)
    elif isinstance(state, dict):
        for name, value in state.items():
            if name == "words" and isinstance(value, list):
                yield from (each for each in value if isinstance(each, str))
            elif name == "text" and isinstance(value, str):
                yield value
            yield from _words_and_files(value)
        if state.keys() == {"sha256", "name", "media_type", "size"}:
            yield Attachment(**state)


DIALOGUES: tuple[type[Dialogue], ...] = (
    IntakeDialogue,
    WhichProject,
    CommandWaiting,
    AskedWhen,
    AskedForAddress,
    AfterRefusal,
    Unreadable,
)
