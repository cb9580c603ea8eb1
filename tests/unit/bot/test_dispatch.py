from datetime import datetime, timedelta

from bot.dispatch import Dispatch
from bot.ports.mail import Waiting
from bot.ports.network import Incoming
from bot.ports.records import UnitOfWork
from tests.unit.bot.fakes import NOW, PLACE, FakeMail, FixedClock

PAUSES = (timedelta(seconds=2), timedelta(seconds=4))


def event(attempts: int = 0) -> Waiting:
    return Waiting(7, Incoming(PLACE, "k1", "chat:a", NOW, text="mon 06 12 34 56 78"), attempts)


def dispatch(mail: FakeMail, *, fails: bool = False) -> Dispatch:
    def receive(uow: UnitOfWork, now: datetime, incoming: Incoming) -> None:
        if fails:
            raise RuntimeError(incoming.text)

    return Dispatch(mail, FixedClock(), receive, pauses=PAUSES, apology="Pardon.")


async def handled(dispatch: Dispatch) -> int:
    started = await dispatch.round()
    await dispatch.drain()
    return started


async def test_an_event_is_handled_in_its_turn() -> None:
    mail = FakeMail(waiting=[event()])
    assert 1 == await handled(dispatch(mail))
    assert [7] == mail.turns
    assert [] == mail.failures


async def test_a_failed_event_is_tried_again_after_longer_and_longer_pauses() -> None:
    mail = FakeMail(waiting=[event(0)])
    await handled(dispatch(mail, fails=True))
    mail.events = [event(1)]
    await handled(dispatch(mail, fails=True))
    assert [NOW + PAUSES[0], NOW + PAUSES[1]] == [again for _, again, _ in mail.failures]
    assert [None, None] == [apology for _, _, apology in mail.failures]


async def test_after_the_last_try_it_is_parked_and_its_sender_gets_an_apology() -> None:
    mail = FakeMail(waiting=[event(2)])
    await handled(dispatch(mail, fails=True))
    ((error, again, apology),) = mail.failures
    assert again is None
    assert apology is not None
    assert (PLACE, "Pardon.", "error") == (apology.place, apology.text, apology.kind)
    assert "06" not in error.partition(":")[0]
    assert error.startswith("RuntimeError at test_dispatch.py")
