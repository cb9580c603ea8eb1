"""Figures for Prometheus, in a registry of their own."""

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from bot.ports.queries import Depths
from bot.ports.readiness import Readiness


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

        self._ready = self._gauge("filrouge_ready", "1 while the service can do its work.")
        self._writable = self._gauge("filrouge_database_writable", "1 while it takes writes.")
        self._free = self._gauge("filrouge_disk_free_bytes", "Left on the data folder's disk.")
        self._moving = self._gauge("filrouge_outbox_moving", "1 while the outbox is worked on.")
        self._oldest = self._gauge(
            "filrouge_outbox_oldest_seconds", "Since when the oldest message waits."
        )
        self._connected = Gauge(
            "filrouge_network_connected",
            "1 while the network is connected; only where this process answers for it.",
            ["network"],
            registry=self._registry,
        )

    def exposition(self, depths: Depths, readiness: Readiness, live: int) -> bytes:
        """The text that Prometheus reads."""
        self._show_readiness(readiness)
        self._live.set(live)
        self._inbox.set(depths.inbox_waiting)
        self._outbox.set(depths.outbox_waiting)
        self._dead.set(depths.dead_letters)
        self._open.set(depths.projects_open)
        return generate_latest(self._registry)

    def _show_readiness(self, readiness: Readiness) -> None:
        self._ready.set(not readiness.faults)
        self._writable.set(readiness.database_writable)
        self._free.set(readiness.disk_free)
        self._moving.set(readiness.outbox_moving)
        self._oldest.set(readiness.oldest.total_seconds())
        self._connected.clear()
        for network, is_connected in readiness.networks.items():
            self._connected.labels(network=network).set(is_connected)

    def _gauge(self, name: str, says: str) -> Gauge:
        return Gauge(name, says, registry=self._registry)
