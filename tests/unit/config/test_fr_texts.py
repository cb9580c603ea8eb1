"""Each sentence that the code says exists, and each sentence that exists is said."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import config
from bot.domain.followup import FollowUpKind
from bot.domain.intake.dialogue import CORRECTIONS
from bot.domain.intake.service_questions import About
from bot.domain.people import Side
from bot.domain.permissions import Right
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus
from bot.ports.network import OTHER_CONTENT
from config.strict_toml import flatten, read_toml
from config.texts import load_texts
from handlers.followups.check_in import NEWS
from handlers.recommendations.status import OFFERED
from handlers.routing.commands import COMMANDS

ROOT = Path(config.__file__).parent.parent
TEXTS: dict[str, object] = flatten(read_toml(ROOT / "config" / "texts" / "fr.toml"))
SECTIONS = {key.partition(".")[0] for key in TEXTS}


def asked(side: Side, *others: str) -> list[str]:
    """The kinds of follow-up that may go to that side, and the names of other texts for it."""
    return [*(kind for kind in FollowUpKind if side in kind.rules.to), *others]


UNDELIVERED = ["unreachable", "uncertain", "refused", "dead", "retry"]

FAMILIES: dict[str, Sequence[str]] = {
    "commands.*": list(COMMANDS),
    "commands_elsewhere.*": ["private", "room", "team"],
    "intake.changed_*": ["place", "theme", "who", "title"],
    "intake.help_*": list(About),
    "intake.option_*": [
        *CORRECTIONS,
        "placeless",
        "themeless",
        "continue",
        "elsewhere",
        "meant",
        "not_meant",
    ],
    "danger.*": ["secured", "not_yet"],
    "danger.thanks_*": ["secured", "not_yet"],
    "followup_advisors.*": asked(Side.ADVISORS, "requested"),
    "followup_line.*": asked(Side.MEMBERS),
    "followup_members.*": asked(Side.MEMBERS, "requested", "deadline_passed"),
    "followup_team.*": asked(Side.TEAM, "requested", "unattended", "escalation_member"),
    "marking.*": [status or "later" for status in OFFERED],
    "moderation.already_*": [ProjectStatus.ACCEPTED, ProjectStatus.REFUSED, ProjectStatus.CLOSED],
    "marking.thanks_*": list(RecommendationStatus),
    "other.*": sorted(OTHER_CONTENT),
    "pausing.*": ["paused", "resumed", "paused_between"],
    "pausing.told_*": ["paused", "resumed", "paused_between"],
    "pulse.*": [*NEWS, "close"],
    "pulse.thanks_*": [state for state in NEWS if state != "later"],
    "reasons.*": ["theme", "every_theme", "departement", "national"],
    "reaching.*": ["email", "telegram", "matrix"],
    "recommendation_status.*": list(RecommendationStatus),
    "relay.*": ["sent", "kept", "unread"],
    "relay.*_named": ["sent", "kept", "unread"],
    "rights.*": list(Right),
    "undelivered.*": UNDELIVERED,
    "undelivered.*_author": UNDELIVERED,
    "project_status.*": list(ProjectStatus),
    "sides.*": [side for side in Side if side is not Side.ASSISTANT],
    "story.entry_*": list(EntryKind),
}
"""What stands for the field of a key that code puts together."""

IN_A_PAGE = re.compile(r'\bmot\("([a-z_.]+)"( ~)?')

KINDS_OF_MESSAGES = {"followup.*"}
"""Put together likewise, and no key of a text."""


def written_in_code() -> Iterator[str]:
    """Every word between quotes in the code, and every text in the pages; a field is `*`."""
    for path in [*ROOT.glob("handlers/**/*.py"), *ROOT.glob("bot/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "*"
                    for part in node.values
                )
    for path in ROOT.glob("config/pages/*.html"):
        for key, goes_on in IN_A_PAGE.findall(path.read_text(encoding="utf-8")):
            yield key + "*" if goes_on else key


def used_keys() -> set[str]:
    """The keys of texts that the code names, families spelt out."""
    used = set()
    for written in written_in_code():
        section, _, name = written.partition(".")
        if section not in SECTIONS or not re.fullmatch(r"[a-z_]*\*?[a-z_]*", name):
            continue
        if "*" not in name:
            used |= {written} if name.strip("_") and not written.endswith("_") else set()
        elif written not in KINDS_OF_MESSAGES:
            used |= {written.replace("*", one) for one in FAMILIES[written]}
    return used


def test_every_text_that_is_said_exists() -> None:
    assert set() == used_keys() - TEXTS.keys()


def test_every_text_that_exists_is_said() -> None:
    assert set() == TEXTS.keys() - used_keys()


def test_nothing_is_promised_that_is_not_done() -> None:
    notice = str(TEXTS["intake.notice"])
    assert "deux ans" not in notice
    assert "effac" not in notice


def test_no_text_ever_says_that_something_is_safe() -> None:
    for key in ("safety.general", "safety.bridge"):
        assert "Personne ne peut vous dire à distance" in str(TEXTS[key])
        assert "112" in str(TEXTS[key])


def test_labels_of_answers_are_short_enough_for_a_phone() -> None:
    texts = load_texts()
    families = [("intake.option_", 24), ("marking.", 20), ("pulse.", 20)]
    labels = [
        (key, limit)
        for prefix, limit in families
        for key in texts.keys
        if key.startswith(prefix)
        and key.removeprefix("intake.option_").removeprefix("marking.").removeprefix("pulse.")
        in {*CORRECTIONS, "placeless", "themeless", "continue", *NEWS, *RecommendationStatus}
    ]
    assert len(labels) > 12
    assert [] == [key for key, limit in labels if len(texts(key)) > limit]
