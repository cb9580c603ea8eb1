"""A thousand messages flow between Telegram and Matrix while the process is killed 200 times.

FILROUGE_SOAK_SEED=N kills at the moments of a past run again.
"""

import asyncio
import os
import random
import secrets
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from tests.acceptance.dialogue import accept, newcomer, submit_on_telegram
from tests.support.botapi import RemoteTelegram, remote_telegram
from tests.support.matrix_people import Person, person
from tests.support.networked import Texter, networked, plain, until
from tests.support.relaunched import Relaunched, relaunched
from tests.support.service import Service, running
from tests.support.synapse import synapse
from tests.support.visitor import Visitor

KILLS = 200
EACH = 100
"""Messages of each person."""

LIVES = 6
"""A run lives at most so many times as long as it takes to answer."""

CATCHES_UP_WITHIN = timedelta(minutes=5)
"""After the last kill: hundreds of messages may still wait for the homeserver."""

TOWNS = ("Mervent", "Vouvant", "Luçon", "Fontenay-le-Comte", "Maillezais")
ADVISOR = "Nadège Poirier;DDTM de la Vendée;conseiller;urbanvitaliz;friche;85;{matrix}"
UNCERTAIN = "a peut-être été remis, sans certitude"
SEED = int(os.environ.get("FILROUGE_SOAK_SEED") or secrets.randbelow(1_000_000))


@dataclass
class Conversation:
    """An élu on Telegram, and the advisor in the room of their project."""

    elu: Texter
    advisor: Person
    room_id: str
    answers: list[str] = field(default_factory=list)
    questions: dict[str, str] = field(default_factory=dict)
    """Each line, by the id of its event in the room."""

    async def one_says(self, *, elu: bool) -> None:
        """One of them says the next line."""
        if elu:
            self.answers.append(f"réponse {len(self.answers) + 1:03}")
            await self.elu.say(f"Voici la {self.answers[-1]} de la mairie.")
        else:
            line = f"question {len(self.questions) + 1:03}"
            self.questions[await self.advisor.say(self.room_id, f"Voici la {line}.")] = line

    async def faults(self) -> list[str]:
        """What is lost, twice or out of order. A question that nobody knows to have arrived is
        either there once, or it is not there; its author was told, in answer to it.
        """
        history = await self.advisor.history(self.room_id)
        bodies = [plain(e["content"].get("body", "")) for e in history]
        told = {_answered(e) for e, body in zip(history, bodies, strict=True) if UNCERTAIN in body}
        seen = lines(bodies, self.answers)
        faults = [] if self.answers == seen else [f"the room saw {seen}"]
        read = lines(await self.elu.read(), list(self.questions.values()))
        missing = {line for id, line in self.questions.items() if id not in told} - set(read)
        if missing or read != sorted(set(read)):
            faults.append(f"the élu saw {read}; lost: {missing}")
        return faults


def _answered(event: dict[str, object]) -> object:
    content = event["content"]
    assert isinstance(content, dict)
    relation = content.get("m.relates_to", {})
    return relation.get("m.in_reply_to", {}).get("event_id")


def lines(read: Sequence[str], said: Sequence[str]) -> list[str]:
    """Those lines that are read, as often and in the order as they are."""
    return [line for words in read for line in said if f"Voici la {line}" in words]


async def begun(
    service: Service, telegram: RemoteTelegram, advisor: Person, team: Visitor, town: str
) -> Conversation:
    """A project is described and accepted, and its room joined."""
    elu = newcomer(telegram)
    words = f"Nous avons une ancienne laiterie vide à {town}, que peut-on en faire ?"
    ref = await submit_on_telegram(elu, words)
    await accept(team, ref)
    room_id = await advisor.invited()
    await advisor.until_read(room_id, "Pourquoi vous")
    return Conversation(elu, advisor, room_id)


async def killed_again_and_again(
    runs: Relaunched, conversations: Sequence[Conversation], chance: random.Random
) -> None:
    """All that is to be said is said, at random; the moments of the kills are random, too."""
    turns = [(c, elu) for c in conversations for elu in (True, False) for _ in range(EACH)]
    chance.shuffle(turns)
    ready = await first_run(runs)
    for number in range(KILLS):
        runs.begin()
        share = turns[number * len(turns) // KILLS : (number + 1) * len(turns) // KILLS]
        moment = time.monotonic() + chance.uniform(0, LIVES * ready)
        for conversation, elu in share:
            await conversation.one_says(elu=elu)
        await asyncio.sleep(max(0.0, moment - time.monotonic()))
        runs.kill()


async def first_run(runs: Relaunched) -> float:
    """Seconds until the first one answers; it is killed then."""
    runs.begin()
    began = time.monotonic()
    await asyncio.to_thread(runs.service.comes_back)
    runs.kill()
    return time.monotonic() - began


async def test_a_thousand_messages_are_seen_once_and_in_order_through_200_kills(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\nseed {SEED}\n")
    homeserver = synapse()
    account = homeserver.register()
    async with AsyncExitStack() as stack:
        telegram = stack.enter_context(remote_telegram())
        advisor = await stack.enter_async_context(person(homeserver.base, account))
        settings = {
            "FILROUGE_MATRIX__ENCRYPTED": "false",
            "FILROUGE_OUTBOX__PACE__TELEGRAM__PLACE_PER_MINUTE": "0",
        }
        roster = [ADVISOR.format(matrix=account.user_id)]
        service = networked(tmp_path / "var", telegram, homeserver, roster, **settings)
        with running(service):
            team = await stack.enter_async_context(Visitor(service.url))
            await team.enter(service.link("team"))
            conversations = [await begun(service, telegram, advisor, team, town) for town in TOWNS]
        runs = stack.enter_context(relaunched(service))
        began = time.monotonic()
        await killed_again_and_again(runs, conversations, random.Random(SEED))
        with capsys.disabled():
            sys.stdout.write(f"{KILLS} kills in {time.monotonic() - began:.0f} s\n")
        runs.begin()

        async def wrong() -> list[str]:
            return [fault for c in conversations for fault in await c.faults()]

        async def settled() -> bool:
            return not await wrong()

        await until(settled, wrong, every=timedelta(seconds=1), patience=CATCHES_UP_WITHIN)
        shown = [lines(await c.elu.read(), list(c.questions.values())) for c in conversations]
        with capsys.disabled():
            arrived = sum(map(len, shown))
            sys.stdout.write(f"{arrived} of {len(TOWNS) * EACH} questions are on Telegram, ")
            sys.stdout.write("of the others their authors were told\n")
