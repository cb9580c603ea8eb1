"""Three projects at once on all networks: their people, and every word that they must have seen.

An élu on Telegram, with an advisor in an encrypted room whose client trusts signed devices alone.
An élu on Matrix, and one on the page who is told by e-mail too, with an advisor in clear rooms
whose client is mautrix.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from mautrix.client import ClientAPI
from mautrix.types import RoomID, UserID

from tests.acceptance.dialogue import (
    SEND,
    accept,
    newcomer,
    reference,
    submit,
    submit_on_telegram,
)
from tests.support.botapi import RemoteTelegram, remote_telegram
from tests.support.guarding import guarded
from tests.support.matrix_people import CarefulPerson, careful_person, person
from tests.support.networked import networked, until
from tests.support.service import Service
from tests.support.smtp import MailServer, mail_server
from tests.support.synapse import Account, Synapse, synapse
from tests.support.talkers import (
    Mailbox,
    OnMatrix,
    OnMautrix,
    OnPage,
    Reader,
    Sealed,
    Talker,
    mail_link,
    mail_text,
)
from tests.support.visitor import Visitor

BRIDGE = "Le pont de pierre de Mervent a besoin d'une inspection, à qui s'adresser ?"
FOOTBRIDGE = "La passerelle de Vouvant est ancienne, qui peut venir l'inspecter ?"
ADDRESS = "mairie@vouvant.exemple.fr"
YES = "Oui, prévenez-moi à cette adresse"
STEPS = ("received", "committed", "dispatched")

EVERY = timedelta(milliseconds=300)
"""Everybody looks so often: much more would leave the machine no time for the service."""

UNCERTAIN = "a peut-être été remis, sans certitude"

Death = tuple[str, int]
"""A boundary of `tests.support.killing`, and at which of its passages."""

BOUNDARIES = (
    "posted@web",
    *(f"{step}@{network}" for step in STEPS for network in ("telegram", "matrix", "web")),
    *(f"delivered@{network}" for network in ("telegram", "matrix", "web", "email")),
)
"""Where the process can be killed on the way of a word, on each network."""

_SEALED_ADVISOR = "Nadège Poirier;DDTM de la Vendée;conseiller;urbanvitaliz;friche;85;{matrix}"
_CLEAR_ADVISOR = "Yann Le Bihan;Département de la Vendée;conseiller;sosponts;pont;85;{matrix}"


@dataclass
class Loop:
    """An élu and an advisor who write to each other. `eyes` are all of the élu's."""

    name: str
    elu: Talker
    advisor: Talker
    eyes: Sequence[Reader]
    said: list[tuple[str, str]] = field(default_factory=list)

    async def exchange(self) -> None:
        """Each says a line at the same time, and both lines arrive; or it is said that one may
        not have.
        """
        number = len(self.said) + 1
        asked, answered = f"{self.name} question {number:03}", f"{self.name} réponse {number:03}"
        self.said.append((asked, answered))
        await asyncio.gather(
            self.advisor.say(f"Voici la {asked} du service."),
            self.elu.say(f"Voici la {answered} de la mairie."),
        )
        await until(self._settled, self._what_is_wrong, every=EVERY)

    async def _what_is_wrong(self) -> list[str]:
        return self.faults(*await self._shown())

    async def _settled(self) -> bool:
        return not await self._what_is_wrong()

    async def _shown(self) -> tuple[Sequence[str], list[Sequence[str]]]:
        return await self.advisor.read(), [await eyes.read() for eyes in self.eyes]

    async def check(self) -> None:
        """Every line was seen once, in order; but for those of which the author was told that they
        may not have arrived.
        """
        if isinstance(self.advisor, Sealed):
            assert [] == self.advisor.person.refused
        assert [] == await self._what_is_wrong()

    def faults(self, by_advisor: Sequence[str], by_elu: Sequence[Sequence[str]]) -> list[str]:
        """What is not as it must be."""
        questions, answers = [[pair[side] for pair in self.said] for side in (0, 1)]
        seen = _lines(by_advisor, answers)
        faults = [] if answers == seen else [f"{self.name}, the advisor saw {seen}"]
        forgiven = sum(UNCERTAIN in said for said in by_advisor)
        for read in by_elu:
            seen = _lines(read, questions)
            if seen != [line for line in questions if line in seen]:
                faults.append(f"{self.name}, the élu saw {seen}")
            forgiven -= len(questions) - len(set(seen))
        return faults if forgiven >= 0 else [*faults, f"{self.name}, lost without a word"]


