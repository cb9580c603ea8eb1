"""An understanding as the JSON-ready dictionary that `filrouge understand` prints."""

from collections.abc import Callable

from bot.domain.understanding.reading import Intent, Understanding


def understanding_as_dict(
    understanding: Understanding, portal_of: Callable[[str], str | None]
) -> dict[str, object]:
    """Keys `intent`, `territory`, `themes`, `theme`, `portal`, `urgency`.

    `portal_of` gives the portal of a theme; the portal is null without a theme, and for a
    person or body that portals do not serve.
    """
    place = understanding.territory
    territory: dict[str, object] = {
        "kind": place.kind.value,
        "codes": list(place.codes),
        "status": place.status.value,
    }
    if place.area is not None:
        territory["area"] = place.area
    served = understanding.intent is not Intent.OUT_OF_SCOPE
    theme = understanding.theme
    return {
        "intent": understanding.intent.value,
        "territory": territory,
        "themes": [reading.slug for reading in understanding.themes],
        "theme": theme,
        "portal": portal_of(theme) if theme is not None and served else None,
        "urgency": understanding.urgency.value,
    }
