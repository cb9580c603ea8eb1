"""Figures for Prometheus, in a registry of their own."""

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from bot.ports.queries import Depths


class Metrics:
    """Counters of this process, and gauges filled at each reading."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.posts = Counter(
            "filrouge_web_posts", "Messages posted from pages.", registry=self._registry
        )
        self.deliveries = Counter(
            "filrouge_web_deliveries", "Messages shown on pages.", registry=self._registry
        )
        self.refusals = Counter(
            "filrouge_web_refusals",
            "Requests answered with an error page.",
            ["status"],
            registry=self._registry,
        )
        self._live = self._gauge("filrouge_web_live_pages", "Pages that listen for news.")
        self._inbox = self._gauge("filrouge_inbox_waiting", "Events that wait to be handled.")
        self._outbox = self._gauge("filrouge_outbox_waiting", "Messages that wait to be delivered.")
        self._dead = self._gauge("filrouge_dead_letters", "Events and messages given up.")
        self._open = self._gauge("filrouge_projects_open", "Projects neither closed nor refused.")

    def exposition(self, depths: Depths, live: int) -> bytes:
        """The text that Prometheus reads."""
        self._live.set(live)
        self._inbox.set(depths.inbox_waiting)
        self._outbox.set(depths.outbox_waiting)
        self._dead.set(depths.dead_letters)
        self._open.set(depths.projects_open)
        return generate_latest(self._registry)

    def _gauge(self, name: str, says: str) -> Gauge:
        return Gauge(name, says, registry=self._registry)