def _lines(read: Sequence[str], lines: Sequence[str]) -> list[str]:
    """Those of the lines that are read, as often and in the order as they are."""
    return [line for said in read for line in lines if line in said]


@dataclass(frozen=True, slots=True)
class World:
    """The servers around a service, and its address of a database (empty: SQLite)."""

    telegram: RemoteTelegram
    homeserver: Synapse
    mails: MailServer
    database: str = ""


@dataclass(frozen=True, slots=True)
class Advisors:
    """The accounts of the two advisors."""

    sealed: Account
    clear: Account


def house(folder: Path, world: World, advisors: Advisors) -> Service:
    """The service on all networks, not started yet."""
    roster = [
        _SEALED_ADVISOR.format(matrix=advisors.sealed.user_id),
        _CLEAR_ADVISOR.format(matrix=advisors.clear.user_id),
    ]
    return networked(
        folder,
        world.telegram,
        world.homeserver,
        roster,
        FILROUGE_DATABASE_URL=world.database,
        FILROUGE_MATRIX__ENCRYPTED="true",
        FILROUGE_MATRIX__CLEAR_PORTALS="sosponts",
        FILROUGE_EMAIL__HOST="127.0.0.1",
        FILROUGE_EMAIL__PORT=str(world.mails.port),
        FILROUGE_EMAIL__SECURITY="none",
        FILROUGE_EMAIL__SENDER="fil@exemple.fr",
        FILROUGE_OUTBOX__PACE__EMAIL__PER_MINUTE="0",
        FILROUGE_OUTBOX__PACE__TELEGRAM__PLACE_PER_MINUTE="0",
    )


async def survives(folder: Path, rounds: Sequence[Sequence[Death]], database: str = "") -> None:
    """Three loops are opened; in each round they go on until the process died its deaths one after
    the other, and everything was seen once.
    """
    homeserver = synapse()
    advisors = Advisors(homeserver.register(), homeserver.register())
    with remote_telegram() as telegram:
        async with mail_server() as mails:
            world = World(telegram, homeserver, mails, database)
            service = await asyncio.to_thread(house, folder, world, advisors)
            with guarded(service):
                async with opened(service, world, advisors) as loops:
                    for deaths in rounds:
                        await _goes_on(service, deaths, loops)


async def _goes_on(service: Service, deaths: Sequence[Death], loops: Sequence[Loop]) -> None:
    """The first of the doomed processes takes over from one that is struck at once."""
    killed = service.killed + 1 + len(deaths)
    service.deaths = list(deaths)
    service.strike()
    while service.killed < killed:
        await asyncio.gather(*(loop.exchange() for loop in loops))
    await asyncio.gather(*(loop.exchange() for loop in loops))
    await asyncio.gather(*(loop.check() for loop in loops))


@asynccontextmanager
async def opened(
    service: Service, world: World, advisors: Advisors
) -> AsyncIterator[Sequence[Loop]]:
    """The three projects are described and accepted, and their rooms are joined."""
    async with AsyncExitStack() as stack:
        nadege = await stack.enter_async_context(
            careful_person(world.homeserver.base, advisors.sealed, service.folder / "keys")
        )
        yann = _mautrix(world.homeserver, advisors.clear)
        stack.push_async_callback(yann.api.session.close)
        team = await stack.enter_async_context(Visitor(service.url, service.comes_back))
        await team.enter(service.link("team"))
        accepting = asyncio.Lock()

        async def accepted(ref: str) -> str:
            async with accepting:
                await accept(team, ref)
            return ref

        yield await asyncio.gather(
            _on_telegram(world, nadege, accepted),
            _on_matrix(stack, service, world, yann, accepted),
            _on_page(stack, service, world, yann, accepted),
        )


