"""The networks that the settings configure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.people import EMAIL
from bot.links.email import EmailLinks
from bot.links.personal import PersonalLinks
from bot.networks.email.settings import EmailSettings, Security
from bot.networks.matrix.settings import MatrixSettings, MatrixWords
from bot.networks.telegram import TelegramSettings, TelegramWords
from bot.networks.web import Limits, WebNetwork, WebParts
from bot.networks.web.parts import Hook
from bot.ports.clock import Clock
from bot.ports.network import Incoming, Network
from bot.ports.web import Demonstration
from config.catalogue import Catalogue
from config.secret import kept_secret
from config.settings import Settings
from config.texts import Raw
from handlers.routing.commands import page_forms, private_menu
from storage import Store

TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Around:
    """What every network is made of."""

    settings: Settings
    catalogue: Catalogue
    clock: Clock
    store: Store

    @property
    def parts(self) -> tuple[Settings, Catalogue, Clock, Store]:
        """All of it."""
        return self.settings, self.catalogue, self.clock, self.store


def connected(
    around: Around, demo: Demonstration | None, listening: Callable[[], None]
) -> list[Network]:
    """The pages, and each network that is configured. Libraries of the others are not loaded.

    `listening` is called once pages are served.
    """
    networks: list[Network] = []
    hooks: dict[str, Hook] = {}
    if around.settings.telegram.token.get_secret_value():
        networks.append(_telegram(around, hooks))
    if around.settings.matrix.homeserver:
        networks.append(_matrix(around))
    mailed = _mailed(around) if around.settings.email.host else None
    if mailed is not None:
        networks.append(_email(around, mailed))
    return [_web(around, demo, listening, hooks, mailed), *networks]


def ways(settings: Settings) -> frozenset[str]:
    """The networks, besides the pages, that are configured."""
    configured = {
        TELEGRAM: bool(settings.telegram.token.get_secret_value()),
        "matrix": bool(settings.matrix.homeserver),
        EMAIL: bool(settings.email.host),
    }
    return frozenset(name for name, is_there in configured.items() if is_there)


def _web(
    around: Around,
    demo: Demonstration | None,
    listening: Callable[[], None],
    hooks: Mapping[str, Hook],
    mailed: EmailLinks | None,
) -> WebNetwork:
    settings, catalogue, clock, store = around.parts
    web = settings.web
    network = WebNetwork(
        WebParts(
            chat=store.chat,
            queries=store.queries,
            files=store.files,
            links=PersonalLinks(store.database, clock, WebNetwork.name),
            answered=store.queue.answered,
            clock=clock,
            secret_key=_secret_key(settings),
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
            proposals=mailed,
            ring_elsewhere=store.bells.tell,
            listening=listening,
            hooks=hooks,
            limits=Limits(
                message_max_chars=web.message_max_chars,
                upload_max_bytes=web.upload_max_bytes,
                posts_per_minute=web.posts_per_minute,
                posts_per_minute_per_address=web.posts_per_minute_per_address,
                links_per_minute_per_address=web.links_per_minute_per_address,
                trust_proxy=web.trust_proxy,
            ),
        )
    )
    store.bells.news = network.news
    return network


def _telegram(around: Around, hooks: dict[str, Hook]) -> Network:
    # python-telegram-bot weighs some 20 MB.
    from bot.networks.telegram.network import TelegramNetwork  # noqa: PLC0415

    settings, catalogue, clock, store = around.parts
    telegram, texts = settings.telegram, catalogue.texts
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
            webhook_url=f"{settings.web.url}{path}" if secret else "",
            webhook_secret=secret,
        ),
        store.remote_rooms,
        store.files,
        clock,
    )
    if secret:

        async def receive(events: Sequence[Incoming], next_cursor: str | None) -> None:
            await store.queue.receive(TELEGRAM, events, next_cursor, clock.now())

        hooks[path] = network.webhook(receive)
    return network


def _matrix(around: Around) -> Network:
    # matrix-nio and its encryption weigh some 30 MB.
    from bot.networks.matrix.network import MatrixNetwork  # noqa: PLC0415

    settings, catalogue, clock, store = around.parts
    matrix, texts = settings.matrix, catalogue.texts
    folder = settings.data_dir / "matrix"
    return MatrixNetwork(
        MatrixSettings(
            homeserver=matrix.homeserver,
            user=matrix.user,
            folder=folder,
            words=MatrixWords(backstage=texts("matrix.backstage"), leaving=texts("matrix.leaving")),
            store_key=kept_secret(folder),
            password=matrix.password.get_secret_value() or None,
            access_token=matrix.access_token.get_secret_value() or None,
            device_id=matrix.device_id or None,
            allowed_servers=frozenset(matrix.allowed_servers),
            encrypted=matrix.encrypted,
            clear_portals=frozenset(matrix.clear_portals),
        ),
        store.remote_rooms,
        store.files,
        clock,
    )


def _mailed(around: Around) -> EmailLinks:
    settings, _, clock, store = around.parts

    async def keep(incoming: Incoming) -> None:
        await store.queue.receive(EMAIL, [incoming], None, clock.now())

    async def post(incoming: Incoming) -> None:
        await store.chat.post(incoming, "")

    return EmailLinks(
        store.database, clock, _secret_key(settings), settings.web.url, post=post, keep=keep
    )


def _email(around: Around, mailed: EmailLinks) -> Network:
    # A mail client and all of MIME take a while to load.
    from bot.networks.email.network import EmailNetwork  # noqa: PLC0415

    return EmailNetwork(email_settings(around.settings), mailed, around.catalogue.texts)


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


def _secret_key(settings: Settings) -> str:
    return settings.web.secret_key.get_secret_value() or kept_secret(settings.data_dir)
