import pytest

from bot.domain.attachment import Attachment
from bot.ports.message_queue import Outcome
from bot.ports.network import Operation, Outgoing, Refused, Target, Uncertain, Unreachable
from tests.support.bot_fakes import CHAT, FakeNetwork, FakeQueue, delivery
from tests.unit.bot.outbound.test_courier import Told, courier

PLAN = Attachment("ab" * 32, "plan.pdf", "application/pdf", 12)
CAPABLE = (Operation.EDIT, Operation.DELETE, Operation.REACT, Operation.INVITE)
FIRST = Target(key="first")


async def perform(
    network: FakeNetwork,
    outgoing: Outgoing,
    told: Told | None = None,
    delivered: bool = True,
    interrupted: bool = False,
) -> tuple[Outcome, int]:
    """What is recorded of an act, and how many look-ups it cost."""
    queue = FakeQueue([delivery(outgoing, interrupted=interrupted)])
    queue.delivered = {"first": "r1"} if delivered else {}
    sender = courier(queue, network, told)
    await sender.start_due()
    await sender.drain()
    return queue.settled[0].outcome, queue.looked_up


def act(what: Operation, target: Target | None = FIRST, text: str = "mieux dit") -> Outgoing:
    return Outgoing("m1", CHAT, text, "relay", target=target, operation=what, attachment=PLAN)


async def test_plain_words_cost_no_look_up() -> None:
    network = FakeNetwork()
    assert (Outcome.SENT, 0) == await perform(network, act(Operation.SAY, None))
    assert [act(Operation.SAY, None)] == network.done


@pytest.mark.parametrize("what", [Operation.SAY, Operation.EDIT, Operation.DELETE, Operation.REACT])
async def test_a_target_is_given_its_remote_id(what: Operation) -> None:
    network = FakeNetwork(acts=CAPABLE)
    assert (Outcome.SENT, 1) == await perform(network, act(what))
    assert [Target(remote_id="r1")] == [outgoing.target for outgoing in network.done]


async def test_a_remote_id_that_is_known_is_not_looked_up() -> None:
    network = FakeNetwork(acts=CAPABLE)
    target = Target(remote_id="r0", key="first")
    assert (Outcome.SENT, 0) == await perform(network, act(Operation.EDIT, target))
    assert [Target(remote_id="r0")] == [outgoing.target for outgoing in network.done]


async def test_an_answer_to_what_never_arrived_is_said_without_it() -> None:
    network = FakeNetwork()
    assert (Outcome.SENT, 1) == await perform(network, act(Operation.SAY), delivered=False)
    assert [(Operation.SAY, None, PLAN)] == [
        (o.operation, o.target, o.attachment) for o in network.done
    ]


@pytest.mark.parametrize(("acts", "delivered"), [(CAPABLE, False), ((), True)])
async def test_an_edit_that_cannot_be_made_is_said_as_new_words(
    acts: tuple[Operation, ...], delivered: bool
) -> None:
    network = FakeNetwork(acts=acts)
    outcome, _ = await perform(network, act(Operation.EDIT), delivered=delivered)
    assert Outcome.SENT is outcome
    assert [(Operation.SAY, "mieux dit", None, None)] == [
        (o.operation, o.text, o.target, o.attachment) for o in network.done
    ]


async def test_an_edit_that_is_refused_is_said_as_new_words_once() -> None:
    network = FakeNetwork(Refused(), acts=CAPABLE)
    assert Outcome.REFUSED is (await perform(network, act(Operation.EDIT)))[0]
    assert [Operation.EDIT, Operation.SAY] == [outgoing.operation for outgoing in network.done]
    network = FakeNetwork(Refused(), acts=CAPABLE)
    assert Outcome.REFUSED is (await perform(network, act(Operation.EDIT), interrupted=True))[0]
    assert [Operation.EDIT] == [outgoing.operation for outgoing in network.done]


@pytest.mark.parametrize("what", [Operation.DELETE, Operation.REACT])
async def test_nothing_is_done_to_what_never_arrived(what: Operation) -> None:
    network, told = FakeNetwork(acts=CAPABLE), Told()
    assert (Outcome.DROPPED, 1) == await perform(network, act(what), told, delivered=False)
    assert ([], []) == (network.done, told.outcomes)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (Operation.REACT, []),
        (Operation.REFRESH, []),
        (Operation.INVITE, []),
        (Operation.DELETE, [Outcome.DROPPED]),
    ],
)
async def test_what_a_network_cannot_do_is_dropped_and_a_deletion_is_told(
    what: Operation, expected: list[Outcome]
) -> None:
    network, told = FakeNetwork(), Told()
    assert (Outcome.DROPPED, 0) == await perform(network, act(what), told)
    assert ([], expected) == (network.done, told.outcomes)


@pytest.mark.parametrize("error", [Unreachable(), Refused()])
async def test_a_deletion_that_is_refused_says_nothing_of_the_address(error: Exception) -> None:
    network, told = FakeNetwork(error, acts=CAPABLE), Told()
    assert (Outcome.DROPPED, 1) == await perform(network, act(Operation.DELETE), told)
    assert [Outcome.DROPPED] == told.outcomes


@pytest.mark.parametrize(
    "what", [Operation.EDIT, Operation.DELETE, Operation.REACT, Operation.INVITE]
)
async def test_an_act_of_unknown_fate_is_done_again(what: Operation) -> None:
    network = FakeNetwork(TimeoutError(), acts=CAPABLE)
    assert Outcome.RETRY is (await perform(network, act(what)))[0]
    network = FakeNetwork(acts=CAPABLE)
    assert Outcome.SENT is (await perform(network, act(what), interrupted=True))[0]


async def test_an_edit_that_the_network_dares_not_repeat_is_not_done_again() -> None:
    network, told = FakeNetwork(Uncertain(), acts=CAPABLE), Told()
    assert Outcome.UNCERTAIN is (await perform(network, act(Operation.EDIT), told))[0]
    assert [Outcome.UNCERTAIN] == told.outcomes


async def test_new_words_in_place_of_an_edit_are_not_said_twice() -> None:
    outcome, _ = await perform(FakeNetwork(), act(Operation.EDIT), interrupted=True)
    assert Outcome.UNCERTAIN is outcome