Accepted = Callable[[str], Awaitable[str]]


async def _on_telegram(world: World, advisor: CarefulPerson, accepted: Accepted) -> Loop:
    elu = newcomer(world.telegram)
    await accepted(await submit_on_telegram(elu))
    room = await advisor.invited()
    await advisor.until_shown(room, "Pourquoi vous")
    await elu.sees("je préviens")
    return Loop("tg", elu, Sealed(advisor, room), [elu])


async def _on_matrix(
    stack: AsyncExitStack, service: Service, world: World, advisor: ClientAPI, accepted: Accepted
) -> Loop:
    account = world.homeserver.register()
    somebody = await stack.enter_async_context(person(world.homeserver.base, account))
    elu = OnMatrix(somebody, await somebody.write_to(service.settings["FILROUGE_MATRIX__USER"]))
    await elu.say(BRIDGE)
    await somebody.until_read(elu.room_id, "Qui êtes-vous")
    await elu.say("Paul Garnier, adjoint au maire")
    await somebody.until_read(elu.room_id, "Est-ce bien cela")
    await elu.say(SEND)
    told = await somebody.until_read(elu.room_id, "Sa référence")
    ref = await accepted(reference(told[-1]))
    room = await _joined(advisor, ref)
    await somebody.until_read(elu.room_id, "je préviens")
    return Loop("mx", elu, room, [elu])


async def _on_page(
    stack: AsyncExitStack, service: Service, world: World, advisor: ClientAPI, accepted: Accepted
) -> Loop:
    visitor = await stack.enter_async_context(Visitor(service.url, service.comes_back))
    ref = await submit(visitor, FOOTBRIDGE, "Lise Morin, maire")
    await visitor.sees("/", "Où vous prévenir")
    await visitor.say("/", ADDRESS)

    async def asked() -> str | None:
        mails = [m for m in world.mails.mails if "Est-ce bien la vôtre" in mail_text(m)]
        return urlsplit(mail_link(mails[0], YES)).path if mails else None

    confirming = await until(asked, Mailbox(world.mails).read)
    async with Visitor(service.url, service.comes_back) as phone:
        page = await phone.get(confirming)
        await phone.submit(page, page.form(button="Confirmer"))
    await visitor.sees("/", "je vous préviens désormais")
    await accepted(ref)
    room = await _joined(advisor, ref)
    await visitor.sees("/", "je préviens")
    elu = OnPage(visitor)
    return Loop("wb", elu, room, [elu, Mailbox(world.mails)])


def _mautrix(homeserver: Synapse, account: Account) -> ClientAPI:
    return ClientAPI(UserID(account.user_id), base_url=homeserver.base, token=account.access_token)


async def _joined(advisor: ClientAPI, ref: str) -> OnMautrix:
    """The advisor is invited to the project's room, goes there, and knows why."""

    # Synapse answers the same question alike for two minutes.
    numbers = itertools.count(1)

    async def invited() -> str | None:
        told = await advisor.sync(timeout=next(numbers))
        rooms = told.get("rooms", {}).get("invite", {})
        return next((room for room, invitation in rooms.items() if ref in str(invitation)), None)

    async def nothing() -> str:
        return f"no invitation for {ref}"

    room = OnMautrix(advisor, await until(invited, nothing))
    await advisor.join_room_by_id(RoomID(room.room_id))

    async def told() -> bool:
        return any("Pourquoi vous" in said for said in await room.read())

    await until(told, room.read)
    return room
