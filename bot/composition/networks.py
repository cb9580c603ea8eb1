"""The networks that the settings configure, each with what it is given."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial

from bot.domain.people import EMAIL
from bot.links.email import EmailLinks
from bot.links.personal import PersonalLinks
from bot.networks.email.settings import EmailSettings, Security
from bot.networks.matrix.settings import MatrixSettings, MatrixWords
from bot.networks.telegram.settings import TelegramSettings, TelegramWords
from bot.networks.web.network import WebNetwork
from bot.networks.web.site import Hook, Limits, WebParts
from bot.ports.clock import Clock
from bot.ports.network import Incoming, Network
from bot.ports.readiness import Readiness
from bot.ports.web import Demonstration
from config.catalogue import Catalogue
from config.secret import find_or_make_secret
from config.settings import Settings
from config.texts import Raw
from handlers.routing.commands import COMMANDS, page_forms, private_menu
from storage import Store

TELEGRAM = "telegram"
MATRIX = "matrix"


_LIMITS = {limit.name for limit in fields(Limits)}


@dataclass(frozen=True, slots=True)
class NetworkFactory:
    """Makes the networks that are configured. The libraries of the others are not loaded."""

    settings: Settings
    catalogue: Catalogue
    clock: Clock
    store: Store
    look: Callable[[], Awaitable[Readiness]]

    def connect(self, demo: Demonstration | None, when_served: Callable[[], None]) -> list[Network]:
        """The pages, which call `when_served` once they are, then each configured network."""
        configured = self.settings.networks
        hooks: dict[str, Hook] = {}
        networks: list[Network] = []
        if TELEGRAM in configured:
            networks.append(self._telegram(hooks))
        if MATRIX in configured:
            networks.append(self._matrix())
        links = self._email_links() if EMAIL in configured else None
        if links is not None:
            networks.append(self._email(links))
        return [self._web(demo, when_served, hooks, links), *networks]

    def _web(
        self,
        demo: Demonstration | None,
        when_served: Callable[[], None],
        hooks: Mapping[str, Hook],
        email_links: EmailLinks | None,
    ) -> WebNetwork:
        catalogue, store, web = self.catalogue, self.store, self.settings.web
        network = WebNetwork(
            WebParts(
                chat=store.chat,
                queries=store.queries,
                look=self.look,
                files=store.files,
                links=PersonalLinks(store.database, self.clock),
                is_answered=store.queue.is_answered,
                clock=self.clock,
                secret_key=self._secret_key,
                public_url=web.url,
                host=web.host,
                port=web.port,
                portals=catalogue.portals,
                theme_label=catalogue.themes.label,
                departement_name=catalogue.territories.departement_name,
                texts=catalogue.texts,
                commands=page_forms(),
                upload_types=web.upload_types,
                demo=demo,
                proposals=email_links,
                wake_elsewhere=store.notifications.notify_change,
                when_served=when_served,
                hooks=hooks,
                limits=Limits(**web.model_dump(include=_LIMITS)),
            )
        )
        store.notifications.changed = network.wake_pages
        return network

    def _telegram(self, hooks: dict[str, Hook]) -> Network:
        # python-telegram-bot weighs some 20 MB.
        from bot.networks.telegram.network import TelegramNetwork  # noqa: PLC0415

        telegram, texts, store = self.settings.telegram, self.catalogue.texts, self.store
        secret = telegram.webhook_secret.get_secret_value()
        path = f"/telegram/{secret}"
        network = TelegramNetwork(
            TelegramSettings(
                token=telegram.token.get_secret_value(),
                words=TelegramWords(
                    said=texts("telegram.said", author=Raw("{author}"), text=Raw("{text}")),
                    backstage=texts("telegram.backstage", text=Raw("{text}")),
                    deleted=texts("telegram.deleted"),
                    file_gone=texts("telegram.file_gone", name=Raw("{name}")),
                ),
                base_url=telegram.base_url,
                forums=dict(telegram.forums),
                commands=private_menu(texts),
                webhook_url=f"{self.settings.web.url}{path}" if secret else "",
                webhook_secret=secret,
            ),
            store.remote_rooms,
            store.files,
            self.clock,
        )
        if secret:

            async def receive(events: Sequence[Incoming], next_cursor: str | None) -> None:
                await store.queue.receive(TELEGRAM, events, next_cursor, self.clock.now())

            hooks[path] = network.webhook(receive)
        return network

    def _matrix(self) -> Network:
        # matrix-nio and its encryption weigh some 30 MB.
        from bot.networks.matrix.network import MatrixNetwork  # noqa: PLC0415

        matrix, texts = self.settings.matrix, self.catalogue.texts
        folder = self.settings.data_dir / "matrix"
        return MatrixNetwork(
            MatrixSettings(
                homeserver=matrix.homeserver,
                user=matrix.user,
                folder=folder,
                words=MatrixWords(
                    name=texts.label("matrix.name"),
                    backstage=texts("matrix.backstage"),
                    leaving=texts("matrix.leaving"),
                    refusing=texts("matrix.refusing"),
                    unreadable=texts("matrix.unreadable"),
                ),
                store_key=find_or_make_secret(folder),
                password=matrix.password.get_secret_value() or None,
                access_token=matrix.access_token.get_secret_value() or None,
                device_id=matrix.device_id or None,
                commands=tuple(COMMANDS),
                allowed_servers=frozenset(matrix.allowed_servers),
                encrypted=matrix.encrypted,
                clear_portals=frozenset(matrix.clear_portals),
            ),
            self.store.remote_rooms,
            self.store.files,
            self.clock,
        )

    def _email(self, links: EmailLinks) -> Network:
        # A mail client and all of MIME take a while to load.
        from bot.networks.email.network import EmailNetwork  # noqa: PLC0415

        return EmailNetwork(email_settings(self.settings), links.envelope_for, self.catalogue.texts)

    def _email_links(self) -> EmailLinks:
        store, clock = self.store, self.clock

        async def keep(incoming: Incoming) -> None:
            await store.queue.receive(EMAIL, [incoming], None, clock.now())

        url = self.settings.web.url
        return EmailLinks(
            store.database,
            clock,
            self._secret_key,
            url,
            post=partial(store.chat.post, author=""),
            keep=keep,
        )

    @property
    def _secret_key(self) -> str:
        given = self.settings.web.secret_key.get_secret_value()
        return given or find_or_make_secret(self.settings.data_dir)


def email_settings(settings: Settings) -> EmailSettings:
    """What the e-mail network is given."""
    email = settings.email
    return EmailSettings(
        host=email.host,
        port=email.port,
        sender=email.sender,
        security=Security(email.security),
        user=email.user,
        password=email.password.get_secret_value(),
        reply_to=email.reply_to,
    )
