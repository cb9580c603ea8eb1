"""What was understood of a project, shown before it is sent, and what changed since last time."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.intake.draft import Draft
from bot.domain.wording.markup import quote
from bot.ports.network import Choice
from config.texts import Raw
from handlers.context.naming import place_names
from handlers.context.teams import answering_portal, has_team
from handlers.context.turn import Turn


def summarise(turn: Turn, draft: Draft, choices: Sequence[Choice]) -> Draft:
    """Show the summary; what was changed since the last one comes first. The draft remembers it."""
    catalogue = turn.catalogue
    theme = draft.themes[0] if draft.themes else None
    portal = answering_portal(turn.uow, catalogue, theme)
    shown = _shown(turn, draft)
    values = dict(shown)
    title = values.pop("title")
    turn.reply(
        "intake.summary" if has_team(turn.uow, portal) else "intake.summary_nobody",
        *choices,
        kind="summary",
        portal=portal.name,
        reads=portal.reads,
        words=Raw(quote(draft.description)),
        head=Raw(_head(turn, draft, shown)),
        title=Raw(turn.text("intake.summary_title", title=title) if title else ""),
        **values,
    )
    return replace(draft, shown=shown)


def _shown(turn: Turn, draft: Draft) -> dict[str, str]:
    catalogue = turn.catalogue
    theme = draft.themes and catalogue.themes.label(draft.themes[0])
    return {
        "place": place_names(catalogue, draft.territories) or turn.label("intake.no_place"),
        "theme": theme or turn.label("intake.no_theme"),
        "who": f"{draft.name}, {draft.function}" if draft.function else draft.name,
        "title": draft.title,
    }


def _head(turn: Turn, draft: Draft, shown: dict[str, str]) -> str:
    """What is changed, line by line; else that this is what was understood."""
    changes = [
        turn.text(f"intake.changed_{name}", after=after, before=draft.shown[name])
        for name, after in shown.items()
        if draft.shown and after != draft.shown.get(name, "")
    ]
    if not changes:
        return turn.text("intake.understood")
    return "\n".join([turn.text("intake.corrected"), *changes])
