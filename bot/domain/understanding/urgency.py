"""How urgent a message is: danger to people now, apart from mere haste."""

from collections.abc import Mapping

from bot.domain.urgency import Urgency


def read_urgency(points: Mapping[str, float]) -> Urgency:
    """`immediate` when a danger is present and people are exposed to it."""
    calm = points.get("danger_calm", 0.0)
    failing = points.get("danger_failing", 0.0)
    exposed = points.get("danger_exposed", 0.0)
    present = points.get("danger_present", 0.0)
    if points.get("danger_sure", 0.0) > calm:
        return Urgency.IMMEDIATE
    if failing and exposed and present and not calm:  # the parts of a danger, all near each other
        return Urgency.IMMEDIATE
    if points.get("urgency_high", 0.0) >= 4 or (failing and exposed):
        return Urgency.HIGH
    if points.get("urgency_low", 0.0) >= 4:
        return Urgency.LOW
    return Urgency.NORMAL
