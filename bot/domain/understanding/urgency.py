"""How urgent a message is: danger to people now, apart from mere haste."""

from collections.abc import Mapping

from bot.domain.urgency import Urgency


def read_urgency(points: Mapping[str, float]) -> Urgency:
    """`immediate` when a danger is present and people are exposed to it."""
    failing = points.get("danger_failing", 0)
    exposed = points.get("danger_exposed", 0)
    present = points.get("danger_present", 0)
    calm = points.get("danger_calm", 0)
    if points.get("danger_sure", 0) >= 4:
        return Urgency.IMMEDIATE
    if failing >= 2 and exposed >= 2 and failing + exposed + present - calm >= 5:
        return Urgency.IMMEDIATE
    if points.get("urgency_high", 0) >= 2 or (failing >= 2 and (exposed or present)):
        return Urgency.HIGH
    if points.get("urgency_low", 0) >= 2:
        return Urgency.LOW
    return Urgency.NORMAL
