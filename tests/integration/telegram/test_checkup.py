from collections.abc import Callable, Mapping

import pytest

from bot.networks.telegram.checkup import checkup
from bot.ports.checkup import Finding, Level
from tests.support.botapi import BotApi, Fault

HOOK = "https://conseil.exemple.test/telegram/un-secret"


async def levels(api: BotApi, webhook: str = "", forums: Mapping[str, int] | None = None) -> object:
    findings = await examined(api, webhook, forums)
    return [(finding.what, finding.level) for finding in findings]


async def examined(
    api: BotApi, webhook: str = "", forums: Mapping[str, int] | None = None
) -> list[Finding]:
    return await checkup(api.token, api.url, webhook, forums or {})


async def test_a_bot_that_polls_and_manages_the_topics_of_its_forum_is_well(api: BotApi) -> None:
    group = api.world.add_group("Conseil", forum=True)
    expected = [
        ("telegram", Level.OK),
        ("telegram updates", Level.OK),
        ("telegram forum sosponts", Level.OK),
    ]
    assert expected == await levels(api, forums={"sosponts": group.id})


async def test_a_wrong_token_is_a_fault_and_is_not_repeated(api: BotApi) -> None:
    token = f"{api.token[:-1]}Z"
    (finding,) = await checkup(token, api.url, "", {})
    assert (Level.FAULT, "the token is refused") == (finding.level, finding.said)
    assert token not in repr(finding)


async def test_a_server_that_does_not_answer_is_a_fault(api: BotApi) -> None:
    (finding,) = await checkup(api.token, "http://127.0.0.1:9", "", {})
    assert Level.FAULT is finding.level
    assert api.token not in repr(finding)


async def test_a_webhook_of_somebody_else_is_told_without_its_secret(api: BotApi) -> None:
    api.world.updates.webhook_url = "https://ailleurs.test/telegram/autre-secret"
    for webhook in ("", HOOK):
        _, updates = await examined(api, webhook)
        assert Level.WARNING is updates.level
        assert "secret" not in repr(updates)


async def test_our_own_webhook_is_well(api: BotApi) -> None:
    api.world.updates.webhook_url = HOOK
    _, updates = await examined(api, HOOK)
    assert (Level.OK, "by webhook, 0 waiting") == (updates.level, updates.said)


async def test_somebody_else_who_polls_is_a_warning(api: BotApi) -> None:
    api.world.faults.plan("getUpdates", Fault.STATUS, number=409)
    _, updates = await examined(api)
    assert (Level.WARNING, "somebody else polls with this token") == (updates.level, updates.said)
    assert "/revoke" in updates.todo


async def test_looking_confirms_no_update(api: BotApi) -> None:
    user = api.world.add_user("Martine")
    api.people.says(user.id, "Bonjour")
    waiting = len(api.world.updates.pending)
    await examined(api)
    assert (1, 1) == (waiting, len(api.world.updates.pending))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda chat: setattr(chat, "is_forum", False), "is no forum"),
        (lambda chat: setattr(chat, "bot_is_admin", False), "is no administrator"),
        (lambda chat: setattr(chat, "closed", "bot was kicked from the group"), "out of reach"),
    ],
)
async def test_a_group_where_no_topic_can_be_made_is_a_fault(
    api: BotApi, broken: Callable[[object], None], said: str
) -> None:
    group = api.world.add_group("Conseil", forum=True)
    broken(group)
    finding = (await examined(api, forums={"sosponts": group.id}))[-1]
    assert Level.FAULT is finding.level
    assert said in finding.said
